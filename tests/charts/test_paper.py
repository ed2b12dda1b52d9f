"""Charts on paper and slides: readable at that size, everything there once, nothing cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.columns import Axis
from journeykit.charts.frame import pages_of, scene_of
from journeykit.charts.picture import Picture, draw_pages
from journeykit.drawing.geometry import Box
from journeykit.drawing.hyphens import HYPHEN
from journeykit.drawing.paper import MM, NAMES, papers
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Scene
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.project import Project
from journeykit.reading.yaml_text import parse_yaml
from journeykit.scoring import score
from tests.conftest import CommandLine, slow

from .maps import TEXTS, bare, example, full, groups, leaves, overlaps, texts

CROWDED = Path(__file__).parents[1] / "data" / "crowded"
ONCE = {
    "touchpoint-title", "thought", "quote", "why", "does", "need", "gap", "opportunity-title", "metric-name",
    "question", "answer", "persona-name", "feeling",
}  # fmt: skip
"""Kinds of text that stand on one page."""


def check(journey: Journey, page: str, chart: str = "map", axis: Axis = "order") -> Sequence[Scene]:
    """All that holds for every page; return the pages."""
    scenes = drawn(journey, page=page, chart=chart, axis=axis)
    for scene in scenes:
        assert scene.paper in papers(page) and scene.paper == scenes[0].paper
        _check_page(scene)
    wall = drawn(journey, chart=chart, axis=axis, columns="all", divided=False)
    assert Counter(_written(scenes)) == Counter(_written(wall))
    numbers = [int(text.text) for scene in scenes for text in texts(scene) if text.kind == "touchpoint-number"]
    if "touchpoints" in CHARTS[chart].lanes:
        assert numbers == list(range(1, len(journey.places) + 1))
    return scenes


DRAWN: dict[tuple[str, str], tuple[Scene, ...]] = {}


def drawn(journey: Journey, **given: Any) -> Sequence[Scene]:
    """The pages of a journey; those of one that was drawn in the same way before are the same ones."""
    how = {"chart": "map", "axis": "order", **given}
    key = journey.model_dump_json(), repr(sorted(how.items()))
    if key not in DRAWN:
        DRAWN[key] = tuple(pages_of(journey, **how))
    return DRAWN[key]


def _check_page(scene: Scene) -> None:
    paper = scene.paper
    assert paper and scene.height / scene.width == pytest.approx(paper.height / paper.width)
    if scene.direction == "rtl":
        scene = mirrored(scene)
    whole = Box(0, 0, scene.width, scene.height)
    assert overlaps(texts(scene)) == []
    for text in texts(scene):
        assert text.size * scene.scale >= paper.smallest - 1e-6, text
        assert whole.grown(-20).holds(text.box()), text
    for mark in leaves(scene):
        assert whole.holds(mark.box()), mark
    ids = [group.id for group in groups(scene) if group.id]
    assert len(ids) == len(set(ids))


def _written(scenes: Any) -> list[tuple[str, str]]:
    """The letters of each text, by kind: lines break elsewhere on other papers."""
    letters: dict[str, str] = {}
    for scene in scenes:
        for text in texts(scene):
            if text.kind in ONCE:
                letters[text.kind] = letters.get(text.kind, "") + re.sub(rf"[\s\u00a0{HYPHEN}-]", "", text.text)
    return [(kind, "".join(sorted(all_of_it))) for kind, all_of_it in letters.items()]


PAGES = ("a4", "a3-portrait", "a1", "letter-landscape", "16:9")


@pytest.mark.parametrize(
    ("page", "chart"),
    [
        (page, chart) if chart == "map" or page == "16:9" else slow(page, chart)
        for page, chart in product(PAGES, CHARTS)
    ],
)
def test_an_example(page: str, chart: str) -> None:
    check(example("my-new-job"), page, chart)


@pytest.mark.parametrize("count", [2, 3, 15, slow(60)])
@pytest.mark.parametrize("page", ["a4", "16:9"])
def test_any_number_of_touchpoints(count: int, page: str) -> None:
    check(full(count), page)
    check(bare(count), page)


@pytest.mark.parametrize("page", ["a3", "16:9"])
def test_by_time(page: str) -> None:
    check(example("my-new-job"), page, axis="time")


@pytest.mark.parametrize("script", TEXTS)
def test_any_text(script: str) -> None:
    check(full(5, TEXTS[script]), "a4")


def test_right_to_left_and_flat() -> None:
    check(full(6, TEXTS["arabic"], lang="ar"), "a4-landscape")
    check(bare(9).model_copy(update={"lang": "ar"}), "16:9", "curve")


@pytest.mark.parametrize("name", ["german", "greek", "turkish"])
def test_crowded_maps(name: str) -> None:
    """Long words, every lane full: on paper, on a slide and on the wall."""
    text = (CROWDED / f"{name}.journey.yaml").read_text(encoding="utf-8")
    journey = Journey.model_validate({"id": name, **parse_yaml(text).data})
    for page in ("a3", "16:9"):
        check(journey, page)
    wall = scene_of(journey)
    assert 1 <= wall.width / wall.height <= 3 and overlaps(texts(wall)) == []


def test_columns_are_wide_enough_for_long_words_where_that_costs_few_pages() -> None:
    titles = ["Ich fülle den Hallenbelegungsplanungsbogen aus", "Die Gebührenrechnung ist doppelt so hoch"] * 4
    touchpoints = [{"title": title, "feeling": "verärgert"} for title in titles]
    journey = Journey.model_validate({"title": "T", "persona": "P", "lang": "de", "touchpoints": touchpoints})
    for page in ("16:9", "a3"):
        scenes = list(pages_of(journey, page=page))
        assert not [text.text for scene in scenes for text in texts(scene) if text.text.endswith(HYPHEN)], page
        assert len(scenes) <= 4


def test_what_is_higher_than_a_page_goes_on_on_the_next() -> None:
    """Fifteen metrics of one touchpoint are higher than a slide."""
    about = {"at": "a", "kind": "rate", "value": "4%", "n": 90}
    kpis = [{"id": f"k-{n}", "title": f"Share {n}", **about} for n in range(15)]
    touchpoints = [{"id": "a", "title": "I call"}, {"id": "b", "title": "I wait"}]
    journey = Journey.model_validate({"title": "T", "persona": "P", "touchpoints": touchpoints, "kpis": kpis})
    pages = check(journey, "16:9")
    shown = [[text.text for text in texts(page) if text.kind == "metric-name"] for page in pages]
    assert [name for page in shown for name in page] == [f"Share {n}" for n in range(15)]
    full_of_them = [page for page in pages if any(text.kind == "metric-name" for text in texts(page))]
    assert len(full_of_them) > 1
    for page in full_of_them:
        assert "Metrics" in [text.text for text in texts(page) if text.kind == "lane-label"]


def test_a_page_is_full_and_its_text_as_large_as_that_allows() -> None:
    """More paper is larger text on fewer pages, and a single page is used from edge to edge."""
    pages = {name: check(example("my-new-job"), name) for name in ("a4", "a3", "a1", "a0")}
    assert [len(one) for one in pages.values()] == sorted((len(one) for one in pages.values()), reverse=True)
    assert len(pages["a4"]) > 1 == len(pages["a1"]) == len(pages["a0"])
    assert pages["a0"][0].scale > pages["a1"][0].scale
    for name in ("a1", "a0"):
        (scene,) = pages[name]
        right, bottom = (max(getattr(mark.box(), side) for mark in leaves(scene)) for side in ("right", "bottom"))
        assert right >= 0.95 * scene.width and bottom >= 0.9 * scene.height, name


def test_two_touchpoints_fill_a_poster() -> None:
    (scene,) = check(bare(2), "a1")
    assert scene.scale > 3
    assert max(mark.box().bottom for mark in leaves(scene)) > 0.75 * scene.height


def test_each_page_says_which_it_is() -> None:
    journey = example("my-new-job")
    pages = drawn(journey, page="a4")
    for number, page in enumerate(pages, 1):
        foot = {text.kind: text.text for text in texts(page) if text.kind in ("page", "title")}
        assert foot["page"] == f"Page {number} of {len(pages)}" and foot["title"].startswith("My new job")
        assert f"Page {number} of {len(pages)}." in page.description
    assert "Low points" in pages[0].description and not any("Low points" in page.description for page in pages[1:])
    (single,) = drawn(journey, page="a1")
    assert not [text for text in texts(single) if text.kind == "page"]


def test_a_row_that_goes_on_repeats_stages_and_touchpoints() -> None:
    for page in drawn(example("my-new-job"), page="16:9")[1:]:
        kinds = Counter(text.kind for text in texts(page))
        assert kinds["touchpoint-number"] or kinds["number-again"]
        assert kinds["stage-name"] or kinds["stage-again"]


def test_the_curve_stands_below_its_touchpoints() -> None:
    for name in ("a4", "a3"):  # a slide has too little room for both, and repeats the titles above the curve
        for page in drawn(example("my-new-job"), page=name):
            lanes = {group.id.split("-")[1] for group in groups(page) if group.kind == "lane"}
            assert ("curve" in lanes) == ("touchpoints" in lanes)
            assert ("visibility" in lanes) <= ("backstage" in lanes)


def test_columns_are_the_most_in_a_row() -> None:
    for page in pages_of(bare(9), page="a3", columns=2):
        rows = Counter(text.y for text in texts(page) if text.kind == "touchpoint-number")
        assert max(rows.values()) <= 2


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_has_the_size_of_its_paper(name: str) -> None:
    journey = bare(3)
    ((data, _),) = draw_pages(journey, score(journey), Picture("pdf", "curve", page=name))
    sizes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[ ([^]]*) \]", data)}
    ((left, low, width, height),) = sizes
    assert (left, low) == (0, 0)
    assert any((width, height) == pytest.approx((one.width, one.height), abs=1e-6) for one in papers(name))


def test_an_svg_has_the_size_of_its_paper() -> None:
    journey = bare(3)
    for name, size in {
        "a3-landscape": 'width="420mm" height="297mm"', "letter-portrait": 'width="8.5in" height="11in"',
        "16:9": 'width="1920px" height="1080px"',
    }.items():  # fmt: skip
        data, _ = next(draw_pages(journey, score(journey), Picture("svg", "curve", page=name)))
        assert size.encode() in data


def test_a_png_has_the_pixels_of_its_paper() -> None:
    from io import BytesIO

    from PIL import Image

    journey = bare(3)
    for name, dpi, size in (("16:9", 96, (1920, 1080)), ("a4-portrait", 72, (595, 842))):
        picture = Picture("png", "curve", page=name, dpi=dpi)
        data, _ = next(draw_pages(journey, score(journey), picture))
        drawn = Image.open(BytesIO(data))
        assert drawn.size == size
        # ink near all four margins: the picture fills the page, and nothing is drawn at its edges
        ink = drawn.convert("L").point(lambda value: 255 * (value < 250)).getbbox()
        assert ink and ink[0] < 0.08 * size[0] and ink[2] > 0.92 * size[0] and ink[1] < 0.08 * size[1]
        assert ink[0] > 10 and ink[1] > 10 and ink[2] < size[0] - 10 and ink[3] < size[1] - 10


def test_papers_have_their_sizes() -> None:
    (a4,) = papers("a4-portrait")
    assert (a4.width, a4.height) == pytest.approx((210 * MM, 297 * MM))
    (tabloid,) = papers("tabloid-landscape")
    assert (tabloid.width, tabloid.height) == (1224, 792)
    (slide,) = papers("16:9")
    assert (slide.width, slide.height, slide.smallest) == (1440, 810, 12)
    assert [paper.name for paper in papers("a0")] == ["a0-landscape", "a0-portrait"]
    with pytest.raises(UsageError, match="no page 'a33'") as caught:
        papers("a33")
    assert 'did you mean "a3"?' in caught.value.help


def test_pages_are_the_same_on_each_run() -> None:
    journey = example("support-ticket")
    first, second = ([*islice(pages_of(journey, page="a4"), 2)] for _ in range(2))
    assert first == second


TWO = "title: A\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - Done: calm\n"


def test_pages_are_numbered_files_and_one_pdf(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", TWO + "".join(f"  - {n} {'word ' * 40}: calm\n" for n in range(30)))
    done = cli("render", "a.journey.yaml", "--page", "a4", "-f", "svg", "-f", "pdf")
    assert done.status == 0, done.err
    pages = sorted(path.name for path in cli.folder.glob("a-*.svg"))
    assert len(pages) > 1 and pages[0] == "a-1.svg" and f"a-1.svg to {pages[-1]}" in done.err
    assert len(re.findall(rb"/Type /Page\b", (cli.folder / "a.pdf").read_bytes())) == len(pages)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--page", "a3", "--width", "900"], "--page and --width both say how wide the picture is"),
        (["--page", "a3", "--columns", "all"], "--columns all makes one row, and --page breaks rows"),
        (["--page", "a5"], "there is no page 'a5'"),
        (["--page", "a4", "-f", "html"], "--page is the paper of a picture: svg, png or pdf"),
        (["--page", ""], "there is no page ''"),
    ],
)
def test_options_that_exclude_each_other_say_so(cli: CommandLine, given: list[str], said: str) -> None:
    cli.write("a.journey.yaml", TWO)
    done = cli("render", "a.journey.yaml", *given)
    assert done.status == 2 and said in done.err and not [*cli.folder.glob("*.svg")]


def test_the_page_of_the_settings_gives_way_to_options(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", TWO)
    cli.write("journeykit.toml", 'page = "a4-portrait"\n')
    for given, size in (
        ([], 'width="210mm"'), (["--page", "16:9"], 'width="1920px"'), (["--width", "900"], 'width="1200"'),
        (["--columns", "all"], 'width="949.33"'), (["--page", "none"], 'width="'),
        (["--columns", "1"], 'width="210mm"'),
    ):  # fmt: skip
        done = cli("render", "a.journey.yaml", "--chart", "curve", "-o", "a.svg", *given)
        svg = (cli.folder / "a.svg").read_text(encoding="utf-8")
        assert done.status == 0 and size in svg[:200], (given, svg[:200])
        assert ("mm" in svg[:100]) == ("mm" in size)
    cli.write("journeykit.toml", 'page = "a44"\n')
    done = cli("render", "a.journey.yaml")
    assert done.status == 2 and "there is no page 'a44'" in done.err


def test_python_knows_pages(tmp_path: Any) -> None:
    project = Project.find(isolated=True)
    journey = example("my-new-job")
    drawn = project.render(journey, page="a4")
    assert len(drawn.pages) > 1 and drawn.svg.encode() == drawn.pages[0]
    assert drawn.save(tmp_path / "a.svg") == tmp_path / "a.svg"
    assert len([*tmp_path.glob("a-*.svg")]) == len(drawn.pages)
    drawn.save(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").is_file()
    assert 'width="210mm"' in project.render(journey, page="a4-portrait", chart="curve").svg
    with pytest.raises(UsageError, match="a page says how wide"):
        project.render(journey, page="a4", width=900)
