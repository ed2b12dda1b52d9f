"""Markdown with milestones and steps: the journey format 0.1 of the customer-journey-map skill.

A milestone is a stage, a step a touchpoint; bullets are its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given
from journeykit.interchange.sheets.feelings import FoundScale
from journeykit.interchange.sheets.foreign_cells import LEVELS, ForeignCells
from journeykit.interchange.sheets.texts import listed, short_title
from journeykit.interchange.step_bullets import Bullet, bullets_of, text_of_bullet
from journeykit.output.paint import shown_name
from journeykit.reading.yaml_text import parse_yaml

SUFFIX = ".md"
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(##|###)[ \t]+(Milestone|Step):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TARGET = re.compile(r"(?:→|->)\s*\[?([a-z0-9][a-z0-9-]*)\]?")
SIMPLE: Mapping[str, str] = {
    "emotion": "feeling", "emotionValence": "satisfaction", "thinking": "thinks", "anxiety": "thinks",
    "channel": "channel", "place": "place", "duration": "lasts", "waitTime": "wait", "coActors": "actors",
    "doing": "action", "frontstageAction": "frontstage", "frontstage": "frontstage", "backstageAction": "backstage",
    "supportProcess": "backstage", "supportProcesses": "backstage", "systems": "system",
    "backstageStaff": "team", "responsibleTeam": "team", "owner": "owner", "painPoint": "pains",
    "failureMode": "why", "momentOfTruth": "moment_of_truth", "expectation": "expectation",
    "recommendation": "opportunity",
}  # fmt: skip
"""The fields of touchpoints that fields of steps are."""
ABOUT = ("journey", "created", "last-modified", "personas", "structure", "active-categories")
MAIN, COMPANY = "primary", ("system", "backstage")


class _Section(NamedTuple):
    """A milestone or a step: its id and its bullets."""

    kind: str
    id: str
    bullets: list[Bullet]


def recognises(given: Given) -> bool:
    """Return whether a text has headings of milestones and steps."""
    kinds = {match[2].lower() for match in _HEADING.finditer(given.text or "")}
    return kinds == {"milestone", "step"}


def read(given: Given) -> list[Draft]:
    """Return the journey of the main persona, or of the one that was asked for.

    Raises UsageError for a persona that the file lacks.
    """
    text = (given.text or "").replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    about = parse_yaml(front[1]).data if front else None
    headings = list(_HEADING.finditer(text))
    ends = [*(match.start() for match in headings[1:]), len(text)]
    sections = [
        _Section(match[2].lower(), match[3], bullets_of(text[match.end() : end]))
        for match, end in zip(headings, ends, strict=True)
    ]
    reader = _Reader(given, about if isinstance(about, dict) else {}, sections)
    if front and not isinstance(about, dict):
        reader.carry.lose("front matter", front[1], "it is not read: it is no YAML")
    return [reader.draft()]


class _Reader:
    """Reads one file."""

    def __init__(self, given: Given, about: dict[Any, Any], sections: list[_Section]) -> None:
        self.given, self.about, self.sections = given, about, sections
        steps = [one.id for one in sections if one.kind == "step"]
        self.after = dict(reversed([*pairwise(steps)]))
        """The step that follows in the file, by the id of a step; of an id that stands twice the first counts."""
        self.carry = CarryReport()
        self.data: dict[str, Any] = {}
        self.kinds: dict[str, str] = {}
        scale = FoundScale("-2..2")
        self.cells = ForeignCells(self.data, self.carry, given.lang or "en", "satisfaction", scale)

    def draft(self) -> Draft:
        """Return the journey."""
        draft = Draft(self.data, self.carry, self.given.stem)
        self._about()
        stages: list[dict[str, Any]] = []
        for section in self.sections:
            if section.kind == "milestone":
                stages.append(self._stage(section))
                continue
            if not stages:
                stages.append({"name": "Start", "touchpoints": []})
            point = self._step(section, stages[-1])
            if point is not None:
                at = len(stages[-1]["touchpoints"])
                draft.places["stages", len(stages) - 1, "touchpoints", at] = f"step {section.id}"
                stages[-1]["touchpoints"].append(point)
        self._drop_lost_targets(stages)
        self.data["stages"] = stages
        self.data["scale"] = "-2..2"
        if opportunities := list(self._opportunities()):
            self.data["opportunities"] = opportunities
        if self.cells.sources:
            self.data["sources"] = list(self.cells.sources.values())
        return draft

    def _about(self) -> None:
        if title := self.about.get("journey"):
            self.data["title"] = str(title)
        if self.given.lang:
            self.data["lang"] = self.given.lang
        if updated := self.about.get("last-modified"):
            self.data["updated"] = str(updated)
        if created := self.about.get("created"):
            self.carry.lose("created", created, "no field")
        personas = [one for one in self.about.get("personas") or [] if isinstance(one, dict) and one.get("name")]
        self.kinds = {str(one["name"]): str(one.get("type", "")) for one in personas}
        main = next((one for one in personas if one.get("type") == MAIN), personas[0] if personas else None)
        if wanted := self.given.persona:
            main = next((one for one in personas if str(one["name"]) == wanted), None)
            if main is None:
                known = ", ".join(self.kinds) or "none"
                raise UsageError(f'{shown_name(self.given.name)}: no persona "{wanted}"', f"there is {known}")
        if main is not None:
            role = main.get("role")
            self.data["persona"] = {"name": str(main["name"]), **({"note": str(role)} if role else {})}
        for one in personas:
            if one is not main and one.get("role"):
                self.carry.lose(f"personas, {one['name']}, role", one["role"], "a journey has one persona")
        for key, value in self.about.items():
            if key not in ABOUT and value:
                self.carry.lose(str(key), value, "no field")

    @property
    def persona(self) -> str:
        """Whose journey it is."""
        return str(self.data.get("persona", {}).get("name", ""))

    def _stage(self, section: _Section) -> dict[str, Any]:
        stage: dict[str, Any] = {"id": section.id, "name": section.id}
        for bullet in section.bullets:
            text = text_of_bullet(bullet)
            if bullet.key == "title":
                stage["name"] = text
            elif bullet.key == "description" and "goal" not in stage:
                stage["goal"] = text
            else:
                self.carry.lose(f"milestone {section.id}, {bullet.key or 'text'}", text, "no field")
        return {**stage, "touchpoints": []}

    def _step(self, section: _Section, stage: dict[str, Any]) -> dict[str, Any] | None:
        where = f"step {section.id}"
        point: dict[str, Any] = {"id": section.id, "title": section.id}
        people = [one for bullet in section.bullets if bullet.key == "persona" for one in _names(bullet)]
        if not self._is_wanted(people, section, where):
            return None
        if self.persona and people and self.persona not in people:
            point["by"] = "company"
        if others := [one for one in people if one != self.persona]:
            point["actors"] = others
        for bullet in section.bullets:
            self._field(point, stage, bullet, where)
        self._decide(point, section, where)
        return point

    def _is_wanted(self, people: list[str], section: _Section, where: str) -> bool:
        """Return whether a step is one of the persona, or of the company; the others are reported."""
        if not people or not self.persona or self.persona in people:
            return True
        if all(self.kinds.get(one, COMPANY[0]) in COMPANY for one in people):
            return True
        described = next((text_of_bullet(one) for one in section.bullets if one.key == "description"), section.id)
        self.carry.lose(where, described, f"a step of {', '.join(people)}: --persona reads that journey")
        return False

    def _field(self, point: dict[str, Any], stage: dict[str, Any], bullet: Bullet, where: str) -> None:
        """Put a bullet into a touchpoint."""
        key, place = bullet.key, f"{where}, {bullet.key or 'text'}"
        if any(one.key == "_provenance" and one.text.startswith("auto-composite") for one in bullet.below):
            return  # a summary of fields that stand beside it
        self._proof(point, bullet, place)
        text = text_of_bullet(bullet)
        if key in ("persona", "next", "branchCondition", "exitPoint"):
            return
        if key == "description":
            title, does = short_title([text])
            point["title"] = title
            if does:
                point["does"] = [*does, *point.get("does", [])]
        elif key == "doing":
            point["does"] = [*point.get("does", []), *text.split("\n")]
        elif key == "touchpoint":
            self._where_it_happens(point, text, place)
        elif key in ("backstage", "frontstage") and any(one.key for one in bullet.below if one.key != "_provenance"):
            self._work(point, key, bullet, place)
        elif key == "opportunity":
            self._ideas(point, stage, bullet, place)
        elif key in SIMPLE and text:
            self.cells.put(point, stage, SIMPLE[key], text, place)
        elif text:
            self.carry.lose(place, text, "no field")

    def _where_it_happens(self, point: dict[str, Any], text: str, where: str) -> None:
        if "place" in point:
            self.carry.lose(where, text, "a touchpoint has one place")
        else:
            point["place"] = " ".join(text.split())
            self.carry.guess(where, "place", text, point["place"])

    def _work(self, point: dict[str, Any], key: str, bullet: Bullet, where: str) -> None:
        """Add a step of the company that is written in bullets of its own."""
        step: dict[str, Any] = {}
        fields = {"system": "system", "action": "does", "owner": "owner", "actors": "team", "team": "team"}
        for one in bullet.below:
            text = text_of_bullet(one)
            if one.key == "_provenance":
                continue
            self._proof(point, one, f"{where}, {one.key}")
            if one.key in fields and fields[one.key] not in step:
                step[fields[one.key]] = text
            elif one.key == "failureMode":
                self.cells.put(point, {}, "why", text, f"{where}, {one.key}")
            elif text:
                self.carry.lose(f"{where}, {one.key or 'text'}", text, "no field")
        if step:
            order = ("team", "does", "system", "owner")
            point.setdefault(key, []).append({name: step[name] for name in order if name in step})

    def _ideas(self, point: dict[str, Any], stage: dict[str, Any], bullet: Bullet, where: str) -> None:
        """Add the opportunities of a step; those in bullets may say their impact and effort."""
        ideas = [one for one in bullet.below if one.key != "_provenance"]
        if not any(one.key for one in ideas):
            self.cells.put(point, stage, "opportunity", text_of_bullet(bullet), where)
            return
        title = ""
        for one in ideas:
            text = text_of_bullet(one)
            if one.key in ("description", ""):
                title = text
                self.cells.put(point, stage, "opportunity", title, where)
            elif one.key in ("impact", "effort") and title in self.cells.opportunities and text.lower() in LEVELS:
                self.cells.opportunities[title][0][one.key] = LEVELS[text.lower()]
                self.carry.guess(f"{where}, {one.key}", one.key, text, LEVELS[text.lower()])
            else:
                self.carry.lose(f"{where}, {one.key}", text, "no field")

    def _proof(self, point: dict[str, Any], bullet: Bullet, where: str) -> None:
        """Put the source of a field into the evidence of its touchpoint."""
        for one in bullet.below:
            if one.key == "_provenance":
                source = one.text.partition("source:")[2].strip()
                if source:
                    self.cells.put(point, {}, "evidence", source, where)
                elif not one.text.startswith("auto-composite"):
                    self.carry.lose(f"{where}, _provenance", one.text, "no field")
            elif not bullet.key or not one.key:
                self._proof(point, one, where)

    def _decide(self, point: dict[str, Any], section: _Section, where: str) -> None:
        """Make a decision of a condition and the steps that may follow."""
        by_key = {one.key: one for one in section.bullets}
        condition, following, leaves = (by_key.get(key) for key in ("branchCondition", "next", "exitPoint"))
        options: list[dict[str, str]] = []
        question = text_of_bullet(condition) if condition else ""
        if condition and (match := _TARGET.search(question)):
            options.append({"answer": question[: match.start()].strip() or "yes", "to": match[1]})
        for line in text_of_bullet(following).split("\n") if following else ():
            for match in _TARGET.finditer(line):
                options.append({"answer": line[: match.start()].strip(" ,") or "else", "to": match[1]})
        is_branch = bool(condition) or len(options) > 1
        if leaves and text_of_bullet(leaves).lower() in ("true", "yes"):
            if is_branch and options:
                options.append({"answer": "leave", "to": "end"})
            else:
                self.carry.lose(f"{where}, exitPoint", "true", "only a decision leads to the end")
        if is_branch and options:
            point["decision"] = {"question": question or "What follows?", "options": options}
        elif question:
            self.carry.lose(f"{where}, branchCondition", question, "no step is named that follows")
        if following and not options and (text := text_of_bullet(following)):
            self.carry.lose(f"{where}, next", text, "it names no step of the file")
        elif options and not is_branch and options[0]["to"] != self.after.get(section.id):
            self.carry.lose(f"{where}, next", options[0]["to"], "the steps follow in the order of the file")

    def _drop_lost_targets(self, stages: list[dict[str, Any]]) -> None:
        """Leave out the options that lead to steps that are not in the journey."""
        known = {point["id"] for stage in stages for point in stage["touchpoints"]} | {"end"}
        for point in (one for stage in stages for one in stage["touchpoints"] if "decision" in one):
            decision = point["decision"]
            for option in decision["options"]:
                if option["to"] not in known:
                    self.carry.lose(f"step {point['id']}, next", option["to"], "no step of this journey has this id")
            decision["options"] = [one for one in decision["options"] if one["to"] in known]
            if not decision["options"]:
                self.carry.lose(f"step {point['id']}, branchCondition", decision["question"], "no step follows")
                del point["decision"]

    def _opportunities(self) -> Iterator[dict[str, Any]]:
        for opportunity, points in self.cells.opportunities.values():
            yield {**opportunity, "at": [point["id"] for point in points]}


def _names(bullet: Bullet) -> list[str]:
    """Return the names in brackets or in bullets."""
    return listed(bullet.text.strip("[] ")) or [one.text for one in bullet.below if one.text]
