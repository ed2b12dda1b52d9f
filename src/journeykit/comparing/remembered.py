"""Verdicts on texts that were scored before, kept in the user's cache folder.

A verdict is known by the text's id in git, under the version of this program and the settings by which it was scored.
Nothing here ever fails: what cannot be read or written is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from journeykit._version import __version__
from journeykit.comparing.history import VersionScores
from journeykit.files import read_regular_file, replace_file_inside
from journeykit.reading import Shared
from journeykit.scoring import Settings

FORMAT = 1
"""Of the files; raised when they are written in another way."""
MOST_VERDICTS = 4000
"""In a file; the newest are kept."""
MOST_FILES = 32
"""The least recently used go."""
PARTS = ("model", "reading", "scoring", "vocabulary")
"""What a verdict comes of: another state of these parts of the program is another program."""


def folder() -> Path | None:
    """Where this system keeps what programs can make again; None where there is no such place."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base, "journeykit", "Cache") if base else None
    with suppress(RuntimeError):  # a user without a home
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "journeykit"
        given = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(given) if os.path.isabs(given) else Path.home() / ".cache") / "journeykit"  # noqa: PTH117
    return None


def file_of(repository: Path, settings: Settings, shared: Shared) -> Path | None:
    """The file of the verdicts in a repository under these settings."""
    base = folder()
    if base is None:
        return None
    told = [FORMAT, _program(), str(repository), asdict_of(settings), shared._asdict()]
    name = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode("utf-8", "backslashreplace")).hexdigest()
    return base / "history" / f"{name[:32]}.json"


def asdict_of(settings: Settings) -> dict[str, Any]:
    """Settings as plain data."""
    return {field.name: getattr(settings, field.name) for field in fields(settings)} | {
        "weights": settings.weights.model_dump()
    }


def _program() -> list[Any]:
    """The version, and how large and new the modules are: a checkout changes without its version."""
    here = Path(__file__).parents[1]
    found: list[Any] = [__version__]
    for part in PARTS:
        for path in sorted((here / part).rglob("*")):
            with suppress(OSError):
                if path.suffix != ".pyc" and path.is_file():
                    found.append((path.name, path.stat().st_size, path.stat().st_mtime_ns))
    return found


def recalled(file: Path | None) -> dict[str, VersionScores]:
    """The verdicts of a file by blob, the oldest first; none where it is not there, or broken."""
    if file is None:
        return {}
    try:
        kept = json.loads(read_regular_file(file, follow=False))
        return {blob: _verdict(plain) for blob, plain in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}


def _verdict(plain: Any) -> VersionScores:
    """A verdict as it was kept; TypeError or ValueError where it is none."""
    made = VersionScores(**plain)
    low_points = tuple((id, kind) for id, kind in made.low_points)
    numbers = (made.score, made.half_width, made.mean, made.peak, made.valley, made.line)
    texts = (made.title, made.lang, made.fault, *made.peaks, *(word for low in low_points for word in low))
    whole = all(isinstance(one, int) for one in (made.touchpoints, made.rated))
    if not (whole and all(isinstance(one, str) for one in texts)):
        raise TypeError
    if any(one is not None and not isinstance(one, float | int) for one in numbers):
        raise TypeError
    return VersionScores(**{**plain, "low_points": low_points, "peaks": tuple(made.peaks)})


def keep(file: Path | None, known: Mapping[str, VersionScores]) -> None:
    """Write verdicts down, for this user only, and drop what was not used for long."""
    if file is None:
        return
    with suppress(OSError):
        base = file.parent.parent.parent  # the user's; what is below it is ours, and no link
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        newest = list(known.items())[-MOST_VERDICTS:]
        text = json.dumps({blob: asdict(verdict) for blob, verdict in newest}, separators=(",", ":"))
        replace_file_inside(base, file, text.encode("ascii"), make_folders=True, mode=0o600)
        by_age = sorted(file.parent.glob("*.json"), key=lambda path: path.lstat().st_mtime_ns)
        for old in by_age[:-MOST_FILES]:
            old.unlink(missing_ok=True)


def touch(file: Path | None) -> None:
    """Say that a file was used."""
    if file is not None:
        with suppress(OSError):
            os.utime(file)
