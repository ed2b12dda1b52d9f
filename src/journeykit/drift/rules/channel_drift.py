"""Most of what happens at a touchpoint comes by other channels than the map states.

Finds touchpoints of whose events, with a known channel, less than half have one of the channels that `channel` names.
Names are compared as channels are elsewhere: `e-mail` is `email`.

Why: channels move faster than maps: what was a call is a form, and what was a form is a chat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from journeykit.drift.subject import LEAST, Subject, takes_over, told
from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.measuring.estimates import proportion
from journeykit.model import Journey, Place
from journeykit.rules import Hit, rule
from journeykit.vocabulary.channels import NO_CONTACT, canonical_channel

USUAL = 0.10
"""A channel of at least this share of the events is one of the touchpoint."""


@rule(Severity.WARNING, fix="unsafe")
def channel_drift(subject: Subject, *, share: float = 0.5) -> Iterator[Hit]:
    """Yield a hit for each such touchpoint, at its channels."""
    for log, place in subject.seen():
        stated = {_key(one) for one in place.touchpoint.channel} - NO_CONTACT
        counts = log.channels(place.touchpoint.id)
        n = sum(counts.values())
        if not stated or n < LEAST:
            continue
        fitting = sum(count for channel, count in counts.items() if _key(channel) in stated)
        found = proportion("share", fitting, n)
        if found.high is not None and found.high < share and (not fitting or fitting >= log.minimum_base):
            path = (*place.path, "channel")
            usual = _usual(counts)
            yield Hit(
                path,
                f"{told(found, log, 'events')} come by {', '.join(place.touchpoint.channel)}; "
                f"most by {', '.join(usual[:3]) or 'many others'}",
                "correct the channels, or make a touchpoint of each way",
                fix=_fix(subject.journey, place, usual),
            )


def _usual(counts: Counter[str]) -> list[str]:
    """Return the channels of at least a tenth of the events, the most frequent first."""
    n = sum(counts.values())
    return [channel for channel, count in counts.most_common() if count >= max(USUAL * n, 5)]


def _fix(journey: Journey, place: Place, usual: list[str]) -> Fix | None:
    """Return the fix that writes the usual channels; None where one of them is no channel of the map."""
    ids = list(dict.fromkeys(_key(one) for one in usual))
    if not ids or any(canonical_channel(id) is None and id not in journey.channels for id in ids):
        return None
    value = ids[0] if len(ids) == 1 else ids
    return takes_over(f"Write channel: {', '.join(ids)}", [Set((*place.path, "channel"), value)])


def _key(channel: str) -> str:
    return canonical_channel(channel) or " ".join(channel.casefold().split())
