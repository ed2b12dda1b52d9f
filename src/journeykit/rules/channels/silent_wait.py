"""The customer waits for more than a day and hears nothing.

Finds a `wait`, and a silence (`channel: none`), of more than one day in which no touchpoint of the company or a
partner falls. How long a silence is comes from `lasts` or `wait`, else from the time to the next touchpoint; one of
unknown length is not found. Whether a touchpoint falls into the wait takes times (`at`) at both; without them
nothing does. Silences that follow each other are one finding. A silence in a stage of `phase: after` or `renewal`, or
at the end of the journey, is no waiting unless it is rated below neutral: there customers use what they got.

Why: practice in home services sends updates while customers wait, even when there is nothing new to say. Whoever
hears nothing thinks they were forgotten, and calls.

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
from journeykit.model import Place
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.effort import is_silent, seconds_spent

DAY = 86400.0
NEUTRAL = 50.0


@rule(Severity.WARNING)
def silent_wait(subject: Subject, *, days: float = 1) -> Iterator[Hit]:
    """One hit for each wait or run of silences."""
    places = subject.journey.places
    starts = [subject.start_of(place) for place in places]
    found = False
    for number, place in enumerate(places):
        seconds = _length(place, starts[number : number + 2])
        silence = is_silent(place.touchpoint)
        continues = found and silence
        found = seconds > days * DAY and not _is_told(places[number:], starts[number:], seconds)
        found = found and not (silence and _is_use(place, places[-1], subject.scores.touchpoints[number].score))
        if found and not continues:
            yield Hit(
                (*place.path, "channel" if silence else "wait"),
                f"{_shown(seconds)} of waiting without a word from the company",
                "tell the customer how it stands in between: add such a touchpoint (`by: company`)",
            )


def _is_use(place: Place, last: Place, score: float | None) -> bool:
    """Whether a silence is the time in which customers have what they came for."""
    return (place is last or place.stage.phase in ("after", "renewal")) and (score is None or score >= NEUTRAL)


def _length(place: Place, starts: Sequence[float | None]) -> float:
    """Seconds that the customer waits, `starts` being those of this touchpoint and the next; 0 if unknown."""
    if not is_silent(place.touchpoint):
        return place.touchpoint.wait.seconds if place.touchpoint.wait else 0.0
    if spent := seconds_spent(place.touchpoint):
        return spent
    known = [start for start in starts if start is not None]
    return known[1] - known[0] if len(known) == 2 else 0.0


def _is_told(places: Sequence[Place], starts: Sequence[float | None], seconds: float) -> bool:
    """Whether the company or a partner turns up during the wait at the first of these places."""
    start = starts[0]
    if start is None:
        return False
    known = ((place, begun) for place, begun in zip(places, starts, strict=True) if begun is not None)
    return any(
        begun > start and place.touchpoint.by != "customer" and not is_silent(place.touchpoint)
        for place, begun in takewhile(lambda item: item[1] < start + seconds, known)
    )


def _shown(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:.3g} hours" if hours < 48 else f"{hours / 24:.3g} days"
