"""Every field of the format, followed through the program: a value that is written into it comes out everywhere.

The fields are those of the models, so that a new one is followed without a line here. What a chart leaves out stands in
`journeykit.charts.left_out`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import pytest
import yaml

from journeykit.changing.fmt import format_journey
from journeykit.changing.merging import merge_texts
from journeykit.charts.alt_text import plain_text
from journeykit.charts.frame import scene_of
from journeykit.charts.left_out import LEFT_OUT
from journeykit.comparing.journey_diff import diff_journey
from journeykit.drawing.scene import Leaf
from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.descriptions import descriptions
from journeykit.model.meaning import Defines, Elsewhere, Ref, Word
from journeykit.model.references import Image, Link
from journeykit.model.values import Reads
from journeykit.output.tables import diff
from journeykit.output.textconv import textconv
from journeykit.reading import Document, read_text
from journeykit.scoring import score
from journeykit.scoring.settings import settings_for
from tests.charts import maps
from tests.test_schema import VALIDATOR


def named(fields: dict[str, str]) -> frozenset[str]:
    return frozenset(f"{part}.{key}" for part, keys in fields.items() for key in keys.split())


KNOWN_GAPS = named({})
"""What the map does not draw yet although it should. The list must be exact: whoever draws a field takes it out."""
KNOWN_SILENT = named({})
"""The same for the alt text."""
ONLY_SCORED = named({"Scoring": "profile", "Weights": "mean peak valley end first"})
"""Fields that change the score, which is drawn, and are not drawn themselves."""


class Case(NamedTuple):
    """A field, with two values for it, and the words that each is shown by if it is text."""

    part: type[Part]
    key: str
    values: tuple[Any, Any]
    token: str

    @property
    def name(self) -> str:
        return f"{self.part.__name__}.{self.key}"


NOTATIONS: dict[str, tuple[Any, Any]] = {
    "read_duration": ("3h", "5d"),
    "read_moment": ("+1h", "+2h"),
    "read_day": ("2027-03-02", "2028-04-03"),
    "read_date": ("2027-03", "2028-04"),
    "read_period": ("2027-Q1", "2028-Q2"),
    "read_figure": ("61%", "83%"),
    "read_number_or_word": (1, -1),
    "read_share": (0.35, 0.65),
    "read_answer": (1, 2),
    "read_url": ("https://tok.example/a", "https://tok.example/b"),
    "read_image_path": ("toka.png", "tokb.png"),
    "read_journey_target": ("toka", "tokb"),
    "read_risk": ("low", "high"),
    "read_label": ("Toklabel", "Tokother"),
}
WORDS = {
    "channel": ("phone", "letter"),
    "feeling": ("angry", "delighted"),
    "tag": ("toka", "tokb"),
    "language": ("en", "de"),
}
REFS = {
    "touchpoint": ("t1", "t2"),
    "source": ("s1", "s2"),
    "kpi": ("k1", "k2"),
    "opportunity": ("o1", "o2"),
    "lane": ("l1", "l2"),
}
OUTSIDE = ("data", "cases")
"""Kinds of names of the settings, which are ids."""
NUMBERS = count(1)


def sample(annotation: Any, marks: tuple[Any, ...] = ()) -> tuple[Any, Any]:
    """Two values that a type takes; text is a word that occurs nowhere else."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    for mark in marks:
        if isinstance(mark, Ref):
            return REFS[mark.kind]
        if isinstance(mark, Word):
            return WORDS[mark.kind]
        if isinstance(mark, Defines) or (isinstance(mark, Elsewhere) and mark.kind in OUTSIDE):
            return f"tok{next(NUMBERS)}a", f"tok{next(NUMBERS)}b"
        if isinstance(mark, Reads):
            name = mark.read.__name__
            if name in NOTATIONS:
                return NOTATIONS[name]
            words = mark.schema.get("anyOf", [{}])[0].get("enum")
            if words:
                return words[-1], words[0]
    if origin is Annotated:
        return sample(arguments[0], (*arguments[1:], *marks))
    if origin in (Union, UnionType):
        return sample(next(one for one in arguments if one is not type(None)), marks)
    if origin is Literal:
        return arguments[-1], arguments[0]
    if origin is tuple:
        return tuple([one] for one in sample(arguments[0]))  # type: ignore[return-value]
    if origin is dict:
        keys, values = sample(arguments[0]), sample(arguments[1])
        return tuple(dict([pair]) for pair in zip(keys, values, strict=True))  # type: ignore[return-value]
    if annotation is bool:
        return True, False
    if annotation in (int, float):
        return (2, 4) if annotation is float else (20, 40)
    number = next(NUMBERS)
    return f"Tok{number}a", f"Tok{number}b"


