"""Rules on opportunities: whether the map leads to improvements, and whether these help customers."""

from journeykit.model import Journey, Opportunity
from journeykit.source import KeyPath

OPEN = ("idea", "planned", "doing")
"""The states in which an opportunity can still be changed."""


def open_ones(journey: Journey) -> list[tuple[KeyPath, Opportunity]]:
    """Return the opportunities that are neither done nor dropped, each with its path; none on a retired map."""
    if journey.status == "retired":
        return []
    return [
        (("opportunities", number), opportunity)
        for number, opportunity in enumerate(journey.opportunities)
        if opportunity.status in OPEN
    ]


def kinds(journey: Journey) -> list[str | None]:
    """Return the kinds of the opportunities that are not dropped, None where one has none; nothing on a retired map."""
    kept = () if journey.status == "retired" else journey.opportunities
    return [opportunity.kind for opportunity in kept if opportunity.status != "dropped"]
