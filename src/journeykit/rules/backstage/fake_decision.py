"""A decision has only one outcome.

Finds decisions with one option only, and those whose options all lead to the same place. One option is accepted where
an earlier decision skips the touchpoint: there it says where a side path ends. Options with a `share` are accepted
too: they say how many customers choose what.

Why: a decision point shows where paths part. Where they do not, either another path is missing, such as leaving, or
there is nothing to decide.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    decision:
      question: Can it be solved on the phone?
      options:
        - {answer: "yes", to: works}
        - {answer: "no", to: works}
  - The technician fixes it: relieved
  - {id: works, title: It works, feeling: happy}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    decision:
      question: Can it be solved on the phone?
      options:
        - {answer: "yes", to: works}
        - {answer: "no", to: visit}
  - {id: visit, title: The technician fixes it, feeling: relieved}
  - {id: works, title: It works, feeling: happy}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule

HELP = "add what is missing: another option, a touchpoint of its own, or `to: end` where customers leave"


@rule(Severity.WARNING)
def fake_decision(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each such decision, at its question."""
    numbers = {place.touchpoint.id: place.number for place in subject.journey.places}
    furthest = 0
    for place in subject.journey.places:
        decision = place.touchpoint.decision
        if decision is None:
            continue
        goals = {option.to for option in decision.options}
        lone = len(decision.options) == 1
        shared = (not lone or decision.other is not None) and all(
            option.share is not None for option in decision.options
        )
        if len(goals) == 1 and not shared and not (lone and furthest > place.number):
            yield Hit(
                (*place.path, "decision", "question"),
                "a decision with one option" if lone else f"all options lead to the same place, {next(iter(goals))}",
                HELP
                if "end" not in goals
                else "add what is missing: another option, with the touchpoint that it leads to",
            )
        furthest = max(furthest, *(numbers.get(goal, 0) for goal in goals))
