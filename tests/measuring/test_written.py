"""What is written into files: read back it says what was measured, and all else of the file stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from journeykit.changing.edits import apply_edits
from journeykit.changing.fixing import text_edits
from journeykit.data.periods import is_complete
from journeykit.data.questions import About, Cell, Definition, Found, Score, Share, Time
from journeykit.measuring.labels import labels_of
from journeykit.measuring.measurements import Measurement, measurements
from journeykit.measuring.written import Written, chosen_period, duration_text, fix_of, to_write
from journeykit.model.times import seconds_of
from journeykit.reading import Document, read_text
from journeykit.scoring import score
from journeykit.scoring.settings import settings_for
from tests.measuring.counting import Row, sample

TODAY = date(2026, 11, 30)
ABOUT = About("survey", "test", used=300, first=date(2026, 1, 2), last=date(2026, 9, 30), evidence="survey")
MAP = """\
title: I fly  # a comment
persona: Anna
scale: 1..5
touchpoints:
  # the start
  - I park: calm  # quickly
  - id: security
    title: I go through security
    satisfaction: 2   # a guess
  - {title: I board, id: boarding, feeling: happy}
"""


def _answers(
    item: str, metric: str, counts: Mapping[int, int], period: str = "2026-Q3", *, low: int = 1, high: int = 5
) -> tuple[Definition, list[Score]]:
    cell = Cell(item, metric, period)
    return Definition(item, metric, low=low, high=high), [
        Score(cell, "", float(score), n, n, n) for score, n in counts.items()
    ]


def _measured(document: Document, *asked: tuple[Definition, list[Score]], about: About = ABOUT) -> list[Measurement]:
    definitions = tuple(dict.fromkeys(definition for definition, _ in asked))
    scores = tuple(score for _, scores in asked for score in scores)
    assert document.journey
    place = labels_of(document.journey, about.name).get
    found = measurements(Found(about, definitions, scores=scores))
    return [replace(one, touchpoint=place(one.cell.item) if one.cell.item else "") for one in found]


def _read(text: str) -> Document:
    document = read_text(text, "fly.journey.yaml")
    assert document.journey, document.findings
    return document


def _after(document: Document, written: Sequence[Written], about: About = ABOUT) -> Document:
    assert document.journey
    fix = fix_of(document.journey, written, {about.name: about})
    assert fix
    edits = text_edits(document.source, fix)
    assert edits
    return _read(apply_edits(document.source.text, edits))


COUNTS = {1: 3, 2: 10, 3: 20, 4: 30, 5: 12}


def test_answers_are_written_beside_what_is_stated_and_nothing_else_changes() -> None:
    document = _read(MAP)
    assert document.journey
    asked = [_answers(label, "csat", COUNTS) for label in ("security", "I park", "boarding")]
    written = to_write(document.journey, _measured(document, *asked), TODAY)
    new = _after(document, written)
    expected = """\
title: I fly  # a comment
persona: Anna
scale: 1..5
touchpoints:
  # the start
  - I park: calm  # quickly
    measured:
      counts: {1: 3, 2: 10, 3: 20, 4: 30, 5: 12}
      source: survey
      period: 2026-Q3
  - id: security
    title: I go through security
    satisfaction: 2   # a guess
    measured:
      counts: {1: 3, 2: 10, 3: 20, 4: 30, 5: 12}
      source: survey
      period: 2026-Q3
  - {title: I board, id: boarding, feeling: happy, measured: {counts: {1: 3, 2: 10, 3: 20, 4: 30, 5: 12}, source: survey, period: 2026-Q3}}
sources:
  - id: survey
    kind: survey
    n: 300
    date: 2026-09-30
