"""The alt text: the content of a picture in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from journeykit.charts.frame import scene_of
from journeykit.charts.locales import LANGUAGES, Labels
from journeykit.model import Journey
from journeykit.scoring import score
from tests.conftest import CommandLine

from .maps import bare, example, full


@pytest.mark.parametrize("name", ["my-new-job", "plumber-visit", "support-ticket"])
def test_it_names_title_persona_score_every_touchpoint_and_the_low_points(name: str) -> None:
    journey = example(name)
    account = scene_of(journey).description
    scores = score(journey)
    first, *_ = account.splitlines()
    assert journey.title in first and journey.persona.name in first
    assert f" {Labels(journey.lang).number(scores.score or 0)} " in account
    for touchpoint in journey.touchpoints:
        assert touchpoint.title in account
        assert all(feeling in account for feeling in touchpoint.feeling)
    worst = scores.by_id[scores.low_points[0].id].touchpoint.title
    lines = [line for line in account.splitlines() if line.startswith("1. ") and worst in line]
    assert any(Labels(journey.lang).number(scores.low_points[0].severity) in line for line in lines)


def test_it_is_the_same_whatever_the_chart() -> None:
    journey = example("my-new-job")
    assert scene_of(journey).description == scene_of(journey, chart="curve", axis="time").description


def test_what_is_done_is_no_longer_to_be_done() -> None:
    account = scene_of(example("my-new-job")).description
    todo = account.partition("What to do")[2].partition("Touchpoints (")[0]
    assert "Send a short note every week" in todo and "Set my laptop up with me" not in todo


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_in_the_language_of_the_journey(lang: str) -> None:
    accounts = {other: scene_of(full(3, lang=other)).description for other in LANGUAGES}
    assert sum(accounts[lang] == account for account in accounts.values()) == 1


def test_what_is_not_rated_is_said() -> None:
    journey = bare(4)  # the fourth has no feeling
    assert "4. I wait for an answer; not rated." in scene_of(journey).description
    unrated = Journey.model_validate({"title": "A", "persona": "P", "touchpoints": ["b", "c"]})
    assert "No score: too little is rated." in scene_of(unrated).description


def test_decisions_handoffs_and_metrics_are_told_at_their_touchpoint() -> None:
    lines = (
        scene_of(example("my-new-job"), chart="blueprint").description.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    )
    (number,) = [n for n, line in enumerate(lines) if line.startswith("6. My laptop is not there")]
    decision = (
        "Decision: Take an old loan laptop, or wait for mine? The customer decides: "
        "wait and watch (35%): touchpoint 7; take the loan (65%): touchpoint 8."
    )
    assert lines[number + 1 : number + 10] == [
        (
            "40 min wait; Place: my empty desk; Importance: 5; Risk of leaving: medium; Vulnerability; "
            "Why: We ask for the choice 10 days ahead and need 16 to deliver; Needs a laptop ready to lend (Tool); "
            "Needs someone who owns the first morning (People); Missing: one that starts in less than ten minutes; "
            "Evidence: [1] Interview, [2] Tickets."
        ),
        "Picture: A desk with a plant and the outline of a laptop.",
        "Thinks: Everybody can see that I have nothing to do; Did I fill in something wrong?",
        "Says: “I cleaned my desk twice. It was already clean.”.",
        "Pains: sitting idle in front of the team; asking for what was promised.",
        "What we promised: Your laptop waits on your desk.",
        decision,
        "Handoffs: (3) from Team lead to Service desk, cold handoff, 40 min wait.",
        (
            "Metrics: laptop on first day (Share): 61%, target 95%: missed, 95% CI 50.6–70.5%, n = 88, "
            "2026-Q3, [4] Analytics."
        ),
    ]


def test_ways_out_and_metrics_of_the_whole_journey_are_told_and_small_bases_kept() -> None:
    decision = {"question": "Stay?", "options": [{"answer": "no", "to": "end"}]}
    kpis = [{"id": "nps", "kind": "nps", "value": 40, "n": 4}, {"id": "kept", "kind": "rate", "value": "90%"}]
    journey = Journey.model_validate(
        {"title": "A", "persona": "P", "touchpoints": [{"title": "b", "decision": decision}, "c"], "kpis": kpis}
    )
    told = scene_of(journey).description.replace("\N{NO-BREAK SPACE}", " ")
    assert "Decision: Stay? The customer decides: no: The journey ends." in told
    assert "Metrics: Recommendation (NPS): Too few to show, n = 4 · low base; kept (Share): 90%." in told
    assert "40" not in told


def test_the_gist_comes_first_and_then_the_touchpoints_in_order() -> None:
    journey = example("my-new-job")
    lines = scene_of(journey).description.splitlines()
    heads = [
        next(n for n, line in enumerate(lines) if line.startswith(head))
        for head in ("My new job:", "Journey score:", "Low points,", "Peaks:", "What to do,", "Touchpoints (14):")
    ]
    assert heads == sorted(heads)
    told = [line for line in lines[heads[-1] + 1 :] if re.match(r"\d+\. ", line)]
    assert [line.split(".")[0] for line in told] == [str(number) for number in range(1, 15)]
    assert (
        "6. My laptop is not there; day 0, 09:30; In person; embarrassed; frustrated; 0 of 100; 75 below expected;"
        in (told[5])
    )
    assert told[5].endswith("Low point\u00a01; Moment of truth; engagement 5 of 5.")


def test_the_command_prints_the_account_that_the_picture_carries(cli: CommandLine) -> None:
    cli.write(
        "a.journey.yaml", "title: A\npersona: P\ntouchpoints:\n  - I call \u00b7 twice: frustrated\n  - Done: calm\n"
    )
    done = cli("render", "a.journey.yaml", "--alt")
    assert done.status == 0 and not list(cli.folder.glob("*.svg"))
    cli("render", "a.journey.yaml", "-o", "a.svg")
    desc = ElementTree.parse(cli.folder / "a.svg").getroot()[1]
    assert done.out == f"{desc.text}\n"
    both = cli("render", "a.journey.yaml", "a.journey.yaml", "--alt", "-o", "told.txt")
    assert both.status == 0 and (cli.folder / "told.txt").read_text(encoding="utf-8").startswith("A: the journey of P.")
