"""List and read the journey files of a version: a revision of git, or the working folder."""

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
    """A selection of files of a repository: the named files, and in named folders those that match the patterns.

    `named` are paths from the root of the repository, with slashes; "." is the root.
    """

    named: tuple[str, ...]
    include: Sequence[str]
    exclude: Sequence[str]

    def takes(self, path: str) -> bool:
        """Return whether a file is selected."""
        return any(
            path == name or is_journey_of("" if name == "." else name, path, self.include, self.exclude)
            for name in self.named
        )


@dataclass(frozen=True)
class FileSet:
    """Files of one version by their paths from the root, with slashes.

    `label` is the name of the version in messages, `commit` its id; None is the working folder.
    """

    label: str
    commit: str | None
    files: dict[str, str]
    """By path: the id of the blob in git, or the path of the file from the current folder."""

    def name_of(self, path: str) -> str:
        """Return the name of a file of this version for messages."""
        return self.files[path] if self.commit is None else f"{self.label}:{path}"


def of_revision(found: Repository, revision: str, commit: str, choice: FileSelection) -> FileSet:
    """Return the selected files of a commit."""
    tree = found.tree(commit)
    return FileSet(revision, commit, {path: blob for path, blob in sorted(tree.items()) if choice.takes(path)})


def of_working_folder(found: Repository, paths: Iterable[Path], known: Iterable[str], choice: FileSelection) -> FileSet:
    """Return the selected files in the working folder, including files that git tracks although it ignores them.

    Files of nested repositories and links are left out.
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
    """Return the contents of a file up to the limit that `Repository.blobs` has too. Raises OSError."""
    return read_found_file(path, LARGEST)


def contents(found: Repository, version: FileSet, paths: Sequence[str]) -> dict[str, bytes]:
    """Return the contents of files of a version. Raises OSError if one of the working folder cannot be opened."""
    if version.commit is None:
        return {path: read_start(Path(version.files[path])) for path in paths}
    return dict(zip(paths, found.blobs(version.files[path] for path in paths), strict=True))
