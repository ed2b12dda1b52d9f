"""Write a site into a folder: whole or not at all, and without touching what it did not write.

The pages are written into a new folder beside the old one, which then takes its place. What the old one holds besides
the files of its manifest is moved into the new one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from journeykit.errors import JourneykitError, UsageError
from journeykit.files import MEBIBYTE, create_file, read_regular_file
from journeykit.output.paint import shown_name

MANIFEST = ".journeykit-site.json"
"""The marker of a folder that holds a site: the files of the site by their paths, and the addresses of journeys."""
VERSION = 1


class Manifest(NamedTuple):
    """The files that a site was written as, and the folders of its journeys by their files."""

    files: frozenset[str] = frozenset()
    journeys: Mapping[str, str] = {}
    redirects: Mapping[str, str] = {}
    """Folders that journeys had before, with their files."""


class NewFolder:
    """A folder that is being written, of which nobody knows yet."""

    def __init__(self, path: Path, old: Path | None = None, has: Container[str] = ()) -> None:
        """Start with an empty folder that exists. `old` is the folder of the old site, which has the files `has`."""
        self.path = path
        self.files: set[str] = set()
        self._old, self._has = old, has

    def write(self, name: str, data: bytes) -> None:
        """Write a file by its path from the folder on, with slashes; one that is as it was is taken over."""
        if self._old is not None and name in self._has and _is(self._old / name, data, self._old):
            self.take(self._old / name, name)
            self.files.add(name)
            return
        target = self.path / name
        try:
            create_file(target, data)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            create_file(target, data)
        self.files.add(name)

    def rewrite(self, name: str, data: bytes) -> None:
        """Write a file anew; the one that the old site may share with this one stays as it is."""
        (self.path / name).unlink()
        self.write(name, data)

    def take(self, file: Path, name: str) -> None:
        """Take over a regular file of the old site, with its time: by a second name for it, else by a copy."""
        target = self.path / name
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target, follow_symlinks=False)
        except OSError:  # a file system without links
            shutil.copy2(file, target, follow_symlinks=False)

    def rename(self, old: str, new: str) -> None:
        """Move a folder that was written by others."""
        target = self.path / new
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(self.path / old, target)  # noqa: PTH104
        self.files.update(f"{new}/{name}" for name in _entries_below(target))


def _is(file: Path, data: bytes, root: Path) -> bool:
    """Return whether a file below a folder, to which no link leads, is regular and has these bytes."""
    try:
        status = file.lstat()
        if status.st_size != len(data) or Path(os.path.realpath(file.parent)) != Path(os.path.realpath(root)) / (
            file.parent.relative_to(root)
        ):
            return False
        return read_regular_file(file, len(data) + 1, follow=False) == data
    except OSError:
        return False


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder; None if it has none that can be read."""
    try:
        data = json.loads(read_regular_file(folder / MANIFEST, 64 * MEBIBYTE, follow=False))
        files = frozenset(name for name in data["files"] if _is_inside(name))
        return Manifest(files, _names(data["journeys"]), _names(data["redirects"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _is_inside(name: Any) -> bool:
    """Return whether a name of a manifest stays in its folder."""
    return isinstance(name, str) and "\0" not in name and not (
        PurePosixPath(name).is_absolute() or {"..", ""} & {*name.replace("\\", "/").split("/")} or ":" in name
    )  # fmt: skip


def _names(table: Any) -> dict[str, str]:
    return {key: value for key, value in table.items() if isinstance(key, str) and _is_inside(value)}


@contextmanager
def site_folder(output: Path) -> Iterator[tuple[NewFolder, Manifest]]:
    """Give a new folder, and the manifest of the old one, whose place it takes when the block ends without an error.

    Raises UsageError if the folder exists and is neither empty nor a site, or cannot be replaced.
    """
    target = Path(os.path.realpath(output))
    old = _check(target, output)
    new = target.with_name(f".{target.name}.{os.urandom(6).hex()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir(mode=0o755)
    except OSError as error:
        raise _failed(output, error) from None
    try:
        folder = NewFolder(new, target, (old or Manifest()).files)
        yield folder, old or Manifest()
        _exchange(folder, target, old)
    except JourneykitError:  # some are errors of the system too
        raise
    except OSError as error:
        raise _failed(output, error) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _failed(output: Path, error: OSError) -> UsageError:
    return UsageError(f"{shown_name(str(output))}: cannot be written: {error.strerror}")


def _check(target: Path, output: Path) -> Manifest | None:
    """Return the manifest of the folder that exists; None if there is no folder, or an empty one."""
    if not os.path.lexists(target):
        return None
    if not target.is_dir():
        raise UsageError(f"{shown_name(str(output))}: is no folder", "name a folder with -o")
    manifest = read_manifest(target)
    if manifest is None and any(target.iterdir()):
        raise UsageError(
            f"{shown_name(str(output))}: holds other files, and no site of journeykit", "name an empty folder with -o"
        )
    return manifest or Manifest()


def write_manifest(folder: NewFolder, journeys: Mapping[str, str], redirects: Mapping[str, str]) -> None:
    """Write the manifest, which is the last file."""
    files = sorted({*folder.files, MANIFEST})
    data = {"version": VERSION, "files": files, "journeys": dict(journeys), "redirects": dict(redirects)}
    folder.write(MANIFEST, (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode("utf-8", "surrogatepass"))


def _exchange(folder: NewFolder, target: Path, old: Manifest | None) -> None:
    """Put the new folder into the place of the old one, and move into it what the site did not write."""
    if old is None:
        os.rename(folder.path, target)  # noqa: PTH104
        return
    others = [name for name in _entries_below(target) if name not in old.files]
    others = [name for name in others if not (folder.path / name).is_dir() or (target / name).is_symlink()]
    for name in others:
        if name in folder.files or (folder.path / name).is_dir():
            raise UsageError(f"{shown_name(name)}: is in the way of a page", "move it, or name another folder with -o")
    away = target.with_name(f"{folder.path.name}.old")
    os.rename(target, away)  # noqa: PTH104
    try:
        os.rename(folder.path, target)  # noqa: PTH104
    except OSError:
        os.rename(away, target)  # noqa: PTH104
        raise
    for name in others:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.rename(away / name, target / name)  # noqa: PTH104
    _remove(away, old.files)


def _remove(root: Path, names: Container[str]) -> None:
    """Remove the files of a folder that the manifest names, and folders that are empty then; no link is followed."""
    for name in [*_entries_below(root)]:
        if name in names:
            with suppress(OSError):
                os.unlink(os.path.join(root, name))  # noqa: PTH108, PTH118
    for folder, _, _ in os.walk(root, topdown=False):
        with suppress(OSError):
            os.rmdir(folder)  # noqa: PTH106


def _entries_below(root: Path) -> Iterator[str]:
    """Yield the files of a folder, and links as they are, whatever they lead to; and folders that are empty."""
    for folder, folders, files in os.walk(root):
        inner = Path(folder).relative_to(root).as_posix()
        before = "" if inner == "." else f"{inner}/"
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        yield from (before + name for name in (*files, *linked))
        if before and not files and not folders:
            yield inner
