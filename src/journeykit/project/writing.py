"""Write files whole or not at all; what the user can set right is a UsageError."""

from __future__ import annotations

import stat
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.files import replace_file
from journeykit.output.paint import shown_name

BOM = b"\xef\xbb\xbf"


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file; raise UsageError if it cannot be written."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(f"{shown_name(str(path))}: cannot be written: {error.strerror}") from None


def make_folder(folder: Path) -> None:
    """Create a folder that does not exist; raise UsageError if it cannot be created."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown_name(str(folder))}: cannot be made: {error.strerror}") from None


def rewrite(path: Path, old: str, new: str) -> str:
    """Replace the text of a file that still holds the old one; return why it could not be, or "".

    A byte order mark, a link and the file's mode are kept.
    """
    if new == old:
        return ""
    name = shown_name(str(path))
    try:
        data = path.read_bytes()
        mark = BOM if data.startswith(BOM) else b""
        held = data.removeprefix(BOM)
        if held == new.encode():  # the same file under another name
            return ""
        if held != old.encode():
            return f"{name}: not written: it changed while it was read"
        if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            return f"{name}: cannot be written: it is read-only"
        replace_file(path, mark + new.encode())
    except OSError as error:
        return f"{name}: cannot be written: {error.strerror}"
    return ""
