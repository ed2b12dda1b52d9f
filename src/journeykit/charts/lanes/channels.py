"""An icon and a name for each channel. A line joins channels that are used at once, and neighbouring touchpoints
that share one: where it stops, the customer has to change. An hourglass is silence: nothing happens, and the
customer waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Line, Mark
from journeykit.drawing.stack import Stack
from journeykit.vocabulary.channels import NO_CONTACT, SILENCE, canonical_channel, channel_name

ICON = 18.0
STEP = 24.0
GUTTER = 12.0


def lay_out(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    if not any(slot.place.touchpoint.channel for slot in slots):
        return None
    shown = [_ids(slot) for slot in slots]
    deep = max(_down(slot, len(ids)) for slot, ids in zip(slots, shown, strict=True))
    marks: list[Mark] = _lines(slots, shown, top + ICON / 2)
    height = 0.0
    for slot, ids in zip(slots, shown, strict=True):
        icon_marks: list[Mark] = []
        across = _across(slot, len(ids))
        for number, id in enumerate(ids):
            x, y = slot.left + number % across * STEP, top + number // across * STEP
            if number % across:
                icon_marks.append(_line(x - (STEP - ICON) - 1, y + ICON / 2, x + 1))
            icon_marks.append(icons.channel(id, x, y, ICON, "muted" if id == SILENCE else "ink", _name(view, id)))
        stack = Stack(view.text, slot.left, top + deep * STEP - (STEP - ICON) + view.unit, slot.width - GUTTER)
        names = ", ".join(_name(view, id) for id in ids)
        stack.add(names, view.type.caption, color="muted", kind="channel-name")
        if ids:
            marks.append(Group(marks=(*icon_marks, *stack.marks), title=names, kind="channel"))
            height = max(height, stack.bottom - top)
    return Band(height, tuple(marks), view.labels("lanes.channels"))


def _ids(slot: Slot) -> list[str]:
    return list(dict.fromkeys(canonical_channel(id) or id for id in slot.place.touchpoint.channel))


def _name(view: View, id: str) -> str:
    return channel_name(id, view.labels.lang, view.journey.own_channel_name(id))


def _across(slot: Slot, count: int) -> int:
    """Return the number of icons beside each other in a column."""
    return max(1, min(count, int((slot.width - GUTTER + STEP - ICON) // STEP)))


def _down(slot: Slot, count: int) -> int:
    return max(1, -(-count // _across(slot, count)))


def _lines(slots: Sequence[Slot], shown: Sequence[list[str]], y: float) -> list[Mark]:
    """Return lines between neighbouring touchpoints with the same channel."""
    marks: list[Mark] = []
    for (one, ids), (other, others) in pairwise(zip(slots, shown, strict=True)):
        if set(ids) & set(others) - NO_CONTACT:
            end = one.left + _across(one, len(ids)) * STEP - (STEP - ICON)
            marks.append(_line(end + 4, y, other.left - 4))
    return marks


def _line(start: float, y: float, end: float) -> Line:
    return Line(x1=start, y1=y, x2=end, y2=y, stroke="neutral", stroke_width=1.5, caps="round", kind="channel-line")
