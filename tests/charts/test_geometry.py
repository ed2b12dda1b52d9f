"""Nothing overlaps, nothing is cut off, nothing is too small: asked of the scene, for every journey we can think of."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.columns import Axis
from journeykit.charts.frame import scene_of
from journeykit.drawing.geometry import Box
from journeykit.drawing.hyphens import HYPHEN
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Circle, Group, Mark, Rect, Scene
from journeykit.drawing.text import NO_BREAK, visible
from journeykit.model import Journey
from tests.conftest import examples, slow

from .lines import struck
from .maps import EXAMPLES, TEXTS, bare, columns, example, full, groups, leaves, overlaps, texts

AXES: tuple[Axis, ...] = ("order", "time")
IN_COLUMNS = {"touchpoint", "channel", "thoughts", "outcome", "handoff", "point", "frontstage"}
"""Kinds of groups whose text belongs to one touchpoint and stays in its column."""
IN_STAGES = {"step", "answers", "metric"}
"""Kinds of groups whose text may go on over the free columns of the stage."""

ROUND = {"face", "number", "rank", "target"}
"""Kinds of circles that have at most a text of their own on them."""


def check(scene: Scene, journey: Journey) -> None:
    """All that holds for every picture."""
    page = Box(0, 0, scene.width, scene.height)
    if scene.direction == "rtl":  # a mirrored page is as good as the one it is the mirror of
        scene = mirrored(scene)
    assert overlaps(texts(scene)) == []
    assert struck(scene) == []
    for text in texts(scene):
        assert text.size >= 7
        assert page.grown(-20).holds(text.box()), text
    for mark in leaves(scene):
        assert page.holds(mark.box()), mark
    _lanes_apart(scene)
    _text_in_columns(scene)
    _text_beside_marks(scene)
    _all_titles(scene, journey)
    _stage_bars(scene, journey)
    ids = [group.id for group in groups(scene) if group.id]
    assert len(ids) == len(set(ids))


def _rows(scene: Scene) -> list[list[Group]]:
    rows: dict[str, list[Group]] = {}
    for group in scene.marks:
        assert isinstance(group, Group)
        if group.kind != "lane":
            continue
        rows.setdefault(group.id.rsplit("-", 1)[1], []).append(group)
    return list(rows.values())


def _lanes_apart(scene: Scene) -> None:
    lanes = [lane for row in _rows(scene) for lane in row]
    for above, below in pairwise(lanes):
        assert max(t.box().bottom for t in texts(above)) <= min(t.box().top for t in texts(below))


def _text_in_columns(scene: Scene) -> None:
    for row in _rows(scene):
        (lane,) = (lane for lane in row if lane.id.startswith("lane-touchpoints"))
        lefts = [left - 2 for left in columns(lane)]
        ends = [*lefts[1:], scene.width - 40]
        bars = [bar.box().right for name in row for bar in leaves(name) if bar.kind == "stage"] or ends[-1:]
        for group in groups(Scene(width=0, height=0, marks=tuple(row), title="")):
            if group.kind not in IN_COLUMNS | IN_STAGES:
                continue
            for text in texts(group):
                box = text.box()
                at = sum(left <= box.left + 0.01 for left in lefts) - 1
                end = ends[at] if group.kind in IN_COLUMNS else min(bar for bar in bars if bar > lefts[at] + 2)
                assert at >= 0 and box.right <= end + 2.01, (group.kind, text)


def _text_beside_marks(scene: Scene) -> None:
    """No text lies on a face, a number or a rank but its own."""
    for row in _rows(scene):
        for lane in row:
            rounds = [m for m in leaves(lane) if isinstance(m, Circle) and m.kind in ROUND]
            words = [t for t in texts(lane) if t.kind not in ("touchpoint-number", "rank", "stage-score", "sign")]
            for mark in rounds:
                inner = mark.box().grown(0.5 if mark.kind == "target" else -1)
                assert not any(inner.overlaps(text.box()) for text in words), mark


def _all_titles(scene: Scene, journey: Journey) -> None:
    """Every title is there, whole, whatever was needed to wrap it."""
    shown = {group.id: "".join(t.text for t in texts(group) if t.kind == "touchpoint-title") for group in groups(scene)}
    for touchpoint in journey.touchpoints:
        words, whole = shown[f"touchpoint-{touchpoint.id}"], visible(touchpoint.title)
        for sign in (" ", NO_BREAK, HYPHEN):  # what goes and comes where a line breaks
            words, whole = words.replace(sign, ""), whole.replace(sign, "")
        assert words == whole


def _stage_bars(scene: Scene, journey: Journey) -> None:
    """Each bar begins and ends with the columns of its touchpoints."""
    stage_of = {f"touchpoint-{t.id}": stage.id for stage in journey.stages for t in stage.touchpoints}
    for row in _rows(scene):
        (lane,) = (lane for lane in row if lane.id.startswith("lane-touchpoints"))
        touchpoints = [group for group in groups(lane) if group.kind == "touchpoint"]
        marks = {g.id: next(m for m in leaves(g) if m.kind == "number").box() for g in touchpoints}
        bars = [
            (group, next(m for m in leaves(group) if isinstance(m, Rect) and m.kind == "stage"))
            for lane in row
            for group in groups(lane)
            if group.kind == "stage"
        ]
        for group, bar in bars:
            over = [id for id, box in marks.items() if bar.x <= box.left and box.right <= bar.x + bar.width]
            stage = group.id.removeprefix("stage-")
            assert over, group.id
            named = {stage_of[id] for id in over}
            assert len(named) == 1 and stage.startswith(next(iter(named)))
            assert bar.x == pytest.approx(min(marks[id].left for id in over), abs=2)
        if bars:
            assert sum(
                bar.x <= box.left and box.right <= bar.x + bar.width for _, bar in bars for box in marks.values()
            ) == len(touchpoints)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", [path.name.split(".")[0] for path in EXAMPLES])
def test_examples(name: str, chart: str, axis: Axis) -> None:
    journey = example(name)
    if axis == "time" and not any(touchpoint.at for touchpoint in journey.touchpoints):
        pytest.skip("has no times")
    check(scene_of(journey, chart=chart, axis=axis), journey)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("count", [2, slow(5), slow(14), 15, 30, slow(60)])
def test_everything_filled(count: int, chart: str, axis: Axis) -> None:
    journey = full(count)
    check(scene_of(journey, chart=chart, axis=axis), journey)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("count", [2, 5, 14, 15, 30, 60])
def test_nothing_but_titles(count: int, chart: str) -> None:
    journey = bare(count)
    check(scene_of(journey, chart=chart), journey)


@pytest.mark.parametrize("lang", ["en", "de", "el", "hu", "sl", "tr", "ar", "ja"])
def test_labels_of_every_language_fit(lang: str) -> None:
    journey = full(8, lang=lang)
    for axis in AXES:
        check(scene_of(journey, axis=axis), journey)


@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("make", [bare, full])
def test_any_text(make: object, script: str) -> None:
    journey = (full if make is full else bare)(7, TEXTS[script])
    for chart in CHARTS:
        check(scene_of(journey, chart=chart), journey)


@pytest.mark.parametrize("script", [script if script in ("latin", "arabic") else slow(script) for script in TEXTS])
def test_any_text_by_time(script: str) -> None:
    journey = full(7, TEXTS[script])
    for chart in CHARTS:
        check(scene_of(journey, chart=chart, axis="time"), journey)


@pytest.mark.parametrize("columns", [1, 3, 14, "all"])
def test_any_number_of_columns(columns: int | Literal["all"]) -> None:
    journey = full(16)
    for axis in AXES:
        check(scene_of(journey, columns=columns, axis=axis), journey)


@pytest.mark.parametrize("width", [340, 600, 1000, 3000])
def test_any_width(width: float) -> None:
    journey = full(9)
    for axis in AXES:
        scene = scene_of(journey, width=width, axis=axis)
        assert scene.width == pytest.approx(width)
        check(scene, journey)


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda t: t.strip() != "")


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    seconds = 0
    stages = []
    for number in range(draw(st.integers(1, 5))):
        touchpoints = []
        for _ in range(draw(st.integers(2, 6))):
            seconds += draw(st.sampled_from([0, 1, 60, 3600, 86400, 30 * 86400]))
            touchpoint: dict[str, Any] = {"title": draw(WORDS), "at": f"+{seconds}s"}
            fields: dict[str, st.SearchStrategy[Any]] = {
                "feeling": st.sampled_from(["angry", "calm", "delighted", "embarrassed"]),
                "satisfaction": st.sampled_from([-2, -1.5, -0.5, 0, 1, 2]),
                "expected": st.sampled_from([-2, 0, 1, 2]),
                "channel": st.lists(st.sampled_from(["phone", "web", "none", "letter"]), unique=True, max_size=4),
                "quote": WORDS,
                "why": WORDS,
                "moment_of_truth": st.booleans(),
            }
            for key, values in fields.items():
                if draw(st.booleans()):
                    touchpoint[key] = draw(values)
            touchpoints.append(touchpoint)
        stages.append({"name": f"{number} {draw(WORDS)}", "touchpoints": touchpoints})
    return Journey.model_validate({"title": draw(WORDS), "persona": draw(WORDS), "stages": stages})


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(journeys(), st.sampled_from(sorted(CHARTS)), st.sampled_from(AXES))
def test_generated(journey: Journey, chart: str, axis: Axis) -> None:
    check(scene_of(journey, chart=chart, axis=axis), journey)


def _moved_words(scene: Scene, by: float) -> Scene:
    """The scene with the feelings moved up or down."""

    def moved(mark: Mark) -> Mark:
        if isinstance(mark, Group):
            return mark._replace(marks=tuple(moved(inner) for inner in mark.marks))
        return mark.moved(0, by) if mark.kind == "feeling" else mark

    return scene._replace(marks=tuple(moved(mark) for mark in scene.marks))


def test_the_checks_can_fail() -> None:
    """Two titles moved onto each other, a small text, a text beyond its column: each is found."""
    journey = example("my-new-job")
    scene = scene_of(journey)
    check(scene, journey)
    every = texts(scene)
    assert overlaps([*every, every[5].moved(3, 2)])
    assert any(struck(_moved_words(scene, shift)) for shift in (-20, 20))
    lanes = list(scene.marks)
    number = next(n for n, lane in enumerate(lanes) if isinstance(lane, Group) and lane.id == "lane-thoughts-1")
    lane = lanes[number]
    assert isinstance(lane, Group)
    for broken in (
        lane._replace(marks=tuple(mark.moved(0, -400) for mark in lane.marks)),
        lane._replace(marks=(*lane.marks, texts(lane)[1]._replace(size=6.5, text="x", y=-5))),
        lane._replace(marks=tuple(m.moved(60, 0) if isinstance(m, Group) else m for m in lane.marks)),
    ):
        with pytest.raises(AssertionError):
            check(scene._replace(marks=(*lanes[:number], broken, *lanes[number + 1 :])), journey)
