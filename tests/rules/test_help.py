"""Following the help of a finding removes it and causes no error: every text that a help names is tried."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import yaml

from journeykit.changing import apply_edits, text_edits
from journeykit.fix import Change, Fix, Remove, Set
from journeykit.linting import known_rules
from journeykit.model import Journey, Touchpoint
from journeykit.model.fields import fields_of
from journeykit.model.meaning import Prose
from journeykit.reading import Document, read_text
from journeykit.rules import Hit, Subject, all_rules
from journeykit.scoring.effort import is_silent
from journeykit.source import KeyPath
from journeykit.vocabulary.words import words
from tests.conftest import slow

TODAY = date(2026, 6, 1)
HERE = Path(__file__).parent
OTHERS = 12
"""How many hits of a rule are followed in the fixtures of other rules, where `make test` follows not all of them."""


class Case:
    """A hit in a journey, and what an author would change there; `of` is the rule that the journey is about."""

    def __init__(self, document: Document, hit: Hit, of: str) -> None:
        assert document.journey
        self.document, self.journey, self.hit, self.of = document, document.journey, hit, of

    @property
    def item(self) -> KeyPath:
        """The item of a list at which the hit is, such as a touchpoint or a KPI; the file if there is none."""
        path = self.hit.path
        numbers = [index for index, part in enumerate(path) if isinstance(part, int)]
        return path[: numbers[-1] + 1] if numbers else ()

    @property
    def touchpoint(self) -> KeyPath:
        places = [place.path for place in self.journey.places]
        return next((path for path in places if self.hit.path[: len(path)] == path), places[0])

    @property
    def id(self) -> str:
        found = re.search(r"`at: \[([\w-]+)\]`", self.hit.help)
        assert found, self.hit.help
        return found[1]

    def has(self, path: KeyPath) -> bool:
        return self.document.source.has(path)


Action = Callable[[Case], Sequence[Change]]


def put(key: str, value: Any) -> Action:
    """Set a key of the item at which the hit is."""
    return lambda case: [Set((*case.item, key), value)]


def at_touchpoint(key: str, value: Any) -> Action:
    return lambda case: [Set((*case.touchpoint, key), value)]


def at_root(*path: str, value: Any) -> Action:
    return lambda _: [Set(path, value)]


def opportunity(**more: Any) -> Action:
    def add(case: Case) -> Sequence[Change]:
        new = {"title": "We make it better", "at": [case.id], **more}
        return [Set(("opportunities", len(case.journey.opportunities)), new)]

    return add


def append(key: str, value: Any) -> Action:
    """Append to a list of the journey."""
    return lambda case: [Set((key, len(getattr(case.journey, key))), value)]


def idea(kind: str) -> Action:
    """Add an opportunity of a kind at the first touchpoint."""

    def add(case: Case) -> Sequence[Change]:
        new = {"title": "We surprise", "at": [case.journey.touchpoints[0].id], "kind": kind}
        return [Set(("opportunities", len(case.journey.opportunities)), new)]

    return add


def value_at_hit(value: Any) -> Action:
    return lambda case: [Set(case.hit.path, value)]


def both(*actions: Action) -> Action:
    return lambda case: [change for action in actions for change in action(case)]


def written(case: Case) -> Sequence[Change]:
    """Put the text that the help names in place of the one at the hit."""
    found = re.search(r"(?:write|did you mean) \"?(.+?)\"?(?: or .*)?\??$", case.hit.help)
    assert found
    return [Set(case.hit.path, found[1])]


def language(case: Case) -> Sequence[Change]:
    found = re.search(r"`lang: (\w+)`", case.hit.help)
    assert found
    return [Set(("lang",), found[1])]


def another_option(case: Case) -> Sequence[Change]:
    decision = next(p.touchpoint.decision for p in case.journey.places if p.path == case.touchpoint)
    assert decision
    last = len(decision.options)
    path = (*case.touchpoint, "decision", "options")
    if last == 1:
        return [Set((*path, 1), {"answer": "no way", "to": "end"})]
    return [Set((*path, last - 1, "to"), "end")]


def own_work(case: Case) -> Sequence[Change]:
    found = re.search(r"`team: (.+?)`", case.hit.help)
    assert found
    return [Set(case.item, {"team": found[1]})]


def evidence(case: Case) -> Sequence[Change]:
    changes: list[Change] = [Set((*case.touchpoint, "evidence"), ["talks"])]
    if "talks" not in {source.id for source in case.journey.sources}:
        changes.append(Set(("sources", len(case.journey.sources)), TALKS))
    return changes


def median_instead(case: Case) -> Sequence[Change]:
    key = case.hit.path[-1]
    return [Set(case.item, {"median" if name == key else name: value for name, value in data(case).items()})]


def data(case: Case) -> dict[str, Any]:
    """The item of the hit as it is in the file."""
    assert case.document.yaml
    found: Any = case.document.yaml.data
    for part in case.item:
        found = found[part]
    return dict(found)


def kpi_of_goal(case: Case) -> Sequence[Change]:
    new = {"id": f"measure-{case.item[-1]}", "kind": "csat"}
    return [Set((*case.item, "kpi"), new["id"]), Set(("kpis", len(case.journey.kpis)), new)]


def target(case: Case) -> Sequence[Change]:
    found = re.search(r"`target: \{([\w-]+): …\}`", case.hit.help)
    assert found
    return [Set((*case.item, "target"), {found[1]: 1})]


def moved_to(key: str) -> Action:
    def move(case: Case) -> Sequence[Change]:
        return [Remove((*case.touchpoint, "quote")), Set((*case.touchpoint, key), "What I think")]

    return move


def no_quote(case: Case) -> Sequence[Change]:
    quoted = [place.path for place in case.journey.places if place.touchpoint.quote]
    return [change for path in quoted for change in (Remove((*path, "quote")), Set((*path, "thinks"), "Well"))]


def listed(case: Case) -> Sequence[Change]:
    found = re.search(r"`personal_data: \[(.+?)\]`", case.hit.help)
    assert found
    given = case.journey.privacy.personal_data if case.journey.privacy else ()
    return [Set(("privacy", "personal_data"), [*given, found[1]])]


def declared(case: Case) -> Sequence[Change]:
    given = case.journey.privacy.personal_data if case.journey.privacy else ()
    new = [data for touchpoint in case.journey.touchpoints for data in touchpoint.personal_data]
    return [Set(("privacy", "personal_data"), [*given, *new])]


def feeling_instead(case: Case) -> Sequence[Change]:
    word = case.hit.path[-1]
    own = words(case.journey.lang)
    assert own
    kept = {key: value for key, value in case.journey.feelings.items() if key != word}
    changes: list[Change] = [Set(("feelings",), kept) if kept else Remove(("feelings",))]
    for place in case.journey.places:
        if word in place.touchpoint.feeling:
            changes.append(Set((*place.path, "feeling"), "impatient"))
        if place.touchpoint.expected == word:
            changes.append(Set((*place.path, "expected"), "relieved"))
    return changes


def before_the_gap(key: str) -> Action:
    def fill(case: Case) -> Sequence[Change]:
        places = case.journey.places
        number = next(place.number for place in places if place.path == case.touchpoint)
        one, two = places[number - 2].touchpoint.at, places[number - 1].touchpoint.at
        assert one and two
        return [Set((*places[number - 2].path, key), f"{int(two.seconds - one.seconds)}s")]

    return fill


def new_stage(phase: str) -> Action:
    """Append or prepend a stage with the phase: by giving it to the last or first stage, which does as well here."""

    def add(case: Case) -> Sequence[Change]:
        if case.journey.is_flat:
            return []
        number = 0 if phase == "before" else len(case.journey.stages) - 1
        return [Set(("stages", number, "phase"), phase)]

    return add


def decision(case: Case) -> Sequence[Change]:
    place, *_, last = case.journey.places
    options = [{"answer": "yes", "to": last.touchpoint.id}, {"answer": "no", "to": "end"}]
    return [Set((*place.path, "decision"), {"question": "Do I go on?", "options": options})]


def scope(*keys: str) -> Action:
    return lambda _: [Set(("scope", key), "I have it") for key in keys]


def channel(name: str) -> Action:
    def add(case: Case) -> Sequence[Change]:
        place = next(place for place in case.journey.places if place.path == case.touchpoint)
        return [Set((*case.touchpoint, "channel"), [*place.touchpoint.channel, name])]

    return add


def message(case: Case) -> Sequence[Change]:
    """Give the touchpoint before a visit the tag; a touchpoint before that one would do as well."""
    number = next(place.number for place in case.journey.places if place.path == case.touchpoint)
    before = [place for place in case.journey.places[: number - 1] if not is_silent(place.touchpoint)]
    return [Set((*before[-1].path, "tags"), ["reminder"])]


def to_backstage(case: Case) -> Sequence[Change]:
    given = next(place.touchpoint.backstage for place in case.journey.places if place.path == case.touchpoint)
    return [Set((*case.touchpoint, "backstage", len(given)), STEP)]


def customer_side(case: Case) -> Sequence[Change]:
    """Tell what the customer does where the company does something unnoticed, which is a step backstage there."""
    unnoticed = [one for one in case.journey.places if one.touchpoint.by == "company" and not one.touchpoint.is_rated]
    new = {"title": "I answer", "backstage": [STEP]}
    return [Set(one.path, {"id": one.touchpoint.id, **new}) for one in unnoticed]


def detail_in(key: str) -> Action:
    """Shorten a title, and give the rest of it to another field."""

    def shorten(case: Case) -> Sequence[Change]:
        place = next(place for place in case.journey.places if place.path == case.touchpoint)
        words = place.touchpoint.title.split()
        return [Set(case.hit.path, " ".join(words[:4])), Set((*case.touchpoint, key), " ".join(words[4:]))]

    return shorten


def note_of_persona(case: Case) -> Sequence[Change]:
    words = (case.journey.note or "").split()
    return [Set(("note",), " ".join(words[:60])), Set(("persona", "note"), " ".join(words[60:]))]


def _overlapping(case: Case) -> tuple[Touchpoint, Touchpoint, Touchpoint | None]:
    """Return the touchpoint that lasts too long, the next one with a time, and the one after that."""
    places = case.journey.places
    number = next(place.number for place in places if place.path == case.touchpoint)
    timed = [place.touchpoint for place in places[number:] if place.touchpoint.at]
    return places[number - 1].touchpoint, timed[0], timed[1] if len(timed) > 1 else None


def until_the_next(case: Case) -> Sequence[Change]:
    this, following, _ = _overlapping(case)
    assert this.at and following.at
    return [Set((*case.touchpoint, "lasts"), f"{following.at.seconds - this.at.seconds:g}s")]


def after_this(case: Case) -> Sequence[Change]:
    """Let the next touchpoint begin when this one ends, if that is before the one after it."""
    this, following, third = _overlapping(case)
    assert this.at and this.lasts
    end = this.at.seconds + this.lasts.seconds
    if this.at.absolute or (third and third.at and third.at.seconds < end):
        return []
    path = next(place.path for place in case.journey.places if place.touchpoint is following)
    return [Set((*path, "at"), f"+{end:g}s")]


FEEDBACK = {"kind": "open", "question": "How was it?"}
STEP = {"team": "Help desk", "does": "notes it"}
NEED = {"what": "A plan", "gap": "there is none"}

TALKS = {"id": "talks", "kind": "interview", "n": 8}
SURVEY = {"id": "survey", "kind": "survey", "n": 200}
DATED = both(put("period", "2026-Q1"), put("source", "survey"), append("sources", SURVEY))

FOLLOWED: dict[str, dict[str, Action | Sequence[Action]]] = {
    "cold-handoff": {"warm: true": value_at_hit(True)},
    "critical-without-churn-risk": {
        "churn_risk": [at_touchpoint("churn_risk", value) for value in ("low", "medium", "high", 0.2)],
        "none": at_touchpoint("churn_risk", "none"),
    },
    "disempowered-staff": {"at: [ID]": opportunity(kind="empower"), "kind: empower": opportunity(kind="empower")},
    "exit-without-risk": {
        "churn_risk": at_touchpoint("churn_risk", "low"),
        "none": at_touchpoint("churn_risk", "none"),
    },
    "fake-decision": {"to: end": another_option},
    "handoff-to-self": {"team: TEXT": own_work},
    "missing-backstage": {"backstage": at_touchpoint("backstage", [STEP])},
    "missing-decision": {"decision": decision},
    "unanswered-churn-risk": {"at: [ID]": opportunity()},
    "unexplained-low-point": {
        "why": at_touchpoint("why", "Too few people"),
        "needs": at_touchpoint("needs", [NEED]),
        "backstage": at_touchpoint("backstage", [STEP]),
    },
    "missing-channel": {
        "channel": [at_touchpoint("channel", name) for name in ("phone", "email", "in-person")],
        "none": at_touchpoint("channel", "none"),
        "self": at_touchpoint("channel", "self"),
    },
    "undescribed-channel": {
        key: (lambda case, key=key: [Set((*case.hit.path, key), "fast")])  # type: ignore[misc]
        for key in ("name", "pros", "cons", "ideal_for")
    },
    "unknown-channel": {
        "write": written,
        "did you mean": written,
        "channels": lambda case: [Set(("channels", _name(case)), {"name": _name(case), "pros": "near"})],
    },
    "ambiguous-feeling": {"satisfaction": at_touchpoint("satisfaction", 1)},
    "bad-ending": {"at: [ID]": opportunity()},
    "bad-start": {"at: [ID]": opportunity()},
    "foreign-feeling-word": {
        "write": written,
        "lang: TEXT": language,
    },
    "judgement-as-feeling": {},
    "missing-evidence": {
        "evidence": evidence,
        "sources": both(append("sources", TALKS), at_root("evidence", value=["talks"])),
        "basis: assumption": at_root("basis", value="assumption"),
    },
    "missing-feeling": {
        "feeling": at_touchpoint("feeling", "happy"),
        "satisfaction": at_touchpoint("satisfaction", 1),
    },
    "missing-peak": {"kind: exceed": idea("exceed")},
    "mixed-feelings": {"satisfaction": at_touchpoint("satisfaction", 1)},
    "unstated-expectation": {"expected": [at_touchpoint("expected", 1), at_touchpoint("expected", "relieved")]},
    "csat-as-mean": {
        "counts: {1: …, 5: …}": lambda case: [
            Remove(case.hit.path), Set((*case.item, "counts"), {1: 4, 2: 9, 3: 19, 4: 53, 5: 86}),
            *([Remove((*case.item, "n"))] if case.has((*case.item, "n")) else []),
        ],
        "value: 81%": lambda case: [Remove(case.hit.path), Set((*case.item, "value"), 0.81)],
    },
    "mean-only-time": {
        "median": [both(put("median", "1h"), put("p90", "3h")), median_instead],
        "p90": both(put("median", "1h"), put("p90", "3h")),
    },
    "missing-base": {"n": put("n", 200)},
    "missing-complaint-path": {
        "complaint": at_touchpoint("tags", ["complaint"]),
        "at: [ID]": opportunity(),
    },
    "missing-end-feedback": {
        "feedback": append("feedback", {**FEEDBACK, "when": "end"}),
        "when: end": append("feedback", {**FEEDBACK, "when": "end"}),
        "after": append("feedback", {**FEEDBACK, "when": "after"}),
    },
    "missing-mid-feedback": {"when: during": append("feedback", {**FEEDBACK, "when": "during"})},
    "missing-reminder": {
        "reminder": message,
        "kind: inform": opportunity(kind="inform"),
        "at: [ID]": opportunity(kind="inform"),
    },
    "missing-target": {"target": lambda case: [Set((*case.item, "target"), _target(case))]},
    "undated-kpi": {
        "period": DATED,
        "source": DATED,
    },
    "unmeasured-goal": {"kpi": kpi_of_goal, "kpis": kpi_of_goal},
    "aimless-opportunity": {
        "target: {ID: …}": target,
        "removes": lambda case: [Set((*case.item, "removes"), [case.journey.touchpoints[0].id])],
    },
    "company-first-opportunity": {"benefit: both": put("benefit", "both")},
    "done-without-result": {"result": put("result", "Half as many calls")},
    "ignored-low-point": {"opportunities": opportunity(), "at: [ID]": opportunity()},
    "nothing-exceeds": {
        "kind: exceed": idea("exceed"),
        "personalise": idea("personalise"),
    },
    "nothing-shortens": {
        "removes": lambda case: [Set(("opportunities", 0, "removes"), [case.journey.touchpoints[0].id])],
        "kind: shorten": idea("shorten"),
    },
    "overdue-opportunity": {"status: done": put("status", "done"), "dropped": put("status", "dropped")},
    "unowned-opportunity": {"owner": put("owner", "Service desk"), "idea": put("status", "idea")},
    "unranked-opportunity": {
        "impact": both(put("impact", 3), put("effort", 2)),
        "effort": both(put("impact", 3), put("effort", 2)),
    },
    "bare-persona": {
        "facts": at_root("persona", "facts", value={"age": 40}),
        "wants": at_root("persona", "wants", value=["to be online"]),
        "motivated_by": at_root("persona", "motivated_by", value=["time"]),
    },
    "missing-goal": {"goals": at_root("goals", value=["I am online again"])},
    "persona-without-return-reason": {
        "returns_because": at_root("persona", "returns_because", value=["They are quick"]),
    },
    "persona-without-wants": {
        "wants": at_root("persona", "wants", value=["to be online"]),
        "motivated_by": at_root("persona", "motivated_by", value=["time"]),
    },
    "missing-retention": {
        "retention": at_root("privacy", "retention", value="1y"),
        "privacy": at_root("privacy", "retention", value="1y"),
        "retention: 1y": at_root("privacy", "retention", value="1y"),
    },
    "sensitive-facts": {"personal_data: [TEXT]": listed, "privacy": listed},
    "unconsented-quote": {
        "quotes: anonymised with consent": at_root("privacy", "quotes", value="anonymised, with consent"),
        "privacy": at_root("privacy", "quotes", value="anonymised with consent"),
        "thinks": no_quote,
    },
    "undeclared-personal-data": {"personal_data": declared, "privacy": declared},
    "company-title": {
        "lang": at_root("lang", value="fr"),
    },
    "inside-out-journey": {"backstage": customer_side},
    "long-note": {"persona": note_of_persona},
    "missing-scope": {
        "scope": scope("starts", "ends"),
        "starts": scope("starts", "ends"),
        "ends": scope("starts", "ends"),
    },
    "stale-map": {"updated": at_root("updated", value="2026-06-01")},
    "partly-timed": {"at": lambda case: [Set((*case.touchpoint, "at"), _time(case))]},
    "undefined-day0": {
        "day0": at_root("day0", value="day of the visit"),
        "day0: day of the visit": at_root("day0", value="day of the visit"),
    },
    "overlap": {"lasts": until_the_next, "at": after_this},
    "unexplained-gap": {
        "lasts": before_the_gap("lasts"),
        "wait": before_the_gap("wait"),
        "phase: after": lambda case: [] if case.journey.is_flat else [Set((*case.touchpoint[:2], "phase"), "after")],
    },
    "bare-endpoint": {
        "feeling": lambda case: _bare(case),
        "channel": lambda case: _bare(case),
    },
    "company-sentence": {"backstage": both(at_touchpoint("title", "I notice it"), to_backstage)},
    "early-end": {
        "phase: after": new_stage("after"),
        "ends": scope("ends"),
        "scope": scope("ends"),
    },
    "late-start": {
        "phase: before": new_stage("before"),
        "starts": scope("starts"),
        "scope": scope("starts"),
    },
    "missing-moment-of-truth": {"moment_of_truth: true": at_touchpoint("moment_of_truth", True)},
    "missing-renewal": {"phase: renewal": new_stage("renewal")},
    "unanswered-gap": {"at: [ID]": opportunity()},
    "picture-without-text": {"alt": lambda case: [Set(case.hit.path, {"file": "a.png", "alt": "A phone"})]},
    "unexplained-vulnerability": {
        "why": at_touchpoint("why", "Too few people"),
        "needs": at_touchpoint("needs", [NEED]),
        "backstage": at_touchpoint("backstage", [STEP]),
    },
    "long-title": {key: detail_in(key) for key in ("does", "thinks", "why")},
    "policy-phrase": {
        "outcome: vulnerability": both(at_touchpoint("outcome", "vulnerability"), at_touchpoint("why", "No leave")),
        "why": both(at_touchpoint("outcome", "vulnerability"), at_touchpoint("why", "No leave")),
    },
    "unsourced-quote": {"evidence": evidence, "thinks": moved_to("thinks")},
    "untidy-text": {"write": written},
}  # fmt: skip
"""What an author does who follows the help of a rule, by the texts that it names; `plain` knows the others."""

PROSE = {"silent-wait": {"by: company"}, "hidden-wait": {"by: company"}}
"""Where the help wants a touchpoint in between, which a test of its own adds."""


def _name(case: Case) -> str:
    found = re.match(r'"(.+?)"', case.hit.message)
    assert found
    return found[1]


def _target(case: Case) -> Any:
    kpi = case.journey.kpis[int(case.item[-1])]
    times = ("response_time", "resolution_time", "duration")
    return "24h" if kpi.kind in times else 0.85 if kpi.kind in ("csat", "fcr", "rate") else 4


def _time(case: Case) -> str:
    """The time of the touchpoint before, else of the next that has one."""
    places = case.journey.places
    number = next(place.number for place in places if place.path == case.touchpoint)
    times = [place.touchpoint.at for place in (*reversed(places[: number - 1]), *places[number:])]
    return next(at.text for at in times if at)


def _bare(case: Case) -> Sequence[Change]:
    values = {"feeling": "happy", "channel": "phone"}
    return [Set((*case.touchpoint, key), value) for key, value in values.items() if f"`{key}`" in case.hit.help]


def snippets(help: str) -> set[str]:
    """What a help names as a text to write, with placeholders for what differs from journey to journey."""
    found = set(re.findall(r"`([^`]+)`", help))
    for pattern, general in (
        (r"at: \[[\w-]+\]", "at: [ID]"),
        (r"target: \{[\w-]+: …\}", "target: {ID: …}"),
        (r"(team|lang): .+", r"\1: TEXT"),
        (r"personal_data: \[.+\]", "personal_data: [TEXT]"),
        (r"day 3", "at"),
    ):
        found = {re.sub(pattern, general, one) for one in found}
    if re.match(r"write \S+( or \S+)*$|write \".+\"$", help):
        found.add("write")
    return found | ({"did you mean"} if "did you mean" in help else set())


def files() -> Iterator[tuple[str, str]]:
    """Yield the fixtures and bad examples, each with the rule that it is about."""
    for path in sorted(HERE.glob("*/*.yaml")):
        yield path.stem.partition("--")[0], path.read_text(encoding="utf-8")
    for id, rule in known_rules().items():
        yield id, rule.example("Bad")


@cache
def cases() -> Mapping[str, list[Case]]:
    """Return for each rule all hits in the fixtures and bad examples, and the parts of those that sum up several."""
    found: dict[str, list[Case]] = {id: [] for id in all_rules()}
    for of, text in files():
        document = read_text(text, "a.journey.yaml")
        assert document.journey
        subject = Subject(document.journey, document.source, TODAY)
        for id, ones in found.items():
            ones += [Case(document, one, of) for hit in subject.hits(id) for one in (hit, *hit.parts)]
    return found


TEXTS = {
    model: {field.key for field in fields_of(model, (Prose,)) if field.shape.meaning} for model in (Touchpoint, Journey)
}
"""The fields that are texts."""


def plain(snippet: str) -> Action | None:
    """Return how to follow a snippet that is a field of text, or a field with its value; None for any other."""
    key, _, value = snippet.partition(": ")
    for model in (Touchpoint, Journey):
        if key in (model.model_fields if value else TEXTS[model]):
            given = yaml.safe_load(value) if value else "Some text"
            return at_touchpoint(key, given) if model is Touchpoint else at_root(key, value=given)
    return None


@cache
def ways() -> Mapping[str, Mapping[str, Action | Sequence[Action]]]:
    """Return for each rule how to follow each text that its help names."""
    found: dict[str, dict[str, Action | Sequence[Action]]] = {id: dict(FOLLOWED.get(id, {})) for id in all_rules()}
    for id, hits in cases().items():
        for snippet in (
            {one for case in hits for one in snippets(case.hit.help)} - PROSE.get(id, set()) - found[id].keys()
        ):
            if action := plain(snippet):
                found[id][snippet] = action
    return found


def test_every_text_that_a_help_names_is_tried() -> None:
    named = {(id, one) for id, hits in cases().items() for case in hits for one in snippets(case.hit.help)}
    untried = {(id, one) for id, one in named if one not in ways()[id] and one not in PROSE.get(id, ())}
    assert untried == set(), "FOLLOWED: say what an author does who follows these"
    assert {(id, one) for id, ones in FOLLOWED.items() for one in ones} <= named


def chosen(id: str, snippet: str, others: int) -> list[Case]:
    """The hits whose help names a text: those in files about the rule, and of the others so many, evenly spread."""
    named = [case for case in cases()[id] if snippet in snippets(case.hit.help)]
    own, strange = [case for case in named if case.of == id], [case for case in named if case.of != id]
    return own + strange[:: max(len(strange) // others, 1)]


@pytest.mark.parametrize("others", [OTHERS, slow(10_000)])
@pytest.mark.parametrize("id", all_rules())
def test_help_that_is_followed_leaves_no_finding_and_no_error(id: str, others: int) -> None:
    for snippet, actions in ways()[id].items():
        tried = 0
        for case in chosen(id, snippet, others):
            for action in [actions] if callable(actions) else actions:
                tried += _follow(id, case, action)
        assert tried, snippet


def _follow(id: str, case: Case, action: Action) -> bool:
    """Make the change and judge anew; for a summary, make it at each of its parts."""
    parts = [Case(case.document, part, case.of) for part in case.hit.parts]
    if case.hit.first_only or not parts or parts[0].hit.help != case.hit.help:
        parts = [case]
    changes: dict[KeyPath, Change] = {}
    for part in parts:
        for change in action(part):
            path = change.path
            while path in changes and isinstance(path[-1], int):  # each appends to one list
                path = (*path[:-1], path[-1] + 1)
            if not (isinstance(change, Set) and changes.get(change.path) == change):
                changes[path] = change._replace(path=path)
    if not changes:
        return False
    source = case.document.source
    edits = text_edits(source, Fix("follow the help", tuple(changes.values()), safe=True))
    if not edits:  # the style of the file leaves no room for it, which costs a fix, too
        return False
    new = read_text(apply_edits(source.text, edits), "a.journey.yaml")
    assert new.journey, (case.hit, [(one.message, one.help) for one in new.findings], new.source.text)
    given = case.journey.model_dump(), new.journey.model_dump()
    meant = [one.path for one in changes.values()]
    meant += [(*path[:-1], "id") for path in meant if path[-1] == "title"]  # which is made from it
    strange = [path for path in different(*given) if not any(touches(path, one) for one in meant)]
    assert not strange, (case.hit, strange, new.source.text)
    left = Subject(new.journey, new.source, TODAY).hits(id)
    assert case.hit.path not in {hit.path for hit in left} or case.hit.message not in {hit.message for hit in left}, (
        case.hit,
        new.source.text,
    )
    return True


def different(old: Any, new: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the paths at which the data of two journeys differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            yield from different(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, (list, tuple)) and isinstance(new, (list, tuple)):
        for number, (one, other) in enumerate(zip_longest(old, new)):
            yield from different(one, other, (*path, number))
    elif old != new:
        yield path


def touches(path: KeyPath, changed: KeyPath) -> bool:
    """Return whether a path is at or below what was changed, or above it, where nothing was before.

    In a journey without stages the touchpoints are those of one stage.
    """
    if changed[:1] == ("touchpoints",):
        changed = ("stages", 0, *changed)
    length = min(len(path), len(changed))
    return path[:length] == changed[:length]


def test_data_that_a_fix_did_not_mean_is_seen() -> None:
    old, new = {"a": [1, {"b": 2}], "c": None}, {"a": [1, {"b": 3}, 4], "c": {"d": 1}}
    assert {*different(old, new)} == {("a", 1, "b"), ("a", 2), ("c",)}
    assert touches(("c",), ("c", "d")) and touches(("a", 1, "b"), ("a", 1))
    assert not touches(("a", 1, "b"), ("a", 1, "d")) and not touches(("a", 1), ("a", 2))
    assert touches(("stages", 0, "touchpoints", 2, "title"), ("touchpoints", 2))


@pytest.mark.parametrize("id", ["silent-wait", "hidden-wait"])
def test_a_touchpoint_of_the_company_in_between_ends_a_silence(id: str) -> None:
    found = cases()[id]
    assert found
    for case in found:
        assert case.document.yaml
        data = copy.deepcopy(case.document.yaml.data)
        told = {"title": "We are told how it stands", "by": "company", "channel": "sms"}
        holder = data
        for step in case.touchpoint[:-1]:
            holder = holder[step]
        holder.insert(int(case.touchpoint[-1]) + 1, told)
        new = read_text(json.dumps(data, ensure_ascii=False, default=str), "a.journey.yaml")
        assert new.journey, new.findings
        left = Subject(new.journey, new.source, TODAY).hits(id)
        assert case.hit.path not in {hit.path for hit in left}, (case.hit, data)
