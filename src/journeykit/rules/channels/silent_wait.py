"""The customer waits for more than a day and hears nothing.

Finds a `wait`, and a silence (`channel: none`), of more than one day during which neither the company nor a partner
contacts the customer. The length of a silence comes from `lasts` or `wait`, else from the time to the next touchpoint;
a silence of unknown length is not found. Whether a touchpoint is during the wait depends on its time (`at`); where
times are missing, a message that comes next from the company or a partner counts. Successive silences are one finding.

The rule is silent about silences before the first contact with the company, about those rated neutral or better, about
unrated ones in a stage of `phase: after` or `renewal` or at the end of the journey (customers use what they got), about
the time before and at a touchpoint whose title speaks of a bill, and where an opportunity of `kind: inform` addresses
the touchpoint.

Why: uncertain and unexplained waits feel longer than known and explained ones (Maister, "The Psychology of Waiting
Lines", 1985). Updates help even where there is nothing new to say.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: 0h
    channel: phone
    feeling: frustrated
  - title: I hear nothing for five days
    at: day 1
    lasts: 5d
    channel: none
    feeling: ignored
  - title: The technician fixes it
    at: day 6
    channel: in-person
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: 0h
    channel: phone
    feeling: frustrated
  - title: I wait for the part
    at: day 1
    lasts: 5d
    channel: none
    feeling: patient
  - title: I get a text that the part is on its way
    at: day 3
    channel: sms
    by: company
    feeling: informed
  - title: The technician fixes it
    at: day 6
    channel: in-person
    feeling: relieved
```
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from journeykit.finding import Severity
from journeykit.model import Place, Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.effort import contact_channels, is_contact, is_silent, seconds_spent
from journeykit.vocabulary.words import words

DAY = 86400.0
NEUTRAL = 50.0
MEETINGS = frozenset({"in-person", "store"})


@rule(Severity.WARNING)
def silent_wait(subject: Subject, *, days: float = 1) -> Iterator[Hit]:
    """Yield one hit for each wait or run of silences."""
    places = subject.journey.places
    starts = [subject.start_of(place) for place in places]
    informed = subject.answered("inform")
    in_contact = found = False
    for number, place in enumerate(places):
        seconds = _length(place, starts[number : number + 2])
        silence = is_silent(place.touchpoint)
        in_contact = in_contact or is_contact(place.touchpoint)
        continues = found and silence
        found = in_contact and seconds > days * DAY and not _is_told(places[number:], starts[number:], seconds)
        found = found and not (silence and _is_use(place, places[-1], subject.scores.touchpoints[number].score))
        found = found and not _is_for_bill(subject, number)
        if found and not continues and place.touchpoint.id not in informed:
            yield Hit(
                (*place.path, "channel" if silence else "wait"),
                f"{_shown(seconds)} of waiting without a word from the company",
                "say in between how it stands, or remind of what is agreed: add such a touchpoint (`by: company`)",
            )


def _is_use(place: Place, last: Place, score: float | None) -> bool:
    """Return whether a silence is no wait: rated so, or the time in which customers use what they came for."""
    if score is not None:
        return score >= NEUTRAL
    return place is last or place.stage.phase in ("after", "renewal")


def _is_for_bill(subject: Subject, number: int) -> bool:
    """Return whether this touchpoint or the next is about a bill, for which nobody waits."""
    lists = words(subject.journey.lang)
    both = subject.journey.touchpoints[number : number + 2]
    return lists is not None and any(lists.is_about_bill(touchpoint.title) for touchpoint in both)


def _length(place: Place, starts: Sequence[float | None]) -> float:
    """Return how many seconds the customer waits, or 0 if unknown.

    `starts` are the times of this touchpoint and of the next.
    """
    if not is_silent(place.touchpoint):
        return place.touchpoint.wait.seconds if place.touchpoint.wait else 0.0
    if spent := seconds_spent(place.touchpoint):
        return spent
    known = [start for start in starts if start is not None]
    return known[1] - known[0] if len(known) == 2 else 0.0


def _is_told(places: Sequence[Place], starts: Sequence[float | None], seconds: float) -> bool:
    """Return whether the company or a partner contacts the customer during the wait at the first of these places."""
    start = starts[0]
    following = ((place, begun) for place, begun in zip(places[1:], starts[1:], strict=True))
    next_contact = next((one for one in following if not is_silent(one[0].touchpoint)), None)
    if next_contact and (start is None or next_contact[1] is None):
        return _is_message(next_contact[0].touchpoint)
    if start is None:
        return False
    known = ((place, begun) for place, begun in zip(places, starts, strict=True) if begun is not None)
    return any(
        begun > start and place.touchpoint.by != "customer" and not is_silent(place.touchpoint)
        for place, begun in takewhile(lambda item: item[1] < start + seconds, known)
    )


def _is_message(touchpoint: Touchpoint) -> bool:
    """Return whether the company or a partner makes a contact that is no meeting: a meeting ends the wait."""
    channels = contact_channels(touchpoint)
    return touchpoint.by != "customer" and not (channels and channels <= MEETINGS)


def _shown(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:.3g} hours" if hours < 48 else f"{hours / 24:.3g} days"
