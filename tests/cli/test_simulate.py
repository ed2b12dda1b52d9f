"""`opportunities --simulate`: the journey as it would be after several opportunities together."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

import journeykit
from tests.cli.specimen import HOSTILE
from tests.conftest import CommandLine

MAP = """\
title: I get my router fixed
persona: Ana
touchpoints:
  - {id: call, title: I call, feeling: frustrated, importance: 5}
  - {id: wait, title: I wait, feeling: annoyed}
  - {id: fixed, title: It works, feeling: relieved}
opportunities:
  - {id: answer, title: Answer at once, at: [call], target: {call: 1}, owner: Telephony, status: planned}
  - {id: reply, title: Reply within a minute, at: [call], target: {call: 0.5}}
  - {id: skip, title: No waiting, at: [wait], removes: [wait], status: dropped}
  - {id: vague, title: Be nicer, at: [call]}
  - {id: old, title: A toll-free number, at: [call], target: {call: 0}, status: done}
"""


@pytest.fixture
def desk(cli: CommandLine) -> CommandLine:
    cli.write("desk.journey.yaml", MAP)
    return cli


def simulated(cli: CommandLine, *args: str) -> list[dict[str, Any]]:
    done = cli("opportunities", "--output-format", "json", "--simulate", *args)
    assert done.status == 0, done.err
    return list(json.loads(done.out)["journeys"])


def ids(found: dict[str, Any]) -> list[str]:
    return [one["id"] for one in found["simulated"]]


def test_it_is_the_journey_that_the_python_api_simulates(desk: CommandLine) -> None:
    (found,) = simulated(desk, "answer,skip")
    journey = journeykit.load("desk.journey.yaml")
    after = journeykit.score(journeykit.simulate(journey, [journey.opportunities[0], journey.opportunities[2]]))
    before = journeykit.score(journey)
    assert after.score is not None
    assert before.score is not None
    assert found["difference"]["new"]["score"] == after.score
    assert found["together"] == after.score - before.score
    assert found["difference"]["new"]["state"] == "future"
    removed = [one["old"]["id"] for one in found["difference"]["touchpoints"] if one["change"] == "removed"]
    assert removed == ["wait"]


def test_together_is_held_against_each_alone(desk: CommandLine) -> None:
    (found,) = simulated(desk, "answer,reply")
    alone = [simulated(desk, id)[0]["together"] for id in ("answer", "reply")]
    assert found["together"] == alone[0]  # the higher target includes the lower one
    assert found["one_by_one"] == pytest.approx(sum(alone))
    assert [one["gain"] for one in found["simulated"]] == [pytest.approx(gain) for gain in alone]
    shown = desk("opportunities", "--simulate", "answer,reply").out
    assert f"together +{found['together']:.1f}; the gains of each alone add up to +{found['one_by_one']:.1f}" in shown
    assert "answer, reply" in shown  # what a touchpoint changes through


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (["open"], ["answer", "reply"]),
        (["open", "--owner", "tele"], ["answer"]),
        (["open", "--status", "idea"], ["reply"]),
        (["open,old"], ["answer", "reply", "old"]),
        (["skip", "--simulate", "old"], ["skip", "old"]),  # in the order of the file
        (["old, skip"], ["skip", "old"]),
    ],
    ids=" ".join,
)
def test_which_are_meant(desk: CommandLine, args: list[str], wanted: list[str]) -> None:
    (found,) = simulated(desk, *args)
    assert ids(found) == wanted
    assert found["not_simulated"] == (["vague"] if "open" in args[0] and "--owner" not in args else [])


def test_journeys_that_have_none_of_them_are_left_out(desk: CommandLine) -> None:
    desk.write("a.journey.yaml", MAP.replace("id: answer", "id: other"))
    desk.write("b.journey.yaml", "title: T\npersona: P\ntouchpoints: [a: calm, b: angry]\n")
    assert [(one["file"], ids(one)) for one in simulated(desk, "answer")] == [("desk.journey.yaml", ["answer"])]
    both = simulated(desk, "reply,other")
    assert [(one["file"], ids(one)) for one in both] == [
        ("a.journey.yaml", ["other", "reply"]), ("desk.journey.yaml", ["reply"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--simulate", "anser"], ['no opportunity has the id "anser"', 'did you mean "answer"?']),
        (["--simulate", "zzz"], ["there are answer, old, reply, skip, vague"]),
        (["--simulate", "vague"], ["nothing can be simulated of vague", "target: {touchpoint: 1}"]),
        (["--simulate", "open", "--owner", "nobody"], ["no open opportunity to simulate"]),
        (["--chart", "a.svg"], ["--chart draws what --simulate computes"]),
        (["--simulate", "open", "--results"], ["two questions"]),
        (["--simulate", "answer", "--chart", "-"], ["standard output"]),
        (["--simulate", "answer", "--chart", "a.txt"], ["a.txt"]),
    ],
)
def test_what_cannot_be_simulated_is_said(desk: CommandLine, args: list[str], told: list[str]) -> None:
    done = desk("opportunities", *args)
    assert done.status == 2
    assert all(words in done.err for words in told)
    assert not done.out


def test_what_says_nothing_to_simulate_is_named_beside_the_others(desk: CommandLine) -> None:
    out = re.sub(r"\s+", " ", desk("opportunities", "--simulate", "answer,vague").out)
    assert "not simulated, as neither target nor removes says what would change: vague" in out
    assert "simulated: answer (+" in out


def test_an_empty_journey_has_no_score(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", MAP.replace("removes: [wait]", "removes: [call, wait, fixed]"))
    (found,) = simulated(cli, "skip")
    assert (found["together"], found["one_by_one"]) == (None, None)
    done = cli("opportunities", "--simulate", "skip")
    assert done.status == 0
    assert "skip (no score)" in done.out


def test_both_curves_are_drawn(desk: CommandLine) -> None:
    done = desk("opportunities", "--simulate", "answer,skip", "--chart", "out/a.svg")
    assert (done.status, done.err) == (0, "Wrote out/a.svg.\n")
    svg = (desk.folder / "out" / "a.svg").read_text(encoding="utf-8")
    assert "The journey today" in svg
    assert "The journey as it should be" in svg
    desk.write("b.journey.yaml", MAP)
    assert desk("opportunities", "--simulate", "answer", "--chart", "a.svg").status == 2  # holds one picture
    desk("opportunities", "--simulate", "answer", "--chart", "charts")
    assert {path.name for path in (desk.folder / "charts").iterdir()} == {"b.svg", "desk.svg"}


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_forecasts_fit_the_terminal(desk: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = desk("opportunities", "--simulate", "open,skip").out
    assert max(map(len, out.splitlines())) <= columns
    assert "…" not in out
    (row,) = (line for line in out.splitlines() if "answer, reply" in line)
    assert re.search(r"changed .*I call +answer, reply .* \+62\.5$", row)


def test_a_forecast_is_markdown_for_an_issue(desk: CommandLine) -> None:
    lines = desk("opportunities", "--simulate", "answer,vague", "--output-format", "markdown").out.splitlines()
    assert lines[0].startswith("### I get my router fixed")
    assert "- simulated: answer (+21.4)" in lines
    assert any(re.fullmatch(r"\| changed \|.* I call \| answer \| .*\+62\.5 \|", line) for line in lines)


def test_csv_has_a_row_for_each_touchpoint_that_changes(desk: CommandLine) -> None:
    out = desk("opportunities", "--simulate", "answer,skip", "--output-format", "csv").out
    rows = [(row["change"], row["title"], row["through"]) for row in csv.DictReader(io.StringIO(out))]
    assert rows == [("changed", "I call", "answer"), ("removed", "I wait", "skip")]


def test_text_of_users_is_text(cli: CommandLine) -> None:
    cli.write("h.journey.yaml", HOSTILE)
    for form in ("full", "markdown", "csv", "json"):
        done = cli("opportunities", "--simulate", "o", "--output-format", form)
        assert done.status == 0, done.err
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", done.out)
    assert "\\[red\\]T" in cli("opportunities", "--simulate", "o", "--output-format", "markdown").out
