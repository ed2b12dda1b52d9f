"""A touchpoint lasts longer than the time to the next one.

Finds touchpoints whose `at` and `lasts` together reach beyond the time of the next touchpoint. Both times must name an
hour: `day 3` can be any hour of that day. Left out is what can happen in parallel: silences, what lasts a day or
longer, a touchpoint during which two or more others begin, a next one that the company or a partner starts or that
ends within this one, and the two options of a decision.

Why: where one touchpoint begins before the other ends, a time or a duration is probably wrong, and so are the sums
made of them.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: day 0 09:00
    lasts: 90min
    feeling: frustrated
  - title: I drive to the shop for a new cable
    at: day 0 10:00
    feeling: impatient
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: day 0 09:00
    lasts: 30min
    feeling: frustrated
  - title: I drive to the shop for a new cable
    at: day 0 10:00
    feeling: impatient
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Journey, Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.timeline import in_words, names_a_day
from journeykit.scoring.effort import is_silent


@rule(Severity.INFO)
def overlap(subject: Subject, *, hours: float = 24) -> Iterator[Hit]:
    """Yield a hit for each touchpoint that lasts too long, at `lasts`; from `hours` on it goes on beside others."""
    places = subject.journey.places
    timed = [(place, start) for place in places if (start := subject.start_of(place)) is not None]
    for number, (place, start) in enumerate(timed):
        touchpoint = place.touchpoint
        if touchpoint.lasts is None or touchpoint.lasts.seconds >= hours * 3600 or is_silent(touchpoint):
            continue
        end = start + touchpoint.lasts.seconds
        within = [(other.touchpoint, at) for other, at in timed[number + 1 : number + 3] if at < end]
        if len(within) == 1 and _contradicts(subject.journey, touchpoint, end, *within[0]):
            yield Hit(
                (*place.path, "lasts"),
                f"this lasts {touchpoint.lasts}, but the next touchpoint comes after {in_words(within[0][1] - start)}",
                "correct `lasts`, or the `at` of one of the two",
            )


def _contradicts(journey: Journey, first: Touchpoint, end: float, second: Touchpoint, start: float) -> bool:
    """Return whether a customer cannot be at both: the second begins at `start`, before the `end` of the first."""
    if first.at is None or second.at is None or names_a_day(first.at) or names_a_day(second.at):
        return False
    if first.at.seconds == second.at.seconds or second.by != "customer" or is_silent(second):
        return False
    if second.lasts and start + second.lasts.seconds <= end:
        return False
    return first.reach + second.reach > 1 and not _are_two_ways(journey, first.id, second.id)


def _are_two_ways(journey: Journey, first: str, second: str) -> bool:
    """Return whether a decision leads either to the one touchpoint or to the other."""
    decisions = [touchpoint.decision for touchpoint in journey.touchpoints if touchpoint.decision]
    return any({first, second} <= {option.to for option in decision.options} for decision in decisions)
