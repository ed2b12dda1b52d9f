"""CJML, the Customer Journey Modelling Language, in XML: version 2.0, and the first export of the CJML generator.

Its communication points and actions are touchpoints where the customer takes part, else steps of the backstage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given
from journeykit.interchange.sheets.feelings import feelings_in, rating_in, scale_of
from journeykit.interchange.sheets.texts import channels_in, whole
from journeykit.interchange.xml_text import leaves, own_text, parse_xml
from journeykit.output.paint import shown_name

SUFFIX = ".xml"
_ROOT = re.compile(r"<(?:\w+:)?cjml\b", re.IGNORECASE)
_UNQUOTED = re.compile(r"<(?:actor|action|communicationPoint)\s[^<>]*=\s*[^\"'\s>][^<>]*>")
"""An element as the second export of the generator writes it: attributes without quotes."""
_NUMBER = re.compile(r"[A-Z]{0,3}\d*")
"""An id of a journey that is no name: AJ1."""
TIMES = ("timeStarted", "timeOriginated", "timeReceived", "timeConsumed", "timeCompleted", "time")
CUSTOMERS = ("user", "customer", "user/customer", "end user", "enduser")
"""Roles of the generator that are the customer."""
NAMELESS = frozenset({"", "sending", "receiving", "undefined", "null", "nan", "none"})
"""What tools write where a label or a name is missing."""


class _Event(NamedTuple):
    """A communication point or an action: who does what towards whom."""

    element: Element
    where: str
    sender: str
    does: str
    receiver: str
    hears: str
    phase: str


def recognises(given: Given) -> bool:
    """Return whether a text is XML with CJML as its root."""
    return bool(_ROOT.search((given.text or "")[:20_000]))


def read(given: Given) -> list[Draft]:
    """Return a journey for each planned and actual one. Raises UsageError for what is no XML."""
    try:
        root = parse_xml(given)
    except UsageError as error:
        if _UNQUOTED.search(given.text or ""):
            message = (
                f"{shown_name(given.name)}: it is no XML: the CJML generator (remake-cjml-tool) wrote it without quotes"
            )
            raise UsageError(message, "its drawing can be exported, its XML cannot be read by any program") from None
        raise error
    journeys = [one for one in root if one.tag.lower().endswith("journey")]
    drafts = [_Reader(one, given).draft() for one in journeys or [root]]
    for number, draft in enumerate(drafts[1:], 2):
        draft.stem = f"{draft.stem}-{number}"
    return drafts


class _Reader:
    """Reads one journey."""

    def __init__(self, journey: Element, given: Given) -> None:
        self.journey, self.given = journey, given
        self.carry = CarryReport()
        self.draft_ = Draft({}, self.carry, given.stem)
        self.used: set[Element] = set()
        self.names: dict[str, str] = {}
        self.customers: list[str] = []
        self.stages: list[dict[str, Any]] = []

    def draft(self) -> Draft:
        """Return the journey."""
        data = self.draft_.data
        self._about(data)
        self._actors(data)
        events = list(self._events())
        phases = dict(self._phases())
        for event in events:
            self._put(event, phases)
        self._rate()
        if len(self.stages) == 1 and "name" not in self.stages[0]:
            data["touchpoints"] = self.stages[0]["touchpoints"]
            self.draft_.places = {path[2:]: place for path, place in self.draft_.places.items()}
        else:
            data["stages"] = self.stages
        self._lose_the_rest()
        return self.draft_

    def _take(self, element: Element, *names: str) -> str:
        """Return the text of the first of some elements within another one, and count it as read."""
        for name in names:
            for found in element.iter(name):
                if text := own_text(found):
                    self.used.add(found)
                    return text
        return ""

    def _about(self, data: dict[str, Any]) -> None:
        kind = self.journey.tag.lower()
        id = (self.journey.findtext("journeyID") or "").strip()
        notes = [self._take(self.journey, name) for name in ("journeyShortSummary", "journeyLongSummary")]
        notes = [one for one in notes if one.lower() not in NAMELESS]
        title = self._take(self.journey, "journeyTitle")
        if not title and notes and _NUMBER.fullmatch(id):
            title = notes.pop(0)
        if title := title or self._take(self.journey, "journeyID"):
            data["title"] = title
        if notes:
            data["note"] = "\n".join(notes)
        if kind.startswith("planned"):
            data["state"] = "future"
        elif kind.startswith("actual"):
            data["basis"] = "measured"
        if self.given.lang:
            data["lang"] = self.given.lang

    def _actors(self, data: dict[str, Any]) -> None:
        """Find the names of the actors, and who of them is the customer."""
        for actor in self._all("endUser", "serviceProvider", "actor"):
            id = actor.get("actorID") or actor.get("actorIDref") or actor.get("id") or ""
            name = self._take(actor, "actorName", "companyName", "actorIDName") or id
            role = self._take(actor, "actorRole").lower()
            self.names.setdefault(id, name)
            self.names.setdefault(name, name)
            if actor.tag == "endUser" or role in CUSTOMERS:
                self.customers += [one for one in (id, name) if one and one not in self.customers]
            elif role:
                self.carry.see(f"actor {name}", role)
            self.used.add(actor)
        wanted = self.given.persona
        named = [one for one in self.customers if wanted in (one, self.names.get(one))]
        if wanted and not named:
            known = ", ".join(dict.fromkeys(self.names[one] for one in self.customers)) or "none"
            raise UsageError(f'{shown_name(self.given.name)}: no end user "{wanted}"', f"there is {known}")
        if self.customers:
            data["persona"] = {"name": self.names[(named or self.customers)[0]]}

    def _all(self, *tags: str) -> Iterator[Element]:
        return (one for one in self.journey.iter() if one.tag in tags)

    def _phases(self) -> Iterator[tuple[str, str]]:
        for phase in self._all("journeyPhase"):
            id = (phase.get("phaseID") or "").strip()
            self.used.add(phase)
            yield id, self._take(phase, "phaseName") or id

    def _events(self) -> Iterator[_Event]:
        """Yield what happens, in order, in either version."""
        for number, element in enumerate(self._points(), 1):
            id = self._take(element, "touchpointID") or element.get("id") or str(number)
            self.used.add(element)
            belongs = element.find("belongsTo")
            phase = (belongs.get("phaseIDref") or "").strip() if belongs is not None else ""
            if belongs is not None:
                self.used.add(belongs)
            yield _Event(
                element, f"touchpoint {id}",
                self._who(element, "initiator"), self._label(element, "initiatorLabel", "initiatorDescription"),
                self._who(element, "receiver"), self._label(element, "receiverLabel", "receiverDescription"), phase,
            )  # fmt: skip

    def _points(self) -> Iterator[Element]:
        return (
            one for one in self.journey.iter()
            if one.tag == "touchpoint" or one.tag.lower().endswith(("communicationpoint", "action"))
        )  # fmt: skip

    def _who(self, element: Element, side: str) -> str:
        """Return the id or the name of who is on a side of a touchpoint; "" if nobody is."""
        found = element.find(side)
        if found is None:
            return ""
        refers = found.find("refersTo")
        if refers is None:
            self.used.add(found)
            text = own_text(found)
            return "" if text.lower() in NAMELESS else text
        self.used.add(refers)
        return (refers.get("actorIDref") or "").strip()

    def _label(self, element: Element, *names: str) -> str:
        text = self._take(element, *names)
        return "" if text.lower() in NAMELESS else text

    def _is_customer(self, actor: str) -> bool:
        return actor in self.customers or (not self.customers and bool(actor) and actor == self._first_sender())

    def _first_sender(self) -> str:
        """Return who acts first, who is taken for the customer where no actor is called so."""
        return next((who for element in self._points() if (who := self._who(element, "initiator"))), "")

    def _name(self, actor: str, where: str) -> str:
        if actor not in self.names:
            self.names[actor] = actor
            self.carry.guess(where, "team", actor, f"{actor}, which is no actor of the file")
        return self.names[actor]

    def _put(self, event: _Event, phases: dict[str, str]) -> None:
        """Make a touchpoint of what the customer takes part in, and a step of the backstage of all else."""
        sends, hears = self._is_customer(event.sender), self._is_customer(event.receiver)
        if not sends and not hears:
            self._put_backstage(event)
            return
        title = (event.does if sends else event.hears) or event.hears or event.does
        if not title:
            title = event.where.capitalize()
            self.carry.guess(event.where, "title", "", title)
        point: dict[str, Any] = {"title": title}
        if not sends:
            point["by"] = "company"
        self._when(point, event)
        self._channel(point, event, alone=not event.receiver)
        self._experience(point, event)
        other, does = (event.receiver, event.hears) if sends else (event.sender, event.does)
        if other and not self._is_customer(other):
            step = {"team": self._name(other, event.where), **({"does": does} if does and does != title else {})}
            point["backstage"] = [step]
        stage = self._stage(event.phase, phases)
        self.draft_.places["stages", len(self.stages) - 1, "touchpoints", len(stage["touchpoints"])] = event.where
        stage["touchpoints"].append(point)

    def _put_backstage(self, event: _Event) -> None:
        points = [point for stage in self.stages for point in stage["touchpoints"]]
        does = event.does or event.hears
        if not points:
            self.carry.lose(event.where, does or event.sender, "it is before the first touchpoint of the customer")
            return
        step: dict[str, Any] = {"team": self._name(event.sender, event.where)} if event.sender else {}
        if event.receiver:
            step |= {"from": step.get("team"), "to": self._name(event.receiver, event.where)}
        if does:
            step["does"] = does
        points[-1].setdefault("backstage", []).append({key: value for key, value in step.items() if value})
        if event.hears and event.hears != does:
            self.carry.lose(event.where, event.hears, "a step of the backstage says what is done once")

    def _stage(self, phase: str, phases: dict[str, str]) -> dict[str, Any]:
        name = phases.get(phase, phase)
        if not self.stages:
            self.stages.append({**({"name": name} if name else {}), "touchpoints": []})
        elif name and name != self.stages[-1].get("name"):
            self.stages[-1].setdefault("name", "Start")
            self.stages.append({"name": name, "touchpoints": []})
        return self.stages[-1]

    def _when(self, point: dict[str, Any], event: _Event) -> None:
        if (text := self._take(event.element, *TIMES)) and text.lower() not in NAMELESS:
            point["at"] = text

    def _channel(self, point: dict[str, Any], event: _Event, alone: bool) -> None:
        if alone:
            point["channel"] = "self"
            return
        text = self._take(event.element, "channelName") or self._take(event.element, "channel")
        if not text or text.lower() in NAMELESS:
            return
        known, other = channels_in(text)
        if known:
            point["channel"] = known
        for one in other:
            self.carry.lose(event.where, one, "it is no channel that is known")

    def _experience(self, point: dict[str, Any], event: _Event) -> None:
        """Put what was felt into the touchpoint; the scale of the ratings is found when all are known."""
        text = self._take(event.element, "experienceDescription")
        found = feelings_in(text, self.given.lang or "en")
        if found.words and not found.rest:
            point["feeling"] = list(found.words)
        elif text and text.lower() not in NAMELESS:
            point["thinks"] = [text]
            self.carry.guess(event.where, "thinks", text, "what was felt, as it is written")
        rating = self._take(event.element, "experienceRating")
        if (number := rating_in(rating)) is not None:
            point["satisfaction"] = number
        elif rating and rating.lower() not in NAMELESS:
            self.carry.lose(event.where, rating, "the rating is no number")

    def _rate(self) -> None:
        points = [point for stage in self.stages for point in stage["touchpoints"] if "satisfaction" in point]
        if not points:
            return
        found = scale_of([point["satisfaction"] for point in points], self.given.scale)
        self.draft_.data["scale"] = found.scale
        for point in points:
            point["satisfaction"] = whole(point["satisfaction"].value * found.factor + found.shift)
        if found.note:
            self.carry.guess("experienceRating", "satisfaction", found.note.split(":")[0], found.note)

    def _lose_the_rest(self) -> None:
        """Note all texts and attributes that were not read."""
        for element, path in leaves(self.journey):
            if element is self.journey or element in self.used:
                continue
            attributes = "; ".join(f"{key}: {value}" for key, value in element.attrib.items())
            text = " ".join((element.text or "").split()) or attributes
            if text.lower() not in NAMELESS:
                self.carry.lose(path, text, "no field")
