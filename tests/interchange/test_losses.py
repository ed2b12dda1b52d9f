"""What an export does not carry as it stands in the map is named, and is not counted as carried."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.interchange import named_format
from journeykit.interchange.exported import Exported, export
from journeykit.interchange.normal import field_values
from journeykit.model import Journey
from tests.interchange.test_mermaid import journey


def exported(name: str, *touchpoints: dict[str, Any], **more: Any) -> Exported:
    stages = [{"name": "Start", "touchpoints": list(touchpoints)}]
    base = {"title": "T", "persona": "Sam", "scale": "1..5", **more}
    built = Journey.model_validate({**base, "stages": [*stages, *more.get("stages", [])]})
    done = export(built, named_format(name))
    where = [one.where for one in done.carry.lost]
    assert len(where) == len(set(where))
    assert done.carry.carried + len(where) == len(field_values(built))
    return done


def lost(done: Exported, field: str) -> list[tuple[str, str]]:
    return [(one.where, one.value) for one in done.carry.lost if one.field == field]


def guessed(done: Exported, key: str) -> list[tuple[str, str]]:
    return [(one.old, one.new) for one in done.carry.guessed if one.field == key]


CALL = {"title": "I call", "satisfaction": 3}
BOTH = {**CALL, "measured": {"mean": 4.2, "n": 200}}
FEW = {**CALL, "satisfaction": 5, "measured": {"mean": 2, "n": 2}}


def test_a_satisfaction_that_gives_way_to_a_survey_is_lost() -> None:
    done = exported("mermaid", BOTH, {**BOTH, "title": "I wait", "satisfaction": 4.2})
    assert b"I call: 4.2: Sam" in done.data
    assert lost(done, "Touchpoint.satisfaction") == [("stages[0].touchpoints[0].satisfaction", "3")]
    assert guessed(done, "score") == [("a survey", "4.2")] * 2
    done = exported("enablement-map", BOTH, CALL)
    assert lost(done, "Touchpoint.satisfaction") == [("stages[0].touchpoints[0].satisfaction", "3")]


def test_a_survey_that_is_too_small_to_be_shown_gives_no_score() -> None:
    done = exported("mermaid", FEW, CALL)
    assert b"I call: 3: Sam" in done.data
    assert guessed(done, "score") == [("a survey with few answers", "3")]
    assert lost(done, "Touchpoint.satisfaction") == [("stages[0].touchpoints[0].satisfaction", "5")]


@pytest.mark.parametrize(
    ("name", "key", "changes"),
    [
        ("mermaid", "score", [("0..10", "1..5"), ("10", "5"), ("angry", "1.5")]),
        ("enablement-map", "emotion_score", [("0..10", "-2..2"), ("10", "2"), ("0", "-2"), ("angry", "-2")]),
    ],
)
def test_every_score_that_is_moved_to_another_scale_is_named(
    name: str, key: str, changes: list[tuple[str, str]]
) -> None:
    points = ({**CALL, "satisfaction": 10}, {**CALL, "satisfaction": 0}, {"title": "I wait", "feeling": "angry"})
    assert set(changes) <= set(guessed(exported(name, *points, scale="0..10"), key))


def test_a_score_that_is_written_as_it_stands_is_no_change() -> None:
    assert not exported("mermaid", CALL, {**CALL, "satisfaction": 3.5}).carry.guessed
    assert not exported(
        "enablement-map", {**CALL, "satisfaction": -1}, CALL | {"satisfaction": 2}, scale="-2..2"
    ).carry.guessed


def test_a_score_that_is_rounded_is_named() -> None:
    assert guessed(exported("mermaid", {**CALL, "satisfaction": 3.33}, CALL), "score") == [("3.33", "3.3")]


def test_whose_touchpoint_it_is_comes_back_from_a_diagram_if_it_has_a_name() -> None:
    named = [{**CALL, "by": "company", key: value} for key, value in (
        ("actors", ["Help desk"]), ("backstage", [{"team": "Help desk"}]), ("frontstage", [{"team": "Help desk"}]),
    )]  # fmt: skip
    customer = [CALL, CALL, CALL, CALL]
    done = exported("mermaid", *named, *customer)
    assert done.data.count(b"I call: 3: Help desk\n") == 3
    assert lost(done, "Touchpoint.by") == []
    assert [one.by for one in journey(done.data.decode()).touchpoints] == ["company"] * 3 + ["customer"] * 4
    done = exported("mermaid", {**CALL, "by": "company"}, {**named[0], "by": "partner"}, *customer)
    assert lost(done, "Touchpoint.by") == [
        ("stages[0].touchpoints[0].by", "company"), ("stages[0].touchpoints[1].by", "partner"),
    ]  # fmt: skip


def test_a_persona_whom_a_reader_of_the_diagram_would_take_for_another_is_lost() -> None:
    company = {**CALL, "by": "company", "actors": ["Help desk"]}
    done = exported("mermaid", company, company, CALL)
    assert lost(done, "Persona.name") == [("persona.name", "Sam")]
    assert [one for one, _ in lost(done, "Touchpoint.by")] == [f"stages[0].touchpoints[{at}].by" for at in (0, 1)]
    assert guessed(done, "by") == [("customer", "company")]


@pytest.mark.parametrize("name", ["mermaid", "json-canvas", "miro"])
def test_a_stage_without_touchpoints_is_not_counted_as_carried(name: str) -> None:
    done = exported(name, CALL, CALL, stages=[{"name": "Never drawn", "id": "later"}])
    assert b"Never drawn" not in done.data
    assert lost(done, "Stage.name") == [("stages[1].name", "Never drawn")]
    assert lost(done, "Stage.id") == [("stages[1].id", "later")]


def test_an_answer_that_a_canvas_has_no_arrow_for_is_lost() -> None:
    options = [{"answer": "Yes", "to": "i-wait"}, {"answer": "No way", "to": "end"}]
    done = exported(
        "json-canvas", {**CALL, "decision": {"question": "Again?", "options": options}}, {"title": "I wait"}
    )
    assert b"No way" not in done.data
    path = "stages[0].touchpoints[0].decision.options[1]"
    assert lost(done, "Option.answer") == [(f"{path}.answer", "No way")]
    assert lost(done, "Option.to") == [(f"{path}.to", "end")]


def test_an_opportunity_at_a_stage_without_touchpoints_has_no_sticky_note() -> None:
    ideas = [{"title": "Never drawn", "at": ["later"]}, {"title": "Drawn", "at": ["later", "i-wait"]}]
    stage = {"name": "Later", "id": "later"}
    done = exported("miro", CALL, {"title": "I wait"}, stages=[stage], opportunities=ideas)
    assert b"Never drawn" not in done.data
    assert b"<p>Drawn</p>" in done.data
    assert lost(done, "Opportunity.title") == [("opportunities[0].title", "Never drawn")]
    assert [one for one, _ in lost(done, "Opportunity.at")] == ["opportunities[0].at[0]", "opportunities[1].at[0]"]
