"""Where files may be written: at and below what was named, through no link, in nothing hidden."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from journeykit.editing.refusal import ActRefusedError
from journeykit.files import create_file_inside, leads_inside, read_regular_file, replace_file_inside
from journeykit.output.paint import shown_name
from journeykit.reading.document import MAX_BYTES

MARK = "\ufeff"
REASONS = {
    "outside": "it lies outside of what `serve` was started with, or in a hidden folder",
    "link": "a part of its path is a link",
    "unreadable": "it cannot be read",
    "irregular": "it is no regular file",
    "read-only": "it is read-only",
}
"""Why a file is not written; the page says it in its own language."""


class Grounds(NamedTuple):
    """The files and folders that were named at the start."""

    named: tuple[Path, ...]

    def root_of(self, path: Path) -> Path | None:
        """Return the folder in which a file may be written; None if it may not."""
        path = Path(os.path.abspath(path))  # noqa: PTH100
        for one in self.named:
            root = Path(os.path.abspath(one))  # noqa: PTH100
            if not root.is_dir():
                if path == root:
                    return root.parent
            elif path.is_relative_to(root) and not any(part.startswith(".") for part in path.relative_to(root).parts):
                return root
        return None

    def folder(self) -> Path | None:
        """Return the first folder that was named."""
        return next((one for one in self.named if one.is_dir()), None)

    def why_not(self, path: Path) -> str:
        """Return why a file is not written, a key of REASONS; "" if it may be."""
        root = self.root_of(path)
        if root is None:
            return "outside"
        if not leads_inside(root, path):
            return "link"
        try:
            status = path.lstat()
        except FileNotFoundError:
            return ""
        except OSError:
            return "unreadable"
        if not stat.S_ISREG(status.st_mode):
            return "irregular"
        return "" if status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) else "read-only"

    def replace(self, path: Path, data: bytes, unchanged: Callable[[], None]) -> None:
        """Replace a file; `unchanged` is called just before, and raises if it is no longer the one that was read."""
        path, root = self._checked(path)
        try:
            replace_file_inside(root, path, data, check=unchanged)
        except OSError as error:
            raise _not_written(path, error.strerror or "") from None

    def create(self, path: Path, data: bytes) -> None:
        """Create a file, with its folder if that is missing. Raises ActRefusedError if there is one already."""
        path, root = self._checked(path)
        try:
            create_file_inside(root, path, data)
        except FileExistsError:
            raise ActRefusedError(f"{shown_name(path.name)} is there already", "choose another name") from None
        except OSError as error:
            raise _not_written(path, error.strerror or "") from None

    def _checked(self, path: Path) -> tuple[Path, Path]:
        """Return a path and the folder that it is written in, both from the root of the system."""
        path = Path(os.path.abspath(path))  # noqa: PTH100
        root = self.root_of(path)
        if why := self.why_not(path):
            raise _not_written(path, REASONS[why])
        assert root is not None
        return path, root


def _not_written(path: Path, why: str) -> ActRefusedError:
    return ActRefusedError(f"{shown_name(path.name)} is not written: {why}", "edit it where it lies")


class OnDisk(NamedTuple):
    """A file as it is on the disk: its text without a byte order mark; None if a `problem` says why there is none."""

    text: str | None
    mark: str = ""
    problem: str = ""
    missing: bool = False


def read_disk(path: Path, *, follow: bool) -> OnDisk:
    """Read the text of a file, or of what a link leads to if it is to `follow`; never raises."""
    try:
        data = read_regular_file(path, MAX_BYTES, follow=follow)
    except FileNotFoundError:
        return OnDisk(None, problem="the file is not there any more", missing=True)
    except OSError as error:
        return OnDisk(None, problem=f"the file cannot be read: {error.strerror}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return OnDisk(None, problem="the file is not UTF-8")
    mark = MARK if text.startswith(MARK) else ""
    return OnDisk(text.removeprefix(MARK), mark)


def signature(path: Path) -> Sequence[int] | None:
    """Return what tells whether a file, or what a link leads to, changed; None if there is none."""
    try:
        own, status = path.lstat(), path.stat()
    except OSError:
        return None
    return own.st_ino, own.st_mode, status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode
