"""The overlay: every point where its journey says it is, nothing on top of anything, for any journeys together."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from journeykit.charts.columns import MARK, Axis
from journeykit.charts.locales import LANGUAGES
from journeykit.charts.overlay.chart import overlay_of
from journeykit.charts.overlay.matching import aligned, match_stages
from journeykit.charts.overlay.members import LINE_STYLES
from journeykit.charts.overlay.pages import overlay_on
from journeykit.charts.picture import Picture, draw_overlay
from journeykit.charts.time_scale import periods_of
from journeykit.drawing import themes
from journeykit.drawing.geometry import Command, union
from journeykit.drawing.hyphens import HYPHEN
from journeykit.drawing.paper import papers
from journeykit.drawing.scene import Group, Line, Path, Scene, Text
from journeykit.drawing.text import visible
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import Scores, score
from journeykit.scoring.display import shown
from tests.conftest import examples, slow
from tests.drawing import pixels
from tests.drawing.test_agreement import NEAR
from tests.drawing.test_fonts import built
from tests.drawing.test_themes import EYES, lightness, linear, seen

from .maps import TEXTS, bare, check_layout, example, full, groups, leaves, texts
from .test_geometry import journeys

AXES: tuple[Axis, ...] = ("order", "time")


def pairs(*several: Journey) -> list[tuple[Journey, Scores]]:
    return [(journey, score(journey)) for journey in several]


def laid(*several: Journey, axis: Axis = "order", width: float | None = None) -> Scene:
    """In one row."""
    return overlay_of(pairs(*several), axis=axis, width=width, columns="all" if width is None else None)


def journey(title: str = "T", persona: str = "P", **stages: str) -> Journey:
    """Stages of touchpoints written `id=number`, numbers on -2..2; without a number they are not rated."""
    made = []
    for name, line in stages.items():
        touchpoints: list[dict[str, Any]] = []
        for word in line.split():
            id, _, number = word.partition("=")
            touchpoints.append({"id": id, "title": f"I do {id}"} | ({"satisfaction": float(number)} if number else {}))
        made.append({"id": name, "name": name.capitalize(), "touchpoints": touchpoints})
    return Journey.model_validate({"id": "j", "title": title, "persona": persona, "stages": made})


def of(scene: Scene, id: str) -> Group:
    return next(group for group in groups(scene) if group.id == id)


def middle(group: Group) -> tuple[float, float]:
    (mark,) = leaves(group)
    assert isinstance(mark, Path)
    xs, ys = zip(*(step[-2:] for step in mark.commands if step[0] != "Z"), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def scale(scene: Scene) -> tuple[float, float]:
    """The y of 100 and of 0."""
    ys = [mark.y1 for mark in leaves(scene) if isinstance(mark, Line) and mark.kind == "grid" and not mark.dash]
    return min(ys), max(ys)


def check(scene: Scene, *several: Journey) -> None:
    """All that holds for every overlay."""
    check_layout(scene)
    _points(scene, several)
    _small_marks_apart(scene)
    words = texts(of(scene, "lane-curve"))
    assert min(t.box().top for t in words) >= next(t.box().top for t in words if t.kind == "lane-label") - 0.01
    bottom = scale(scene)[1]
    assert all(t.box().bottom < bottom + 40 for g in groups(scene) if g.kind == "end" for t in texts(g))


def _points(scene: Scene, several: tuple[Journey, ...]) -> None:
    """Each at the y of its score, each curve running on from left to right through its points."""
    top, bottom = scale(scene)
    for number, one in enumerate(several, 1):
        last = -math.inf
        for rated in score(one).touchpoints:
            group = of(scene, f"point-{number}-{rated.id}")
            (mark,) = leaves(group)
            expected = 50 if rated.score is None else rated.score
            height = bottom - (bottom - top) * expected / 100
            box = mark.box()
            assert box.top < height < box.bottom
            if number in (1, 2):  # round and square: around their middle
                assert middle(group)[1] == pytest.approx(height, abs=0.01)
            assert mark.kind == ("unrated" if rated.score is None else "point")
            along = (box.left + box.right) * (-1 if scene.direction == "rtl" else 1)
            assert along > last
            last = along


def check_rows(scene: Scene, *several: Journey) -> int:
    """All that holds for an overlay in rows; return their number."""
    check_layout(scene)
    rows = [group for group in groups(scene) if group.id.startswith("lane-curve")]
    place = {id: (number, group) for number, group in enumerate(rows) for id in _points_of(group)}
    for number, one in enumerate(several, 1):
        last = (0, 0.0)
        for rated in score(one).touchpoints:
            row, lane = place[f"point-{number}-{rated.id}"]
            ys = [m.y1 for m in leaves(lane) if isinstance(m, Line) and m.kind == "grid" and not m.dash]
            (mark,) = leaves(of(scene, f"point-{number}-{rated.id}"))
            box = mark.box()
            expected = 50 if rated.score is None else rated.score
            assert box.top < max(ys) - (max(ys) - min(ys)) * expected / 100 < box.bottom
            assert (row, box.left + box.right) > last
            last = (row, box.left + box.right)
        ends = [f"end-{number}" if n == 0 else f"end-{number}_{n + 1}" for n in range(len(rows))]
        scored = [
            id for id in ends if any(g.id == id and "end-score" in {t.kind for t in texts(g)} for g in groups(scene))
        ]
        assert len(scored) == 1, "its score stands where its line ends"
    _all_named(scene, several)
    return len(rows)


def _points_of(lane: Group) -> list[str]:
    return [group.id for group in groups(lane) if group.id.startswith("point-")]


def _all_named(scene: Scene, several: tuple[Journey, ...]) -> None:
    """Each journey's titles stand below the axis, its own or one that it shares."""
    shown = "".join(text.text for text in texts(scene) if text.kind == "touchpoint-title")
    letters = re.sub(rf"[\s\u00a0{HYPHEN}]", "", shown)
    for one in several:
        for touchpoint in one.touchpoints:
            assert re.sub(r"[\s\u00a0]", "", visible(touchpoint.title)) in letters


