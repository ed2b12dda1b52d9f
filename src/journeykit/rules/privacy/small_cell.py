"""A figure rests on fewer than 5 people.

Finds KPIs, and `measured` at touchpoints, with fewer than 5 answers or cases: by `n`, by the sum of `counts`, or by
promoters, passives and detractors. Several figures that rest on the same answers of one `source` are one finding.
Sources are left alone: six interviews are not a figure.

Why: in a group of three, each member knows what the other two said, and so may their manager. Statistical offices
suppress small cells for this reason (Hundepool et al., Statistical Disclosure Control, 2012).

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

from collections.abc import Iterator, Sequence

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_a_group, rule
from journeykit.rules.metrics import base_of, figures


@rule(Severity.WARNING)
def small_cell(subject: Subject, *, n: int = 5) -> Iterator[Hit]:
    """Yield a hit for each figure; one for all figures of one survey."""
    yield from once_a_group(_hits(subject, n), _summary)


def _hits(subject: Subject, n: int) -> Iterator[tuple[object, Hit]]:
    help = f"leave it out, or join it with other periods until it has {n}"
    for number, (path, figure) in enumerate(figures(subject.journey)):
        base, key = base_of(figure)
        if base is not None and 0 < base < n:
            hit = Hit((*path, key), f"a figure from {base} {'person' if base == 1 else 'people'}", help)
            yield (figure.source, base) if figure.source else number, hit


def _summary(hits: Sequence[Hit]) -> Hit:
    return hits[0]._replace(message=f"{len(hits)} figures{hits[0].message.removeprefix('a figure')}")
