"""The map is due for a review.

Finds journeys whose `updated` plus `review_every` is before today (or the day given by `--today`). Months and years
are calendar ones: six months after 2 March is 2 September. Retired maps need no review.

Why: services change, and journey maps are living documents (Stickdorn et al., This Is Service Design Doing (2018)). A
map that nobody compares with the present service misleads.

Bad:

```yaml
title: I get my router fixed
updated: 2019-03-02
review_every: 6mo
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
updated: 2026-03-02
review_every: 20y
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from journeykit.finding import Severity
from journeykit.model import Duration, Journey
from journeykit.rules import Hit, Subject, rule

_MONTHS = {"mo": 1, "M": 1, "y": 12, "Y": 12}
_CALENDAR = re.compile(r"P?(\d+)(mo|M|y|Y)")


@rule(Severity.WARNING)
def stale_map(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the date of the last review."""
    due = due_for_review(subject.journey)
    if due is not None and due < subject.today:
        yield Hit(
            ("updated",),
            f"the map was due for a review on {due}",
            "compare it with what happens today, correct it, and set `updated` to the day of the review",
        )


def due_for_review(journey: Journey) -> date | None:
    """Return the day on which a map is due for a review; None if it names none, or is retired."""
    if journey.updated is None or journey.review_every is None or journey.status == "retired":
        return None
    return _after(journey.updated, journey.review_every)


def _after(day: date, length: Duration) -> date | None:
    """Return the day that lies `length` after `day`; None beyond the calendar."""
    if match := _CALENDAR.fullmatch(length.text):
        years, month = divmod(day.month - 1 + int(match[1]) * _MONTHS[match[2]], 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) if year <= MAXYEAR else None
    try:
        return day + timedelta(seconds=length.seconds)
    except OverflowError:
        return None
