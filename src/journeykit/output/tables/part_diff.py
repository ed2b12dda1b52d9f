"""The diff of persona, stages, sources and other parts of a journey in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeykit.comparing import FieldDiff, PartDiff
from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.model.base import Part
from journeykit.output.paint import one_line
from journeykit.output.tables.touchpoint_diff import clipped

PARTS = {
    "stages": "stage", "goals": "goal", "opportunities": "opportunity", "kpis": "metric", "feedback": "question",
    "sources": "source", "changes": "change", "channels": "channel", "lanes": "lane",
}  # fmt: skip
"""What one of a list is called, where that is not its key."""
IN_REMARKS = ("title", "state")
"""Fields of the journey that the lines above the tables tell."""
FIGURES = frozenset(
    ("value", "counts", "promoters", "passives", "detractors", "median", "mean", "p90", "k", "n", "sent")
)
"""Fields of KPIs that another table shows, where those of few answers are left out."""
EMPTY: tuple[object, ...] = (None, (), {}, "")


def part_rows(change: JourneyDiff) -> Iterator[list[Any]]:
    """Yield kind, part, name and what changed of each part; what the remarks and other tables tell is left out."""
    for one in change.parts:
        if one.key == "scoring" and change.rescored:
            continue
        fields = [field for field in one.fields if not _is_told(one, field)]
        kind = "moved" if one.kind == "same" else one.kind
        if (one.kind == "changed" and not fields and not one.moved) or (one.key == "kpis" and kind != "changed"):
            continue
        words = [_field_words(field) for field in fields] + ["moved"] * (one.moved and kind != "moved")
        part = PARTS.get(one.key, one.key.replace("_", " "))
        yield [kind, part, one_line(one.name), "; ".join(words)]


def _is_told(part: PartDiff, field: FieldDiff) -> bool:
    return field.key in {"journey": IN_REMARKS, "kpis": FIGURES}.get(part.key, ())


def _field_words(field: FieldDiff) -> str:
    name = field.key.replace("_", " ")
    old, new = field.old, field.new
    if all(value in EMPTY or _are_words(value) for value in (old, new)) and (isinstance(old or new, tuple)):
        return f"{name} {_items(old, new)}"
    if isinstance(old, dict) and isinstance(new, dict):
        return f"{name} {_entries(old, new)}"
    if any(isinstance(value, (tuple, dict, Part)) for value in (old, new)):
        return f"{name} {'added' if old in EMPTY else 'removed' if new in EMPTY else 'changed'}"
    before, after = _value(old), _value(new)
    return f"{name} changed" if before == after else f"{name} {before} → {after}"


def _are_words(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


def _items(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """Return what came to a list of texts and what is gone: + “a”, − “b”."""
    came = [f"+ “{clipped(one)}”" for one in new if one not in old]
    gone = [f"− “{clipped(one)}”" for one in old if one not in new]
    return ", ".join([*came, *gone]) or "in another order"


def _entries(old: dict[Any, Any], new: dict[Any, Any]) -> str:
    """Return what differs in a mapping: age 30 → 31, + role, − city."""
    changed = [
        f"{clipped(str(key))} {_value(old[key])} → {_value(value)}"
        for key, value in new.items()
        if key in old and old[key] != value
    ]
    came = [f"+ {clipped(str(key))}" for key in new if key not in old]
    return ", ".join([*changed, *came, *(f"− {clipped(str(key))}" for key in old if key not in new)]) or "changed"


def _value(value: Any) -> str:
    if value in EMPTY:
        return "none"
    if isinstance(value, (tuple, dict, Part)):
        return "…"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return f"“{clipped(value)}”" if isinstance(value, str) else one_line(str(value))
