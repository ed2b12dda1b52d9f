"""Find journey files: in a folder by their names, and any file that is given explicitly."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from journeykit.files import LARGEST_SETTINGS, read_regular_file
from journeykit.reading.gitignore import Pattern, decide, parse

INCLUDE = ("*.journey.yaml", "*.journey.yml", "journeys/**/*.yaml", "journeys/**/*.yml")
"""Patterns of journey files in a folder; one with a slash is matched against the end of the path."""

YAML = (".yaml", ".yml")


class DiscoveredFiles(NamedTuple):
    """The result of a search: journey files sorted by name, each once; other YAML files; paths that do not exist;
    folders and links that could not be followed, each with the reason."""

    files: list[Path]
    others: list[Path]
    missing: list[Path]
    unreadable: list[tuple[Path, str]]


def discover(paths: Iterable[Path], include: Sequence[str] = INCLUDE, exclude: Sequence[str] = ()) -> DiscoveredFiles:
    """Find journeys: each file in `paths`, and in each folder the files that `include` matches and git does not ignore.

    Links to folders, and links out of the repository, are not followed, folders whose name starts with a dot are
    skipped. Patterns are matched against
    paths from the root of the repository, so that it may be cloned to any folder.
    """
    found = DiscoveredFiles([], [], [], [])
    seen: dict[str, int] = {}
    others: dict[str, int] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  (pathlib raises where a name is too long)
            root = repository(path)
            ignores = _inherited(path, root)
            for file in () if ignores is None else _walk(path, ignores, root, exclude, found.unreadable):
                if _matches(file, root, include):
                    _add(found.files, file, seen)
                else:
                    _add(found.others, file, others)
        elif os.path.exists(path):  # noqa: PTH110
            _add(found.files, path, seen)
        else:
            found.missing.append(path)
    return found


def is_journey(file: Path, include: Sequence[str] = INCLUDE, exclude: Sequence[str] = ()) -> bool:
    """Return whether `discover` finds a file in the root of its repository. Does not call git."""
    return _matches(file, repository(file.parent), include) and not is_excluded(file, exclude)


def is_journey_of(folder: str, file: str, include: Sequence[str] = INCLUDE, exclude: Sequence[str] = ()) -> bool:
    """Return whether `discover` would find a file in a folder.

    Both are paths from the root of the repository, with slashes ("" is the root). The file system is not read, so that
    this works for files of other revisions too.
    """
    parts, depth = file.split("/"), len(folder.split("/")) if folder else 0
    if folder and parts[:depth] != folder.split("/"):
        return False
    if not file.endswith(YAML) or any(part.startswith(".") for part in parts[depth:-1]):
        return False
    steps = [parts[:n] for n in range(depth + 1, len(parts) + 1)]
    return any(_fits(parts, one) for one in include) and not any(_fits(s, one) for s in steps for one in exclude)


def is_excluded(path: Path, exclude: Sequence[str]) -> bool:
    """Return whether a file or folder, or a folder above it in its repository, matches a pattern."""
    root = repository(path if os.path.isdir(path) else path.parent)  # noqa: PTH112  (as in `discover`)
    absolute = _absolute(path)
    within = [absolute, *(parent for parent in absolute.parents if root is None or parent.is_relative_to(root))]
    return any(_matches(part, root, exclude) for part in within if part != root)


def _add(files: list[Path], file: Path, seen: dict[str, int]) -> None:
    """Add a file if it is new; a file replaces a link to it that was found before."""
    key = os.path.realpath(file)
    if key not in seen:
        seen[key] = len(files)
        files.append(file)
    elif files[seen[key]].is_symlink() and not file.is_symlink():
        files[seen[key]] = file


def _matches(path: Path, root: Path | None, patterns: Sequence[str]) -> bool:
    absolute = _absolute(path)
    parts = absolute.relative_to(root).parts if root else absolute.parts
    return any(_fits(parts, pattern) for pattern in patterns)


def _absolute(path: Path) -> Path:
    """Return an absolute path without `..`; unlike `Path.resolve`, this keeps links."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _fits(parts: Sequence[str], pattern: str) -> bool:
    """Return whether the last parts of a path fit a pattern; `**` stands for any number of folders."""
    wanted = pattern.strip("/").split("/")
    if "**" not in wanted:
        tail = parts[-len(wanted) :]
        return len(tail) == len(wanted) and all(map(fnmatchcase, tail, wanted))
    at = wanted.index("**")
    before, after = wanted[:at], wanted[at + 1 :]
    tail = parts[len(parts) - len(after) :]
    if len(tail) != len(after) or not all(map(fnmatchcase, tail, after)):
        return False
    rest = parts[: len(parts) - len(after)]
    return any(all(map(fnmatchcase, rest[i:], before)) for i in range(len(rest) - len(before) + 1))


def _walk(
    folder: Path,
    ignores: list[_Ignores],
    root: Path | None,
    exclude: Sequence[str],
    unreadable: list[tuple[Path, str]],
) -> Iterator[Path]:
    """Yield the YAML files below a folder, sorted, except those that git ignores or `exclude` matches.

    Folders that cannot be read, and links out of the repository, are added to `unreadable`.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:  # it was removed meanwhile
        return
    except OSError as error:
        unreadable.append((folder, error.strerror or "it cannot be listed"))
        return
    ignores = [*_gitignore(folder), *ignores]
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") if is_folder else not entry.name.endswith(YAML):
            continue
        path = folder / entry.name
        if _is_ignored(path, is_folder, ignores) or _matches(path, root, exclude):
            continue
        if is_folder:
            yield from _walk(path, ignores, root, exclude, unreadable)
        elif os.path.isfile(path):  # noqa: PTH113
            if entry.is_symlink() and root is not None and not _is_below(path, root):
                unreadable.append((path, "it is a link out of the repository, which is followed only if it is named"))
            else:
                yield path


def _is_below(link: Path, root: Path) -> bool:
    """Return whether a link leads to a file of the repository: what is wrong in a file is printed, and logged by CI."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))


def repository(folder: Path) -> Path | None:
    """Return the nearest folder, this one or a parent, that has a `.git`; None if there is none."""
    top = _absolute(folder)
    return next((parent for parent in (top, *top.parents) if os.path.exists(parent / ".git")), None)  # noqa: PTH110


class _Ignores(NamedTuple):
    """The patterns of a .gitignore file, and its folder."""

    base: str
    patterns: list[Pattern]


def _is_ignored(path: Path, is_folder: bool, ignores: list[_Ignores]) -> bool:
    """Return whether git ignores a path: the nearest .gitignore with a matching pattern decides."""
    for base, patterns in ignores:
        decided = decide(patterns, os.path.relpath(path, base).replace(os.sep, "/"), is_folder)
        if decided is not None:
            return decided
    return False


def _inherited(folder: Path, root: Path | None) -> list[_Ignores] | None:
    """Return the .gitignore files above a folder up to the root, the nearest first; None if they ignore the folder."""
    top = _absolute(folder)
    if root is None or root == top:
        return []
    ignores: list[_Ignores] = []
    inside = [parent for parent in (top, *top.parents) if root in parent.parents]
    for step in reversed(inside):
        ignores = [*_gitignore(step.parent), *ignores]
        if _is_ignored(step, True, ignores):
            return None
    return ignores


def _gitignore(folder: Path) -> list[_Ignores]:
    try:
        data = read_regular_file(folder / ".gitignore", LARGEST_SETTINGS, follow=False)  # git follows no link here
    except OSError:
        return []
    text = data.decode("utf-8", "replace")
    return [_Ignores(str(_absolute(folder)), parse(text.split("\n")))]
