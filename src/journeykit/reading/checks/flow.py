"""Check that the shares of a decision sum to 1, and that a handoff has two sides."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault

ROUNDING = 0.005
"""The tolerance for rounded shares, such as 0.333 three times."""


def check(journey: JourneyData) -> Iterator[Fault]:
    """Report shares that do not sum to 1, and `from` without `to` or `to` without `from`."""
    for touchpoint in journey.touchpoints:
        if decision := touchpoint.child("decision"):
            yield from _shares(decision)
        for step in touchpoint.items("backstage"):
            here = [key for key in ("from", "to") if step.data.get(key) is not None]
            if len(here) == 1:
                missing = "to" if here == ["from"] else "from"
                help = f"add {missing}: the team, or write team: for a step without a handoff"
                yield Fault(
                    "missing-key",
                    (*step.path, missing),
                    f'a handoff has a "from" and a "to"; "{missing}" is missing',
                    help,
                )


def _shares(decision: Item) -> Iterator[Fault]:
    options = decision.texts_or_items("options")
    shares = [share for option in decision.items("options") if (share := option.share("share")) is not None]
    other = decision.share("other")
    total = sum(shares) + (other or 0)
    complete = len(shares) == len(options)
    if (other is None and decision.data.get("other") is not None) or any(
        option.data.get("share") is not None and option.share("share") is None for option in decision.items("options")
    ):
        return  # the share itself is reported
    if (shares or other is not None) and ((complete and abs(total - 1) > ROUNDING) or total > 1 + ROUNDING):
        path = (*decision.path, "options")
        what = "the shares of this decision" if other is None else "the shares of this decision and `other`"
        message = f"{what} sum to {total:.4g}, not 1"
        yield Fault("decision-shares", path, message, "let them sum to 1, for example 0.3 and 0.7", "key")
