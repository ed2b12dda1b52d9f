"""The flow: an arc for each option of a decision, onward above the line, back below it."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.charts.frame import scene_of
from journeykit.charts.locales import LANGUAGES
from journeykit.drawing.scene import Circle, Group, Line, Path, Scene
from journeykit.drawing.themes import NAMES, load
from journeykit.errors import UsageError
from journeykit.model import Journey
from tests.charts.maps import check_layout, full, groups, leaves, texts


def option(to: str, share: float | None = None) -> dict[str, Any]:
    return {"answer": f"to {to}", "to": to, **({} if share is None else {"share": share})}


def journey(*decided: tuple[str, list[dict[str, Any]], float | None], lang: str = "en") -> Journey:
    points = [
        {"id": id, "title": f"I am at {id}", **({"decision": decision} if options else {})}
        for id, options, other in decided
        for decision in [{"question": "Then?", "options": options, **({} if other is None else {"other": other})}]
    ]
    return Journey.model_validate({"title": "T", "persona": "P", "lang": lang, "touchpoints": points})


DESK = journey(
    ("open", [option("take", 0.9), option("wait", 0.1)], None),
    ("take", [option("solved", 0.7), option("wait", 0.25)], 0.05),
    ("wait", [option("take", 0.6), option("open", 0.4)], None),
    ("solved", [option("take", 0.2), option("end", 0.8)], None),
)


def lane(scene: Scene, row: int = 1) -> Group:
    return next(group for group in groups(scene) if group.id == f"lane-flow-{row}")


def of_kind(group: Group, kind: str) -> list[Any]:
    return [mark for mark in leaves(group) if mark.kind == kind]


def test_arcs_lead_on_above_the_line_and_back_below_it() -> None:
    drawn = lane(scene_of(DESK, chart="flow"))
    (line,) = of_kind(drawn, "way")
    assert len(of_kind(drawn, "arc")) == 4 and len(of_kind(drawn, "arc-back")) == 3
    assert all(arc.box().bottom <= line.y1 for arc in of_kind(drawn, "arc"))
    assert all(arc.box().top >= line.y1 for arc in of_kind(drawn, "arc-back"))
    nodes = [mark.x for mark in of_kind(drawn, "node")]
    first = min(of_kind(drawn, "arc"), key=lambda arc: (arc.box().left, arc.box().right))
    assert nodes[0] < first.box().left < first.box().right < nodes[1]


def test_every_share_is_told_and_the_thicker_arc_is_the_larger() -> None:
    drawn = lane(scene_of(DESK, chart="flow"))
    words = [text.text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(drawn)]
    for share in ("90%", "10%", "70%", "25%", "60%", "40%", "20%", "80%", "Elsewhere 5%"):
        assert share in words
    widths = {arc.stroke_width for arc in of_kind(drawn, "arc")}
    assert max(widths) == pytest.approx(1 + 5 * 0.9) and min(widths) == pytest.approx(1 + 5 * 0.1)


@pytest.mark.parametrize("columns", [None, 2, 3])
def test_no_share_stands_on_another(columns: int | None) -> None:
    check_layout(scene_of(DESK, chart="flow", columns=columns))


def test_what_leads_to_another_row_ends_at_its_number() -> None:
    scene = scene_of(DESK, chart="flow", columns=2)
    first, second = lane(scene), lane(scene, 2)
    assert [text.text for text in of_kind(first, "sign")] == ["3", "4", "3"]
    assert [text.text for text in of_kind(second, "sign")] == ["2", "1", "2"]
    assert all(isinstance(mark, Circle) for mark in of_kind(first, "target"))
    assert not of_kind(second, "arc")


def test_a_share_that_ends_stands_below_all_arcs() -> None:
    drawn = lane(scene_of(DESK, chart="flow"))
    floor = max(arc.box().bottom for arc in of_kind(drawn, "arc-back"))
    assert all(text.box().top > floor for text in of_kind(drawn, "end"))
    stems = [mark for mark in of_kind(drawn, "stem") if isinstance(mark, Line)]
    assert len(stems) == 2


def test_options_without_a_share_are_thin_arcs_named_by_their_answer() -> None:
    drawn = lane(
        scene_of(journey(("a", [option("b"), option("c")], None), ("b", [], None), ("c", [], None)), chart="flow")
    )
    assert [arc.stroke_width for arc in of_kind(drawn, "arc") if isinstance(arc, Path)] == [1.0, 1.0]
    assert {group.title for group in groups(drawn) if group.kind == "flow"} == {"to b", "to c"}


def test_without_decisions_there_is_nothing_to_draw() -> None:
    with pytest.raises(UsageError):
        scene_of(journey(("a", [], None), ("b", [], None)), lanes=["flow"])


@pytest.mark.parametrize("theme", NAMES)
def test_themes(theme: str) -> None:
    check_layout(scene_of(DESK, chart="flow", theme=load(theme)))


@pytest.mark.parametrize("lang", [*LANGUAGES, "ar"])
def test_languages(lang: str) -> None:
    scene = scene_of(DESK.model_copy(update={"lang": lang}), chart="flow")
    check_layout(scene)
    assert "%" in scene.description, "the alt text tells the shares"


@pytest.mark.parametrize("axis", ["order", "time"])
def test_a_journey_with_everything(axis: Any) -> None:
    check_layout(scene_of(full(12), chart="flow", axis=axis))
