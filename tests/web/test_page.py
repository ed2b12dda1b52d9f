"""The page of a journey: all of the file as text, a policy that its own parts fulfil, and nothing else inside."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import html5lib
import pytest

from journeykit.charts.locales import LANGUAGES, Labels
from journeykit.charts.picture import Picture
from journeykit.drawing.scene import Group, Scene, walk
from journeykit.drawing.text import visible
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.meaning import Elsewhere, Prose, Ref
from journeykit.scoring import score
from journeykit.web.field_text import fields, scope_of
from journeykit.web.markup import written
from journeykit.web.page import page_scene, without_header, write_page
from journeykit.web.picture import lane_names
from tests.charts import maps
from tests.web.test_markup import PAYLOADS

PAGE = Picture("html")
SVG = "{http://www.w3.org/2000/svg}"


def markup(*journeys: Journey, **settings: Any) -> str:
    return write_page([(one, score(one)) for one in journeys], PAGE._replace(**settings)).decode()


def parsed(text: str) -> Any:
    """Parse as browsers do; the elements of HTML have no namespace, those of pictures have."""
    tree = html5lib.parse(text)
    for one in tree.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.replace("{http://www.w3.org/1999/xhtml}", "")
    return tree


def page(*journeys: Journey, **settings: Any) -> Any:
    return parsed(markup(*journeys, **settings))


def words(tree: Any) -> str:
    """The text of the page without that of pictures, styles and scripts."""
    for one in list(tree.iter()):
        for child in list(one):
            if child.tag in (SVG + "svg", "script", "style"):
                one.remove(child)
    return " ".join("".join(tree.itertext()).split())


def journey(**more: Any) -> Journey:
    plain = {"title": "T", "persona": "P", "touchpoints": [{"title": "one", "feeling": "happy"}, "two"]}
    return Journey.model_validate({"id": "j", **plain, **more})


@pytest.mark.parametrize("path", maps.EXAMPLES, ids=lambda path: path.stem)
def test_all_prose_of_a_file_is_text_of_its_page(path: Path) -> None:
    shown = maps.example(path.name.split(".")[0])
    text = words(page(shown))
    for leaf in shown.leaves(Prose):
        if isinstance(leaf.value, str):
            assert " ".join(visible(leaf.value).split()) in text, leaf.path


@pytest.mark.parametrize("path", maps.EXAMPLES, ids=lambda path: path.stem)
def test_every_link_leads_to_a_place_of_the_page_and_every_reference_is_one(path: Path) -> None:
    shown = maps.example(path.name.split(".")[0])
    tree = page(shown)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    hrefs = {one.get("href") for one in tree.iter("a")}
    addresses = {str(leaf.value) for leaf in shown.leaves(Elsewhere) if leaf.meaning.kind == "page"}
    assert hrefs == {href for href in hrefs if href.startswith("#")} | addresses
    assert hrefs - addresses <= {f"#{id}" for id in ids}
    for leaf in shown.leaves(Ref):
        if leaf.meaning.kind == "touchpoint" and leaf.value != "end":
            assert f"#t-{leaf.value}" in hrefs
    for one in tree.iter():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
            assert set((one.get(name) or "").split()) <= set(ids)


def test_the_policy_names_the_hashes_of_what_is_there_and_allows_nothing_else() -> None:
    text = markup(journey())
    tree = parsed(text)
    (policy,) = [one.get("content") for one in tree.iter("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    for name in ("script", "style"):
        (inner,) = re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = b64encode(sha256(inner.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    assert [
        one.tag for one in tree.iter() if one.get("style") or any(name.startswith("on") for name in one.attrib)
    ] == []
    assert not list(tree.iter("link")) and not [one for one in tree.iter() if one.get("src")]
    assert re.findall(r"(?:https?:)?//[a-z]", re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)) == []


def everywhere(payload: str) -> Journey:
    """A journey with a text in every field that takes one."""
    return journey(
        title=payload, note=payload, owner=payload, team=[payload], day0=payload, expectations=[payload],
        scope={"starts": payload, "excludes": [payload, payload]},
        goals=[payload, {"goal": payload, "who": "business"}],
        persona={"name": payload, "facts": {payload: payload}, "wants": [payload], "quote": payload,
                 "pains": [payload]},
        channels={"own": {"name": payload, "pros": payload}},
        touchpoints=[
            {"id": "one", "title": payload, "does": payload, "thinks": payload, "quote": payload, "why": payload,
             "channel": ["own", payload], "feeling": [payload], "satisfaction": -2, "place": payload,
             "personal_data": [payload],
             "needs": [{"what": payload, "gap": payload}],
             "backstage": [{"team": payload, "does": payload, "system": payload}],
             "decision": {"question": payload, "options": [{"answer": payload, "to": "end"}]}},
            {"id": "two", "title": payload, "feeling": "happy"},
        ],
        feelings={payload: -1},
        opportunities=[{"title": payload, "id": "o", "at": ["one"], "owner": payload, "result": payload}],
        kpis=[{"kind": "count", "id": "k", "title": payload, "value": 3, "unit": payload, "at": "one"}],
        feedback=[{"at": "one", "question": payload}], sources=[{"id": "s", "who": payload}],
        changes=[{"what": payload, "result": payload}], privacy={"personal_data": [payload], "quotes": payload},
    )  # fmt: skip


def shape(tree: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.tag, tuple(sorted(one.attrib))) for one in tree.iter() if isinstance(one.tag, str)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_an_element_or_an_attribute(payload: str) -> None:
    """The page has the same elements and attributes with a hostile text as with a harmless one."""

    def outside(text: str) -> list[tuple[str, tuple[str, ...]]]:
        tree = parsed(text)
        for one in list(tree.iter()):
            for child in list(one):
                if child.tag == SVG + "svg":  # texts of another width break into other lines
                    one.remove(child)
        return shape(tree)

    hostile = markup(everywhere(f"{payload} end"))  # with a space, as texts are listed below each other
    assert outside(hostile) == outside(markup(everywhere("two words")))
    known = {"svg", "g", "rect", "circle", "line", "path", "text", "use", "defs", "pattern"}
    drawn = {one.tag.removeprefix(SVG) for one in parsed(hostile).iter() if str(one.tag).startswith(SVG)}
    assert drawn <= known


def test_a_link_of_the_file_is_one_only_if_it_is_safe() -> None:
    class Linked(Part):
        url: str
        title: str | None = None

    class Extended(Part):
        tickets: tuple[Linked, ...]
        page: str
        other: str

    part = Extended(
        tickets=(Linked(url="https://example.com/1", title="one"), Linked(url="javascript:x", title="two")),
        page="https://example.com/2", other="javascript:x",
    )  # fmt: skip
    shown = written(*(node for _, node in fields(part, scope_of(journey(), Labels("en"), ""))))
    assert re.findall(r'href="?([^" >]+)', shown) == ["https://example.com/1", "https://example.com/2"]


def test_a_field_that_nobody_wrote_a_line_for_is_shown() -> None:
    class Extended(Part):
        new_thing: str
        many_things: tuple[str, ...]
        table: dict[str, float]

    part = Extended(new_thing="x", many_things=("a b", "c d"), table={"k": 1.5})
    shown = dict(fields(part, scope_of(journey(), Labels("de"), "")))
    assert list(shown) == ["New thing", "Many things", "Table"]
    assert "1,5" in written(shown["Table"]) and written(shown["Many things"]).count("<li>") == 2


def test_figures_of_too_few_answers_are_not_on_the_page() -> None:
    few = {"mean": 4.321, "sd": 0.789, "n": 3, "scale": "1..5"}
    shown = journey(
        touchpoints=[
            {"title": "one", "measured": few},
            {"title": "two", "feeling": "happy"},
            {"title": "three", "feeling": "calm"},
        ],
        kpis=[{"kind": "csat", "id": "k", "value": "76.5%", "n": 4, "target": "80%"}],
    )  # fmt: skip
    text = words(page(shown))
    assert not any(figure in text for figure in ("4.32", "0.79", "76.5"))
    assert "target 80%" in text and text.count("Too few to show") >= 2


@pytest.mark.parametrize("lang", [*LANGUAGES, "ar", "ja"])
def test_language_and_direction_are_those_of_the_journey(lang: str) -> None:
    tree = page(journey(lang=lang))
    labels = Labels(lang)
    assert (tree.get("lang"), tree.get("dir")) == (lang, labels.direction)
    (article,) = [one for one in tree.iter("article") if one.get("class") == "journey"]
    assert (article.get("lang"), article.get("dir")) == (lang, labels.direction)
    names = {one.get("lang") for one in tree.iter("dt")}
    assert names == ({None} if lang in LANGUAGES else {"en"})


def test_several_journeys_share_a_page_and_a_switch_tells_them_apart() -> None:
    today, future = journey(), journey(state="future", title="T")
    tree = page(today, future)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) and {"t-one", "2-t-one", "map-picture", "2-map-picture"} <= set(ids)
    assert [one.get("value") for one in tree.iter("input") if one.get("name") == "journey"] == [
        "journey-1",
        "journey-2",
    ]
    assert "The journey as it should be" in words(tree)
    with pytest.raises(UsageError, match="holds up to 6 journeys, not 7"):
        markup(*[today] * 7)


def test_pictures_refer_to_the_text_that_says_the_same() -> None:
    tree = page(journey())
    (svg,) = [one for one in tree.iter(SVG + "svg") if one.get("role")]
    assert (svg.get("role"), svg.get("aria-label"), svg.get("aria-describedby")) == ("img", "T", "touchpoints")
    (described,) = [one for one in tree.iter() if one.get("id") == "touchpoints"]
    assert "one" in "".join(described.itertext())


def test_chart_lanes_columns_and_theme_are_those_that_were_asked_for(tmp_path: Path) -> None:
    shown = maps.example("my-new-job")

    def lanes(tree: Any) -> list[str]:
        return [one.get("value") for one in tree.iter("input") if one.get("type") == "checkbox"]

    assert lanes(page(shown, chart="curve")) == ["stages", "curve", "touchpoints"]
    assert lanes(page(shown, lanes=("curve", "metrics"))) == ["curve", "metrics"]
    assert 'id="map-lane-curve-2"' not in markup(shown) and 'id="map-lane-curve-2"' in markup(shown, columns=7)
    theme = tmp_path / 'a"]{}x.toml'
    theme.write_text('[colors]\npage = "#fedcba"\n', encoding="utf-8")
    text = markup(shown, theme=str(theme))
    assert "--page: #fedcba" in text and "{}x" not in text and re.search(r'<option value="?own"?>Own theme', text)


def test_the_same_journey_gives_the_same_bytes() -> None:
    assert markup(maps.example("support-ticket")) == markup(maps.example("support-ticket"))


def test_a_page_is_small() -> None:
    """The budget of a journey's page, without which a folder of them is slow to open."""
    text = markup(maps.example("my-new-job"))
    assert len(text.encode()) < 220_000


