"""An opportunity is good for the company only.

Finds opportunities with `benefit: company` that are neither done nor dropped.

Why: a journey map is made from the customer's point of view (Nielsen Norman Group, "Journey Mapping 101" (Gibbons,
2018)). What helps both sides is `benefit: both`; what helps the company alone belongs in another plan.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Let customers type their number in before they speak to us
    at: [call]
    benefit: company
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Know callers by their number, so that nobody has to spell a name
    at: [call]
    benefit: both
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import open_ones


@rule(Severity.WARNING)
def company_first_opportunity(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each, at its benefit."""
    for path, opportunity in open_ones(subject.journey):
        if opportunity.benefit == "company":
            yield Hit(
                (*path, "benefit"),
                "the customer gains nothing by this opportunity",
                "find what the customer gains by it (`benefit: both`), or plan it elsewhere",
            )
