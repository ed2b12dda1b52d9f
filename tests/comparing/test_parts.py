"""What differs beside touchpoints: parts matched by id, name and place, and what is said of them."""

from __future__ import annotations

from typing import Any

from journeykit.comparing.journey_diff import JourneyDiff, diff_journey
from journeykit.model import Journey
from journeykit.output.tables.diff import parts
from journeykit.scoring import score

BASE: dict[str, Any] = {
    "id": "parcel",
    "title": "My parcel",
    "persona": {"name": "Anna", "wants": ["speed", "quiet"], "facts": {"age": 30, "role": "nurse"}},
    "goals": ["a parcel in time"],
    "sources": [{"id": "talks", "n": 8}],
    "stages": [
        {"name": "Before", "goal": "To know the day", "touchpoints": [{"title": "I order", "feeling": "calm"}]},
        {"name": "After", "touchpoints": [{"title": "It comes", "feeling": "delighted"}]},
        {"name": "Later", "touchpoints": [{"title": "I return it", "feeling": "angry"}]},
    ],
}


def diff(new: dict[str, Any], old: dict[str, Any] | None = None, file: str = "a.yaml") -> JourneyDiff:
    versions = [score(Journey.model_validate({**BASE, **one})) for one in (old or {}, new)]
    return diff_journey("a.yaml", versions[0], file, versions[1])


def rows(new: dict[str, Any], old: dict[str, Any] | None = None, file: str = "a.yaml") -> list[list[Any]]:
    return [list(row) for row in parts(diff(new, old, file)).rows]


def test_nothing_differs() -> None:
    assert diff({}).status == "same" and rows({}) == []


def test_a_persona() -> None:
    persona = {"name": "Anna K.", "wants": ["speed", "a call"], "facts": {"age": 31}, "quote": "Please ring\ntwice"}
    words = (
        "name “Anna” → “Anna K.”; facts age 30 → 31, − role; wants + “a call”, − “quiet”; "
        "quote none → “Please ring twice”"
    )
    assert rows({"persona": persona}) == [["changed", "persona", "", words]]


def test_a_stage_is_renamed_moved_changed_added_and_removed() -> None:
    before, after, later = BASE["stages"]
    assert rows({"stages": [{**before, "name": "At first"}, after, later]}) == [
        ["changed", "stage", "At first", "name “Before” → “At first”"]
    ]
    assert rows({"stages": [after, later, {**before, "goal": None, "note": "Long"}]}) == [
        ["changed", "stage", "Before", "goal “To know the day” → none; note none → “Long”; moved"]
    ]
    assert rows({"stages": [after, before, later]})[0][:3] in (
        ["moved", "stage", "After"],
        ["moved", "stage", "Before"],
    )
    assert rows({"stages": [before, after]}) == [["removed", "stage", "Later", ""]]


def test_a_journey_without_stages_has_none() -> None:
    flat = {key: value for key, value in BASE.items() if key != "stages"}
    flat["touchpoints"] = [one for stage in BASE["stages"] for one in stage["touchpoints"]]
    old, new = score(Journey.model_validate(flat)), score(Journey.model_validate(BASE))
    found = parts(diff_journey("a.yaml", old, "a.yaml", new)).rows
    assert [row[:3] for row in found] == [["added", "stage", name] for name in ("Before", "After", "Later")]


def test_parts_of_lists_are_matched_by_id_by_name_and_by_likeness_at_their_place() -> None:
    assert rows({"sources": [{"id": "survey", "n": 40}, {"id": "talks", "n": 12}]}) == [
        ["added", "source", "survey", ""],
        ["changed", "source", "talks", "n 8 → 12"],
    ]
    assert rows({"goals": ["less waste", {"goal": "a parcel in time", "priority": 4}]}) == [
        ["added", "goal", "less waste", ""],
        ["changed", "goal", "a parcel in time", "priority none → 4"],
    ]
    assert rows({"goals": ["a parcel on time"]}) == [
        ["changed", "goal", "a parcel on time", "goal “a parcel in time” → “a parcel on time”"]
    ]
    assert [row[0] for row in rows({"goals": ["less waste"]})] == ["added", "removed"]


def test_figures_of_few_answers_are_not_told() -> None:
    kpi = {"id": "k", "kind": "csat", "value": "61%", "n": 3}
    told = rows({"kpis": [{**kpi, "value": "83%", "target": "70%"}]}, {"kpis": [kpi]})
    assert told == [["changed", "metric", "k", "target none → 70%"]]


def test_an_id_that_comes_with_another_file_is_no_difference() -> None:
    assert rows({"id": "other"}, file="b.yaml") == []
    assert rows({"id": "other"}) == [["changed", "journey", "", "id “parcel” → “other”"]]
