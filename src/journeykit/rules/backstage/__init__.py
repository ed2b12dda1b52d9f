"""Whether the map shows what happens behind the line of visibility, who decides, and where customers may leave."""

from journeykit.model import Journey, Touchpoint
from journeykit.rules import Subject
from journeykit.scoring.results import LowPoint


def team_key(name: str) -> str:
    """What two spellings of one team have in common."""
    return " ".join(name.casefold().split())


def severe(subject: Subject, severity: float) -> tuple[LowPoint, ...]:
    """The low points of at least this severity, in the order of the journey."""
    numbers = {place.touchpoint.id: place.number for place in subject.journey.places}
    found = [low for low in subject.scores.low_points if round(low.severity, 6) >= severity]
    return tuple(sorted(found, key=lambda low: numbers[low.id]))


def list_key(journey: Journey) -> tuple[str]:
    """Where something stands that is said of all touchpoints."""
    return ("touchpoints",) if journey.is_flat else ("stages",)


def exit_option(touchpoint: Touchpoint) -> int | None:
    """The index of the first option by which customers leave of their own will; None if there is none."""
    decision = touchpoint.decision
    if decision is None or decision.who != "customer":
        return None
    goals = [option.to for option in decision.options]
    return goals.index("end") if "end" in goals and len(set(goals)) > 1 else None
