"""Settings: found upward, read, checked, and overridden by the command line."""

from __future__ import annotations

import csv
import json
import tomllib
from typing import Any

import pytest

from tests.conftest import CommandLine

GOOD = "title: I get it fixed\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - It works: relieved\n"


@pytest.fixture
def files(cli: CommandLine) -> CommandLine:
    cli.write("maps/good.journey.yaml", GOOD)
    return cli


def shown(cli: CommandLine, *args: str) -> dict[str, Any]:
    done = cli(*args, "--show-settings")
    assert done.status == 0, done.err
    return tomllib.loads(done.out)


def test_settings_without_a_file_are_the_defaults_and_say_so(files: CommandLine) -> None:
    done = files("lint", "--show-settings")
    assert done.err == "# defaults; no settings file found\n"
    settings = tomllib.loads(done.out)
    assert (settings["show"], settings["fail-on"], settings["theme"]) == ("warning", "warning", "light")


def test_what_is_shown_can_be_read_back(files: CommandLine) -> None:
    files.write("journeykit.toml", 'ignore = ["feelings", "a\\"b"]\ntheme = "dark"\n')
    files.write("again/journeykit.toml", files("lint", "--show-settings").out)
    assert shown(files, "lint", "--config", "again/journeykit.toml") == shown(files, "lint")


EVERYTHING = """\
plugins = ["tools/our_rules.py", "ours.rules"]
baseline = "known.json"
[per-file-ignores]
"drafts/**" = ["feelings", "missing-owner"]
'a "b"' = []
[rules.long-note]
severity = "error"
words = 80
[scoring]
pain = 45.5
min-drop = 30
weights = {mean = 0.5, end = 0.5}
[channels.locker]
name = "Parcel \\"locker\\" \\u0007 \\u007f ő"
pros = ["a", "b"]
[channels.kiosk]
[feelings]
"left alone" = -1.5
[personas.sam]
name = "Sam"
facts = {age = 30, "lives in" = "Pécs"}
"""


