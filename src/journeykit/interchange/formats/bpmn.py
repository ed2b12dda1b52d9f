"""BPMN 2.0: the customer's way as a process with tasks, waits and decisions, and the company's steps in lanes by team.

Stages are groups, the score and the feeling of a touchpoint stand in an extension element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from journeykit.interchange.bpmn_layout import Box, Point, around, layout_of
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import ToWrite
from journeykit.interchange.noting import lose_empty_stages, note_score
from journeykit.interchange.xml_text import xml_text
from journeykit.model import Journey
from journeykit.model.touchpoint import FrontstageStep, Step, Touchpoint

SUFFIX = ".bpmn"
CARRIES = frozenset({
    "Journey.title", "Journey.note", "Persona.name", "Stage.name", "Touchpoint.id", "Touchpoint.title", "Touchpoint.by",
    "Touchpoint.wait", "Touchpoint.lasts", "Touchpoint.does", "Touchpoint.channel", "Touchpoint.feeling",
    "Touchpoint.satisfaction", "Decision.question", "Option.answer", "Option.to", "Option.share",
    "FrontstageStep.team", "FrontstageStep.does", "FrontstageStep.system", "Step.team", "Step.does", "Step.system",
    "Step.from", "Step.to",
})  # fmt: skip
SPACES: Mapping[str, str] = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:jk": "urn:journeykit:1",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
COMPANY = "Company"
"""Who does a step that names no team."""


class _Flow(NamedTuple):
    """A sequence flow between two nodes; `jumps` if it does not lead to the next node."""

    id: str
    source: str
    target: str
    name: str = ""
    share: float | None = None
    jumps: bool = False


class _Work(NamedTuple):
    """A step of the company: its node, its lane, its name, and its touchpoint."""

    id: str
    lane: str
    name: str
    about: str
    point: Touchpoint


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the journey as a collaboration of the persona and the company, with its drawing."""
    return _Writer(asked, carry).written()


