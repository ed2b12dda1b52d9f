"""The lanes of a service blueprint: rows of teams, handoffs, decisions, metrics; what they show and where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeykit.charts.columns import Axis
from journeykit.charts.frame import pages_of, scene_of
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Circle, Group, Line, Path, Rect, Scene, Text
from journeykit.errors import UsageError
from journeykit.model import Journey
from tests.conftest import examples

from .maps import EXAMPLES, TEXTS, bare, example, full, groups, leaves, texts
from .test_geometry import WORDS, check

AXES: tuple[Axis, ...] = ("order", "time")


def _journey(*touchpoints: Mapping[str, object], **more: object) -> Journey:
    return Journey.model_validate({"title": "A", "persona": "P", "touchpoints": list(touchpoints), **more})


def _lane(scene: Scene, name: str, row: int = 1) -> Group:
    return next(group for group in groups(scene) if group.id == f"lane-{name}-{row}")


def _words(group: Group) -> str:
    return " ".join(text.text for text in texts(group)).replace("\N{NO-BREAK SPACE}", " ")


def _lanes(scene: Scene) -> list[str]:
    return [group.id.split("-")[1] for group in groups(scene) if group.kind == "lane"]


def _points(path: Path) -> Iterator[tuple[float, float]]:
    """The ends of its pieces and points between, close enough to meet any card."""
    ends = [(command[-2], command[-1]) for command in path.commands if command[0] != "Z"]
    for (x1, y1), (x2, y2) in pairwise(ends):
        for step in range(41):
            yield x1 + (x2 - x1) * step / 40, y1 + (y2 - y1) * step / 40


def _upright(arrow: Group) -> Iterator[tuple[float, float, float]]:
    """The long vertical pieces of an arrow's line: x, top, bottom."""
    line = arrow.marks[0]
    assert isinstance(line, Path)
    ends = [(command[-2], command[-1]) for command in line.commands if command[0] != "Z"]
    for (x1, y1), (x2, y2) in pairwise(ends):
        if x1 == x2:
            yield x1, min(y1, y2), max(y1, y2)


def _on_edge(box: Box, x: float, y: float) -> bool:
    inside = box.left - 0.1 <= x <= box.right + 0.1 and box.top - 0.1 <= y <= box.bottom + 0.1
    return inside and min(abs(x - box.left), abs(x - box.right), abs(y - box.top), abs(y - box.bottom)) < 0.1


def _check_handoffs(scene: Scene, journey: Journey) -> None:
    """Each arrow leads from the edge of a card to the edge of a note, over nothing that is written or drawn."""
    found = 0
    for lane in (group for group in groups(scene) if group.id.startswith("lane-backstage")):
        cards = [m.box() for m in leaves(lane) if isinstance(m, Rect) and m.kind == "card"]
        notes = [m.box() for m in leaves(lane) if isinstance(m, Rect) and m.kind == "note"]
        words = [text.box() for text in texts(lane)]
        solid = [box.grown(-0.5) for box in (*cards, *notes, *words)]
        arrows = [group for group in groups(lane) if group.kind == "handoff-arrow"]
        assert len(arrows) == len(notes)
        found += len(arrows)
        reached, circles = [], []
        for arrow in arrows:
            *_, line, head, circle, _ = arrow.marks
            assert isinstance(line, Path) and isinstance(head, Path) and isinstance(circle, Rect)
            start, tip = next(_points(line)), list(_points(head))[40]
            at_number = [card for card in cards if _on_edge(circle.box(), *start) and card.overlaps(circle.box())]
            assert at_number or any(_on_edge(card, *start) for card in cards), arrow.title
            assert not any(circle.box().grown(-0.5).overlaps(box) for box in notes), arrow.title
            circles.append(circle.box())
            ends = [note for note in notes if _on_edge(note, *tip)]
            assert len(ends) == 1, arrow.title
            reached += ends
            way = line.box().grown(0.3)
            near = [box for box in solid if box.overlaps(way)]
            for x, y in _points(line):
                dot = Box(x - 0.3, y - 0.3, x + 0.3, y + 0.3)
                assert not any(box.overlaps(dot) for box in near), arrow.title
        assert len(set(reached)) == len(reached)
        others = [text.box() for text in texts(lane) if text.kind != "handoff-number"]
        for one in circles:
            assert not any(
                one.grown(-0.5).overlaps(box) for box in [*others, *(box for box in circles if box is not one)]
            )
        upright = [way for arrow in arrows for way in _upright(arrow)]
        for number, (x, top, bottom) in enumerate(upright):
            for other, above, below in upright[:number]:  # two lines on one another are one to the eye
                assert abs(x - other) > 2 or bottom < above or below < top
    assert found == sum(len(touchpoint.handoffs) for touchpoint in journey.touchpoints)
    numbers = [text.text for text in texts(scene) if text.kind == "handoff-number"]  # by row, column and step
    assert numbers == [str(number) for number in range(1, found + 1)]