def parts(model: type[Part], seen: dict[str, type[Part]]) -> dict[str, type[Part]]:
    if model.__name__ not in seen:
        seen[model.__name__] = model
        for field in model.model_fields.values():
            for inner in _inner(field.rebuild_annotation()):
                parts(inner, seen)
    return seen


def _inner(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from _inner(argument)


SPECIAL: dict[str, tuple[Any, Any]] = {
    "Journey.journeykit": (1, 1),
    "Journey.scale": ("-2..2", "1..5"),
    "Journey.day0": ("Tok first day", "Tokb second day"),
    "Measured.counts": ({1: 30, 2: 40}, {1: 50, 2: 20}),
    "Measured.n": (41, 57),
    "Measured.scale": ("-2..2", "-3..3"),
    "Kpi.counts": ({1: 30, 5: 40}, {1: 50, 5: 20}),
    "Kpi.top": (1, 2),
    "Kpi.kind": ("csat", "fcr"),
    "Kpi.scale": ("1..5", "1..4"),
    "Persona.facts": ({"age": "Tok41"}, {"age": "Tok42"}),
    "Privacy.quotes": ("Tokyes", "Tokno"),
    "Touchpoint.reach": (0.35, 0.65),
    "Option.to": ("t2", "end"),
    "Decision.other": (0.2, 0.4),
    "Journey.data": ({"tokdesk": {"Tokqueue": ["Tokrouter"]}}, {"tokdesk": {"Tokqueue": ["Tokother"]}}),
    "Kpi.from": ("t1", "t2"),
    "Kpi.to": ("t2", "t1"),
    "Opportunity.target": ({"t1": 1}, {"t1": 2}),
    "Opportunity.at": (["t1"], ["t2"]),
    "Kpi.at": (["t1"], ["t2"]),
    "LaneDefinition.icon": ("lock", "phone"),
    "Touchpoint.satisfaction": (1, -1),
    "Measured.mean": (1, -1),
    "Measured.sd": (0.5, 1.0),
    "Touchpoint.moment_of_truth": (True, False),
    "Kpi.k": (30, 60),
    "Kpi.sent": (500, 600),
    "Opportunity.removes": (["t2"], ["t1"]),
    "Evidence.n": (20, 40),
    "Evidence.sent": (100, 200),
    "Touchpoint.channel": (["phone"], ["letter"]),
    "Touchpoint.at": ("+1h", "+2h"),
    "Touchpoint.feeling": (["angry"], ["delighted"]),
    "Journey.feelings": ({"tokfeel": 1}, {"tokfeel": -1}),
    "Scoring.minimum_base": (6, 60),
    "Weights.mean": (1, 0),
    "Weights.peak": (0, 1),
    "Weights.valley": (0, 1),
    "Weights.end": (0, 1),
    "Weights.first": (0, 1),
    "Kpi.p90": ("4h", "6h"),
    "Kpi.median": ("2h", "3h"),
    "Kpi.mean": ("2h", "3h"),
    "Kpi.target": ("70%", "90%"),
    "Journey.id": ("toka", "tokb"),
    "Journey.state": ("current", "future"),
    "Evidence.correlation": (0.2, 0.9),
    "Goal.priority": (2, 4),
    "Opportunity.impact": (1, 5),
    "Opportunity.effort": (1, 5),
    "Opportunity.status": ("planned", "doing"),
    "Opportunity.confidence": ("low", "high"),
    "Opportunity.benefit": ("customer", "company"),
}
"""Fields whose values depend on others, or on which the picture depends in a way of its own."""
COMPANIONS: dict[str, dict[str, Any]] = {
    "Kpi.k": {"kind": "fcr", "n": 100},
    "Kpi.n": {"kind": "fcr", "value": "61%"},
    "Kpi.sent": {"n": 100, "value": "61%"},
    "Kpi.promoters": {"kind": "nps", "passives": 30, "detractors": 20},
    "Kpi.passives": {"kind": "nps", "promoters": 30, "detractors": 20},
    "Kpi.detractors": {"kind": "nps", "promoters": 30, "passives": 20},
    "Kpi.counts": {"kind": "csat", "scale": "1..5"},
    "Kpi.scale": {"kind": "csat", "counts": {1: 30, 3: 40}, "top": 1},
    "Kpi.top": {"kind": "csat", "scale": "1..5", "counts": {1: 30, 4: 40, 5: 30}},
    "Kpi.unit": {"kind": "count", "value": 70},
    "Kpi.clock": {"kind": "response_time", "value": "2h"},
    "Kpi.value": {"kind": "fcr"},
    "Kpi.median": {"kind": "response_time"},
    "Kpi.mean": {"kind": "response_time"},
    "Kpi.p90": {"kind": "response_time", "median": "1h"},
    "Kpi.target": {"kind": "fcr", "value": "61%"},
    "Kpi.better": {"kind": "rate", "value": "61%", "target": "70%"},
    "Kpi.kind": {"value": "61%"},
    "Kpi.period": {"value": "61%"},
    "Kpi.source": {"value": "61%"},
    "Kpi.title": {"value": "61%"},
    "Kpi.at": {"value": "61%"},
    "Kpi.id": {"value": "61%"},
    "Measured.n": {"mean": 1, "sd": 1},
    "Measured.sd": {"mean": 1, "n": 40},
    "Measured.scale": {"mean": 1, "n": 40},
    "Measured.source": {"mean": 1, "n": 40},
    "Measured.period": {"mean": 1, "n": 40},
    "Measured.mean": {"n": 40, "sd": 1},
    "Link.title": {"url": "https://tok.example"},
    "Image.alt": {"file": "a.png"},
    "Step.from": {"to": "IT"},
    "Step.to": {"from": "HR"},
    "Step.warm": {"from": "HR", "to": "IT"},
    "Need.gap": {"what": "w"},
    "Need.kind": {"what": "w"},
    "Option.share": {"answer": "a", "to": "t2"},
    "Option.to": {"answer": "a"},
    "Option.answer": {"to": "t2"},
    "Decision.who": {"question": "q", "options": [{"answer": "a", "to": "t2"}]},
    "Decision.question": {"options": [{"answer": "a", "to": "t2"}]},
    "Decision.other": {"question": "q", "options": [{"answer": "a", "to": "t2"}]},
    "Kpi.from": {"kind": "duration", "median": "2h", "to": "t2"},
    "Kpi.to": {"kind": "duration", "median": "2h", "from": "t1"},
    "Kpi.any_of": {"kind": "rate", "value": "61%"},
    "Kpi.none_of": {"kind": "rate", "value": "61%"},
    "Kpi.is": {"kind": "rate", "value": "61%"},
    "Kpi.data": {"value": "61%"},
    "Change.date": {"what": "w"},
    "Change.result": {"what": "w"},
    "Change.opportunity": {"what": "w"},
    "Opportunity.impact": {"effort": 3},
    "Opportunity.effort": {"impact": 3},
    "Opportunity.confidence": {"effort": 3, "impact": 3},
    "Journey.evidence": {"basis": "research"},
    "Evidence.n": {"kind": "interview"},
    "Weights.mean": {"end": 0},
    "Evidence.sent": {"n": 20},
}
REQUIRED: dict[str, dict[str, Any]] = {
    "Persona": {"name": "Anna"},
    "Goal": {"goal": "g"},
    "Stage": {"name": "Help"},
    "Touchpoint": {"title": "I call", "feeling": "calm"},
    "Need": {"what": "w"},
    "Opportunity": {"title": "Answer sooner", "at": ["t1"]},
    "Kpi": {"kind": "csat"},
    "Evidence": {"id": "s9"},
    "Change": {"what": "w"},
    "Feedback": {"question": "q", "at": "t1"},
    "Journey": {},
}


@cache
def cases() -> list[Case]:
    found = []
    for part in parts(Journey, {}).values():
        for name, field in part.model_fields.items():
            annotation = field.rebuild_annotation()
            if any(True for _ in _inner(annotation)):
                continue  # its own fields are followed
            key = field.alias or name
            special = SPECIAL.get(f"{part.__name__}.{key}")
            values = special or sample(annotation)
            words = re.findall(r"[Tt]ok\w+", str(values[0]))
            found.append(Case(part, key, values, words[0] if words else ""))
    return found


def data_of(case: Case, value: Any) -> dict[str, Any]:
    """A journey with a value in the field, and nothing in any other place that it could come from."""
    own = {**REQUIRED.get(case.part.__name__, {}), **COMPANIONS.get(case.name, {})}
    own = {key: held for key, held in own.items() if key != case.key}
    own[case.key] = value
    part = case.part.__name__
    if part == "Weights":
        own = {"mean": 0, case.key: value}
        if value == 0:
            own["end" if case.key != "end" else "mean"] = 1
        elif case.key != "mean":
            own["mean"] = 0
    rest = [{"answer": "other", "to": "end", "share": round(1 - value, 2)}] if case.name == "Option.share" else []
    first: dict[str, Any] = {"id": "t1", "title": "I call", "feeling": "calm"}
    whole: dict[str, Any] = {
        "title": "My order",
        "persona": "Anna",
        "lanes": {"l1": {}, "l2": {}},
        "sources": [{"id": "s1"}, {"id": "s2"}],
        "stages": [{"name": "Help", "touchpoints": [first, {"id": "t2", "title": "They come", "feeling": "sad"}]}],
        "opportunities": [{"id": "o1", "title": "x", "at": ["t2"]}, {"id": "o2", "title": "y", "at": ["t2"]}],
        "kpis": [{"id": "k1", "kind": "csat", "value": "61%"}, {"id": "k2", "kind": "csat", "value": "62%"}],
    }
    places: dict[str, Callable[[], None]] = {
        "Journey": lambda: whole.update(own),
        "Persona": lambda: whole.update(persona=own),
        "Stage": lambda: whole["stages"][0].update(own),
        "Touchpoint": lambda: first.update(own),
        "Scope": lambda: whole.update(scope=own),
        "Privacy": lambda: whole.update(privacy=own),
        "Scoring": lambda: whole.update(scoring=own),
        "Weights": lambda: whole.update(scoring={"weights": own}),
        "Goal": lambda: whole.update(goals=[own]),
        "ChannelDefinition": lambda: (whole.update(channels={"fax": own}), first.update(channel="fax"))[0],
        "LaneDefinition": lambda: (whole["lanes"].update(l1=own), first.update(lanes={"l1": "x"}))[0],
        "Feedback": lambda: whole.update(feedback=[own]),
        "Evidence": lambda: whole["sources"].append(own),
        "Opportunity": lambda: whole["opportunities"].insert(0, own),
        "Kpi": lambda: whole["kpis"].insert(0, {"id": "k9", **own}),
        "Change": lambda: whole.update(changes=[own]),
        "Link": lambda: first.update(links=[own]),
        "Image": lambda: first.update(image=own),
        "Need": lambda: first.update(needs=[own]),
        "Step": lambda: first.update(backstage=[own]),
        "FrontstageStep": lambda: first.update(frontstage=[own]),
        "Decision": lambda: first.update(decision=own),
        "Option": lambda: first.update(decision={"question": "q", "options": [own, *rest]}),
        "Measured": lambda: first.update(measured=own),
    }
    places[part]()
    return whole


def text_of(data: dict[str, Any]) -> str:
    dumped: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)
    return dumped


