"""Whatever an exported file says otherwise than the map is named: in the report of the export, value by value."""

from __future__ import annotations

import os
from typing import Any

import pytest

from journeykit.interchange import EVERYTHING, Given, format_names, named_format
from journeykit.interchange.exported import export
from journeykit.interchange.given import shown_path
from journeykit.interchange.imported import settle
from journeykit.interchange.normal import field_values
from journeykit.model import Journey
from tests.interchange.random_journeys import random_journey

COUNT = int(os.environ.get("JOURNEYKIT_ROUND_TRIPS", "6"))
FORMATS = [named_format(name) for name in format_names()]
BOTH_WAYS = [form for form in FORMATS if form.read and form.write and EVERYTHING not in form.carries]
SCORES = {"satisfaction": {"score", "emotion_score"}, "scale": {"score", "emotion_score"}}


def there_and_back(journey: Journey, name: str) -> tuple[Journey, set[tuple[str, str]]]:
    """The journey that comes back, and what the export reports as changed: where, and which field.

    A value that comes back in another field, as `place: kiosk`, changes both fields.
    """
    form = named_format(name)
    done = export(journey, form)
    assert form.read
    (draft,) = form.read(Given(f"a{form.suffix}", done.data))
    back = settle(draft, f"a{form.suffix}").document.journey
    assert back is not None
    named = {(one.where, one.field.partition(".")[2]) for one in done.carry.lost}
    named |= {(one.where, one.field) for one in done.carry.guessed}
    return back, named | {(one.where, one.new.partition(": ")[0]) for one in done.carry.guessed if ": " in one.new}


def is_named(named: set[tuple[str, str]], place: Any, key: str) -> bool:
    """Whether a change of a field of a touchpoint is in the report, by its path or by its id."""
    path, about = shown_path(place.path), f"touchpoint {place.touchpoint.id}"
    keys = {key} | SCORES.get(key, set())
    return any(
        (where == about and field in keys) or (where.startswith(f"{path}.") and field == key) for where, field in named
    )


@pytest.mark.parametrize("name", [form.name for form in BOTH_WAYS])
@pytest.mark.parametrize("seed", range(COUNT))
def test_every_field_of_a_touchpoint_that_comes_back_otherwise_is_named(seed: int, name: str) -> None:
    journey = random_journey(seed)
    back, named = there_and_back(journey, name)
    assert len(back.touchpoints) == len(journey.touchpoints)
    carries = {field.partition(".")[2] for field in named_format(name).carries if field.startswith("Touchpoint.")}
    for place, new in zip(journey.places, back.touchpoints, strict=True):
        for key in carries - {"lanes"}:
            if getattr(new, key) != getattr(place.touchpoint, key):
                assert is_named(named, place, key), (key, getattr(place.touchpoint, key), getattr(new, key), named)
        if "name" in {field.partition(".")[2] for field in named_format(name).carries if field.startswith("Stage.")}:
            stage = next(one.stage for one in back.places if one.touchpoint is new)
            about = f"the stage of {place.stage.touchpoints[0].id}"
            path = shown_path((*place.path[:2], "name"))
            assert stage.name == place.stage.name or {(about, "name"), (path, "name")} & named


@pytest.mark.parametrize("name", [form.name for form in BOTH_WAYS])
@pytest.mark.parametrize("seed", range(COUNT))
def test_every_value_is_carried_or_named(seed: int, name: str) -> None:
    journey = random_journey(seed)
    done = export(journey, named_format(name))
    where = [one.where for one in done.carry.lost]
    assert len(where) == len(set(where))
    assert done.carry.carried + len(where) == len(field_values(journey))


WORDS = {"title": "I wait", "thinks": ["angry", "why me", "phone"], "place": "phone"}


def changed(name: str, *points: dict[str, Any], **more: Any) -> set[tuple[str, str, str]]:
    journey = Journey.model_validate(
        {"title": "T", "persona": "P", "scale": "-2..2", "touchpoints": [*points, {"title": "I go"}], **more}
    )
    return {(one.where, one.old, one.new) for one in export(journey, named_format(name)).carry.guessed}


def test_words_that_come_back_as_another_field_are_named() -> None:
    found = changed("enablement-map", WORDS)
    assert ("touchpoints[0].thinks[0]", "angry", "feeling: angry") in found
    assert ("touchpoints[0].place", "phone", "channel: phone") in found
    own = {"title": "I wait", "channel": ["phone", "kiosk"]}
    found = changed("enablement-map", own, channels={"kiosk": {"name": "Kiosk"}})
    assert ("touchpoints[0].channel[1]", "kiosk", "place: kiosk") in found
    assert ("touchpoint i-wait", "–", "–") not in changed("mermaid", WORDS)
    found = changed("csv", {"title": "I wait", "feeling": "zappy"}, feelings={"zappy": -1.5})
    assert ("touchpoints[0].feeling[0]", "zappy", "thinks: zappy") in found


@pytest.mark.parametrize("name", ["mermaid", "json-canvas"])
def test_line_breaks_that_become_spaces_are_named(name: str) -> None:
    assert ("touchpoints[0].title", "I wait\nand wait", "I wait and wait") in changed(
        name, {"title": "I wait\nand wait"}
    )


def test_numbers_in_text_cells_are_numbers(cli: Any) -> None:
    cli.write("t.csv", "Touchpoint,Expected,Churn risk\nI call,-1,0.25\nI wait,calm,high\n")
    assert cli("import", "t.csv", "-o", "m.journey.yaml", "--strict").status == 0
    text = (cli.folder / "m.journey.yaml").read_text(encoding="utf-8")
    assert all(
        line in text for line in ("expected: -1\n", "churn_risk: 0.25\n", "expected: calm\n", "churn_risk: high\n")
    )
