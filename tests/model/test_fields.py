"""Every field of the format: its default, what it takes and what it refuses."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

import pytest
from pydantic import ValidationError

from journeykit import model
from journeykit.model import Journey, Kpi, Stage, Touchpoint
from journeykit.model.answers import FIGURES
from journeykit.model.base import Part
from journeykit.model.fields import fields_of
from journeykit.model.json_schema import make_schema
from journeykit.model.meaning import Defines
from journeykit.output import textconv
from journeykit.output.tables import touchpoint_diff

NO = "required"
SCORED = ("Scoring", "Weights")
"""Parts with tests of their own."""


class Row(NamedTuple):
    part: str
    field: str
    default: Any
    good: tuple[Any, ...]
    bad: tuple[Any, ...]


TEXT: tuple[Any, ...] = ("x", "Ügyfél: 1")
NO_TEXT: tuple[Any, ...] = ("", "  ", 5, True, ["x"], {"x": "y"})
SLUG, NO_SLUG = ("a", "a-1", "0"), ("", "A", "a_b", "a b", "-a", "ü", 5, "a\n")
TEXTS: tuple[Any, ...] = (["x"], ["x", "y"], [])
NO_TEXTS: tuple[Any, ...] = ("x", [""], [5], {"x": "y"})
ONE_OR_MORE, NOT_ONE_OR_MORE = ("x", ["x"], ["x", "y"]), ("", [""], 5, [5], {"x": "y"})
LEVEL, NO_LEVEL = (1, 5, 2.5), (0, 5.1, "3", True, float("nan"))
COUNT, NO_COUNT = (0, 7), (-1, 1.5, "7", True)
SHARE, NO_SHARE = (0, 1, 0.25, "50%", "0.5 %"), (-0.1, 1.1, "1", "150%", "-5%", "half", True, float("nan"))
LENGTH, NO_LENGTH = (
    ("20s", "25min", "4h", "2d", "2w", "6mo", "1y", "P3D", "PT4H"),
    ("5m", "5", 5, "-5h", "h", "", ["5h"]),
)
TIME, NO_TIME = (
    ("-45d", "+25min", "0h", "day 3", "day 0 09:00", "2026-03-02", "2026-03-02T09:00"),
    ("5d", "noon", 5, ""),
)
DAY, NO_DAY = ("2026-03-02",), ("2026-02-30", "2026-03", "2.3.2026", "", 2026)
DATE, NO_DATE = ("2026-03-02", "2026-02", "2026-Q1", "2026", 2026), ("2026-Q5", "2026-13", "spring", "", "2026-02-30")
PERIOD, NO_PERIOD = (*DATE, "2026-01..2026-03", "2026-Q1/2026-Q2"), ("2026-01..", "..", "last year", "2026..2027..2028")
FIGURE, NO_FIGURE = (5, 4.2, "85%", "4h", -3), ("many", "", [5], True, float("inf"), "5m")
NUMBER, NO_NUMBER = (-2, 0, 1.5), ("1", True, float("inf"), [1])

SCALES = ("-2..2", "-3..3", "1..5", "1..7", "0..10", "1..10", "0..100")

URLS: tuple[Any, ...] = (
    "https://example.org",
    "http://a.b:80/c?d#e",
    "HTTPS://A.B/",
    "mailto:anna@example.org?subject=x",
)
NO_URLS: tuple[Any, ...] = (
    "", "example.org", "www.a.b", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.b", "//a.b",
    "https://", "https:///x", "https://a b", "https://me@evil.org/", "vbscript:x", "mailto:", "mailto:anna",
    "\njavascript:x",
    "https://a.b/\u202e", "https://" + "a" * 2000, 5, ["https://a.b"], {"x": "y"},
)  # fmt: skip
PATHS: tuple[Any, ...] = ("a.png", "pictures/a b.jpg", "../ü.svg")
NO_PATHS: tuple[Any, ...] = (
    "",
    "/etc/a.png",
    "~/a.png",
    "C:/a.png",
    "a\\b.png",
    "https://a.b/c.png",
    "data:image/png;x",
    "a\nb.png",
    5,
)
LINKS: tuple[Any, ...] = ([], ["https://a.b"], [{"url": "https://a.b", "title": "x"}])
NO_LINKS: tuple[Any, ...] = ("https://a.b", ["a.b"], [{}], [{"title": "x"}], [5], {"url": "https://a.b"})
IMAGE: tuple[Any, ...] = ("a.png", {"file": "a.png", "alt": "x"})
NO_IMAGE: tuple[Any, ...] = ("", "/a.png", {}, {"alt": "x"}, ["a.png"], 5)

WRITTEN = [
    Row("Journey", "journeykit", 1, (1,), (0, 2, "1", True, 1.5)),
    Row("Journey", "id", "journey", SLUG, NO_SLUG),
    Row("Journey", "state", "current", ("current", "future"), ("Future", "", 1)),
    Row("Journey", "basis", "assumption", ("assumption", "research", "measured"), ("guess", "")),
    Row("Journey", "lang", "en", ("en", "hu", "de-AT", "sr-Latn"), ("english language", "e", "", 5, "en_US")),
    Row("Journey", "status", "draft", ("draft", "reviewed", "live", "retired"), ("Live", "")),
    Row("Journey", "day0", None, ("first working day", "2026-03-02"), ("", 5, "2026-02-30", ["x"])),
    Row("Journey", "scope", None, ({}, {"starts": "x"}), ("x", [], {"begins": "x"})),
    Row("Journey", "goals", (), (["x"], [{"goal": "x"}]), ("x", [5], [{}], [{"goal": ""}])),
    Row("Journey", "persona", NO, ("Anna", {"name": "Anna"}), ("", {}, [], 5, {"name": ""})),
    Row("Journey", "scale", "-2..2", SCALES, ("1-5", "0..5", 5)),
    Row("Journey", "feelings", {}, ({"meh": -0.5}, {"wow": 2}),
        ({"meh": 3}, {"meh": "bad"}, ["meh"], {"": 1}, {"x": True})),
    Row("Journey", "channels", {}, ({"fax": {"name": "Fax"}}, {"fax": {}}),
        ({"fax": "x"}, ["fax"], {"fax": {"nam": "x"}})),
    Row("Journey", "lanes", {}, ({"law": {"name": "Law"}}, {"law": {}}, {"law": None}, {}),
        ({"law": "x"}, ["law"], {"Law": {}}, {"law": {"nam": "x"}})),
    Row("LaneDefinition", "icon", None, ("lock", "phone"), ("padlock", "", 5)),
    Row("Journey", "stages", NO, ([{"name": "s", "touchpoints": ["a", "b"]}],), ("x", ["x"], {"name": "s"}, [{}])),
    Row("Journey", "opportunities", (), ([],), ("x", [{}], [5])),
    Row("Journey", "kpis", (), ([],), ("x", [{}], [5])),
    Row("Journey", "feedback", (), ([], [{}]), ("x", [5])),
    Row("Journey", "sources", (), ([], [{"id": "s"}]), ("x", [{}], [5])),
    Row("Journey", "evidence", (), (["s"], []), ("s", ["S"], [5])),
    Row("Journey", "changes", (), ([{"what": "x"}],), ("x", [{}], [5])),
    Row("Journey", "privacy", None, ({}, {"quotes": True}), ("x", [], {"quote": True})),
    Row("Journey", "scoring", None, ({}, {"profile": "mean"}), ("mean", [], {"profil": "mean"})),
    Row("Journey", "data", {}, ("desk", ["desk", "poll"], {"desk": {}, "poll": None}, {"desk": {"Q": ["x", 4]}}),
        ("Desk", ["a b"], 5, [5], {"desk": "x"}, {"desk": {"Q": True}}, {"desk": {"": "x"}})),
    Row("Persona", "id", "anna", SLUG, NO_SLUG),
    Row("Persona", "facts", {}, ({"age": 42, "role": "nurse"}, {}), (["x"], {"age": [42]}, {"age": True}, {"": "x"})),
    Row("Goal", "who", "customer", ("customer", "business"), ("company", "")),
    Row("Stage", "id", "help", SLUG, NO_SLUG),
    Row("Stage", "name", NO, TEXT, (5, ["x"])),
    Row("Stage", "touchpoints", (), (["a", "b"], [{"title": "a"}]), ("a", [5], [[]], {"a": "sad"})),
    Row("Touchpoint", "id", "i-call", SLUG, NO_SLUG),
    Row("Touchpoint", "by", "customer", ("customer", "company", "partner"), ("me", "")),
    Row("Touchpoint", "frontstage", (), ([], [{"team": "x", "evidence": ["y"]}], [{}]), ("x", ["x"], [{"from": "x"}])),
    Row("Touchpoint", "journey", None, ("returns", "../a.journey.yaml", "b c.yml"),
        ("", "Returns", "/a.yaml", "a.json", "https://x.org/a.yaml", "C:\\a.yaml", 5, ["x"])),
    Row("Touchpoint", "lanes", {}, ({"law": "x"}, {"law": ["x", "y"]}, {}),
        ("x", ["x"], {"Law": "x"}, {"law": ""}, {"law": 5})),
    Row("Link", "url", NO, URLS, NO_URLS),
    Row("Image", "file", NO, PATHS, NO_PATHS),
    Row("Touchpoint", "expected", None, (1, -0.5, "calm"), ("", [1], True, float("nan"))),
    Row("Touchpoint", "importance", 3, LEVEL, NO_LEVEL),
    Row("Touchpoint", "moment_of_truth", False, (True, False), ("yes", 1, "true")),
    Row("Touchpoint", "reach", 1, SHARE, NO_SHARE),
    Row("Touchpoint", "needs", (), ([], [{"what": "x"}]), ("x", ["x"], [{}])),
    Row("Touchpoint", "backstage", (), ([], [{"team": "x"}], [{}]), ("x", ["x"], {"team": "x"})),
    Row("Touchpoint", "decision", None, ({"question": "q", "options": [{"answer": "a", "to": "end"}]},), ("q", {}, [])),
    Row("Touchpoint", "churn_risk", None, ("none", "low", "medium", "high", 0, 1, "20%"), ("big", 2, -1, True, "")),
    Row("Touchpoint", "measured", None, ({"mean": 1},), (1, [1], {"average": 1})),
    Row("Touchpoint", "data", {}, ({"desk": "x"}, {"desk": ["x", 404]}, {}), ("desk", ["desk"], {"Desk": "x"},
        {"desk": ""}, {"desk": True}, {"desk": {}})),
    Row("Touchpoint", "evidence", None, (["s"], []), ("s", ["S"], [5])),
    Row("Touchpoint", "tags", (), (["complaint", "free"], []), ("complaint", ["First contact"], [5])),
    Row("Step", "warm", None, (True, False), ("yes", 1)),
    Row("Decision", "who", "customer", ("customer", "company", "unknown"), ("partner", "")),
    Row("Decision", "options", NO, ([{"answer": "a", "to": "end"}],), ([], "x", ["x"], [{}], {"a": "end"})),
    Row("Option", "to", NO, TEXT, NO_TEXT),
    Row("Measured", "sd", None, (0, 1.5), (-1, "1", True, float("inf"))),
    Row("Measured", "n", None, (1, 60), (0, -1, 1.5, "7", True)),
    Row("Measured", "counts", None, ({1: 3, -2: 0}, {}), ([1], {"good": 1}, {1.5: 1}, {1: -1}, {1: "x"})),
    Row("Measured", "scale", None, SCALES, ("1-5", 5)),
    Row("Opportunity", "id", "answer-sooner", SLUG, NO_SLUG),
    Row("Opportunity", "at", NO, ("a", ["a"], ["a", "b"]), ([], "", "A", ["A"], [5], 5)),
    Row("Opportunity", "confidence", "medium", ("low", "medium", "high", 0, 0.8, 1), ("none", 2, "", True)),
    Row("Opportunity", "target", {}, ({"a": 1}, {}), ({"A": 1}, {"a": "1"}, ["a"], {"a": True})),
    Row("Opportunity", "removes", (), (["a"], []), ("a", ["A"], [5])),
    Row("Opportunity", "benefit", "customer", ("customer", "company", "both"), ("all", "")),
    Row("Opportunity", "status", "idea", ("idea", "planned", "doing", "done", "dropped"), ("open", "")),
    Row("Kpi", "id", "csat", SLUG, NO_SLUG),
    Row("Kpi", "at", (), (*SLUG, ["a", "b"], []), NO_SLUG),
    Row("Kpi", "counts", None, ({1: 3}, {}), ([1], {"good": 1}, {1: -1})),
    Row("Kpi", "scale", None, ("1..2", "1..5", "0..10"), ("5", "1..6", "")),
    Row("Kpi", "data", (), ("desk", ["desk", "poll"]), ("", "A", [5])),
    Row("Kpi", "any_of", (), ("x", ["x", "y"], [404]), ("", [""], True, {"x": "y"})),
    Row("Kpi", "none_of", (), ("x", ["x", "y"], [404]), ("", [""], True, {"x": "y"})),
    Row("Kpi", "is", None, SLUG, NO_SLUG),
    Row("Kpi", "top", None, (1, 2), (0, "two", 11)),
    Row("Feedback", "id", None, SLUG, NO_SLUG),
    Row("Evidence", "id", NO, SLUG, NO_SLUG),
    Row("Privacy", "quotes", None, ("anonymised", True, False), ("", 5, [])),
]  # fmt: skip
"""Fields of types of their own, and with defaults."""

BY_TYPE: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "FreeText": (TEXT, NO_TEXT), "tuple[FreeText, ...]": (TEXTS, NO_TEXTS), "FreeTexts": (ONE_OR_MORE, NOT_ONE_OR_MORE),
    "ChannelWord": (TEXT, NO_TEXT), "ChannelWords": (ONE_OR_MORE, NOT_ONE_OR_MORE),
    "FeelingWords": (ONE_OR_MORE, NOT_ONE_OR_MORE), "tuple[ChannelWord, ...]": (TEXTS, NO_TEXTS),
    "SourceRef": (SLUG, NO_SLUG), "TouchpointRef": (SLUG, NO_SLUG), "KpiRef": (SLUG, NO_SLUG),
    "OpportunityRef": (SLUG, NO_SLUG), "Length": (LENGTH, NO_LENGTH), "At": (TIME, NO_TIME), "Day": (DAY, NO_DAY),
    "Date": (DATE, NO_DATE), "Period": (PERIOD, NO_PERIOD), "Measure": (FIGURE, NO_FIGURE), "Level": (LEVEL, NO_LEVEL),
    "Count": (COUNT, NO_COUNT), "Share": (SHARE, NO_SHARE), "ScaleNumber": (NUMBER, NO_NUMBER),
    "tuple[Link, ...]": (LINKS, NO_LINKS), "Image": (IMAGE, NO_IMAGE),
}  # fmt: skip
"""What a field takes and refuses, by its annotation in the model."""


def _derived() -> Iterator[Row]:
    """A row for each field of a type in `BY_TYPE`, and for each choice of words, that has no default but nothing."""
    for name, part in parts().items():
        for attribute, field in part.model_fields.items() if name not in SCORED else ():
            default = NO if field.is_required() else field.get_default(call_default_factory=True)
            declared = next(written(one)[attribute] for one in part.__mro__ if attribute in one.__annotations__)
            known = BY_TYPE.get(declared.removesuffix(" | None"))
            if known is None and declared.startswith("Literal["):
                annotations = (field.annotation, *get_args(field.annotation))
                words = get_args(next(one for one in annotations if get_origin(one) is Literal))
                known = (words, ("", "nonsense", words[0].upper()))
            if known and default in (NO, None, ()):
                yield Row(name, field.alias or attribute, default, *known)


@cache
def written(part: type) -> dict[str, str]:
    """Return the annotations of a class as its module writes them."""
    (found,) = ast.parse(textwrap.dedent(inspect.getsource(part))).body
    assert isinstance(found, ast.ClassDef)
    return {
        one.target.id: ast.unparse(one.annotation)
        for one in found.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }


def parts() -> dict[str, type[Part]]:
    """The models of the format by name."""
    return {name: part for name, part in inspect.getmembers(model, inspect.isclass) if issubclass(part, Part)}


def _rows() -> list[Row]:
    """The rows that are written, and those of all other fields."""
    written = {(row.part, row.field) for row in WRITTEN}
    return [*WRITTEN, *(row for row in _derived() if (row.part, row.field) not in written)]


ROWS = _rows()

LEAST: dict[str, dict[str, Any]] = {
    "Journey": {"title": "t", "persona": "p", "touchpoints": ["a", "b"]},
    "Persona": {"name": "Anna"},
    "Goal": {"goal": "g"},
    "Stage": {"name": "Help"},
    "Touchpoint": {"title": "I call"},
    "Need": {"what": "w"},
    "Decision": {"question": "q", "options": [{"answer": "a", "to": "end"}]},
    "Option": {"answer": "a", "to": "end"},
    "Opportunity": {"title": "Answer sooner", "at": ["a"]},
    "Kpi": {"kind": "csat"},
    "Evidence": {"id": "e"},
    "Change": {"what": "w"},
    "Link": {"url": "https://a.b"},
    "Image": {"file": "a.png"},
}
"""The least that each part must say; the others need nothing."""


def journey(part: str, data: dict[str, Any]) -> Journey:
    """A journey that has the part."""
    whole: dict[str, Any] = dict(LEAST["Journey"])
    touchpoint: dict[str, Any] = dict(LEAST["Touchpoint"])
    match part:
        case "Journey":
            whole = data
        case "Stage":
            del whole["touchpoints"]
            whole["stages"] = [data]
        case "Persona" | "Scope" | "Privacy" | "Scoring":
            whole[part.lower()] = data
        case "ChannelDefinition":
            whole["channels"] = {"fax": data}
        case "Goal" | "Kpi" | "Change":
            whole[part.lower() + "s"] = [data]
        case "Opportunity" | "Evidence" | "Feedback":
            whole[{"Opportunity": "opportunities", "Evidence": "sources", "Feedback": "feedback"}[part]] = [data]
        case "Touchpoint":
            whole["touchpoints"] = [data, "b"]
        case "LaneDefinition":
            whole["lanes"] = {"law": data}
        case "Need" | "Step" | "FrontstageStep" | "Link":
            key = {"Need": "needs", "Step": "backstage", "FrontstageStep": "frontstage", "Link": "links"}[part]
            whole["touchpoints"] = [{**touchpoint, key: [data]}, "b"]
        case "Image":
            whole["touchpoints"] = [{**touchpoint, "image": data}, "b"]
        case "Decision" | "Measured":
            whole["touchpoints"] = [{**touchpoint, part.lower(): data}, "b"]
        case "Option":
            whole["touchpoints"] = [{**touchpoint, "decision": {"question": "q", "options": [data]}}, "b"]
    return Journey.model_validate(whole)


def part_of(whole: Journey, part: str) -> Any:
    """The part that `journey` put in."""
    touchpoint = whole.stages[0].touchpoints[0] if whole.stages[0].touchpoints else None
    where: dict[str, Any] = {
        "Journey": lambda: whole, "Stage": lambda: whole.stages[0], "Persona": lambda: whole.persona,
        "Scope": lambda: whole.scope, "Privacy": lambda: whole.privacy,
        "ChannelDefinition": lambda: whole.channels["fax"],
        "Goal": lambda: whole.goals[0], "Kpi": lambda: whole.kpis[0], "Change": lambda: whole.changes[0],
        "Opportunity": lambda: whole.opportunities[0], "Evidence": lambda: whole.sources[0],
        "Feedback": lambda: whole.feedback[0], "Touchpoint": lambda: touchpoint, "Need": lambda: touchpoint.needs[0],  # type: ignore[union-attr]
        "FrontstageStep": lambda: touchpoint.frontstage[0], "Link": lambda: touchpoint.links[0],  # type: ignore[union-attr]
        "Image": lambda: touchpoint.image, "LaneDefinition": lambda: whole.lanes["law"],  # type: ignore[union-attr]
        "Step": lambda: touchpoint.backstage[0], "Decision": lambda: touchpoint.decision,  # type: ignore[union-attr]
        "Measured": lambda: touchpoint.measured, "Option": lambda: touchpoint.decision.options[0],  # type: ignore[union-attr]
    }  # fmt: skip
    return where[part]()


def with_field(row: Row, value: Any) -> dict[str, Any]:
    data = {**LEAST.get(row.part, {}), row.field: value}
    if row.field == "stages":
        data.pop("touchpoints", None)
    return data


def attribute(row: Row) -> str:
    """The name of a field in Python, which cannot be a word of the language."""
    return f"{row.field}_" if row.field in ("from", "is") else row.field


ALL = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.part}.{row.field}")


@ALL
def test_a_field_takes_what_it_should(row: Row) -> None:
    for value in row.good:
        made = part_of(journey(row.part, with_field(row, value)), row.part)
        assert getattr(made, attribute(row)) is not None


@ALL
def test_a_field_refuses_what_it_should(row: Row) -> None:
    for value in row.bad:
        with pytest.raises(ValidationError) as error:
            journey(row.part, with_field(row, value))
        assert any(row.field in map(str, details["loc"]) for details in error.value.errors()), value


@ALL
def test_the_default_of_a_field(row: Row) -> None:
    data = dict(LEAST.get(row.part, {}))
    if row.default == NO:
        data.pop("touchpoints" if row.field == "stages" else row.field)
        if row.field == "stages":
            assert journey("Journey", data).touchpoints == ()  # which reading refuses
            return
        with pytest.raises(ValidationError) as error:
            journey(row.part, data)
        assert {details["type"] for details in error.value.errors()} >= {"missing"}
    elif row.field != "scoring":
        assert getattr(part_of(journey(row.part, data), row.part), attribute(row)) == row.default


@ALL
def test_a_key_without_a_value_counts_as_not_given(row: Row) -> None:
    if row.default != NO:
        with_null, without = with_field(row, None), dict(LEAST.get(row.part, {}))
        assert journey(row.part, with_null) == journey(row.part, without)


def test_the_table_has_every_field_there_is() -> None:
    there = {(n, f.alias or name) for n, part in parts().items() for name, f in part.model_fields.items()}
    scored = {field for field in there if field[0] in SCORED}
    rows = {(row.part, row.field) for row in ROWS}
    assert there - scored - rows == set(), "add a row for each of these fields to WRITTEN, or their type to BY_TYPE"
    assert rows - (there - scored) == set(), "these rows are of no field"
    assert {field for _, field in scored} == {
        "profile", "weights", "pain", "critical", "min_prominence", "min_drop", "minimum_base", "mean", "peak",
        "valley", "end", "first",
    }  # fmt: skip


@pytest.mark.parametrize("part", parts().values(), ids=lambda part: part.__name__)
def test_every_field_says_what_it_means(part: type[Part]) -> None:
    """The docstring of each field is its description in the schema."""
    schema = make_schema()
    properties = (schema if part is Journey else schema["definitions"][part.__name__])["properties"]
    assert part.__doc__
    for name, field in part.model_fields.items():
        assert properties[field.alias or name].get("description", "").endswith("."), name


@pytest.mark.parametrize("part", parts().values(), ids=lambda part: part.__name__)
def test_parts_are_frozen_and_refuse_unknown_keys(part: type[Part]) -> None:
    assert part.model_config["frozen"] is True
    assert part.model_config["extra"] == "forbid"


def test_a_journey_cannot_be_changed() -> None:
    made = Journey.model_validate(LEAST["Journey"])
    with pytest.raises(ValidationError):
        made.title = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        made.touchpoints[0].title = "other"  # type: ignore[misc]


def test_the_name_of_a_python_attribute_is_no_key() -> None:
    with pytest.raises(ValidationError):
        journey("Step", {"from_": "HR", "to": "IT"})


@pytest.mark.parametrize("scoring", [{"pain": -1}, {"critical": 101}, {"min_drop": "5"}, {"weights": {"mean": 1.5}},
                                     {"weights": {"mode": 1}}, {"profile": "fancy"}])  # fmt: skip
def test_scoring_out_of_range(scoring: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Journey.model_validate({**LEAST["Journey"], "scoring": scoring})


def _made_from() -> list[tuple[str, str]]:
    """Each part with an id that is made from another of its fields, and that field."""
    defined = [(name, fields_of(part, (Defines,))) for name, part in parts().items()]
    return [
        (name, mark.made_from)
        for name, fields in defined
        for field in fields
        for mark in field.shape.meanings
        if isinstance(mark, Defines) and mark.made_from
    ]


@pytest.mark.parametrize(("part", "field"), _made_from())
def test_a_missing_id_is_made_from_the_field_that_the_model_names(part: str, field: str) -> None:
    value = "nps" if part == "Kpi" else "Quite another"
    made = part_of(journey(part, {**LEAST[part], field: value}), part)
    assert made.id == value.lower().replace(" ", "-")


def test_lists_of_fields_in_other_modules_are_complete() -> None:
    measures = {name for name, declared in written(Kpi).items() if declared.removesuffix(" | None") == "Measure"}
    assert set(FIGURES) == measures
    fields = {*Touchpoint.model_fields, "stage"}
    assert {*touchpoint_diff.FIRST, *touchpoint_diff.NAMES} <= fields
    assert {*textconv.FIRST} <= fields
    assert {*textconv.LISTED, *textconv.APART} <= {*Journey.model_fields, *Stage.model_fields, "title"}
