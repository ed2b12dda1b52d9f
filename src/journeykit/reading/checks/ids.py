"""Ids are unique, and every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault, did_you_mean, shown
from journeykit.source import Part, Path

END = "end"
"""Where a decision's option leads when the journey ends."""


def check(facts: Facts) -> Iterator[Fault]:
    """Duplicate ids, then unknown ones."""
    groups = {
        "touchpoint": facts.touchpoints,
        "stage": facts.stages,
        **{name: list(facts.root.items(key)) for name, key in KEYS.items()},
    }
    for name, items in groups.items():
        yield from _duplicates(name, items)
    yield from _reserved(facts)
    known = {name: _ids(items, ("id",)) for name, items in groups.items()}
    unknown = [reference for reference in references(facts) if _is_unknown(reference, known)]
    for name, items in groups.items():
        if any(reference[0] == name for reference in unknown) and not _incomplete(name, facts):
            yield from _unknown_ones(name, unknown, known[name], _ids(items, MISSPELLED))


def _reserved(facts: Facts) -> Iterator[Fault]:
    """A touchpoint called `end`: options that lead there would end the journey instead."""
    for touchpoint in facts.touchpoints:
        if touchpoint.data.get("id") == END:
            message = f'the id "{END}" is reserved: an option of a decision leads there when the journey ends'
            yield Fault("bad-id", (*touchpoint.path, "id"), message, "write another id, such as last-step")


def _is_unknown(reference: Reference, known: Mapping[str, frozenset[str]]) -> bool:
    name, _, id, _ = reference
    return isinstance(id, str) and id not in known[name]


def _unknown_ones(
    name: str, references: Iterable[Reference], known: frozenset[str], elsewhere: frozenset[str]
) -> Iterator[Fault]:
    """References to nothing; not where an id stands under a misspelled key, as then that is what is wrong."""
    names, compared = sorted(known), 0
    for sort, path, id, part in references:
        if sort == name and id not in elsewhere:
            compared += len(names)
            yield _unknown(name, path, id, part, names if compared < MAX_COMPARED else [])


Reference = tuple[str, Path, Any, Part]
"""What sort of thing is named, where that stands, the id, and whether it is a key or a value."""
MISSPELLED = ("Id", "ID", "idd", "ids", "_id", "key")
KEYS = {"source": "sources", "opportunity": "opportunities", "kpi": "kpis", "feedback": "feedback"}
MAX_COMPARED = 50_000
"""Ids that an unknown one is compared with, in all, to find what was meant."""


def _ids(items: Iterable[Item], keys: Iterable[str]) -> frozenset[str]:
    """The ids under some keys."""
    return frozenset(id for key in keys for item in items if isinstance(id := item.data.get(key), str))


def _incomplete(name: str, facts: Facts) -> bool:
    """Whether the things of a sort could not all be found, which is said elsewhere."""
    if name in KEYS:
        key = KEYS[name]
        given = facts.root.data.get(key)
        return (given is None and facts.misspelled(facts.root, key)) or not isinstance(given, (list, type(None)))
    if facts.flat:
        return not isinstance(facts.file.get("touchpoints"), list)
    stages = facts.file["stages"]
    return any(
        not isinstance(stage, dict)
        or not isinstance(stage.get("touchpoints"), (list, type(None)))
        or (stage.get("touchpoints") is None and facts.misspelled(Item((), stage), "touchpoints"))
        for stage in stages
    )


def _duplicates(name: str, items: Iterable[Item]) -> Iterator[Fault]:
    first: dict[str, Item] = {}
    for item in items:
        id = item.data.get("id")
        if isinstance(id, str) and first.setdefault(id, item) is not item:
            title = first[id].data.get("title") or first[id].data.get("name") or first[id].data.get("what")
            whose = f' "{shown(title)}"' if isinstance(title, str) and title else ""
            message = f'the id "{shown(id)}" is already that of another {name}{whose}'
            yield Fault("duplicate-id", (*item.path, "id"), message, "give each an id of its own")


def _unknown(name: str, path: Path, id: str, part: Part, known: list[str]) -> Fault:
    if path[-1] == "to" and id.strip().casefold() == END:
        otherwise, known = f'did you mean "{END}"?', []
    elif known:
        otherwise = f"known: {', '.join(map(shown, known[:8]))}{' …' if len(known) > 8 else ''}"
    else:
        otherwise = f"add it under {KEYS.get(name, 'touchpoints')}:, or remove it here"
    return Fault(
        "unknown-id", path, f'there is no {name} with the id "{shown(id)}"', did_you_mean(id, known, otherwise), part
    )


def references(facts: Facts) -> Iterator[Reference]:
    """Every reference in the file."""
    root = facts.root
    yield from _list("source", root, "evidence")
    for touchpoint in facts.touchpoints:
        yield from _list("source", touchpoint, "evidence")
        if measured := touchpoint.child("measured"):
            yield from _one("source", measured, "source")
        if decision := touchpoint.child("decision"):
            for option in decision.items("options"):
                if option.data.get("to") != END:
                    yield from _one("touchpoint", option, "to")
    for opportunity in root.items("opportunities"):
        yield from _list("touchpoint", opportunity, "at")
        yield from _list("touchpoint", opportunity, "removes")
        if target := opportunity.child("target"):
            for id in target.data:
                yield "touchpoint", (*target.path, id), id, "key"
    for kpi in root.items("kpis"):
        yield from _one("touchpoint", kpi, "at")
        yield from _one("source", kpi, "source")
    for feedback in root.items("feedback"):
        yield from _one("touchpoint", feedback, "at")
    for goal in root.items("goals"):
        yield from _one("kpi", goal, "kpi")
    for change in root.items("changes"):
        yield from _one("opportunity", change, "opportunity")


def _one(name: str, item: Item, key: str) -> Iterator[Reference]:
    yield name, (*item.path, key), item.data.get(key), "value"


def _list(name: str, item: Item, key: str) -> Iterator[Reference]:
    for number, id in enumerate(item.texts_or_items(key)):
        yield name, (*item.path, key, number), id, "value"
