"""Ids are unique, and every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault, did_you_mean
from journeykit.source import Part, Path

END = "end"
"""Where a decision's option leads when the journey ends."""


def check(facts: Facts) -> Iterator[Fault]:
    """Duplicate ids, then unknown ones."""
    groups = {
        "touchpoint": facts.touchpoints,
        "stage": facts.stages,
        **{
            name: list(facts.root.items(key))
            for name, key in (
                ("source", "sources"), ("opportunity", "opportunities"), ("kpi", "kpis"), ("feedback", "feedback")
            )
        },
    }  # fmt: skip
    for name, items in groups.items():
        yield from _duplicates(name, items)
    known = {
        name: {id for item in items if isinstance(id := item.data.get("id"), str)} for name, items in groups.items()
    }
    for name, path, id, part in _references(facts):
        if isinstance(id, str) and id not in known[name]:
            yield _unknown(name, path, id, part, sorted(known[name]))


def _duplicates(name: str, items: Iterable[Item]) -> Iterator[Fault]:
    first: dict[str, Item] = {}
    for item in items:
        id = item.data.get("id")
        if isinstance(id, str) and first.setdefault(id, item) is not item:
            title = first[id].data.get("title") or first[id].data.get("name") or ""
            help = "give each an id of its own" + (
                f"; the first is that of: {title}" if isinstance(title, str) and title else ""
            )
            yield Fault("duplicate-id", (*item.path, "id"), f'two of the same sort ({name}) have the id "{id}"', help)


def _unknown(name: str, path: Path, id: str, part: Part, known: list[str]) -> Fault:
    listed = f"known: {', '.join(known[:8])}{' …' if len(known) > 8 else ''}" if known else f"the file has no {name}"
    return Fault("unknown-id", path, f'there is no {name} with the id "{id}"', did_you_mean(id, known, listed), part)


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