def _small_marks_apart(scene: Scene) -> None:
    """No shield or change lies on another, on a point or on a label at the lines' ends."""
    small = [(g.id, g.box()) for g in groups(scene) if g.id and g.kind in ("low-point", "delta")]
    points = [(g.id, g.box()) for g in groups(scene) if g.id and g.kind == "point"]
    labels = [(t.text, t.box()) for g in groups(scene) if g.kind == "end" for t in texts(g)]
    for (one, box), (other, another) in combinations(small, 2):
        assert not box.grown(-0.6).overlaps(another), (one, other)
    arrows = [(m.kind, m.box().grown(0.3)) for m in leaves(scene) if isinstance(m, Line) and m.kind == "change"]
    for name, box in small:
        for other, another in [*points, *labels, *arrows]:
            assert not box.grown(-0.6).overlaps(another), (name, other)


def lines_of(scene: Scene, number: int) -> list[tuple[Command, ...]]:
    return [mark.commands for mark in leaves(of(scene, f"curve-{number}")) if isinstance(mark, Path)]


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize(
    "names",
    [("my-new-job", "my-new-job-to-be"), ("plumber-visit", "support-ticket"),
     ("my-new-job", "my-new-job-to-be", "plumber-visit", "support-ticket")],
)  # fmt: skip
def test_examples(names: tuple[str, ...], axis: Axis) -> None:
    several = [example(name) for name in names]
    check(laid(*several, axis=axis), *several)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("count", [2, 3, 6])
def test_everything_filled(count: int, axis: Axis) -> None:
    several = [full(number + 2) for number in range(count)]
    check(laid(*several, axis=axis), *several)


@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("axis", AXES)
def test_any_text(script: str, axis: Axis) -> None:
    several = [full(4, TEXTS[script]), full(7, TEXTS[script])]
    check(laid(*several, axis=axis), *several)


@pytest.mark.parametrize("lang", [*LANGUAGES, "ar", "ja"])
def test_labels_of_every_language_fit(lang: str) -> None:
    several = [full(5, lang=lang), full(5), bare(4)]
    check(laid(*several), *several)
    with_times = [full(5, lang=lang), full(6)]
    check(laid(*with_times, axis="time"), *with_times)


@settings(
    max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(journeys(), min_size=2, max_size=3), st.sampled_from(AXES))
def test_generated(several: list[Journey], axis: Axis) -> None:
    check(laid(*several, axis=axis), *several)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5), min_size=2, max_size=3),
                min_size=2, max_size=4))  # fmt: skip
def test_places_rise_are_whole_columns_apart_and_are_shared_wherever_the_order_allows(
    several: list[list[list[str]]],
) -> None:
    made = []
    for number, stages in enumerate(several):
        seen: set[str] = set()
        parts = {}
        for n, ids in enumerate(stages):
            parts[f"s{n}"] = " ".join(id for id in ids if id not in seen) or f"only{number}{n}"
            seen |= set(ids)
        made.append(journey(**(parts | {"end": f"own{number} own{number}x"})))
    found = match_stages(made)
    for one, places in zip(made, found.places, strict=True):
        row = [places[touchpoint.id] for touchpoint in one.touchpoints]
        assert all(after - before > 0.999 for before, after in pairwise(row))
        for stage, shared in ((stage, shared) for stage in one.stages for shared in found.stages):
            if stage in shared.stages:
                assert all(shared.start <= places[t.id] <= shared.start + shared.columns - 1 for t in stage.touchpoints)
    for a, b in combinations(range(len(made)), 2):
        for first, second in zip(made[a].stages, made[b].stages, strict=False):
            both = [[t.id for t in stage.touchpoints] for stage in (first, second)]
            if len(made) == 2 and first.id == second.id and both[0] == both[1]:
                assert [found.places[a][id] for id in both[0]] == [found.places[b][id] for id in both[0]]


