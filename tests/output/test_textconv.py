"""What git compares in place of a journey: all that the file says, and nothing that changes with something else."""

from __future__ import annotations

import pytest

from journeykit.output.textconv import textconv
from journeykit.reading import read_file, read_text
from journeykit.scoring import Settings, score
from journeykit.scoring.display import fixed
from tests.conftest import EXAMPLES

TEXT = """\
title: I get  my router fixed
persona: {name: Home customer, wants: [an answer, a date]}
day0: the day I call
stages:
  - name: Before
    phase: before
    touchpoints:
      - I call: frustrated
      - id: wait
        title: I wait for a date
        wait: 3d
        at: +1d
        channel: [email, phone]
        feeling: tense
        moment_of_truth: true
        backstage: [{team: Dispatch, does: looks for a slot, lasts: 2h}, {from: Desk, to: Dispatch}]
opportunities:
  - {id: dates, title: Offer dates at once, at: [wait], target: {wait: 1}, effort: 2}
"""
TOLD = """\
I get my router fixed
  score: {journey} (poor)
  persona: Home customer
    wants: an answer, a date
  day0: the day I call

Stage: Before
  S: {stage}
  phase: before

I call
  S: {call}
  low point: critical
  feeling: frustrated

I wait for a date
  S: {wait}
  low point: pain
  feeling: tense
  wait: 3d
  channel: email, phone
  id: wait
  at: +1d
  moment_of_truth: true
  backstage:
    - team: Dispatch
      does: looks for a slot
      lasts: 2h
    - from: Desk
      to: Dispatch

opportunities: id: dates
  title: Offer dates at once
  at: wait
  effort: 2
  target:
    wait: 1
"""


def told(text: str) -> str:
    return textconv(read_text(text, "a.journey.yaml"), Settings())


def test_each_touchpoint_is_a_block_with_its_score_and_all_that_is_said() -> None:
    journey = read_text(TEXT, "a.journey.yaml").journey
    assert journey
    scores = score(journey)
    call, wait = (fixed(one.score or 0) for one in scores.touchpoints)
    assert told(TEXT) == TOLD.format(
        journey=fixed(scores.score or 0), stage=fixed(scores.stages[0].score or 0), call=call, wait=wait
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_text_of_a_journey_is_told(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    document = read_file(path)
    assert document.journey
    lines = textconv(document, Settings())
    for _, text in document.journey.texts:
        if isinstance(text, str):
            assert " ".join(text.split()) in lines


def test_layout_comments_and_the_name_of_the_file_change_nothing() -> None:
    other = "# above\n" + TEXT.replace("I call: frustrated", "{title: I call, feeling: frustrated} # why")
    assert textconv(read_text(other, "b.yaml"), Settings()) == told(TEXT)


def test_another_touchpoint_leaves_the_blocks_of_the_others_where_they_are() -> None:
    more = told(TEXT.replace("      - id: wait", "      - I ask: frustrated\n      - id: wait"))
    blocks = set(told(TEXT).split("\n\n"))
    assert {block.partition("\n")[0] for block in set(more.split("\n\n")) - blocks} <= {
        "I get my router fixed", "Stage: Before", "I ask",
    }  # fmt: skip


def test_what_is_no_journey_is_not_told() -> None:
    assert told("title: T\n") == ""


def test_nothing_in_it_reaches_a_terminal_as_a_command_or_a_line_of_its_own() -> None:
    text = """\
title: "a\\e]0;X\\a\\e[2J\\u061c"
persona: {name: "P\\nscore: 100", facts: {"k\\nscore: 99.9 (excellent)\\e[8m": "v\\x9b\\nscore: 98"}}
touchpoints:
  - {title: "t\\u202e\\u2028score: 97", feeling: calm, why: "w\\rscore: 96"}
  - I wait: calm
"""
    told = textconv(read_text(text, "a.journey.yaml"), Settings())
    assert told
    assert not [letter for letter in told if letter != "\n" and not letter.isprintable()]
    assert [line for line in told.splitlines() if line.strip().startswith("score: 9")] == []


def test_figures_of_a_survey_with_too_few_answers_are_not_told() -> None:
    text = """\
title: T
persona: P
touchpoints:
  - {title: I call, measured: {counts: {1: 3, 5: 1}, scale: 1..5, source: survey}}
  - {title: I wait, measured: {mean: 4.25, sd: 0.5, n: 4, scale: 1..5}}
  - {title: It works, measured: {mean: 3.75, sd: 0.5, n: 60, scale: 1..5}}
sources: [{id: survey, kind: survey}]
kpis:
  - {kind: csat, id: few, scale: 1..5, counts: {2: 1, 5: 2}, sent: 7}
  - {kind: fcr, id: first, k: 1, n: 3}
  - {kind: response_time, median: 4h, p90: 9h, n: 3, target: 2h}
  - {kind: nps, promoters: 2, passives: 1, detractors: 1}
  - {kind: csat, id: many, scale: 1..5, counts: {2: 10, 5: 20}}
"""
    document = read_text(text, "a.journey.yaml")
    assert document.journey, document.findings
    lines = textconv(document, Settings()).splitlines()
    assert [line.strip() for line in lines].count("fewer than 5 answers: not shown") == 6
    said = "\n".join(lines)
    for figure in ("4.25", "1: 3", "2: 1\n", "k: 1", "4h", "9h", "promoters", "passives", "detractors"):
        assert figure not in said, said
    assert "  measured:\n    scale: 1..5\n    source: survey\n    n: 4\n    fewer" in said
    assert "mean: 3.75" in said and "5: 20" in said and "target: 2h" in said and "sent: 7" in said
