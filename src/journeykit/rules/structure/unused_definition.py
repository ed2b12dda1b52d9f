"""A source, channel or feeling is defined and never used.

Finds `sources` that neither `evidence` nor a measurement or KPI names, `channels` that no touchpoint, preference or
feedback uses, and `feelings` that no `feeling` or `expected` uses.

Why: what is defined but not used is either left over or, more often, the other half of a typing error: the touchpoint
that should rest on the interview names no evidence.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
feelings: {left alone: -1.5}
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
feelings: {left alone: -1.5}
touchpoints:
  - I call the help desk: left alone
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Remove
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.channels import canonical_channel
from journeykit.vocabulary.feelings import fold

HELP = "use it where it belongs, or remove it"


@rule(Severity.INFO, fix="unsafe")
def unused_definition(subject: Subject) -> Iterator[Hit]:
    """Yield the ids of sources and the keys of channels and feelings."""
    journey = subject.journey
    sources = _sources_used(journey)
    for number, source in enumerate(journey.sources):
        if source.id not in sources:
            yield Hit(
                ("sources", number, "id"),
                f'the source "{source.id}" is never used',
                HELP,
                fix=_removal("sources", number),
            )
    channels = _channels_used(journey)
    for id in journey.channels:
        if channels.isdisjoint(_names(id)):
            yield Hit(("channels", id), f'the channel "{id}" is never used', HELP, "key", _removal("channels", id))
    feelings = _feelings_used(journey)
    for word in journey.feelings:
        if fold(word) not in feelings:
            yield Hit(
                ("feelings", word), f'the feeling "{word}" is never used', HELP, "key", _removal("feelings", word)
            )


def _removal(*path: str | int) -> Fix:
    return Fix("Remove it", (Remove(path),), safe=False)


def _sources_used(journey: Journey) -> set[str | None]:
    used: set[str | None] = {*journey.evidence, *(kpi.source for kpi in journey.kpis)}
    for touchpoint in journey.touchpoints:
        used.update(touchpoint.evidence or ())
        if touchpoint.measured:
            used.add(touchpoint.measured.source)
    return used


def _channels_used(journey: Journey) -> set[str]:
    used = [*journey.persona.prefers, *(ask.channel for ask in journey.feedback if ask.channel)]
    used += [channel for touchpoint in journey.touchpoints for channel in touchpoint.channel]
    return {name for channel in used for name in _names(channel)}


def _names(channel: str) -> set[str]:
    """A channel as it is written, and the built-in one that it stands for."""
    return {fold(channel), canonical_channel(channel) or fold(channel)}


def _feelings_used(journey: Journey) -> set[str]:
    used = [word for touchpoint in journey.touchpoints for word in touchpoint.feeling]
    used += [touchpoint.expected for touchpoint in journey.touchpoints if isinstance(touchpoint.expected, str)]
    return {fold(word) for word in used}