def test_everything_that_is_shown_can_be_read_back(files: CommandLine) -> None:
    files.write("journeykit.toml", EVERYTHING)
    before = shown(files, "validate")
    assert before["scoring"] == {"pain": 45.5, "min-drop": 30, "weights": {"mean": 0.5, "end": 0.5}}
    assert before["personas"]["sam"]["facts"] == {"age": 30, "lives in": "Pécs"}
    files.write("again/journeykit.toml", files("validate", "--show-settings").out)
    assert shown(files, "validate", "--config", "again/journeykit.toml") == {
        **before, "baseline": str(files.folder / "known.json"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "command", ["validate", "lint --select missing-feeling", "score", "low-points", "opportunities", "render -o x.svg"]
)
def test_every_command_knows_what_journeys_share(files: CommandLine, command: str) -> None:
    files.write("maps/good.journey.yaml", GOOD.replace("frustrated", "kerfuffled"))
    assert files(*command.split()).status == 1
    files.write("journeykit.toml", "[feelings]\nkerfuffled = -1\n")
    done = files(*command.split())
    assert done.status == 0, done.err


def test_show_and_standard_input_know_it_too(files: CommandLine) -> None:
    files.write("journeykit.toml", '[feelings]\nkerfuffled = -1\n[personas.p]\nname = "Pia the baker"\n')
    text = GOOD.replace("frustrated", "kerfuffled").replace("persona: P", "persona: p")
    assert "Pia the baker" in files("show", "-", stdin=text.encode()).out
    assert files("validate", "-", stdin=text.encode()).status == 0


def test_thresholds_yield_to_the_command_line(files: CommandLine) -> None:
    def kind(*args: str) -> str:
        (low,) = json.loads(files("low-points", "--output-format", "json", *args).out)["journeys"][0]["low_points"]
        return str(low["kind"])

    assert kind() == "critical"
    files.write("journeykit.toml", "[scoring]\npain = 5\ncritical = 5\n")
    assert kind() == "dip"
    assert kind("--critical", "25", "--pain", "40") == "critical"
    assert kind("--isolated") == "critical"


def test_the_nearest_file_upward_counts(files: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write("journeykit.toml", 'theme = "dark"\n')
    files.write("maps/pyproject.toml", '[tool.journeykit]\ntheme = "print"\n')
    files.write("maps/deep/pyproject.toml", '[project]\nname = "journeykit-maps"\n[tool.journeykit-x]\ny = 1\n')
    assert shown(files, "render")["theme"] == "dark"
    monkeypatch.chdir(files.folder / "maps" / "deep")
    assert shown(files, "render")["theme"] == "print"
    files.write("maps/journeykit.toml", 'theme = "light"\n')
    assert shown(files, "render")["theme"] == "light"


def test_show_settings_says_where_they_come_from(files: CommandLine) -> None:
    path = files.write("journeykit.toml", "")
    assert files("lint", "--show-settings").err == f"# from {path}\n"


def test_config_names_a_file_and_isolated_reads_none(files: CommandLine) -> None:
    files.write("journeykit.toml", 'theme = "dark"\n')
    other = files.write("other.toml", 'theme = "print"\n')
    assert shown(files, "render", "--config", str(other))["theme"] == "print"
    assert shown(files, "render", "--isolated")["theme"] == "light"


def test_the_command_line_is_over_the_file(files: CommandLine) -> None:
    files.write("journeykit.toml", 'theme = "dark"\nselect = ["persona"]\nshow = "error"\nprofile = "mean"\n')
    assert shown(files, "render", "--theme", "print")["theme"] == "print"
    settings = shown(files, "lint", "--select", "feelings", "--show", "info")
    assert (settings["select"], settings["show"]) == (["feelings"], "info")
    assert shown(files, "score", "--profile", "balanced", "--source", "stated")["profile"] == "balanced"


def profile_of(scores: str) -> str:
    """The profile by which the only journey of a CSV is scored."""
    (row,) = csv.DictReader(scores.splitlines())
    return row["profile"]


def test_settings_are_used(files: CommandLine) -> None:
    assert files("lint").status == 1
    files.write("journeykit.toml", 'select = ["flat-curve"]\nexclude = ["old"]\nprofile = "mean"\n')
    files.write("old/bad.journey.yaml", "title: T\n")
    assert files("lint").status == 0
    assert profile_of(files("score", "--output-format", "csv").out) == "mean"
    assert profile_of(files("score", "--output-format", "csv", "--profile", "balanced").out) == "balanced"
    assert files("lint", "--isolated").status == 1


def test_a_profile_in_the_settings_yields_to_that_of_the_journey(files: CommandLine) -> None:
    files.write("journeykit.toml", 'profile = "mean"\n')
    files.write("own.journey.yaml", GOOD + "scoring: {profile: peak-end}\n")
    out = files("score", "own.journey.yaml", "--output-format", "csv").out
    assert profile_of(out) == "peak-end"


def test_a_theme_file_is_sought_beside_the_settings_that_name_it(
    files: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write("journeykit.toml", 'theme = "brand.toml"\n')
    files.write("brand.toml", 'base = "dark"\n')
    monkeypatch.chdir(files.folder / "maps")
    done = files("render", "good.journey.yaml", "-o", "out.svg")
    assert done.status == 0, done.err
    assert (files.folder / "maps/out.svg").is_file()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('selct = ["a"]', ['unknown key "selct"', 'did you mean "select"?']),
        ('color = "x"', ['unknown key "color"', "known: include, exclude"]),
        ('path = "x"', ['unknown key "path"']),
        ('select = "all"', ['"select" must be a list of texts']),
        ("include = [1]", ['"include" must be a list of texts, not 1']),
        ('fail-on = "eror"', ["\"fail-on\" must be 'error', 'warning' or 'info'"]),
        ("theme = 3", ['"theme" must be text, not 3']),
        ("select = [", ["not readable as TOML"]),
        ('select = ["nonsense"]', ['no rule or family "nonsense"']),
    ],
)
def test_broken_settings_give_2_and_say_what_is_wrong(files: CommandLine, text: str, says: list[str]) -> None:
    path = files.write("journeykit.toml", text + "\n")
    done = files("lint")
    assert (done.status, done.out) == (2, "")
    assert all(part in done.err for part in says), done.err
    if "nonsense" not in text:
        assert str(path) in done.err


def test_a_table_that_is_none_gives_2(files: CommandLine) -> None:
    files.write("pyproject.toml", "[tool]\njourneykit = 3\n")
    done = files("lint")
    assert done.status == 2
    assert "tool.journeykit must be a table" in done.err


def test_a_broken_pyproject_of_others_is_none_of_our_business(files: CommandLine) -> None:
    files.write("pyproject.toml", "[project\n")
    assert files("validate").status == 0
    files.write("pyproject.toml", "[tool.journeykit\n")
    assert files("validate").status == 2


def test_a_byte_order_mark_does_no_harm(files: CommandLine) -> None:
    (files.folder / "journeykit.toml").write_bytes(b'\xef\xbb\xbftheme = "dark"\n')
    assert shown(files, "render")["theme"] == "dark"
