"""What a stranger to a chart can read: no word broken, no number alone, no sign without a word."""

from __future__ import annotations

from itertools import pairwise

import pytest

from journeykit.charts.columns import Axis
from journeykit.charts.frame import scene_of
from journeykit.charts.locales import LANGUAGES, Labels
from journeykit.charts.time_text import duration
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Circle, Group, Path, Rect, Scene, Text
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import NO_BREAK, Typesetter
from journeykit.model import Journey
from journeykit.model.times import read_duration

from .maps import EXAMPLES, bare, example, full, groups, leaves, texts

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

NAMES = [path.name.split(".")[0] for path in EXAMPLES]


def _kinds(scene: Scene, kind: str) -> list[str]:
    return [text.text for text in texts(scene) if text.kind == kind]


def _group(scene: Scene, id: str) -> Group:
    return next(group for group in groups(scene) if group.id == id)


def _journey(*touchpoints: dict[str, object], **more: object) -> Journey:
    return Journey.model_validate({"title": "A", "persona": "P", "touchpoints": list(touchpoints), **more})


@pytest.mark.parametrize("axis", ["order", "time"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_severity_stands_on_the_line_of_its_word(lang: str, axis: Axis) -> None:
    journey = example("plumber-visit").model_copy(update={"lang": lang})
    scene = scene_of(journey, chart="curve", axis=axis, columns="all")
    word = Labels(lang)("curve.severity", n="").strip()
    lines = [line for line in _kinds(scene, "severity") + _kinds(scene, "low-point") if word in line]
    assert len(lines) == 4 and all(line.rstrip(".")[-1].isdigit() for line in lines)


def test_what_is_too_long_breaks_at_a_no_break_space_before_it_breaks_a_word() -> None:
    words = f"severity{NO_BREAK}45"
    width = PLAIN.measure("severity", 9) + 1
    assert PLAIN.wrap(words, 9, width) == ["severity", "45"]
    assert len(PLAIN.wrap(NO_BREAK * 40, 9, 20)) > 1
    assert PLAIN.wrap(f"critical, {words}", 9, PLAIN.measure(words, 9) + 1) == ["critical,", words]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Beschwerdemanagementabteilung", ["Beschwerdema‐", "nagementabtei‐", "lung"]),
        ("Gesellschaftsschichten,", ["Gesellschafts‐", "schichten,"]),
        ("összezavarodottságaikért", ["összezavarodott‐", "ságaikért"]),
        ("αλληλοεξαρτώμενος", ["αλληλοεξαρτώ‐", "μενος"]),
    ],
)
def test_a_word_too_long_is_parted_between_syllables(word: str, parts: list[str]) -> None:
    width = max(PLAIN.measure(part, 9) for part in parts) + 1
    assert PLAIN.wrap(word, 9, width) == parts


@pytest.mark.parametrize(
    "word", ["averylongdomainname.com", "a1b2c3d4e5f6a7b8c9d0", "مستشفياتناالكبيرة", "サポートからの電話"]
)
def test_no_hyphen_is_put_into_addresses_numbers_and_other_scripts(word: str) -> None:
    lines = PLAIN.wrap(word, 9, 40)
    assert len(lines) > 1 and "".join(lines) == word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_a_legend_is_broken(lang: str) -> None:
    scene = scene_of(full(6, lang=lang))
    labels = Labels(lang)
    expected = [labels(f"curve.{name}") for name in ("band", "expected", "assumed", "measured", "engagement")]
    assert " ".join(_kinds(scene, "legend")) == " ".join(expected)


def test_a_long_word_is_set_smaller_rather_than_broken_but_never_too_small() -> None:
    word = "Beschwerdemanagement"
    stack = Stack(PLAIN, 0, 0, PLAIN.measure(word, 9) * 0.9)
    stack.add(word, 9)
    stack.add(word * 2, 9)
    whole, *broken = (mark for mark in stack.marks if isinstance(mark, Text))
    assert whole.text == word and 7 <= whole.size < 9 and whole.width <= stack.width + 0.01
    assert [text.size for text in broken] == [9, 9, 9]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("200min", "3 h 20 min"), ("120min", "2 h"), ("90min", "90 min"), ("91min", "1 h 31 min"), ("5h", "5 h")],
)
def test_many_minutes_are_told_in_hours_and_minutes(written: str, shown: str) -> None:
    assert duration(read_duration(written), Labels("en")) == shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_long_a_touchpoint_lasts_is_said_in_words(lang: str) -> None:
    scene = scene_of(_journey({"title": "a", "lasts": "3d"}, {"title": "b"}, lang=lang))
    [shown] = _kinds(scene, "time")
    bare = duration(read_duration("3d"), Labels(lang))
    assert bare in shown.replace(NO_BREAK, " ") and len(shown) > len(bare) + 3


@pytest.mark.parametrize("chart", ["map", "blueprint"])
def test_how_long_a_step_backstage_lasts_is_said_in_words(chart: str) -> None:
    shown = [text.text.replace(NO_BREAK, " ") for text in texts(scene_of(example("my-new-job"), chart=chart))]
    assert any("lasts 15 min" in line for line in shown) and "15 min" not in shown


