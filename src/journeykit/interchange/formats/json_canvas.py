"""JSON Canvas 1.0, as Obsidian opens it: a group for each stage, a card for each touchpoint."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import ToWrite, shown_path
from journeykit.interchange.noting import lose_empty_stages, note_lines
from journeykit.model import Journey
from journeykit.model.touchpoint import Option
from journeykit.source import KeyPath

SUFFIX = ".canvas"
CARRIES = frozenset({
    "Stage.name", "Stage.id", "Touchpoint.id", "Touchpoint.title", "Touchpoint.feeling", "Touchpoint.thinks",
    "Touchpoint.pains", "Touchpoint.channel", "Option.answer", "Option.to", "Decision.question",
})  # fmt: skip
ONE_LINE = frozenset({
    "Touchpoint.title", "Touchpoint.feeling", "Touchpoint.thinks", "Touchpoint.pains", "Decision.question",
})  # fmt: skip
"""Fields that are written on one line each."""
CARD, GAP, TALL, RANGE, PAD = 260, 60, 220, 600, 40
"""The width of a card, the space between two, their height, the height of the curve, the edge of a group; in pixels."""
COLORS = ((20, "1"), (40, "2"), (60, "3"), (101, "4"))
"""Red, orange, yellow and green, up to which score."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~]|^[-+](?=\s|$)|&(?=#?\w+;)")
"""What Markdown would take for markup: also a dash that begins a list, and an entity."""
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the journey as a canvas."""
    journey = asked.journey
    lose_empty_stages(journey, carry, "id")
    note_lines(journey, ONE_LINE, carry)
    scores = asked.scores
    nodes: list[dict[str, Any]] = []
    cards: list[dict[str, Any]] = []
    x = 0
    for stage in journey.stages:
        start = x
        for point in stage.touchpoints:
            rating = scores.get(point.id)
            y = round((100 - (50 if rating is None else rating)) / 100 * RANGE)
            color = {} if rating is None else {"color": next(color for most, color in COLORS if rating <= most)}
            text = _text(point, rating)
            cards.append(
                {"id": point.id, "type": "text", "x": x, "y": y, "width": CARD, "height": TALL, **color, "text": text}
            )
            x += CARD + GAP
        if stage.name and stage.touchpoints:
            group = {
                "id": f"stage:{stage.id}",
                "type": "group",
                "x": start - PAD // 2,
                "y": -PAD,
                "width": x - start - GAP + PAD,
            }
            nodes.append({**group, "height": RANGE + TALL + 2 * PAD, "label": stage.name})
            x += GAP
    return (
        json.dumps({"nodes": [*nodes, *cards], "edges": _edges(journey, carry)}, indent=2, ensure_ascii=False) + "\n"
    ).encode()


def _text(point: Any, rating: float | None) -> str:
    lines = [f"**{_escaped(point.title)}**"]
    about = [", ".join(point.feeling), "" if rating is None else f"{rating:.0f}"]
    if any(about):
        lines.append(" · ".join(_escaped(one) for one in about if one))
    if point.channel:
        lines.append(f"*{_escaped(', '.join(point.channel))}*")
    lines += [f"“{_escaped(one)}”" for one in point.thinks]
    lines += [f"- {_escaped(one)}" for one in point.pains]
    if point.decision:
        lines.append(f"**? {_escaped(point.decision.question)}**")
    return "\n\n".join(lines)


def _escaped(text: str) -> str:
    text = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _NUMBERED.sub(r"\1\\\2", text)


def _edges(journey: Journey, carry: CarryReport) -> list[dict[str, Any]]:
    """Return an arrow from each touchpoint to the next, and one for each answer of a decision."""
    sides = {"fromSide": "right", "toSide": "left"}
    found: list[dict[str, Any]] = []
    points = journey.touchpoints
    for one, following in pairwise(points):
        found.append({"id": f"next:{one.id}", "fromNode": one.id, "toNode": following.id, **sides})
    known = {one.id for one in points}
    for place in journey.places:
        one = place.touchpoint
        for number, option in enumerate(one.decision.options if one.decision else ()):
            if option.to in known:
                edge = {"id": f"option:{one.id}:{number}", "fromNode": one.id, "toNode": option.to}
                found.append({**edge, "fromSide": "bottom", "toSide": "bottom", "label": option.answer})
            else:
                _lose_option(option, (*place.path, "decision", "options", number), carry)
    return found


def _lose_option(option: Option, path: KeyPath, carry: CarryReport) -> None:
    why = "an answer that leads to no touchpoint is not drawn"
    carry.lose(shown_path((*path, "answer")), option.answer, why, "Option.answer")
    carry.lose(shown_path((*path, "to")), option.to, why, "Option.to")