@cache
def document(number: int, which: int) -> Document:
    case = cases()[number]
    read = read_text(text_of(data_of(case, case.values[which])), "order.journey.yaml")
    assert read.journey is not None, (case.name, read.findings)
    return read


ALL = pytest.mark.parametrize("number", range(len(cases())), ids=[case.name for case in cases()])


@ALL
def test_validate_and_the_schema_accept_it(number: int) -> None:
    case = cases()[number]
    for which in (0, 1):
        assert document(number, which).journey is not None
        assert list(VALIDATOR.iter_errors(data_of(case, case.values[which]))) == []


@ALL
def test_fmt_keeps_it(number: int) -> None:
    read = document(number, 0)
    formatted = format_journey(read)
    assert formatted.problem == ""
    again = read_text(formatted.text, "order.journey.yaml")
    assert again.journey == read.journey
    assert cases()[number].token in formatted.text


@ALL
def test_the_text_for_git_tells_its_change(number: int) -> None:
    case = cases()[number]
    if case.name == "Journey.journeykit":
        return  # there is one version
    texts = [
        textconv(read, settings_for(read.journey))
        for read in (document(number, 0), document(number, 1))
        if read.journey
    ]
    assert texts[0] != texts[1]
    if case.name not in ("Journey.lang",):
        assert case.token in texts[0]


