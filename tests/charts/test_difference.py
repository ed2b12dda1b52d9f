"""The picture of a difference: every point where its version says it is, what changed marked, nothing on anything."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeykit.charts.curve.spline import interpolate
from journeykit.charts.difference.alt_text import headline
from journeykit.charts.difference.chart import difference_of
from journeykit.charts.difference.columns import MOST, columns_of
from journeykit.charts.difference.gap import gaps, tint
from journeykit.charts.locales import LANGUAGES, Labels
from journeykit.charts.picture import Picture, draw_difference
from journeykit.comparing import Comparison, compare
from journeykit.drawing import themes
from journeykit.drawing.scene import Group, Line, Path, Rect, Scene, Text
from journeykit.drawing.writers import svg
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import score
from tests.conftest import examples

from .maps import TEXTS, bare, check_layout, example, full, groups, leaves, texts
from .test_contrast import readings, unreadable
from .test_geometry import journeys
from .test_overlay import journey


def compared(old: Journey, new: Journey) -> Comparison:
    return compare(score(old), score(new))


def laid(old: Journey, new: Journey, **options: Any) -> Scene:
    return difference_of(compared(old, new), **options)


def of(scene: Scene, id: str) -> Group:
    return next(group for group in groups(scene) if group.id == id)


def ids(scene: Scene) -> set[str]:
    return {group.id for group in groups(scene) if group.id}


def check(scene: Scene, old: Journey, new: Journey) -> None:
    """All that holds for every picture of a difference."""
    check_layout(scene)
    _points(scene, old, new)
    _small_marks_apart(scene)


def _points(scene: Scene, old: Journey, new: Journey) -> None:
    """Each at the y of its score, in the order of its version, row by row; none is missing."""
    columns = columns_of(compared(old, new))
    folded = any(column.status == "folded" for column in columns)
    for version, one in (("old", old), ("new", new)):
        last = (0, float("-inf"))
        for rated in score(one).touchpoints:
            found = [(g, lane) for lane in groups(scene) if lane.id.startswith("lane-curve-")
                     for g in groups(lane) if g.id == f"{version}-{rated.id}"]  # fmt: skip
            if not found:
                assert folded
                continue
            ((group, lane),) = found
            tops = [m.y1 for m in leaves(lane) if isinstance(m, Line) and m.kind == "grid" and not m.dash]
            point = next(m for m in leaves(group) if m.kind in ("point", "unrated"))
            box = point.box()
            value = 50 if rated.score is None else rated.score
            height = max(tops) - (max(tops) - min(tops)) * value / 100
            assert (box.top + box.bottom) / 2 == pytest.approx(height, abs=0.01)
            assert point.kind == ("unrated" if rated.score is None else "point")
            x = (box.left + box.right) / 2 * (-1 if scene.direction == "rtl" else 1)
            here = (int(lane.id.rsplit("-", 1)[1]), x)
            assert here > last
            last = here


def _small_marks_apart(scene: Scene) -> None:
    """No shield or figure lies on another, on a point or on an arrow."""
    for lane in (group for group in groups(scene) if group.id.startswith("lane-curve-")):
        small = [(g.id, g.box()) for g in groups(lane) if g.id and g.kind in ("low-point", "delta")]
        points = [(g.id, g.box()) for g in groups(lane) if g.kind == "point"]
        arrows = [(m.kind, m.box().grown(0.3)) for m in leaves(lane) if isinstance(m, Line) and m.kind == "change"]
        for (one, box), (other, another) in combinations(small, 2):
            assert not box.grown(-0.6).overlaps(another), (one, other)
        for name, box in small:
            for other, another in [*points, *arrows]:
                assert not box.grown(-0.6).overlaps(another), (name, other)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Journey, Journey]:
    """A journey, and the same after edits of every kind."""
    old = draw(journeys())
    data = old.model_dump(mode="json", exclude_none=True, exclude_unset=True, by_alias=True)
    for _ in range(draw(st.integers(0, 6))):
        stage = draw(st.sampled_from(data["stages"]))["touchpoints"]
        at = draw(st.integers(0, len(stage) - 1)) if stage else 0
        edit = draw(st.sampled_from(["rate", "unrate", "rename", "remove", "add", "move"]))
        if edit == "add" or not stage:
            stage.insert(
                at, {"title": f"Fresh {draw(st.integers(0, 10**9))}", "satisfaction": draw(st.sampled_from([-2, 0, 2]))}
            )
        elif edit == "rate":
            stage[at]["satisfaction"] = draw(st.sampled_from([-2, -1, 0.5, 2]))
        elif edit == "unrate":
            stage[at] = {"id": stage[at].get("id"), "title": stage[at]["title"]} if stage[at].get("id") else stage[at]
        elif edit == "rename":
            stage[at]["title"] += " indeed"
        elif sum(len(one["touchpoints"]) for one in data["stages"]) > 2:
            moved = stage.pop(at)
            if edit == "move":
                other = draw(st.sampled_from(data["stages"]))["touchpoints"]
                other.insert(draw(st.integers(0, len(other))), moved)
    for stage in data["stages"]:
        for touchpoint in stage["touchpoints"]:
            touchpoint.pop("at", None)
    return old, Journey.model_validate(data)


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(versions(), st.sampled_from([None, 1, 4, "all"]))
def test_generated(pair: tuple[Journey, Journey], columns: Any) -> None:
    check(laid(*pair, columns=columns), *pair)


@pytest.mark.parametrize("turned", [False, True])
def test_examples(turned: bool) -> None:
    pair = [example("my-new-job"), example("my-new-job-to-be")]
    old, new = reversed(pair) if turned else pair
    check(laid(old, new), old, new)


@pytest.mark.parametrize("script", TEXTS)
def test_any_text(script: str) -> None:
    old, new = full(4, TEXTS[script]), full(7, TEXTS[script])
    check(laid(old, new), old, new)
    check(laid(new, old), new, old)


@pytest.mark.parametrize("lang", [*LANGUAGES, "ar", "ja"])
def test_labels_of_every_language_fit(lang: str) -> None:
    old, new = journey(a="p=1 q=2 r=0 s=-1", b="t=0 u=1"), journey(a="p=-2 r=0 q=2", b="t=2 v=1 w")
    new = new.model_copy(update={"lang": lang})
    for width in (None, 400):
        scene = laid(old, new, width=width)
        check(scene, old, new)
        assert ("What changed" in [t.text for t in texts(scene)]) == (lang in ("en", "ar", "ja"))


@pytest.mark.parametrize("count", [1, 2, 16, 17, 45, 60])
def test_any_length(count: int) -> None:
    old, new = bare(count), bare(count + 1, "I wait for another answer")
    check(laid(old, new), old, new)
    check(laid(new, old), new, old)


@pytest.mark.parametrize("width", [240, 400, 700, 3000])
def test_any_width(width: float) -> None:
    old, new = example("my-new-job"), example("my-new-job-to-be")
    scene = laid(old, new, width=width)
    assert scene.width == width
    check(scene, old, new)
    with pytest.raises(UsageError, match="width leaves no room"):
        laid(old, new, width=200)


@pytest.mark.parametrize("theme", themes.NAMES)
def test_every_text_is_readable_where_it_stands(theme: str) -> None:
    old, new = example("my-new-job"), example("my-new-job-to-be")
    for scene in (laid(old, new), laid(new, old), laid(full(5), full(8))):
        assert unreadable(set(readings(scene)), themes.load(theme)) == []


def marks(scene: Scene, kind: str) -> list[Any]:
    return [mark for mark in leaves(scene) if mark.kind == kind]


def fate(scene: Scene, id: str) -> list[str]:
    return [t.text for t in texts(of(scene, f"touchpoint-{id}")) if t.kind == "fate"]


def test_what_was_added_removed_and_moved_says_so_and_has_a_shape_of_its_own() -> None:
    scene = laid(journey(a="p=1 q=0 r=1 s=2 t=0"), journey(a="q=0 r=1 s=2 p=1 new=2"))
    assert fate(scene, "new") == ["Added"] and fate(scene, "old-t") == ["Removed"]
    assert fate(scene, "p") == ["Moved: was 1"] and fate(scene, "old-p") == ["Moved: now 4"]
    assert fate(scene, "q") == []
    shapes = {}
    for id in ("new-new", "old-t", "new-p", "new-q"):
        shapes[id] = [(m.commands[1][0], m.fill, len(m.commands)) for m in leaves(of(scene, id)) if isinstance(m, Path)]
    assert len(shapes["new-new"]) == 2 and shapes["new-new"][1][2] == 4  # a plus has two strokes
    assert len(shapes["old-t"]) == 2 and shapes["old-t"][1][2] == 2 and shapes["old-t"][0][1] == "page"
    assert shapes["new-p"][0][0] == "L" and shapes["new-q"][0][0] == "C"  # a diamond, a circle


def test_a_touchpoint_that_both_have_stands_at_one_x_whatever_its_id() -> None:
    old = journey(a="p=1 q=0 r=1")
    data = {"title": "T", "persona": "P", "touchpoints": [
        {"id": "other", "title": "I do p", "satisfaction": 2}, {"id": "q", "title": "I do Q now", "satisfaction": -1},
        {"id": "x", "title": "Wholly different", "satisfaction": 1}]}  # fmt: skip
    scene = laid(old, Journey.model_validate(data))

    def x(id: str) -> float:
        box = of(scene, id).box()
        return (box.left + box.right) / 2

    assert x("old-p") == pytest.approx(x("new-other"))
    assert x("old-q") == pytest.approx(x("new-q"))
    assert x("old-r") != pytest.approx(x("new-x"))


def test_differences_of_scores_are_told_where_they_are() -> None:
    scene = laid(journey(a="p=1 q=-2 r=0 s=1 t=2"), journey(a="p=1 q=2 r=-0.4 s=1.01 t"))
    said = {g.id: [t.text for t in texts(g)] for g in groups(scene) if g.kind == "delta"}
    assert said == {"change-q": ["+100"], "change-r": ["−10"]}
    box, point = of(scene, "change-q").box(), of(scene, "new-q").box()
    assert box.bottom < point.top and abs((box.left + box.right - point.left - point.right) / 2) < 1
    assert of(scene, "change-r").box().top > of(scene, "new-r").box().bottom
    assert [len(of(scene, f"change-{id}").marks) for id in "qr"] == [1, 1]


def test_the_gap_is_tinted_and_cut_where_the_curves_cross() -> None:
    one = interpolate([0, 100], [0, 100])
    other = interpolate([0, 100], [100, 0])
    parts = list(gaps(one, other))
    assert [round(a.x1, 3) for a, _ in parts] == [50, 100]
    kinds = [area.kind for pair in parts if (area := tint(*pair))]
    assert kinds == ["worse", "better"]  # y grows downwards: first the new curve is the lower one
    assert [a for pair in gaps(one, one) if (a := tint(*pair))] == []
    better = laid(journey(a="p=-1 q=-1 r=-1"), journey(a="p=1 q=1 r=1"))
    assert marks(better, "better") and not marks(better, "worse")
    worse = laid(journey(a="p=1 q=1 r=1"), journey(a="p=-1 q=-1 r=-1"))
    assert marks(worse, "worse") and not marks(worse, "better")


def test_low_points_say_what_became_of_them() -> None:
    old, new = journey(a="p=1 q=-2 r=1 s=-1 t=1"), journey(a="p=1 q=1 r=-2 s=-1 t=1")
    scene = laid(old, new)
    found = {g.id: [t.text for t in texts(g)] for g in groups(scene) if g.id.startswith("low-point")}
    low = {change.fate for change in compared(old, new).low_points}
    assert low == {"new", "persisting", "resolved"} or low == {"persisting", "resolved"} or low == {"new", "resolved"}
    assert found["low-point-resolved-1"] == ["resolved"]
    assert len(found) == len(compared(old, new).low_points)
    for id in found:
        if id.startswith("low-point-new"):
            assert found[id][-1] == "new"


@pytest.mark.parametrize(
    ("old", "new", "said", "sure"),
    [
        (
            "p=-2 q=-2 r=-2",
            "p=2 q=2 r=2",
            "The journey score rises from 0.0 to 100.0: +100.0\N{NO-BREAK SPACE}±",
            "Assumed",
        ),
        ("p=1 q=1 r=1", "p=1 q=0.9 r=1", "The journey score falls from 75.0 to ", "Assumed"),
        ("p=1 q=1", "p=1 q=1", "The journey score stays at 75.0", ""),
        ("p=1 q=1", "p q", "No score to compare: too little is rated", ""),
    ],
)
def test_the_headline_says_by_how_much_the_score_moved(old: str, new: str, said: str, sure: str) -> None:
    scene = laid(journey(a=old), journey(a=new))
    words = {kind: " ".join(t.text for t in texts(scene) if t.kind == kind) for kind in ("headline", "certainty")}
    assert words["headline"].startswith(said)
    assert words["certainty"].startswith(sure) and bool(words["certainty"]) == bool(sure)


def test_two_equal_versions_have_no_marks() -> None:
    one = example("my-new-job")
    scene = laid(one, one)
    check(scene, one, one)
    assert not (marks(scene, "better") + marks(scene, "worse") + marks(scene, "change") + marks(scene, "delta"))
    assert "Nothing changed in touchpoints or scores" in laid(one, one).description


def test_the_key_has_only_signs_that_are_there() -> None:
    def key(old: str, new: str) -> str:
        return " ".join(t.text for t in texts(laid(journey(a=old), journey(a=new))) if t.kind == "legend")

    assert key("p=1 q=1", "p=1 q=1") == ""
    assert key("p=1 q=1", "p=1 q=2 r=2") == "Better Added"
    assert key("p=1 q=2 r=1", "p=1 q=1") == "Worse Removed"
    assert key("p=1 q=1 r=1", "q=1 p=1 r") == "Moved not rated"


def test_names_are_those_given_else_what_differs() -> None:
    def named(old: Journey, new: Journey, **options: Any) -> list[str]:
        return [t.text for t in texts(laid(old, new, **options)) if t.kind == "version"]

    one = journey(a="p=1 q=1")
    assert named(one, one, names=("v1.0", "working folder")) == ["v1.0", "working folder"]
    assert named(one, one) == ["Before", "After"]
    assert named(one, one.model_copy(update={"state": "future"})) == [
        "The journey today",
        "The journey as it should be",
    ]
    assert named(one, one.model_copy(update={"title": "U"})) == ["T", "U"]


def stage_words(scene: Scene) -> list[str]:
    return [" ".join(t.text for t in texts(g)) for g in groups(scene) if g.kind == "stage"]


def test_stages_span_their_touchpoints_and_say_how_they_moved() -> None:
    old = journey(a="p=0 q=0", b="receipt=1 invoice=1", c="t=0 u=0")
    new = journey(a="p=1 q=1 zebra=1", c="t=0 u=0", d="holiday=1 umbrella=1")
    scene = laid(old, new)
    assert stage_words(scene) == ["A 75 +25", "B Removed", "C 50", "D Added 75"]
    bars = [m for m in leaves(scene) if isinstance(m, Rect) and m.kind == "stage"]
    every = ["p", "q", "zebra", "receipt", "invoice", "t", "u", "holiday", "umbrella"]
    under = [[id for id in every if bar.x <= _x(scene, id) <= bar.x + bar.width] for bar in bars]
    assert under == [every[:3], every[3:5], every[5:7], every[7:]]


def _x(scene: Scene, id: str) -> float:
    group = next(g for g in groups(scene) if g.id in (f"new-{id}", f"old-{id}"))
    return (group.box().left + group.box().right) / 2


def test_a_touchpoint_removed_within_a_stage_stays_under_its_bar() -> None:
    scene = laid(journey(a="p=0 q=0 r=0", b="s=1 t=0 u=0"), journey(a="p=0 r=0", b="t=0 u=0"))
    assert len(stage_words(scene)) == 2
    bars = [m for m in leaves(scene) if isinstance(m, Rect) and m.kind == "stage"]
    assert bars[0].x < _x(scene, "q") < bars[0].x + bars[0].width
    assert bars[1].x < _x(scene, "s") < bars[1].x + bars[1].width


def long(count: int, **changed: float) -> Journey:
    touchpoints = [{"id": f"t{n}", "title": f"I do {n}", "satisfaction": changed.get(f"t{n}", 1 - n % 2)}
                   for n in range(count)]  # fmt: skip
    return Journey.model_validate({"title": "T", "persona": "P", "touchpoints": touchpoints})


def test_of_a_long_journey_what_differs_is_shown_and_what_is_left_out_is_counted() -> None:
    old, new = long(2000), long(2000, t700=-2, t1500=2)
    scene = laid(old, new)
    check(scene, old, new)
    shown = {id.removeprefix("new-") for id in ids(scene) if id.startswith("new-")}
    assert {"t0", "t699", "t700", "t701", "t1500", "t1999"} <= shown
    left_out = [int(t.text.split()[0]) for t in texts(scene) if t.kind == "fold"]
    assert sum(left_out) + len(shown) == 2000
    assert "+25" in " ".join(t.text for t in texts(scene))


def test_of_a_long_journey_that_is_all_different_the_picture_stays_bounded() -> None:
    old, new = long(400), long(400, **{f"t{n}": -2 for n in range(0, 400, 2)})
    scene = laid(old, new)
    check(scene, old, new)
    assert len([g for g in groups(scene) if g.kind == "point"]) <= 2 * MOST


def test_the_account_tells_what_the_picture_shows() -> None:
    old, new = journey(a="p=1 q=-2 r=0 x=1 y=1"), journey(a="q=2 p=1 s=1 x=1 y=1")
    said = laid(old, new).description
    assert said.startswith("The journey score rises from ")
    for line in (
        "2. I do p: Moved: was 1.",
        "1. I do q: 0 → 100 (+100).",
        "I do s: Added; 75 of 100.",
        "I do r: Removed; 50 of 100.",
    ):
        assert line in said
    assert "Low point resolved: I do q." in said and "I do x" not in said


def test_control_characters_stay_out_of_the_account() -> None:
    old = Journey.model_validate(
        {"title": "T\x1b[31m", "persona": "P", "touchpoints": [{"a\x07b": "happy"}, {"c": "sad"}]}
    )
    new = Journey.model_validate({"title": "U", "persona": "P", "touchpoints": [{"d\nno": "happy"}, {"c": "sad"}]})
    assert not {"\x1b", "\x07"} & set(svg.write(laid(old, new), themes.load("light")))


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_every_format(format: str) -> None:
    old, new = journey(a="p=1 q=-2"), journey(a="p=1 q=2 r=1")
    data, warnings = draw_difference(compared(old, new), Picture(format))
    again, _ = draw_difference(compared(old, new), Picture(format))
    assert data == again and warnings == []
    assert data.startswith({"svg": b"<", "png": b"\x89PNG", "pdf": b"%PDF"}[format])


def test_read_from_the_right_the_first_touchpoint_stands_at_the_right() -> None:
    old, new = journey(a="p=1 q=-2 r=1"), journey(a="p=1 q=2 r=1").model_copy(update={"lang": "ar"})
    scene = laid(old, new)
    assert _x(scene, "p") > _x(scene, "q") > _x(scene, "r")


def test_a_number_of_columns_below_one_is_refused() -> None:
    one = journey(a="p=1 q=2")
    with pytest.raises(UsageError, match="row of 0"):
        laid(one, one, columns=0)


def test_the_checks_can_fail() -> None:
    old, new = example("my-new-job"), example("my-new-job-to-be")
    scene = laid(old, new)
    lane = of(scene, "lane-curve-1")
    for broken in (
        lane._replace(
            marks=tuple(m.moved(0, 9) if isinstance(m, Group) and m.kind == "point" else m for m in lane.marks)
        ),
        lane._replace(
            marks=tuple(m.moved(0, 30) if isinstance(m, Group) and m.kind == "delta" else m for m in lane.marks)
        ),
        lane._replace(marks=tuple(m.moved(-300, 0) if isinstance(m, Text) else m for m in lane.marks)),
    ):
        swapped = tuple(broken if mark is lane else mark for mark in scene.marks)
        with pytest.raises(AssertionError):
            check(Scene(width=scene.width, height=scene.height, marks=swapped, title="t"), old, new)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headlines_say_both_scores_and_the_difference_in_every_language(lang: str) -> None:
    labels = Labels(lang)
    for old, new, sign in (("p=1 q=-2", "p=1 q=2", "+"), ("p=1 q=2", "p=1 q=-2", "\N{MINUS SIGN}")):
        pair = compared(journey(a=old), journey(a=new))
        said = headline(pair, labels)
        for number in (pair.old.score, pair.new.score, abs(pair.delta or 0), pair.half_width):
            assert labels.number(number or 0, 1) in said
        assert sign in said and "{" not in said
