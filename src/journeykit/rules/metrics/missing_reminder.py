"""Nobody reminds the customer of a visit at home.

Finds the first touchpoint that is `channel: in-person` at a `place` that is the customer's own (at home, my kitchen;
in English, German, Hungarian, Slovenian, Turkish and Greek), where no touchpoint before it has the tag `reminder`,
speaks of reminding in its title, or is a message from the company in the three days before. Only maps that say who
starts a contact (`by`) are judged. A visit within a day (limit `hours`) after the touchpoint before the wait for it
needs no reminder; nor does one that opens the journey, or one for which an opportunity of `kind: inform` is planned.

Why: reminders by text message raise attendance at appointments (Gurol-Urganci et al., "Mobile phone messaging
reminders for attendance at healthcare appointments", Cochrane Database of Systematic Reviews, 2013). A customer who
forgets a visit costs a journey and a day off.

Bad:

```yaml
title: I get my tap fixed
persona: Home customer
touchpoints:
  - {title: I call the plumber, channel: phone, feeling: hopeful}
  - {title: The plumber comes, by: company, channel: in-person, place: my kitchen, feeling: relieved}
```

Good:

```yaml
title: I get my tap fixed
persona: Home customer
touchpoints:
  - {title: I call the plumber, channel: phone, feeling: hopeful}
  - {title: I get a text the evening before, channel: sms, by: company, feeling: prepared, tags: [reminder]}
  - {title: The plumber comes, by: company, channel: in-person, place: my kitchen, feeling: relieved}
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Journey, Place
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.effort import contact_channels, is_silent

_ROOMS = (
    "home|house|flat|apartment|kitchen|bathroom|hall|hallway|garden|living room|cellar|basement|doorstep|front door"
)
_AT_HOME = re.compile(
    rf"^home\b|\bat home\b|\bat my place\b|\b(?:my|our) (?:own )?(?:{_ROOMS})\b"
    r"|\bzu ?hause\b|\bdaheim\b|\bmeine[mnr]? (?:wohnung|küche|haus|bad|keller|garten|flur)\b"
    r"|\botthon|\bnálam\b|\b(?:lakásom|házam|konyhám|fürdőszobám|kertem|pincém)"
    r"|\bdoma\b|\bpri meni\b|\bmoj\w* (?:dom|stanovanj|kuhinj|hiš|kopalnic)"
    r"|\bevde\b|\bevim|\bdairem|\bmutfağım|\bbanyom"
    r"|στο σπίτι\b|σπίτι μου\b|(?:κουζίνα|διαμέρισμά|μπάνιο|κήπο) μου\b",
    re.IGNORECASE,
)
_REMINDING = re.compile(
    r"\bremind|erinner|emlékeztet|\bspom[ni]|\bopom[ni]|hatırlat|υπενθύμ|υπενθυμ|θυμίζ", re.IGNORECASE
)
MESSAGES = frozenset({"sms", "email", "app", "phone", "letter", "chat", "portal"})
THREE_DAYS = 3 * 86400.0


@rule(Severity.INFO)
def missing_reminder(subject: Subject, *, hours: float = 24) -> Iterator[Hit]:
    """Yield at most one hit, at the place of the visit."""
    places = subject.journey.places
    if all(place.touchpoint.by == "customer" for place in places):
        return
    number = next((number for number, place in enumerate(places) if _is_visit(place)), 0)
    visit, before = places[number], [place for place in places[:number] if not is_silent(place.touchpoint)]
    if not before or any(_reminds(place, visit) for place in before) or _is_planned(subject.journey, visit):
        return
    since = _seconds(before[-1], visit)
    if since is None or since > 3600 * hours:
        yield Hit(
            (*visit.path, "place"),
            "nobody reminds the customer of this visit",
            "add the message before it, with the tag `reminder`; or an opportunity to send one: "
            f"`kind: inform`, `at: [{visit.touchpoint.id}]`",
        )


def _is_planned(journey: Journey, visit: Place) -> bool:
    planned = [one for one in journey.opportunities if one.status != "dropped"]
    return any(
        (one.kind == "inform" and visit.touchpoint.id in journey.touchpoint_ids(one.at)) or _REMINDING.search(one.title)
        for one in planned
    )


def _is_visit(place: Place) -> bool:
    touchpoint = place.touchpoint
    return "in-person" in contact_channels(touchpoint) and bool(_AT_HOME.search(touchpoint.place or ""))


def _reminds(place: Place, visit: Place) -> bool:
    touchpoint = place.touchpoint
    if "reminder" in touchpoint.tags or _REMINDING.search(touchpoint.title):
        return True
    since = _seconds(place, visit)
    near = since is None or since <= THREE_DAYS
    return near and touchpoint.by != "customer" and not MESSAGES.isdisjoint(contact_channels(touchpoint))


def _seconds(place: Place, visit: Place) -> float | None:
    """Return the time from a touchpoint to the visit; None where it cannot be told."""
    start, end = place.touchpoint.at, visit.touchpoint.at
    return end.seconds - start.seconds if start and end and start.absolute == end.absolute else None
