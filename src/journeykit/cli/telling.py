"""What git compares in place of a journey."""

from __future__ import annotations

from pathlib import Path

from journeykit.config import load_config
from journeykit.errors import ConfigError, UsageError
from journeykit.output.account import account
from journeykit.output.paint import shown_name
from journeykit.reading import Shared, read_bytes
from journeykit.reading.shared import NOTHING_SHARED


def told(file: Path) -> bytes:
    """A journey in plain lines; any other file as it is, since a diff must not fail for what it shows."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown_name(str(file))}: cannot be read: {error.strerror}") from None
    try:
        text = account(read_bytes(data, file.name, _shared()))
    except Exception:  # a fault of ours is not worth a diff that stops in its midst
        text = ""
    return text.encode("utf-8", "backslashreplace") or data


def _shared() -> Shared:
    """What the settings of the repository share; git runs this in its working folder, and the file lies elsewhere."""
    try:
        return load_config().shared
    except ConfigError:
        return NOTHING_SHARED
