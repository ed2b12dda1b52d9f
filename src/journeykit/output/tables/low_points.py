"""Low points, drops and peaks of all journeys, ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeykit.output.numbers import score_style
from journeykit.output.table import Column, Table
from journeykit.output.tables import ScoredJourney, file_column, head
from journeykit.scoring import LowPoint
from journeykit.scoring.display import fixed, signed

SCORE = Column("score", "Score", fixed, right=True, style=score_style)
KIND_STYLES = {"critical": "bold red", "pain": "red", "dip": ""}


def low_points(all_scored: Sequence[ScoredJourney]) -> Table:
    """Return a row for each low point, the worst of all journeys first."""
    columns = [
        Column("rank", "#", right=True), file_column([scored.file for scored in all_scored]),
        Column("number", "No.", right=True),
        Column("id", "Id", drop_order=4), Column("title", "Touchpoint", wraps=True),
        SCORE, Column("kind", "Kind", style=lambda kind: KIND_STYLES[kind]),
        Column("severity", "Severity", fixed, right=True),
        Column("prominence", "Prominence", fixed, right=True, drop_order=2),
        Column("span", "Through", _through, drop_order=3),
        Column("opportunities", "Answered by", ", ".join, wraps=True, drop_order=1),
    ]  # fmt: skip
    found = sorted(
        ((scored, low) for scored in all_scored for low in scored.scores.low_points),
        key=lambda pair: (-round(pair[1].severity, 6), -round(pair[1].prominence, 6), round(pair[1].score, 6)),
    )
    rows = [[rank, scored.file, *_cells(scored, low)] for rank, (scored, low) in enumerate(found, 1)]
    return Table("Low points", columns, rows)


def _cells(scored: ScoredJourney, low: LowPoint) -> list[Any]:
    rated, title = scored.scores.by_id[low.id], scored.journey.touchpoint(low.id).title
    return [
        rated.number, low.id, title, low.score, low.kind, low.severity, low.prominence, list(low.span),
        answers(scored, low),
    ]  # fmt: skip


def _through(span: list[str]) -> str:
    return span[-1] if len(span) > 1 else "–"


def answers(scored: ScoredJourney, low: LowPoint) -> list[str]:
    """Return the ids of the opportunities that address a low point and are not dropped."""
    return [
        opportunity.id
        for opportunity in scored.journey.opportunities
        if opportunity.status != "dropped"
        and not set(low.span).isdisjoint(scored.journey.touchpoint_ids(opportunity.at))
    ]


def drops(all_scored: Sequence[ScoredJourney]) -> Table:
    """Return a row for each steep fall, the steepest first."""
    columns = [
        file_column([scored.file for scored in all_scored]), Column("from", "From"), Column("to", "To"),
        Column("delta", "Fall", signed, right=True, style=lambda _: "red"),
    ]  # fmt: skip
    rows = [[one.file, drop.from_id, drop.to_id, drop.delta] for one in all_scored for drop in one.scores.drops]
    return Table("Drops", columns, sorted(rows, key=lambda row: row[3]))


def peaks(all_scored: Sequence[ScoredJourney]) -> Table:
    """Return a row for each peak, the highest first."""
    columns = [
        file_column([scored.file for scored in all_scored]), Column("id", "Id", drop_order=4),
        Column("title", "Touchpoint", wraps=True), SCORE,
        Column("prominence", "Prominence", fixed, right=True, drop_order=2),
        Column("gap", "Over expectation", signed, right=True, drop_order=1),
        Column("wow", "Wow", lambda wow: "wow" if wow else ""),
    ]  # fmt: skip
    rows: list[list[Any]] = [
        [one.file, peak.id, one.journey.touchpoint(peak.id).title, peak.score, peak.prominence, peak.gap, peak.wow]
        for one in all_scored
        for peak in one.scores.peaks
    ]
    return Table("Peaks", columns, sorted(rows, key=lambda row: -row[3]))


def data(scored: ScoredJourney) -> dict[str, Any]:
    """Return the JSON of one journey's low points, drops and peaks."""
    scores = scored.scores
    return {
        **head(scored),
        "low_points": [
            {
                "id": low.id,
                "number": scores.by_id[low.id].number,
                "span": list(low.span),
                "score": low.score,
                "kind": low.kind,
                "prominence": low.prominence,
                "severity": low.severity,
                "rank": low.rank,
            }
            for low in scores.low_points
        ],
        "drops": [{"from": drop.from_id, "to": drop.to_id, "delta": drop.delta} for drop in scores.drops],
        "peaks": [
            {"id": peak.id, "score": peak.score, "prominence": peak.prominence, "gap": peak.gap, "wow": peak.wow}
            for peak in scores.peaks
        ],
    }
