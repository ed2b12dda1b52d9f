"""A figure rests on too few answers to build on.

Finds KPIs, and `measured` at touchpoints, whose `n`, or whose number of counted answers, is below 30 (limit `answers`),
except KPIs of the kind `count`. Several figures that rest on the same answers of one `source` are one finding. Figures
with fewer than 5 answers are left to `small-cell`: they should not be shown at all.

Why: with so few answers the 95 % interval is so wide that one more answer can change the conclusion. A CSAT of 80 % of
20 answers lies anywhere between 58 % and 92 % (Wilson's interval). Charts mark such a figure as one of a low base.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 80%, n: 20, target: 85%, period: 2026-01}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 412, target: 85%, period: 2026-Q1}
```
"""

from collections.abc import Iterator, Sequence

from journeykit.finding import Severity
from journeykit.model import Kpi
from journeykit.rules import Hit, Subject, once_a_group, rule
from journeykit.rules.metrics import base_of, figures
from journeykit.scoring.metrics import LOW_BASE
from journeykit.scoring.settings import LEAST_BASE


@rule(Severity.WARNING)
def low_base(subject: Subject, *, answers: int = LOW_BASE) -> Iterator[Hit]:
    """Yield a hit for each figure, at its n or its counts; one for all figures of one survey."""
    yield from once_a_group(_hits(subject, answers), _summary)


def _hits(subject: Subject, answers: int) -> Iterator[tuple[object, Hit]]:
    help = "take a longer period or ask more customers, and do not build on it until then"
    for number, (path, figure) in enumerate(figures(subject.journey)):
        n, key = base_of(figure)
        kind = figure.kind.replace("_", " ") if isinstance(figure, Kpi) else "score"
        if kind != "count" and n is not None and LEAST_BASE <= n < answers:
            hit = Hit((*path, key), f"this {kind} rests on only {n} answers or cases", help)
            yield (figure.source, n) if figure.source else number, hit


def _summary(hits: Sequence[Hit]) -> Hit:
    return hits[0]._replace(message=hits[0].message.replace("this ", f"{len(hits)} figures of one source, this ", 1))
