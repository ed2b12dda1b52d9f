"""The journey files of a version: of a revision of git, or of the working folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.files import read_found_file
from journeykit.git import LARGEST, Repository
from journeykit.reading.discovery import discover, is_journey_of, repository

WORKING_FOLDER = "working folder"


@dataclass(frozen=True)
class FileSelection:
    """Which files of a repository are asked for: what is named, and in folders what the patterns fit.

    `named` are paths from the root of the repository, with slashes; "." is the root.
    """

    named: tuple[str, ...]
    include: Sequence[str]
    exclude: Sequence[str]

    def takes(self, path: str) -> bool:
        """Return whether a file is asked for."""
        return any(
            path == name or is_journey_of("" if name == "." else name, path, self.include, self.exclude)
            for name in self.named
        )


@dataclass(frozen=True)
class FileSet:
    """Files of one version by their paths from the root, with slashes; to be read one after the other.

    `label` is what the version is called, `commit` its id; None is the working folder.
    """

    label: str
    commit: str | None
    files: dict[str, str]
    """By path: the blob of git, or the file as the user would name it."""

    def name_of(self, path: str) -> str:
        """Return how messages name a file of this version."""
        return self.files[path] if self.commit is None else f"{self.label}:{path}"


def of_revision(found: Repository, revision: str, commit: str, choice: FileSelection) -> FileSet:
    """Return the files of a commit that are asked for."""
    tree = found.tree(commit)
    return FileSet(revision, commit, {path: blob for path, blob in sorted(tree.items()) if choice.takes(path)})


def of_working_folder(found: Repository, paths: Iterable[Path], known: Iterable[str], choice: FileSelection) -> FileSet:
    """Return the requested files in the working folder, with those that git tracks although it ignores them.

    Files of repositories inside of this one are left to these, links to what they lead to.
    """
    if found.bare:
        raise UsageError(f"{found.root} has no working folder", "compare two revisions: OLD..NEW")
    root = os.path.realpath(found.root)
    files = {}
    found_files = discover(paths, choice.include, choice.exclude)
    for folder, reason in found_files.unreadable:
        raise UsageError(f"{folder}: cannot be read: {reason}", "what lies in it cannot be compared")
    for path in found_files.files:
        real = Path(os.path.realpath(path))
        if real.is_relative_to(root) and str(repository(real.parent)) == root:
            files[real.relative_to(root).as_posix()] = str(path)
    for name in known:
        file = found.root / name
        if name not in files and file.is_file() and not file.is_symlink():
            files[name] = os.path.relpath(file)
    return FileSet(WORKING_FOLDER, None, dict(sorted(files.items())))


def read_start(path: Path) -> bytes:
    """Return a file as far as it is read at all, as `Repository.blobs` gives those of git; raises OSError."""
    return read_found_file(path, LARGEST)


def contents(found: Repository, version: FileSet, paths: Sequence[str]) -> dict[str, bytes]:
    """Return what files of a version hold. Raise OSError if one of the working folder cannot be opened."""
    if version.commit is None:
        return {path: read_start(Path(version.files[path])) for path in paths}
    return dict(zip(paths, found.blobs(version.files[path] for path in paths), strict=True))
