"""Enablement Map Studio: the documents of kind `cjm`, in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from journeykit.changing.emitter import inline
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, ToWrite
from journeykit.interchange.noting import note_score
from journeykit.interchange.sheets.feelings import feelings_in
from journeykit.model.slug import Ids
from journeykit.reading.yaml_text import parse_yaml
from journeykit.vocabulary.channels import canonical_channel

SUFFIX = ".cjm.yaml"
CARRIES = frozenset({
    "Journey.id", "Persona.name", "Stage.id", "Stage.name", "Touchpoint.id", "Touchpoint.title", "Touchpoint.channel",
    "Touchpoint.place", "Touchpoint.thinks", "Touchpoint.feeling", "Touchpoint.satisfaction", "Journey.scale",
})  # fmt: skip
_KNOWN = frozenset({"kind", "version", "id", "persona", "phases", "actions"})
_KNOWN_ACTION = frozenset({"id", "name", "phase", "touchpoints", "thoughts_feelings", "emotion_score"})


def recognises(given: Given) -> bool:
    """Return whether a text has a document of the kind `cjm`."""
    text = given.text or ""
    return bool(re.search(r"(?m)^kind:\s*[\"']?cjm\b", text)) and bool(re.search(r"(?m)^actions:", text))


def read(given: Given) -> list[Draft]:
    """Return a journey for each document of the kind `cjm`."""
    documents = list(_documents(given.text or ""))
    drafts = [_draft(one, given) for one in documents if one.get("kind") == "cjm"]
    others = [one for one in documents if one.get("kind") != "cjm"]
    for draft in drafts[:1]:
        for one in others:
            draft.carry.lose(
                f"document {one.get('id', '')}", one.get("kind", "?"), "only documents of kind cjm are read"
            )
    return drafts


def _documents(text: str) -> Iterator[dict[str, Any]]:
    for part in re.split(r"(?m)^---[ \t]*(?:#.*)?$", text):
        data = parse_yaml(part).data if part.strip() else None
        if isinstance(data, dict):
            yield data


def _draft(document: dict[str, Any], given: Given) -> Draft:
    carry = CarryReport()
    data: dict[str, Any] = {"title": str(document.get("name") or document.get("id") or given.stem), "scale": "-2..2"}
    if document.get("id") is not None:
        data["id"] = _id(document["id"])
    if isinstance(persona := document.get("persona"), dict) and persona.get("name"):
        data["persona"] = {"name": str(persona["name"])}
        for key, value in persona.items():
            if key != "name":
                carry.lose(f"persona.{key}", value, "no field")
    for key, value in document.items():
        if key not in _KNOWN and key != "name":
            carry.lose(str(key), value, "no field")
    draft = Draft(data, carry, given.stem)
    actions = [one for one in _list(document.get("actions")) if isinstance(one, dict)]
    phases = [one for one in _list(document.get("phases")) if isinstance(one, dict)]
    stages: list[dict[str, Any]] = []
    for phase in phases:
        here = [one for one in actions if one.get("phase") in (phase.get("id"), phase.get("name"))]
        stages.append(
            {"id": _id(phase.get("id")), "name": str(phase.get("name") or phase.get("id")), "touchpoints": []}
        )
        for action in here:
            path = ("stages", len(stages) - 1, "touchpoints", len(stages[-1]["touchpoints"]))
            draft.places[path] = f"action {action.get('id', '')}"
            stages[-1]["touchpoints"].append(_touchpoint(action, carry))
    known = {name for one in phases for name in (one.get("id"), one.get("name"))}
    for action in actions:
        if action.get("phase") not in known:
            carry.lose(f"action {action.get('id', '')}", action.get("name", ""), "its phase is not there")
    data["stages"] = stages
    return draft


def _touchpoint(action: dict[str, Any], carry: CarryReport) -> dict[str, Any]:
    where = f"action {action.get('id', '')}"
    point: dict[str, Any] = {"id": _id(action.get("id")), "title": str(action.get("name") or action.get("id"))}
    for one in map(str, _list(action.get("touchpoints"))):
        if channel := canonical_channel(one):
            point["channel"] = [*point.get("channel", []), channel]
        elif "place" not in point:
            point["place"] = one
        else:
            carry.lose(where, one, "a touchpoint has one place")
    for one in map(str, _list(action.get("thoughts_feelings"))):
        found = feelings_in(one, "en")
        if found.words and not found.rest:
            point["feeling"] = [*point.get("feeling", []), *found.words]
        else:
            point["thinks"] = [*point.get("thinks", []), one]
    if isinstance(rating := action.get("emotion_score"), (int, float)):
        point["satisfaction"] = rating
    for key, value in action.items():
        if key not in _KNOWN_ACTION:
            carry.lose(f"{where}, {key}", value, "no field")
    return {key: value for key, value in point.items() if value is not None}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _id(value: Any) -> str | None:
    return Ids(()).make(str(value), "part") if value is not None else None


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the journey as a document of the kind `cjm`; scores are rounded to whole numbers from -2 to 2."""
    journey = asked.journey
    if journey.scale != "-2..2":
        carry.guess("scale", "emotion_score", journey.scale, "-2..2")
    lines = ["kind: cjm", 'version: "1.0"', f"id: {inline(journey.id)}"]
    lines += [f"persona: {inline({'name': journey.persona.name})}", "phases:"]
    lines += [f"  - {inline({'id': one.id, 'name': one.name or journey.title})}" for one in journey.stages]
    lines.append("actions:")
    for place, rated in zip(journey.places, asked.rated, strict=True):
        point = place.touchpoint
        exact = 0.0 if rated.score is None else rated.score / 25 - 2
        rounded = int(Decimal(str(exact)).quantize(Decimal(1), ROUND_HALF_UP))
        note_score(place, rated, "emotion_score", str(rounded), carry)
        action: dict[str, Any] = {"id": point.id, "name": point.title, "phase": place.stage.id}
        own = [one for one in point.channel if one in journey.channels]  # read as places: behind the place itself
        known = [one for one in point.channel if one not in journey.channels]
        if touchpoints := [*known, *([point.place] if point.place else []), *own]:
            action["touchpoints"] = touchpoints
        if texts := [*point.feeling, *point.thinks]:
            action["thoughts_feelings"] = texts
        lines.append(f"  - {inline({**action, 'emotion_score': rounded})}")
    return ("\n".join(lines) + "\n").encode()
