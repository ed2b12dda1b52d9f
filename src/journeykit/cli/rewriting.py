"""Files that get a new text: only where they still hold the old one, whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

from journeykit.files import replace_file
from journeykit.output.paint import shown_name

BOM = b"\xef\xbb\xbf"


def rewrite(path: Path, old: str, new: str) -> str:
    """Put a new text into a file; a byte order mark, a link and the file's mode stay. Gives what went wrong, or ""."""
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
