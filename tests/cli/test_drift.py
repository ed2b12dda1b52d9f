"""`measure --check` on the example: findings at lines, a gate, fixes, a baseline; and the figures of its log."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.conftest import EXAMPLES, CommandLine

pytest.importorskip("duckdb", reason="the engine for files is an extra")


@pytest.fixture
def workshop(cli: CommandLine) -> CommandLine:
    shutil.copytree(EXAMPLES / "measured", cli.folder, dirs_exist_ok=True)
    return cli


def test_where_map_and_data_disagree(workshop: CommandLine) -> None:
    done = workshop("measure", "--check", "--output-format", "concise")
    lines = [line.split(" ", 2)[:2] for line in done.out.splitlines()]
    assert (done.status, lines) == (1, [
        ["repair.journey.yaml:5:8:", "warning[unmapped-event]"],
        ["repair.journey.yaml:21:44:", "warning[share-drift]"],
        ["repair.journey.yaml:22:42:", "warning[share-drift]"],
        ["repair.journey.yaml:26:11:", "warning[wait-drift]"],
        ["repair.journey.yaml:29:12:", "warning[reach-drift]"],
        ["repair.journey.yaml:36:12:", "warning[reach-drift]"],
        ["repair.journey.yaml:43:12:", "warning[reach-drift]"],
    ])  # fmt: skip
    assert workshop("measure", "--check", "--fail-on", "error").status == 0
    assert workshop("measure", "--check", "--data", "survey", "--show", "info").status == 0


def test_fixes_take_over_what_the_data_say(workshop: CommandLine) -> None:
    file = workshop.folder / "repair.journey.yaml"
    before = file.read_text(encoding="utf-8")
    previewed = workshop("measure", "--check", "--diff")
    assert (previewed.status, file.read_text(encoding="utf-8")) == (1, before)
    done = workshop("measure", "--check", "--fix")
    assert "Fixed 5 of 6 findings" in done.err and done.status == 1
    text = file.read_text(encoding="utf-8")
    assert "    wait: 5.3d\n" in text and "share: 0.31" in text and text.count("reach: 0.69") == 2
    left = workshop("measure", "--check", "--output-format", "json")
    assert [one["rule"] for one in json.loads(left.out)["findings"]] == ["unmapped-event"]


def test_comments_settings_and_a_baseline_leave_findings_out(workshop: CommandLine) -> None:
    settings = workshop.folder / "journeykit.toml"
    own = settings.read_text(encoding="utf-8")
    settings.write_text(f'ignore = ["share-drift"]\n{own}ignore = ["Part ordered"]\n[drift.reach-drift]\nlimit = 0.5\n')
    done = workshop("measure", "--check", "--output-format", "json")
    assert [one["rule"] for one in json.loads(done.out)["findings"]] == ["wait-drift"]
    settings.write_text(own, encoding="utf-8")
    assert workshop("measure", "--check", "--write-baseline", "--baseline", "known.json").status == 0
    known = workshop("measure", "--check", "--baseline", "known.json")
    assert (known.status, known.out) == (0, "")
    assert workshop("lint", "--baseline", "known.json", "--ignore", "all").status == 2
    linted = workshop("lint", "--baseline", "known.json", "--write-baseline")
    assert linted.status == 0
    assert workshop("measure", "--check", "--baseline", "known.json").status == 0, "lint keeps what measure found"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--fix"], "--fix belongs to --check"),
        (["--fail-on-drop"], "--fail-on-drop belongs to --check"),
        (["--check", "--write"], "--check compares map and data"),
        (["--check", "--output-format", "csv"], "csv is no format of findings"),
        (["--output-format", "github"], "github is no format of tables"),
    ],
)
def test_options_that_do_not_go_together(workshop: CommandLine, options: list[str], words: str) -> None:
    done = workshop("measure", *options)
    assert done.status == 2 and words in done.err and done.out == ""


def test_the_figures_of_the_log_stand_beside_the_map(workshop: CommandLine) -> None:
    data = json.loads(workshop("measure", "--output-format", "json").out)
    (journey,) = data["journeys"]
    wait = next(one for one in journey["touchpoints"] if one["id"] == "wait")
    assert wait["reach"] == pytest.approx(
        {"source": "workshop", "stated": 0.9, "measured": 83 / 120, "low": 0.60417, "high": 0.76727, "n": 120}, abs=1e-5
    )
    assert (wait["wait"]["stated"], wait["wait"]["n"]) == (3 * 86400, 83)
    assert [(one["to"], one["stated"]) for one in wait["next"]] == [("back", None), ("reminder", None)]
    estimate = next(one for one in journey["touchpoints"] if one["id"] == "estimate")
    assert [(one["to"], round(one["share"], 3), one["stated"]) for one in estimate["next"]] == [
        ("wait", 0.692, 0.9), ("end", 0.308, 0.1),
    ]  # fmt: skip
    assert journey["fit"][0]["moves"]["n"] == 317
    shown = workshop("measure").out
    assert "5.3 d" in shown and "The map allows 100 % of the moves of workshop" in shown


KPIS = """
kpis:
  - {id: whole, kind: duration, median: 5d, from: order, to: back}
  - {id: asks, kind: rate, value: 10%, any_of: Customer asks}
  - {id: parts, kind: rate, none_of: Part ordered, value: 90%}
"""


def test_kpis_of_the_log(workshop: CommandLine) -> None:
    file = workshop.folder / "repair.journey.yaml"
    file.write_text(file.read_text(encoding="utf-8") + KPIS, encoding="utf-8")
    data = json.loads(workshop("measure", "--period", "all", "--output-format", "json").out)
    found = {one["item"]: one for one in data["journeys"][0]["kpis"]}
    assert found["asks"]["value"] == pytest.approx(31 / 120) and found["asks"]["n"] == 120
    assert found["parts"]["value"] == pytest.approx(102 / 120)
    assert found["whole"]["n"] == 83 and 6 * 86400 < found["whole"]["value"] < 10 * 86400
    done = workshop("measure", "--data", "workshop", "--period", "all", "--write", "--replace")
    assert done.status == 0, done.err
    text = file.read_text(encoding="utf-8")
    assert "k: 31" in text and "k: 102" in text and text.count("n: 120") == 3


def test_a_source_that_is_gone_fails_and_others_go_on(workshop: CommandLine) -> None:
    (workshop.folder / "data" / "survey.csv").unlink()
    done = workshop("measure", "--check", "--output-format", "concise")
    assert done.status == 2 and "reach-drift" in done.out and "survey.csv" in done.err


def test_a_map_without_data_is_told_what_to_write(workshop: CommandLine) -> None:
    (workshop.folder / "repair.journey.yaml").unlink()
    workshop.write("a.journey.yaml", "title: T\npersona: P\ntouchpoints: [I order, I wait]\n")
    done = workshop("measure", "--check")
    assert (done.status, done.out) == (0, "") and "No journey names data" in done.err
