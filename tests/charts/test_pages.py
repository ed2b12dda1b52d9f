"""A journey of thousands of touchpoints comes on pages: whole, in order, each readable by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import islice

import pytest

from journeykit.charts.frame import pages_of, scene_of
from journeykit.charts.locales import LANGUAGES
from journeykit.charts.picture import Picture, draw_pages
from journeykit.charts.wall import PAGE, UNDIVIDED
from journeykit.drawing.scene import Scene
from journeykit.errors import UsageError
from journeykit.scoring import score
from tests.conftest import CommandLine

from .maps import bare, groups, overlaps, texts


def numbers(scene: Scene) -> list[int]:
    return [int(text.text) for text in texts(scene) if text.kind == "touchpoint-number"]


def test_every_touchpoint_is_on_one_page_in_order() -> None:
    pages = list(pages_of(bare(430)))
    assert [number for page in pages for number in numbers(page)] == list(range(1, 431))
    assert all(len(numbers(page)) <= PAGE for page in pages)
    assert len(pages) == 5
    for page in pages:
        assert overlaps(texts(page)) == []
        assert all(text.box().top >= 0 and text.box().bottom <= page.height for text in texts(page))


@pytest.mark.parametrize("lang", [*LANGUAGES, "ar"])
def test_each_page_has_the_title_and_its_number(lang: str) -> None:
    journey = bare(210).model_copy(update={"lang": lang})
    first, *further = islice(pages_of(journey), 2)
    for number, page in enumerate([first, *further], 1):
        (where,) = [text.text for text in texts(page) if text.kind == "page"]
        assert {str(number), "3"} <= set(re.findall(r"\d+", where))
        assert journey.title in " ".join(text.text for text in texts(page) if text.kind == "title")
        assert where in page.title
    assert [group.id for group in groups(first) if group.id == "score"]
    assert not [group.id for group in groups(further[0]) if group.id in ("score", "lane-header-1")]


def test_up_to_two_hundred_are_one_picture_and_look_the_same() -> None:
    journey = bare(UNDIVIDED)
    assert list(pages_of(journey, chart="curve")) == [scene_of(journey, chart="curve")]
    assert len(list(pages_of(bare(UNDIVIDED + 1), chart="curve"))) == 3
    assert len(list(pages_of(bare(UNDIVIDED + 1), columns="all", chart="curve"))) == 1


def test_pages_are_made_one_at_a_time() -> None:
    """A journey of thousands takes no more memory than one page."""
    journey = bare(600)
    pages = draw_pages(journey, score(journey), Picture("svg", "curve"))
    first, _ = next(pages)
    assert b"Page 1 of 6" in first and b"Page 2 of 6" not in first


@pytest.mark.slow
def test_a_pdf_holds_all_pages() -> None:
    journey = bare(201)
    ((data, _),) = draw_pages(journey, score(journey), Picture("pdf", "curve"))
    assert len(re.findall(rb"/Type /Page\b", data)) == 3


def test_the_account_of_a_page_tells_of_its_touchpoints() -> None:
    first, second, *_ = (page.description for page in pages_of(bare(250), chart="curve"))
    assert "Page 1 of 3." in first and "Low points, the worst first:" in first and "\n1. " in first
    assert second.startswith("Page 2 of 3.") and "Low points, the worst" not in second
    assert "\n1. " not in second and "\n97. " in second


def test_files_are_numbered_and_standard_output_takes_one(cli: CommandLine) -> None:
    touchpoints = "".join(f"  - Step {number}: calm\n" for number in range(201))
    cli.write("long.journey.yaml", f"title: Long\npersona: P\ntouchpoints:\n{touchpoints}")
    done = cli("render", "long.journey.yaml", "--chart", "curve", "-o", "wall.svg")
    assert done.status == 0, done.err
    assert sorted(path.name for path in cli.folder.glob("wall*")) == ["wall-1.svg", "wall-2.svg", "wall-3.svg"]
    assert "wall-1.svg to wall-3.svg" in done.err
    done = cli("render", "long.journey.yaml", "--chart", "curve", "-o", "-")
    assert (done.status, done.out) == (2, "") and "draw it as pdf" in done.err


def test_a_png_too_large_for_its_renderer_is_an_error_that_says_what_to_do() -> None:
    journey = bare(201)
    with pytest.raises(UsageError, match=r"a PNG of \d+ × \d+ pixels is too large") as caught:
        list(draw_pages(journey, score(journey), Picture("png", "curve", columns="all", dpi=300)))
    assert "--columns" in caught.value.help and "--dpi" in caught.value.help


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--width", "nan"], "it must be a number"),
        (["--width", "inf"], "14400"),
        (["--width", "250"], "give at least"),
        (["--dpi", "nan"], "it must be a number"),
        (["--dpi", "5"], "20"),
        (["--columns", "0"], "--columns takes a number from 1, or all"),
        (["--columns", "²"], "--columns takes a number from 1, or all"),
        (["--columns", "9" * 5000], "--columns takes a number from 1, or all"),
        (["--width", "14400", "--dpi", "1200", "-f", "png"], "too large to draw"),
    ],
)
def test_extremes_are_refused_with_what_to_write(cli: CommandLine, given: list[str], said: str) -> None:
    cli.write("a.journey.yaml", "title: A\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - Done: calm\n")
    done = cli("render", "a.journey.yaml", *given)
    assert done.status in (1, 2) and said in done.err and "internal error" not in done.err
    assert not [*cli.folder.glob("*.svg"), *cli.folder.glob("*.png")]


def test_many_pictures_come_out_the_same_on_one_core_and_on_more(cli: CommandLine) -> None:
    for number in range(9):
        cli.write(
            f"{number}.journey.yaml", f"title: A{number}\npersona: P\ntouchpoints:\n  - I call: angry\n  - B: calm\n"
        )
    assert cli("render", ".", "-o", "one").status == 0
    ran = subprocess.run(
        [sys.executable, "-m", "journeykit", "render", ".", "-o", "more"],
        cwd=cli.folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0 and ran.stderr.count("Wrote ") == 9
    drawn = {
        folder: {path.name: path.read_bytes() for path in (cli.folder / folder).iterdir()} for folder in ("one", "more")
    }
    assert len(drawn["one"]) == 9 and drawn["one"] == drawn["more"]