def _check_decisions(scene: Scene, journey: Journey) -> None:
    """Each answer's arrow ends at the number of its touchpoint or at the way out; none crosses a word."""
    numbers = {touchpoint.id: n for n, touchpoint in enumerate(journey.touchpoints, 1)}
    lanes = [group for group in groups(scene) if group.id.startswith("lane-decisions")]
    decisions = [touchpoint.decision for touchpoint in journey.touchpoints if touchpoint.decision]
    shown = [group for lane in lanes for group in groups(lane) if group.kind == "decision"]
    assert len(shown) == len(decisions)
    for decision, group in zip(decisions, shown, strict=True):
        chips = [one for one in groups(group) if one.kind == "branch-target"]
        expected = [str(numbers[option.to]) for option in decision.options if option.to != "end"]
        assert ["".join(t.text for t in texts(chip)) for chip in chips] == expected
        circles = [mark.box() for chip in chips for mark in leaves(chip) if isinstance(mark, Circle)]
        heads = [m.box() for m in leaves(group) if isinstance(m, Path) and m.kind == "branch-head"]
        assert len(heads) == len(decision.options)
        for circle in circles:
            assert any(abs(head.right - circle.left) < 0.1 and circle.top < head.top < circle.bottom for head in heads)
        ways_out = sum(t.kind == "end" for t in texts(group)) > 0
        assert ways_out == any(option.to == "end" for option in decision.options)
    for lane in lanes:
        signs = ("share", "sign")
        words = [text.box() for text in texts(lane) if text.kind not in signs]
        figures = [text.box() for text in texts(lane) if text.kind in signs]
        for mark in leaves(lane):
            if isinstance(mark, Line) and mark.kind in ("branch", "stem", "elbow"):
                way = mark.box().grown(0.4)
                assert not any(way.overlaps(box) for box in words), mark
                assert not any(way.overlaps(box.grown(-0.5)) for box in figures), mark
        circles = [m.box() for m in leaves(lane) if isinstance(m, Circle) and m.kind == "target"]
        for circle in circles:
            assert not any(circle.grown(-1).overlaps(box) for box in words)


def _check_metrics(scene: Scene) -> None:
    """Bars, ticks and whiskers lie on their track, and tracks under no text."""
    for lane in (group for group in groups(scene) if group.id.startswith("lane-metrics")):
        words = [text.box() for text in texts(lane)]
        for group in groups(lane):
            if group.kind not in ("metric", "whole-metric"):
                continue
            tracks = [m.box() for m in leaves(group) if m.kind == "bullet-track"]
            for mark in leaves(group):
                if mark.kind in ("bullet", "interval", "target", "p90"):
                    box, (track,) = mark.box(), tracks
                    assert track.left - 2.5 <= box.left and box.right <= track.right + 2.5, mark
            assert not any(track.grown(1).overlaps(box) for track in tracks for box in words)


def _check(scene: Scene, journey: Journey) -> None:
    check(scene, journey)
    _check_handoffs(scene, journey)
    _check_decisions(scene, journey)
    _check_metrics(scene)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("name", [path.name.split(".")[0] for path in EXAMPLES])
def test_examples(name: str, axis: Axis) -> None:
    journey = example(name)
    if axis == "time" and not any(touchpoint.at for touchpoint in journey.touchpoints):
        pytest.skip("has no times")
    _check(scene_of(journey, chart="blueprint", axis=axis), journey)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("count", [2, 9, 31])
def test_everything_filled(count: int, axis: Axis) -> None:
    journey = full(count)
    _check(scene_of(journey, chart="blueprint", axis=axis), journey)


@pytest.mark.parametrize("script", TEXTS)
def test_any_text(script: str) -> None:
    journey = full(6, TEXTS[script])
    _check(scene_of(journey, chart="blueprint"), journey)


