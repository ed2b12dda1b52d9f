"""What each lane shows, and that it takes no room where there is nothing to show."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from pathlib import Path as File
from xml.etree import ElementTree

import PIL.Image
import pytest

from journeykit.charts import lanes, locales
from journeykit.charts.chart_types import CHARTS
from journeykit.charts.frame import scene_of
from journeykit.charts.locales import LANGUAGES, Labels, en
from journeykit.charts.time_text import duration, moment, span
from journeykit.drawing import themes
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Circle, Group, Image, Line, Scene, Text
from journeykit.drawing.themes import load
from journeykit.drawing.writers.figure import write_png
from journeykit.drawing.writers.svg import write
from journeykit.errors import UsageError
from journeykit.images import image_of
from journeykit.model import Duration, Journey
from journeykit.model.base import Part
from journeykit.model.times import read_duration, read_moment
from journeykit.scoring import score
from tests import lane_pages
from tests.images.test_images import raster, svg

from .maps import bare, example, full, groups, leaves, texts


def _lane(scene: Scene, name: str) -> Group:
    return next(group for group in groups(scene) if group.id == f"lane-{name}-1")


def _words(scene: Scene, name: str) -> str:
    return " ".join(text.text for text in texts(_lane(scene, name)))


def _journey(*touchpoints: Mapping[str, object], **more: object) -> Journey:
    return Journey.model_validate({"title": "A", "persona": "P", "touchpoints": list(touchpoints), **more})


def test_every_lane_of_every_chart_exists() -> None:
    assert {name for chart in CHARTS.values() for name in chart.lanes} <= set(lanes.names())
    assert all(callable(lanes.find(name)) for name in lanes.names())


def test_every_lane_is_on_the_page_of_charts() -> None:
    page = lane_pages.PAGE.read_text(encoding="utf-8")
    assert lane_pages.fresh(page) == page, "run `make docs`"
    undocumented = [name for name in lanes.names() if not re.search(rf"\*\*`{name}`\.\*\* \w", page)]
    assert undocumented == [], "the docstring of a lane is its section: write one"


@pytest.mark.parametrize("chart", CHARTS)
def test_every_lane_is_drawn_of_a_journey_that_has_everything(chart: str) -> None:
    drawn = {group.id.removeprefix("lane-").removesuffix("-1") for group in groups(scene_of(full(4), chart=chart))}
    missing = [name for name in CHARTS[chart].lanes if name not in drawn]
    assert missing == [], "`full` in tests/charts/maps.py lacks what these lanes draw"


def test_every_chart_is_on_the_page_of_charts() -> None:
    page = lane_pages.PAGE.read_text(encoding="utf-8")
    assert [name for name in CHARTS if f"| `{name}`" not in page] == []


def test_an_unknown_lane_or_chart_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no lane 'moon'"):
        lanes.find("moon")
    with pytest.raises(UsageError, match="no chart 'moon'"):
        scene_of(bare(2), chart="moon")
    with pytest.raises(UsageError, match="0 columns"):
        scene_of(bare(2), columns=0)
    with pytest.raises(UsageError, match="no room"):
        scene_of(bare(2), width=100)


def test_time_without_times_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be drawn by time"):
        scene_of(bare(3), axis="time")


def test_lanes_with_nothing_to_show_take_no_room() -> None:
    shown = [group.id for group in scene_of(bare(3)).marks if isinstance(group, Group)]
    assert shown == ["lane-header-1", "lane-touchpoints-1", "lane-curve-1"]


def test_the_header_says_whose_journey_it_is_and_how_good() -> None:
    journey = example("my-new-job")
    words = _words(scene_of(journey), "header")
    persona = journey.persona
    for expected in (journey.title, persona.name, *persona.wants, *persona.returns_because, "Service desk lead"):
        assert expected in words
    assert Labels("en").number(score(journey).score or 0) in words and str(score(journey).word) in words
    assert "2026-11-02" in words and "Based on research" in words


PURPOSE = {
    "goals": ["Be home", {"goal": "Sell", "who": "business", "priority": 4, "kpi": "calls"}],
    "kpis": [{"id": "calls", "kind": "count", "value": 3}],
    "expectations": ["An answer"],
    "scope": {"starts": "I call", "ends": "I am home", "excludes": ["the bill"]},
    "day0": "first call",
}


def test_the_header_says_what_the_journey_is_for_beside_the_persona_where_there_is_room() -> None:
    touchpoint = {"title": "a", "feeling": "calm"}
    for width, beside in ((1600, True), (500, False)):
        scene = scene_of(_journey(touchpoint, **PURPOSE), width=width)
        words = _words(scene, "header")
        for expected in ("Be home", "Sell (Business · priority 4 of 5 · calls)", "An answer", "first call"):
            assert expected in words
        for expected in ("Starts: I call", "Ends: I am home", "Leaves out: the bill"):
            assert expected in words
        person, purpose = (next(one for one in groups(scene) if one.id == id).box() for id in ("persona", "purpose"))
        assert (person.right < purpose.left and person.bottom == purpose.bottom) == beside
        assert (person.bottom < purpose.top) != beside
    assert "Be home" not in _words(scene_of(_journey(touchpoint, **PURPOSE), chart="curve"), "header")


ABOUT = {
    "sources": [{"id": "talks", "kind": "interview", "n": 8, "who": "nurses"}],
    "changes": [
        {"date": "2026-03-02", "what": "A number to call", "opportunity": "call", "result": "fewer complaints"}
    ],
    "opportunities": [
        {"id": "call", "title": "Answer calls", "at": ["a"], "status": "done", "result": "half the wait"}
    ],
    "privacy": {"quotes": "with consent", "retention": "2y"},
    "team": ["Ward", "Desk"],
}


def test_the_footer_is_once_and_last_and_only_in_the_map() -> None:
    journey = _journey(*({"title": title, "feeling": "calm"} for title in "abcdef"), **ABOUT)
    scene = scene_of(journey, columns=2)
    lanes_drawn = [one.id for one in scene.marks if isinstance(one, Group) and one.kind == "lane"]
    assert [id for id in lanes_drawn if "footer" in id] == ["lane-footer-3"] and lanes_drawn[-1] == "lane-footer-3"
    footer = next(one for one in groups(scene) if one.id == "lane-footer-3")
    words = " ".join(text.text for text in texts(footer))
    for expected in (
        "[1] Interview · n = 8 · nurses", "2026-03-02: A number to call", "Opportunity: Answer calls",
        "Result: fewer complaints", "Consent to quotes: with consent", "Kept for: 2 y", "Ward, Desk",
    ):  # fmt: skip
        assert expected in words
    assert max(text.size for text in texts(footer) if text.kind == "section-line") == load().type.caption
    for chart in ("curve", "blueprint"):
        assert not any("footer" in one.id for one in groups(scene_of(journey, chart=chart)))
    assert "Result: half the wait" in _words(scene_of(journey), "opportunities")


def test_a_touchpoint_has_marks_for_how_much_it_matters_who_comes_and_who_leaves() -> None:
    points: list[dict[str, object]] = [
        {"title": "a"}, {"title": "b", "importance": 5, "churn_risk": "high", "reach": 0.3, "evidence": ["talks"]},
        {"title": "c", "importance": 4, "tags": ["complaint"]}, {"title": "d", "importance": 2}, {"title": "e"},
    ]  # fmt: skip
    scene = scene_of(_journey(*points, **ABOUT))
    rings = {one.title: one.marks[0] for one in groups(_lane(scene, "touchpoints")) if one.kind == "importance"}
    widths = [ring.stroke_width for ring in rings.values() if isinstance(ring, Circle)]
    assert list(rings) == ["Importance: 5", "Importance: 4", "Importance: 2"]
    assert widths == sorted(widths, reverse=True) and len(set(widths)) == 3
    words = _words(scene, "touchpoints")
    for expected in ("30% of customers", "Risk of leaving: high", "#complaint", "Evidence: [1] Interview"):
        assert expected in words


def test_only_the_worst_low_points_are_named() -> None:
    points = [{"title": str(n), "feeling": "furious" if n % 2 else "delighted"} for n in range(16)]
    scene = scene_of(_journey(*points), columns="all")
    low = [one for one in groups(scene) if one.id.startswith("low-point-")]
    named = {one.id for one in low if any(text.kind == "severity" for text in texts(one))}
    assert len(low) == 8 and named == {f"low-point-{rank}" for rank in range(1, 6)}
    high = {
        one.id: max(
            mark.box().height for mark in leaves(one) if mark.kind == "low-point" and not isinstance(mark, Text)
        )
        for one in low
    }
    assert high["low-point-8"] < high["low-point-5"]


def test_facts_say_which_they_are() -> None:
    journey = _journey({"title": "a"}, persona={"name": "P", "facts": {"children": "two", "age": 40}})
    assert "children: two · age: 40" in _words(scene_of(journey), "header")


def test_a_partial_and_a_missing_score_are_called_so() -> None:
    rated = {"title": "a", "feeling": "calm"}
    partial = scene_of(_journey(rated, {**rated, "title": "b"}, {"title": "c"}))
    assert "Partial: 66.7% rated" in _words(partial, "header")
    none = scene_of(_journey(rated, {"title": "b"}, {"title": "c"}))
    assert "No score" in _words(none, "header")


def test_first_last_and_moments_of_truth_have_a_ring() -> None:
    touchpoints = [{"title": str(n), "feeling": "calm", "moment_of_truth": n == 2} for n in range(5)]
    found = _lane(scene_of(_journey(*touchpoints)), "touchpoints")
    ringed = [g.id for g in groups(found) if any(m.kind == "ring" for m in leaves(g)) and g.id != found.id]
    assert ringed == ["touchpoint-0", "touchpoint-2", "touchpoint-4"]
    assert sum(text.kind == "moment-of-truth" for text in texts(found)) >= 1


def test_a_line_joins_touchpoints_of_one_channel_and_silence_is_a_gap() -> None:
    channels = ["phone", "phone", "none", "none", "email", ["email", "chat"]]
    journey = _journey(*({"title": str(n), "channel": channel} for n, channel in enumerate(channels)))
    found = _lane(scene_of(journey), "channels")
    lines = [mark for mark in leaves(found) if isinstance(mark, Line) and mark.kind == "channel-line"]
    names = [text for text in texts(found) if text.kind == "channel-name"]
    lefts = [text.left for text in names]
    joined = [(sum(left < line.x1 for left in lefts), sum(left < line.x2 + 9 for left in lefts)) for line in lines]
    assert (1, 2) in joined and (5, 6) in joined  # from phone to phone, from email to email
    assert not any(start in (2, 3) for start, end in joined if start != end)
    assert [text.text for text in names][2:4] == ["Silence", "Silence"]


def test_low_points_are_ranked_with_their_severity() -> None:
    journey = example("my-new-job")
    scene = scene_of(journey)
    markers = {g.id: " ".join(t.text for t in texts(g)) for g in groups(scene) if g.id.startswith("low-point-")}
    for low in score(journey).low_points:
        assert Labels("en")("curve.severity", n=Labels("en").number(low.severity)) in markers[f"low-point-{low.rank}"]
        assert low.kind in markers[f"low-point-{low.rank}"]
    assert len(markers) == len(score(journey).low_points)


def test_expectations_measures_wows_and_feelings_are_marked() -> None:
    journey = example("plumber-visit")
    scores = score(journey)
    kinds = Counter(mark.kind for mark in leaves(scene_of(journey, columns="all")))
    assert kinds["expected"] == sum(rated.expected is not None for rated in scores.touchpoints)
    assert kinds["measured"] >= sum(rated.source == "measured" for rated in scores.touchpoints)
    words = [text.text for text in texts(scene_of(journey, columns="all")) if text.kind == "peak"]
    assert words.count("Wow") == sum(peak.wow for peak in scores.peaks) > 0
    assert words.count("Peak") == sum(not peak.wow for peak in scores.peaks)


def test_measured_points_have_a_ring_and_stated_ones_have_not() -> None:
    measured = {"title": "a", "measured": {"mean": 1, "sd": 1, "n": 30}}
    found = {
        g.id: any(isinstance(m, Circle) and m.kind == "measured" for m in leaves(g))
        for g in groups(scene_of(_journey(measured, {"title": "b", "satisfaction": 1})))
        if g.kind == "point"
    }
    assert found == {"point-a": True, "point-b": False}


def test_handoffs_name_both_teams_and_the_wait() -> None:
    words = _words(scene_of(example("my-new-job")), "backstage")
    for expected in ("HR", "Service desk", "Purchasing", "16 d wait", "cold handoff"):
        assert expected in words


def test_opportunities_stand_in_their_order_and_what_is_dropped_is_gone() -> None:
    journey = full(8)
    found = _lane(scene_of(journey), "opportunities")
    cards = {g.id: g for g in groups(found) if g.kind == "opportunity"}
    kept = {f"opportunity-{one.id}" for one in journey.opportunities if one.status != "dropped"}
    assert set(cards) == kept
    ranks = sorted(int(t.text) for t in texts(found) if t.kind == "rank")
    assert ranks == list(range(1, sum(o.status in ("idea", "planned") for o in journey.opportunities) + 1))


def test_strengths_and_vulnerabilities_have_their_cause_and_what_is_missing() -> None:
    touchpoint = {
        "title": "a", "outcome": "vulnerability", "why": "nobody owns it",
        "needs": [{"what": "an owner", "gap": "no name"}],
    }  # fmt: skip
    words = _words(scene_of(_journey(touchpoint, {"title": "b", "outcome": "strength"})), "outcomes")
    for expected in ("Vulnerability", "nobody owns it", "Needs an owner", "Missing: no name", "Strength"):
        assert expected in words


@pytest.mark.parametrize(
    ("lang", "marks"),
    [("en", "“a”"), ("de", "„a“"), ("hu", "„a”"), ("sl", "»a«"), ("el", "«a»"),
     ("ar", "«a»"), ("ja", "「a」"), ("fr-CA", "«\u00a0a\u00a0»"), ("ko", "“a”")],
)  # fmt: skip
def test_quotes_stand_in_the_marks_of_the_language(lang: str, marks: str) -> None:
    scene = scene_of(_journey({"title": "x", "quote": "a"}, {"title": "y"}, lang=lang))
    assert marks in _words(scene, "thoughts")


@pytest.mark.parametrize("quote", ["“Again?”", "„Schon wieder?“", "«Πάλι;»", "“Again?” 😀", '"Again?"', "「また？」"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotation_marks_of_the_author_are_not_doubled(quote: str, lang: str) -> None:
    journey = _journey({"title": "x", "quote": quote}, {"title": "y"}, lang=lang)
    scene = scene_of(journey)
    (shown,) = [text.text for text in texts(_lane(scene, "thoughts")) if text.kind == "quote"]
    assert shown == quote
    assert Labels(lang).quoted('He said "no"') != 'He said "no"'


def test_per_cent_stands_before_both_ends_of_an_interval_in_turkish() -> None:
    kpi = {"kind": "rate", "k": 730, "n": 1000, "at": "x"}
    shown = {
        lang: _words(scene_of(_journey({"title": "x"}, {"title": "y"}, kpis=[kpi], lang=lang)), "metrics")
        for lang in ("en", "tr")
    }
    assert "70.2–75.7%" in shown["en"] and "%70,2–%75,7" in shown["tr"]


def test_the_same_scene_on_every_run() -> None:
    """Sets and hashes differ from process to process; the picture does not."""
    code = (
        "from tests.charts.maps import full; from journeykit.charts.frame import scene_of;"
        "print(scene_of(full(9)), scene_of(full(9), axis='time'))"
    )
    root = File(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1 and len(runs.pop()) > 10_000


def _labels_of(lang: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = import_module(f"journeykit.charts.locales.{lang}").WORDS
    return words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_have_the_same_labels_and_gaps(lang: str) -> None:
    """Only the labels of a new lane may be missing (its name, and all labels of its own), and those of new fields."""
    english, other = _labels_of("en"), _labels_of(lang)
    assert other.keys() <= english.keys()
    assert english.keys() - other.keys() <= set(lanes.names())
    for part, words in other.items():
        missing = set() if part in ("fields", "values") else english[part].keys() - words.keys()
        assert missing <= (set(lanes.names()) if part == "lanes" else set()), part
        for key, word in words.items():
            assert set(re.findall(r"{\w+}", english[part][key])) == set(re.findall(r"{\w+}", word)), key


def test_a_label_that_a_language_lacks_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(en.WORDS, "moon", {"full": "Full moon"})
    locales._words.cache_clear()
    assert Labels("de")("moon.full") == "Full moon"
    assert Labels("de")("lanes.stages") == "Phasen"
    monkeypatch.undo()
    locales._words.cache_clear()


def _models() -> list[type[Part]]:
    found, left = [], [*Part.__subclasses__()]
    while left:
        model = left.pop()
        left += model.__subclasses__()
        found.append(model)
    return [model for model in found if model.__module__.startswith("journeykit.")]


def _field_keys() -> set[str]:
    keys = [
        (model.__name__.lower(), field.alias or name)
        for model in _models()
        for name, field in model.model_fields.items()
    ]
    return {key for _, key in keys} | {f"{model}_{key}" for model, key in keys}


def _choices() -> set[str]:
    schema = json.dumps(Journey.model_json_schema())
    return {"true", "false", *re.findall(r'"([a-z0-9-]+)"', schema)}


def test_every_label_is_used() -> None:
    folders = [File(str(files(f"journeykit.{name}"))) for name in ("charts", "slides", "web")]
    code = "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
    families = set(re.findall(r'labels\(f"([a-z_]+)\.\{', code)) | set(re.findall(r"labels\(f'([a-z_]+)\.\{", code))
    named = {"page": {*CHARTS, *themes.NAMES, "own"}, "fields": _field_keys(), "values": _choices()}
    for part, words in en.WORDS.items():
        for key in words.keys() - named.get(part, set()):
            assert f'"{part}.{key}"' in code or f"'{part}.{key}'" in code or part in families, (part, key)


def test_numbers_as_the_language_writes_them() -> None:
    assert Labels("de").number(-4.25, 1) == "−4,3"
    assert Labels("en-GB").number(3.05, 1, sign=True) == "+3.1"
    assert [Labels("en").number(half) for half in (0.5, 12.55, 87.0, -0.04)] == ["0.5", "12.6", "87", "0"]
    assert Labels("en").number(-0.01, 1, sign=True) == "0.0"
    assert Labels("tr").share(0.666) == "%66,6"
    assert Labels("ja").lang == "en" and Labels("ar").direction == "rtl" and Labels("he-IL").direction == "rtl"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("-42d", "day −42"), ("day 3", "day 3"), ("day 0 09:30", "day 0, 09:30"), ("+25min", "+25 min"),
        ("0h", "0 h"), ("2026-03-02", "2026-03-02"), ("2026-03-02T10:30", "2026-03-02 10:30"), ("+PT90S", "+1.5 min"),
    ],
)  # fmt: skip
def test_times(written: str, shown: str) -> None:
    assert moment(read_moment(written), Labels("en")) == shown


@pytest.mark.parametrize(
    ("written", "shown"), [("25min", "25 min"), ("1.5h", "1.5 h"), ("PT4H", "4 h"), ("P3D", "3 d")]
)
def test_durations(written: str, shown: str) -> None:
    assert duration(read_duration(written), Labels("en")) == shown
    assert isinstance(read_duration(written), Duration) and span(90, Labels("en")) == "90 s"


def test_an_expectation_that_was_just_met_shows_on_both_sides_of_the_face() -> None:
    journey = _journey(
        {"title": "a", "satisfaction": 1, "expected": 1}, {"title": "b", "satisfaction": -1, "expected": 2}
    )
    lane_ = _lane(scene_of(journey), "curve")
    met, missed = [m for m in leaves(lane_) if isinstance(m, Line) and m.kind == "expected"]
    face = next(m for m in leaves(lane_) if isinstance(m, Circle) and m.kind == "face").box()
    assert met.x1 < face.left and met.x2 > face.right
    assert missed.x2 - missed.x1 < face.width
    assert [m.kind for m in leaves(lane_)].count("gap") == 1 + sum(t.kind == "gap" for t in texts(lane_))


def _with(**keys: object) -> Scene:
    lanes = {"lanes": {"law": {"name": "Law", "icon": "lock"}, "risk": {}}} if "lanes" in keys else {}
    return scene_of(_journey({"title": "x", "feeling": "calm", **keys}, {"title": "y", "feeling": "sad"}, **lanes))


def test_links_lead_somewhere_in_svg_only_where_that_is_safe() -> None:
    scene = _with(links=[{"title": "The ticket", "url": 'https://example.org/7?a="b"&c'}, "mailto:anna@example.org"])
    written = write(scene, load())
    assert 'href="https://example.org/7?a=&quot;b&quot;&amp;c" target="_blank" rel="noopener noreferrer"' in written
    assert _words(scene, "touchpoints").count("The ticket") == 1 and "anna@example.org" in _words(scene, "touchpoints")
    ElementTree.fromstring(written)
    (mark,) = [group for group in groups(scene) if group.href.startswith("mailto")]
    unsafe = mark._replace(href="javascript:alert(1)")
    assert "<a" not in write(scene._replace(marks=(unsafe,)), load())


def test_an_svg_with_links_is_no_image_which_would_hide_them() -> None:
    linked, plain = write(_with(links=["https://example.org/7"]), load()), write(_with(), load())
    assert 'role="img"' in plain.splitlines()[0] and 'aria-labelledby="title desc"' in plain.splitlines()[0]
    head = linked.splitlines()[0]
    assert 'role="graphics-document document" aria-labelledby="title" aria-describedby="desc"' in head


def test_sources_in_the_footer_can_be_followed_and_are_told_with_their_addresses() -> None:
    links = [{"title": "Notes", "url": "https://example.org/talks"}, "https://example.org/more"]
    file = {"title": "T", "persona": "P", "sources": [{"id": "a", "kind": "interview", "links": links}, {"id": "b"}],
            "touchpoints": ["One", "Two"]}  # fmt: skip
    scene = scene_of(Journey.model_validate(file))
    (footer,) = [group for group in groups(scene) if group.id == "about"]
    hrefs = [group.href for group in groups(footer) if group.href]
    assert hrefs == ["https://example.org/talks", "https://example.org/more"]
    assert "[1] Interview · Notes · https://example.org/more; [2]" in scene.description
    assert 'href="https://example.org/talks" target="_blank"' in write(scene, load())


def test_a_priority_and_a_gain_of_nothing_are_told() -> None:
    file = {"title": "T", "persona": "P", "touchpoints": [{"id": "a", "title": "One", "satisfaction": 2}, "Two"],
            "opportunities": [{"title": "Do", "at": "a", "impact": 1, "effort": 5, "confidence": 0,
                               "target": {"a": 2}}]}  # fmt: skip
    description = scene_of(Journey.model_validate(file)).description
    assert "1. Do (Idea; priority 0; score 0.0)" in description.replace("\u00a0", " ")


def test_own_lanes_are_drawn_by_their_names_in_their_order() -> None:
    scene = _with(lanes={"risk": ["one", "two"], "law": "three"})
    lane = _lane(scene, "own")
    assert [text.text for text in texts(lane) if text.kind == "lane-label"] == ["Law", "risk"]
    heights = {text.text: text.y for text in texts(lane)}
    assert (
        heights["Law"] == pytest.approx(heights["three"], abs=4) and heights["three"] < heights["one"] < heights["two"]
    )


def test_a_picture_keeps_its_shape_and_one_that_cannot_be_read_is_a_frame() -> None:
    images = {"a.png": image_of(raster("PNG", (400, 100))), "b.svg": image_of(svg('<rect width="9" height="9"/>'))}
    shown = [{"file": "a.png", "alt": "A phone"}, "b.svg", "c.png"]
    journey = _journey(*({"title": f"t{n}", "image": image} for n, image in enumerate(shown)))
    scene = scene_of(journey, images=images)
    lane = _lane(scene, "images")
    first, second = [mark for mark in leaves(lane) if isinstance(mark, Image)]
    assert first.width / first.height == pytest.approx(4, rel=0.02) and second.width / second.height == pytest.approx(
        4 / 3
    )
    assert [mark.kind for mark in leaves(lane) if mark.kind == "gap"] == ["gap"]
    assert "A phone" in _words(scene, "images")
    written = write(scene, load())
    assert 'href="data:image/png;base64,' in written and 'href="data:image/svg+xml;base64,' in written
    pixels = PIL.Image.open(BytesIO(write_png(scene, load(), 72)))
    box = first.box()
    middle = (round((box.left + box.right) / 2), round((box.top + box.bottom) / 2))
    seen = pixels.convert("RGB").getpixel(middle)
    assert isinstance(seen, tuple)

    assert seen[0] > 200 and seen[1] < 60


def test_engagement_is_a_line_between_touchpoints_that_state_it_and_never_on_words() -> None:
    levels = [1, 5, None, 3, 2]
    points = [
        {"title": "I wait", "feeling": "angry" if n % 2 else "calm", "engagement": one} for n, one in enumerate(levels)
    ]
    scene = scene_of(_journey(*points))
    marks = [mark for mark in leaves(_lane(scene, "curve")) if mark.kind == "engagement"]
    dots = [mark for mark in marks if isinstance(mark, Circle)]
    grid = sorted(mark.y1 for mark in leaves(scene) if isinstance(mark, Line) and mark.kind == "grid")
    assert [dot.y for dot in dots[:2]] == pytest.approx([grid[-1], grid[0]])
    assert len(dots) == 4
    lines = [mark for mark in marks if isinstance(mark, Line)]
    gap = Box(dots[1].x + 1, 0, dots[2].x - 1, scene.height)
    assert lines and not any(line.box().overlaps(gap) for line in lines)
    words = [text.box() for text in texts(_lane(scene, "curve")) if text.kind == "feeling"]
    for line in lines:
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            x, y = line.x1 + share * (line.x2 - line.x1), line.y1 + share * (line.y2 - line.y1)
            assert not any(box.left < x < box.right and box.top < y < box.bottom for box in words)


def test_what_is_done_in_sight_has_its_team_tool_and_evidence() -> None:
    step = {"team": "Desk", "does": "greets me", "system": "Bookings", "evidence": ["a badge", "a map"], "owner": "Eva"}
    words = _words(_with(frontstage=[step], actors=["my mother", "a nurse"]), "frontstage")
    for expected in ("Desk", "greets me", "Bookings", "a badge", "a map", "Owner: Eva", "With my mother, a nurse"):
        assert expected in words