class _Writer:
    """Writes one diagram."""

    def __init__(self, asked: ToWrite, carry: CarryReport) -> None:
        self.asked, self.carry, self.journey = asked, carry, asked.journey
        self.works = list(_works(self.journey))
        self.flows = list(_flows(self.journey))
        self.layout = layout_of(self.journey, [(one.id, one.lane, one.point.id) for one in self.works])
        self.root = Element("bpmn:definitions", {
            **SPACES, "id": "definitions", "name": self._text(self.journey.title), "exporter": "journeykit",
            "targetNamespace": SPACES["xmlns:jk"],
        })  # fmt: skip

    def written(self) -> bytes:
        """Return the file."""
        lose_empty_stages(self.journey, self.carry)
        self._note_scores()
        self._collaboration()
        self._customer()
        if self.works:
            self._company()
        self._categories()
        self._drawing()
        ElementTree.indent(self.root)
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(self.root, "unicode").encode() + b"\n"

    def _text(self, text: str) -> str:
        """Return a text without what XML has no place for, such as control characters."""
        written = xml_text(text)
        if written != text:
            self.carry.guess("the file", "text", text, written)
        return written

    def _note_scores(self) -> None:
        for place, rated in zip(self.journey.places, self.asked.rated, strict=True):
            if rated.score is not None:
                note_score(place, rated, "score", f"{rated.score:.1f} of 100", self.carry)

    def _collaboration(self) -> None:
        both = SubElement(self.root, "bpmn:collaboration", {"id": "collaboration"})
        if self.journey.note:
            SubElement(both, "bpmn:documentation").text = self._text(self.journey.note)
        customer = {"id": "customer", "name": self._text(self.journey.persona.name), "processRef": "journey"}
        SubElement(both, "bpmn:participant", customer)
        if self.works:
            SubElement(both, "bpmn:participant", {"id": "company", "name": COMPANY, "processRef": "work"})
        for id, source, target in self._messages():
            SubElement(both, "bpmn:messageFlow", {"id": id, "sourceRef": source, "targetRef": target})
        for stage in self.journey.stages:
            if stage.name and stage.touchpoints:
                SubElement(both, "bpmn:group", {"id": f"stage_{stage.id}", "categoryValueRef": f"value_{stage.id}"})

    def _messages(self) -> Iterator[tuple[str, str, str]]:
        """Yield a message from the customer to the first step of the company, or back if the company begins."""
        seen = set()
        for work in self.works:
            if work.point.id not in seen:
                seen.add(work.point.id)
                ends = (f"task_{work.point.id}", work.id)
                yield (f"message_{work.point.id}", *(ends if work.point.by == "customer" else reversed(ends)))

    def _customer(self) -> None:
        process = SubElement(self.root, "bpmn:process", {"id": "journey", "isExecutable": "false"})
        self._node(process, "bpmn:startEvent", "start", "")
        for place, score in zip(self.journey.places, self.asked.rated, strict=True):
            point = place.touchpoint
            if point.wait:
                event = self._node(
                    process, "bpmn:intermediateCatchEvent", f"wait_{point.id}", f"waits {point.wait.text}"
                )
                timer = SubElement(event, "bpmn:timerEventDefinition", {"id": f"timer_{point.id}"})
                duration = SubElement(timer, "bpmn:timeDuration", {"xsi:type": "bpmn:tFormalExpression"})
                duration.text = f"PT{point.wait.seconds:.0f}S"
            kind = "bpmn:userTask" if point.by == "customer" else "bpmn:receiveTask"
            self._node(
                process, kind, f"task_{point.id}", point.title, "\n".join(point.does), _about(point, score.score)
            )
            if point.decision:
                default = next((one.id for one in self.flows if one.id == f"flow_else_{point.id}"), "")
                gateway = self._node(process, "bpmn:exclusiveGateway", f"decision_{point.id}", point.decision.question)
                if default:
                    gateway.set("default", default)
        self._node(process, "bpmn:endEvent", "end", "")
        for flow in self.flows:
            self._flow(process, flow)

    def _flow(self, process: Element, flow: _Flow) -> None:
        name = {"name": self._text(flow.name)} if flow.name else {}
        ends = {"sourceRef": flow.source, "targetRef": flow.target}
        found = SubElement(process, "bpmn:sequenceFlow", {"id": flow.id, **name, **ends})
        if flow.share is not None:
            SubElement(found, "bpmn:documentation").text = f"share: {flow.share:g}"
        if flow.name:
            condition = SubElement(found, "bpmn:conditionExpression", {"xsi:type": "bpmn:tFormalExpression"})
            condition.text = self._text(flow.name)

    def _node(
        self, process: Element, tag: str, id: str, name: str, about: str = "", values: Mapping[str, str] | None = None
    ) -> Element:
        """Add a node with what leads to it and away from it."""
        node = SubElement(process, tag, {"id": id, **({"name": self._text(name)} if name else {})})
        if about:
            SubElement(node, "bpmn:documentation").text = self._text(about)
        if values:
            extension = SubElement(node, "bpmn:extensionElements")
            SubElement(extension, "jk:touchpoint", {key: self._text(value) for key, value in values.items()})
        for flow in self.flows if process.get("id") == "journey" else self._company_flows():
            if flow.target == id:
                SubElement(node, "bpmn:incoming").text = flow.id
        for flow in self.flows if process.get("id") == "journey" else self._company_flows():
            if flow.source == id:
                SubElement(node, "bpmn:outgoing").text = flow.id
        return node

    def _company_flows(self) -> list[_Flow]:
        """Return the flows between the steps of one touchpoint."""
        pairs = zip(self.works, self.works[1:], strict=False)
        return [_Flow(f"then_{one.id}", one.id, two.id) for one, two in pairs if one.point is two.point]

    def _company(self) -> None:
        process = SubElement(self.root, "bpmn:process", {"id": "work", "isExecutable": "false"})
        lanes = SubElement(process, "bpmn:laneSet", {"id": "teams"})
        for number, name in enumerate(self.layout.lanes):
            lane = SubElement(lanes, "bpmn:lane", {"id": f"lane_{number}", "name": self._text(name)})
            for work in self.works:
                if work.lane == name:
                    SubElement(lane, "bpmn:flowNodeRef").text = work.id
        for work in self.works:
            self._node(process, "bpmn:task", work.id, work.name, work.about)
        for flow in self._company_flows():
            self._flow(process, flow)

    def _categories(self) -> None:
        for stage in self.journey.stages:
            if stage.name and stage.touchpoints:
                category = SubElement(self.root, "bpmn:category", {"id": f"category_{stage.id}"})
                value = {"id": f"value_{stage.id}", "value": self._text(stage.name)}
                SubElement(category, "bpmn:categoryValue", value)

    def _drawing(self) -> None:
        diagram = SubElement(self.root, "bpmndi:BPMNDiagram", {"id": "diagram"})
        plane = SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
        layout = self.layout
        _shape(plane, "customer", layout.customer, isHorizontal="true")
        if self.works:
            _shape(plane, "company", layout.company, isHorizontal="true")
            for number, name in enumerate(layout.lanes):
                _shape(plane, f"lane_{number}", layout.lanes[name], isHorizontal="true")
        for id, box in layout.nodes.items():
            more = {"isMarkerVisible": "true"} if id.startswith("decision_") else {}
            _shape(plane, id, box, **more)
        for stage in self.journey.stages:
            if stage.name and stage.touchpoints:
                boxes = [layout.nodes[f"task_{point.id}"] for point in stage.touchpoints]
                _shape(plane, f"stage_{stage.id}", around(boxes, layout.customer))
        levels = 0
        for flow in (*self.flows, *(self._company_flows() if self.works else ())):
            levels += flow.jumps
            _edge(plane, flow.id, layout.way(flow.source, flow.target, levels if flow.jumps else 0))
        for id, source, target in self._messages():
            _edge(plane, id, layout.straight_down(source, target))


