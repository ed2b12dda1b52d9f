"""The versions of a file: what each is, what differs, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    found = verdict(GOOD + b"color: red\n")
    assert found.fault == 'unknown key "color"' and found.line == 6 and found.score is None
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
    assert [one.sure for one in found] == [None, None, True, None, False, True]
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
