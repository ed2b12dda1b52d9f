"""Every field of the format: its default, what it takes and what it refuses."""

from __future__ import annotations

import inspect
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError

from journeykit import model
from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.json_schema import make_schema

NO = "required"


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
PHASES, STATUSES = ("before", "during", "after", "renewal"), ("idea", "planned", "doing", "done", "dropped")
KINDS = ("fix", "shorten", "inform", "exceed", "empower", "personalise", "automate", "staff", "train")
KPIS = ("csat", "nps", "ces", "fcr", "response_time", "resolution_time", "rate", "rating", "count", "duration")
SOURCES = ("interview", "observation", "survey", "analytics", "ticket", "review", "workshop")
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

ROWS = [
    Row("Journey", "journeykit", 1, (1,), (0, 2, "1", True, 1.5)),
    Row("Journey", "id", "journey", SLUG, NO_SLUG),
    Row("Journey", "title", NO, TEXT, NO_TEXT),
    Row("Journey", "note", None, TEXT, NO_TEXT),
    Row("Journey", "state", "current", ("current", "future"), ("Future", "", 1)),
    Row("Journey", "basis", "assumption", ("assumption", "research", "measured"), ("guess", "")),
    Row("Journey", "lang", "en", ("en", "hu", "de-AT", "sr-Latn"), ("english language", "e", "", 5, "en_US")),
    Row("Journey", "status", "draft", ("draft", "reviewed", "live", "retired"), ("Live", "")),
    Row("Journey", "owner", None, TEXT, NO_TEXT),
    Row("Journey", "team", (), TEXTS, NO_TEXTS),
    Row("Journey", "updated", None, DAY, NO_DAY),
    Row("Journey", "review_every", None, LENGTH, NO_LENGTH),
    Row("Journey", "day0", None, ("first working day", "2026-03-02"), ("", 5, "2026-02-30", ["x"])),
    Row("Journey", "scope", None, ({}, {"starts": "x"}), ("x", [], {"begins": "x"})),
    Row("Journey", "goals", (), (["x"], [{"goal": "x"}]), ("x", [5], [{}], [{"goal": ""}])),
    Row("Journey", "expectations", (), TEXTS, NO_TEXTS),
    Row("Journey", "persona", NO, ("Anna", {"name": "Anna"}), ("", {}, [], 5, {"name": ""})),
    Row("Journey", "scale", "-2..2", SCALES, ("1-5", "0..5", 5)),
    Row("Journey", "feelings", {}, ({"meh": -0.5}, {"wow": 2}),
        ({"meh": 3}, {"meh": "bad"}, ["meh"], {"": 1}, {"x": True})),
    Row("Journey", "channels", {}, ({"fax": {"name": "Fax"}}, {"fax": {}}),
        ({"fax": "x"}, ["fax"], {"fax": {"nam": "x"}})),
    Row("Journey", "lanes", {}, ({"law": {"name": "Law"}}, {"law": {}}, {"law": None}, {}),
        ({"law": "x"}, ["law"], {"Law": {}}, {"law": {"nam": "x"}})),
    Row("LaneDefinition", "name", None, TEXT, NO_TEXT),
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
    Row("Persona", "id", "anna", SLUG, NO_SLUG),
    Row("Persona", "name", NO, TEXT, NO_TEXT),
    Row("Persona", "facts", {}, ({"age": 42, "role": "nurse"}, {}), (["x"], {"age": [42]}, {"age": True}, {"": "x"})),
    *[Row("Persona", field,
        (), TEXTS, NO_TEXTS) for field in ("wants", "motivated_by", "returns_because", "pains", "prefers")],
    Row("Persona", "quote", None, TEXT, NO_TEXT),
    Row("Persona", "note", None, TEXT, NO_TEXT),
    Row("Persona", "links", (), LINKS, NO_LINKS),
    Row("Persona", "image", None, IMAGE, NO_IMAGE),
    Row("Goal", "goal", NO, TEXT, NO_TEXT),
    Row("Goal", "who", "customer", ("customer", "business"), ("company", "")),
    Row("Goal", "kpi", None, SLUG, NO_SLUG),
    Row("Goal", "priority", None, LEVEL, NO_LEVEL),
    Row("Scope", "starts", None, TEXT, NO_TEXT),
    Row("Scope", "ends", None, TEXT, NO_TEXT),
    Row("Scope", "excludes", (), ONE_OR_MORE, NOT_ONE_OR_MORE),
    Row("ChannelDefinition", "name", None, TEXT, NO_TEXT),
    *[Row("ChannelDefinition", field, (), ONE_OR_MORE, NOT_ONE_OR_MORE) for field in ("pros", "cons", "ideal_for")],
    Row("Stage", "id", "help", SLUG, NO_SLUG),
    Row("Stage", "name", NO, TEXT, (5, ["x"])),
    Row("Stage", "goal", None, TEXT, NO_TEXT),
    Row("Stage", "note", None, TEXT, NO_TEXT),
    Row("Stage", "pains", (), TEXTS, NO_TEXTS),
    Row("Stage", "phase", None, PHASES, ("pre", "")),
    Row("Stage", "touchpoints", (), (["a", "b"], [{"title": "a"}]), ("a", [5], [[]], {"a": "sad"})),
    Row("Touchpoint", "id", "i-call", SLUG, NO_SLUG),
    Row("Touchpoint", "title", NO, TEXT, NO_TEXT),
    Row("Touchpoint", "at", None, TIME, NO_TIME),
    Row("Touchpoint", "lasts", None, LENGTH, NO_LENGTH),
    Row("Touchpoint", "wait", None, LENGTH, NO_LENGTH),
    Row("Touchpoint", "channel", (), ONE_OR_MORE, NOT_ONE_OR_MORE),
    Row("Touchpoint", "by", "customer", ("customer", "company", "partner"), ("me", "")),
    *[Row("Touchpoint", field, None, TEXT, NO_TEXT) for field in ("place", "why")],
    *[Row("Touchpoint", field, (), ONE_OR_MORE, NOT_ONE_OR_MORE) for field in ("does", "thinks", "quote")],
    *[Row("Touchpoint", field, (), TEXTS, NO_TEXTS) for field in ("actors", "pains")],
    Row("Touchpoint", "engagement", None, LEVEL, NO_LEVEL),
    Row("Touchpoint", "frontstage", (), ([], [{"team": "x", "evidence": ["y"]}], [{}]), ("x", ["x"], [{"from": "x"}])),
    Row("Touchpoint", "links", (), LINKS, NO_LINKS),
    Row("Touchpoint", "image", None, IMAGE, NO_IMAGE),
    Row("Touchpoint", "journey", None, ("returns", "../a.journey.yaml", "b c.yml"),
        ("", "Returns", "/a.yaml", "a.json", "https://x.org/a.yaml", "C:\\a.yaml", 5, ["x"])),
    Row("Touchpoint", "lanes", {}, ({"law": "x"}, {"law": ["x", "y"]}, {}),
        ("x", ["x"], {"Law": "x"}, {"law": ""}, {"law": 5})),
    Row("Link", "url", NO, URLS, NO_URLS),
    Row("Link", "title", None, TEXT, NO_TEXT),
    Row("Image", "file", NO, PATHS, NO_PATHS),
    Row("Image", "alt", None, TEXT, NO_TEXT),
    Row("FrontstageStep", "evidence", (), ONE_OR_MORE, NOT_ONE_OR_MORE),
    *[Row("FrontstageStep", field, None, TEXT, NO_TEXT) for field in ("team", "does", "system", "owner")],
    Row("Touchpoint", "feeling", (), ONE_OR_MORE, NOT_ONE_OR_MORE),
    Row("Touchpoint", "satisfaction", None, NUMBER, NO_NUMBER),
    Row("Touchpoint", "expected", None, (1, -0.5, "calm"), ("", [1], True, float("nan"))),
    Row("Touchpoint", "importance", 3, LEVEL, NO_LEVEL),
    Row("Touchpoint", "moment_of_truth", False, (True, False), ("yes", 1, "true")),
    Row("Touchpoint", "reach", 1, SHARE, NO_SHARE),
    Row("Touchpoint", "outcome", None, ("strength", "vulnerability"), ("weakness", "")),
    Row("Touchpoint", "needs", (), ([], [{"what": "x"}]), ("x", ["x"], [{}])),
    Row("Touchpoint", "backstage", (), ([], [{"team": "x"}], [{}]), ("x", ["x"], {"team": "x"})),
    Row("Touchpoint", "decision", None, ({"question": "q", "options": [{"answer": "a", "to": "end"}]},), ("q", {}, [])),
    Row("Touchpoint", "churn_risk", None, ("none", "low", "medium", "high", 0, 1, "20%"), ("big", 2, -1, True, "")),
    Row("Touchpoint", "measured", None, ({"mean": 1},), (1, [1], {"average": 1})),
    Row("Touchpoint", "evidence", None, (["s"], []), ("s", ["S"], [5])),
    Row("Touchpoint", "tags", (), (["complaint", "free"], []), ("complaint", ["First contact"], [5])),
    Row("Touchpoint", "personal_data", (), TEXTS, NO_TEXTS),
    Row("Need", "what", NO, TEXT, NO_TEXT),
    Row("Need", "gap", None, TEXT, NO_TEXT),
    Row("Need", "kind", None, ("people", "skill", "tool", "budget", "information"), ("device", "")),
    *[Row("Step", field, None, TEXT, NO_TEXT) for field in ("team", "does", "from", "to", "system", "owner")],
    Row("Step", "lasts", None, LENGTH, NO_LENGTH),
    Row("Step", "wait", None, LENGTH, NO_LENGTH),
    Row("Step", "warm", None, (True, False), ("yes", 1)),
    Row("Decision", "question", NO, TEXT, NO_TEXT),
    Row("Decision", "who", "customer", ("customer", "company"), ("partner", "")),
    Row("Decision", "options", NO, ([{"answer": "a", "to": "end"}],), ([], "x", ["x"], [{}], {"a": "end"})),
    Row("Option", "answer", NO, TEXT, NO_TEXT),
    Row("Option", "to", NO, TEXT, NO_TEXT),
    Row("Option", "share", None, SHARE, NO_SHARE),
    Row("Measured", "mean", None, NUMBER, NO_NUMBER),
    Row("Measured", "sd", None, (0, 1.5), (-1, "1", True, float("inf"))),
    Row("Measured", "n", None, (1, 60), (0, -1, 1.5, "7", True)),
    Row("Measured", "counts", None, ({1: 3, -2: 0}, {}), ([1], {"good": 1}, {1.5: 1}, {1: -1}, {1: "x"})),
    Row("Measured", "scale", None, SCALES, ("1-5", 5)),
    Row("Measured", "source", None, SLUG, NO_SLUG),
    Row("Measured", "period", None, PERIOD, NO_PERIOD),
    Row("Opportunity", "id", "answer-sooner", SLUG, NO_SLUG),
    Row("Opportunity", "title", NO, TEXT, NO_TEXT),
    Row("Opportunity", "at", NO, ("a", ["a"], ["a", "b"]), ([], "", "A", ["A"], [5], 5)),
    Row("Opportunity", "links", (), LINKS, NO_LINKS),
    Row("Opportunity", "kind", None, KINDS, ("repair", "")),
    Row("Opportunity", "impact", None, LEVEL, NO_LEVEL),
    Row("Opportunity", "effort", None, LEVEL, NO_LEVEL),
    Row("Opportunity", "confidence", "medium", ("low", "medium", "high", 0, 0.8, 1), ("none", 2, "", True)),
    Row("Opportunity", "target", {}, ({"a": 1}, {}), ({"A": 1}, {"a": "1"}, ["a"], {"a": True})),
    Row("Opportunity", "removes", (), (["a"], []), ("a", ["A"], [5])),
    Row("Opportunity", "benefit", "customer", ("customer", "company", "both"), ("all", "")),
    Row("Opportunity", "owner", None, TEXT, NO_TEXT),
    Row("Opportunity", "status", "idea", STATUSES, ("open", "")),
    Row("Opportunity", "due", None, DAY, NO_DAY),
    Row("Opportunity", "result", None, TEXT, NO_TEXT),
    Row("Kpi", "id", "csat", SLUG, NO_SLUG),
    Row("Kpi", "kind", NO, KPIS, ("nsp", "")),
    Row("Kpi", "at", (), (*SLUG, ["a", "b"], []), NO_SLUG),
    *[Row("Kpi", field, None, FIGURE, NO_FIGURE) for field in ("value", "median", "p90", "mean", "target")],
    Row("Kpi", "counts", None, ({1: 3}, {}), ([1], {"good": 1}, {1: -1})),
    *[Row("Kpi", field, None, COUNT, NO_COUNT) for field in ("promoters", "passives", "detractors", "n", "sent")],
    Row("Kpi", "title", None, TEXT, NO_TEXT),
    Row("Kpi", "unit", None, TEXT, NO_TEXT),
    Row("Kpi", "k", None, COUNT, NO_COUNT),
    Row("Kpi", "scale", None, ("1..2", "1..5", "0..10"), ("5", "1..6", "")),
    Row("Kpi", "top", None, (1, 2), (0, "two", 11)),
    Row("Kpi", "better", None, ("higher", "lower"), ("up", "")),
    Row("Kpi", "clock", None, ("calendar", "business"), ("office", "")),
    Row("Kpi", "period", None, PERIOD, NO_PERIOD),
    Row("Kpi", "source", None, SLUG, NO_SLUG),
    Row("Feedback", "id", None, SLUG, NO_SLUG),
    Row("Feedback", "when", None, ("during", "end", "after"), ("before", "")),
    Row("Feedback", "at", None, SLUG, NO_SLUG),
    Row("Feedback", "channel", None, TEXT, NO_TEXT),
    Row("Feedback", "kind", None, ("csat", "nps", "ces", "open", "review"), ("poll", "")),
    Row("Feedback", "question", None, TEXT, NO_TEXT),
    Row("Evidence", "id", NO, SLUG, NO_SLUG),
    Row("Evidence", "kind", None, SOURCES, ("interviews", "")),
    Row("Evidence", "n", None, COUNT, NO_COUNT),
    Row("Evidence", "sent", None, COUNT, NO_COUNT),
    Row("Evidence", "correlation", None, (0, 0.4, 1), (-0.1, 1.1, "high")),
    Row("Evidence", "date", None, DATE, NO_DATE),
    Row("Evidence", "who", None, TEXT, NO_TEXT),
    Row("Evidence", "links", (), LINKS, NO_LINKS),
    Row("Change", "date", None, DAY, NO_DAY),
    Row("Change", "what", NO, TEXT, NO_TEXT),
    Row("Change", "opportunity", None, SLUG, NO_SLUG),
    Row("Change", "result", None, TEXT, NO_TEXT),
    Row("Privacy", "personal_data", (), TEXTS, NO_TEXTS),
    Row("Privacy", "quotes", None, ("anonymised", True, False), ("", 5, [])),
    Row("Privacy", "retention", None, LENGTH, NO_LENGTH),
]  # fmt: skip

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