IN_TOUCHPOINTS = frozenset(
    ("Touchpoint", "Link", "Image", "Need", "Step", "FrontstageStep", "Decision", "Option", "Measured")
)


@ALL
def test_diff_tells_its_change(number: int) -> None:
    case = cases()[number]
    if case.name == "Journey.journeykit":
        return  # there is one version
    old, new = (document(number, which).journey for which in (0, 1))
    assert old and new
    found = diff_journey("order.journey.yaml", score(old), "order.journey.yaml", score(new))
    assert found.status == "changed" and found.comparison
    assert any(one.fields for one in found.comparison.touchpoints) or found.parts
    table = diff.parts(found) if case.part.__name__ not in IN_TOUCHPOINTS else diff.touchpoints([found])
    told = [*diff.remarks(found), *(str(row) for row in (*table.rows, *diff.kpis(found).rows))]
    assert told, case.name
    if case.token and case.part.__name__ not in (*IN_TOUCHPOINTS, "Kpi"):
        assert case.token in " ".join(told)


@ALL
def test_merge_keeps_it_beside_a_change_of_the_other_side(number: int) -> None:
    case = cases()[number]
    base = text_of(data_of(case, case.values[1]))
    ours = text_of(data_of(case, case.values[0]))
    other = {"name": "They come", "new": "They come today"}
    theirs = base.replace(other["name"], other["new"])
    merged = merge_texts(base, ours, theirs, "order.journey.yaml")
    assert merged is not None
    assert merged.conflicts == 0, merged.text
    both = read_text(merged.text, "order.journey.yaml").journey
    assert both == read_text(ours.replace(other["name"], other["new"]), "order.journey.yaml").journey


