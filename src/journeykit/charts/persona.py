"""The persona's card: portrait, name, facts, note, quote, links, what moves them, and the channels that they prefer."""

from __future__ import annotations

from journeykit.charts.about_text import facts_of, lists_of
from journeykit.charts.image import fitted
from journeykit.charts.lane import View
from journeykit.charts.notes import links
from journeykit.drawing.scene import Circle, Group, Mark, Path, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step
from journeykit.model import Persona

CARD = 150.0
"""The least width of a column of the card."""
PORTRAIT = 72.0
"""The most width and height of a portrait."""


def card(view: View, left: float, top: float, width: float) -> Group:
    """Return the card: who the persona is, and in as many columns as fit what moves them."""
    persona, lists = view.journey.persona, lists_of(view.journey, view.labels)
    pad, gap = view.unit * (4 if lists else 3), view.unit * 6
    inner = width - 2 * pad
    many = max(1, min(len(lists) + 2, int((inner + gap) // (CARD + gap))))
    column = (inner - gap * (many - 1)) / many
    # the first column is twice as wide if there is room
    wide = 2 if many > 2 else 1
    first = Stack(view.text, left + pad, top + pad, column * wide + gap * (wide - 1) if lists else inner)
    _who(view, persona, first)
    marks: list[Mark] = list(first.marks)
    bottom = first.bottom
    row, at = top + pad, wide
    for name, lines in lists:
        if at >= many:
            row, at = bottom + view.unit * 3, 0
        stack = Stack(view.text, left + pad + at * (column + gap), row, column)
        stack.add(name, view.type.caption, bold=True, color="accent", kind="persona-list")
        for line in lines:
            stack.space(1.5)
            dot = stack.bottom + 0.62 * view.type.body
            stack.marks.append(Circle(x=stack.x + 1.5, y=dot, radius=1.5, fill="neutral", kind="bullet"))
            stack.add(line, view.type.body, indent=8, kind="persona-line")
        marks += stack.marks
        bottom = max(bottom, stack.bottom)
        at += 1
    card = Rect(x=left, y=top, width=width, height=bottom - top + pad, radius=4, fill="panel", kind="card")
    return Group(marks=(card, *marks), id="persona", title=persona.name, kind="persona")


def _who(view: View, persona: Persona, stack: Stack) -> None:
    portrait, below = 34.0, 34.0
    middle = stack.x + portrait / 2
    if persona.image:
        portrait = min(PORTRAIT, stack.width / 3)
        picture = fitted(view, persona.image, stack.x, stack.top, portrait, PORTRAIT)
        stack.marks.append(picture)
        below = picture.box().height
    else:
        stack.marks += [
            Circle(x=middle, y=stack.top + portrait / 2, radius=portrait / 2, fill="accent-soft", kind="portrait"),
            *_bust(middle, stack.top, portrait),
        ]
    indent = portrait + view.unit * 3
    if not (persona.facts or persona.quote or persona.note):  # a name alone is beside the middle of the portrait
        stack.bottom += max(0.0, (portrait - line_step(view.type.heading)) / 2)
    stack.add(persona.name, view.type.heading, bold=True, indent=indent, kind="persona-name")
    if persona.facts:
        facts = " · ".join(facts_of(persona, view.labels))
        stack.add(facts, view.type.body, color="muted", indent=indent, kind="facts")
    if persona.note:
        stack.space(view.unit)
        stack.add(persona.note, view.type.body, indent=indent, kind="persona-note")
    if persona.quote:
        stack.space(view.unit)
        stack.add(view.labels.quoted(persona.quote), view.type.body, italic=True, indent=indent, kind="quote")
    stack.bottom = max(stack.bottom, stack.top + below)
    links(view, stack, persona.links)


def _bust(x: float, top: float, size: float) -> list[Mark]:
    """Return head and shoulders within a circle of the given size."""
    r = size / 2
    head = Circle(x=x, y=top + r * 0.78, radius=r * 0.34, fill="accent", kind="portrait")
    y = top + r * 1.62
    shoulders = Path(
        commands=(
            ("M", x - r * 0.62, y),
            ("C", x - r * 0.62, top + r * 1.22, x + r * 0.62, top + r * 1.22, x + r * 0.62, y),
            ("C", x + r * 0.3, y + r * 0.22, x - r * 0.3, y + r * 0.22, x - r * 0.62, y),
            ("Z",),
        ),
        fill="accent",
        kind="portrait",
    )
    return [head, shoulders]
