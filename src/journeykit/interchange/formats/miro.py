"""Miro: bodies of requests that create sticky notes, at most 20 each, which an app or a script of yours sends."""

from __future__ import annotations

import html
import json
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import ToWrite, shown_path
from journeykit.interchange.noting import lose_empty_stages
from journeykit.model import Journey

SUFFIX = ".miro.json"
CARRIES = frozenset({
    "Stage.name", "Touchpoint.title", "Touchpoint.does", "Touchpoint.thinks", "Touchpoint.quote", "Touchpoint.pains",
    "Touchpoint.feeling", "Touchpoint.channel", "Opportunity.title", "Opportunity.at",
})  # fmt: skip
MOST = 20
"""How many items one request may create."""
STEP = 240
"""From one note to the next, in the units of the board."""
COLORS = ((20, "red"), (40, "orange"), (60, "light_yellow"), (80, "light_green"), (101, "green"))


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return a list of request bodies for `POST /v2/boards/{board_id}/items/bulk`."""
    journey = asked.journey
    lose_empty_stages(journey, carry)
    _lose_ideas(journey, carry)
    items = list(_items(journey, asked.scores))
    bodies = [items[at : at + MOST] for at in range(0, len(items), MOST)]
    return (json.dumps(bodies, indent=2, ensure_ascii=False) + "\n").encode()


def _items(journey: Journey, scores: dict[str, float]) -> list[dict[str, Any]]:
    ideas: dict[str, list[str]] = {}
    for opportunity in journey.opportunities:
        for id in journey.touchpoint_ids(opportunity.at):
            ideas.setdefault(id, []).append(opportunity.title)
    rows = ("Stage", "Step", "Actions", "Thoughts", "Quotes", "Feelings", "Pain points", "Channel", "Opportunities")
    found = [_note(name, 0, row, "gray") for row, name in enumerate(rows)]
    for column, place in enumerate(journey.places, 1):
        point = place.touchpoint
        texts = (
            place.stage.name, point.title, "\n".join(point.does), "\n".join(point.thinks), "\n".join(point.quote),
            "\n".join(point.feeling), "\n".join(point.pains), "\n".join(point.channel),
            "\n".join(ideas.get(point.id, ())),
        )  # fmt: skip
        for row, text in enumerate(texts):
            if text:
                found.append(_note(text, column, row, _color(rows[row], scores.get(point.id))))
    return found


def _lose_ideas(journey: Journey, carry: CarryReport) -> None:
    """Note the opportunities of places where no note can stand."""
    drawn = {one.id for one in journey.touchpoints}
    for number, opportunity in enumerate(journey.opportunities):
        gone = [at for at, id in enumerate(opportunity.at) if not drawn.intersection(journey.touchpoint_ids([id]))]
        why = "its stage has no touchpoints"
        for at in gone:
            path = shown_path(("opportunities", number, "at", at))
            carry.lose(path, opportunity.at[at], why, "Opportunity.at")
        if len(gone) == len(opportunity.at):
            carry.lose(shown_path(("opportunities", number, "title")), opportunity.title, why, "Opportunity.title")


def _color(row: str, rating: float | None) -> str:
    if row != "Feelings" or rating is None:
        return {"Stage": "light_blue", "Opportunities": "violet"}.get(row, "light_yellow")
    return next(color for most, color in COLORS if rating <= most)


def _note(text: str, column: int, row: int, color: str) -> dict[str, Any]:
    content = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    return {
        "type": "sticky_note",
        "data": {"content": content, "shape": "square"},
        "style": {"fillColor": color},
        "position": {"x": column * STEP, "y": row * STEP},
        "geometry": {"width": 200},
    }
