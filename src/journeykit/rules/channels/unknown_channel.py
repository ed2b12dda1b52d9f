"""A channel is neither built in nor defined in the file.

Finds channels of touchpoints, of `feedback` and in the persona's `prefers` that are neither built in nor a key of the
file's `channels`. Another name of a built-in channel, such as `e-mail`, is understood; it is found so that a channel
has one name in all maps. `mail` may be a letter or an e-mail, which only the author knows. A name is one finding, at
its first use. Case makes no difference for the built-in channels.

Why: effort and preferences are computed from channels. A channel under two names counts as two, adds a switch that no
customer makes, and has no pros and cons.

Fix: writes the name of the built-in channel.

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

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from journeykit.finding import Advice, Severity
from journeykit.fix import Fix, Remove, Set
from journeykit.model import Journey
from journeykit.model.meaning import Word
from journeykit.rules import Hit, Subject, once_a_group, rule
from journeykit.source import KeyPath
from journeykit.vocabulary.channels import canonical_channel, channels, meant_channels
from journeykit.vocabulary.feelings import fold


@rule(Severity.WARNING, fix="safe")
def unknown_channel(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each name that is not a channel, at its first use."""
    yield from once_a_group(_hits(subject), _summary)


def _hits(subject: Subject) -> Iterator[tuple[str, Hit]]:
    from difflib import get_close_matches

    own = subject.journey.channels
    uses = [(path, name) for path, name in _uses(subject.journey) if name not in own and not _is_id(name)]
    lists = defaultdict(list)
    for path, name in _uses(subject.journey) if uses else ():
        lists[path[:-1]].append(name)
    known: Mapping[str, str] = _names(own) if uses else {}
    near = {name: get_close_matches(fold(name), known, n=1, cutoff=0.75) for name in {name for _, name in uses}}
    for path, name in uses:
        if canonical := canonical_channel(name):
            message = f'"{name}" is another name of the channel {canonical}'
            yield name, Hit(path, message, f"write {canonical}", fix=_rewriting(path, canonical, lists))
        elif meant := meant_channels(name, subject.lang):
            help, suggestion = Advice.meant(*meant)
            yield name, Hit(path, f'"{name}" may be either of two channels', help, suggestion=suggestion)
        elif near[name]:
            help, suggestion = Advice.meant(known[near[name][0]])
            yield name, Hit(path, f'"{name}" is not a known channel', help, suggestion=suggestion)
        else:
            help = "define it under `channels`, or use " + ", ".join(channels())
            yield name, Hit(path, f'"{name}" is not a known channel', help)


def _summary(group: Sequence[Hit]) -> Hit:
    first, fixes = group[0], [hit.fix for hit in group if hit.fix]
    fix = Fix(fixes[0].title, tuple(change for one in fixes for change in one.changes), safe=True) if fixes else None
    return first._replace(message=f"{first.message} ({len(group)} uses)", fix=fix)


def _rewriting(path: KeyPath, canonical: str, lists: Mapping[KeyPath, list[str]]) -> Fix:
    """Return a fix that writes the channel's id, or removes the name where its list has the id already."""
    *parent, number = path
    names = lists.get(tuple(parent), [])
    earlier = names[:number] if isinstance(number, int) else []
    if isinstance(number, int) and (canonical in names or canonical in map(canonical_channel, earlier)):
        return Fix(f"Remove it, as {canonical} is there", (Remove(path),), safe=True)
    return Fix(f"Write {canonical}", (Set(path, canonical),), safe=True)


def _uses(journey: Journey) -> Iterator[tuple[KeyPath, str]]:
    return ((leaf.path, leaf.value) for leaf in journey.leaves(Word) if leaf.meaning.kind == "channel")


def _is_id(name: str) -> bool:
    return fold(name) in channels()


def _names(own: Mapping[str, object]) -> dict[str, str]:
    """Return the ids of channels by all of their names."""
    names: dict[str, str] = {}
    for channel in channels().values():
        for name in (channel.id, *channel.aliases, *channel.names.values()):
            names.setdefault(fold(name), channel.id)
    return names | {fold(id): id for id in own}
