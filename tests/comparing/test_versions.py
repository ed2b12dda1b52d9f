"""Which files are journeys of a version, and which files of two versions hold the same journey."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeykit.comparing.pairing import renamed
from journeykit.model import Journey
from journeykit.reading import read_text
from journeykit.reading.discovery import INCLUDE, discover, is_journey_of
from tests.repositories import Folder

NAMES = [
    "a.journey.yaml", "a.yaml", "a.journey.yml", "sub/b.journey.yaml", "sub/b.yml", "journeys/c.yaml", "journeys/c.yml",
    "journeys/deep/er/d.yaml", "journeys/.dot/e.yaml", ".dot/journeys/f.yaml", ".github/g.journey.yaml",
    "journeys/h.txt",
    "build/i.journey.yaml", "journeys/build/j.yaml", "other/journeys/k.yaml", "journeys.yaml", "journeys/.l.yaml",
]  # fmt: skip


@pytest.mark.parametrize("include", [INCLUDE, ("*.yaml",), ("sub/*.yml", "**/deep/**/*.yaml"), ()], ids=str)
@pytest.mark.parametrize(
    "exclude", [(), ("build",), ("journeys/build",), ("journeys",), ("*.journey.yaml", "deep/er")], ids=str
)
@pytest.mark.parametrize("folder", ["", "journeys", "sub", ".dot", "journeys/deep", ".github"])
def test_names_alone_say_what_looking_into_folders_says(
    tmp_path: Path, folder: str, include: tuple[str, ...], exclude: tuple[str, ...]
) -> None:
    made = Folder(tmp_path)
    for name in NAMES:
        made.write(name, "x")
    found = {path.relative_to(tmp_path).as_posix() for path in discover([tmp_path / folder], include, exclude).files}
    assert found == {name for name in NAMES if is_journey_of(folder, name, include, exclude)}


def journey(id: str, *titles: str) -> Journey:
    points = "".join(f"  - {title}: calm\n" for title in titles)
    document = read_text(f"id: {id}\ntitle: T {id}\npersona: P\ntouchpoints:\n{points}", "a.yaml")
    assert document.journey is not None, document.findings
    return document.journey


def test_the_id_goes_before_likeness_and_each_file_has_one_pair() -> None:
    old = {"a": journey("one", "I call", "I wait", "It works"), "b": journey("two", "I walk", "I eat")}
    new = {"x": journey("six", "I call", "I wait", "It works"), "y": journey("one", "I fly", "I land")}
    assert renamed(old, new) == {"a": "y"}
    assert renamed({"a": old["a"]}, {"x": new["x"]}) == {"a": "x"}
    assert renamed({"b": old["b"]}, {"x": new["x"]}) == {}


def test_the_most_alike_are_taken_first() -> None:
    old = {"a": journey("a1", "I call", "I wait", "It works"), "b": journey("b1", "I call", "I wait", "I pay")}
    new = {"x": journey("x1", "I call", "I wait", "I pay"), "y": journey("y1", "I call", "I wait", "It works", "Bye")}
    assert renamed(old, new) == {"b": "x", "a": "y"}
    assert renamed({}, new) == renamed(old, {}) == {}
