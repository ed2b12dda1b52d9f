"""The curve goes through its points and nowhere beyond them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.columns import Axis
from journeykit.charts.curve.spline import area, between, interpolate, path
from journeykit.charts.frame import scene_of
from journeykit.charts.time_scale import spread
from journeykit.drawing.geometry import bounds
from journeykit.drawing.scene import Circle, Line, Path, Scene
from journeykit.model import Journey
from journeykit.scoring import score

from .maps import EXAMPLES, bare, example, full, groups, leaves, texts

WITH_CURVE = [name for name, chart in CHARTS.items() if "curve" in chart.lanes]
LEVELS = st.one_of(st.floats(0, 100).map(lambda y: round(y, 6)), st.sampled_from([0.0, 25.0, 50.0, 100.0]))
"""Scores have six decimals."""
POINTS = st.lists(
    st.tuples(st.floats(0.5, 300), LEVELS),
    min_size=2,
    max_size=30,
)


def _xs(steps: list[tuple[float, float]]) -> list[float]:
    total, xs = 0.0, []
    for step, _ in steps:
        total += step
        xs.append(total)
    return xs


@given(POINTS)
def test_pchip_is_that_of_scipy(points: list[tuple[float, float]]) -> None:
    xs, ys = _xs(points), [y for _, y in points]
    oracle = PchipInterpolator(xs, ys)
    for piece in interpolate(xs, ys):
        for share in (0.0, 0.1, 0.37, 0.5, 0.8, 1.0):
            x = piece.x0 + share * (piece.x1 - piece.x0)
            assert piece.y(x) == pytest.approx(float(oracle(x)), abs=1e-6)


@given(POINTS)
def test_it_never_overshoots(points: list[tuple[float, float]]) -> None:
    ys = [y for _, y in points]
    for piece, (one, other) in zip(interpolate(_xs(points), ys), pairwise(ys), strict=True):
        box = bounds(path([piece]))
        assert min(one, other) - 1e-6 <= box.top and box.bottom <= max(one, other) + 1e-6


@given(POINTS, st.floats(0.05, 0.95))
def test_cut_and_split_pieces_are_the_same_curve(points: list[tuple[float, float]], share: float) -> None:
    for piece in interpolate(_xs(points), [y for _, y in points]):
        at = piece.x0 + share * (piece.x1 - piece.x0)
        for part in (*piece.cut(at), *piece.split(50.0)):
            middle = (part.x0 + part.x1) / 2
            assert part.y(middle) == pytest.approx(piece.y(middle), abs=1e-4)
        for part in piece.split(50.0):
            assert (part.y0 - 50) * (part.y1 - 50) >= -1e-6
        assert piece.clipped(piece.x1, piece.x1 + 1) is None


def test_areas_end_on_the_level_and_bands_come_back() -> None:
    pieces = interpolate([0, 10, 20], [10, 40, 20])
    assert area(pieces, 50)[0] == ("M", 0, 50) and area(pieces, 50)[-2:] == (("L", 20, 50), ("Z",))
    lower = interpolate([0, 10, 20], [15, 45, 25])
    assert between(pieces, lower)[-2][-2:] == (0, 15)


def test_one_point_has_no_curve() -> None:
    assert interpolate([3], [50]) == []


@given(st.lists(st.floats(0, 500), min_size=1, max_size=30), st.floats(1, 30))
def test_spread_keeps_order_and_distance(places: list[float], apart: float) -> None:
    wanted = sorted(places)
    offsets = [apart * n for n in range(len(wanted))]
    found = spread(wanted, offsets, 0, 1000)
    assert all(b - a >= apart - 1e-9 for a, b in pairwise(found))
    assert found[0] >= 0 and found[-1] <= 1000 + 1e-9
    if all(b - a >= apart for a, b in pairwise(wanted)):
        assert found == pytest.approx(wanted)


def _field(scene: Scene, row: int = 1) -> tuple[list[Path], float, float]:
    """A row's curves, and where 0 and 100 lie."""
    lane = next(group for group in groups(scene) if group.id == f"lane-curve-{row}")
    grid = sorted(mark.y1 for mark in leaves(lane) if isinstance(mark, Line) and mark.kind == "grid")
    return [m for m in leaves(lane) if isinstance(m, Path) and m.kind == "curve"], grid[-1], grid[0]


def _points(scene: Scene, kind: str) -> dict[str, tuple[float, float]]:
    """Where each touchpoint's point is drawn."""
    found = {}
    for group in groups(scene):
        if group.kind == "point":
            mark = next(m for m in leaves(group) if isinstance(m, Circle) and m.kind == kind)
            found[group.id.removeprefix("point-")] = (mark.x, mark.y)
    return found


