"""A severe low point leads to no opportunity.

Finds low points of severity 30 or more (limit `severity`; `journeykit low-points` lists them) that no opportunity
addresses: none names one of their touchpoints in `at`, `target` or `removes`. A dropped opportunity does not count.
Where a map has no opportunity at all, only its worst low point is found. A low point is left to `unanswered-gap`,
`disempowered-staff`, `bad-start` or `bad-ending` where one of these finds something at it. A first touchpoint before
any contact (`channel: self` or `none`) is what brings customers here, not a failure of the service: it is found only
where it is the worst of the journey. A retired map is not judged.

Why: opportunities are one of the main parts of a journey map (Nielsen Norman Group, "Journey Mapping 101" (Gibbons,
2018)). A low point that nobody acts on changes nothing for customers.

Fix (unsafe): adds an opportunity at the low point, whose title is to be completed.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I find the number at once: relieved
  - I explain my problem for the third time: angry
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I find the number at once: relieved
  - {id: third-time, title: I explain my problem for the third time, feeling: angry}
  - The technician fixes it: relieved
opportunities:
  - title: Show the whole story to whoever answers
    at: [third-time]
```
"""

from collections.abc import Iterator, Sequence

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.model.slug import Ids
from journeykit.rules import Hit, Subject, first_only, rule
from journeykit.scoring import LowPoint
from journeykit.scoring.display import shown
from journeykit.scoring.effort import contact_channels, is_contact

ELSEWHERE = ("bad-start", "bad-ending", "unanswered-gap", "disempowered-staff")
"""Rules that ask for an opportunity as well, and say more."""


@rule(Severity.WARNING, fix="unsafe")
def ignored_low_point(subject: Subject, *, severity: float = 30) -> Iterator[Hit]:
    """Yield a hit for each low point, at the value of its score; only the worst in a map without opportunities."""
    journey = subject.journey
    if journey.status == "retired":
        return
    severe = [low for low in subject.scores.low_points if low.severity >= severity - 1e-6]
    known = subject.answered() | subject.ids_found_by(*ELSEWHERE)
    ignored = [low for low in severe if known.isdisjoint(low.span)]
    if not is_contact(journey.touchpoints[0]):
        ignored = [low for low in ignored if low.span != (journey.touchpoints[0].id,) or low == severe[0]]
    hits = [_hit(subject, low) for low in ignored]
    if any(opportunity.status != "dropped" for opportunity in journey.opportunities):
        yield from hits
    elif hits:
        message = f"{len(severe)} severe low points and no opportunity; {_place_among(ignored[0], severe)}"
        yield from first_only(hits, message)


def _place_among(low: LowPoint, severe: Sequence[LowPoint]) -> str:
    """Return how bad a low point is among those of the journey."""
    severity = f"severity {shown(low.severity)}"
    return f"this is the worst ({severity})" if low.id == severe[0].id else f"this one has {severity}"


def _hit(subject: Subject, low: LowPoint) -> Hit:
    rated = subject.scores.by_id[low.id]
    place = subject.journey.places[rated.number - 1]
    # what brings customers here nobody can make better, but answer
    before = rated.number == 1 and not contact_channels(place.touchpoint)
    wanted = "what would help customers here" if before else "what would make it better"
    return Hit(
        (*place.path, rated.source or "feeling"),
        f"a low point of severity {shown(low.severity)} has no opportunity",
        f"add {wanted} to `opportunities`, with `at: [{low.id}]`",
        fix=_stub(subject, low),
    )


def _stub(subject: Subject, low: LowPoint) -> Fix:
    """Return a fix that adds an opportunity at a low point, with a title to complete, in any language."""
    journey = subject.journey
    stub = {
        "id": Ids(opportunity.id for opportunity in journey.opportunities).make(f"improve-{low.id}", "improve"),
        "title": f"{' '.join(journey.touchpoint(low.id).title.split())} → ?",
        "at": list(low.span),
    }
    return Fix("Add an opportunity to fill in", (Set(("opportunities", len(journey.opportunities)), stub),), safe=False)
