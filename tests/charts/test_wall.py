"""Without a paper the map is wide, as a wall is, and its lanes run through all of its rows."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

import pytest

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.frame import scene_of
from journeykit.drawing.scene import Line, Scene
from journeykit.model import Journey

from .maps import EXAMPLES, bare, example, full, groups, leaves, texts


def _lanes(scene: Scene) -> list[list[str]]:
    rows: dict[str, list[str]] = {}
    for group in groups(scene):
        if group.kind == "lane":
            _, name, row = group.id.split("-")
            rows.setdefault(row, []).append(name)
    return list(rows.values())


@pytest.mark.parametrize("chart", CHARTS)
def test_between_square_and_three_times_as_wide(chart: str) -> None:
    journeys = [bare(count) for count in range(2, 61)] + [full(count) for count in (*range(2, 20, 3), 30, 45, 60)]
    for journey in [*journeys, *(example(path.name.split(".")[0]) for path in EXAMPLES)]:
        scene = scene_of(journey, chart=chart)
        assert 1 <= scene.width / scene.height <= 3, (len(journey.places), scene.width, scene.height)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("make", [bare, full])
def test_two_touchpoints_stand_in_one_row(chart: str, make: Callable[[int], Journey]) -> None:
    scene = scene_of(make(2), chart=chart)
    rows = [group for group in groups(scene) if group.id.startswith("lane-touchpoints-")]
    assert len(rows) == 1
    marks = [mark.box() for mark in leaves(rows[0]) if mark.kind == "number"]
    assert marks[1].left - marks[0].left > scene.width / 4


def test_lanes_of_ones_own_are_wide_too() -> None:
    for count in (2, 14, 60):
        for lanes in (["touchpoints"], ["stages", "metrics"], ["thoughts", "outcomes", "backstage", "opportunities"]):
            scene = scene_of(full(count), lanes=lanes)
            assert scene.width <= 3 * scene.height or len(_lanes(scene)) == ceil(count / 2)
            assert scene.width >= scene.height


def test_a_width_alone_gives_the_height() -> None:
    heights = [scene_of(full(9), width=width).height for width in (340, 600, 1000, 2000, 3000)]
    assert heights == sorted(heights, reverse=True) and len(set(heights)) == len(heights)
    assert len(_lanes(scene_of(bare(40), width=6000))) == 1


def _journey(*touchpoints: dict[str, Any], **more: Any) -> Journey:
    named = [{"id": f"t{number}", "title": f"I do {number}", **one} for number, one in enumerate(touchpoints)]
    return Journey.model_validate({"title": "T", "persona": "P", "touchpoints": named, **more})


def test_a_lane_is_there_for_the_whole_map() -> None:
    every = ["stages", "touchpoints", "channels", "curve", "thoughts", "visibility", "backstage"]
    journey = _journey(
        {"feeling": "calm", "thinks": "Why?"}, {"channel": "phone"}, {"feeling": "calm"},
        {"backstage": [{"team": "Sales", "does": "calls"}]},
    )  # fmt: skip
    first, *further = _lanes(scene_of(journey, columns=1))
    assert first[0] == "header" and all(row == further[0] for row in further)
    assert set(further[0]) == set(first[1:]) >= {"thoughts", "visibility", "backstage"}
    assert "outcomes" not in first and set(first[1:]) <= {*every, "frontstage"}


def test_an_empty_lane_has_its_name_and_no_more() -> None:
    journey = _journey({"thinks": "Why?"}, {"feeling": "calm"})
    scene = scene_of(journey, columns=1)
    (empty,) = (group for group in groups(scene) if group.id == "lane-thoughts-2")
    assert [text.kind for text in texts(empty)] == ["lane-label"] * len(texts(empty))
    assert [mark.kind for mark in leaves(empty) if isinstance(mark, Line)] == ["rule"]


def test_who_starts_is_shown_in_all_rows_or_in_none() -> None:
    alone: dict[str, Any] = {"channel": "phone"}
    for touchpoints, expected in (([alone, {"by": "company"}, {"channel": "none"}], 3), ([alone] * 3, 0)):
        scene = scene_of(_journey(*touchpoints), columns=1)
        lanes = [group for group in groups(scene) if group.id.startswith("lane-frontstage")]
        assert len(lanes) == expected
        assert all(any(mark.kind in ("initiator", "card") for mark in [*leaves(one), *groups(one)]) for one in lanes)


def test_metrics_of_the_whole_journey_are_in_its_last_row_alone() -> None:
    kpi = {"id": "nps", "kind": "nps", "value": 12, "n": 80}
    rows = _lanes(scene_of(_journey({}, {}, {}, kpis=[kpi]), columns=1))
    assert ["metrics" in row for row in rows] == [False, False, True]
    rows = _lanes(scene_of(_journey({}, {}, {}, kpis=[kpi, {**kpi, "id": "ces", "at": "t0"}]), columns=1))
    assert ["metrics" in row for row in rows] == [True, True, True]
