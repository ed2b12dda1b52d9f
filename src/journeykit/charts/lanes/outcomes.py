"""A plus for a strength, a minus for a vulnerability, and why; after a bolt what hurts, in the customer's words; what
is needed, and what is missing.
"""

from __future__ import annotations

from typing import Literal

from journeykit.charts.about_text import need as need_text
from journeykit.charts.lane import Band, View
from journeykit.charts.notes import signed
from journeykit.drawing.scene import Circle, Group, Line, Mark, Role
from journeykit.drawing.stack import Stack
from journeykit.model import Touchpoint

GUTTER = 14.0
SIGN = 5.5
"""Radius of the sign before the text."""


def lay_out(view: View, top: float) -> Band | None:
    marks: list[Mark] = []
    height = 0.0
    for slot in view.columns.slots:
        stack = Stack(view.text, slot.left, top, slot.width - GUTTER)
        _write(view, stack, slot.place.touchpoint)
        if stack.marks:
            marks.append(Group(marks=tuple(stack.marks), kind="outcome"))
            height = max(height, stack.height)
    return Band(height, tuple(marks), view.labels("lanes.outcomes")) if marks else None


def _write(view: View, stack: Stack, touchpoint: Touchpoint) -> None:
    small, body = view.type.caption, view.type.body
    if touchpoint.outcome:
        stack.marks += _sign(touchpoint.outcome, stack.x + SIGN, stack.bottom + small * 0.62)
        color: Role = "good-ink" if touchpoint.outcome == "strength" else "bad-ink"
        word = view.labels(f"outcomes.{touchpoint.outcome}")
        stack.add(word, small, bold=True, color=color, indent=2 * SIGN + 4, kind="outcome")
    if touchpoint.why:
        stack.space(view.unit / 2)
        stack.add(touchpoint.why, body, kind="why")
    for pain in touchpoint.pains:
        signed(stack, "pain", pain, body, tint="bad-ink", kind="pain", title=view.labels("outcomes.pain"))
    for need in touchpoint.needs:
        stack.space(view.unit)
        stack.add(need_text(need, view.labels), small, color="muted", kind="need")
        if need.gap:
            gap = view.labels("outcomes.missing", gap=need.gap)
            stack.add(gap, small, bold=True, color="bad-ink", kind="gap")


def _sign(outcome: Literal["strength", "vulnerability"], x: float, y: float) -> list[Mark]:
    """Return a plus or a minus in a circle, which differ without colors too."""
    strength = outcome == "strength"
    ink: Role = "on-good" if strength else "on-bad"
    reach = SIGN - 2.5
    marks: list[Mark] = [Circle(x=x, y=y, radius=SIGN, fill="good" if strength else "bad", kind="sign")]
    marks.append(Line(x1=x - reach, y1=y, x2=x + reach, y2=y, stroke=ink, stroke_width=1.4, kind="sign"))
    if strength:
        marks.append(Line(x1=x, y1=y - reach, x2=x, y2=y + reach, stroke=ink, stroke_width=1.4, kind="sign"))
    return marks
