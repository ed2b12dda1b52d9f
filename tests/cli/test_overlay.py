"""`render --overlay`: several journeys as one picture, where it goes, and what is refused."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import CommandLine

TODAY = """\
title: I get it fixed
persona: Ana
touchpoints:
  - {id: call, title: I call, feeling: frustrated, at: 0h}
  - {id: wait, title: I wait, feeling: bored, at: +2h}
  - {id: fixed, title: It works, feeling: relieved, at: +1d}
"""
LATER = TODAY.replace("frustrated", "calm").replace("title: I get", "state: future\ntitle: I get")
BAD = TODAY.replace("bored", "brd")
MAGIC = {"svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture
def two(cli: CommandLine) -> CommandLine:
    cli.write("today.journey.yaml", TODAY)
    cli.write("later.journey.yaml", LATER)
    return cli


def pictures(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*") if path.suffix[1:] in MAGIC)


def test_one_picture_in_the_current_folder(two: CommandLine) -> None:
    done = two("render", "today.journey.yaml", "later.journey.yaml", "--overlay")
    assert (done.status, done.out, done.err) == (0, "", "Wrote overlay.svg.\n")
    assert pictures(two.folder) == ["overlay.svg"]
    root = ElementTree.parse(two.folder / "overlay.svg").getroot()
    title, account = (root.findtext(f"{{http://www.w3.org/2000/svg}}{tag}") or "" for tag in ("title", "desc"))
    assert title == "I get it fixed"
    assert account.startswith("2 journeys compared: The journey today; The journey as it should be.")


def test_the_first_that_is_named_comes_first(two: CommandLine) -> None:
    two("render", "later.journey.yaml", "today.journey.yaml", "--overlay")
    assert "compared: The journey as it should be; The journey today." in (two.folder / "overlay.svg").read_text()


@pytest.mark.parametrize(
    ("output", "expected"),
    [(["-o", "wall.png"], ["wall.png"]), (["-o", "pictures"], ["pictures/overlay.svg"]),
     (["-o", "a/b.pdf"], ["a/b.pdf"]), (["--axis", "time"], ["overlay-time.svg"]),
     (["-f", "png", "-f", "pdf", "-o", "out"], ["out/overlay.pdf", "out/overlay.png"])],
)  # fmt: skip
def test_where_it_goes(two: CommandLine, output: list[str], expected: list[str]) -> None:
    assert two("render", "--overlay", *output).status == 0
    assert pictures(two.folder) == expected
    for name in expected:
        assert (two.folder / name).read_bytes().startswith(MAGIC[name[-3:]])


def test_standard_output(two: CommandLine) -> None:
    done = two("render", "--overlay", "-o", "-")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("<svg ")
    assert pictures(two.folder) == []
    assert two("render", "--overlay", "-o", "-").out == done.out


def test_theme_and_width_apply(two: CommandLine) -> None:
    plain = two("render", "--overlay", "-o", "-").out
    assert two("render", "--overlay", "-o", "-", "--theme", "dark").out != plain
    wide = two("render", "--overlay", "-o", "-", "--width", "1440").out
    assert wide.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="1920"')
    scored = two("render", "--overlay", "-o", "-", "--profile", "peak-end").out
    assert scored != plain


def test_the_comparison_in_words(two: CommandLine) -> None:
    done = two("render", "today.journey.yaml", "later.journey.yaml", "--overlay", "--alt")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "2 journeys compared: The journey today; The journey as it should be."
    assert "I call: 12.5 → 75 (+62.5)" in done.out
    assert pictures(two.folder) == []
    assert two("render", "today.journey.yaml", "--overlay", "--alt").status == 2
    two("render", "--overlay", "--alt", "-o", "words.txt")
    assert (two.folder / "words.txt").is_file()


@pytest.mark.parametrize("paths", [["today.journey.yaml"], ["today.journey.yaml"] * 2])
def test_one_journey_is_too_few(two: CommandLine, paths: list[str]) -> None:
    done = two("render", "--overlay", *paths)
    assert (done.status, done.out) == (2, "")
    assert "an overlay needs at least two journeys, and there is 1" in done.err
    assert pictures(two.folder) == []


def test_seven_are_too_many(cli: CommandLine) -> None:
    for number in range(7):
        cli.write(f"{number}.journey.yaml", TODAY)
    done = cli("render", "--overlay")
    assert done.status == 2
    assert "an overlay of 7 journeys cannot be read" in done.err and "at most 6" in done.err


@pytest.mark.parametrize(
    "wrong",
    [["--chart", "curve"], ["--lanes", "curve"], ["--width", "250"],
     ["-o", "a.svg", "-f", "svg", "-f", "png"], ["-o", "-", "-f", "svg", "-f", "png"]],
)  # fmt: skip
def test_what_does_not_go_with_it_is_refused(two: CommandLine, wrong: list[str]) -> None:
    done = two("render", "--overlay", *wrong)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("journeykit: ") and len(done.err.splitlines()) == 2
    assert pictures(two.folder) == []


def test_without_times_there_is_no_axis_by_time(two: CommandLine) -> None:
    two.write("b.journey.yaml", "title: T\npersona: P\ntouchpoints:\n  - I call: angry\n  - It works: happy\n")
    done = two("render", "--overlay", "--axis", "time")
    assert done.status == 2
    assert "b cannot be drawn by time" in done.err


@pytest.mark.parametrize(("broken", "status"), [("bad.journey.yaml", 1), ("nowhere.yaml", 2)])
def test_it_is_not_drawn_without_one_of_its_journeys(two: CommandLine, broken: str, status: int) -> None:
    two.write("bad.journey.yaml", BAD)
    old = two.write("overlay.svg", "old")
    done = two("render", "--overlay", "today.journey.yaml", "later.journey.yaml", broken)
    assert (done.status, done.out) == (status, "")
    assert "the overlay is not drawn" in done.err
    assert old.read_text() == "old"


def test_a_folder_that_cannot_be_written_is_the_users_to_mend(two: CommandLine) -> None:
    two.write("taken", "")
    done = two("render", "--overlay", "-o", "taken/overlay.svg")
    assert done.status == 2
    assert "taken" in done.err


def test_quiet_and_empty(two: CommandLine) -> None:
    assert two("render", "--overlay", "--quiet").err == ""
    (two.folder / "none").mkdir()
    assert two("render", "none", "--overlay", "--allow-empty").status == 0