@pytest.mark.parametrize("axis", ["order", "time"])
@pytest.mark.parametrize("chart", WITH_CURVE)
@pytest.mark.parametrize("name", [path.name.split(".")[0] for path in EXAMPLES if "smallest" not in path.name])
def test_the_drawn_curve_passes_through_every_score(name: str, chart: str, axis: Axis) -> None:
    journey = example(name)
    scene = scene_of(journey, chart=chart, axis=axis, columns="all")
    curves, zero, hundred = _field(scene)
    ends = {(round(c[-2], 3), round(c[-1], 3)) for curve in curves for c in curve.commands if c[0] != "Z"}
    points = _points(scene, "face" if axis == "order" else "dot")
    for rated in score(journey).rated:
        x, y = points[rated.id]
        assert rated.score is not None
        assert y == pytest.approx(zero + (hundred - zero) * rated.score / 100)
        assert (round(x, 3), round(y, 3)) in ends
    for curve in curves:
        corners = [(c[-2], c[-1]) for c in curve.commands if c[0] != "Z"]
        for (_, before), (_, after), command in zip(corners, corners[1:], curve.commands[1:], strict=False):
            box = bounds((("M", *corners[curve.commands.index(command) - 1]), command))
            assert min(before, after) - 0.01 <= box.top and box.bottom <= max(before, after) + 0.01


def test_rows_continue_the_curve_where_the_one_above_left_it() -> None:
    scene = scene_of(bare(30).model_copy(update={"stages": full(30).stages}), columns=10)
    for row in (1, 2):
        above, zero, hundred = _field(scene, row)
        below, zero_below, hundred_below = _field(scene, row + 1)
        end, start = above[-1].commands[-1], below[0].commands[0]
        assert (end[-1] - zero) / (hundred - zero) == pytest.approx(  # type: ignore[operator]
            (start[-1] - zero_below) / (hundred_below - zero_below)  # type: ignore[operator]
        )


def _rated(*feelings: str | None, **more: object) -> Journey:
    touchpoints = [{"title": f"Step {n}", **({"feeling": f} if f else {})} for n, f in enumerate(feelings)]
    return Journey.model_validate({"title": "A", "persona": "P", "touchpoints": touchpoints, **more})


def test_an_unrated_touchpoint_breaks_the_curve() -> None:
    whole, _, _ = _field(scene_of(_rated("calm", "angry", "calm", "angry", "calm", basis="research")))
    broken, _, _ = _field(scene_of(_rated("calm", "angry", None, "angry", "calm", basis="research")))
    assert len(whole) == 1 and len(broken) == 2
    gap = broken[1].box().left - broken[0].box().right
    assert gap == pytest.approx(2 * whole[0].box().width / 4)
    shown = [mark for mark in leaves(scene_of(_rated("calm", "angry", None))) if mark.kind == "unrated"]
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("n", "told"), [(29, "measured, n = 29 · low base"), (30, "measured, n = 30"), (None, "measured")]
)
def test_a_survey_of_few_answers_is_marked(n: int | None, told: str) -> None:
    survey = {"mean": 4, "scale": "1..5", "n": n}
    points = [{"title": "A", "feeling": "calm"}, {"title": "B", "measured": survey}]
    scene = scene_of(Journey.model_validate({"title": "T", "persona": "P", "touchpoints": points}), chart="map")
    *_, point = (group for group in groups(scene) if group.kind == "point")
    assert " ".join(text.text for text in texts(point)).endswith(told)


def test_what_is_assumed_is_dashed() -> None:
    assumed, _, _ = _field(scene_of(_rated("calm", "angry", "calm", basis="assumption")))
    known, _, _ = _field(scene_of(_rated("calm", "angry", "calm", basis="research")))
    assert [bool(curve.dash) for curve in assumed] == [True]
    assert [bool(curve.dash) for curve in known] == [False]


def test_one_touchpoint_without_evidence_is_dashed_on_both_sides() -> None:
    journey = full(9)
    curves, _, _ = _field(scene_of(journey, columns="all"))
    # the second, third … of `full` have evidence, every third has none unless it is measured
    assert {bool(curve.dash) for curve in curves} == {True, False}


def test_areas_say_above_and_below_neutral() -> None:
    scene = scene_of(_rated("delighted", "angry", "delighted"))
    _, zero, hundred = _field(scene)
    neutral = (zero + hundred) / 2
    areas = [mark for mark in leaves(scene) if isinstance(mark, Path) and mark.kind == "area"]
    assert {mark.fill for mark in areas} == {"good-area", "bad-area"}
    for mark in areas:
        box = mark.box()
        assert box.bottom <= neutral + 0.01 if mark.fill == "good-area" else box.top >= neutral - 0.01


@pytest.mark.parametrize("chart", WITH_CURVE)
@pytest.mark.parametrize("name", [path.name.split(".")[0] for path in EXAMPLES])
def test_the_neutral_line_strikes_through_no_word(name: str, chart: str) -> None:
    journey = example(name)
    scene = scene_of(journey, chart=chart, columns="all")
    _, zero, hundred = _field(scene)
    neutral = (zero + hundred) / 2
    for text in (text for group in groups(scene) if group.kind == "point" for text in texts(group)):
        assert not text.y - 0.75 * text.size < neutral < text.y + 0.1 * text.size, text
