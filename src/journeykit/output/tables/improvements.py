"""The improvement list, ranked over all journeys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeykit.output.numbers import duration, one_decimal, signed
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table
from journeykit.output.tables import Scored, file_column, head
from journeykit.scoring import RatedOpportunity, Saving, opportunities, worth


def improvements(all_scored: Sequence[Scored]) -> Table:
    """A row for each opportunity, the most worthwhile of all journeys first."""
    columns = [
        Column("rank", "#", right=True), file_column([scored.file for scored in all_scored]),
        Column("id", "Id", spare=4), Column("title", "Opportunity", wraps=True),
        Column("at", "At", ", ".join, wraps=True, spare=5), Column("priority", "Priority", one_decimal, right=True),
        Column("opportunity_score", "Need", one_decimal, right=True, spare=2),
        Column("gain", "Gain", signed, right=True, style=lambda gain: "green" if gain > 0 else "red"),
        Column("saves", "Saves", wraps=True, spare=6), Column("status", "Status"),
        Column("owner", "Owner", wraps=True, spare=4), Column("due", "Due", spare=3),
    ]  # fmt: skip
    found = [(scored, rated) for scored in all_scored for rated in opportunities(scored.journey, scored.scores)]
    found.sort(key=lambda pair: worth(pair[1]))
    rows = [[rank, scored.file, *_cells(rated)] for rank, (scored, rated) in enumerate(found, 1)]
    return Table("Opportunities", columns, rows)


def _cells(rated: RatedOpportunity) -> list[Any]:
    opportunity = rated.opportunity
    return [
        opportunity.id, opportunity.title, list(opportunity.at), rated.priority, rated.opportunity_score, rated.gain,
        None if rated.saves is None else _saves(rated.saves), opportunity.status, opportunity.owner, opportunity.due,
    ]  # fmt: skip


def _saves(saving: Saving) -> str:
    parts = [counted(saving.touchpoints, "touchpoint")]
    if saving.seconds:
        parts.append(duration(saving.seconds))
    if saving.handoffs:
        parts.append(counted(saving.handoffs, "handoff"))
    if saving.channel_switches:
        parts.append(counted(saving.channel_switches, "channel switch", "channel switches"))
    return ", ".join(parts)


def data(scored: Scored) -> dict[str, Any]:
    """The JSON of one journey's opportunities."""
    found = []
    for rated in opportunities(scored.journey, scored.scores):
        opportunity = rated.opportunity
        found.append(
            {
                "id": opportunity.id,
                "title": opportunity.title,
                "at": list(opportunity.at),
                "priority": rated.priority,
                "opportunity_score": rated.opportunity_score,
                "gain": rated.gain,
                "after": rated.after,
                "saves": None if rated.saves is None else _saving(rated.saves),
                "kind": opportunity.kind,
                "impact": opportunity.impact,
                "effort": opportunity.effort,
                "confidence": opportunity.confidence,
                "benefit": opportunity.benefit,
                "status": opportunity.status,
                "owner": opportunity.owner,
                "due": None if opportunity.due is None else opportunity.due.isoformat(),
                "result": opportunity.result,
            }
        )
    return {**head(scored), "opportunities": found}


def _saving(saving: Saving) -> dict[str, float]:
    return {
        "touchpoints": saving.touchpoints,
        "seconds": saving.seconds,
        "handoffs": saving.handoffs,
        "channel_switches": saving.channel_switches,
    }