def test_shared_touchpoints_stand_at_one_x_and_others_evenly_between() -> None:
    found = match_stages([journey(a="p q r s t", b="z"), journey(a="p x t", b="y z")])
    assert found.places[0] == {"p": 0, "q": 1, "r": 2, "s": 3, "t": 4, "z": 6}
    assert found.places[1] == {"p": 0, "x": 2, "t": 4, "y": 5, "z": 6}
    scene = laid(journey(a="p=1 q=1 r=1", b="s=1 t=0"), journey(a="p=2 r=-1", b="s=0 t=2"))
    for id in "prst":
        assert middle(of(scene, f"point-1-{id}"))[0] == pytest.approx(middle(of(scene, f"point-2-{id}"))[0])


def test_what_stands_in_another_order_is_not_shared() -> None:
    found = match_stages([journey(a="p q r"), journey(a="p r q")])
    assert found.places[0]["p"] == found.places[1]["p"] == 0
    assert [sorted(places, key=places.__getitem__) for places in found.places] == [["p", "q", "r"], ["p", "r", "q"]]


def names(several: list[Journey]) -> list[tuple[str, ...]]:
    return [tuple(stage.name if stage else "" for stage in shared.stages) for shared in match_stages(several).stages]


def test_stages_are_matched_by_id_then_by_name_then_by_order() -> None:
    first = journey(start="a", middle="b", end="c")
    assert names([first, journey(start="d", end="e")]) == [("Start", "Start"), ("Middle", ""), ("End", "End")]
    assert names([first, journey(hello="d", work="e", end="f")]) == [
        ("Start", "Hello"), ("Middle", "Work"), ("End", "End")
    ]  # fmt: skip
    stages = [
        {"id": "one", "name": "END", "touchpoints": ["g", "h"]},
        {"id": "two", "name": "After", "touchpoints": ["i"]},
    ]
    renamed = Journey.model_validate({"title": "T", "persona": "P", "stages": stages})
    assert names([first, renamed]) == [
        ("Start", ""), ("Middle", ""), ("End", "END"), ("", "After")
    ]  # fmt: skip
    # turned round, one of the two stands alone
    turned = names([first, journey(end="d", start="e")])
    assert sum(all(pair) for pair in turned) == 1 and len(turned) == 4


def test_names_that_only_look_alike_without_their_letters_are_no_match() -> None:
    def of_stages(prefix: str, *stage_names: str) -> Journey:
        stages = [{"id": f"{prefix}{n}", "name": name, "touchpoints": [f"{prefix}{n} a", f"{prefix}{n} b"]}
                  for n, name in enumerate(stage_names)]  # fmt: skip
        return Journey.model_validate({"title": "T", "persona": "P", "stages": stages})

    assert names([of_stages("a", "!!!", "???", "待つ"), of_stages("b", "???", "待つ")]) == [
        ("!!!", ""), ("???", "???"), ("待つ", "待つ")
    ]  # fmt: skip


def test_a_journey_without_stages_goes_along_with_the_others() -> None:
    flat = bare(6)
    staged = journey(one="a b", two="c d", three="e f")
    found = match_stages([staged, flat])
    assert [shared.start for shared in found.stages] == [0, 2, 4]
    assert [found.places[1][t.id] for t in flat.touchpoints] == [0, 1, 2, 3, 4, 5]
    check(laid(flat, staged), flat, staged)
    check(laid(flat, bare(3)), flat, bare(3))


def test_pairs_rise_and_are_worth_the_most() -> None:
    assert aligned("abc", "xaybzc", lambda a, b: int(a == b)) == [(0, 1), (1, 3), (2, 5)]
    worth = {("a", "b"): 1, ("b", "a"): 3}
    assert aligned("ab", "ab", lambda a, b: worth.get((a, b), 0)) == [(1, 0)]


def test_by_time_each_point_stands_at_its_time_from_day_0() -> None:
    def at(**times: str) -> Journey:
        touchpoints = [{"id": id, "title": id, "at": time, "satisfaction": n % 3 - 1}
                       for n, (id, time) in enumerate(times.items())]  # fmt: skip
        day0 = {"day0": "2026-03-02"} if "2026" in str(times) else {}
        return Journey.model_validate({"title": "T", "persona": "P", "touchpoints": touchpoints, **day0})

    one = at(a="0h", b="+1d", c="+2d", d="+4d")
    other = at(p="2026-03-02", q="2026-03-03", r="2026-03-05", s="2026-03-06")
    scene = laid(one, other, axis="time")
    xs = [[middle(of(scene, f"point-{n}-{id}"))[0] for id in ids] for n, ids in ((1, "abcd"), (2, "pqrs"))]
    assert xs[0][0] == pytest.approx(xs[1][0]) and xs[0][1] == pytest.approx(xs[1][1])
    assert xs[0][3] == pytest.approx(xs[1][3])
    day = xs[0][1] - xs[0][0]
    assert xs[0][2] - xs[0][0] == pytest.approx(2 * day, rel=0.02)
    assert xs[1][2] - xs[1][0] == pytest.approx(3 * day, rel=0.02)
    ticks = [text.text for text in texts(scene) if text.kind == "tick"]
    assert "day 1" in ticks and not any("2026" in tick for tick in ticks)


