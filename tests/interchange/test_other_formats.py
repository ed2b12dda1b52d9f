"""Markdown tables, Enablement Map, JSON Canvas and boards."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.interchange import Given, guess_format, named_format
from journeykit.interchange.exported import export
from journeykit.interchange.imported import Imported, settle
from journeykit.model import Journey
from journeykit.reading import load
from tests.conftest import EXAMPLES
from tests.interchange.random_journeys import TEXTS

MAPS = sorted(EXAMPLES.glob("*.journey.yaml"))


def imported(text: str, kind: str, name: str = "map.txt") -> list[Imported]:
    asked = Given(name, text.encode())
    form = guess_format(asked)
    assert form is not None and form.read is not None
    assert form.name == kind
    return [settle(draft, name) for draft in form.read(asked)]


def journeys(text: str, kind: str, name: str = "map.txt") -> list[Journey]:
    found = [one.document.journey for one in imported(text, kind, name)]
    assert None not in found
    return [one for one in found if one is not None]


def written(journey: Journey, name: str) -> str:
    return export(journey, named_format(name)).data.decode()


MARKDOWN = """\
# Maps of the year

## The move

| Phase | Action | **Emotion** | Pain point |
| :-- | --- | --- | ---: |
| 1. Before | I ask *three* firms<br>I compare | frustrated | no `price` list \\| no date |
| 2. After | Boxes arrive | relieved | |

Some text with a | in it.

| Name | Cost |
| --- | --- |
| a | 3 |
"""


def test_a_table_in_markdown() -> None:
    (found,) = journeys(MARKDOWN, "markdown")
    assert found.title == "The move"
    assert [stage.name for stage in found.stages] == ["Before", "After"]
    first = found.touchpoints[0]
    assert (first.title, first.does, first.feeling) == ("I ask three firms", ("I compare",), ("frustrated",))
    assert first.pains == ("no price list | no date",)


texts = st.sampled_from([one for one in TEXTS if one != "–"]) | st.text(
    st.sampled_from("ab |\\`*_<>&#[]()!-+.~1\n"), min_size=1
)


@settings(max_examples=60)
@given(st.lists(texts, min_size=2, max_size=4), texts)
def test_touchpoints_come_back_from_markdown(titles: list[str], text: str) -> None:
    points = [{"title": title, "why": text, "feeling": "angry"} for title in titles if title.strip()]
    if len(points) < 2 or not text.strip():
        return
    old = Journey.model_validate({"title": "T", "persona": "P", "touchpoints": points})
    (new,) = journeys(written(old, "markdown"), "markdown")
    assert [(one.title, one.why, one.feeling) for one in new.touchpoints] == [
        (" ".join(one.title.split(" ")), one.why, one.feeling) for one in old.touchpoints
    ]


STUDIO = """\
kind: cjm
version: "1.0"
id: router
persona: {name: Sam, age: 34}
phases: [{id: breaks, name: It breaks}, {id: mended, name: It gets mended}]
actions:
  - {id: call, name: I call the help desk, phase: breaks, touchpoints: [phone], emotion_score: -2,
     thoughts_feelings: [It is their fault, angry]}
  - {id: fixed, name: It works, phase: mended, touchpoints: [living room], thoughts_feelings: [], emotion_score: 2}
