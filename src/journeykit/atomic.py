"""Files replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside the old one and move it into place; a link is followed, the file's mode kept.

    Raises OSError; the old file is then as it was.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # /dev/null, a pipe
        path.write_bytes(data)  # there is nothing to put in its place
        return
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    name = target.with_name(f".journeykit.{os.urandom(8).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(name, flags, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if mode is not None:
            name.chmod(stat.S_IMODE(mode))
        name.replace(target)
    except BaseException:
        with suppress(OSError):
            name.unlink()
        raise
