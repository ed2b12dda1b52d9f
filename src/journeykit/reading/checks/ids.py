"""Check that ids are unique, and that every reference names an id of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from journeykit.finding import Advice
from journeykit.model.definitions import homes
from journeykit.model.fields import Leaf
from journeykit.model.meaning import END, Defines, Ref
from journeykit.model.values import SLUG
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault, nearest, shown
from journeykit.reading.scalars import written

_SLUG = re.compile(SLUG)
MISSPELLED = ("Id", "ID", "idd", "ids", "_id", "key")
LONGEST = 60
"""The longest id that a help names."""
MAX_COMPARED = 50_000
"""The most comparisons with known ids to find what unknown ones are meant as."""


def check(journey: JourneyData) -> Iterator[Fault]:
    """Report duplicate ids, reserved ids, and references to ids that the file does not define."""
    defined: dict[str, list[Leaf]] = {}
    for leaf in journey.leaves(Defines):
        defined.setdefault(leaf.meaning.kind, []).append(leaf)
    for kind, leaves in defined.items():
        yield from _duplicates(kind, leaves)
    yield from _reserved(defined.get("touchpoint", ()))
    known = {kind: frozenset(leaf.value for leaf in leaves if _is_id(leaf)) for kind, leaves in defined.items()}
    unknown: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in journey.leaves(Ref):
        ref: Ref = leaf.meaning
        named = any(leaf.value in known.get(kind, ()) for kind in ref.kinds)
        if _is_id(leaf) and not named and leaf.value not in ref.also:
            unknown.setdefault(ref.kinds, []).append(leaf)
    yield from _empty_stages(journey, known)
    for kinds, leaves in unknown.items():
        if not any(_incomplete(journey, kind) for kind in kinds):
            yield from _unknown_ones(
                journey, kinds, leaves, sorted({id for kind in kinds for id in known.get(kind, ()) if _is_valid(id)})
            )


def _empty_stages(journey: JourneyData, known: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Report references that mean the touchpoints of a stage, which has none."""
    for leaf in journey.leaves(Ref):
        named = leaf.value in known.get("stage", ()) and leaf.value not in known.get("touchpoint", ())
        if "stage" in leaf.meaning.kinds and named and not _touchpoints_of(journey, leaf.value):
            message = f'the stage "{shown(leaf.value)}" has no touchpoints'
            yield Fault("unknown-id", leaf.path, message, "name another one, or remove it here", leaf.side)


def _is_valid(id: str) -> bool:
    """Return whether a help may name an id."""
    return len(id) <= LONGEST and _SLUG.fullmatch(id) is not None


def _is_id(leaf: Leaf) -> bool:
    return isinstance(leaf.value, str)


def _reserved(touchpoints: Iterable[Leaf]) -> Iterator[Fault]:
    """Report a touchpoint with the id `end`: options that lead there would end the journey instead."""
    for leaf in touchpoints:
        if leaf.value == END:
            message = f'the id "{END}" is reserved: an option of a decision leads there when the journey ends'
            yield Fault("bad-id", leaf.path, message, "write another id, such as last-step")


def _unknown_ones(
    journey: JourneyData, kinds: Iterable[str], references: Iterable[Leaf], known: list[str]
) -> Iterator[Fault]:
    """Report references to unknown ids, except ids under a misspelled key, which is reported itself."""
    elsewhere = frozenset().union(*(_misspelled(journey, kind) for kind in kinds))
    compared = 0
    for leaf in references:
        if leaf.value not in elsewhere:
            compared += len(known)
            yield _unknown(journey, leaf, known if compared < MAX_COMPARED else [])


def _misspelled(journey: JourneyData, kind: str) -> frozenset[str]:
    """Return the ids of a kind that are under a misspelled key."""
    holders = _holders([journey.root.data], homes()[kind].keys)
    return frozenset(
        id for item in holders if isinstance(item, dict) for key in MISSPELLED if isinstance(id := item.get(key), str)
    )


def _holders(found: list[object], keys: Iterable[str]) -> list[object]:
    """Return the items of the lists at nested keys, whatever their type."""
    for key in keys:
        lists = [item.get(key) for item in found if isinstance(item, dict)]
        found = [item for one in lists if isinstance(one, list) for item in one]
    return found


def _incomplete(journey: JourneyData, kind: str) -> bool:
    """Return whether some definitions of a kind could not be read, which is reported elsewhere."""
    *above, last = homes()[kind].keys
    root = journey.file
    if homes()[kind].by_key:
        return not isinstance(root.get(last), (dict, type(None)))
    if kind == "stage" and journey.flat:
        return False
    if journey.flat and above:
        return not isinstance(root.get(last), list)
    holders = _holders([root], above)
    return any(
        not isinstance(holder, dict)
        or not isinstance(holder.get(last), (list, type(None)))
        or (holder.get(last) is None and journey.misspelled(Item((), holder), last))
        for holder in holders
    )


def _duplicates(kind: str, leaves: Iterable[Leaf]) -> Iterator[Fault]:
    first: dict[str, Leaf] = {}
    for leaf in leaves:
        if leaf.side == "value" and _is_id(leaf) and first.setdefault(leaf.value, leaf) is not leaf:
            title = first[leaf.value].holder.get(leaf.meaning.made_from)
            whose = f' "{shown(title)}"' if isinstance(title, str) and title else ""
            message = f'the id "{shown(leaf.value)}" is already that of another {kind}{whose}'
            yield Fault("duplicate-id", leaf.path, message, "give each an id of its own")


def _unknown(journey: JourneyData, leaf: Leaf, known: list[str]) -> Fault:
    id, ref = leaf.value, leaf.meaning
    message = f'there is no {" or ".join(ref.kinds)} with the id "{shown(id)}"'
    if id.strip().casefold() in ref.also:
        advice = Advice.meant(id.strip().casefold())
    elif ref.kinds == ("touchpoint",) and (within := _touchpoints_of(journey, id)):
        message = f'"{shown(id)}" is the id of a stage, not of a touchpoint'
        advice = Advice.write(within[0]) if len(within) == 1 else Advice(f"name touchpoints of it: {', '.join(within)}")
    elif known:
        listed = ", ".join(written(shown(one)) for one in known[:8])
        advice = nearest(id, known, f"known: {listed}{' …' if len(known) > 8 else ''}")
        advice = advice._replace(suggestion=tuple(map(written, advice.suggestion)))
    else:
        advice = Advice(f"add it under {homes()[ref.kind].keys[-1]}:, or remove it here")
    return Fault("unknown-id", leaf.path, message, advice.help, leaf.side, advice.suggestion)


def _touchpoints_of(journey: JourneyData, stage: str) -> list[str]:
    """Return the ids of the touchpoints of a stage."""
    return [
        shown(id)
        for one in journey.stages
        if one.data.get("id") == stage
        for touchpoint in one.items("touchpoints")
        if isinstance(id := touchpoint.data.get("id"), str)
    ]
