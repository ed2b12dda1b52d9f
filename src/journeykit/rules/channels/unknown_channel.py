"""A channel is neither built in nor defined in the file.

Finds channels of touchpoints, of `feedback` and in the persona's `prefers` that are neither built in nor a key of the
file's `channels`. Another name of a built-in channel, such as `e-mail`, is understood, and found so that one channel
has one name in all maps. A name that resembles a known one is found wherever it stands; any other name is found once,
since it lacks one definition. Case makes no difference for the built-in channels.

Why: guidance on service goals, channels and metrics compares what happens on which channel. A channel under two names
counts as two, is a switch that no customer makes, and has no pros and cons.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    channel: telephone
    feeling: frustrated
  - title: I exchange the router at the kiosk
    channel: kiosk
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
channels:
  kiosk:
    name: Help point in the shop
    pros: no queue
    cons: nobody there to ask
    ideal_for: exchanging a device
touchpoints:
  - title: I call the help desk
    channel: phone
    feeling: frustrated
  - title: I exchange the router at the kiosk
    channel: kiosk
    feeling: relieved
```
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from journeykit.finding import Severity
from journeykit.fix import Fix, Remove, Set
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path
from journeykit.vocabulary.channels import canonical_channel, channels
from journeykit.vocabulary.feelings import fold


@rule(Severity.WARNING, fix="safe")
def unknown_channel(subject: Subject) -> Iterator[Hit]:
    """One hit for each use of a wrong name, one for each name without a definition."""
    from difflib import get_close_matches

    own = subject.journey.channels
    uses = [(path, name) for path, name in _uses(subject.journey) if name not in own and not _is_id(name)]
    lists = defaultdict(list)
    for path, name in _uses(subject.journey) if uses else ():
        lists[path[:-1]].append(name)
    counts = Counter(name for _, name in uses)
    known: Mapping[str, str] = _names(own) if uses else {}
    told: set[str] = set()
    for path, name in uses:
        if canonical := canonical_channel(name):
            message = f'"{name}" is another name of the channel {canonical}'
            yield Hit(path, message, f"write {canonical}", fix=_rewriting(path, canonical, lists))
        elif near := get_close_matches(fold(name), known, n=1, cutoff=0.75):
            yield Hit(path, f'"{name}" is not a known channel', f'did you mean "{known[near[0]]}"?')
        elif name not in told:
            told.add(name)
            more = f" ({counts[name]} uses)" if counts[name] > 1 else ""
            help = "define it under `channels`, or use " + ", ".join(channels())
            yield Hit(path, f'"{name}" is not a known channel{more}', help)


def _rewriting(path: Path, canonical: str, lists: Mapping[Path, list[str]]) -> Fix:
    """The usual name; where its list has that already, the other one goes."""
    *parent, number = path
    names = lists.get(tuple(parent), [])
    earlier = names[:number] if isinstance(number, int) else []
    if isinstance(number, int) and (canonical in names or canonical in map(canonical_channel, earlier)):
        return Fix(f"Remove it, as {canonical} is there", (Remove(path),), safe=True)
    return Fix(f"Write {canonical}", (Set(path, canonical),), safe=True)


def _uses(journey: Journey) -> Iterator[tuple[Path, str]]:
    for place in journey.places:
        for number, name in enumerate(place.touchpoint.channel):
            yield (*place.path, "channel", number), name
    for number, name in enumerate(journey.persona.prefers):
        yield ("persona", "prefers", number), name
    for number, feedback in enumerate(journey.feedback):
        if feedback.channel:
            yield ("feedback", number, "channel"), feedback.channel


def _is_id(name: str) -> bool:
    return fold(name) in channels()


def _names(own: Mapping[str, object]) -> dict[str, str]:
    """Ids of channels by all the names that somebody may mean them by."""
    names: dict[str, str] = {}
    for channel in channels().values():
        for name in (channel.id, *channel.aliases, *channel.names.values()):
            names.setdefault(fold(name), channel.id)
    return names | {fold(id): id for id in own}
