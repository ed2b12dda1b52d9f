"""What a reader asks of an axis by time: which day is it, where do the stages lie, which line is which."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.frame import scene_of
from journeykit.charts.locales import Labels
from journeykit.charts.overlay.chart import overlay_of
from journeykit.charts.time_scale import Period, periods_of, time_scale_of, time_scales_of
from journeykit.charts.time_text import starts, tick
from journeykit.drawing.scene import Circle, Group, Line, Path, Rect, Scene
from journeykit.model import Journey
from journeykit.scoring import score

from .maps import EXAMPLES, example, full, groups, leaves, overlaps, texts

TIMED = [path.name.split(".")[0] for path in EXAMPLES if "smallest" not in path.name]
DRAWN = [chart for chart, plan in CHARTS.items() if "curve" in plan.lanes]


def _lane(scene: Scene, name: str, row: int = 1) -> Group:
    return next(group for group in groups(scene) if group.id == f"lane-{name}-{row}")


def _ticks(scene: Scene) -> list[str]:
    return [text.text for text in texts(scene) if text.kind == "tick"]


def _corners(path: Path) -> list[tuple[float, float]]:
    return [(command[1], command[2]) for command in path.commands if command[0] in ("M", "L")]


def _points(lane: Group) -> list[Circle]:
    points = [group for group in groups(lane) if group.kind == "point"]
    return [next(m for m in leaves(p) if isinstance(m, Circle) and m.kind == "dot") for p in points]


@pytest.mark.parametrize("chart", DRAWN)
def test_the_first_day_is_on_the_axis_though_a_silence_ends_on_it(chart: str) -> None:
    shown = _ticks(scene_of(example("my-new-job"), chart=chart, axis="time", columns="all"))
    assert any(word.startswith("day 0") for word in shown)
    assert "day −42" in shown and "day 29" in shown


def test_journeys_laid_over_each_other_tell_the_day_where_the_axis_begins() -> None:
    journeys = [example("my-new-job"), example("my-new-job-to-be")]
    shown = _ticks(overlay_of([(journey, score(journey)) for journey in journeys], axis="time"))
    assert "day −42" in shown and any(word.startswith("day 0") for word in shown)


@pytest.mark.parametrize("name", TIMED)
def test_time_is_told_where_the_axis_begins_and_after_every_silence(name: str) -> None:
    journey = example(name)
    lane = _lane(scene_of(journey, chart="curve", axis="time", columns="all"), "curve")
    words = [text for text in texts(lane) if text.kind in ("tick", "break")]
    assert overlaps(words) == []
    words.sort(key=lambda text: text.left)
    assert words[0].kind == words[-1].kind == "tick"
    day = Labels(journey.lang)("time.day", n="X").split("X")
    for before, word in pairwise(words):
        if before.kind == "break":
            assert word.kind == "tick" and word.text.startswith(day[0]) and day[1] in word.text


def test_ticks_are_times_of_day_or_have_no_words() -> None:
    english = Labels("en")
    assert tick(12 * 3600.0, False, True, english) == "12:00"
    assert tick(-12 * 3600.0, False, True, english) == "12:00"
    assert tick(12 * 3600.0, False, False, english) == "+12 h"
    assert tick(-84 * 3600.0, False, False, english) == tick(7204 * 3600.0, False, False, english) == ""
    assert starts(7204 * 3600.0, False, False, english) == ["day 300"]
    assert starts(8.75 * 3600, False, True, english) == ["day 0, 08:45", "day 0"]
    for count in (14, 60):
        for word in _ticks(scene_of(full(count), axis="time")):
            hours = re.fullmatch(r"[+−](\d+) h", word)
            assert word and (hours is None or int(hours[1]) <= 24), word


@pytest.mark.parametrize("name", TIMED)
def test_no_two_lines_at_a_point_lie_on_each_other(name: str) -> None:
    lane = _lane(scene_of(example(name), chart="curve", axis="time", columns="all"), "curve")
    points = _points(lane)
    assert all(b.x - a.x >= 10 for a, b in pairwise(points))
    leaders = [_corners(m) for m in leaves(lane) if isinstance(m, Path) and m.kind == "leader"]
    assert len(leaders) == len(points)
    upright = [(line[-1][0], line[-2][1], line[-1][1]) for line in leaders]
    upright += [
        (m.x1, min(m.y1, m.y2), max(m.y1, m.y2))
        for m in leaves(lane)
        if isinstance(m, Line) and m.kind in ("gap", "stem") and m.x1 == m.x2
    ]
    for number, (x, top, bottom) in enumerate(upright):
        for other, above, below in upright[number + 1 :]:
            assert abs(x - other) > 5 or min(bottom, below) - max(top, above) < 0.5, (x, top, bottom)


def _check_stages(journey: Journey, scene: Scene) -> None:
    rows = [group.id.rsplit("-", 1)[1] for group in groups(scene) if group.id.startswith("lane-curve-")]
    for row in rows:
        lane, bars = _lane(scene, "curve", int(row)), _lane(scene, "stages", int(row))
        boxes = [m.box() for m in leaves(bars) if isinstance(m, Rect) and m.kind == "stage"]
        ids = [g.id.removeprefix("point-") for g in groups(lane) if g.kind == "point"]
        stage_of = {t.id: stage.id for stage in journey.stages for t in stage.touchpoints}
        points = list(zip([stage_of[id] for id in ids], _points(lane), strict=True))
        turns = [(a.x, b.x) for (one, a), (other, b) in pairwise(points) if one != other]
        borders = [_corners(m) for m in leaves(lane) if isinstance(m, Path) and m.kind == "border"]
        assert len(borders) == len(turns) == len(boxes) - 1
        for line, (last, first), (left, right) in zip(borders, turns, pairwise(boxes), strict=True):
            assert left.right - 0.01 <= line[0][0] <= right.left + 0.01
            assert last < line[-1][0] < first
        tints = [m for m in leaves(lane) if isinstance(m, Rect) and m.kind == "tint"]
        assert len(tints) == len(boxes) // 2


@pytest.mark.parametrize("columns", [5, "all"])
@pytest.mark.parametrize("name", TIMED)
def test_lines_lead_from_the_ends_of_stage_bars_to_their_true_times(name: str, columns: int) -> None:
    journey = example(name)
    _check_stages(journey, scene_of(journey, axis="time", columns=columns))


def test_a_journey_without_stages_has_neither_borders_nor_tints() -> None:
    touchpoints = [{"title": str(n), "at": f"+{n}h", "feeling": "calm"} for n in range(4)]
    journey = Journey.model_validate({"title": "A", "persona": "P", "touchpoints": touchpoints})
    assert not {mark.kind for mark in leaves(scene_of(journey, axis="time"))} & {"border", "tint"}


DAY = 86400.0


def _timed(*touchpoints: dict[str, object]) -> Journey:
    named = [{"title": f"t{n}", "feeling": "calm", **one} for n, one in enumerate(touchpoints)]
    return Journey.model_validate({"title": "A", "persona": "P", "touchpoints": named})


def _rows(scene: Scene, kind: str) -> list[Rect]:
    return [m for m in leaves(scene) if isinstance(m, Rect) and m.kind == kind]


ROWS = st.lists(
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from((0, 0, 60, 86400))), min_size=1, max_size=8),
    min_size=1, max_size=4,
)  # fmt: skip


@given(ROWS)
def test_every_row_has_the_same_scale_or_says_that_it_has_another(drawn: list[list[tuple[int, int]]]) -> None:
    rows: list[list[Period]] = []
    start = 0.0
    for drawn_row in drawn:
        periods = []
        for gap, lasts in drawn_row:
            start += gap
            periods.append(Period(start, start + lasts))
        rows.append(periods)
    scales = time_scales_of(rows, 10.0, [(910.0, 100.0)] * len(rows))
    for above, scale in pairwise(scale for scale in scales if scale.rate):
        assert scale.is_other == (scale.rate != above.rate)
    for scale, row in zip(scales, rows, strict=True):
        assert list(scale.xs) == sorted(scale.xs) and scale.xs[0] == 10.0 and scale.xs[-1] <= 910.0 + 1e-6
        broken = {(gap.left, gap.right) for gap in scale.breaks}
        knots = list(zip(scale.seconds, scale.xs, strict=True))
        for (a, left), (b, right) in pairwise(knots):
            assert (left, right) in broken or right - left == pytest.approx((b - a) * scale.rate, abs=1e-6)
        for seconds, x in knots:
            assert scale.x(seconds) == pytest.approx(x)
        assert {moment for period in row for moment in period} == set(scale.seconds)


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=3, max_size=12))
def test_what_is_stated_is_never_narrower_than_a_shorter_time_that_is_open(days: list[tuple[int, bool]]) -> None:
    periods, start = [], 0.0
    for length, stated in days:
        periods.append(Period(start, start + length * DAY * stated))
        start += length * DAY
    periods.append(Period(start, start))
    scale = time_scale_of(periods, 0.0, 600.0, 100.0)
    widths = [
        (length, stated, scale.x(b.start) - scale.x(a.start))
        for (length, stated), (a, b) in zip(days, pairwise(periods), strict=True)
    ]
    for length, stated, width in widths:
        for other, also, narrower in widths:
            assert not stated or also or other > length or narrower <= width + 1e-6


def test_a_wait_of_nine_days_is_wider_than_three_open_days() -> None:
    journey = _timed(
        {"at": "+0d"}, {"at": "+1d"}, {"at": "+2d", "wait": "9d"}, {"at": "+11d"}, {"at": "+14d"}, {"at": "+15d"},
    )  # fmt: skip
    xs = [point.x for point in _points(_lane(scene_of(journey, chart="curve", axis="time"), "curve"))]
    assert xs[3] - xs[2] > 2.5 * (xs[4] - xs[3])


@pytest.mark.parametrize(("chart", "lanes"), [("curve", ()), ("blueprint", ()), ("map", ("stages", "thoughts"))])
def test_how_long_a_touchpoint_lasts_is_a_bar_of_that_length(chart: str, lanes: tuple[str, ...]) -> None:
    journey = _timed(
        {"at": "+0d", "lasts": "4h", "thinks": "x"}, {"at": "+1d", "lasts": "10h", "wait": "6h"}, {"at": "+2d"},
        {"at": "+3d", "wait": "8h"},
    )  # fmt: skip
    scene = scene_of(journey, chart=chart, lanes=lanes, axis="time")
    hours = {"lasts": (4, 10), "wait": (6, 8)}
    one_hour = {round(bar.width / n, 6) for kind, lengths in hours.items()
                for bar, n in zip(_rows(scene, kind), lengths, strict=True)}  # fmt: skip
    assert len(one_hour) == 1
    shown = [text.text for text in texts(scene) if text.kind == "legend"]
    assert {"Duration", "Wait"} <= set(shown)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", TIMED)
def test_every_chart_by_time_has_one_ruler_in_each_row(name: str, chart: str) -> None:
    scene = scene_of(example(name), chart=chart, axis="time", columns=6)
    rows = [group.id.rsplit("-", 1)[1] for group in groups(scene) if group.id.startswith("lane-touchpoints-")]
    ruled = [
        group.id.rsplit("-", 1)[1]
        for group in groups(scene)
        if group.kind == "lane" and any(text.kind == "tick" for text in texts(group))
    ]
    assert ruled == rows


def test_a_row_of_minutes_below_a_row_of_months_says_that_its_scale_is_another() -> None:
    months: list[dict[str, object]] = [{"at": f"+{40 * n}d"} for n in range(4)]
    minutes: list[dict[str, object]] = [{"at": f"+{120 * 1440 + 10 * n}min"} for n in range(1, 5)]
    shown = _ticks(scene_of(_timed(*months, *minutes), chart="curve", axis="time", columns=4))
    assert [word for word in shown if "other scale" in word] == ["day 120, other scale"]


def test_a_touchpoint_without_a_time_begins_after_what_the_one_before_lasts() -> None:
    journey = _timed({"at": "+0d", "lasts": "6d"}, {}, {"at": "+8d", "lasts": "2d"}, {})
    assert [period.start / DAY for period in periods_of(journey)] == [0, 7, 8, 10]
    crowded = _timed({"at": "+0d", "lasts": "6d"}, {"lasts": "2d"}, {"at": "+4d"})
    assert [period.start / DAY for period in periods_of(crowded)] == [0, 3, 4]
