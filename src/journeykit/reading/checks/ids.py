"""Ids are unique, and every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    known = {name: _known(items) for name, items in groups.items()}
    guessed = dict.fromkeys(groups, 0)
    for name, path, id, part in _references(facts):
        if isinstance(id, str) and id not in known[name] and not _incomplete(name, facts):
            guessed[name] += max(1, len(known[name]))
            names = sorted(known[name]) if guessed[name] < MAX_COMPARED else []
            yield _unknown(name, path, id, part, names)


KEYS = {"source": "sources", "opportunity": "opportunities", "kpi": "kpis", "feedback": "feedback"}
MAX_COMPARED = 50_000
"""Ids that an unknown one is compared with, in all, to find what was meant."""


def _known(items: Iterable[Item]) -> frozenset[str]:
    """All ids of one sort; one under a misspelled key is known too, as that key is what is wrong."""
    ids: set[str] = set()
    for item in items:
        keys = (
            "id",
            *(key for key in item.data if isinstance(key, str) and key.lower() in ("idd", "ids", "key", "_id")),
        )
        ids.update(id for key in keys if isinstance(id := item.data.get(key), str))
    return frozenset(ids)


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
    if known:
        otherwise = f"known: {', '.join(known[:8])}{' …' if len(known) > 8 else ''}"
    else:
        otherwise = f"add it under {KEYS.get(name, 'touchpoints')}:, or remove it here"
    return Fault(
        "unknown-id", path, f'there is no {name} with the id "{shown(id)}"', did_you_mean(id, known, otherwise), part
    )


def _references(facts: Facts) -> Iterator[tuple[str, Path, Any, Part]]:
    """Every reference in the file: what sort of thing it names, where it stands, the id."""
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


def _one(name: str, item: Item, key: str) -> Iterator[tuple[str, Path, Any, Part]]:
    yield name, (*item.path, key), item.data.get(key), "value"


def _list(name: str, item: Item, key: str) -> Iterator[tuple[str, Path, Any, Part]]:
    for number, id in enumerate(item.texts_or_items(key)):
        yield name, (*item.path, key, number), id, "value"
