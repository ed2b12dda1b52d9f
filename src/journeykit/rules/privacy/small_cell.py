"""A figure rests on fewer than 5 people.

Finds KPIs, and `measured` at touchpoints, with fewer than 5 answers or cases: by `n`, by the sum of `counts`, or by
promoters, passives and detractors. Sources are left alone: six interviews are not a figure.

Why: guidance on service goals, channels and metrics asks to protect personal data. In a group of three, each knows
what the other two said, and so does their manager; statistical offices publish no cell below a threshold for that
reason.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    measured: {mean: 2.1, n: 3, scale: 1..5}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    measured: {mean: 2.4, n: 58, scale: 1..5}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Kpi, Measured
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path


@rule(Severity.WARNING)
def small_cell(subject: Subject, *, n: int = 5) -> Iterator[Hit]:
    """Yield figures."""
    for path, figure in _figures(subject):
        base, key = _base(figure)
        if base is not None and 0 < base < n:
            help = f"leave it out, or join it with other periods until it has {n}"
            yield Hit((*path, key), f"a figure from {base} {'person' if base == 1 else 'people'}", help)


def _figures(subject: Subject) -> Iterator[tuple[Path, Kpi | Measured]]:
    for place in subject.journey.places:
        if place.touchpoint.measured:
            yield (*place.path, "measured"), place.touchpoint.measured
    for number, kpi in enumerate(subject.journey.kpis):
        yield ("kpis", number), kpi


def _base(figure: Kpi | Measured) -> tuple[int | None, str]:
    """How many people or cases a figure rests on, and the key that says so."""
    if figure.n is not None:
        return figure.n, "n"
    if figure.counts:
        return sum(figure.counts.values()), "counts"
    votes = (figure.promoters, figure.passives, figure.detractors) if isinstance(figure, Kpi) else ()
    given = [votes for votes in votes if votes is not None]
    return (sum(given), "promoters") if given else (None, "n")
