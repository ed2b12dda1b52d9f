"""Whether the map leads to improvements, and to those that help."""

from collections.abc import Iterator, Sequence

from journeykit.model import Journey, Opportunity
from journeykit.rules import Hit
from journeykit.source import Path

OPEN = ("idea", "planned", "doing")
"""The states in which an opportunity can still be made better."""


def open_ones(journey: Journey) -> list[tuple[Path, Opportunity]]:
    """The opportunities that are neither done nor dropped, each with its path; none on a retired map."""
    if journey.status == "retired":
        return []
    return [
        (("opportunities", number), opportunity)
        for number, opportunity in enumerate(journey.opportunities)
        if opportunity.status in OPEN
    ]


def once_if_all(hits: Sequence[Hit], looked_at: Sequence[object], message: str) -> Iterator[Hit]:
    """The hits; where each of several opportunities that were looked at has one, a single one at the list's key."""
    if len(hits) == len(looked_at) > 1:
        yield Hit(("opportunities",), message, hits[0].help, part="key")
    else:
        yield from hits


def kinds(journey: Journey) -> list[str | None]:
    """The kinds of the opportunities that are not dropped, None where one does not say; none on a retired map."""
    kept = () if journey.status == "retired" else journey.opportunities
    return [opportunity.kind for opportunity in kept if opportunity.status != "dropped"]
