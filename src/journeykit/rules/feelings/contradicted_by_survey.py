"""A survey contradicts what the map says.

Finds touchpoints with `measured` whose stated score (`satisfaction`, else `feeling`) is at least 25 away from the
measured one, or on the other side of neutral (50 on the scale of 0 to 100). An ambiguous word such as "surprised"
states nothing by itself.

Why: a map of assumptions has to be validated with customers (Stickdorn et al., This Is Service Design Doing (2018)).
Where customers answered otherwise, the map shows what its authors believe.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - title: The technician fixes it
    feeling: delighted
    measured: {mean: 2.6, n: 84, scale: 1..5}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - title: The technician fixes it
    feeling: relieved
    measured: {mean: 3.9, n: 84, scale: 1..5}
```
"""

from collections.abc import Iterator, Mapping

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.feelings import is_ambiguous


@rule(Severity.WARNING)
def contradicted_by_survey(subject: Subject, *, points: float = 25) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at what is stated."""
    for place, rated in zip(subject.journey.places, subject.scores.touchpoints, strict=True):
        stated, measured = rated.stated_score, rated.measured_score
        if stated is None or measured is None or not _states(place.touchpoint, subject.journey.feelings):
            continue
        if abs(stated - measured) >= points - 1e-6 or (stated - 50) * (measured - 50) < 0:
            yield Hit(
                (*place.path, "feeling" if place.touchpoint.satisfaction is None else "satisfaction"),
                f"the map says {stated:.3g} of 100, the survey {measured:.3g}",
                "trust the survey or find out why it differs, and change what the map says",
            )


def _states(touchpoint: Touchpoint, own: Mapping[str, float]) -> bool:
    """Return whether the number or a clear word says which way it is."""
    return touchpoint.satisfaction is not None or not all(is_ambiguous(word, own) for word in touchpoint.feeling)
