"""Work waits backstage, and the customer is not told.

Finds touchpoints whose `backstage` steps wait for more than a day together, or for longer than the time to the next
touchpoint, while nobody tells the customer. Steps that one team hands out in parallel count by the longest.

The customer is told by a contact that the company or a partner starts before the wait is over, unless the customer has
met somebody in person before that (`in-person`, `store`): by then the news was due. Where times are missing, a later
contact counts. A `wait`, or a `lasts` of the same length, shows the waiting at the touchpoint itself. Where the next
touchpoint, or one that goes on until the wait is over, is a silence (`channel: none`), it is that wait, and
`silent-wait` finds it. Work behind a touchpoint that the company or a partner starts led up to it, and is left out.

Why: uncertain and unexplained waits feel longer than known and explained ones (Maister, "The Psychology of Waiting
Lines", 1985). While a case waits between two teams, customers see only that nothing happens.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I order a new router
    at: day 0
    channel: portal
    feeling: hopeful
    backstage:
      - {from: Service desk, to: Warehouse, does: orders the router, wait: 4d}
  - title: I go to the shop and ask where it is
    at: day 3
    channel: store
    feeling: annoyed
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I order a new router
    at: day 0
    channel: portal
    feeling: hopeful
    backstage:
      - {from: Service desk, to: Warehouse, does: orders the router, wait: 4d}
  - title: I get a text that it comes on Friday
    at: day 1
    channel: sms
    by: company
    feeling: informed
  - title: The router is delivered
    at: day 4
    channel: in-person
    feeling: relieved
```
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import inf

from journeykit.finding import Severity
from journeykit.model import Place, Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.timeline import in_words, names_a_day
from journeykit.scoring.effort import contact_channels, is_silent, seconds_spent

DAY = 86400.0
MEETINGS = frozenset({"in-person", "store"})
_UNTOLD = "and nobody tells the customer"


@rule(Severity.WARNING)
def hidden_wait(subject: Subject, *, days: float = 1) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at its longest `wait` backstage."""
    places = subject.journey.places
    starts = [subject.start_of(place) for place in places]
    news = _news(places, starts)
    for number, place in enumerate(places):
        wait = _waiting(place.touchpoint)
        if not wait or _is_shown(place.touchpoint, wait) or _is_silence(places[number:], starts[number:], wait):
            continue
        left = _time_to_next(places[number : number + 2], starts[number : number + 2], wait)
        if (wait > days * DAY or left) and not _is_in_time(news[number], starts[number], wait):
            told = f"but the next touchpoint comes after {in_words(left)}" if left else _UNTOLD
            yield Hit(
                (*place.path, "backstage", _longest(place.touchpoint), "wait"),
                f"{in_words(wait)} of waiting backstage, {told}",
                "shorten the wait, or tell the customer in between: add such a touchpoint (`by: company`)",
            )


def _waiting(touchpoint: Touchpoint) -> float:
    """Return the seconds that the work waits on the longest path; a new team starts where the last one ended."""
    through: dict[str, float] = {}
    last = longest = 0.0
    for step in touchpoint.backstage:
        giver, taker = step.from_ or step.team or "", step.to or step.team or ""
        began = through.setdefault(giver, last)
        last = through[taker] = began + (step.wait.seconds if step.wait else 0.0)
        longest = max(longest, last)
    return longest


def _longest(touchpoint: Touchpoint) -> int:
    waits = [step.wait.seconds if step.wait else 0.0 for step in touchpoint.backstage]
    return waits.index(max(waits))


def _is_shown(touchpoint: Touchpoint, wait: float) -> bool:
    """Return whether a touchpoint shows the wait itself, or comes at its end."""
    return touchpoint.by != "customer" or seconds_spent(touchpoint) >= wait


def _is_silence(places: Sequence[Place], starts: Sequence[float | None], wait: float) -> bool:
    """Return whether the next touchpoint, or one that begins during the wait and outlasts it, is a silence."""
    if is_silent(places[0].touchpoint):
        return False
    if len(places) > 1 and is_silent(places[1].touchpoint):
        return True
    over = inf if starts[0] is None else starts[0] + wait
    return any(
        is_silent(place.touchpoint) and start is not None and start < over <= start + seconds_spent(place.touchpoint)
        for place, start in zip(places[1:], starts[1:], strict=True)
    )


def _time_to_next(places: Sequence[Place], starts: Sequence[float | None], wait: float) -> float | None:
    """Return the seconds between two touchpoints if the wait is longer; a day without an hour counts as its end."""
    if len(places) < 2 or starts[0] is None or starts[1] is None:
        return None
    at = places[1].touchpoint.at
    left = starts[1] - starts[0]
    return left if wait > left + (DAY if at and names_a_day(at) else 0.0) else None


def _news(places: Sequence[Place], starts: Sequence[float | None]) -> list[float | None]:
    """Return when the customer is next told something after each touchpoint; None if a meeting comes first, or no news.

    A touchpoint without a time comes no earlier than the last one that has a time.
    """
    found: list[float | None] = []
    news = None
    placed = list(accumulate(starts, lambda last, start: last if start is None else start, initial=-inf))[1:]
    for place, start in zip(reversed(places), reversed(placed), strict=True):
        found.append(news)
        channels = contact_channels(place.touchpoint)
        if channels and channels <= MEETINGS:
            news = None
        elif place.touchpoint.by != "customer" and not is_silent(place.touchpoint):
            news = start
    return found[::-1]


def _is_in_time(news: float | None, start: float | None, wait: float) -> bool:
    return news is not None and (start is None or news < start + wait)
