"""Opportunities of all journeys: open ones, ranked, and in a table of their own those that are done or dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from journeykit.model import Journey, Opportunity
from journeykit.output.numbers import duration
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table
from journeykit.output.tables import ScoredJourney, file_column, head
from journeykit.scoring import RatedOpportunity, Saving, opportunities, worth
from journeykit.scoring.display import fixed, signed

OPEN = ("idea", "planned", "doing")
CLOSED = ("done", "dropped")
GROUPS: Mapping[str, Sequence[str]] = {"open": OPEN, "closed": CLOSED}
STATUSES = (*OPEN, *CLOSED, *GROUPS, "overdue")
"""The words that `--status` takes."""

Found: TypeAlias = tuple[ScoredJourney, RatedOpportunity]


def _downwards(value: float | None) -> float:
    return float("inf") if value is None else -round(value, 6)


SORTS: Mapping[str, Callable[[RatedOpportunity], Any]] = {
    "priority": lambda _: (),
    "gain": lambda rated: _downwards(rated.gain),
    "opportunity-score": lambda rated: _downwards(rated.opportunity_score),
    "effort": lambda rated: rated.opportunity.effort or float("inf"),
    "due": lambda rated: rated.opportunity.due or date.max,
}
"""Sort keys; equal ones are sorted by priority."""


@dataclass(frozen=True)
class Wanted:
    """A selection of opportunities, and their order."""

    statuses: frozenset[str] = frozenset((*OPEN, *CLOSED))
    owner: str | None = None
    """A part of the owner's name, in letters of any case."""
    sort: str = "priority"
    today: date | None = None
    """The day that due dates are compared with; without it nothing is overdue."""
    and_overdue: bool = False

    def takes(self, journey: Journey, opportunity: Opportunity) -> bool:
        """Return whether an opportunity is selected."""
        return (
            (opportunity.status in self.statuses or (self.and_overdue and self.overdue(journey, opportunity)))
            and (self.owner is None or self.owner.casefold() in (opportunity.owner or "").casefold())
        )  # fmt: skip

    def overdue(self, journey: Journey, opportunity: Opportunity) -> bool:
        """Return whether it should have been done before today; nothing is overdue on a retired map."""
        late = self.today is not None and opportunity.due is not None and opportunity.due < self.today
        return late and opportunity.status in OPEN and journey.status != "retired"


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Shortlist:
    """The selected opportunities of all journeys: open ones in order, then those done, then those dropped."""

    scored: Sequence[ScoredJourney]
    wanted: Wanted
    open: Sequence[Found]
    closed: Sequence[Found]


def shortlist(all_scored: Sequence[ScoredJourney], wanted: Wanted = EVERYTHING) -> Shortlist:
    """Return the selected opportunities of all journeys."""
    pairs = [pair for scored in all_scored for pair in _found(scored, wanted)]
    pairs.sort(key=lambda pair: _order(pair, wanted))
    by_status = [[pair for pair in pairs if pair[1].opportunity.status == status] for status in CLOSED]
    return Shortlist(
        all_scored, wanted, [pair for pair in pairs if pair[1].opportunity.status in OPEN], [*chain(*by_status)]
    )


def _order(pair: Found, wanted: Wanted) -> Any:
    return SORTS[wanted.sort](pair[1]), worth(pair[1])


def _found(scored: ScoredJourney, wanted: Wanted) -> list[Found]:
    return [
        (scored, rated)
        for rated in opportunities(scored.journey, scored.scores)
        if wanted.takes(scored.journey, rated.opportunity)
    ]


def ranked(listed: Shortlist) -> Table:
    """Return a row for each open opportunity, the most worthwhile of all journeys first."""
    late = any(listed.wanted.overdue(scored.journey, rated.opportunity) for scored, rated in listed.open)
    rates = any(rated.rates for _, rated in listed.open)
    columns = _columns(listed.scored, late, rates)[:-1]
    return Table("Opportunities", columns, [row[:-1] for row in _rows(listed.open, listed.wanted)])


def closed(listed: Shortlist) -> Table:
    """Return a row for each opportunity that is done or dropped; its gain is no longer shown."""
    columns = [
        file_column([scored.file for scored in listed.scored]), Column("id", "Id"),
        Column("title", "Opportunity", wraps=True), Column("at", "At", ", ".join, wraps=True, drop_order=3),
        Column("status", "Status"), Column("owner", "Owner", wraps=True, drop_order=2),
        Column("result", "Result", wraps=True, drop_order=1),
    ]  # fmt: skip
    rows = [
        [scored.file, one.id, one.title, list(one.at), one.status, one.owner, one.result]
        for scored, rated in listed.closed
        for one in [rated.opportunity]
    ]
    return Table("Done and dropped", columns, rows)


