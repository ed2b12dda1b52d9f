"""Decisions: under their touchpoint the question, who decides, and where each answer leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from journeykit.charts.branches import tree
from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Mark


def lay(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    homes = [number for number, slot in enumerate(slots) if slot.place.touchpoint.decision]
    marks: list[Mark] = []
    height = 0.0
    for home in homes:
        decision = slots[home].place.touchpoint.decision
        assert decision
        made = tree(view, slots[home], decision, top, _reached(slots, home, homes))
        marks.append(made)
        height = max(height, made.box().bottom - top)
    return Band(height, tuple(marks), view.labels("lanes.decisions")) if marks else None


def _reached(slots: tuple[Slot, ...], home: int, homes: Collection[int]) -> Mapping[str, Slot]:
    """The columns to the right up to the next decision: nothing is in the way of an arrow there."""
    end = min((other for other in homes if other > home), default=len(slots))
    return {slot.place.touchpoint.id: slot for slot in slots[home + 1 : end]}
