"""The customer is asked too often.

Finds maps with more than two surveys (limit `surveys`): `feedback` entries and touchpoints with the tag `survey`.
Questions at the same touchpoint and in the same channel are one survey. A question in a conversation (phone,
in-person, store, video) and a request for a review are none, and a survey touchpoint that an opportunity addresses
does not count.

Why: people who are sent several surveys respond less (Porter, Whitcomb & Weitzer, "Multiple Surveys of Students and
Survey Fatigue", New Directions for Institutional Research 121, 2004).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - {id: visit, title: The technician fixes it, feeling: relieved}
feedback:
  - {when: during, at: call, channel: sms, kind: ces, question: Was it easy to reach us?}
  - {when: end, at: visit, channel: sms, kind: csat, question: How was the visit?}
  - {when: after, channel: email, kind: nps, question: Would you recommend us?}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - {id: visit, title: The technician fixes it, feeling: relieved}
feedback:
  - {when: during, at: call, channel: phone, kind: open, question: Is it clear what happens next?}
  - {when: end, at: visit, channel: sms, kind: csat, question: How was the visit?}
  - {when: after, channel: email, kind: nps, question: Would you recommend us?}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.metrics import SPOKEN
from journeykit.vocabulary.channels import canonical_channel


@rule(Severity.INFO)
def survey_burden(subject: Subject, *, surveys: int = 2) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the feedback, else at the last survey."""
    journey = subject.journey
    found: set[object] = set()
    for number, entry in enumerate(journey.feedback):
        channel = canonical_channel(entry.channel or "") or entry.channel
        if entry.kind != "review" and channel not in SPOKEN:
            found.add((entry.at, channel) if entry.at else number)
    in_hand = {entry.at for entry in journey.feedback} | subject.answered()
    tagged = [
        place for place in journey.places if "survey" in place.touchpoint.tags and place.touchpoint.id not in in_hand
    ]
    if len(found) + len(tagged) > surveys:
        yield Hit(
            ("feedback",) if journey.feedback else (*tagged[-1].path, "tags"),
            f"customers are sent {len(found) + len(tagged)} surveys on this journey",
            "keep the one or two whose answers change something",
            part="key",
        )
