"""What is claimed of figures: only what they can bear, in every output."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CommandLine

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
    assert "rests on surveys of fewer than 5 answers, which are not shown: “I call the help desk”" in out
    assert "call I call the help desk – –" in out
    for command in ("score", "low-points"):
        (one,) = json.loads(cli(command, "num-c1.journey.yaml", "--output-format", "json").out)["journeys"]
        assert "call" not in {low["id"] for low in one.get("low_points", ())}
        if command == "score":
            point = one["touchpoints"][0]
            assert (point["score"], point["measured"]["score"], point["suppressed"]) == (None, None, True)
            assert (one["valley"], one["first"], one["rests_on"]) == (None, None, ["call"])
            assert one["calibration"] is None
    picture = cli("render", "num-c1.journey.yaml", "--alt").out
    assert "Too few to show" in picture and "Rests on a survey of too few answers to show" in picture


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
        ("19-more-answers-than-asked", ["31 answers of 20", "500 answers of 20"]),
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
