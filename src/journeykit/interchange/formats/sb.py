"""Service blueprints of agentic-service-blueprinting, in the JSON in which it keeps them (`sb`).

The happy path of each scenario becomes touchpoints, a step each; lanes of other roles become lanes of the journey.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, dicts_in
from journeykit.interchange.sheets.texts import channels_in, one_line
from journeykit.model.slug import slug
from journeykit.output.paint import shown_name

SUFFIX = ".json"
HAPPY = "happy"
FRONT_TOOLS = ("frontstage_tech", "frontstage_touchpoints")
BACK_TOOLS = ("backstage_tech", "backstage_touchpoints", "support_systems")
PICTURES = ("visual", "step_visual")
_KNOWN: dict[str, frozenset[str]] = {
    "service": frozenset({"key", "name", "summary", "phases"}),
    "phase": frozenset({"key", "name", "summary", "order", "scenarios"}),
    "scenario": frozenset({"key", "name", "order", "steps", "paths", "view_type", "layout"}),
    "path": frozenset({"key", "path_type", "kind", "lanes", "path_steps", "cells"}),
    "lane": frozenset({"key", "display_name", "role", "row"}),
    "cell": frozenset({
        "lane", "step", "content", "summary", "owner", "evidence", "provenance", "resources", "touchpoints",
    }),
}  # fmt: skip
"""The keys that are read, or say nothing of the service itself; the others are reported."""


def recognises(given: Given) -> bool:
    """Return whether a file is the JSON of a blueprint."""
    return (given.text or "").lstrip()[:1] == "{" and _service(given.json) is not None


def read(given: Given) -> list[Draft]:
    """Return the journey of a blueprint, in the language that was asked for, else the first of the file.

    Raises UsageError for a language that the file lacks.
    """
    document = given.json
    service = _service(document)
    assert service is not None
    locales = _texts(document.get("locales")) or ["en"]
    if given.lang is not None and given.lang not in locales:
        raise UsageError(f'{shown_name(given.name)}: it has no texts in "{given.lang}"', f"it has {', '.join(locales)}")
    return [_Reader(given, given.lang or locales[0], locales).draft(service)]


def _service(document: Any) -> dict[str, Any] | None:
    """Return the service of a document; earlier versions call it a lifecycle."""
    if not isinstance(document, dict) or "schema_version" not in document:
        return None
    found = document.get("service") or document.get("lifecycle")
    return found if isinstance(found, dict) and isinstance(found.get("phases"), list) else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _in_order(value: Any) -> list[dict[str, Any]]:
    """Return parts by their `order`, where they have one."""
    found = dicts_in(value)

    def order(part: dict[str, Any]) -> float:
        number = part.get("order", part.get("row"))
        return number if isinstance(number, (int, float)) else 0

    return sorted(found, key=order)


class _Reader:
    """Reads one blueprint."""

    def __init__(self, given: Given, lang: str, locales: list[str]) -> None:
        self.given, self.lang, self.locales = given, lang, locales
        self.carry = CarryReport()
        self.lanes: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, dict[str, Any]] = {}
        self.persona = ""

    def draft(self, service: dict[str, Any]) -> Draft:
        """Return the journey."""
        data: dict[str, Any] = {
            "title": self._text(service.get("name"), "name") or str(service.get("key", "")),
            "lang": self.lang,
        }
        if note := self._text(service.get("summary"), "summary"):
            data["note"] = note
        self._lose_unknown(service, "service", "service")
        draft = Draft(data, self.carry, self.given.stem)
        if others := [one for one in self.locales if one != self.lang]:
            self.carry.lose("locales", others, f"the texts in {self.lang} were read; --lang reads others")
        stages: list[dict[str, Any]] = []
        data["stages"] = stages
        for phase in _in_order(service.get("phases")):
            where = f"phase {phase.get('key', '')}"
            self._lose_unknown(phase, "phase", where)
            name = self._text(phase.get("name"), where) or str(phase.get("key", ""))
            note = self._text(phase.get("summary"), where)
            stage: dict[str, Any] = {"name": name, **({"note": note} if note else {}), "touchpoints": []}
            for place, point in self._touchpoints(phase):
                draft.places["stages", len(stages), "touchpoints", len(stage["touchpoints"])] = place
                stage["touchpoints"].append(point)
            stages.append(stage)
        data["persona"] = {"name": self.given.persona or self.persona or "Customer"}
        if self.lanes:
            data["lanes"] = {key: {"name": lane["name"]} for key, lane in self.lanes.items()}
        if self.sources:
            data["sources"] = list(self.sources.values())
        return draft

    def _text(self, value: Any, where: str) -> str:
        """Return a text in the language that is read; where it lacks that, in another one, which is reported."""
        if isinstance(value, str):
            return value.strip()
        if not isinstance(value, dict):
            return ""
        text = value.get(self.lang)
        if isinstance(text, str) and text.strip():
            return text.strip()
        other = next((one for one in value.values() if isinstance(one, str) and one.strip()), "")
        if other:
            self.carry.guess(where, "text", f"no text in {self.lang}", other)
        return other.strip()

    def _lose_unknown(self, part: dict[str, Any], kind: str, where: str) -> None:
        for key, value in part.items():
            if key not in _KNOWN[kind] and value not in (None, [], {}, ""):
                shown = f"{len(value)} of them" if isinstance(value, list) and dicts_in(value) else value
                self.carry.lose(f"{where}, {key}", shown, "no field")

    def _touchpoints(self, phase: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for scenario in _in_order(phase.get("scenarios")):
            where = f"scenario {scenario.get('key', '')}"
            self._lose_unknown(scenario, "scenario", where)
            if name := self._text(scenario.get("name"), where):
                self.carry.lose(f"{where}, name", name, "the steps of its path stand in the stage of the phase")
            paths = dicts_in(scenario.get("paths"))
            happy = next((one for one in paths if HAPPY in (one.get("path_type"), one.get("kind"))), None)
            path = happy or next(iter(paths), None)
            for other in paths:
                if other is not path:
                    self.carry.lose(f"{where}, path {other.get('key', '')}", self._text(other.get("name"), where),
                                    "of each scenario the happy path is read")  # fmt: skip
            if path is not None:
                self._lose_unknown(path, "path", f"{where}, path {path.get('key', '')}")
                yield from self._of_path(path, scenario)

    def _of_path(self, path: dict[str, Any], scenario: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        names = {str(one.get("key", "")): one for one in dicts_in(scenario.get("steps"))}
        lanes = {str(lane.get("key", "")): lane for lane in _in_order(path.get("lanes"))}
        for lane in lanes.values():
            self._lose_unknown(lane, "lane", f"lane {lane.get('key', '')}")
        cells = dicts_in(path.get("cells"))
        for key in _texts(path.get("path_steps")) or list(names):
            where = f"step {key}"
            title = self._text(names.get(key, {}).get("name"), where) or key
            point: dict[str, Any] = {"title": one_line(title)}
            here = [cell for cell in cells if cell.get("step") == key]
            for lane_key, lane in lanes.items():
                for cell in here:
                    if cell.get("lane") == lane_key:
                        self._cell(point, cell, lane, f"{where}, lane {lane_key}")
            if "does" not in point:
                point["by"] = "company"
                self.carry.guess(where, "by", "no action of the customer", "company")
            yield where, point

    def _cell(self, point: dict[str, Any], cell: dict[str, Any], lane: dict[str, Any], where: str) -> None:
        """Put a cell into a touchpoint, by the role of its lane."""
        role = str(lane.get("role") or "")
        name = self._text(lane.get("display_name"), where) or str(lane.get("key", ""))
        lines = [one.strip() for one in self._text(cell.get("content"), where).split("\n") if one.strip()]
        if summary := self._text(cell.get("summary"), where):
            lines.append(summary)
        self._lose_unknown(cell, "cell", where)
        self._proof(point, cell, where)
        owner = str(cell.get("owner") or "")
        if not lines and role not in PICTURES:
            return
        if role == "customer_actions":
            self.persona = self.persona or name
            point.setdefault("does", []).extend(lines)
            if owner:
                self.carry.lose(f"{where}, owner", owner, "what the customer does has no owner")
        elif role == "frontstage_actions":
            steps = [{"team": name, "does": line, **({"owner": owner} if owner else {})} for line in lines]
            point.setdefault("frontstage", []).extend(steps)
        elif role in FRONT_TOOLS:
            self._front_tools(point, lines)
        elif role == "backstage_actions":
            point.setdefault("backstage", []).extend({"team": owner or name, "does": line} for line in lines)
        elif role in BACK_TOOLS:
            steps = [{"system": line, **({"owner": owner} if owner else {})} for line in lines]
            point.setdefault("backstage", []).extend(steps)
        elif role in PICTURES:
            for line in lines:
                self.carry.lose(where, line, "a picture has no text of its own")
        else:
            key = slug(str(lane.get("key", ""))) or f"lane-{len(self.lanes) + 1}"
            self.lanes.setdefault(key, {"name": name})
            point.setdefault("lanes", {}).setdefault(key, []).extend(lines)
            if owner:
                self.carry.lose(f"{where}, owner", owner, "the texts of a lane have no owner")

    def _front_tools(self, point: dict[str, Any], lines: list[str]) -> None:
        """Put what the customer uses into the channel where it names one, else into the frontstage."""
        for line in lines:
            known, other = channels_in(line)
            if known and not other:
                point["channel"] = list(dict.fromkeys([*point.get("channel", []), *known]))
            else:
                point.setdefault("frontstage", []).append({"system": line})

    def _proof(self, point: dict[str, Any], cell: dict[str, Any], where: str) -> None:
        """Put what a cell rests on into the sources, and what it points at into the links."""
        provenance = cell.get("provenance")
        texts = _texts(cell.get("evidence"))
        if isinstance(provenance, dict) and provenance.get("source"):
            texts.append(", ".join(str(provenance[key]) for key in ("source", "section") if provenance.get(key)))
        for text in texts:
            id = slug(text)[:60].strip("-") or f"source-{len(self.sources) + 1}"
            self.sources.setdefault(id, {"id": id, "who": text})
            point["evidence"] = list(dict.fromkeys([*point.get("evidence", []), id]))
        used = [one for one in dicts_in(cell.get("touchpoints")) if one.get("summary") or one.get("resources")]
        for one in [cell, *used]:
            for resource in dicts_in(one.get("resources")):
                if isinstance(url := resource.get("url"), str):
                    link = {"url": url, "title": self._text(resource.get("name"), where)}
                    point.setdefault("links", []).append({key: value for key, value in link.items() if value})
            if one is not cell and (text := self._text(one.get("summary"), where)):
                self.carry.lose(f"{where}, touchpoint {self._text(one.get('name'), where)}", text, "no field")
