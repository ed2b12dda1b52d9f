"""Figures of the file beside those of the data: of the same period, of a newer one, and whether it fell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from journeykit.changing.fixing import apply_fixes
from journeykit.config import Config
from journeykit.data.questions import About, Cell, Definition, Found, Score
from journeykit.drift import DROP, Evidence, drift, rules_for
from journeykit.finding import Finding, Severity
from journeykit.linting import Linted
from journeykit.measuring.measurements import Measurement, measurements
from journeykit.reading import Document, read_text

TODAY = date(2026, 5, 2)
MAP = """\
title: My order
persona: Anna
data: [poll]
touchpoints:
  - {id: a, title: I order}
  - id: b
    title: I wait
    measured:
      counts: {1: 10, 2: 20, 3: 40, 4: 20, 5: 10}
      scale: 1..5
      source: poll
      period: 2026-Q1 # before Easter
kpis:
  - {kind: nps, counts: {0: 20, 8: 20, 10: 60}, source: poll, period: 2026-Q1}
sources:
  - {id: poll, kind: survey, n: 200, date: 2026-03-31}
"""
STATED = {1: 10, 2: 20, 3: 40, 4: 20, 5: 10}
NPS = {0: 20, 8: 20, 10: 60}


def document(text: str = MAP) -> Document:
    read = read_text(text, "order.journey.yaml")
    assert read.journey, read.findings
    return read


def measured(
    answers: dict[tuple[str, str, str], dict[int, int]], about: About | None = None
) -> tuple[list[Measurement], dict[str, About]]:
    """Measurements of counts by touchpoint, metric and period."""
    about = about or About("poll", "duckdb", used=200, last=date(2026, 3, 31), evidence="survey")
    scales = {"csat": (1, 5), "nps": (0, 10), "ces1": (1, 5)}
    kinds = {(item, metric): None for item, metric, _ in answers}
    definitions = tuple(
        Definition(item, metric, low=scales[metric][0], high=scales[metric][1]) for item, metric in kinds
    )
    scores = [
        Score(Cell(item, metric, period), "", score, n, n, n)
        for (item, metric, period), counts in answers.items()
        for score, n in counts.items()
    ]
    found = measurements(Found(about, definitions, tuple(scores)))
    return [replace(one, touchpoint=one.cell.item) for one in found], {"poll": about}


def found(
    answers: dict[tuple[str, str, str], dict[int, int]], *only: str, text: str = MAP, fail_on_drop: bool = False
) -> tuple[Finding, ...]:
    kept, abouts = measured(answers)
    rules = [rule for id, rule in rules_for(Config(), fail_on_drop=fail_on_drop).items() if id in only]
    return drift(document(text), Evidence(measurements=kept, abouts=abouts), rules, TODAY).findings


SAME = {("b", "csat", "2026-Q1"): STATED, ("", "nps", "2026-Q1"): NPS}


def test_a_file_that_says_what_the_data_say() -> None:
    assert found(SAME, "measured-drift", "measured-stale", DROP) == ()


def test_a_figure_that_is_not_that_of_the_data() -> None:
    other = {**SAME, ("b", "csat", "2026-Q1"): {**STATED, 5: 11}}
    (one,) = found(other, "measured-drift")
    assert (one.rule, one.severity, one.start.line) == ("measured-drift", Severity.ERROR, 9)
    assert one.message == (
        "poll says of 2026-Q1: counts {1: 10, 2: 20, 3: 40, 4: 20, 5: 11}, not {1: 10, 2: 20, 3: 40, 4: 20, 5: 10}"
    )
    kept, abouts = measured(other)

    def relint(read: Document) -> Linted:
        rules = [rules_for(Config())["measured-drift"]]
        return drift(read, Evidence(measurements=kept, abouts=abouts), rules, TODAY)

    result = apply_fixes(document(), relint, unsafe=True)
    assert result.document.source.text == MAP.replace("5: 10}\n      scale", "5: 11}\n      scale")


def test_figures_of_other_sources_and_periods_are_not_compared() -> None:
    assert found({("b", "csat", "2025-Q4"): {5: 50, 4: 3}}, "measured-drift", "measured-stale", DROP) == ()
    text = MAP.replace("source: poll", "source: other").replace("id: poll, kind", "id: other, kind")
    assert found({("b", "csat", "2026-Q1"): {5: 50, 4: 3}}, "measured-drift", text=text) == ()


def test_a_newer_period() -> None:
    newer = {**SAME, ("b", "csat", "2026-Q2"): STATED}
    assert found(newer, "measured-stale") == (), "the quarter is not over"
    older = MAP.replace("2026-Q1", "2025-Q4")
    (one, kpi) = found(SAME, "measured-stale", text=older)
    assert (one.rule, one.start.line, one.message) == (
        "measured-stale", 12, "the file has 2025-Q4, poll has 100 answers of 2026-Q1",
    )  # fmt: skip
    assert kpi.start.line == 14
    few = {("b", "csat", "2026-Q1"): {5: 20, 4: 3}}
    assert found(few, "measured-stale", text=older) == ()


def test_a_drop_is_more_than_chance() -> None:
    worse = {
        ("b", "csat", "2025-Q4"): STATED,
        ("b", "csat", "2026-Q1"): {1: 40, 2: 30, 3: 20, 4: 6, 5: 4},
        ("", "nps", "2025-Q4"): NPS,
        ("", "nps", "2026-Q1"): {0: 21, 8: 20, 10: 59},
    }
    older = MAP.replace("2026-Q1", "2025-Q4")
    (one,) = found(worse, DROP, text=older)
    assert (one.rule, one.severity, one.start.line) == (DROP, Severity.INFO, 8)
    assert one.message.startswith("24 points less from 2025-Q4 (n 100) to 2026-Q1 (n 100); p ")
    assert [one.severity for one in found(worse, DROP, text=older, fail_on_drop=True)] == [Severity.ERROR]
    better = {**worse, ("b", "csat", "2026-Q1"): {4: 40, 5: 60}}
    assert found(better, DROP, text=older) == ()


def test_a_drop_is_set_beside_the_same_quarter_of_the_year_before() -> None:
    low = {1: 40, 2: 30, 3: 20, 4: 6, 5: 4}
    older = MAP.replace("2026-Q1", "2025-Q4")
    data = {("b", "csat", "2025-Q4"): STATED, ("b", "csat", "2026-Q1"): low}
    (one,) = found(data, DROP, text=older)
    assert one.message.endswith("corrected; no season can be told from 6 months")
    (one,) = found({**data, ("b", "csat", "2025-Q1"): {**low, 5: 5}}, DROP, text=older)
    assert one.message.endswith("corrected; from 2025-Q1, a year before: 0.7 points less, within chance")
    (one,) = found({**data, ("b", "csat", "2025-Q1"): low}, DROP, text=older)
    assert one.message.endswith("corrected; from 2025-Q1, a year before: within chance")
    (one,) = found({**data, ("b", "csat", "2025-Q1"): STATED}, DROP, text=MAP.replace("2026-Q1", "2025-Q1"))
    assert one.message.endswith("corrected"), "the file has the same quarter of the year before"


def test_for_effort_more_is_worse() -> None:
    text = MAP.replace(
        "{kind: nps, counts: {0: 20, 8: 20, 10: 60}", "{kind: ces1, at: b, counts: {1: 60, 2: 30, 5: 10}"
    )
    text = text.replace("2026-Q1", "2025-Q4")
    harder = {("b", "ces1", "2025-Q4"): {1: 60, 2: 30, 5: 10}, ("b", "ces1", "2026-Q1"): {1: 10, 2: 30, 5: 60}}
    assert [one.start.line for one in found(harder, DROP, text=text)] == [14]
    easier = {
        (item, metric, "2025-Q4" if period == "2026-Q1" else "2026-Q1"): n
        for (item, metric, period), n in harder.items()
    }
    text = text.replace("{1: 60, 2: 30, 5: 10}", "{1: 10, 2: 30, 5: 60}")
    assert found(easier, DROP, text=text) == ()
