"""Customers can leave here, and no churn risk is stated.

Finds decisions of the customer with an option `to: end` at a touchpoint without `churn_risk`. Left out are decisions
of the company, those at the last touchpoint, those without a second option, and those at a score of 75 or more:
customers who leave content have what they came for.

Why: the churn index of `journeykit score` counts stated risks only. A way out without a risk makes the service look
safer than it is.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I wait for a week
    feeling: annoyed
    decision:
      question: Do I stay?
      options:
        - {answer: "yes", to: fixed}
        - {answer: "no, I change the provider", to: end}
  - {id: fixed, title: The technician fixes it, feeling: relieved}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I wait for a week
    feeling: annoyed
    churn_risk: medium
    decision:
      question: Do I stay?
      options:
        - {answer: "yes", to: fixed}
        - {answer: "no, I change the provider", to: end}
  - {id: fixed, title: The technician fixes it, feeling: relieved}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.backstage import exit_option


@rule(Severity.WARNING)
def exit_without_risk(subject: Subject, *, score: float = 75) -> Iterator[Hit]:
    """Yield a hit for each decision below `score`, at where the first way out leads."""
    for place, rated in zip(subject.journey.places[:-1], subject.scores.touchpoints, strict=False):
        number = exit_option(place.touchpoint)
        content = rated.score is not None and rated.score >= score
        if number is not None and place.touchpoint.churn_risk is None and not content:
            yield Hit(
                (*place.path, "decision", "options", number, "to"),
                "the customer can leave here, and no churn risk is stated",
                "add `churn_risk` to the touchpoint; `none` if this way out is a good end",
            )
