"""Promised and actual gain of opportunities that are done, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeykit.comparing.opportunity_outcomes import WORDS, Addressed, OpportunityOutcome
from journeykit.git import Commit
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table
from journeykit.output.tables import ScoredJourney, file_column
from journeykit.scoring.display import fixed, signed

NOTE = """\
Promised: the gain simulated in the last version before work on it began. Actual: the same with the scores of today of \
the touchpoints that it addresses, for whatever reason they changed. Journey: the change of the score since."""


@dataclass(frozen=True)
class JourneyOutcome:
    """The outcome of one done opportunity of a journey."""

    scored: ScoredJourney
    outcome: OpportunityOutcome


def _files(found: Sequence[JourneyOutcome]) -> list[str]:
    return [*dict.fromkeys(one.scored.file for one in found)]


def results(found: Sequence[JourneyOutcome]) -> Table:
    """Return a row for each opportunity that is done."""
    columns = [
        file_column(_files(found)), Column("id", "Id", drop_order=2),
        Column("title", "Opportunity", wraps=True), Column("done", "Done", drop_order=1),
        Column("commit", "Commit", lambda id: id[:10], drop_order=4), Column("before", "", for_programs=True),
        Column("promised", "Promised", signed, right=True),
        Column("actual", "Actual", signed, right=True, style=lambda gain: "green" if gain > 0 else "red"),
        Column("journey", "Journey", signed, right=True, drop_order=3), Column("evidence", "Evidence", wraps=True),
        Column("result", "Stated result", wraps=True, drop_order=5),
    ]  # fmt: skip
    rows = [_row(one.scored.file, one.outcome) for one in found]
    return Table("Outcomes", columns, rows, note="" if all(one.outcome.unknown for one in found) else NOTE)


def _row(file: str, outcome: OpportunityOutcome) -> list[Any]:
    return [
        file, outcome.opportunity.id, outcome.opportunity.title, _day(outcome), _id(outcome.done), _id(outcome.before),
        outcome.promised, outcome.actual, outcome.whole, outcome.unknown or outcome.evidence,
        outcome.opportunity.result,
    ]  # fmt: skip


def _day(outcome: OpportunityOutcome) -> str | None:
    if outcome.unknown:
        return None
    return outcome.done.date[:10] if outcome.done else "not committed"


def _id(commit: Commit | None) -> str | None:
    return None if commit is None else commit.id


def touchpoints(found: Sequence[JourneyOutcome]) -> Table:
    """Return a row for each touchpoint that a done opportunity addresses."""
    columns = [
        file_column(_files(found)), Column("opportunity", "Opportunity", wraps=True),
        Column("id", "Touchpoint", wraps=True), Column("before", "Before", fixed, right=True),
        Column("target", "Target", fixed, right=True), Column("now", "Now", fixed, right=True),
        Column("evidence", "Evidence", wraps=True, drop_order=1), Column("certain", "", _certain, wraps=True, empty=""),
        Column("n", "n", right=True, drop_order=2),
    ]  # fmt: skip
    rows = [
        [
            one.scored.file, one.outcome.opportunity.id, point.id, point.before, point.target, point.now,
            WORDS.get(point.evidence, point.evidence), point.survey.certain if point.survey else None,
            point.survey.new_n if point.survey else None,
        ]
        for one in found
        for point in one.outcome.touchpoints
    ]  # fmt: skip
    return Table("Touchpoints that it addresses", columns, rows)


def _certain(certain: bool) -> str:
    return "more than chance" if certain else "may be chance"


def in_words(found: Sequence[JourneyOutcome], journeys: int) -> str:
    """Return how many opportunities are done, and for how many git has the outcome."""
    known = sum(not one.outcome.unknown for one in found)
    text = f"{counted(len(found), 'opportunity', 'opportunities')} done in {counted(journeys, 'journey')}"
    return f"{text}; the outcome of {known:,} is known from git." if found else f"{text}."


def data(outcome: OpportunityOutcome) -> dict[str, Any]:
    """Return the JSON of the outcome of an opportunity."""
    return {
        "unknown": outcome.unknown or None,
        "done": _id(outcome.done),
        "date": outcome.done.date if outcome.done else None,
        "before": _id(outcome.before),
        "promised": outcome.promised,
        "actual": outcome.actual,
        "journey": outcome.whole,
        "evidence": outcome.evidence or None,
        "touchpoints": [_point(point) for point in outcome.touchpoints],
    }


def _point(point: Addressed) -> dict[str, Any]:
    survey = point.survey
    return {
        "id": point.id,
        "before": point.before,
        "target": point.target,
        "now": point.now,
        "evidence": point.evidence,
        "certain": survey.certain if survey else None,
        "interval": survey.interval if survey else None,
        "n": survey.new_n if survey else None,
    }
