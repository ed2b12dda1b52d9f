"""The versions of a file: what each is, what differs, and what is remembered."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from journeykit.comparing import remembered
from journeykit.comparing.history import VersionScores, blob_ids, newest_journey, score_version, versions
from journeykit.git import Commit
from journeykit.reading import Shared
from journeykit.scoring import Settings
from tests.repositories import Folder

GOOD = b"title: T\npersona: P\ntouchpoints:\n- I call: angry\n- It works: happy\n"
SETTINGS = Settings()


def verdict(text: bytes = GOOD) -> VersionScores:
    return score_version(text, "a.journey.yaml", Shared(), SETTINGS)


def commit(n: int, blob: str | None, path: str = "a.yaml") -> Commit:
    return Commit(f"{n:040x}", f"2026-01-{n:02}T10:00:00+00:00", "Ann", f"change {n}", path, blob)


def test_a_text_that_is_no_journey_says_why_and_where() -> None:
    found = verdict(GOOD + b"colour: red\n")
    assert found.fault == 'unknown key "colour"' and found.line == 6 and found.score is None
    assert verdict(b"").fault == "the file is empty"
    assert verdict(b"\xff\xfe\x00").fault
    assert verdict().fault == "" and verdict().title == "T" and verdict().low_points


def test_differences_are_to_the_last_version_that_had_a_score() -> None:
    verdicts = {
        "a": VersionScores(score=40.0, half_width=1.0), "b": VersionScores(fault="no"),
        "c": VersionScores(score=50.0, half_width=1.0),
        "d": VersionScores(score=50.5, half_width=1.0),
    }  # fmt: skip
    log = [commit(4, "d"), commit(3, None), commit(2, "c"), commit(1, "b"), commit(0, "a")]
    found = versions(log, verdicts, ("a.yaml", verdicts["a"]))
    assert [one.delta for one in found] == [None, None, 10.0, None, 0.5, -10.5]
    assert [one.sure for one in found] == [False, False, True, False, False, True]
    assert [one.state for one in found] == ["journey", "invalid", "journey", "deleted", "journey", "journey"]
    assert found[-1].commit is None


def test_a_rename_is_told_where_it_happened() -> None:
    log = [commit(3, "a", "c.yaml"), commit(2, "a", "b.yaml"), commit(1, "a", "a.yaml"), commit(0, "a", "a.yaml")]
    found = versions(log, {"a": VersionScores(score=1.0)}, None)
    assert [one.renamed_from for one in found] == [None, None, "a.yaml", "b.yaml"]


def test_the_settings_are_those_of_the_newest_journey() -> None:
    newest = newest_journey([b"x: 1", GOOD + b"scoring:\n  profile: mean\n", GOOD], "a.yaml", Shared())
    assert newest is not None and newest.scoring.profile == "mean"
    assert newest_journey([b"x"], "a.yaml", Shared()) is None


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
@pytest.mark.parametrize("text", [b"", b"a\n", b"a\r\nb\r\n", bytes(range(256))])
def test_ids_of_texts_are_those_of_git(tmp_path: Path, kind: str, text: bytes) -> None:
    folder = Folder(tmp_path / "r", f"--object-format={kind}")
    (folder.root / "f").write_bytes(text)
    folder.git("-c", "core.autocrlf=input", "add", "f")
    assert folder.git("rev-parse", ":f") in blob_ids(text, "0" * (40 if kind == "sha1" else 64))


# What is remembered


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "journeykit" / "history"


def file(**changed: object) -> Path:
    made = remembered.file_of(Path("/r"), replace(SETTINGS, **changed), Shared())  # type: ignore[arg-type]
    assert made is not None
    return made


def test_what_was_kept_is_recalled_as_it_was(cache: Path) -> None:
    known = {"b": verdict(), "a": verdict(b"x: 1")}
    remembered.keep(file(), known)
    found = remembered.recalled(file())
    assert found == known and list(found) == ["b", "a"]
    assert file().parent == cache
    if os.name == "posix":
        assert stat.S_IMODE(file().stat().st_mode) == 0o600
        assert stat.S_IMODE(file().parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("cache")
def test_settings_shared_definitions_repositories_and_program_have_files_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = file()
    shared = remembered.file_of(Path("/r"), SETTINGS, Shared(feelings={"meh": -0.5}))
    assert (
        len({one, file(pain=30.0), file(source="stated"), shared, remembered.file_of(Path("/q"), SETTINGS, Shared())})
        == 5
    )
    monkeypatch.setattr(remembered, "__version__", "other")
    assert file() != one


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", '{"a": 1}', '{"a": {}, "b": {"what": 1}}', '{"a": {"score": "high"}}', "\\xff" * 9,
     '{"a": {"low_points": [["x"]]}}', '{"a": {"low_points": [[1, 2]]}}', '{"a": {"title": 3}}', '{"a": {"peaks": 3}}',
     '{"a": {"rated": "1"}}', "[" * 100_000],
)  # fmt: skip
def test_a_broken_file_is_as_none(text: str) -> None:
    file().parent.mkdir(parents=True)
    file().write_text(text, encoding="utf-8")
    assert remembered.recalled(file()) == {}
    remembered.keep(file(), {"a": verdict()})
    assert remembered.recalled(file()) == {"a": verdict()}


def test_a_cache_that_cannot_be_written_or_read_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    remembered.keep(file(), {"a": verdict()})
    remembered.touch(file())
    assert remembered.recalled(file()) == {}
    remembered.keep(None, {"a": verdict()})
    assert remembered.recalled(None) == {}


def test_files_are_bounded(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_VERDICTS", 3)
    monkeypatch.setattr(remembered, "MOST_FILES", 2)
    for n, pain in enumerate((10.0, 20.0, 30.0)):
        remembered.keep(file(pain=pain), {f"{n}{k}": verdict() for k in range(5)})
        os.utime(file(pain=pain), (n, n))
    remembered.touch(file(pain=20.0))
    remembered.keep(file(pain=40.0), {"x": verdict()})
    assert len(list(cache.iterdir())) == 2
    assert list(remembered.recalled(file(pain=20.0))) == ["12", "13", "14"]
    assert json.loads(file(pain=40.0).read_text(encoding="utf-8")).keys() == {"x"}


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/journeykit"),
        ("linux", {"XDG_CACHE_HOME": "not/absolute"}, "/home/ann/.cache/journeykit"),
        ("linux", {}, "/home/ann/.cache/journeykit"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "/home/ann/Library/Caches/journeykit"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/journeykit/Cache"),
        ("win32", {}, None),
    ],
)
def test_the_cache_is_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", "/home/ann")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = remembered.folder()
    assert (found.as_posix() if found else None) == expected
