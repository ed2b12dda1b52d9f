"""A severe low point leads to no opportunity.

Finds low points of severity 30 or more (limit `severity`; `journeykit low-points` lists them) at which no opportunity
is: none names one of their touchpoints in `at`, `target` or `removes`. A dropped opportunity is no answer. Where a
map has no opportunity at all, only its worst low point is found. A low point where something is missing (`gap`) or
staff may not decide (tag `not-empowered`) is left to `unanswered-gap` and `disempowered-staff`, one at the first or the
last touchpoint to `bad-start` and `bad-ending`: they say more. A retired map is left in peace.

Why: guidance for service desks on journey mapping: the real work starts after mapping. A low point that everybody sees
and nobody takes up tells customers' trouble and changes nothing.

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

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.model.slug import Ids
from journeykit.rules import Hit, Subject, is_asked_for, rule
from journeykit.scoring import LowPoint
from journeykit.scoring.display import shown


@rule(Severity.WARNING, fix="unsafe")
def ignored_low_point(subject: Subject, *, severity: float = 30) -> Iterator[Hit]:
    """One hit for each low point, at what its score comes from; only the worst in a map without opportunities."""
    journey = subject.journey
    if journey.status == "retired":
        return
    known = subject.answered() | {t.id for t in journey.touchpoints if is_asked_for(t)}
    known |= {journey.touchpoints[end].id for end in (0, -1)}
    severe = [low for low in subject.scores.low_points if low.severity >= severity - 1e-6]
    ignored = [low for low in severe if known.isdisjoint(low.span)]
    started = any(opportunity.status != "dropped" for opportunity in journey.opportunities)
    for low in ignored if started else ignored[:1]:
        severity_shown = shown(low.severity)
        what = f"a low point of severity {severity_shown} has no opportunity"
        if not started and len(ignored) > 1:
            what = f"{len(ignored)} severe low points and no opportunity; this is the worst (severity {severity_shown})"
        rated = subject.scores.by_id[low.id]
        yield Hit(
            (*journey.places[rated.number - 1].path, rated.source or "feeling"),
            what,
            f"add what would make it better to `opportunities`, with `at: [{low.id}]`",
            fix=_stub(subject, low),
        )


def _stub(subject: Subject, low: LowPoint) -> Fix:
    """An opportunity in any language that says where, and leaves open what, how much and who."""
    journey = subject.journey
    stub = {
        "id": Ids(opportunity.id for opportunity in journey.opportunities).make(f"improve-{low.id}", "improve"),
        "title": f"{' '.join(journey.touchpoint(low.id).title.split())} → ?",
        "at": list(low.span),
    }
    return Fix("Add an opportunity to fill in", (Set(("opportunities", len(journey.opportunities)), stub),), safe=False)