---
kind: outcome
id: nps
"""


def test_an_enablement_map() -> None:
    (one,) = imported(STUDIO, "enablement-map")
    found = one.document.journey
    assert found is not None
    assert (found.title, found.persona.name, found.scale) == ("router", "Sam", "-2..2")
    assert [(stage.id, stage.name) for stage in found.stages] == [("breaks", "It breaks"), ("mended", "It gets mended")]
    call, fixed = found.touchpoints
    assert (call.id, call.channel, call.thinks, call.feeling, call.satisfaction) == (
        "call", ("phone",), ("It is their fault",), ("angry",), -2,
    )  # fmt: skip
    assert (fixed.place, fixed.satisfaction) == ("living room", 2)
    assert {lost.where for lost in one.carry.lost} == {"persona.age", "document nps"}


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_an_enablement_map_comes_back(path: object) -> None:
    old = load(str(path))
    (new,) = journeys(written(old, "enablement-map"), "enablement-map")
    for now, before in zip(new.touchpoints, old.touchpoints, strict=True):
        assert (now.id, now.title) == (before.id, before.title)
        assert now.channel == tuple(one for one in before.channel if one not in old.channels)
        assert {*now.thinks, *now.feeling} == {*before.thinks, *before.feeling}


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_a_canvas_is_one_by_its_specification(path: object) -> None:
    journey = load(str(path))
    canvas: dict[str, list[dict[str, Any]]] = json.loads(written(journey, "json-canvas"))
    ids = [one["id"] for one in canvas["nodes"]]
    assert len(ids) == len(set(ids))
    for node in canvas["nodes"]:
        assert all(type(node[key]) is int for key in ("x", "y", "width", "height"))
        assert node["type"] in ("text", "group")
        assert "text" in node or "label" in node
        assert node.get("color", "1") in "123456"
    cards = [one for one in canvas["nodes"] if one["type"] == "text"]
    assert [one["id"] for one in cards] == [one.id for one in journey.touchpoints]
    for edge in canvas["edges"]:
        assert {edge["fromNode"], edge["toNode"]} <= set(ids)
        assert edge["fromSide"] in ("top", "right", "bottom", "left")
    for group in (one for one in canvas["nodes"] if one["type"] == "group"):
        inside = [one for one in cards if group["x"] <= one["x"] < group["x"] + group["width"]]
        assert [one["id"] for one in inside] == next(
            [p.id for p in s.touchpoints] for s in journey.stages if f"stage:{s.id}" == group["id"]
        )
        assert all(
            group["y"] <= one["y"] and one["y"] + one["height"] <= group["y"] + group["height"] for one in inside
        )


@pytest.mark.parametrize(
    ("pain", "shown"),
    [
        ("- dash", r"\- dash"),
        ("12. no form", r"12\. no form"),
        ("&amp; so on", r"\&amp; so on"),
        ("a-b & 1.5", "a-b & 1.5"),
    ],
)
def test_a_pain_on_a_card_begins_no_list_and_is_no_entity(pain: str, shown: str) -> None:
    step = {"title": "I call", "pains": [pain]}
    journey = Journey.model_validate({"title": "T", "persona": "Sam", "touchpoints": [step, {"title": "I wait"}]})
    call, _ = json.loads(written(journey, "json-canvas"))["nodes"]
    assert call["text"].endswith(f"- {shown}")


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_what_goes_to_miro_comes_back_from_its_board(path: object) -> None:
    old = load(str(path))
    bodies = json.loads(written(old, "miro"))
    assert all(0 < len(body) <= 20 for body in bodies)
    board = {"data": [{**item, "id": str(number)} for number, item in enumerate(chain.from_iterable(bodies))]}
    (new,) = journeys(json.dumps(board), "board")
    assert [one.title for one in new.touchpoints] == [" ".join(one.title.split()) for one in old.touchpoints]
    if not old.is_flat:
        assert [one.name for one in new.stages] == [one.name for one in old.stages]
    for now, before in zip(new.touchpoints, old.touchpoints, strict=True):
        assert {*before.thinks, *before.feeling} <= {*now.thinks, *now.feeling}
    assert [one.pains for one in new.touchpoints] == [one.pains for one in old.touchpoints]


def figjam(kind: str) -> str:
    rows = [["", "Before", "After"], ["Actions", "I call", "It works"], ["Emotions", "angry", "😀"]]
    nodes: list[dict[str, Any]] = [
        {"type": "TABLE_CELL" if kind == "TABLE" else "STICKY", "characters": text,
         "absoluteBoundingBox": {"x": 300 * x + y % 2 * 9, "y": 260 * y, "width": 240, "height": 240}}
        for y, row in enumerate(rows) for x, text in enumerate(row)
    ]  # fmt: skip
    if kind == "TABLE":
        for node in nodes:
            node["absoluteBoundingBox"]["x"] -= node["absoluteBoundingBox"]["x"] % 300
        nodes = [{"type": "TABLE", "name": "Map", "children": nodes}]
    return json.dumps(
        {"name": "Board", "document": {"type": "DOCUMENT", "children": [{"type": "CANVAS", "children": nodes}]}}
    )


@pytest.mark.parametrize("kind", ["TABLE", "STICKY"])
def test_a_board_of_figjam(kind: str) -> None:
    (found,) = journeys(figjam(kind), "board")
    assert [stage.name for stage in found.stages] == ["Before", "After"]
    rows = [(one.title, one.feeling, one.satisfaction) for one in found.touchpoints]
    assert rows == [("I call", ("angry",), None), ("It works", (), 2)]
