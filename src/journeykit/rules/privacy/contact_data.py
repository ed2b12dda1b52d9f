"""A text contains an e-mail address, a phone number, an IBAN or a card number.

Finds them in every text of the file: titles, notes, quotes, facts, sources and all others. IBANs and card numbers
are found by their check digits, phone numbers where they have the form of one (`+36 30 …`, `06 30 …`, `tel. …`).

It leaves alone what leads to no person: addresses at example.com, `.example`, `.invalid` and `.test` (RFC 2606),
mailboxes of an office (support@, info@, no-reply@), emergency, free and shared-cost numbers (112, 0800, 0850), numbers
kept for stories (555-01xx), links, dates, and the numbers of orders and tickets. An e-mail address that is all of an
`owner` is left alone too: it names the colleague who is responsible for the map or the opportunity, as every commit
does, and not a customer. Comments are not looked at: no chart, table or report shows them.

Why: contact data is personal data, which the GDPR asks to keep to what is necessary (article 5(1)(c)). A map is shared,
drawn and committed; in the history of a repository an address stays after it has been deleted. No map needs it to be
understood.

Fix (unsafe): writes `[e-mail]`, `[phone]`, `[IBAN]` or `[card number]` in its place. What was committed before is
still in the history.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    quote: They were to ring me on +36 30 123 4567, or write to kata.kis@freemail.hu.
    feeling: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    quote: They were to ring me on my mobile, or write to kata@example.com.
    feeling: frustrated
  - The technician fixes it: relieved
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.rules import Hit, Subject, rule

_ENOUGH = re.compile(r"[@0-9](?:(?<=@)|(?:[^0-9]{0,6}[0-9]){6})")
"""An @ or seven digits, which every address and every number has; few texts do."""


@rule(Severity.ERROR, fix="unsafe")
def contact_data(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each text; the message does not repeat what was found."""
    for path, value in subject.journey.texts:
        text = value if isinstance(value, str) else _as_written(subject, path)
        if not _ENOUGH.search(text):
            continue
        from journeykit.vocabulary.contacts import contacts, redacted

        found = contacts(text)
        if not found or (path[-1] == "owner" and [(0, len(text), "e-mail")] == [tuple(one) for one in found]):
            continue
        kinds = list(dict.fromkeys(_NOUNS[one.kind] for one in found))
        new = redacted(text)
        yield Hit(
            path,
            f"{' and '.join(kinds)} in a text",
            'describe it instead, such as "her mobile number"',
            fix=Fix("Redact it", (Set(path, new),), safe=False),
        )


_NOUNS = {"e-mail": "an e-mail address", "phone": "a phone number", "IBAN": "an IBAN", "card number": "a card number"}


def _as_written(subject: Subject, path: tuple[str | int | float, ...]) -> str:
    """Return a number as it is written in the file: YAML reads `phone: 06301234567` as a number."""
    span = subject.source.locate(path)
    return subject.source.text[span.start : span.end]