def test_dates_and_offsets_of_one_journey_share_an_axis() -> None:
    mixed = Journey.model_validate(
        {"title": "T", "persona": "P", "day0": "2026-03-02",
         "touchpoints": [{"title": "a", "at": "-1d"}, {"title": "b", "at": "2026-03-02"}, {"title": "c", "at": "+2d"}]}
    )  # fmt: skip
    assert [period.start for period in periods_of(mixed, from_day0=True)] == [-86400, 0, 2 * 86400]
    assert [b.start - a.start for a, b in pairwise(periods_of(mixed))] == [86400, 2 * 86400]


def test_what_is_not_rated_breaks_the_line_and_is_hollow() -> None:
    scene = laid(journey(a="p=1 q=0 r s=1 t=2"), journey(a="p=1 q=2"))
    assert len(lines_of(scene, 1)) == 2
    assert len(lines_of(scene, 2)) == 1
    (hollow,) = leaves(of(scene, "point-1-r"))
    assert isinstance(hollow, Path) and hollow.fill == "page" and hollow.stroke == "line-1"
    assert "not rated" in [text.text for text in texts(scene)]


def test_a_journey_without_any_rating_is_there_and_says_so() -> None:
    several = [journey(a="p q"), journey(a="p=1 q=2")]
    scene = laid(*several)
    check(scene, *several)
    assert not any(group.id == "curve-1" for group in groups(scene))
    assert "No score" in " ".join(t.text for t in texts(of(scene, "end-1")))


def inside(point: tuple[float, float], polygon: list[tuple[float, float]]) -> bool:
    """Whether a point lies in a polygon: a ray to the right crosses its edges an odd number of times."""
    x, y = point
    crossed = 0
    for (x1, y1), (x2, y2) in pairwise([*polygon, polygon[0]]):
        crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossed % 2 == 1


def test_points_that_lie_on_each_other_are_all_seen() -> None:
    scene = laid(*[journey(persona=f"P{n}", a="p=1 q=2") for n in range(6)])
    shapes = [[step[-2:] for step in mark.commands if step[0] != "Z"]
              for n in range(1, 7) for mark in leaves(of(scene, f"point-{n}-p")) if isinstance(mark, Path)]  # fmt: skip
    assert of(scene, "point-1-p").box().width > 2 * of(scene, "point-6-p").box().width
    for below, above in pairwise(shapes):
        assert any(not inside(corner, above) for corner in below)


def test_lines_end_at_their_name_score_and_word() -> None:
    several = [example("my-new-job"), example("my-new-job-to-be")]
    scene = laid(*several)
    for number, one in enumerate(several, 1):
        words = [text.text for text in texts(of(scene, f"end-{number}"))]
        scores = score(one)
        assert one.title in " ".join(words)
        assert shown(scores.score or 0) in words and scores.word in words
        assert all(
            text.left > middle(of(scene, f"point-{number}-own-task"))[0] for text in texts(of(scene, f"end-{number}"))
        )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"title": ["A", "B"]}, ["A", "B"]),
        ({"persona": ["Ana", "Ben"]}, ["Ana", "Ben"]),
        ({"state": ["current", "future"]}, ["The journey today", "The journey as it should be"]),
        ({"id": ["v1", "v2"]}, ["v1", "v2"]),
        ({}, ["T 1", "T 2"]),
    ],
)
def test_names_tell_the_journeys_apart(changed: dict[str, list[str]], expected: list[str]) -> None:
    plain = {"id": "j", "title": "T", "persona": "P", "touchpoints": [{"a": "happy"}, {"b": "angry"}]}
    several = [Journey.model_validate(plain | {key: values[n] for key, values in changed.items()}) for n in (0, 1)]
    scene = laid(*several)
    for n, name in enumerate(expected, 1):
        written = " ".join(t.text for t in texts(of(scene, f"end-{n}")) if t.kind == "end-name")
        assert written == name


def test_the_title_is_shown_once_where_it_is_common() -> None:
    titles = [
        t
        for t in texts(laid(journey(persona="A", a="p=1 q=1"), journey(persona="B", a="p=1 q=1")))
        if t.kind == "title"
    ]
    assert [t.text for t in titles] == ["T"]
    assert laid(journey("X", a="p=1 q=1"), journey("Y", a="p=1 q=1")).title == "X · Y"