@pytest.mark.parametrize("lang", ["en", "de", "el", "hu", "sl", "tr", "ar", "ja"])
def test_labels_of_every_language_fit(lang: str) -> None:
    journey = full(5, lang=lang)
    scene = scene_of(journey, chart="blueprint")
    check(scene, journey)
    if scene.direction == "ltr":  # mirrored, arrows leave from the other side
        _check(scene, journey)


@pytest.mark.parametrize("columns", [1, 4, "all"])
def test_any_number_of_columns(columns: Any) -> None:
    journey = full(10)
    _check(scene_of(journey, chart="blueprint", columns=columns), journey)


TEAMS = st.sampled_from(["Desk", "desk ", "Field", "A team of a rather long name", "受付", "IT", "Verkauf"])
LENGTHS = st.sampled_from(["5min", "3d", "20s", "2w"])


@st.composite
def services(draw: st.DrawFn) -> Journey:
    """Journeys with many teams, handoffs and decisions, and KPIs of every kind."""
    count = draw(st.integers(2, 9))
    ids = [f"t{n}" for n in range(count)]
    touchpoints: list[dict[str, Any]] = []
    for number, id in enumerate(ids):
        touchpoint: dict[str, Any] = {"id": id, "title": draw(WORDS), "at": f"+{number}d"}
        steps = []
        for _ in range(draw(st.integers(0, 5))):
            step: dict[str, Any] = {}
            if draw(st.booleans()):
                step |= {"from": draw(TEAMS), "to": draw(TEAMS), "warm": draw(st.sampled_from([True, False, None]))}
            elif draw(st.booleans()):
                step["team"] = draw(TEAMS)
            for key, values in {"does": WORDS, "system": WORDS, "wait": LENGTHS, "lasts": LENGTHS}.items():
                if draw(st.booleans()):
                    step[key] = draw(values)
            steps.append(step)
        touchpoint["backstage"] = steps
        if draw(st.booleans()):
            options = draw(st.lists(st.sampled_from([*ids, "end"]), min_size=1, max_size=4))
            shares = [1 / len(options)] * len(options) if draw(st.booleans()) else [None] * len(options)
            touchpoint["decision"] = {
                "question": draw(WORDS),
                "options": [
                    {"answer": draw(WORDS), "to": to, "share": share} for to, share in zip(options, shares, strict=True)
                ],
            }
        touchpoints.append(touchpoint)
    kpis = [
        draw(
            st.fixed_dictionaries(
                {"id": st.just(f"k{n}"), "at": st.sampled_from([*ids, None]), "n": st.integers(0, 60)},
            ).flatmap(_figures)
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    return Journey.model_validate({"title": "A", "persona": "P", "touchpoints": touchpoints, "kpis": kpis})


def _figures(kpi: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    forms: list[dict[str, Any]] = [
        {"kind": "csat", "counts": {1: 3, 5: 40}, "target": "80%", "n": 43},
        {"kind": "nps", "promoters": 3, "passives": 0, "detractors": 40, "n": 43, "target": 90},
        {"kind": "ces", "counts": {1: 1, 7: 1}, "target": 5, "n": 2},
        {"kind": "ces", "counts": {1: 9, 7: 9}, "target": 5, "n": 18},
        {"kind": "response_time", "median": "20s", "p90": "2w", "target": "1h"},
        {"kind": "duration", "value": "0s"},
        {"kind": "rate", "value": "0%", "target": "100%"},
        {"kind": "count", "value": -12, "target": 4},
        {"kind": "rating"},
    ]
    return st.sampled_from(forms).map(lambda form: kpi | form)


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(services(), st.sampled_from(AXES), st.sampled_from([2, 5, "all"]))
def test_generated(journey: Journey, axis: Axis, columns: Any) -> None:
    _check(scene_of(journey, chart="blueprint", axis=axis, columns=columns), journey)


def test_the_checks_can_fail() -> None:
    """An arrow moved off its card, a branch moved onto words, a bar beyond its track: each is found."""
    journey = example("my-new-job")
    scene = scene_of(journey, chart="blueprint")
    for kind, dx, dy, fails in (
        ("handoff-arrow", 3, 6, _check_handoffs),
        ("branch-target", 30, 0, _check_decisions),
        ("branch-target", 0, 40, _check_decisions),
    ):
        with pytest.raises(AssertionError):
            fails(_moved(scene, kind, dx, dy), journey)


def _moved(scene: Scene, kind: str, dx: float, dy: float) -> Scene:

    def move(group: Group) -> Group:
        marks = tuple(move(mark) if isinstance(mark, Group) else mark for mark in group.marks)
        moved = group._replace(marks=marks)
        return moved.moved(dx, dy) if group.kind == kind else moved

    return scene._replace(marks=tuple(move(mark) if isinstance(mark, Group) else mark for mark in scene.marks))


def test_the_blueprint_has_a_title_and_its_lanes_in_order() -> None:
    assert _lanes(scene_of(example("my-new-job"), chart="blueprint")) == [
        "header", "stages", "evidence", "touchpoints", "images", "channels", "interaction", "frontstage", "visibility",
        "backstage", "internal", "systems", "own", "decisions", "metrics",
    ]  # fmt: skip


def test_ones_own_lanes_in_ones_own_order() -> None:
    journey = example("my-new-job")
    drawn = scene_of(journey, lanes=["metrics", "touchpoints", "metrics"], columns="all")
    assert _lanes(drawn) == ["metrics", "touchpoints"]
    with pytest.raises(UsageError, match="no lane 'metric'") as error:
        scene_of(journey, lanes=["stages", "metric"])
    assert 'did you mean "metrics"?' in error.value.help
    with pytest.raises(UsageError, match="nothing to show in decisions, metrics"):
        scene_of(bare(3), lanes=["decisions", "metrics"])


def test_a_page_on_which_the_lanes_chosen_show_nothing_has_them_empty() -> None:
    touchpoints: list[dict[str, Any]] = [{"title": str(number)} for number in range(230)]
    touchpoints[-1]["thinks"] = "why"
    pages = list(pages_of(_journey(*touchpoints), lanes=["thoughts"]))
    assert all(set(_lanes(page)) == {"thoughts"} for page in pages) and len(pages) > 1
    filled = [any(group.kind == "thoughts" for group in groups(page)) for page in pages]
    assert filled == [False] * (len(pages) - 1) + [True]
    for page in pages:
        whole = Box(0, 0, page.width, page.height)
        assert all(whole.holds(text.box()) for text in texts(page)) and texts(page)


def test_teams_have_rows_in_the_order_of_their_appearance() -> None:
    lane = _lane(scene_of(example("my-new-job"), chart="blueprint"), "backstage")
    teams = [text for text in texts(lane) if text.kind == "team"]
    assert [t.text for t in teams] == ["HR", "Service desk", "Purchasing", "Facilities", "Team lead", "Access team"]
    assert [t.y for t in teams] == sorted(t.y for t in teams)
    badge = next(t for t in texts(lane) if t.text.startswith("has the badge"))
    facilities, lead = (next(t for t in teams if t.text == name) for name in ("Facilities", "Team lead"))
    assert facilities.y - 12 < badge.y < lead.y - 12


def test_one_team_however_it_is_written_and_steps_of_no_team() -> None:
    steps = [{"team": "IT desk", "does": "a"}, {"team": "it  Desk", "does": "b"}, {"does": "c"}]
    lane = _lane(scene_of(_journey({"title": "x", "backstage": steps}, {"title": "y"}), chart="blueprint"), "backstage")
    assert [t.text for t in texts(lane) if t.kind == "team"] == ["IT desk", "No team named"]


def _arrow(warm: bool | None) -> tuple[Path, Path, str]:
    step = {"from": "A", "to": "B", "does": "passes it on", "wait": "3d", "warm": warm}
    scene = scene_of(_journey({"title": "x", "backstage": [step]}, {"title": "y"}), chart="blueprint")
    lane = _lane(scene, "backstage")
    line, head, *_ = next(group for group in groups(lane) if group.kind == "handoff-arrow").marks
    assert isinstance(line, Path) and isinstance(head, Path)
    return line, head, _words(next(group for group in groups(lane) if group.kind == "handoff"))


def test_warm_and_cold_are_told_apart_by_line_head_and_word() -> None:
    warm, cold, unsaid = map(_arrow, (True, False, None))
    assert warm[0].stroke_width > unsaid[0].stroke_width and not warm[0].dash and not unsaid[0].dash
    assert cold[0].dash and cold[1].fill != warm[1].fill
    assert warm[2] == "warm handoff 3 d wait" and cold[2] == "cold handoff 3 d wait" and unsaid[2] == "3 d wait"


def _handed(*pairs: str) -> Scene:
    """The blueprint of one touchpoint with handoffs such as AB, from A to B."""
    steps = [{"from": pair[0], "to": pair[1], "does": "hands over"} for pair in pairs]
    journey = _journey({"title": "x", "backstage": steps}, {"title": "y"})
    scene = scene_of(journey, chart="blueprint")
    _check_handoffs(scene, journey)
    return scene


def _crossing(one: Group, other: Group) -> bool:
    """Whether the lines of two arrows have a point in common."""
    first, second = (arrow.marks[0] for arrow in (one, other))
    assert isinstance(first, Path) and isinstance(second, Path)
    fine = [Box(x - 0.6, y - 0.6, x + 0.6, y + 0.6) for x, y in _points(first)]
    left, top, right, bottom = first.box().grown(1)
    near = [(x, y) for x, y in _points(second) if left < x < right and top < y < bottom]
    return any(box.left < x < box.right and box.top < y < box.bottom for box in fine for x, y in near)


@pytest.mark.parametrize(
    "pairs",
    [("AB", "BA"), ("BA", "AB"), ("AB", "BC", "CB", "BA"), ("AB", "CB", "BC"), ("AC", "BA")],
    ids="-".join,
)
def test_arrows_that_can_avoid_each_other_do_not_cross(pairs: tuple[str, ...]) -> None:
    arrows = [group for group in groups(_handed(*pairs)) if group.kind == "handoff-arrow"]
    assert len(arrows) == len(pairs)
    assert not any(_crossing(*two) for two in combinations(arrows, 2))


@given(st.lists(st.sampled_from(["AB", "BA", "AC", "CA", "BC", "CB"]), min_size=2, max_size=6))
@settings(max_examples=examples(40), deadline=None)
def test_there_and_back_do_not_cross_whatever_else_is_handed_over(pairs: list[str]) -> None:
    arrows = [group for group in groups(_handed(*pairs)) if group.kind == "handoff-arrow"]
    for (there, one), (back, other) in pairwise(zip(pairs, arrows, strict=True)):
        if there == back[::-1]:
            assert not _crossing(one, other)


@pytest.mark.parametrize(
    ("pairs", "most"),
    [
        (("AB",) * 2, 0),
        (("AB",) * 3, 1),
        (("AC", "BC", "AB", "AC"), 1),
        (("AB",) * 4, 2),
        (("AB", "AB", "BA", "AB"), 2),
    ],
    ids=str,
)
def test_handoffs_in_one_direction_cross_as_little_as_they_can(pairs: tuple[str, ...], most: int) -> None:
    """On two sides at most two of three can pass each other; where a line is crossed, the other one is interrupted."""
    arrows = [group for group in groups(_handed(*pairs)) if group.kind == "handoff-arrow"]
    crossed = [other for one, other in combinations(arrows, 2) if _crossing(one, other)]
    assert len(crossed) <= most
    assert all(arrow.marks[0].kind == "handoff-gap" for arrow in crossed)


def test_the_number_of_a_handoff_is_clear_of_words() -> None:
    lane = _handed("AB", "BA")
    circles = [mark.box().grown(3) for mark in leaves(lane) if mark.kind == "handoff-circle"]
    words = [text.box() for text in texts(lane) if text.kind != "handoff-number"]
    assert len(circles) == 2 and not [box for box in circles for text in words if box.overlaps(text)]


def test_arrows_that_cross_are_found() -> None:
    there, back = (group for group in groups(_handed("AB", "BA")) if group.kind == "handoff-arrow")
    width = there.box().right - back.box().left
    assert _crossing(there, there.moved(1, 8)) and not _crossing(there, there.moved(width, 0))


def test_numbers_go_on_over_rows_and_are_those_of_the_alt_text() -> None:
    journey = example("my-new-job")
    for columns in (3, "all"):
        scene = scene_of(journey, chart="blueprint", columns=columns)
        said = re.findall(r"\((\d+)\) from (.+?) to ([^,.;]+)", scene.description)
        arrows = [group.title for group in groups(scene) if group.kind == "handoff-arrow"]
        assert [f"{number}. {one} → {other}" for number, one, other in said] == arrows
        assert len(arrows) == sum(len(touchpoint.handoffs) for touchpoint in journey.touchpoints)


def test_an_arrow_goes_around_the_cards_between() -> None:
    steps = [{"team": "B", "does": "in between"}, {"from": "A", "to": "C", "does": "over"}]
    steps.insert(0, {"team": "A", "does": "first"})
    journey = _journey({"title": "x", "backstage": steps}, {"title": "y"})
    scene = scene_of(journey, chart="blueprint")
    line, *_ = next(group for group in groups(scene) if group.kind == "handoff-arrow").marks
    assert isinstance(line, Path) and len({round(x) for x, _ in _points(line)}) > 2
    _check_handoffs(scene, journey)


def test_the_line_of_visibility_stands_between_front_and_back_and_only_there() -> None:
    scene = scene_of(example("my-new-job"), chart="blueprint")
    (line,) = (mark for mark in leaves(scene) if isinstance(mark, Line) and mark.kind == "visibility")
    assert line.dash and line.x2 > scene.width - 50
    assert (
        max(t.y for t in texts(_lane(scene, "frontstage")))
        < line.y1
        < min(t.y for t in texts(_lane(scene, "backstage")))
    )
    seen_only = _journey({"title": "x", "by": "company"}, {"title": "y"})
    assert _lanes(scene_of(seen_only, chart="blueprint")) == ["header", "touchpoints", "interaction", "frontstage"]


SERVED = _journey(
    {
        "title": "I order",
        "frontstage": [{"team": "Shop", "does": "confirms", "system": "Shop software", "evidence": ["receipt", "bag"]}],
        "backstage": [{"team": "Store", "does": "packs", "system": "Stock"}],
    },
    {"title": "I wait", "backstage": [{"team": "Store", "does": "sends", "system": "stock "}, {"system": "STOCK"}]},
    {"title": "I look"},
    {"title": "It comes", "by": "company", "frontstage": [{"does": "rings", "system": "Stock"}]},
)


@pytest.mark.parametrize("columns", [2, "all"])
@pytest.mark.parametrize("lang", ["en", "de", "el", "hu", "sl", "tr", "ar"])
def test_each_dividing_line_is_between_the_lanes_that_it_divides(lang: str, columns: Any) -> None:
    scene = scene_of(SERVED.model_copy(update={"lang": lang}), chart="blueprint", columns=columns)
    names = set()
    for row in range(1, 2 + (columns == 2)):
        lanes = {name: _lane(scene, name, row) for name in dict.fromkeys(_lanes(scene)) if name != "header" or row == 1}
        for above, name, below in (
            ("channels" if "channels" in lanes else "touchpoints", "interaction", "frontstage"),
            ("frontstage", "visibility", "backstage"),
            ("backstage", "internal", "systems"),
        ):
            (line,) = (mark for mark in leaves(lanes[name]) if isinstance(mark, Line))
            assert line.kind == name and line.dash and line.y1 == line.y2
            assert abs(line.x2 - line.x1) > scene.width / 2
            assert lanes[above].box().bottom < line.y1 < lanes[below].box().top
            assert min(t.box().top for t in texts(lanes[below])) > line.y1
            names.add(_words(lanes[name]))
        assert lanes["evidence"].box().bottom < lanes["touchpoints"].box().top
    assert len(names) == 3
    if lang != "ar":  # which has no labels of its own
        assert (names == {"Line of interaction", "Line of visibility", "Line of internal interaction"}) == (
            lang == "en"
        )


def test_lines_only_where_there_is_something_to_divide() -> None:
    alone = _journey({"title": "x", "backstage": [{"team": "A", "does": "b"}]}, {"title": "y"})
    assert _lanes(scene_of(alone, chart="blueprint")) == ["header", "touchpoints", "visibility", "backstage"]
    assert set(_lanes(scene_of(SERVED))).isdisjoint({"interaction", "internal", "evidence", "systems"})


def test_one_bar_for_a_system_over_the_neighbouring_touchpoints_that_it_serves() -> None:
    scene = scene_of(SERVED, chart="blueprint", columns="all")
    lane = _lane(scene, "systems")
    marks = [m.box() for m in leaves(_lane(scene, "touchpoints")) if m.kind == "number"]
    bars = {
        g.title: next(m.box() for m in leaves(g) if m.kind == "system-bar") for g in groups(lane) if g.kind == "system"
    }
    assert list(bars) == ["Shop software: 1", "Stock: 4", "Stock: 1, 2"]
    for title, bar in bars.items():
        served = {int(number) for number in title.partition(": ")[2].split(", ")}
        assert {n for n, mark in enumerate(marks, 1) if bar.left < (mark.left + mark.right) / 2 < bar.right} == served
    assert not any(one.overlaps(other) for one in bars.values() for other in bars.values() if one is not other)
    for group in groups(lane):
        if group.kind == "system":  # each has an icon beside its name
            (words,) = texts(group)
            assert any(m.box().right < words.left for m in leaves(group) if isinstance(m, Path))
    rows = scene_of(SERVED, chart="blueprint", columns=2)
    assert [g.title for row in (1, 2) for g in groups(_lane(rows, "systems", row)) if g.kind == "system"] == [
        "Shop software: 1", "Stock: 1, 2", "Stock: 4",
    ]  # fmt: skip


def test_evidence_has_its_own_lane_in_the_blueprint_and_stands_once() -> None:
    scene = scene_of(SERVED, chart="blueprint")
    assert _words(_lane(scene, "evidence")) == "Physical evidence receipt bag"
    assert "receipt" not in _words(_lane(scene, "frontstage"))
    assert "receipt" in _words(_lane(scene_of(SERVED), "frontstage"))
    assert "receipt" in _words(_lane(scene_of(SERVED, lanes=["frontstage"]), "frontstage"))


def test_the_frontstage_says_who_starts_where_and_what_is_asked() -> None:
    journey = _journey(
        {"title": "a", "channel": "none"},
        {"title": "b", "by": "company", "place": "at the door"},
        {"title": "c", "by": "partner", "personal_data": ["name", "address"]},
        {"title": "d"},
        feedback=[{"at": "d", "kind": "csat", "question": "How was it?"}],
    )
    lane = _lane(scene_of(journey, chart="blueprint"), "frontstage")
    said = [_words(group) for group in groups(lane) if group.kind == "frontstage"]
    assert said == [
        "Nothing in sight",
        "The company starts at the door",
        "A partner starts Collects name, address",
        "Asks for feedback “How was it?” CSAT",
    ]
    assert _words(lane).startswith("Frontstage The customer starts Nothing in sight")  # the key
    arrows = [group for group in groups(lane) if group.title == "The customer starts"]
    assert len(arrows) == 1 and arrows[0] in [
        icon for one in groups(lane) if one.kind == "initiator" for icon in one.marks
    ]
    started = scene_of(_journey({"title": "x", "by": "company"}, {"title": "y", "by": "partner"}), lanes=["frontstage"])
    assert "customer" not in _words(_lane(started, "frontstage"))
    kinds = [[m.kind for m in leaves(g) if isinstance(m, Rect)] for g in groups(lane) if g.kind == "frontstage"]
    assert kinds == [["gap"], ["card", "edge"], ["card", "edge"], []]


def test_a_decision_names_who_decides_and_leads_to_touchpoints_and_out() -> None:
    options = [
        {"answer": "wait", "to": "c", "share": 0.7}, {"answer": "again", "to": "a", "share": 0.2},
        {"answer": "leave", "to": "end", "share": 0.1},
    ]  # fmt: skip
    decision = {"question": "Wait or leave?", "who": "company", "options": options}
    journey = _journey({"title": "a"}, {"title": "b", "decision": decision}, {"title": "c"})
    scene = scene_of(journey, chart="blueprint")
    lane = _lane(scene, "decisions")
    said = _words(lane)
    for expected in ("Wait or leave?", "The company decides", "wait", "70%", "20%", "10%", "The journey ends"):
        assert expected in said
    marks = [m.box() for m in leaves(_lane(scene, "touchpoints")) if m.kind == "number"]
    ahead, back = [m.box() for m in leaves(lane) if m.kind == "target"]
    middle = (marks[2].left + marks[2].right) / 2
    assert (ahead.left + ahead.right) / 2 == pytest.approx(middle)  # below the touchpoint that it leads to
    assert marks[1].left < back.left < back.right < marks[2].left  # behind its answer
    shares = [m for m in leaves(lane) if isinstance(m, Rect) and m.kind == "share"]
    assert shares[0].width / shares[1].width == pytest.approx(3.5)


def _metric(**keys: Any) -> tuple[str, Group]:
    kpi = {"id": "k", "at": "x", **keys}
    lane = _lane(scene_of(_journey({"title": "x"}, {"title": "y"}, kpis=[kpi]), chart="blueprint"), "metrics")
    found = next(group for group in groups(lane) if group.kind == "metric")
    return _words(found), found


def test_a_metric_shows_value_target_interval_and_base() -> None:
    words, group = _metric(kind="rate", value="61%", target="95%", n=88)
    assert words == "k Share 61% target 95%: missed 95% CI 50.6–70.5% n = 88"
    bar, track = (next(m for m in leaves(group) if m.kind == kind).box() for kind in ("bullet", "bullet-track"))
    assert bar.width / track.width == pytest.approx(0.61)
    tick = next(m for m in leaves(group) if m.kind == "target").box()
    assert (tick.left - track.left) / track.width == pytest.approx(0.95)
    whisker = next(m for m in leaves(group) if m.kind == "interval").box()
    assert (whisker.left - track.left) / track.width == pytest.approx(0.5054, abs=5e-4)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"kind": "response_time", "median": "3min", "p90": "14min", "target": "5min", "n": 412},
         "First response time median 3 min target 5 min: met 90% within 14 min n = 412"),
        ({"kind": "nps", "promoters": 31, "passives": 12, "detractors": 7, "target": 60},
         "Recommendation (NPS) 48 target 60: missed 95% CI 25.5–65.1 n = 50"),
        ({"kind": "csat", "counts": {1: 1, 2: 2, 3: 4, 4: 9, 5: 7}},
         "Satisfaction (CSAT) 69.6% 95% CI 49.1–84.4% n = 23 · low base"),
        ({"kind": "ces", "counts": {2: 1, 3: 1, 4: 1, 5: 2, 6: 3, 7: 2}, "target": 5.5},
         "Ease (CES) 5.1 target 5.5: missed 95% CI 3.9–6.3 70% find it easy n = 10 · low base"),
        ({"kind": "rating", "value": 4.65, "target": 4.7, "n": 230}, "Rating 4.65 target 4.7: missed n = 230"),
        ({"kind": "rate", "value": "50%", "target": "40%", "n": 4},
         "Share Too few to show target 40% n = 4 · low base"),
        ({"kind": "fcr"}, "Solved at first contact No figure yet"),
        ({"kind": "nps", "promoters": 10, "passives": 5, "detractors": 30},
         "Recommendation (NPS) −44.4 95% CI −65.2 – −18.2 n = 45"),
        ({"kind": "count", "value": 312}, "Number 312"),
        ({"kind": "rate", "value": "99.95%", "target": "99.9%", "n": 4000},
         "Share 99.95% target 99.9%: met 95% CI 99.8–100% n = 4000"),
        ({"kind": "csat", "value": 0.815, "target": 0.9}, "Satisfaction (CSAT) 81.5% target 90%: missed"),
        ({"kind": "nps", "value": "40%", "target": 30}, "Recommendation (NPS) 40% target 30: met"),
        ({"kind": "count", "value": 312, "target": 400}, "Number 312 target 400"),
    ],
)  # fmt: skip
def test_metrics_in_words(keys: dict[str, Any], said: str) -> None:
    words, group = _metric(**{"id": keys["kind"].replace("_", "-"), **keys})
    assert words == said
    hidden = "Too few" in said or "No figure" in said or said == "Number 312"
    assert any(m.kind == "bullet-track" for m in leaves(group)) is not hidden


