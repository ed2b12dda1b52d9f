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
    if path.exists() and not path.is_file() and not path.is_dir():  # /dev/null, a pipe: nothing to put in its place
        path.write_bytes(data)
        return
    target = Path(os.path.realpath(path))
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    name = target.with_name(f".journeykit.{os.urandom(8).hex()}")
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        name.chmod(mode)
        name.replace(target)
    except BaseException:
        with suppress(OSError):
            name.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