def test_low_points_are_marked_for_each_journey() -> None:
    several = [example("plumber-visit"), example("support-ticket")]
    scene = laid(*several)
    for number, one in enumerate(several, 1):
        found = {g.id for g in groups(scene) if g.id.startswith(f"low-point-{number}-")}
        assert found == {f"low-point-{number}-{low.rank}" for low in score(one).low_points}
        for low in score(one).low_points:
            shield, (x, y) = (
                of(scene, f"low-point-{number}-{low.rank}").box(),
                middle(of(scene, f"point-{number}-{low.id}")),
            )
            assert {m.fill for m in leaves(of(scene, f"low-point-{number}-{low.rank}")) if isinstance(m, Path)} == {
                f"line-{number}"
            }
            assert math.dist(((shield.left + shield.right) / 2, (shield.top + shield.bottom) / 2), (x, y)) < 45


def deltas(scene: Scene) -> list[str]:
    return [text.text for text in texts(scene) if text.kind == "delta"]


def test_the_largest_changes_between_versions_are_marked() -> None:
    old = journey(a="p=1 v=0 q=-2 r=0 s=1 t=2 u=0")
    new = journey(a="p=1 v=-0.8 q=2 r=1 s=-1 t=2 u=0.9")
    scene = laid(old, new)
    assert sorted(deltas(scene)) == ["+100", "+25", "−50"]
    arrows = [mark for mark in leaves(scene) if isinstance(mark, Line) and mark.kind == "change"]
    assert len(arrows) == 3
    assert {round(arrow.x1, 2) for arrow in arrows} == {round(middle(of(scene, f"point-1-{id}"))[0], 2) for id in "qrs"}


def test_a_change_above_the_plot_stands_below_what_is_above_it() -> None:
    def at(**points: tuple[str, int]) -> Journey:
        touchpoints = [{"id": id, "title": id, "at": time, "satisfaction": n} for id, (time, n) in points.items()]
        return Journey.model_validate({"title": "T", "persona": "P", "touchpoints": touchpoints})

    several = [at(a=("0h", 0), b=("+1d", -2), c=("+5d", 0)), at(a=("0h", 0), b=("+2d", 2), c=("+5d", 0))]
    scene = laid(*several, axis="time")
    check(scene, *several)
    (delta,) = [text for text in texts(scene) if text.kind == "delta"]
    assert delta.box().bottom < scale(scene)[0] + 10


def test_no_changes_are_marked_between_personas_or_journeys_that_share_little() -> None:
    assert deltas(laid(journey(persona="A", a="p=1 q=-2"), journey(persona="B", a="p=1 q=2"))) == []
    assert deltas(laid(journey(a="p=-2 q=-2 r=1"), journey(a="p=2 x=2 y=1"))) == []
    assert deltas(laid(journey(a="p=1 q=0"), journey(a="p=1.4 q=0.4"))) == []


def test_a_gain_within_uncertainty_is_called_so() -> None:
    def said(scene: Scene) -> str:
        return " ".join(text.text for text in texts(of(scene, "scores")) if text.bold)

    def asked(source: str, **stages: str) -> Journey:
        sources = [{"id": source, "kind": "interview", "n": 5}]
        plain = journey(**stages).model_dump(by_alias=True, exclude_unset=True)
        return Journey.model_validate({**plain, "sources": sources, "evidence": [source]})

    assert "(+11.3, within uncertainty)" in said(laid(asked("x", a="p=0 q=0"), asked("y", a="p=1 q=0")))
    assert "(+50)" in said(laid(asked("x", a="p=-1 q=-1"), asked("y", a="p=1 q=1")))
    assert "(+11.3)" in said(laid(journey(a="p=0 q=0"), journey(a="p=1 q=0")))  # assumed: no verdict
    assert "(+50)" in said(laid(journey(a="p=-1 q=-1"), journey(a="p=1 q=1")))
    assert "(" not in said(laid(journey(persona="A", a="p=-1 q=-1"), journey(persona="B", a="p=1 q=1")))


def test_stage_bars_span_their_touchpoints_and_give_each_score() -> None:
    several = [example("my-new-job"), example("my-new-job-to-be")]
    scene = laid(*several)
    for number, stage in enumerate(several[0].stages, 1):
        bar = next(mark.box() for mark in leaves(of(scene, f"stage-{number}")) if mark.kind == "stage")
        xs = [middle(of(scene, f"point-1-{t.id}"))[0] for t in stage.touchpoints]
        assert bar.left + MARK == pytest.approx(min(xs)) and bar.right > max(xs)
        scores = [text.text for text in texts(of(scene, f"stage-{number}")) if text.kind == "stage-score"]
        expected = [next(s.score for s in score(one).stages if s.stage.id == stage.id) for one in several]
        assert scores == [shown(value) for value in expected if value is not None]


