"""Generated edits merged by git itself, in a repository that is set up as `docs/git.md` says."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from pydantic import TypeAdapter

from journeykit.changing.merging import Merged
from tests.changing import many_merges
from tests.changing.many_merges import Versions
from tests.fuzz.program import folder, run
from tests.repositories import IDENTITY, Folder

MAPS = TypeAdapter(Versions)
NAME = many_merges.NAME
MARKER = re.compile(r"^(<{7}|\|{7}|>{7}) [^\r\n]*", re.MULTILINE)
VERSIONS = {"<": "ours", "|": "base", ">": "theirs"}


def make_versions(random: Random) -> Any:
    """Return a map and two edits of it as data."""
    return MAPS.dump_python(many_merges.versions(random.randrange(2**32)), mode="json")


@contextmanager
def texts_told(maps: Versions) -> Iterator[None]:
    """Add the three texts to what is said of an error."""
    try:
        yield
    except Exception as error:
        for name, version in zip(("base", "ours", "theirs"), maps, strict=True):
            error.add_note(f"--- {name}\n{version.text()}")
        raise


def check_versions(case: Any) -> str:
    """Check the merge of three versions."""
    maps = MAPS.validate_python(case)
    with texts_told(maps):
        return many_merges.check_merge(maps, many_merges.merge(maps))


def check_git_merge(case: Any) -> str:
    """Check what `git merge` of two branches leaves, with which status, and that nothing is lost if it is aborted."""
    maps = MAPS.validate_python(case)
    merged = many_merges.merge(maps)
    with texts_told(maps), folder() as here, patch.dict(os.environ, IDENTITY):
        clone = repository(here, maps)
        done = subprocess.run(["git", "merge", "--no-edit", "theirs"], capture_output=True, timeout=120, check=False)
        said = (done.stdout + done.stderr).decode()
        assert done.returncode in (0, 1), said
        assert "Traceback" not in said, said
        check_file(maps, merged, done.returncode)
        check_repository(clone, maps, done.returncode)
    how = "clean" if done.returncode == 0 else "conflict"
    return how if merged else f"left to git, {how}"


def repository(here: Path, maps: Versions) -> Folder:
    """Return a repository with the branches main, where we are, and theirs."""
    clone = Folder(here)
    assert run("git-setup").status == 0
    clone.git("config", "merge.conflictStyle", "diff3")
    clone.write(NAME, maps.base.text())
    clone.commit("base")
    clone.git("branch", "theirs")
    for branch, version in (("theirs", maps.theirs), ("main", maps.ours)):
        clone.git("checkout", "-q", branch)
        clone.write(NAME, version.text())
        clone.commit(branch)
    return clone


def written() -> str:
    """Return the journey in the working folder."""
    return Path(NAME).read_bytes().decode()


def check_file(maps: Versions, merged: Merged | None, status: int) -> None:
    """Check the merged file: it is that of the merge without git, or that of git's lines with all that there is."""
    text = MARKER.sub(lambda found: f"{found[1]} {VERSIONS[found[1][0]]}", written())
    base, ours, theirs = (version.text() for version in maps)
    if base in (ours, theirs) or ours == theirs:  # git asks nobody
        assert status == 0
        assert text == (theirs if ours == base else ours)
    elif merged is None:
        assert status == 1 or "<<<<<<<" not in text
        many_merges.check_nothing_lost(maps, text)
    else:
        assert status == int(bool(merged.conflicts or merged.findings))
        assert text == merged.text


def check_repository(clone: Folder, maps: Versions, status: int) -> None:
    """Check that a clean merge is committed, and that a conflict can be given up."""
    if status == 0:
        assert clone.git("status", "--porcelain") == ""
        assert len(clone.git("rev-list", "--parents", "-n", "1", "HEAD").split()) == 3
        return
    assert clone.git("status", "--porcelain") == f"UU {NAME}"
    assert len(clone.git("ls-files", "-u").splitlines()) == 3
    clone.git("merge", "--abort")
    assert written() == maps.ours.text()
