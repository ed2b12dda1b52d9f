"""Many teams handle the work behind one touchpoint.

Finds touchpoints behind which work is handed on at least 3 times in a row: from a first team to a second, to a third,
to a fourth, or back and forth. A team that informs three others hands on once each, which is no chain. A chain that
works, such as that of a parcel, is accepted: the touchpoint is rated neutral or better, and the next is not rated
below neutral.

Why: at each handoff a case waits and information is lost, and customers have to repeat themselves, a main cause of
effort (Dixon, Freeman & Toman, "Stop Trying to Delight Your Customers", Harvard Business Review, 2010).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Second line, does: passes the ticket on}
      - {from: Second line, to: Line test, does: asks for a test}
      - {from: Line test, to: Dispatch, does: asks for a visit}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {team: Help desk, does: tests the line during the call}
      - {from: Help desk, to: Dispatch, does: books a visit}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator, Sequence

from journeykit.finding import Severity
from journeykit.model import Step
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.backstage import team_key

NEUTRAL = 50.0


@rule(Severity.WARNING)
def many_handoffs(subject: Subject, *, handoffs: int = 3) -> Iterator[Hit]:
    """Yield a hit for each touchpoint with at least as many, at the key `backstage`."""
    scores = [rated.score for rated in subject.scores.touchpoints]
    for number, place in enumerate(subject.journey.places):
        way = _longest_way(place.touchpoint.handoffs)
        if len(way) > handoffs and not _works(scores[number : number + 2]):
            yield Hit(
                (*place.path, "backstage"),
                f"the work is handed on {len(way) - 1} times behind one touchpoint: {' → '.join(way)}",
                "let fewer teams finish it, or bring them together while the customer is there",
                part="key",
            )


def _works(scores: Sequence[float | None]) -> bool:
    """Return whether customers are content at the first of these touchpoints, and not displeased at the next."""
    here, *after = scores
    return here is not None and all(score is None or score >= NEUTRAL for score in (here, *after))


def _longest_way(handoffs: Sequence[Step]) -> tuple[str, ...]:
    """Return the longest chain of teams that hand on one piece of work; a handoff to the same team does not count."""
    ways: dict[str, tuple[str, ...]] = {}
    longest: tuple[str, ...] = ()
    for step in handoffs:
        giver, taker = step.from_ or "", step.to or ""
        if team_key(giver) != team_key(taker):
            way = (*ways.get(team_key(giver), (giver,)), taker)
            ways[team_key(taker)] = way
            longest = max(longest, way, key=len)
    return longest