def test_scores_of_many_journeys_fit_into_a_narrow_stage() -> None:
    six = [journey(persona=f"P{n}", **{f"s{k}": f"t{k}=2" for k in range(8)}) for n in range(6)]
    scene = laid(*six)
    check(scene, *six)
    for number in range(1, 9):
        bar = of(scene, f"stage-{number}")
        box = next(mark.box() for mark in leaves(bar) if mark.kind == "stage")
        assert len([t for t in texts(bar) if t.kind == "stage-score"]) == 6
        assert all(box.holds(mark.box()) for mark in leaves(bar))


def test_every_touchpoint_is_named_once_in_a_column() -> None:
    two = [journey("X", a="p=1 q=1", b="r=1"), journey("Y", a="p=1 v=1", b="w=1")]
    titles = [t.text for t in texts(laid(*two)) if t.kind == "touchpoint-title"]
    assert sorted(titles) == ["I do p", "I do q", "I do r", "I do v", "I do w"]
    whose = {
        g.id: [m.fill for m in leaves(g) if isinstance(m, Path)] for g in groups(laid(*two)) if g.kind == "touchpoint"
    }
    assert whose["touchpoint-1-p"] == ["line-1", "line-2"] and whose["touchpoint-1-q"] == ["line-1"]
    assert whose["touchpoint-2-v"] == ["line-2"] and "touchpoint-2-p" not in whose
    six = [journey(f"X{n}", a="p=1 q=1", b=f"o{n}=1 z=1") for n in range(6)]
    titles = [t.text for t in texts(laid(*six)) if t.kind == "touchpoint-title"]
    assert sorted(titles) == [*(f"I do o{n}" for n in range(6)), "I do p", "I do q", "I do z"]
    by_time = laid(example("my-new-job"), example("my-new-job-to-be"), axis="time")
    named = "".join(t.text for t in texts(by_time) if t.kind == "touchpoint-title").replace(" ", "")
    for one in (example("my-new-job"), example("my-new-job-to-be")):
        assert all(touchpoint.title.replace(" ", "") in named for touchpoint in one.touchpoints)


def test_two_to_six_journeys() -> None:
    for count in (0, 1, 7):
        with pytest.raises(UsageError, match="overlay"):
            laid(*[bare(3)] * count)


@pytest.mark.parametrize("axis", AXES)
def test_a_width_is_kept_or_refused(axis: Axis) -> None:
    several = [example("my-new-job"), example("my-new-job-to-be")]
    for width in (700.0, 1100.0, 2600.0):
        scene = laid(*several, axis=axis, width=width)
        assert scene.width == width
        check_rows(scene, *several)
    with pytest.raises(UsageError, match="no room"):
        laid(*several, axis=axis, width=400)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("columns", [1, 3, 7, 40])
def test_rows_of_columns(columns: int, axis: Axis) -> None:
    several = [example("my-new-job"), example("my-new-job-to-be"), example("plumber-visit")]
    scene = overlay_of(pairs(*several), axis=axis, columns=columns)
    rows = check_rows(scene, *several)
    assert (rows == 1) == (columns == 40)
    for group in groups(scene):
        if group.id.startswith("lane-touchpoints"):
            for member in (1, 2, 3):
                mine = [g for g in groups(group) if g.id.startswith(f"touchpoint-{member}-")]
                assert len(mine) <= columns