def _works(journey: Journey) -> Iterator[_Work]:
    """Yield what the company does, touchpoint by touchpoint: in sight of the customer first."""
    for point in journey.touchpoints:
        steps: tuple[FrontstageStep | Step, ...] = (*point.frontstage, *point.backstage)
        for number, step in enumerate(steps, 1):
            handoff = (step.from_, step.to) if isinstance(step, Step) else (None, None)
            team = step.team or handoff[1] or handoff[0] or COMPANY
            hands = f"{handoff[0]} hands over to {handoff[1]}" if all(handoff) else ""
            name = step.does or hands or step.system or team
            about = [hands if step.does else "", f"system: {step.system}" if step.system else ""]
            yield _Work(f"work_{point.id}_{number}", team, name, "\n".join(filter(None, about)), point)


def _flows(journey: Journey) -> Iterator[_Flow]:
    """Yield the way of the customer: from node to node, and from decisions to where their answers lead."""
    first = [f"{'wait' if point.wait else 'task'}_{point.id}" for point in journey.touchpoints]
    entries = dict(zip((point.id for point in journey.touchpoints), first, strict=True))
    yield _Flow("flow_start", "start", first[0])
    for point, following in zip(journey.touchpoints, [*first[1:], "end"], strict=True):
        if point.wait:
            yield _Flow(f"flow_wait_{point.id}", f"wait_{point.id}", f"task_{point.id}")
        if point.decision is None:
            yield _Flow(f"flow_{point.id}", f"task_{point.id}", following)
            continue
        gateway = f"decision_{point.id}"
        yield _Flow(f"flow_{point.id}", f"task_{point.id}", gateway)
        targets = []
        for number, option in enumerate(point.decision.options, 1):
            target = entries.get(option.to, "end")
            targets.append(target)
            jumps = target != following
            yield _Flow(f"option_{point.id}_{number}", gateway, target, option.answer, option.share, jumps)
        if following not in targets:
            yield _Flow(f"flow_else_{point.id}", gateway, following)


def _about(point: Touchpoint, score: float | None) -> dict[str, str]:
    """Return what an extension element says of a touchpoint."""
    values = {
        "id": point.id, "by": point.by if point.by != "customer" else "", "channel": "; ".join(point.channel),
        "feeling": "; ".join(point.feeling), "score": "" if score is None else f"{score:.1f}",
        "lasts": point.lasts.text if point.lasts else "",
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def _shape(plane: Element, id: str, box: Box, **more: str) -> None:
    shape = SubElement(plane, "bpmndi:BPMNShape", {"id": f"shape_{id}", "bpmnElement": id, **more})
    SubElement(shape, "dc:Bounds", {key: f"{value:g}" for key, value in box._asdict().items()})


def _edge(plane: Element, id: str, points: list[Point]) -> None:
    edge = SubElement(plane, "bpmndi:BPMNEdge", {"id": f"edge_{id}", "bpmnElement": id})
    for point in points:
        SubElement(edge, "di:waypoint", {"x": f"{point.x:g}", "y": f"{point.y:g}"})