@pytest.mark.parametrize("name", ["my-new-job", "support-ticket"])
def test_the_picture_of_a_file_without_its_heading_is_that_of_a_page(name: str) -> None:
    """The same lanes in the same order, from the same margin on, nothing of them lost."""
    shown = maps.example(name)
    whole = PAGE._replace(chart="map").scene(shown, score(shown))
    cut = without_header(whole)
    own = page_scene(shown, score(shown), PAGE)
    assert cut is not None

    def lanes(scene: Scene) -> list[tuple[str, int]]:
        return [(one.id, len([*walk(one)])) for one in scene.marks if isinstance(one, Group) and one.kind == "lane"]

    assert [id for id, _ in lanes(cut)] == [id for id, _ in lanes(own)] and lanes(cut) == lanes(whole)[1:]
    tops = [min(one.box().top for one in scene.marks if isinstance(one, Group) and one.kind == "lane")
            for scene in (cut, own)]  # fmt: skip
    assert tops[0] == pytest.approx(tops[1], abs=0.5)
    low = max(one.box().bottom for one in cut.marks)
    assert cut.height - low == pytest.approx(whole.height - max(one.box().bottom for one in whole.marks))


def test_a_picture_in_several_rows_is_laid_out_anew_for_a_page() -> None:
    shown = maps.example("my-new-job")
    assert without_header(PAGE._replace(chart="map", columns=4).scene(shown, score(shown))) is None