def test_an_overlay_is_wide() -> None:
    for count in (2, 3, 5, 9, 14, 20, 30, 45, 60):
        for several in ([bare(count), bare(count)], [bare(count)] * 6, [full(count), full(max(2, count // 2))]):
            scene = overlay_of(pairs(*several))
            assert 1 <= scene.width / scene.height <= 3, (count, len(several), scene.width, scene.height)


def test_a_stage_that_goes_on_says_so_and_gives_its_scores_once() -> None:
    several = [journey("X", a="p=1 q=0 r=1 s=2"), journey("Y", a="p=1 q=2 r=1 s=0")]
    scene = overlay_of(pairs(*several), columns=2)
    bars = [group for group in groups(scene) if group.kind == "stage"]
    assert [[text.text for text in texts(bar) if text.kind == "stage-name"] for bar in bars] == [
        ["A"],
        ["A (continued)"],
    ]
    assert [len([text for text in texts(bar) if text.kind == "stage-score"]) for bar in bars] == [2, 0]


def test_the_key_stands_in_the_header_and_not_beside_the_axis() -> None:
    scene = laid(example("my-new-job"), example("my-new-job-to-be"))
    assert [text.text for text in texts(of(scene, "header")) if text.kind == "legend"] == [
        "1", "Low points, 1 the worst", "±", "Largest changes",
    ][-len([text for text in texts(of(scene, "header")) if text.kind == "legend"]):]  # fmt: skip
    lane = of(scene, "lane-curve")
    numbers = [text.box() for text in texts(lane) if text.kind == "axis"]
    beside = [text for text in texts(lane) if text.box().left < max(box.right for box in numbers)]
    assert {text.kind for text in beside} <= {"axis", "lane-label"} and len(numbers) == 3


@pytest.mark.parametrize(
    ("page", "axis"),
    [("a4", "order"), ("a3-portrait", "order"), ("a1", "order"), ("16:9", "order"), ("a4", "time"),
     slow("a3-portrait", "time"), slow("a1", "time"), ("16:9", "time")],
)  # fmt: skip
def test_pages(page: str, axis: Axis) -> None:
    for several in (
        [example("my-new-job"), example("my-new-job-to-be")],
        [full(16), full(7), full(11)] if axis == "order" else [full(9), full(4)],
    ):
        scenes = list(overlay_on(page, pairs(*several), axis=axis))
        points: list[str] = []
        for scene in scenes:
            assert scene.paper in papers(page)
            check_layout(scene)
            assert all(text.size * scene.scale >= scene.paper.smallest - 1e-6 for text in texts(scene))
            points += _points_of(Group(marks=scene.marks))
        every = [f"point-{n}-{t.id}" for n, one in enumerate(several, 1) for t in one.touchpoints]
        assert sorted(points) == sorted(every)
        _all_named(scenes[0]._replace(marks=tuple(mark for scene in scenes for mark in scene.marks)), tuple(several))
        assert ("Page" in scenes[0].title) == (len(scenes) > 1)


def test_a_row_names_all_journeys_that_have_no_other() -> None:
    """Ada and Bo have the same touchpoints; Cy has one of his own."""
    ada, bo = (journey("T", name, a="p=1 q=0") for name in ("Ada", "Bo"))
    scene = laid(ada, bo, journey("T", "Cy", a="p=1 z=0"))
    names = [text for text in texts(scene) if text.kind == "row-name" and text.y > max(
        text.y for text in texts(scene) if text.kind == "end-name")]  # fmt: skip
    assert [text.text for text in names] == ["Ada", "Bo", "Cy"]
    titles = {text.text: text.y for text in texts(scene) if text.kind == "touchpoint-title"}
    assert names[1].y < titles["I do z"] and len(titles) == 3


@pytest.mark.parametrize("page", ["16:9", "a3"])
def test_what_is_higher_than_a_page_goes_on_on_the_next(page: str) -> None:
    """Table, names at the lines and touchpoints of six journeys with titles of 300 characters are each too high for a
    slide, and together for A3.
    """
    several = [bare(4, f"{n} " + "word " * 60) for n in range(6)]
    scenes = list(overlay_on(page, pairs(*several)))
    assert len(scenes) > 1
    for scene in scenes:
        check_layout(scene)
        assert all(text.size * scene.scale >= scene.paper.smallest - 1e-6 for text in texts(scene) if scene.paper)
    whole = scenes[0]._replace(marks=tuple(mark for scene in scenes for mark in scene.marks))
    for kind, count in (("touchpoint-title", 24), ("row-name", 12)):  # names in the table and at the touchpoints
        said = " ".join(text.text for text in texts(whole) if text.kind == kind)
        assert said.split().count("word") == 60 * count, kind
    if page == "16:9":
        at_lines = [text.text for text in texts(whole) if text.kind == "end-name"]
        assert len(at_lines) == 6 and all(name.endswith("…") for name in at_lines)
        pages_with_them = [s for s in scenes if any(text.kind == "touchpoint-title" for text in texts(s))]
        assert len(pages_with_them) > 1
        for scene in pages_with_them:
            assert "Touchpoints" in [text.text for text in texts(scene) if text.kind == "lane-label"]


@pytest.mark.parametrize("columns", range(2, 9))
def test_a_row_that_ends_within_a_stage_of_uneven_journeys_stays_on_its_page(columns: int) -> None:
    several = [
        journey("X" * 60, a="p=1 q=0 r=1", b="s=2 t=1 u=0", c="v=1 w=0"),
        journey("Y" * 60, a="k=1 l=0", b="m=2 n=1 o=0", c="z=1 y=2 x=0"),
        journey("Z" * 60, a="a=1 b=0 c=1 d=2", b="e=1 f=1 g=0 h=1", c="i=0"),
    ]
    for scene in overlay_on("a3-portrait", pairs(*several), columns=columns):
        check_layout(scene)


def test_a_page_has_a_width_of_its_own() -> None:
    with pytest.raises(UsageError, match="a page says how wide"):
        overlay_on("a3", pairs(bare(4), bare(4)), columns="all")


def test_no_times_no_axis_by_time() -> None:
    with pytest.raises(UsageError, match="cannot be drawn by time"):
        laid(example("my-new-job"), bare(4), axis="time")


def test_the_account_compares_and_then_tells_each_journey() -> None:
    scene = laid(example("my-new-job"), example("my-new-job-to-be"))
    first, second, *rest = scene.description.splitlines()
    assert first == "2 journeys compared: My new job; My new job, as it should be."
    assert second == "Journey scores: My new job: 66.5 good; My new job, as it should be: 80.6 excellent (+14.1)."
    assert rest[1] == "Stage: My first day. My new job: 38.7; My new job, as it should be: 87.5."
    assert "My laptop is set up with me, at my desk: 0 → 87.5 (+87.5)" in scene.description
    for one in (example("my-new-job"), example("my-new-job-to-be")):
        assert all(touchpoint.title in scene.description for touchpoint in one.touchpoints)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_speaks_the_language_of_the_first_journey(lang: str) -> None:
    first = {other: laid(full(3, lang=other), full(4)).description for other in LANGUAGES}
    assert sum(first[lang] == one for one in first.values()) == 1


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_every_format_is_the_same_on_every_run(form: str) -> None:
    several = pairs(example("my-new-job"), example("my-new-job-to-be"))
    data = [next(draw_overlay(several, Picture(form)))[0] for _ in range(2)]
    assert data[0] == data[1] and len(data[0]) > 10_000


def test_the_same_scene_whatever_the_hashes() -> None:
    code = (
        "from tests.charts.maps import example; from journeykit.charts.overlay.chart import overlay_of;"
        "from journeykit.scoring import score;"
        "two = [(j, score(j)) for j in map(example, ('plumber-visit', 'my-new-job', 'my-new-job-to-be'))];"
        "print(overlay_of(two), overlay_of(two, axis='time'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=File(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1 and len(runs.pop()) > 10_000


def oklab(rgb: list[float]) -> tuple[float, float, float]:
    """Björn Ottosson's perceptual space, on linear light."""
    r, g, b = (max(0.0, part) for part in rgb)
    one = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    two = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    three = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * one + 0.7936177850 * two - 0.0040720468 * three,
        1.9779984951 * one - 2.4285922050 * two + 0.4505937099 * three,
        0.0259040371 * one + 0.7827717662 * two - 0.8086757660 * three,
    )


@pytest.mark.parametrize("eye", sorted(EYES.keys() - {"grey"}))
@pytest.mark.parametrize("name", ["light", "dark"])
def test_line_colors_differ_for_every_eye(name: str, eye: str) -> None:
    colors = themes.load(name).colors
    shown = [oklab(seen(colors[line], eye)) for line in themes.LINES]
    assert min(math.dist(one, other) for one, other in combinations(shown, 2)) > 0.05


def test_two_lines_differ_in_grey_and_all_without_any_color() -> None:
    for name in themes.NAMES:
        colors = themes.load(name).colors
        greys = [lightness(linear(colors[line])) for line in themes.LINES[:2]]
        assert abs(greys[0] - greys[1]) > 9
    assert (
        len({look.dash for look in LINE_STYLES})
        == len(LINE_STYLES)
        == len({look.shape(0, 0, 1) for look in LINE_STYLES})
    )


def test_the_checks_can_fail() -> None:
    several = [example("my-new-job"), example("my-new-job-to-be")]
    scene = laid(*several)
    first = texts(scene)[0]
    shifted = Text(x=first.x + 3, y=first.y + 1, text="x", size=9, width=20)
    with pytest.raises(AssertionError):
        check(Scene(width=scene.width, height=scene.height, marks=(*scene.marks, shifted), title=""), *several)
    with pytest.raises(AssertionError):
        check(scene, several[0], several[0])
    assert union(mark.box() for mark in scene.marks).width > 0


@pytest.mark.parametrize("name", themes.NAMES)
def test_png_and_svg_agree(name: str) -> None:
    scene, theme = laid(example("my-new-job"), example("my-new-job-to-be")), themes.load(name)
    # small letters are smoothed differently; a mark that is 3 points off is further apart
    assert pixels.apart(pixels.of_svg(scene, theme), pixels.of_png(scene, theme)) < 1.8 * NEAR


def test_font_and_logo_of_ones_own_theme(tmp_path: File) -> None:
    built(tmp_path / "Wide.ttf", "".join(map(chr, range(0x20, 0x7F))) + "–·−→±", advance=1200)
    Image.new("RGB", (60, 20), "red").save(tmp_path / "logo.png")
    house = tmp_path / "house.toml"
    house.write_text('[font]\nfamily = "Wide"\nregular = "Wide.ttf"\n[logo]\nfile = "logo.png"\n', encoding="utf-8")
    several = [example("my-new-job"), example("my-new-job-to-be")]
    plain = laid(*several)
    scene = overlay_of(pairs(*several), theme=themes.load(house))
    check(scene, *several)
    (logo,) = [mark.box() for mark in leaves(scene) if mark.kind == "logo"]
    assert all(logo.bottom < text.box().top for text in texts(scene))
    widths = [next(t.width for t in texts(one) if t.text == "Experience") for one in (plain, scene)]
    assert widths[1] > 1.3 * widths[0]
    assert laid(*several) == plain