def test_a_metric_of_the_whole_journey_stands_once_below_the_last_row() -> None:
    kpis = [{"id": "churn", "kind": "rate", "value": "4%"}, {"id": "csat", "kind": "csat", "value": "80%", "at": "t0"}]
    journey = Journey.model_validate(
        {"title": "A", "persona": "P", "touchpoints": [{"id": f"t{n}", "title": "x"} for n in range(6)], "kpis": kpis}
    )
    scene = scene_of(journey, chart="blueprint", columns=3)
    assert "churn" not in _words(_lane(scene, "metrics", 1)) and "80%" in _words(_lane(scene, "metrics", 1))
    assert _words(_lane(scene, "metrics", 2)) == "Metrics Whole journey churn Share 4%"


def test_met_and_missed_are_told_apart_without_color() -> None:
    def verdict(group: Group) -> list[tuple[float, ...]]:
        lines = [m for m in leaves(group) if isinstance(m, Line) and m.kind == "verdict"]
        return [(line.x2 - line.x1, line.y2 - line.y1) for line in lines]

    met, missed = (_metric(kind="rate", value=value, target="50%")[1] for value in ("60%", "40%"))
    assert verdict(met) != verdict(missed) and len(verdict(met)) == len(verdict(missed)) == 2


def test_the_map_names_the_teams_on_its_cards() -> None:
    lane = _lane(scene_of(example("my-new-job")), "backstage")
    assert sum(t.kind == "team" and t.text == "Purchasing" for t in texts(lane)) == 1
    assert not any(group.kind == "handoff-arrow" for group in groups(lane))
    assert isinstance(next(t for t in texts(lane) if t.kind == "wait"), Text)
