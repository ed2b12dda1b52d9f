"""An opportunity would make the journey worse.

Finds opportunities that are neither done nor dropped with which the journey would score lower, as `journeykit
opportunities` simulates it: by 0.05 of 100 or more (limit `loss`), because a `target` is below today's score of the
touchpoint, or because it `removes` a touchpoint that customers like, with a score of 75 or more (limit `liked`).
Removing a touchpoint that leaves customers cold is no harm, even where the mean of the rest is lower.

Why: the target is often a slip, or was set before the touchpoint got better; sometimes the best moment of the journey
is about to be removed to save cost.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - {id: visit, title: The technician explains what was wrong, feeling: delighted}
  - I am online again: relieved
opportunities:
  - title: Send a leaflet instead
    at: [visit]
    removes: [visit]
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician explains what was wrong: delighted
  - I am online again: relieved
opportunities:
  - title: Answer within a minute
    at: [call]
    target: {call: 1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Opportunity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import open_ones
from journeykit.scoring import opportunities
from journeykit.scoring.display import shown
from journeykit.scoring.rating import on_100
from journeykit.source import KeyPath


@rule(Severity.WARNING)
def harmful_opportunity(subject: Subject, *, loss: float = 0.05, liked: float = 75) -> Iterator[Hit]:
    """Yield a hit for each, at what makes the score fall."""
    found = open_ones(subject.journey)
    if not any(opportunity.target or opportunity.removes for _, opportunity in found):
        return
    gains = {rated.opportunity.id: rated.gain for rated in opportunities(subject.journey, subject.scores)}
    for path, opportunity in found:
        gain = gains[opportunity.id]
        if gain is None or gain > -loss:
            continue
        cause = _low_target(subject, opportunity) or _liked_one(subject, opportunity, liked)
        if cause:
            where, why = cause
            yield Hit(
                (*path, *where),
                f"the journey would score {shown(-gain)} lower: {why}",
                "correct it, or keep what customers like and find another way",
            )


def _low_target(subject: Subject, opportunity: Opportunity) -> tuple[KeyPath, str] | None:
    """Return the target that lies farthest below today's score."""
    scale, scores = subject.journey.scale, subject.scores.by_id
    falls = [
        (
            on_100(target, scale) - score,
            id,
            f"`{id}` scores {shown(score)} of 100 today and would {shown(on_100(target, scale))}",
        )
        for id, target in opportunity.target.items()
        if (score := scores[id].score) is not None
    ]
    fall, id, why = min(falls, default=(0.0, "", ""))
    return (("target", id), why) if fall < 0 else None


def _liked_one(subject: Subject, opportunity: Opportunity, liked: float) -> tuple[KeyPath, str] | None:
    """Return the removed touchpoint that customers like best."""
    scores = [(subject.scores.by_id[id].score or 0.0, number, id) for number, id in enumerate(opportunity.removes)]
    score, number, id = max(scores, default=(0.0, 0, ""))
    return (("removes", number), f"it takes out `{id}`, which scores {shown(score)} of 100") if score >= liked else None
