"""Which files are journeys: by name in a folder, any name when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

INCLUDE = ("*.journey.yaml", "*.journey.yml", "journeys/**/*.yaml", "journeys/**/*.yml")
"""What is taken for a journey in a folder; a pattern with a slash is matched against the end of the path."""

YAML = (".yaml", ".yml")


@dataclass
class Found:
    """Journey files in order of their names, each once; other YAML files that were seen; paths that are not there."""

    files: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)


def discover(paths: Iterable[Path], include: Sequence[str] = INCLUDE, exclude: Sequence[str] = ()) -> Found:
    """Find journeys: a file as it is named, in a folder all that `include` matches and .gitignore does not.

    Links to folders are not followed; folders whose name starts with a dot are passed over.
    """
    found = Found()
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            for file in _below(path, exclude):
                _add(found.files if _matches(file, include) else found.others, file, seen)
        elif path.exists():
            _add(found.files, path, seen)
        else:
            found.missing.append(path)
    return found


def _add(files: list[Path], file: Path, seen: set[str]) -> None:
    key = os.path.realpath(file)
    if key not in seen:
        seen.add(key)
        files.append(file)


def _matches(path: Path, patterns: Sequence[str]) -> bool:
    parts = _absolute(path).parts
    return any(_fits(parts, pattern) for pattern in patterns)


def _absolute(path: Path) -> Path:
    """A path from the root without `..`; unlike `resolve`, a link in it stays what it is called."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _fits(parts: Sequence[str], pattern: str) -> bool:
    """Whether the last parts of a path fit a pattern; `**` stands for any number of folders."""
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


Ignored = Callable[[str, bool], bool]


def _below(folder: Path, exclude: Sequence[str]) -> Iterator[Path]:
    """All YAML files below a folder, sorted, without what git ignores or `exclude` names."""
    yield from _walk(folder, _inherited(folder), exclude)


def _walk(folder: Path, ignores: list[Ignored], exclude: Sequence[str]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return  # a folder that may not be read holds nothing for us
    ignores = [*ignores, *_gitignore(folder)]
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and not entry.name.endswith(YAML):
            continue
        path = folder / entry.name
        if _is_ignored(path, is_folder, ignores) or _matches(path, exclude):
            continue
        if is_folder and not entry.name.startswith("."):
            yield from _walk(path, ignores, exclude)
        elif not is_folder and entry.is_file():
            yield path


def _is_ignored(path: Path, is_folder: bool, ignores: list[Ignored]) -> bool:
    return any(ignored(str(_absolute(path)), is_folder) for ignored in ignores)


def _inherited(folder: Path) -> list[Ignored]:
    """The .gitignore files of the folders above, up to the root of the repository."""
    top = _absolute(folder)
    parents = [top, *top.parents]
    root = next((n for n, parent in enumerate(parents) if (parent / ".git").exists()), None)
    if root is None:
        return []
    above = parents[1 : root + 1]
    return [ignored for parent in reversed(above) for ignored in _gitignore(parent)]


def _gitignore(folder: Path) -> list[Ignored]:
    path = folder / ".gitignore"
    if not path.is_file():
        return []
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(path.read_text(encoding="utf-8", errors="replace").splitlines())
    base = str(_absolute(folder))

    def ignored(path: str, is_folder: bool) -> bool:
        return spec.match_file(os.path.relpath(path, base) + ("/" if is_folder else ""))

    return [ignored]