def drawn(read: Document) -> Any:
    """What the map shows: its words, its titles, and how many marks of each look, wherever they lie."""
    assert read.journey is not None
    scene = scene_of(read.journey)
    words = " ".join(mark.text for mark in maps.texts(scene)) + " "
    words += " ".join(f"{group.title} {group.href}" for group in maps.groups(scene))
    looks = Counter(_look(mark) for mark in maps.leaves(scene))
    return words.split(), looks


def _look(mark: Leaf) -> tuple[object, ...]:
    """A mark without its place, but for one that says something by where it lies."""
    box = mark.box() if mark.kind in ("engagement", "metric-name", "question") else None
    place = box and (round(box.left), round(box.top))
    return type(mark).__name__, mark.kind, getattr(mark, "fill", ""), getattr(mark, "stroke", ""), place


def spoken(read: Document) -> Any:
    assert read.journey is not None
    return plain_text(read.journey, score(read.journey)).split(), None


def shows(number: int, account: Callable[[Document], Any]) -> bool:
    """Whether an account of a journey has the token of a field, or differs with its value."""
    case = cases()[number]
    first, second = account(document(number, 0)), account(document(number, 1))
    if case.name in ONLY_SCORED:
        return False
    return case.token in " ".join(first[0]) if case.token.startswith("Tok") else first != second