@pytest.mark.parametrize("chart", ["curve", "map"])
def test_first_and_last_are_named_and_only_moments_of_truth_are_filled(chart: str) -> None:
    touchpoints: list[dict[str, object]] = [{"title": str(n), "moment_of_truth": n == 1} for n in range(4)]
    scene = scene_of(_journey(*touchpoints), chart=chart)
    named = {n: [t.text for t in texts(_group(scene, f"touchpoint-{n}")) if t.kind == "end"] for n in range(4)}
    assert named == {0: ["First"], 1: [], 2: [], 3: ["Last"]}
    chips = [
        next(m for m in leaves(_group(scene, f"touchpoint-{n}")) if isinstance(m, Circle) and m.kind == "number").fill
        for n in range(4)
    ]
    assert chips == ["panel-strong", "accent", "panel-strong", "panel-strong"]


@pytest.mark.parametrize("name", NAMES)
def test_the_score_has_no_sign_that_is_not_explained(name: str) -> None:
    badge = _group(scene_of(example(name)), "score")
    assert {mark.kind for mark in leaves(badge)} == {"badge", "score", "score-word", "track", "band", "score-dot"}


def test_each_touchpoint_of_a_low_point_says_so() -> None:
    low = [{"title": str(n), "satisfaction": -2} for n in range(3)]
    scene = scene_of(_journey({"title": "x", "satisfaction": 1}, *low, {"title": "y", "satisfaction": 1}))
    words = " ".join(_kinds(scene, "low-point")).replace(NO_BREAK, " ")
    assert words.count("Low point 1 (continued)") == 2
    assert _kinds(scene, "rank") == ["1", "1", "1"]
    # the row breaks within the low point: it goes on in the next one
    rows = scene_of(_journey({"title": "x", "satisfaction": 1}, *low, {"title": "y", "satisfaction": 1}), columns=3)
    assert _kinds(rows, "rank") == ["1", "1", "1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_opportunity_says_where_in_words(lang: str) -> None:
    journey = example("plumber-visit").model_copy(update={"lang": lang})
    worth = _kinds(scene_of(journey), "worth")
    assert worth and all(line.split(" · ")[0].strip("0123456789, \u00a0.:") for line in worth)
    assert not any("→" in line for line in worth)


@pytest.mark.parametrize("columns", [4, 7, 14, "all"])
@pytest.mark.parametrize("name", NAMES)
def test_a_card_begins_with_its_touchpoint_or_points_at_it(name: str, columns: int) -> None:
    journey = example(name)
    scene = scene_of(journey, columns=columns)
    for one in journey.opportunities:
        card = next((g for g in groups(scene) if g.id == f"opportunity-{one.id}"), None)
        if card is None:
            continue
        box = next(m for m in leaves(card) if isinstance(m, Rect) and m.kind == "card").box()
        home = next(m for m in leaves(_group(scene, f"touchpoint-{one.at[0]}")) if m.kind == "number").box()
        tips = [m.box() for m in leaves(card) if isinstance(m, Path) and m.kind == "pointer"]
        if box.left < home.left - 3:
            [tip] = tips
            assert (tip.left + tip.right) / 2 == pytest.approx((home.left + home.right) / 2) and tip.bottom <= box.top
        else:
            assert tips == []
    others = [m.box() for m in leaves(scene) if m.kind == "card"]
    for tip in (m.box() for m in leaves(scene) if m.kind == "pointer"):
        assert not any(_overlap(tip, other) for other in others)


def _overlap(one: Box, other: Box) -> bool:
    return one.overlaps(other, 0.1)


def test_a_long_title_stays_a_title() -> None:
    journey = example("my-new-job").model_copy(update={"title": "I explain the whole matter again and again, " * 6})
    scene = scene_of(journey, chart="curve", columns=6)
    titles = [text for text in texts(scene) if text.kind == "title"]
    [about] = [text for text in texts(scene) if text.kind == "about"]
    assert titles[-1].size > 1.4 * about.size
    assert about.box().top - titles[-1].box().bottom > 3


@pytest.mark.parametrize("chart", ["curve", "map"])
@pytest.mark.parametrize("count", [2, 3])
def test_a_short_journey_fills_its_plot(count: int, chart: str) -> None:
    scene = scene_of(bare(count), chart=chart)
    lane = _group(scene, "lane-curve-1")
    plot = next(mark.box() for mark in leaves(lane) if mark.kind == "neutral-line")
    faces = [next(m.box() for m in leaves(g) if m.kind == "face") for g in groups(lane) if g.kind == "point"]
    assert faces[0].left - plot.left < 5
    assert 0.6 < (faces[-1].left - plot.left) / plot.width < 0.9


def test_columns_of_a_long_journey_are_equal() -> None:
    lane = _group(scene_of(bare(12), columns="all"), "lane-touchpoints-1")
    lefts = [mark.box().left for mark in leaves(lane) if mark.kind == "number"][1:-1]
    steps = {round(b - a, 3) for a, b in pairwise(lefts)}
    assert len(steps) == 1