def test_lanes_of_ones_own_are_named_apart() -> None:
    lanes = {"law": {"name": "What the law says"}, "risk": {"name": "Risk"}}
    one = {"title": "One", "lanes": {"law": "a", "risk": "b"}}
    scene = page_scene(journey(lanes=lanes, touchpoints=[one, "Two"]), score(journey()), PAGE)
    assert lane_names(scene)["own"] == "What the law says, Risk"


def test_what_is_as_expected_has_no_gap() -> None:
    touchpoints = [{"title": "A", "feeling": "calm", "expected": "calm"}, {"title": "B", "feeling": "sad"}]
    text = words(page(journey(touchpoints=touchpoints)))
    assert "0 above" not in text and "Against expectation" not in text
    touchpoints[0]["expected"] = "sad"
    assert "Against expectation" in words(page(journey(touchpoints=touchpoints)))


def test_a_picture_that_is_higher_than_wide_is_printed_upright() -> None:
    low, high = [{"title": "A"}] * 9, [{"title": "A", "pains": ["p"] * 60}, {"title": "B"}]
    classes = []
    for touchpoints in (low, high):
        sections = page(journey(touchpoints=touchpoints)).iter("section")
        classes += [one.get("class") for one in sections if "picture" in one.get("class", "")]
    assert classes == ["picture", "picture tall"]