@pytest.fixture(scope="module")
def untold() -> dict[str, set[str]]:
    return {
        "drawn": {case.name for number, case in enumerate(cases()) if not shows(number, drawn)},
        "spoken": {case.name for number, case in enumerate(cases()) if not shows(number, spoken)},
    }


def test_the_map_draws_it_or_says_that_it_does_not(untold: dict[str, set[str]]) -> None:
    left_out = {name for name, one in LEFT_OUT.items() if "map" in one.where}
    assert untold["drawn"] - left_out - KNOWN_GAPS == set(), "draw them, or say in charts/left_out.py why not"
    assert left_out - untold["drawn"] == set(), "these are drawn: take them out of charts/left_out.py"
    assert KNOWN_GAPS - untold["drawn"] == set(), "these are drawn: take them out of KNOWN_GAPS"


def test_the_alt_text_tells_it_or_says_that_it_does_not(untold: dict[str, set[str]]) -> None:
    left_out = {name for name, one in LEFT_OUT.items() if "alt" in one.where}
    assert untold["spoken"] - left_out - KNOWN_SILENT == set(), "tell them, or say in charts/left_out.py why not"
    assert left_out - untold["spoken"] == set(), "these are told: take them out of charts/left_out.py"
    assert KNOWN_SILENT - untold["spoken"] == set(), "these are told: take them out of KNOWN_SILENT"


HOLDERS = [
    (part, field.alias or name, inner)
    for part in parts(Journey, {}).values()
    for name, field in part.model_fields.items()
    for inner in _inner(field.rebuild_annotation())
    if inner in (Link, Image)
]
"""Where a link or a picture may stand: the fields of both are followed at touchpoints only."""


@pytest.mark.parametrize(("part", "key", "inner"), HOLDERS, ids=[f"{part.__name__}.{key}" for part, key, _ in HOLDERS])
def test_links_and_pictures_are_drawn_and_told_wherever_they_may_stand(
    part: type[Part], key: str, inner: type[Part]
) -> None:
    link = inner is Link
    value = [{"url": "https://tok.example/x", "title": "Toklink"}] if link else {"file": "a.png", "alt": "Tokalt"}
    data = data_of(Case(part, key, (value, value), ""), value)
    read = read_text(text_of(data), "order.journey.yaml")
    assert read.journey is not None, read.findings
    assert ("Toklink" if link else "Tokalt") in " ".join(spoken(read)[0])
    if link:
        assert {"Toklink", "https://tok.example/x"} <= set(drawn(read)[0])
    else:
        assert "Tokalt" in " ".join(drawn(read)[0])


def test_what_is_left_out_is_a_field() -> None:
    names = {case.name for case in cases()}
    assert LEFT_OUT.keys() | KNOWN_GAPS | KNOWN_SILENT <= names
    assert not (LEFT_OUT.keys() & KNOWN_GAPS)


@ALL
def test_an_editor_explains_it_and_offers_its_key(number: int) -> None:
    pytest.importorskip("pygls", reason="the language server is an extra")
    from lsprotocol.types import MarkupContent

    from journeykit.server.analysis import Analysis, Rules
    from journeykit.server.completing import completions
    from journeykit.server.hovers import hover
    from tests.conftest import ROOT

    case = cases()[number]
    text = text_of(data_of(case, case.values[0]))
    analysis = Analysis(text, ROOT / "order.journey.yaml", Rules())
    spots = [match.start(1) for match in re.finditer(rf"(?m)^[ -]*({re.escape(case.key)}):", text)]
    name = next(name for name, field in case.part.model_fields.items() if (field.alias or name) == case.key)
    meaning = descriptions(case.part)[name].split("\n")[0]
    shown = [
        found.contents.value
        for spot in spots
        if (found := hover(analysis, spot)) and isinstance(found.contents, MarkupContent)
    ]
    assert any(meaning in one for one in shown), (meaning, shown)
    offered: set[str] = set()
    for spot in spots:  # the key is being typed
        end = text.index("\n", spot)
        typed = Analysis(text[: spot + 1] + text[end:], ROOT / "order.journey.yaml", Rules())
        offered |= {item.label for item in completions(typed, spot + 1)}
    assert case.key in offered
