"""The map has a long gap in time.

Finds two neighbouring touchpoints with times that lie more than 7 days and more than 25 % of the whole journey apart,
where nothing says what fills that time. What a touchpoint `lasts`, its `wait` and the time of its `backstage` steps
are taken off the gap, and a silence (`channel: none`) is its own explanation. Left out is the time in which customers
use what they got: gaps before a stage of `phase: after` or `renewal`, before a reminder or a survey (tags), and before
a last touchpoint that the company or a partner starts. So are gaps within `phase: before` that begin or end with a
message of the company or a partner, and gaps of up to twice as many days between `phase: before` and `phase: during`:
customers wait for the date that they were given. In a map without phases, `before` is what is before day 0, and
`during` what is on day 0 and 1. From a day without an hour, whole days count.

Why: unoccupied and unexplained time feels long (Maister, "The Psychology of Waiting Lines", 1985). Three weeks between
two touchpoints are three weeks of waiting to the customer; on the map they look like nothing.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: day 0
    lasts: 10min
    feeling: frustrated
  - title: The technician fixes it
    at: day 21
    feeling: relieved
  - title: I watch a film without a break
    at: day 22
    feeling: content
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: day 0
    lasts: 10min
    feeling: frustrated
  - title: I wait for the new router to be delivered
    at: day 1
    lasts: 20d
    feeling: impatient
  - title: The technician fixes it
    at: day 21
    feeling: relieved
  - title: I watch a film without a break
    at: day 22
    feeling: content
```
"""

from collections.abc import Iterator
from itertools import pairwise
from math import inf

from journeykit.finding import Severity
from journeykit.model import Place, Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.timeline import in_words, names_a_day
from journeykit.scoring.display import percent
from journeykit.scoring.effort import is_silent, seconds_spent

DAY = 86400.0
LATER_CONTACTS = frozenset({"reminder", "survey"})


@rule(Severity.WARNING)
def unexplained_gap(subject: Subject, *, share: float = 0.25, days: float = 7) -> Iterator[Hit]:
    """Yield a hit for each gap, at the time of the touchpoint after it."""
    places = subject.journey.places
    starts = [subject.start_of(place) for place in places]
    known = [start for start in starts if start is not None]
    explained = -inf
    for (before, begun), (after, next_begun) in pairwise(zip(places, starts, strict=True)):
        if begun is None or next_begun is None:
            continue
        explained = next_begun if is_silent(before.touchpoint) else max(explained, begun + _filled(before.touchpoint))
        gap = next_begun - explained - _waited(after.touchpoint)
        span = known[-1] - known[0]
        phases = _phase(subject, before), _phase(subject, after)
        allowed = days * (2 if phases == ("before", "during") else 1)
        least = gap // DAY * DAY if _is_whole_day(before.touchpoint) else gap
        if least > allowed * DAY and gap > share * span and not _is_use(phases, before, after, places[-1]):
            yield Hit(
                (*after.path, "at"),
                f"the map says nothing of the {in_words(gap)} before this, {percent(gap / span)} of the journey",
                "add what happens to the customer in between, or `lasts` or `wait` to the touchpoint before; "
                "where customers use what they got, `phase: after`",
            )


def _is_whole_day(touchpoint: Touchpoint) -> bool:
    return touchpoint.at is not None and names_a_day(touchpoint.at)


def _phase(subject: Subject, place: Place) -> str | None:
    """Return the phase of a touchpoint; by its time where no stage says one."""
    at = place.touchpoint.at
    start = subject.since_day0(at) if at else None
    if start is None or any(stage.phase for stage in subject.journey.stages):
        return place.stage.phase
    return "before" if start < 0 else "during" if start < 2 * DAY else None


def _filled(touchpoint: Touchpoint) -> float:
    """Return the seconds from its start that a touchpoint explains."""
    lengths = [length.seconds for step in touchpoint.backstage for length in (step.wait, step.lasts) if length]
    return max(seconds_spent(touchpoint), sum(lengths))


def _waited(touchpoint: Touchpoint) -> float:
    """Return the seconds of waiting before it that a touchpoint explains."""
    if is_silent(touchpoint):
        return seconds_spent(touchpoint) or inf
    return touchpoint.wait.seconds if touchpoint.wait else 0.0


def _is_use(phases: tuple[str | None, str | None], before: Place, place: Place, last: Place) -> bool:
    """Return whether the time between two touchpoints is no unexplained wait."""
    touchpoint = place.touchpoint
    told = "company" in (before.touchpoint.by, touchpoint.by) or "partner" in (before.touchpoint.by, touchpoint.by)
    if phases == ("before", "before") and told:
        return True  # customers wait for the date that they were given
    if place.stage.phase in ("after", "renewal") or not LATER_CONTACTS.isdisjoint(touchpoint.tags):
        return True
    return place is last and touchpoint.by != "customer"
