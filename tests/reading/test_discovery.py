"""Discovery of journey files, compared with git where .gitignore decides."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.reading import discover
from journeykit.reading.gitignore import decide, parse
from tests.conftest import examples


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def make(*names: str, text: str = "title: a\n") -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names(*paths: str, **options: tuple[str, ...]) -> list[str]:
    return [path.as_posix() for path in discover([Path(path) for path in paths or (".",)], **options).files]


def git(*args: str) -> str:
    settings = ["-c", "core.quotepath=off", "-c", "core.excludesfile="]
    return subprocess.run(["git", *settings, *args], check=True, capture_output=True, text=True).stdout


def kept_by_git() -> list[str]:
    """What git would add, of the files that are named as journeys."""
    listed = git("ls-files", "-z", "--others", "--exclude-per-directory=.gitignore").split("\0")
    return sorted(name for name in listed if name.endswith(".journey.yaml"))


def test_journeys_are_found_by_name() -> None:
    make("a.journey.yaml", "b.journey.yml", "c.yaml", "deep/er/d.journey.yaml", "e.journey.yaml.bak", "f.txt", "g.yml")
    found = discover([Path()])
    assert [path.as_posix() for path in found.files] == ["a.journey.yaml", "b.journey.yml", "deep/er/d.journey.yaml"]
    assert [path.as_posix() for path in found.others] == ["c.yaml", "g.yml"]
    assert found.missing == []


def test_any_yaml_below_a_folder_called_journeys() -> None:
    make("journeys/a.yaml", "x/journeys/b/c.yml", "journeys.yaml", "myjourneys/d.yaml", "journeys/readme.md")
    assert names() == ["journeys/a.yaml", "x/journeys/b/c.yml"]
    assert names("journeys") == ["journeys/a.yaml"]
    assert names("x/journeys/b") == ["x/journeys/b/c.yml"]


def test_a_repository_called_journeys_is_no_folder_called_journeys(monkeypatch: pytest.MonkeyPatch) -> None:
    make("journeys/mkdocs.yml", "journeys/maps/journeys/a.yaml", "journeys/b.journey.yaml")
    monkeypatch.chdir("journeys")
    assert names() == ["b.journey.yaml", "maps/journeys/a.yaml", "mkdocs.yml"]
    git("init", "-q")
    assert names() == ["b.journey.yaml", "maps/journeys/a.yaml"]


def test_a_file_that_is_named_is_read_whatever_its_name() -> None:
    make("notes.txt", ".hidden/a.yaml", ".gitignore", text="*\n")
    assert names("notes.txt", ".hidden/a.yaml") == ["notes.txt", ".hidden/a.yaml"]


def test_dot_folders_are_passed_over_unless_named() -> None:
    make(".cache/a.journey.yaml", "b/.venv/c.journey.yaml", ".d.journey.yaml")
    assert names() == [".d.journey.yaml"]
    assert names(".cache") == [".cache/a.journey.yaml"]


def test_the_same_file_is_read_once() -> None:
    make("a.journey.yaml", "sub/b.journey.yaml")
    assert names("a.journey.yaml", "./a.journey.yaml", ".", "sub/../sub") == ["a.journey.yaml", "sub/b.journey.yaml"]


def test_files_come_in_the_order_of_their_names() -> None:
    make("b.journey.yaml", "a/z.journey.yaml", "a/y.journey.yaml", "c/a.journey.yaml", "B.journey.yaml")
    assert names() == ["B.journey.yaml", "a/y.journey.yaml", "a/z.journey.yaml", "b.journey.yaml", "c/a.journey.yaml"]


def test_spaces_and_letters_of_all_scripts() -> None:
    make("mein Weg/ügyfél út.journey.yaml", "ταξίδι/旅.journey.yaml", "-x.journey.yaml", "[a].journey.yaml")
    assert names() == sorted(
        ["-x.journey.yaml", "[a].journey.yaml", "mein Weg/ügyfél út.journey.yaml", "ταξίδι/旅.journey.yaml"]
    )


@pytest.mark.parametrize("name", ["nowhere.yaml", "no/where", "a" * 300 + ".yaml", "nul\0byte.yaml", "\ud800.yaml"])
def test_what_is_not_there_is_missing(name: str) -> None:
    found = discover([Path(name)])
    assert found.missing == [Path(name)]
    assert found.files == []


def test_include_and_exclude() -> None:
    make("maps/a.yaml", "maps/old/b.yaml", "c.journey.yaml", "maps/d.cx.yml", "drafts/e.journey.yaml")
    assert names(include=("maps/*.yaml",)) == ["maps/a.yaml"]
    assert names(include=("*.cx.yml",)) == ["maps/d.cx.yml"]
    assert names(include=("maps/**/*.yaml",)) == ["maps/a.yaml", "maps/old/b.yaml"]
    assert names(include=("*.yaml",), exclude=("old", "drafts/")) == ["c.journey.yaml", "maps/a.yaml"]
    assert names(exclude=("drafts/**",)) == ["c.journey.yaml"]
    assert names("drafts", exclude=("drafts/*.yaml",)) == []


def test_links_to_files_are_followed_and_links_to_folders_not() -> None:
    make("real/a.journey.yaml", "b.yaml")
    Path("real/link.journey.yaml").symlink_to("../b.yaml")
    Path("folder").symlink_to("real")
    Path("real/round").symlink_to(".")
    Path("loop.journey.yaml").symlink_to("loop.journey.yaml")
    Path("broken.journey.yaml").symlink_to("gone.yaml")
    assert names() == ["real/a.journey.yaml", "real/link.journey.yaml"]
    assert names("folder") == ["folder/a.journey.yaml", "folder/link.journey.yaml"]
    assert discover([Path("loop.journey.yaml")]).missing == [Path("loop.journey.yaml")]


def test_a_folder_named_like_a_journey_is_no_file() -> None:
    make("a.journey.yaml/b.journey.yaml")
    assert names() == ["a.journey.yaml/b.journey.yaml"]


def test_a_gitignore_that_is_a_folder_or_no_text() -> None:
    make("a.journey.yaml", "sub/b.journey.yaml")
    Path(".gitignore").mkdir()
    Path("sub/.gitignore").write_bytes(b"\xff\xfe\n\0\nb.journey.yaml\r\n")
    assert names() == ["a.journey.yaml"]


def test_gitignore_as_git_has_it() -> None:
    git("init", "-q")
    make(
        "a.journey.yaml", "build/b.journey.yaml", "sub/build/c.journey.yaml", "sub/keep/d.journey.yaml",
        "sub/tmp/e.journey.yaml", "sub/tmp/deep/f.journey.yaml", "x.journey.yaml", "sub/x.journey.yaml",
        "docs/g.journey.yaml", "docs/h.journey.yaml", "sp ace/ü.journey.yaml", "sub/neg/y.journey.yaml",
        "only/z.journey.yaml", "only/w.journey.yaml", "out/in/k.journey.yaml", "out/l.journey.yaml", "#x.journey.yaml",
    )  # fmt: skip
    make(".gitignore", text="build/\nx.journey.yaml\n!sub/x.journey.yaml\n/docs/*\n!docs/h.journey.yaml\nsub/tmp/**\n"
         "out/*\n!out/in/\n\\#x*\n\n# y\n")  # fmt: skip
    make("sub/.gitignore", text="neg/*\n!neg/y.journey.yaml\n!build/\n")
    make("only/.gitignore", text="*\n!z.journey.yaml\n")
    kept = kept_by_git()
    assert len(kept) == 9
    assert sorted(names()) == kept
    for folder in ("sub", "sub/neg", "docs", "only", "build", "out/in"):
        assert sorted(names(folder)) == [name for name in kept if name.startswith(folder + "/")]


def test_no_gitignore_above_the_repository_counts() -> None:
    make(".gitignore", text="*.yaml\n")
    make("repository/sub/a.journey.yaml")
    assert names() == []
    assert names("repository") == ["repository/sub/a.journey.yaml"]  # outside of any, only what stands below counts
    subprocess.run(["git", "init", "-q", "repository"], check=True)
    assert names("repository/sub") == ["repository/sub/a.journey.yaml"]
    make("repository/.gitignore", text="sub\n")
    assert names("repository/sub") == []


NAMES = st.sampled_from(["a", "b", "*", "**", "c*", "*.yaml", "d.journey.yaml", "[ab]", "[!a]", "\\a", "?"])
PATTERNS = st.builds(
    lambda bang, slash, parts, end: bang + slash + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]), st.sampled_from(["", "/"]),
    st.lists(NAMES, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["", "a/", "a/b/", "b/"]), st.lists(PATTERNS, max_size=4), max_size=3))
@settings(max_examples=examples(40), deadline=None)
def test_any_gitignore_as_git_has_it(tmp_path_factory: pytest.TempPathFactory, ignores: dict[str, list[str]]) -> None:
    folder = tmp_path_factory.mktemp("repository")
    before = Path.cwd()
    os.chdir(folder)
    try:
        git("init", "-q")
        for place in ("", "a/", "a/a/", "a/b/", "b/", "b/a/", "b/b/"):
            make(f"{place}c.journey.yaml", f"{place}d.journey.yaml")
        for place, patterns in ignores.items():
            make(f"{place}.gitignore", text="\n".join(patterns) + "\n")
        assert sorted(names()) == kept_by_git()
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*a" * 20 + "*b", "a" * 4000, False),
        ("*a" * 20 + "*b", "a" * 4000 + "b", True),
        ("**/a/" * 20 + "b", "a/" * 2000 + "c", False),
        ("**/a/" * 20 + "**/b", "a/" * 2000 + "b", True),
        ("*[ab]?" * 20 + "c", "ab" * 2000, False),
    ],
    ids=["stars", "stars-match", "folders", "folders-match", "sets"],
)
def test_a_pattern_with_many_stars_is_matched_without_trying_all_ways(pattern: str, path: str, matches: bool) -> None:
    assert bool(decide(parse([pattern]), path, is_folder=False)) == matches
