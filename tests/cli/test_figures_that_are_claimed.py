"""What is claimed of figures: only what they can bear, in every output."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeykit.reading import read_text
from journeykit.scoring import score
from journeykit.server.hovers import touchpoint_facts
from tests.conftest import CommandLine
from tests.repositories import Folder

CASES = Path(__file__).parents[1] / "data" / "cases"


@pytest.fixture
def case(cli: CommandLine) -> Callable[..., str]:
    """Run a command on cases by name; its output in one line."""
    for file in CASES.iterdir():
        shutil.copy(file, cli.folder / file.name)

    def run(command: str, *names: str, status: int = 0, **_: Any) -> str:
        words = [f"{name}.journey.yaml" if (cli.folder / f"{name}.journey.yaml").exists() else name for name in names]
        done = cli(command, *words)
        assert done.status == status, done.err
        return re.sub(r"\s+", " ", done.out + done.err)

    return run


def test_a_pure_improvement_passes_the_gate_and_what_it_uncovers_is_called_unmasked(case: Callable[..., str]) -> None:
    out = case("diff", "gate-before", "gate-after", "--fail-on", "new-low-point")
    assert "1 unmasked, 1 resolved" in out and "unmasked I borrow one" in out
    worse = case("diff", "gate-after", "gate-before", "--fail-on", "new-low-point", status=1)
    assert "new critical low point" in worse


def test_no_interval_from_no_spread(case: Callable[..., str]) -> None:
    out = case("score", "num-a1")
    assert "no spread: no interval" in out and "75.0 75.0 75.0" not in out
    diff = case("diff", "num-a1", "num-a2")
    assert "no spread: no interval" in diff and "p <" not in diff and "more than chance" not in diff


def test_few_answers_are_hidden_wherever_they_could_be_had_from(case: Callable[..., str], cli: CommandLine) -> None:
    out = case("score", "num-c1")
    assert "no score: it mostly rests on surveys of fewer than 5 answers, which are not shown: “I call the" in out
    assert "mean" not in out and "40.0" not in out and "44.0" not in out
    assert "call I call the help desk – –" in out
    for command in ("score", "low-points"):
        (one,) = json.loads(cli(command, "num-c1.journey.yaml", "--output-format", "json").out)["journeys"]
        assert "call" not in {low["id"] for low in one.get("low_points", ())}
        if command == "score":
            point = one["touchpoints"][0]
            assert (point["score"], point["measured"]["score"], point["suppressed"]) == (None, None, True)
            assert (one["valley"], one["first"], one["rests_on"]) == (None, None, ["call"])
            assert one["calibration"] is None
            assert (one["score"], one["mean"], one["band"], one["consistency"]) == (None,) * 4
    picture = cli("render", "num-c1.journey.yaml", "--alt").out
    assert "Too few to show" in picture and "No score: too few answers to show." in picture


def few(feeling: str, sure: str = "") -> str:
    """Return a map whose score rests on one small survey among others."""
    return (
        "title: I get it\npersona: P\ntouchpoints:\n"
        f"- {{id: call, title: I call, measured: {{counts: {{1: 3{sure}}}}}}}\n"
        f"- I wait: {feeling}\n- I get it: happy\n- I use it: happy\n"
    )


def test_a_score_says_wherever_it_stands_that_it_rests_on_too_few_answers(cli: CommandLine) -> None:
    folder = Folder(cli.folder)
    cli.write("a.journey.yaml", few("angry"))
    folder.commit()
    cli.write("b.journey.yaml", few("calm"))
    words, label = (
        "rests on surveys of fewer than 5 answers, which are not shown: “I call”",
        "Rests on a survey of too few",
    )

    def out(*args: str) -> str:
        return re.sub(r"\s+", " ", cli(*args).out)

    for command in ("score", "show"):
        assert words in out(command, "a.journey.yaml")
    assert "(rests on too few answers)" in out("score", "a.journey.yaml", "--by", "journey")
    rows = list(
        csv.DictReader(cli("score", "a.journey.yaml", "--by", "journey", "--output-format", "csv").out.splitlines())
    )
    assert [row["rests_on"] for row in rows] == ["call"]
    told = out("diff", "a.journey.yaml", "b.journey.yaml")
    assert f"each score {words}" in told
    cli.write("c.journey.yaml", few("calm", ", 2: 9"))
    assert f"the score before {words}" in out("diff", "a.journey.yaml", "c.journey.yaml")
    assert words in out("diff", "a.journey.yaml", "b.journey.yaml", "--output-format", "markdown")
    (one,) = json.loads(cli("diff", "a.journey.yaml", "b.journey.yaml", "--output-format", "json").out)["journeys"]
    assert one["old"]["rests_on"] == one["new"]["rests_on"] == ["call"]
    cli("diff", "a.journey.yaml", "b.journey.yaml", "--chart", "diff.svg")
    assert (cli.folder / "diff.svg").read_text().count(label) >= 2
    assert "rests on a survey of too few answers" in out("history", "a.journey.yaml")
    (past,) = json.loads(cli("history", "a.journey.yaml", "--output-format", "json").out)["journeys"]
    assert past["versions"][0]["rests_on"] == ["call"]
    cli("history", "a.journey.yaml", "--chart", "history.svg")
    assert label in (cli.folder / "history.svg").read_text()
    assert label in out("render", "a.journey.yaml", "--alt")
    cli("render", "a.journey.yaml", "b.journey.yaml", "--overlay", "--output", "both.svg")
    assert (cli.folder / "both.svg").read_text().count(label) >= 2
    cli("render", "a.journey.yaml", "--output", "a.svg")
    assert label in (cli.folder / "a.svg").read_text()


def test_a_hover_says_why_a_survey_s_figure_is_missing_and_what_the_score_rests_on() -> None:
    document = read_text(few("angry"), "a.journey.yaml")
    assert document.journey
    scores = score(document.journey)
    call, wait = (touchpoint_facts(scores, rated) for rated in scores.touchpoints[:2])
    assert "its survey has 3 answers: fewer than 5 are not shown" in call and "feeling" not in call
    assert "(which rests on a survey of too few answers to show, too)" in wait


def test_a_metric_is_called_by_its_title_in_a_diff(cli: CommandLine) -> None:
    head = "title: I get it\npersona: P\ntouchpoints: [I call: calm, I go: calm]\nkpis:\n"
    for name, value in (("a", "1234.565"), ("b", "2234.5")):
        cli.write(f"{name}.journey.yaml", f"{head}- {{id: c, title: Calls a week, kind: count, value: {value}}}\n")
    out = re.sub(r"\s+", " ", cli("diff", "a.journey.yaml", "b.journey.yaml").out)
    assert "Calls a week 1,234.57 → 2,234.5" in out and "+999.9" in out


def test_small_surveys_are_named(case: Callable[..., str]) -> None:
    out = case("lint", "num-l1", "--select", "low-base", "--fail-on", "error")
    assert "rests on only 6 answers" in out


def test_to_rate_an_unrated_touchpoint_is_no_gain(case: Callable[..., str], cli: CommandLine) -> None:
    out = case("opportunities", "num-o1")
    assert "rates wait" in out and "−7.5" not in out
    cli("render", "num-o1.journey.yaml", "--output", "o.svg")
    assert "rates it" in (cli.folder / "o.svg").read_text()


def test_opportunities_without_estimates_have_no_rank(case: Callable[..., str], cli: CommandLine) -> None:
    out = case("opportunities", "07-rank-of-the-unranked")
    assert out.index("– zero-waiting-on-the-phone") < out.index("– a-thank-you-card")
    (one,) = json.loads(cli("opportunities", "07-rank-of-the-unranked.journey.yaml", "--output-format", "json").out)[
        "journeys"
    ]
    assert [found["priority"] for found in one["opportunities"]] == [None, None]
    alt = cli("render", "07-rank-of-the-unranked.journey.yaml", "--alt").out
    assert "· Zero waiting on the phone" in alt and "1. Zero waiting" not in alt


def test_what_is_not_of_one_kind_is_never_compared(case: Callable[..., str]) -> None:
    out = case("diff", "num-e1", "num-e2")
    for reason in ("1..5 against 0..10", "median against mean", "mean against median", "1..5 against 1..7"):
        assert f"not comparable: {reason}" in out
    assert "median 20 min → mean 3 h" in out
    assert "not comparable: a survey was held on another scale" in out
    assert "than chance" not in out and "by more than the uncertainty" not in out


def test_an_author_s_edit_of_an_assumed_map_has_no_verdict(case: Callable[..., str], cli: CommandLine) -> None:
    out = case("diff", "num-h1", "num-h2")
    assert "as the map assumes; no research or survey is behind what differs" in out
    done = cli("diff", "num-h1.journey.yaml", "num-h2.journey.yaml", "--output-format", "json")
    (one,) = json.loads(done.out)["journeys"]
    assert (one["verdict"], one["beyond_uncertainty"]) == ("assumed", None)


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("num-j1", ["write 85%", "write 71%", "write 1% or 100%", "promoters less detractors", "write 31"]),
        ("num-w", ["scale: 1..2"]),
        ("num-k1", ["scale: 1..3"]),
        ("13-impossible-sd", ["cannot have a standard deviation of 99"]),
        ("17-rate-85-without-percent", ["write 85%"]),
        ("19-more-answers-than-asked", ["31 answers, but only 20", "500 answers, but only 20"]),
    ],
)
def test_what_cannot_be_is_refused(case: Callable[..., str], name: str, faults: list[str]) -> None:
    out = case("validate", name, status=1)
    assert all(fault in out for fault in faults)


def test_targets_are_met_by_direction(cli: CommandLine) -> None:
    text = (
        (CASES / "num-k1.journey.yaml")
        .read_text()
        .replace("id: csat-3, kind: csat", "id: csat-3, scale: 1..3, kind: csat")
    )
    cli.write("k.journey.yaml", text.replace("target: 20d", "target: 20d, better: higher"))
    (one,) = json.loads(cli("score", "k.journey.yaml", "--output-format", "json").out)["journeys"]
    met = {metric["id"]: metric["met"] for metric in one["metrics"]}
    assert met == {"abandon-rate": True, "reopen-rate": True, "uptime-duration": True, "csat-low": True, "csat-3": None}
    assert one["metrics"][-1]["value"] == 0.6


def test_the_response_rate_is_shown(cli: CommandLine) -> None:
    kpi = "kpis: [{id: e, kind: csat, value: 82%, n: 62, sent: 1030}]\n"
    cli.write("e.journey.yaml", f"title: I get it\npersona: P\ntouchpoints: [I call: calm, I go: calm]\n{kpi}")
    assert "response rate 6 %" in re.sub(r"\s+", " ", cli("score", "e.journey.yaml").out)
    assert "response rate 6%" in cli("render", "e.journey.yaml", "--alt").out


def test_a_survey_of_many_is_sure_and_a_workshop_is_a_judgement(cli: CommandLine, case: Callable[..., str]) -> None:
    (one,) = json.loads(cli("score", "num-m1.journey.yaml", "--output-format", "json").out)["journeys"]
    found = [round(point["half_width"], 1) for point in one["touchpoints"]]
    assert found == [1.8, 25.0, 25.0] and one["band"]["kind"] == "band"
    assert "a word is one person's, a mean is an average" in case("score", "num-mix")


def test_tired_is_pain_and_elapsed_is_at_least_a_part(case: Callable[..., str]) -> None:
    assert case("low-points", "num-t1", "--fail-on", "critical")
    assert "at least 30 d elapsed" in case("score", "05-elapsed-less-than-one-part")


def test_a_severity_is_rounded_in_one_way(case: Callable[..., str]) -> None:
    name = "06-severity-52-or-53"
    assert "severity 52.5" in case("lint", name, "--select", "ignored-low-point", "--fail-on", "error")
    assert "52.5" in case("render", name, "--alt") and "52.5" in case("low-points", name)
