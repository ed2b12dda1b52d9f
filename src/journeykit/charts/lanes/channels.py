"""Channels: a drawn glyph and a name each; a line through those used at once and those that go on; silence is a gap."""

from __future__ import annotations

from itertools import pairwise

from journeykit.charts import glyphs
from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.charts.scene import Group, Line, Mark
from journeykit.charts.stack import Stack
from journeykit.vocabulary.channels import SILENCE, canonical_channel, channel_name

GLYPH = 18.0
STEP = 24.0
GUTTER = 12.0


def lay(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    if not any(slot.place.touchpoint.channel for slot in slots):
        return None
    shown = {slot: _ids(slot) for slot in slots}
    ends = {slot: slot.left + _across(slot, len(ids)) * STEP - (STEP - GLYPH) for slot, ids in shown.items()}
    deep = max(_down(slot, len(ids)) for slot, ids in shown.items())
    marks: list[Mark] = [*_lines(slots, shown, ends, top + GLYPH / 2)]
    height = 0.0
    for slot, ids in shown.items():
        made: list[Mark] = []
        for number, id in enumerate(ids):
            down, across = divmod(number, _across(slot, len(ids)))
            x, y = slot.left + across * STEP, top + down * STEP
            if across:
                made.append(_line(x - (STEP - GLYPH) - 1, y + GLYPH / 2, x + 1))
            colour = "muted" if id == SILENCE else "ink"
            made.append(glyphs.channel(id, x, y, GLYPH, "muted" if colour == "muted" else "ink", _name(view, id)))
        stack = Stack(slot.left, top + deep * STEP - (STEP - GLYPH) + view.unit, slot.width - GUTTER)
        names = ", ".join(_name(view, id) for id in ids)
        stack.add(names, view.type.caption, colour="muted", kind="channel-name")
        marks.append(Group(marks=(*made, *stack.marks), title=names, kind="channel"))
        height = max(height, stack.bottom - top)
    return Band(height, tuple(marks), view.labels("lanes.channels"))


def _ids(slot: Slot) -> list[str]:
    return list(dict.fromkeys(canonical_channel(id) or id for id in slot.place.touchpoint.channel))


def _name(view: View, id: str) -> str:
    own = view.journey.channels.get(id)
    return channel_name(id, view.labels.lang, own.name if own else None)


def _across(slot: Slot, count: int) -> int:
    """How many glyphs stand side by side in a column."""
    return max(1, min(count, int((slot.width - GUTTER + STEP - GLYPH) // STEP)))


def _down(slot: Slot, count: int) -> int:
    return max(1, -(-count // _across(slot, count)))


def _lines(slots: tuple[Slot, ...], shown: dict[Slot, list[str]], ends: dict[Slot, float], y: float) -> list[Mark]:
    """A line from each touchpoint to the next that is reached through the same channel."""
    return [
        _line(ends[one] + 4, y, other.left - 4)
        for one, other in pairwise(slots)
        if set(shown[one]) & set(shown[other]) - {SILENCE}
    ]


def _line(start: float, y: float, end: float) -> Line:
    return Line(x1=start, y1=y, x2=end, y2=y, stroke="neutral", stroke_width=1.5, caps="round", kind="channel-line")
