"""The journey has phases, but no renewal.

Finds journeys whose stages name at least two different phases, none of which is `renewal`, and that say that customers
may leave for another company or come back: by a `churn_risk` other than `none`, or the persona's `returns_because`. The
finding is at the last `phase`. A decision that ends the journey says nothing of that: people decide whether to call an
ambulance.

Why: experience with one purchase influences the next (Lemon & Verhoef, "Understanding Customer Experience Throughout
the Customer Journey", Journal of Marketing 80(6), 2016). A map that ends with delivery has no place for renewal and
recommendation.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
stages:
  - name: My internet is gone
    phase: before
    touchpoints:
      - {title: I search for help, feeling: worried, churn_risk: low}
  - name: The repair
    phase: during
    touchpoints:
      - I get a new router: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
stages:
  - name: My internet is gone
    phase: before
    touchpoints:
      - {title: I search for help, feeling: worried, churn_risk: low}
  - name: The repair
    phase: during
    touchpoints:
      - I get a new router: relieved
  - name: My contract ends
    phase: renewal
    touchpoints:
      - I am offered a faster line: interested
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def missing_renewal(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the last phase given."""
    phases = {number: stage.phase for number, stage in enumerate(subject.journey.stages) if stage.phase}
    if len(set(phases.values())) >= 2 and "renewal" not in phases.values() and _may_return(subject.journey):
        yield Hit(
            ("stages", max(phases), "phase"),
            "no stage has the phase `renewal`",
            "add a stage on how customers come back, renew or recommend, with `phase: renewal`",
        )


def _may_return(journey: Journey) -> bool:
    """Return whether a journey speaks of customers who leave for another company, or come back."""
    risks = (touchpoint.churn_risk for touchpoint in journey.touchpoints)
    return bool(journey.persona.returns_because) or any(risk not in (None, "none", 0) for risk in risks)
