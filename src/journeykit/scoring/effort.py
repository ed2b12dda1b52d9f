"""The customer's effort in a journey, and the risks that the customer leaves."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise

from journeykit.model import Journey, Moment, Touchpoint
from journeykit.scoring.results import Effort, Exit
from journeykit.vocabulary.channels import NO_CONTACT, SILENCE, canonical_channel

CHURN = {"none": 0.0, "low": 0.05, "medium": 0.15, "high": 0.30}
"""The probabilities of words for a churn risk."""


def effort_of(journey: Journey) -> Effort:
    """Return contacts, switches, times and handoffs of a journey."""
    used = [channels for touchpoint in journey.touchpoints if (channels := contact_channels(touchpoint))]
    elapsed, longest = _elapsed(journey), max(map(seconds_spent, journey.touchpoints), default=0.0)
    return Effort(
        touchpoints=len(journey.touchpoints),
        customer_contacts=sum(1 for t in journey.touchpoints if t.by == "customer" and is_contact(t)),
        channel_switches=sum(1 for before, after in pairwise(used) if before.isdisjoint(after)),
        elapsed=None if elapsed is None else max(elapsed, longest),
        elapsed_at_least=elapsed is not None and longest > elapsed,
        waiting=math.fsum(map(_waiting, journey.touchpoints)),
        handoffs=sum(len(touchpoint.handoffs) for touchpoint in journey.touchpoints),
    )


def contact_channels(touchpoint: Touchpoint) -> frozenset[str]:
    """Return the channels of a touchpoint with aliases resolved, without `none` and `self`."""
    return _contacts(touchpoint.channel)


@lru_cache(1024)  # a map has few channels, and many rules ask for those of each touchpoint
def _contacts(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(canonical_channel(name) or name for name in names) - NO_CONTACT


@lru_cache(1024)
def _is_silence(names: tuple[str, ...]) -> bool:
    return bool(names) and all(canonical_channel(name) == SILENCE for name in names)


def is_silent(touchpoint: Touchpoint) -> bool:
    """Return whether the customer only waits (`channel: none`); a touchpoint without a channel is not silent."""
    return _is_silence(touchpoint.channel)


def is_contact(touchpoint: Touchpoint) -> bool:
    """Return whether the customer is in contact with somebody; a touchpoint without a channel counts as a contact."""
    return not touchpoint.channel or bool(contact_channels(touchpoint))


def seconds_spent(touchpoint: Touchpoint) -> float:
    """Return the seconds that the customer spends at a touchpoint, which include its wait."""
    return max((length.seconds for length in (touchpoint.lasts, touchpoint.wait) if length), default=0.0)


def _waiting(touchpoint: Touchpoint) -> float:
    if is_silent(touchpoint):
        return seconds_spent(touchpoint)
    return touchpoint.wait.seconds if touchpoint.wait else 0.0


def _elapsed(journey: Journey) -> float | None:
    start = _day0(journey)
    begun: list[float] = []
    ended: list[float] = []
    for touchpoint in journey.touchpoints:
        if touchpoint.at is not None:
            seconds = _placed(touchpoint.at, start)
            begun.append(seconds)
            ended.append(seconds + (touchpoint.lasts.seconds if touchpoint.lasts else 0.0))
    mixed = start is None and len({t.at.absolute for t in journey.touchpoints if t.at}) > 1
    return max(ended) - min(begun) if len(begun) > 1 and not mixed else None


def _day0(journey: Journey) -> float | None:
    """Return day 0 in seconds from 1970 (UTC), if it is a date."""
    day = journey.day0
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() if isinstance(day, date) else None


def _placed(moment: Moment, start: float | None) -> float:
    return moment.seconds if moment.absolute else moment.seconds + (start or 0.0)


def churn_index_of(journey: Journey) -> float | None:
    """Return how likely a customer is lost if the stated risks were independent, 0..100; None if none is stated.

    An index, not a probability.
    """
    stays = [1 - _risk(t.churn_risk) * t.reach for t in journey.touchpoints if t.churn_risk is not None]
    return 100 * (1 - math.prod(stays)) if stays else None


def _risk(risk: float | str) -> float:
    return CHURN[risk] if isinstance(risk, str) else risk


def exits_of(journey: Journey) -> tuple[Exit, ...]:
    """Return the options of decisions that end the journey."""
    return tuple(
        Exit(touchpoint.id, option.answer, option.share)
        for touchpoint in journey.touchpoints
        if touchpoint.decision
        for option in touchpoint.decision.options
        if option.to == "end"
    )
