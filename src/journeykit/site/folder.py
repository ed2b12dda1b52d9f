"""Write a site into a folder: whole or not at all, and without touching what it did not write.

New pages and those that changed are written into a folder beside the site and moved into their places at last; what
fails there is undone. A page that is as it was is not touched, nor is what the site did not write.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from journeykit.errors import JourneykitError, UsageError
from journeykit.files import MEBIBYTE, create_file, read_regular_file
from journeykit.output.paint import shown_name

MANIFEST = ".journeykit-site.json"
"""The marker of a folder that holds a site: the files of the site by their paths, and the addresses of journeys."""
VERSION = 1
LARGEST = 1024 * MEBIBYTE
"""The limit of the size of a file of a site that is read again."""


class Manifest(NamedTuple):
    """The files that a site was written as, and the folders of its journeys by their files."""

    files: frozenset[str] = frozenset()
    journeys: Mapping[str, str] = {}
    redirects: Mapping[str, str] = {}
    """Folders that journeys had before, with their files."""


class Known(NamedTuple):
    """A file as a build left it."""

    checksum: str
    stamp: tuple[int, ...] = ()
    """What the file system says of it, so that it need not be read again."""
    made: str = ""
    """The checksum of the page of a journey without what it says of others."""
    others: str = ""
    """The checksum of what it says of others."""


class OldSite:
    """The files of the site that is replaced."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        """Take the site in a folder, which need not exist."""
        self.path, self.manifest = path, manifest
        self.known: Mapping[str, Known] = {}
        """The files as the last build left them, from a place that nobody else can write."""
        self._checksums: dict[str, str] = {}

    @cached_property
    def present(self) -> dict[str, os.stat_result]:
        """The regular files of the manifest that are there and to which no link leads."""
        root, found, folders = str(self.path), {}, {"": True}

        def is_real(folder: str) -> bool:
            if folder not in folders:
                status = _status(f"{root}/{folder}") if is_real(folder.rpartition("/")[0]) else None
                folders[folder] = status is not None and stat.S_ISDIR(status.st_mode)
            return folders[folder]

        for name in self.manifest.files:
            if is_real(name.rpartition("/")[0]):
                status = _status(f"{root}/{name}")
                if status is not None and stat.S_ISREG(status.st_mode):
                    found[name] = status
        return found

    def checksum(self, name: str) -> str:
        """Return the checksum of a file; empty if the site does not have it."""
        if name not in self._checksums:
            status, known = self.present.get(name), self.known.get(name)
            if status is None:
                found = ""
            elif known and known.stamp == stamp(status):
                found = known.checksum
            else:
                with suppress(OSError):
                    found = checksum(read_regular_file(self.path / name, LARGEST, follow=False))
            self._checksums[name] = found
        return self._checksums[name]

    def as_left(self, name: str) -> Known | None:
        """Return what the last build noted of a file; None if it noted nothing, or the file is another one now."""
        known = self.known.get(name)
        return known if known and self.checksum(name) == known.checksum else None


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def stamp(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes with a file: on most systems nobody can set the last of these."""
    return status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns


def checksum(data: bytes) -> str:
    """Return the checksum of a file of a site."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class NewFolder:
    """A site that is being written, of which nobody knows yet."""

    def __init__(self, path: Path, old: OldSite | None = None) -> None:
        """Start with an empty folder that exists, for what is new or changed against the old site."""
        self.path = path
        self.old = old or OldSite(path, Manifest())
        self.staged: dict[str, Known | None] = {}
        """The files in this folder, and what is known of them."""
        self.kept: dict[str, Known | None] = {}
        """The files of the old site that stay, and what is known of them that the last build did not note."""

    @property
    def files(self) -> set[str]:
        """All files of the new site."""
        return self.kept.keys() | self.staged.keys()

    def write(self, name: str, data: bytes) -> None:
        """Write a file by its path from the folder on, with slashes; one that is as it was stays."""
        found = checksum(data)
        if name in self.old.manifest.files and self.old.checksum(name) == found:
            self.kept[name] = None
            return
        self.stage(name, data, Known(found))

    def stage(self, name: str, data: bytes, known: Known | None = None) -> None:
        """Write a file that is new or changed; a file that was staged before is replaced."""
        target = self.path / name
        if name in self.staged:
            target.unlink()
        try:
            create_file(target, data)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            create_file(target, data)
        self.kept.pop(name, None)
        self.staged[name] = known

    def take(self, old: str, new: str) -> None:
        """Take over a file of the old site, with its time; by another name by a second name for it, else by a copy."""
        if old == new:
            self.kept[new] = None
            return
        file, target = self.old.path / old, self.path / new
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target, follow_symlinks=False)
        except OSError:  # a file system without links
            shutil.copy2(file, target, follow_symlinks=False)
        self.staged[new] = self.old.as_left(old)

    def rename(self, old: str, new: str, known: Mapping[str, Known]) -> None:
        """Move a folder that was written by others; what is known of its files is by their names in it."""
        target = self.path / new
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(self.path / old, target)  # noqa: PTH104
        for folder, _, files in os.walk(target):
            inner = Path(folder).relative_to(target).as_posix()
            for file in files:
                name = file if inner == "." else f"{inner}/{file}"
                self.staged[f"{new}/{name}"] = known.get(name)

    def read(self, name: str) -> bytes:
        """Return a file of the new site."""
        root = self.path if name in self.staged else self.old.path
        return read_regular_file(root / name, LARGEST, follow=False)

    def left(self) -> Iterator[tuple[str, Known]]:
        """Yield what is known of each file, when the new site is in its place."""
        for name, kept in self.kept.items():
            known = kept or self.old.as_left(name) or Known(self.old.checksum(name))
            yield name, known._replace(stamp=stamp(self.old.present[name]))
        for name, staged in self.staged.items():
            if staged and (status := _status(f"{self.old.path}/{name}")):
                yield name, staged._replace(stamp=stamp(status))


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
def site_folder(output: Path) -> Iterator[NewFolder]:
    """Give a new folder, whose files take their places when the block ends without an error.

    Raises UsageError if the folder exists and is neither empty nor a site, or cannot be written.
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
        folder = NewFolder(new, OldSite(target, old or Manifest()))
        yield folder
        if old is None:
            os.rename(new, target)  # noqa: PTH104
        else:
            _exchange(folder)
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
    folder.write(MANIFEST, _described(Manifest(frozenset({*folder.files, MANIFEST}), journeys, redirects)))