"""  # noqa: E501
    assert new.source.text == expected
    assert new.journey
    measured = score(new.journey, settings_for(new.journey, source="measured"))
    assert [one.score for one in measured.touchpoints] == pytest.approx([25 * (263 / 75 - 1)] * 3, abs=1e-6)
    again = to_write(new.journey, _measured(new, *asked), TODAY)
    assert all(one.is_same for one in again)
    assert fix_of(new.journey, again, {"survey": ABOUT}) is None


def test_nps_and_effort_are_kpis_and_never_satisfaction() -> None:
    document = _read(
        MAP
        + "kpis:\n  - {id: loyalty, kind: nps, target: 40, source: survey, period: 2026-Q3}\nsources: [{id: survey}]\n"
    )
    assert document.journey
    asked = [
        _answers("", "nps", {10: 30, 5: 10}, low=0, high=10),
        _answers("security", "ces", {7: 20, 3: 20}, low=1, high=7),
        _answers("", "csat", {2: 10, 3: 30}, low=1, high=3),
    ]
    new = _after(document, to_write(document.journey, _measured(document, *asked), TODAY))
    assert new.journey
    nps, ces, csat = new.journey.kpis
    assert (nps.id, nps.counts, nps.target) == ("loyalty", {10: 30, 5: 10}, 40)
    assert (ces.kind, ces.at, ces.counts) == ("ces", ("security",), {7: 20, 3: 20})
    assert (csat.kind, csat.at, csat.scale, csat.counts) == ("csat", (), "1..3", {2: 10, 3: 30})
    assert not any(touchpoint.measured for touchpoint in new.journey.touchpoints)


def test_weighted_answers_are_a_mean_and_the_effective_number() -> None:
    document = _read(MAP)
    assert document.journey
    rows = [Row(float(1 + at % 5), 1 + at % 3) for at in range(90)]
    one = sample(rows, Cell("security", "csat", "2026-Q3"))
    about = ABOUT._replace(weight="WEIGHT")
    asked = Found(about, (Definition("security", "csat", low=1, high=5),), scores=one.scores)
    found = [replace(each, touchpoint="security") for each in measurements(asked)]
    new = _after(document, to_write(document.journey, found, TODAY), about)
    assert new.journey
    measured = new.journey.touchpoint("security").measured
    weights = [row.weight for row in rows]
    mean = sum(row.weight * row.score for row in rows) / sum(weights)
    assert measured and measured.counts is None
    assert measured.mean == pytest.approx(mean, abs=1e-6)
    assert measured.n == int(sum(weights) ** 2 / sum(w * w for w in weights))


def test_the_newest_complete_period_with_30_answers_is_written() -> None:
    def members(*sizes: tuple[str, int]) -> list[Measurement]:
        document = _read(MAP)
        return _measured(document, *(_answers("security", "csat", {4: n - 1, 5: 1}, period) for period, n in sizes))

    def chosen(*sizes: tuple[str, int]) -> str:
        one = chosen_period(members(*sizes), TODAY)
        return one.cell.period if one else ""

    assert chosen(("2026-Q2", 30), ("2026-Q3", 31), ("2026-Q4", 90)) == "2026-Q3", "the fourth quarter is not over"
    assert chosen(("2026-Q2", 30), ("2026-Q3", 29)) == "2026-Q2"
    assert chosen(("2026-Q2", 12), ("2026-Q3", 8), ("2026-Q4", 6)) == "2026-Q4", "none has 30"
    assert is_complete("2026-11", TODAY) is False
    assert is_complete("2026-10", TODAY) is True


def test_figures_of_another_source_or_period_are_conflicts() -> None:
    for old, conflict in (
        ("{mean: 3, n: 40, source: other, period: 2026-Q3}", True),
        ("{mean: 3, n: 40, source: survey, period: 2026-Q2}", True),
        ("{mean: 3, n: 40}", True),
        ("{mean: 3, n: 40, source: survey, period: 2026-Q3}", False),
    ):
        sources = "sources: [{id: other}, {id: survey}]\n"
        document = _read(MAP.replace("a guess\n", f"a guess\n    measured: {old}\n") + sources)
        assert document.journey
        (one,) = to_write(document.journey, _measured(document, _answers("security", "csat", COUNTS)), TODAY)
        assert bool(one.conflict) is conflict
        new = _after(document, [one])
        measured = new.journey and new.journey.touchpoint("security").measured
        assert measured and measured.counts == COUNTS
        assert (measured.mean, measured.n) == (None, None)


def test_times_and_shares_are_written_where_a_kpi_names_them() -> None:
    kpis = "kpis:\n  - {id: reply, kind: response_time, is: first-reply}\n  - {id: once, kind: fcr, is: solved}\n"
    document = _read(MAP + kpis)
    assert document.journey
    definitions = (
        Definition("first-reply", "first-reply", "time", clock="business"),
        Definition("solved", "solved", "share"),
    )
    times = tuple(
        Time(
            Cell("first-reply", "first-reply", "2026-Q3"),
            60_000 * at,
            0,
            False,
            1,
            60_000 * at,
            60_000 * at,
            60_000 * at,
        )
        for at in range(1, 62)
    )
    about = ABOUT._replace(evidence="ticket")
    found = measurements(
        Found(about, definitions, times=times, shares=(Share(Cell("solved", "solved", "2026-Q3"), 40, 60, 0),))
    )
    new = _after(document, to_write(document.journey, [replace(one, touchpoint="") for one in found], TODAY), about)
    assert new.journey
    reply, once = new.journey.kpis
    assert [str(one) for one in (reply.median, reply.p90)] == ["31min", "55min"]
    assert (reply.n, reply.clock, once.k, once.n) == (61, "business", 40, 60)
    assert new.journey.sources[0].kind == "ticket"


@pytest.mark.parametrize("seconds", [0, 1, 59.7, 95, 151, 42 * 60, 3600, 8599.6, 86_400 * 3, 1_234_567])
def test_durations_are_read_back(seconds: float) -> None:
    read = seconds_of(duration_text(seconds))
    assert read is not None
    assert read == pytest.approx(seconds, rel=0.005, abs=0.5)
    assert [duration_text(size) for size in (2520, 3600, 259_200, 753_720)] == ["42min", "1h", "3d", "8.72d"]
