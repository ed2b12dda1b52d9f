"""The feeling and the satisfaction of a touchpoint contradict each other.

Finds touchpoints whose `feeling` and `satisfaction` lie on opposite sides of neutral (50 on the scale of 0 to 100), or
at least 37.5 apart. Of several words the mean counts, and "opposite" means opposite to every word. Ambiguous words
such as "surprised" do not count: with them the number is the one that tells.

Why: guidance for service desks on journey mapping lets the feelings decide what is done. Only one of the two can be
what customers said, and the number wins in the score.

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
    """One hit for each touchpoint, at its number."""
    low, high = scale_bounds(subject.journey.scale)
    for place in subject.journey.places:
        scores = _word_scores(place.touchpoint, subject.journey.feelings)
        if place.touchpoint.satisfaction is None or not scores:
            continue
        number = 100 * (place.touchpoint.satisfaction - low) / (high - low)
        mean = sum(scores) / len(scores)
        opposite = all((score - 50) * (number - 50) < 0 for score in scores)
        if opposite or abs(mean - number) >= points - 1e-6:
            words = ", ".join(f'"{word}"' for word in place.touchpoint.feeling)
            yield Hit(
                (*place.path, "satisfaction"),
                f"{words} scores {shown(mean)} of 100, the satisfaction {shown(number)}",
                "keep the one that customers told you, and make the other fit",
            )


def _word_scores(touchpoint: Touchpoint, own: Mapping[str, float]) -> list[float]:
    """The scores of the words that are clear, 0..100."""
    clear = [valence(word, own) for word in touchpoint.feeling if not is_ambiguous(word, own)]
    return [50 + 25 * value for value in clear if value is not None]
