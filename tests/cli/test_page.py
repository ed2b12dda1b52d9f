"""`render -f html`: where a page goes, how many journeys it holds, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_overlay import BAD, LATER, TODAY
from tests.conftest import CommandLine

START = "<!doctype html>\n"


@pytest.fixture
def two(cli: CommandLine) -> CommandLine:
    cli.write("today.journey.yaml", TODAY)
    cli.write("later.journey.yaml", LATER)
    return cli


def page(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(START) and text.endswith("</html>\n")
    return text


def test_a_page_for_each_journey_beside_it_or_in_a_folder_with_other_formats(two: CommandLine) -> None:
    done = two("render", ".", "-f", "html")
    assert (done.status, done.err) == (0, "Wrote later.html.\nWrote today.html.\n")
    done = two("render", ".", "-f", "html", "-f", "svg", "-o", "out", "--chart", "curve")
    assert done.status == 0
    names = sorted(path.name for path in (two.folder / "out").iterdir())
    assert names == ["later-curve.html", "later-curve.svg", "today-curve.html", "today-curve.svg"]
    assert " name=journey " not in page(two.folder / "out" / "today-curve.html")


def test_one_file_holds_the_journeys_in_the_order_they_are_named(two: CommandLine) -> None:
    done = two("render", "today.journey.yaml", "later.journey.yaml", "-o", "both.html")
    assert (done.status, done.err) == (0, "Wrote both.html.\n")
    text = page(two.folder / "both.html")
    assert text.count(" name=journey ") == 2
    assert text.index("The journey today") < text.index("The journey as it should be")
    assert sorted(path.name for path in two.folder.iterdir()) == [
        "both.html",
        "later.journey.yaml",
        "today.journey.yaml",
    ]


def test_the_page_is_written_to_standard_output(two: CommandLine) -> None:
    done = two("render", "today.journey.yaml", "-f", "html", "-o", "-")
    assert done.status == 0 and done.out.startswith(START) and done.err == ""


def test_slides_of_both_in_one_file(two: CommandLine) -> None:
    pytest.importorskip("pptx", reason="python-pptx is not installed: the extra pptx")
    done = two("render", "today.journey.yaml", "later.journey.yaml", "-o", "both.pptx")
    assert (done.status, done.err) == (0, "Wrote both.pptx.\n")
    assert (two.folder / "both.pptx").read_bytes().startswith(b"PK")


def test_a_page_is_not_written_if_one_of_its_journeys_cannot_be_read(two: CommandLine) -> None:
    two.write("bad.journey.yaml", BAD)
    done = two("render", ".", "-o", "all.html")
    assert done.status == 1 and "brd" in done.err
    assert "journeykit: all.html is not written: one of its journeys cannot be read" in done.err
    assert not (two.folder / "all.html").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--overlay", "-f", "html"], "an overlay is a picture: svg, png or pdf"),
        (["-f", "html", "-f", "svg", "-o", "x.html"], "x.html can hold one picture only"),
        (["-f", "svg", "-o", "x.html"], "x.html is no svg"),
        (["-o", "x.html", "--page", "a4"], "--page is the paper of a picture"),
        (["-o", "x.htm"], "no pictures are made in the format of x.htm"),
    ],
)
def test_what_is_refused(two: CommandLine, options: list[str], message: str) -> None:
    done = two("render", "today.journey.yaml", "later.journey.yaml", *options)
    assert done.status == 2 and message in done.err
    assert not list(two.folder.glob("*.html"))


def test_a_page_holds_six_journeys(two: CommandLine) -> None:
    for number in range(5):
        two.write(f"more-{number}.journey.yaml", TODAY)
    done = two("render", ".", "-o", "all.html")
    assert done.status == 2 and "a page holds up to 6 journeys, not 7" in done.err
    assert "name a folder with -o" in done.err
