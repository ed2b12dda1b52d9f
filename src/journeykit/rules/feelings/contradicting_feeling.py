"""The feeling and the satisfaction of a touchpoint contradict each other.

Finds touchpoints whose `feeling` and `satisfaction` are on opposite sides of neutral (50 on the scale of 0 to 100), or
at least 37.5 apart. Of several words the mean counts, and "opposite" means opposite to every word. Ambiguous words
such as "surprised" do not count: the number decides there. Where at least three touchpoints contradict themselves and
none agrees with itself, it is one finding: the scale is probably read the wrong way round, as school grades are in
some countries.

Why: only one of the two can be what customers said; the score uses the number.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    satisfaction: 1
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    satisfaction: -1
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator, Mapping

from journeykit.finding import Severity
from journeykit.model import Touchpoint, scale_bounds
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import shown
from journeykit.vocabulary.feelings import is_ambiguous, valence


@rule(Severity.WARNING)
def contradicting_feeling(subject: Subject, *, points: float = 37.5) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at its number; one for the scale where most touchpoints have one."""
    low, high = scale_bounds(subject.journey.scale)
    hits = []
    reversed_scale = True
    for place in subject.journey.places:
        scores = _word_scores(place.touchpoint, subject.journey.feelings)
        if place.touchpoint.satisfaction is None or not scores:
            continue
        given = 100 * (place.touchpoint.satisfaction - low) / (high - low)
        mean = sum(scores) / len(scores)
        reversed_scale &= (mean - 50) * (given - 50) <= 0
        opposite = all((score - 50) * (given - 50) < 0 for score in scores)
        if opposite or abs(mean - given) >= points - 1e-6:
            words = ", ".join(f'"{word}"' for word in place.touchpoint.feeling)
            hits.append(
                Hit(
                    (*place.path, "satisfaction"),
                    f"{words} scores {shown(mean)} of 100, the satisfaction {shown(given)}",
                    "keep the one that customers stated, and adapt the other",
                )
            )
    if len(hits) >= 3 and reversed_scale:
        message = f"the satisfaction of all {len(hits)} touchpoints contradicts the feeling"
        help = f"check the scale: {low:g} is the worst and {high:g} the best"
        yield hits[0]._replace(message=message, help=help, parts=tuple(hits))
    else:
        yield from hits


def _word_scores(touchpoint: Touchpoint, own: Mapping[str, float]) -> list[float]:
    """Return the scores of the words that are not ambiguous, 0..100."""
    clear = [valence(word, own) for word in touchpoint.feeling if not is_ambiguous(word, own)]
    return [50 + 25 * value for value in clear if value is not None]
