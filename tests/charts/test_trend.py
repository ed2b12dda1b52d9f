"""The trend of a series: strips on one axis of time, gaps, breaks, and periods that stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest

from journeykit.charts.trend.chart import trend_of
from journeykit.charts.trend.rows import limits_of, rows_of, runs, scales
from journeykit.drawing.scene import Circle, Group, Line, Mark, Scene, Text
from journeykit.errors import UsageError
from journeykit.measuring.series import Point, Strip
from journeykit.model import Journey

JOURNEY = Journey.model_validate(
    {"id": "j", "title": "I need help", "persona": "P",
     "touchpoints": [{"id": "call", "title": "I call"}, {"id": "wait", "title": "I wait"}]}
)  # fmt: skip
MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]


def strip(values: Iterable[float | None], touchpoint: str = "call", **keys: str) -> Strip:
    points = tuple(
        Point(
            month, None if value is None else 40, value, value and value - 5, value and value + 5, False, value is None
        )
        for month, value in zip(MONTHS, values, strict=False)
    )
    given = {"source": "s", "item": touchpoint, "metric": "csat", "statistic": "mean on 0..100"}
    given |= {"unit": "points", "scale": "1..5"}
    return Strip(touchpoint, **{**given, **keys}, points=points)


def marks_of(scene: Scene, kind: str) -> list[Mark]:
    def every(marks: Sequence[Mark]) -> Iterator[Mark]:
        for mark in marks:
            yield mark
            if isinstance(mark, Group):
                yield from every(mark.marks)

    return [mark for mark in every(scene.marks) if mark.kind == kind and not isinstance(mark, Group)]


def test_rows_are_in_the_order_of_the_journey_and_share_a_scale() -> None:
    loyalty = strip([30.0], "", metric="nps", unit="nps")
    found = rows_of(JOURNEY, [strip([10.0, 20.0], "wait"), strip([70.0, 80.0], "call"), loyalty])
    assert [row.title for row in found] == ["I call", "I wait", "NPS"]
    shared = scales(found)["points"]
    assert shared.low <= 5
    assert shared.high >= 85
    assert len(set(shared.lines)) == 3


def test_higher_is_above_and_later_is_at_the_right() -> None:
    scene = trend_of(JOURNEY, [strip([40.0, 60.0, 50.0])])
    points = [mark for mark in marks_of(scene, "point") if isinstance(mark, Circle)]
    assert [one.x for one in points] == sorted(one.x for one in points)
    assert points[1].y < points[2].y < points[0].y
    (band,) = marks_of(scene, "interval")
    assert band.box().top < points[1].y < band.box().bottom


def test_a_period_without_a_figure_is_a_gap() -> None:
    scene = trend_of(JOURNEY, [strip([40.0, 60.0, None, 50.0, 55.0])])
    assert len(marks_of(scene, "value")) == 2
    assert [len(run) for run in runs(strip([40.0, 60.0, None, 50.0]).points)] == [2, 1]


def test_where_the_scale_changes_the_line_breaks() -> None:
    late = strip([50.0] * 3, scale="1..7")
    months = zip(late.points, MONTHS[3:], strict=False)
    late = late._replace(points=tuple(point._replace(period=month) for point, month in months))
    scene = trend_of(JOURNEY, [strip([40.0, 60.0, 50.0]), late])
    (line,) = marks_of(scene, "break")
    (label,) = marks_of(scene, "break-label")
    assert isinstance(line, Line)
    assert isinstance(label, Text)
    assert label.text == "1..5 → 1..7"
    assert len(marks_of(scene, "value")) == 2
    assert all(not path.box().left < line.x1 < path.box().right for path in marks_of(scene, "value"))


def test_limits_begin_with_six_periods_and_mark_what_is_outside() -> None:
    calm = [50.0, 52.0, 51.0, 53.0, 52.0]
    assert marks_of(trend_of(JOURNEY, [strip(calm)]), "limit") == []
    wild = strip([*calm, 51.0, 52.0, 90.0])
    scene = trend_of(JOURNEY, [wild])
    found = limits_of(wild)
    assert found and found.outside[-1]
    (ring,) = marks_of(scene, "signal")
    assert isinstance(ring, Circle)
    assert ring.x == max(mark.x for mark in marks_of(scene, "point") if isinstance(mark, Circle))


def test_eight_on_one_side_have_a_bar() -> None:
    scene = trend_of(JOURNEY, [strip([20.0, 22.0, 21.0, *[60.0, 61.0] * 5])])
    assert any(isinstance(mark, Line) for mark in marks_of(scene, "shift"))


def test_all_is_inside_of_the_picture_and_no_text_covers_another() -> None:
    loyalty = strip([0.0, 5.0] * 12, "", metric="nps", unit="nps")
    strips = [strip([40.0 + at for at in range(24)]), strip([70.0] * 24, "wait"), loyalty]
    kinds = ("lane-label", "lane-note", "axis", "tick", "end-value", "end-base")
    for width in (480.0, 900.0, 1400.0):
        scene = trend_of(JOURNEY, strips, width=width)
        texts = [mark for kind in kinds for mark in marks_of(scene, kind)]
        for mark in texts:
            box = mark.box()
            assert box.left >= 0
            assert box.right <= width
            assert box.bottom <= scene.height
        for at, one in enumerate(texts):
            for other in texts[at + 1 :]:
                a, b = one.box(), other.box()
                apart = a.right <= b.left or b.right <= a.left or a.bottom <= b.top + 1.5 or b.bottom <= a.top + 1.5
                assert apart, (one, other)


def test_the_alt_text_has_first_and_last_value() -> None:
    text = trend_of(JOURNEY, [strip([40.0, 60.0, 50.0])]).description
    assert "I call (CSAT · mean · 1..5 · s): 2025-01 40.0 (35.0 – 45.0), n 40; 2025-03 50.0" in text


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(UsageError, match="no figure"):
        trend_of(JOURNEY, [strip([None, None])])
    with pytest.raises(UsageError, match="no room"):
        trend_of(JOURNEY, [strip([1.0])], width=300)
