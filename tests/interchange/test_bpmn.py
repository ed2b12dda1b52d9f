"""BPMN: every reference leads somewhere, elements stand in the order of the schema, nothing overlaps in the drawing."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from journeykit.interchange import named_format
from journeykit.interchange.exported import export
from journeykit.model import Journey
from journeykit.reading import load
from tests.conftest import EXAMPLES
from tests.interchange.random_journeys import random_journey

MAPS = sorted(EXAMPLES.glob("*.journey.yaml"))
ORDER = ("documentation", "extensionElements", "incoming", "outgoing", "timerEventDefinition")
"""The order in which the schema wants the parts of a node."""

ROUTER = Journey.model_validate({
    "title": "I get it fixed", "persona": "Sam", "scale": "1..5",
    "stages": [
        {"name": "Before", "touchpoints": [
            {"title": "I call", "does": ["dial"], "wait": "25min", "feeling": ["angry"], "satisfaction": 2,
             "frontstage": [{"team": "Desk", "does": "answers", "system": "phone"}],
             "backstage": [{"from": "Desk", "to": "Lab"}, {"does": "looks"}]},
            {"title": "I think", "decision": {"question": "Stay?", "options": [
                {"answer": "yes", "to": "fixed", "share": 0.75}, {"answer": "no", "to": "end"}]}},
        ]},
        {"name": "Later", "touchpoints": [
            {"title": "They call", "by": "company", "backstage": [{"team": "Lab", "does": "calls"}]},
            {"id": "fixed", "title": "It works"}]},
    ],
})  # fmt: skip


def tree(journey: Journey) -> Element:
    return ElementTree.fromstring(export(journey, named_format("bpmn")).data)


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def by_id(root: Element) -> dict[str, Element]:
    return {id: one for one in root.iter() if (id := one.get("id"))}


def test_tasks_waits_decisions_and_teams() -> None:
    found = by_id(tree(ROUTER))
    assert (local(found["task_i-call"]), local(found["task_they-call"])) == ("userTask", "receiveTask")
    assert found["wait_i-call"][-1][0].text == "PT1500S"
    assert found["customer"].get("name") == "Sam"
    touchpoint = next(one for one in found["task_i-call"].iter() if local(one) == "touchpoint")
    assert (touchpoint.get("feeling"), touchpoint.get("score")) == ("angry", "25.0")
    assert [found[f"lane_{number}"].get("name") for number in range(3)] == ["Desk", "Lab", "Company"]
    assert found["work_i-call_2"].get("name") == "Desk hands over to Lab"
    flows = {id: (one.get("sourceRef"), one.get("targetRef"), one.get("name")) for id, one in found.items()
             if local(one) == "sequenceFlow" and one.get("sourceRef") == "decision_i-think"}  # fmt: skip
    assert flows == {
        "option_i-think_1": ("decision_i-think", "task_fixed", "yes"),
        "option_i-think_2": ("decision_i-think", "end", "no"),
        "flow_else_i-think": ("decision_i-think", "task_they-call", None),
    }
    assert found["decision_i-think"].get("default") == "flow_else_i-think"
    messages = [(one.get("sourceRef"), one.get("targetRef")) for one in found.values() if local(one) == "messageFlow"]
    assert messages == [("task_i-call", "work_i-call_1"), ("work_they-call_1", "task_they-call")]


@pytest.mark.parametrize(
    "journey", [*map(load, map(str, MAPS)), *map(random_journey, range(6))], ids=lambda one: one.id
)
def test_every_reference_leads_somewhere_and_every_node_is_drawn(journey: Journey) -> None:
    root = tree(journey)
    ids = [id for one in root.iter() if (id := one.get("id")) and "touchpoint" not in one.tag]
    assert len(ids) == len(set(ids))
    for one in root.iter():
        named = [
            one.get(key)
            for key in ("sourceRef", "targetRef", "processRef", "default", "categoryValueRef", "bpmnElement")
        ]
        named += [one.text] if local(one) in ("incoming", "outgoing", "flowNodeRef") else []
        assert {name for name in named if name} <= set(ids)
        parts = [ORDER.index(local(part)) for part in one if local(part) in ORDER]
        assert parts == sorted(parts)
    drawn = {one.get("bpmnElement") for one in root.iter()}
    nodes = ("Event", "Task", "task", "Gateway", "Flow", "participant", "group")
    assert {one.get("id") for one in root.iter() if local(one).endswith(nodes) or local(one) == "lane"} <= drawn


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_nodes_stand_in_their_pools_and_none_overlaps(path: object) -> None:
    root = tree(load(str(path)))
    boxes = {}
    for shape in (one for one in root.iter() if local(one) == "BPMNShape"):
        x, y, width, height = (float(shape[0].get(key, "")) for key in ("x", "y", "width", "height"))
        boxes[shape.get("bpmnElement", "")] = (x, y, x + width, y + height)
    nodes = {
        id: box
        for id, box in boxes.items()
        if not id.startswith(("stage_", "lane_")) and id not in ("customer", "company")
    }
    for one, two in combinations(nodes.values(), 2):
        assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
    for id, box in nodes.items():
        pool = boxes["company" if id.startswith("work_") else "customer"]
        assert pool[0] <= box[0] < box[2] <= pool[2]
        assert pool[1] <= box[1] < box[3] <= pool[3]


def test_what_xml_has_no_place_for_is_left_out_and_named() -> None:
    journey = Journey.model_validate({"title": "T", "persona": "P\ufffe", "touchpoints": ["a", "b"]})
    done = export(journey, named_format("bpmn"))
    assert ("P\ufffe", "P") in {(one.old, one.new) for one in done.carry.guessed}
    assert by_id(ElementTree.fromstring(done.data))["customer"].get("name") == "P"
