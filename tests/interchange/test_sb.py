"""Service blueprints in their JSON: the happy path by the roles of its lanes, in one of its languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from journeykit.errors import UsageError
from journeykit.interchange import Given, guess_format
from journeykit.interchange.formats.sb import read
from journeykit.interchange.imported import Imported, settle


def lane(key: str, role: str | None, row: int, **more: Any) -> dict[str, Any]:
    return {"key": key, "display_name": {"en": key.capitalize()}, "role": role, "row": row, **more}


def cell(lane: str, step: str, text: str, **more: Any) -> dict[str, Any]:
    return {"lane": lane, "step": step, "content": {"en": text, "hu": f"{text} (hu)"}, **more}


LIGHTS: dict[str, Any] = {
    "schema_version": "2026.08.31", "locales": ["en", "hu"],
    "service": {
        "key": "lights", "name": {"en": "A street light is mended"},
        "phases": [
            {"key": "use", "order": 1, "name": {"en": "Use"}, "loops_to": "report", "scenarios": []},
            {"key": "report", "order": 0, "name": {"en": "Report"}, "summary": {"en": "Till known"}, "scenarios": [{
                "key": "out", "order": 0, "name": {"en": "A light is out"}, "view_type": "single",
                "steps": [{"key": "tell", "name": {"en": "Report it"}}, {"key": "fix", "name": {"en": "It is mended"}}],
                "paths": [
                    {"key": "bad", "path_type": "unhappy", "name": {"en": "Nobody comes"}, "lanes": [], "cells": []},
                    {"key": "good", "path_type": "happy", "name": {"en": "As designed"}, "path_steps": ["tell", "fix"],
                     "lanes": [lane("crew", "backstage_actions", 3), lane("citizen", "customer_actions", 0),
                               lane("desk", "frontstage_actions", 1), lane("tools", "frontstage_tech", 2),
                               lane("stock", "support_systems", 4, kpis=["mttr"]), lane("law", None, 5)],
                     "cells": [
                         cell("citizen", "tell", "I call\nI wait", evidence=["interview 3"], needs_review=True),
                         cell("tools", "tell", "Phone\nWork Order App"), cell("desk", "tell", "takes notes"),
                         cell("crew", "fix", "changes the lamp", owner="Contractor"), cell("stock", "fix", "Asset DB"),
                         cell("law", "fix", "audit", resources=[{"name": {"en": "SOP"}, "url": "https://example.com/s"}]),
                     ],
                     "triggers": [{"source": {}, "target": {}}]},
                ],
            }]},
        ],
    },
}  # fmt: skip


def imported(lang: str | None = None, **service: Any) -> Imported:
    document = {**LIGHTS, "service": {**LIGHTS["service"], **service}}
    given = Given("lights.json", json.dumps(document).encode(), lang=lang)
    form = guess_format(given)
    assert form is not None
    assert form.name == "sb"
    (draft,) = read(given)
    return settle(draft, "lights.json")


def test_the_happy_path_is_the_journey_and_lanes_go_by_their_roles() -> None:
    found = imported().document.journey
    assert found is not None
    assert (found.title, found.persona.name, found.lang) == ("A street light is mended", "Citizen", "en")
    assert [(one.name, one.note, len(one.touchpoints)) for one in found.stages] == [
        ("Report", "Till known", 2), ("Use", None, 0),
    ]  # fmt: skip
    tell, fix = found.touchpoints
    assert (tell.title, tell.does, tell.channel, tell.evidence) == (
        "Report it", ("I call", "I wait"), ("phone",), ("interview-3",),
    )  # fmt: skip
    assert [(one.team, one.does, one.system) for one in tell.frontstage] == [
        ("Desk", "takes notes", None), (None, None, "Work Order App"),
    ]  # fmt: skip
    assert (fix.by, fix.lanes, fix.links[0].url) == ("company", {"law": ("audit",)}, "https://example.com/s")
    assert [(one.team, one.does, one.system) for one in fix.backstage] == [
        ("Contractor", "changes the lamp", None), (None, None, "Asset DB"),
    ]  # fmt: skip


def test_what_is_not_carried_is_named() -> None:
    lost = {one.where: one.value for one in imported(entity_examples={"phase": {"en": "x"}}).carry.lost}
    assert lost == {
        "service, entity_examples": "phase: en: x", "locales": "hu", "scenario out, name": "A light is out",
        "scenario out, path bad": "Nobody comes", "scenario out, path good, name": "en: As designed",
        "scenario out, path good, triggers": "1 of them", "lane stock, kpis": "mttr",
        "step tell, lane citizen, needs_review": "yes", "phase use, loops_to": "report",
    }  # fmt: skip


def test_another_language_is_read_where_there_is_one_and_else_named() -> None:
    done = imported("hu")
    assert done.document.journey is not None
    assert done.document.journey.touchpoints[0].does[0] == "I call"  # of two lines, the first
    assert ("step tell", "no text in hu", "Report it") in {(one.where, one.old, one.new) for one in done.carry.guessed}
    with pytest.raises(UsageError, match='no texts in "de"'):
        imported("de")