def everything(listed: Shortlist) -> Table:
    """Return all of them as one table, for programs; those that are done or dropped have no rank."""
    return Table(
        "Opportunities", _columns(listed.scored, False, False), _rows([*listed.open, *listed.closed], listed.wanted)
    )


def _rates(ids: list[str]) -> str:
    return f"rates {', '.join(map(one_line, ids))}" if ids else ""


def _columns(all_scored: Sequence[ScoredJourney], late: bool, rates: bool) -> list[Column]:
    return [
        Column("rank", "#", right=True), file_column([scored.file for scored in all_scored]),
        Column("id", "Id", drop_order=4), Column("title", "Opportunity", wraps=True),
        Column("at", "At", ", ".join, wraps=True, drop_order=5), Column("priority", "Priority", fixed, right=True),
        Column("opportunity_score", "Opportunity score", fixed, right=True, drop_order=2),
        Column("gain", "Gain", signed, right=True, style=lambda gain: "green" if gain > 0 else "red"),
        Column("saves", "Saves", wraps=True, drop_order=6), Column("status", "Status"),
        Column("owner", "Owner", wraps=True, drop_order=4), Column("due", "Due", drop_order=3),
        Column("overdue", "", lambda late: "overdue" if late else "", style=lambda _: "red", for_programs=not late),
        Column("rates", "", _rates, for_programs=not rates, empty=""), Column("result", "", for_programs=True),
    ]  # fmt: skip


def _rows(pairs: Sequence[Found], wanted: Wanted) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for number, (scored, rated) in enumerate(pairs, 1):
        one = rated.opportunity
        rows.append(
            [
                number if one.status in OPEN and rated.priority is not None else None,
                scored.file, one.id, one.title, list(one.at), rated.priority,
                rated.opportunity_score, rated.gain, None if rated.saves is None else _saves(rated.saves), one.status,
                one.owner, one.due, wanted.overdue(scored.journey, one), list(rated.rates), one.result,
            ]
        )  # fmt: skip
    return rows


def _saves(saving: Saving) -> str:
    parts = [counted(saving.touchpoints, "touchpoint")]
    if saving.seconds:
        parts.append(duration(saving.seconds))
    if saving.handoffs:
        parts.append(counted(saving.handoffs, "handoff"))
    if saving.channel_switches:
        parts.append(counted(saving.channel_switches, "channel switch", "channel switches"))
    return ", ".join(parts)


def in_words(listed: Shortlist) -> str:
    """Return how many opportunities there are, and how many of them are overdue, done, dropped."""
    late = sum(listed.wanted.overdue(scored.journey, rated.opportunity) for scored, rated in listed.open)
    parts = [f"{late:,} overdue"] if late else []
    for status in CLOSED:
        if number := sum(rated.opportunity.status == status for _, rated in listed.closed):
            parts.append(f"{number:,} {status}")
    number = len(listed.open) + len(listed.closed)
    shown = f"{counted(number, 'opportunity', 'opportunities')} in {counted(len(listed.scored), 'journey')}"
    return f"{shown}{': ' if parts else ''}{', '.join(parts)}."


def data(scored: ScoredJourney, wanted: Wanted = EVERYTHING) -> dict[str, Any]:
    """Return the JSON of one journey's opportunities."""
    pairs = sorted(_found(scored, wanted), key=lambda pair: _order(pair, wanted))
    return {**head(scored), "opportunities": [_data(scored.journey, rated, wanted) for _, rated in pairs]}


def _data(journey: Journey, rated: RatedOpportunity, wanted: Wanted) -> dict[str, Any]:
    opportunity = rated.opportunity
    return {
        "id": opportunity.id,
        "title": opportunity.title,
        "at": list(opportunity.at),
        "priority": rated.priority,
        "opportunity_score": rated.opportunity_score,
        "gain": rated.gain,
        "after": rated.after,
        "rates": list(rated.rates),
        "saves": None if rated.saves is None else _saving(rated.saves),
        "kind": opportunity.kind,
        "impact": opportunity.impact,
        "effort": opportunity.effort,
        "confidence": opportunity.confidence,
        "benefit": opportunity.benefit,
        "status": opportunity.status,
        "owner": opportunity.owner,
        "due": None if opportunity.due is None else opportunity.due.isoformat(),
        "overdue": wanted.overdue(journey, opportunity),
        "result": opportunity.result,
    }


def _saving(saving: Saving) -> dict[str, float]:
    return {
        "touchpoints": saving.touchpoints,
        "seconds": saving.seconds,
        "handoffs": saving.handoffs,
        "channel_switches": saving.channel_switches,
    }
