"""How lanes use the room that there is: cards, names and lines where columns are narrow, and empty places."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.charts.frame import pages_of, scene_of
from journeykit.drawing.scene import Group, Rect, Scene
from journeykit.model import Journey

from .maps import bare, columns, groups, leaves, texts


def _journey(*touchpoints: dict[str, Any], **stage: Any) -> Journey:
    stages = [{"name": "First", "touchpoints": list(touchpoints), **stage}]
    return Journey.model_validate({"title": "T", "persona": "P", "stages": stages})


def _lane(scene: Scene, name: str) -> Group:
    (lane,) = [mark for mark in scene.marks if isinstance(mark, Group) and mark.id == f"lane-{name}-1"]
    return lane


def test_the_last_of_a_few_columns_is_not_much_narrower_than_the_others() -> None:
    first, second = columns(_lane(scene_of(bare(2), width=1200), "touchpoints"))
    assert second - first < 1.8 * (1200 - 40 - second)


def test_the_words_of_a_stages_name_stay_whole_and_the_score_stands_above_them() -> None:
    one = {"title": "One", "feeling": "angry"}
    stages = [{"name": "First", "touchpoints": [one] * 6}, {"name": "Reviewing", "touchpoints": [one]}]
    journey = Journey.model_validate({"title": "T", "persona": "P", "stages": stages})
    lane = _lane(scene_of(journey, width=980, columns=7), "stages")
    (name,) = [text for text in texts(lane) if text.text == "Reviewing"]
    score = [text for text in texts(lane) if text.kind == "stage-score"][-1]
    bar = [group for group in groups(lane) if group.kind == "stage"][-1].box()
    assert score.box().bottom <= name.box().top + 2 and bar.holds(score.box()) and bar.holds(name.box())


def _card_widths(*steps: list[dict[str, Any]], chart: str = "map") -> list[float]:
    scene = scene_of(
        _journey(*({"title": "One", "backstage": own} for own in steps)), chart=chart, columns=5, width=760
    )
    return [m.box().width for group in groups(scene) if group.kind == "step" for m in group.marks[:1]]


def test_a_card_goes_on_over_free_columns_of_its_stage() -> None:
    step = [{"team": "A", "does": "checks it"}]
    alone, beside = _card_widths(step, [], [], [], [])[0], _card_widths(step, step, [], [], [])[0]
    assert alone > 1.5 * beside


def test_arrows_take_their_way_in_free_columns_and_cards_stay_wide() -> None:
    there_and_back = [{"from": "A", "to": "B", "does": "asks"}, {"from": "B", "to": "A", "does": "answers"}]
    step = [{"team": "A", "does": "checks it"}]
    free = _card_widths([], there_and_back, [], [], [], chart="blueprint")[0]
    between = _card_widths(step, there_and_back, step, [], [], chart="blueprint")[1]
    assert free > between + 20


@pytest.mark.parametrize("page", ["", "a3"])
def test_lines_between_stages_end_above_the_footer(page: str) -> None:
    stage = {"name": "S", "touchpoints": [{"title": "One", "feeling": "angry"}]}
    file = {"title": "T", "persona": "P", "team": ["Anna"], "stages": [stage, stage]}
    (scene,) = pages_of(Journey.model_validate(file), page=page)
    footer, lines = _lane(scene, "footer"), [mark for mark in leaves(scene) if mark.kind == "guide"]
    assert lines and max(line.box().bottom for line in lines) <= footer.box().top + 0.5


def test_rows_on_pages_have_only_what_they_fill() -> None:
    touchpoints: list[dict[str, Any]] = [{"title": "One", "feeling": "calm"} for _ in range(30)]
    touchpoints[0] |= {"thinks": "why", "backstage": [{"team": "A"}], "lanes": {"law": "must"}}
    file: dict[str, Any] = {"title": "T", "persona": "P", "lanes": {"law": {"name": "Law"}}, "touchpoints": touchpoints}
    journey = Journey.model_validate(file)
    for page, expected in (("a4", 1), ("", 2)):
        scenes = list(pages_of(journey, page=page, columns=None if page else 15))
        names = [
            mark.id.split("-")[1]
            for scene in scenes
            for mark in scene.marks
            if isinstance(mark, Group) and mark.kind == "lane"
        ]
        assert names.count("curve") > 1
        for lane in ("thoughts", "visibility", "backstage", "own"):
            assert names.count(lane) == expected, (page, lane)


def test_lanes_of_ones_own_that_a_row_does_not_fill_are_not_on_its_page() -> None:
    touchpoints: list[dict[str, Any]] = [{"title": "One", "feeling": "calm", "lanes": {"law": "must"}}] * 30
    touchpoints = [{**touchpoints[0], "lanes": {"law": "must", "risk": "high"}}, *touchpoints[1:]]
    lanes = {"law": {"name": "Law"}, "risk": {"name": "Risk"}}
    journey = Journey.model_validate({"title": "T", "persona": "P", "lanes": lanes, "touchpoints": touchpoints})
    for page, expected in (("a4", 1), ("", 2)):
        scenes = list(pages_of(journey, page=page, columns=None if page else 15))
        named = [text.text for scene in scenes for text in texts(scene) if text.kind == "lane-label"]
        assert named.count("Risk") == expected and named.count("Law") > 1


def test_a_name_alone_has_the_whole_card() -> None:
    journey = Journey.model_validate({"title": "T", "persona": "Ines, cycles to work", "touchpoints": ["One", "Two"]})
    for scene in (scene_of(journey), *pages_of(journey, page="a3-portrait")):
        assert [text.text for text in texts(scene) if text.kind == "persona-name"] == ["Ines, cycles to work"]


def test_what_stands_in_sight_without_a_card_is_in_line_with_the_titles() -> None:
    scene = scene_of(_journey({"title": "One", "place": "at home"}, {"title": "Two", "by": "company"}))
    title = next(text for text in texts(_lane(scene, "touchpoints")) if text.text == "One")
    arrow = next(group for group in groups(_lane(scene, "frontstage")) if group.kind == "initiator")
    assert abs(arrow.box().left - title.box().left) < 4
    assert any(isinstance(mark, Rect) and mark.kind == "card" for mark in leaves(_lane(scene, "frontstage")))
