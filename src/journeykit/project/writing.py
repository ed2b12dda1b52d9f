"""Write files whole or not at all; what the user can set right is a UsageError."""

from __future__ import annotations

import os
import stat
from collections.abc import Set
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.files import read_regular_file, replace_file_inside, replace_found_file
from journeykit.output.paint import shown_name

BOM = b"\xef\xbb\xbf"


def refuse_if_there(path: Path, help: str) -> None:
    """Raise UsageError if there is something at a path, a link that leads nowhere too."""
    if os.path.lexists(path):
        raise UsageError(f"{shown_name(str(path))} is there already", help)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file that the user named; raise UsageError if it cannot be written."""
    write_found(path, data, frozenset((path,)))


def write_found(path: Path, data: bytes, named: Set[Path]) -> None:
    """Replace a file; raise UsageError if it cannot be written, or is a link and not among the `named` paths."""
    try:
        replace_found_file(path, data, named)
    except OSError as error:
        raise UsageError(f"{shown_name(str(path))}: cannot be written: {error.strerror}") from None


def write_inside(root: Path, path: Path, data: bytes) -> None:
    """Replace a file below `root` by a path that a repository gave; raise UsageError if it leads out or is a link."""
    try:
        replace_file_inside(root, path, data, make_folders=True)
    except OSError as error:
        raise UsageError(f"{shown_name(str(path))}: cannot be written: {error.strerror}") from None


def make_folder(folder: Path) -> None:
    """Create a folder that does not exist; raise UsageError if it cannot be created."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown_name(str(folder))}: cannot be made: {error.strerror}") from None


def rewrite(path: Path, old: str, new: str, named: Set[Path]) -> str:
    """Replace the text of a file that still holds the old one; return why it could not be, or "".

    A byte order mark is kept. A link is followed if it is among the paths that the user `named`.
    """
    if new == old:
        return ""
    name = shown_name(str(path))
    try:
        data = read_regular_file(path)
        mark = BOM if data.startswith(BOM) else b""
        held = data.removeprefix(BOM)
        if held == new.encode():  # the same file under another name
            return ""
        if held != old.encode():
            return f"{name}: not written: it changed while it was read"
        if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            return f"{name}: cannot be written: it is read-only"
        replace_found_file(path, mark + new.encode(), named)
    except OSError as error:
        return f"{name}: cannot be written: {error.strerror}"
    return ""


def numbered(path: Path, page: int) -> Path:
    """Return the file of one of several pages."""
    return path.with_stem(f"{path.stem}-{page}")
