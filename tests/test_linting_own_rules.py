"""Own rules from files, folders and installed packages, and the errors for broken ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CommandLine

JOURNEY = """\
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: I call the help desk, feeling: frustrated, channel: phone}
  - {title: The technician fixes it, feeling: relieved, channel: store}
"""
HEAD = """\
from journeykit.finding import Severity
from journeykit.rules import Hit, rule

"""
CALLS = (
    HEAD
    + '''
@rule(Severity.WARNING)
def phone_call(subject, *, most: int = 0):
    """A call is made.

    Why: calls are dear.
    """
    calls = [place for place in subject.journey.places if "phone" in place.touchpoint.channel]
    if len(calls) > most:
        yield Hit((*calls[0].path, "channel"), "a call is made", "let them chat")


@rule(Severity.INFO)
def any_title(subject):
    yield Hit(("title",), "there is a title", "leave it")
'''
)


@pytest.fixture
def team(cli: CommandLine) -> CommandLine:
    """A repository with one map and a file of own rules."""
    cli.write("maps/a.journey.yaml", JOURNEY)
    cli.write("tools/our_rules.py", CALLS)
    cli.write("journeykit.toml", 'plugins = ["tools/our_rules.py"]\n')
    return cli


def found(cli: CommandLine, *args: str) -> list[tuple[str, str, int]]:
    data = json.loads(cli("lint", "--output-format", "json", "--show", "info", *args).out)
    return [(one["rule"], one["severity"], one["start"]["line"]) for one in data["findings"]]


def test_own_rules_run_beside_ours(team: CommandLine) -> None:
    rules = found(team)
    assert {("phone-call", "warning", 4), ("any-title", "info", 1), ("missing-note", "warning", 1)} <= set(rules)


def test_they_are_selected_by_id_and_by_the_name_of_the_file(team: CommandLine) -> None:
    assert found(team, "--select", "phone-call") == [("phone-call", "warning", 4)]
    assert {rule for rule, _, _ in found(team, "--select", "our-rules")} == {"phone-call", "any-title"}
    assert {rule for rule, _, _ in found(team, "--select", "our-rules", "--ignore", "any-title")} == {"phone-call"}


def test_a_path_starts_at_the_settings_wherever_one_works(team: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(team.folder / "maps")
    assert found(team, "--select", "phone-call") == [("phone-call", "warning", 4)]


def test_they_are_suppressed_and_their_unused_suppressions_found(team: CommandLine) -> None:
    text = JOURNEY.replace("phone}", "phone} # journeykit: ignore[phone-call]")
    team.write("maps/a.journey.yaml", text)
    assert found(team, "--select", "phone-call,unused-suppression") == []
    team.write("maps/a.journey.yaml", text.replace("phone}", "chat}"))
    assert found(team, "--select", "phone-call,unused-suppression") == [("unused-suppression", "warning", 4)]


def test_their_limits_and_severities_are_settings_too(team: CommandLine) -> None:
    own = 'plugins = ["tools/our_rules.py"]\n[rules.phone-call]\n'
    team.write("journeykit.toml", own + 'severity = "error"\n')
    assert found(team, "--select", "phone-call") == [("phone-call", "error", 4)]
    team.write("journeykit.toml", own + "most = 1\n")
    assert found(team, "--select", "phone-call") == []


def test_they_have_pages_in_explain_and_sarif_and_stand_in_the_list(team: CommandLine) -> None:
    assert "Why: calls are dear." in team("explain", "phone-call").out
    assert "phone-call" in team("explain").out
    (log,) = json.loads(team("lint", "--select", "phone-call", "--output-format", "sarif").out)["runs"]
    assert log["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "A call is made."
    listed = {row["id"]: row for row in json.loads(team("rules", "--output-format", "json").out)}
    assert (listed["phone-call"]["family"], listed["phone-call"]["limits"]) == ("our-rules", {"most": 0})
    assert listed["phone-call"]["plugin"] == str(team.folder / "tools/our_rules.py")
    assert listed["missing-note"]["plugin"] is None


def test_explain_without_the_settings_does_not_know_them(team: CommandLine) -> None:
    assert team("explain", "phone-call", "--isolated").status == 2


def test_a_folder_laid_out_as_ours(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("kit/__init__.py", "")
    cli.write("kit/_words.py", "WORD = 'dear'\n")
    page = '"""A price is hidden.\n\nWhy: so.\n"""\n' + HEAD + "from .._words import WORD\n"
    check = (
        '@rule(Severity.WARNING)\ndef hidden_price(subject):\n    """Yields."""\n    yield Hit(("title",), WORD, "x")\n'
    )
    cli.write("kit/money/__init__.py", "")
    cli.write("kit/money/hidden_price.py", page + check)
    cli.write("journeykit.toml", 'plugins = ["kit/"]\n')
    assert found(cli, "--select", "money") == [("hidden-price", "warning", 1)]
    assert "A price is hidden." in cli("explain", "hidden-price").out


BROKEN = {
    "no file": (None, "there is no file"),
    "no rule": ("x = 1\n", "no rule in it"),
    "syntax": ("def x(:\n", "our_rules.py:1: SyntaxError"),
    "import": ("\nimport journeykit_nowhere\n", "our_rules.py:2: ModuleNotFoundError"),
    "raises": ("raise ValueError('so\\nthere')\n", "our_rules.py:1: ValueError"),
    "exits": ("import sys\nsys.exit(0)\n", "SystemExit"),
    "id of ours": (
        HEAD + "@rule(Severity.INFO)\ndef bad_ending(subject): yield\n",
        '"bad-ending" of journeykit already',
    ),
    "id of validate": (HEAD + "@rule(Severity.INFO)\ndef unknown_key(subject): yield\n", '"unknown-key"'),
    "family of ours": (HEAD + "@rule(Severity.INFO)\ndef feelings(subject): yield\n", '"feelings" is the name'),
    "severity": (HEAD + "@rule('info')\ndef a_rule(subject): yield\n", "rule a-rule: @rule takes a Severity"),
    "limit": (HEAD + "@rule(Severity.INFO)\ndef a_rule(subject, *, x): yield\n", "rule a-rule: a limit"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_is_named_and_gives_2(cli: CommandLine, case: str) -> None:
    text, says = BROKEN[case]
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("journeykit.toml", 'plugins = ["tools/our_rules.py"]\n')
    if text is not None:
        cli.write("tools/our_rules.py", text)
    done = cli("lint")
    assert (done.status, done.out) == (2, "")
    assert says in done.err and str(cli.folder / "tools/our_rules.py") in done.err
    assert len(done.err.splitlines()) <= 2
    assert cli("validate").status == 0


def test_two_plugins_with_the_same_rule(team: CommandLine) -> None:
    team.write("tools/more.py", CALLS)
    team.write("journeykit.toml", 'plugins = ["tools/our_rules.py", "tools/more.py"]\n')
    done = team("lint")
    assert done.status == 2
    assert "more.py" in done.err and "our_rules.py already" in done.err


def test_a_module_that_is_not_there(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("journeykit.toml", 'plugins = ["journeykit_nowhere.rules"]\n')
    done = cli("lint")
    assert done.status == 2
    assert "plugin journeykit_nowhere.rules: there is no module journeykit_nowhere" in done.err


FAILING = {
    "raises": ("yield Hit(('title',), 'm', 'h')\n    raise ValueError('no\\nline')", "ValueError: no"),
    "yields nothing of use": ("yield 'title'", "'title' is no Hit"),
    "has a text for a path": ("yield Hit('title', 'm', 'h')", "is no Hit"),
    "has a list in its path": ("yield Hit(('touchpoints', [0]), 'm', 'h')", "is no Hit"),
    "has a number for a message": ("yield Hit(('title',), 5, 'h')", "is no Hit"),
    "exits": ("raise SystemExit(0)", "SystemExit: 0"),
    "forgot yield": ("return None", "TypeError"),
}


@pytest.mark.parametrize("case", FAILING)
def test_a_rule_that_fails_takes_nothing_else_with_it(team: CommandLine, case: str) -> None:
    body, says = FAILING[case]
    team.write("tools/our_rules.py", CALLS + f"\n\n@rule(Severity.INFO)\ndef failing(subject):\n    {body}\n")
    team.write("maps/b.journey.yaml", JOURNEY)
    done = team("lint", "--output-format", "concise")
    assert done.status == 2
    assert done.out.count("[phone-call]") == done.out.count("[missing-note]") == 2
    (line,) = (line for line in done.err.splitlines() if "own rule" in line)
    assert "own rule failing" in line and "maps/a.journey.yaml and 1 other file" in line and says in line
    assert "\n  JOURNEYKIT_TRACEBACK=1 shows where\n" in done.err


def test_a_rule_that_fails_has_no_unused_suppressions(team: CommandLine) -> None:
    team.write("tools/our_rules.py", HEAD + "@rule(Severity.INFO)\ndef failing(subject):\n    1 / 0\n    yield\n")
    team.write("maps/a.journey.yaml", JOURNEY + "# journeykit: ignore-file[failing]\n")
    assert found(team, "--select", "failing,unused-suppression") == []


@pytest.fixture
def installed(cli: CommandLine) -> Path:
    """A folder as pip leaves it: a package with rules, and its entry point."""
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("site/our_service/__init__.py", "")
    cli.write("site/our_service/rules.py", CALLS)
    cli.write("site/our_service-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: our-service\nVersion: 1.0\n")
    entry = "[console_scripts]\nx = y:z\n\n[journeykit.rules]\nour-service = our_service.rules\n"
    cli.write("site/our_service-1.0.dist-info/entry_points.txt", entry)
    return cli.folder / "site"


def run(folder: Path, site: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "journeykit", *args], cwd=folder, env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def test_an_installed_package_offers_its_rules_without_any_setting(cli: CommandLine, installed: Path) -> None:
    done = run(cli.folder, installed, "lint", "--select", "our-service", "--output-format", "concise")
    assert (done.returncode, done.stdout.count("[phone-call]")) == (1, 1), done.stderr
    listed = json.loads(run(cli.folder, installed, "rules", "our-service", "--output-format", "json").stdout)
    assert [row["plugin"] for row in listed] == ["our_service (our-service = our_service.rules)"] * 2


def test_an_installed_package_that_is_broken_is_named(cli: CommandLine, installed: Path) -> None:
    (installed / "our_service" / "rules.py").write_text("import journeykit_nowhere\n", encoding="utf-8")
    done = run(cli.folder, installed, "lint")
    assert done.returncode == 2
    assert "plugin our_service (our-service = our_service.rules) cannot be imported" in done.stderr
    assert run(cli.folder, installed, "validate").returncode == 0