ALL = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.part}.{row.field}")


@ALL
def test_a_field_takes_what_it_should(row: Row) -> None:
    for value in row.good:
        made = part_of(journey(row.part, with_field(row, value)), row.part)
        assert getattr(made, "from_" if row.field == "from" else row.field) is not None


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
        assert (
            getattr(part_of(journey(row.part, data), row.part), "from_" if row.field == "from" else row.field)
            == row.default
        )


@ALL
def test_a_key_without_a_value_counts_as_not_given(row: Row) -> None:
    if row.default != NO:
        with_null, without = with_field(row, None), dict(LEAST.get(row.part, {}))
        assert journey(row.part, with_null) == journey(row.part, without)


def parts() -> dict[str, type[Part]]:
    return {
        name: part for name, part in inspect.getmembers(model, inspect.isclass) if issubclass(part, Part)
    }  # fmt: skip


def test_the_table_has_every_field_there_is() -> None:
    there = {(n, f.alias or name) for n, part in parts().items() for name, f in part.model_fields.items()}
    scored = {field for field in there if field[0] in ("Scoring", "Weights")}
    rows = {(row.part, row.field) for row in ROWS}
    assert there - scored - rows == set(), "add a row for each of these fields to ROWS"
    assert rows - (there - scored) == set(), "these rows are of no field"
    assert {field for _, field in scored} == {
        "profile", "weights", "pain", "critical", "min_prominence", "min_drop", "minimum_base", "mean", "peak",
        "valley", "end", "first",
    }  # fmt: skip


@pytest.mark.parametrize("part", parts().values(), ids=lambda part: part.__name__)
def test_every_field_says_what_it_means(part: type[Part]) -> None:
    """In a text below it, which the schema shows to whoever writes a journey."""
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
