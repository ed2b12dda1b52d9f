"""Rules on what happens backstage, on decisions, and on where customers may leave."""

from journeykit.model import Journey, Touchpoint


def team_key(name: str) -> str:
    """Return a key that spellings of one team have in common."""
    return " ".join(name.casefold().split())


def exit_option(touchpoint: Touchpoint) -> int | None:
    """Return the index of the first option by which customers leave of their own choice; None if there is none."""
    decision = touchpoint.decision
    if decision is None or decision.who != "customer":
        return None
    goals = [option.to for option in decision.options]
    return goals.index("end") if "end" in goals and len(set(goals)) > 1 else None


def can_leave(journey: Journey) -> bool:
    """Return whether a journey says that customers may leave or come back; nobody leaves the only passport office."""
    renewed = any(stage.phase == "renewal" for stage in journey.stages) or bool(journey.persona.returns_because)
    leaving = any(t.churn_risk is not None or exit_option(t) is not None for t in journey.touchpoints)
    return renewed or leaving