def _described(manifest: Manifest) -> bytes:
    data = {
        "version": VERSION, "files": sorted(manifest.files), "journeys": dict(manifest.journeys),
        "redirects": dict(manifest.redirects),
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode("utf-8", "surrogatepass")


BOTH = ".both.json"
"""The manifest of the old and the new files, by which a build that was broken off is mended by the next one."""


def _exchange(folder: NewFolder) -> None:
    """Move the files of a new site into their places, and remove those that it does not have; all or none."""
    old, target, files = folder.old, folder.old.path, folder.files
    _check_way(folder)
    gone = [name for name in old.present if name not in files]
    moves = [(name, name) for name in sorted(folder.staged) if name != MANIFEST]
    if not files <= old.manifest.files:
        both = old.manifest._replace(files=old.manifest.files | files)
        create_file(folder.path / BOTH, _described(both))
        moves.insert(0, (BOTH, MANIFEST))
    away = Path(f"{folder.path}.old")
    away.mkdir(mode=0o700)
    done: list[tuple[Path, Path]] = []
    try:
        for name, to in [*moves, *[(MANIFEST, MANIFEST)] * (MANIFEST in folder.staged)]:
            place, was = target / to, away / str(len(done))
            place.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(place):
                _keep(place, was)
            done.append((place, was))
            os.replace(folder.path / name, place)  # noqa: PTH105
        for name in gone:
            place, was = target / name, away / str(len(done))
            os.rename(place, was)  # noqa: PTH104
            done.append((place, was))
    except BaseException:
        for place, was in reversed(done):
            with suppress(OSError):
                os.replace(was, place) if os.path.lexists(was) else os.unlink(place)  # noqa: PTH105, PTH108
        _remove_empty(target, (place.relative_to(target).as_posix() for place, _ in done))
        raise
    finally:
        shutil.rmtree(away, ignore_errors=True)
    _remove_empty(target, gone)


def _keep(place: Path, was: Path) -> None:
    """Give a file that is replaced a second name, so that it is never missing; where that cannot be, another name."""
    try:
        os.link(place, was, follow_symlinks=False)
    except OSError:
        os.rename(place, was)  # noqa: PTH104


def _check_way(folder: NewFolder) -> None:
    """Raise UsageError if something that the old site did not write is where a file has to be."""
    old, free = folder.old, {""}
    for name in sorted(folder.staged):
        steps = name.split("/")
        for part in ("/".join(steps[:n]) for n in range(1, len(steps))):
            if part not in free:
                status = _status(str(old.path / part))
                if status is not None and not stat.S_ISDIR(status.st_mode):
                    raise _in_the_way(part)
                free.add(part)
        status = _status(str(old.path / name))
        if status is not None and (name not in old.manifest.files or stat.S_ISDIR(status.st_mode)):
            raise _in_the_way(name)


def _in_the_way(name: str) -> UsageError:
    return UsageError(f"{shown_name(name)}: is in the way of a page", "move it, or name another folder with -o")


def _remove_empty(root: Path, names: Iterable[str]) -> None:
    """Remove the folders that files were removed from and that are empty now."""
    folders = {parent.as_posix() for name in names for parent in PurePosixPath(name).parents[:-1]}
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            os.rmdir(root / folder)  # noqa: PTH106
