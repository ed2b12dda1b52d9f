"""What layouts and geometry tests rely on: a mark knows where it is, and where its group is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.drawing import icons
from journeykit.drawing.geometry import Box, Command, bounds, circle, mapped, rounded, union
from journeykit.drawing.scene import Circle, Group, Line, Path, Rect, Scene, Text, walk
from tests.drawing import specimen

numbers = st.floats(-500, 500)


@given(st.lists(st.tuples(*[numbers] * 6), min_size=1, max_size=4))
def test_the_box_of_a_curve_is_as_small_as_holds_it(curves: list[tuple[float, ...]]) -> None:
    commands: list[Command] = [("M", 0.0, 0.0)]
    commands += [("C", *curve) for curve in curves]  # type: ignore[misc]
    points, here = [(0.0, 0.0)], (0.0, 0.0)
    for x1, y1, x2, y2, x, y in curves:
        for step in range(1, 201):
            t = step / 200
            weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            points.append(
                (
                    sum(w * v for w, v in zip(weights, (here[0], x1, x2, x), strict=True)),
                    sum(w * v for w, v in zip(weights, (here[1], y1, y2, y), strict=True)),
                )
            )
        here = (x, y)
    sampled = Box(
        min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)
    )
    box = bounds(commands)
    assert box.holds(sampled, 1e-6)
    # between two of 200 samples a curve of this size rises by less than half a point
    assert sampled.grown(0.5).holds(box)


def test_control_points_do_not_count() -> None:
    assert bounds((("M", 0, 0), ("C", 0, 100, 10, 100, 10, 0))) == pytest.approx((0, 0, 10, 75))


@pytest.mark.parametrize(
    ("anchor", "left"), [("start", 100.0), ("middle", 80.0), ("end", 60.0)], ids=lambda value: str(value)
)
def test_text_lies_where_its_anchor_says(anchor: str, left: float) -> None:
    text = Text(x=100, y=50, text="x", size=10, width=40, anchor=anchor)  # type: ignore[arg-type]
    assert text.box() == pytest.approx((left, 40.7, left + 40, 52.4))


@pytest.mark.parametrize("mark", specimen.scene().marks[0].marks, ids=lambda mark: mark.kind)  # type: ignore[union-attr]
def test_moving_a_mark_moves_its_box(mark: Text | Rect | Circle | Line | Path) -> None:
    before = mark.box()
    assert before.width > 0 and before.height > 0
    assert mark.moved(7, -3).box() == pytest.approx(
        (before.left + 7, before.top - 3, before.right + 7, before.bottom - 3)
    )
    assert mark.moved(7, -3).moved(-7, 3).box() == pytest.approx(before)


def test_moving_a_group_moves_all_within() -> None:
    group = specimen.scene().marks[1]
    moved = group.moved(10, 20)
    assert isinstance(group, Group) and isinstance(moved, Group)
    assert moved.box() == pytest.approx(tuple(v + d for v, d in zip(group.box(), (10, 20) * 2, strict=True)))
    assert moved._replace(marks=()) == group._replace(marks=())


def test_walking_gives_every_leaf_with_its_groups() -> None:
    leaf = Rect(x=0, y=0, width=1, height=1)
    inner = Group(marks=(leaf, leaf._replace(x=1)), id="touchpoint-1")
    nameless = Group(marks=(leaf._replace(x=2),))
    scene = Scene(width=9, height=9, marks=(Group(marks=(inner, nameless), id="lane"), leaf), title="t")
    found = [(mark.box().left, groups) for mark, groups in walk(scene)]
    assert found == [
        (0, ("lane", "touchpoint-1")),
        (1, ("lane", "touchpoint-1")),
        (2, ("lane",)),
        (0, ()),
    ]


def test_touching_is_no_overlap() -> None:
    box = Box(0, 0, 10, 10)
    assert not box.overlaps(Box(10, 0, 20, 10))
    assert not box.overlaps(Box(0, 10, 10, 20))
    assert box.overlaps(Box(9.9, 9.9, 20, 20))
    assert box.holds(Box(0, 0, 10, 10)) and not box.holds(Box(0, 0, 10.1, 10))
    assert union([box, Box(5, -5, 20, 3)]) == Box(0, -5, 20, 10)


def test_round_shapes_fill_the_box_they_are_given() -> None:
    assert bounds(circle(10, 20, 5)) == pytest.approx((5, 15, 15, 25))
    assert bounds(rounded(1, 2, 30, 10, 4)) == pytest.approx((1, 2, 31, 12))
    assert bounds(rounded(1, 2, 30, 10, 400)) == pytest.approx((1, 2, 31, 12))
    assert bounds(mapped(circle(0, 0, 1), lambda x, y: (2 * x, y + 1))) == pytest.approx((-2, 0, 2, 2))


def test_a_drawing_stands_where_its_group_does() -> None:
    """The marks of a glyph are the same wherever it stands; boxes, walks and moves tell of the page."""
    near, far = icons.channel("phone", 0, 0, 24), icons.channel("phone", 30, 40, 24)
    assert near.marks is far.marks
    assert far.box() == near.box().moved(30, 40) == near.moved(30, 40).box()
    assert [mark.box() for mark, _ in walk(far)] == [mark.moved(30, 40).box() for mark, _ in walk(near)]
    around = Group(marks=(far,), id="around", at=(5.0, 0.0))
    assert around.box() == far.box().moved(5, 0)
    ((mark, groups), *_) = walk(Group(marks=(around,)))
    assert mark.box() == walk(far)[0].mark.moved(5, 0).box() and groups == ("around",)
    assert around.moved(1, 2).at == (6.0, 2.0) and around.moved(1, 2).marks is around.marks
