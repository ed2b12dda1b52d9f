"""Customers are quoted, and the file does not say that they agreed.

Finds maps of today's journey with quotes at touchpoints and no `privacy.quotes`, and those with quotes and
`privacy.quotes: false`. It is one finding, at the first quote. A persona's quote is the author's own summary and is
left out.

Why: what was said in an interview or a complaint was given for a purpose (purpose limitation, GDPR article 5(1)(b)),
and the words may identify the person.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    quote: It is the third time that I tell them.
    feeling: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    quote: It is the third time that I tell them.
    feeling: frustrated
  - The technician fixes it: relieved
privacy:
  quotes: anonymised with consent
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, first_only, rule


@rule(Severity.INFO)
def unconsented_quote(subject: Subject) -> Iterator[Hit]:
    """Yield one hit, at the first quote."""
    journey = subject.journey
    agreed = journey.privacy.quotes if journey.privacy else None
    quoted = [place for place in journey.places if place.touchpoint.quote]
    if agreed or not quoted or journey.state == "future":
        return
    message = "customers are quoted, and nothing says that they agreed"
    help = "ask, or make the quote anonymous, and say so: `quotes: anonymised with consent` under `privacy`"
    if agreed is False:
        message, help = "customers are quoted who did not agree to it", "say it in your own words in `thinks`"
    yield from first_only([Hit((*place.path, "quote"), message, help) for place in quoted])
