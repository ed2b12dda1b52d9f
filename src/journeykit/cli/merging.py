"""What git runs to merge a journey: by what it says, else line by line as git does."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from journeykit.changing.merging import Markers, Merged, merged
from journeykit.cli.console import say, write_bytes
from journeykit.config import load_config
from journeykit.errors import ConfigError, UsageError
from journeykit.git import merge_lines, setting
from journeykit.output.paint import shown_name
from journeykit.reading import Shared
from journeykit.reading.document import MAX_BYTES
from journeykit.reading.shared import NOTHING_SHARED


class Asked(NamedTuple):
    """The three files, the name of what they are versions of, and how conflicts are marked."""

    base: Path
    ours: Path
    theirs: Path
    name: str
    markers: Markers


def merge_files(asked: Asked) -> int:
    """Write the merge over ours. Exit status: 0 if it is clean, 1 if somebody has to look at it."""
    try:
        found = _merged(asked)
    except (OSError, UsageError):
        raise
    except Exception as error:  # whatever it is: both sides must be in the file when git goes on
        say(f"journeykit: {shown_name(asked.name)}: merged line by line: {type(error).__name__}: {error}")
        found = None
    if found is None:
        return _by_lines(asked)
    write_bytes(asked.ours, found.text.encode("utf-8"))
    if found.findings:
        _complain(asked.name, found.findings[0].start.line, found.findings[0].message)
    return 1 if found.conflicts or found.findings else 0


def _merged(asked: Asked) -> Merged | None:
    texts = []
    for path in (asked.base, asked.ours, asked.theirs):
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            return None
        try:
            texts.append(data.decode("utf-8"))
        except UnicodeDecodeError:
            return None
    base, ours, theirs = texts
    style = setting(Path.cwd(), "merge.conflictStyle") or ""
    markers = asked.markers._replace(with_base=style.lower() in ("diff3", "zdiff3"))
    return merged(base, ours, theirs, asked.name, shared_with(asked.name), markers)


def shared_with(name: str) -> Shared:
    """What the settings around a file share with it; nothing where they cannot be read, as in the midst of a merge."""
    try:
        return load_config(start=Path(name).absolute().parent).shared
    except ConfigError:
        return NOTHING_SHARED


def _by_lines(asked: Asked) -> int:
    names = (asked.markers.ours, asked.markers.base, asked.markers.theirs)
    found = merge_lines(asked.ours, asked.base, asked.theirs, names, asked.markers.size)
    if found is None:
        say(f"journeykit: {shown_name(asked.name)}: cannot be merged, ours is left as it is")
        return 1
    was_journey = all(_is_journey(path.read_bytes(), asked.name) for path in (asked.ours, asked.theirs))
    write_bytes(asked.ours, found.text)
    if found.conflicts:
        return 1
    if was_journey and (problem := _problem(found.text, asked.name)):
        _complain(asked.name, *problem)
        return 1
    return 0


def _is_journey(data: bytes, name: str) -> bool:
    return _problem(data, name) is None


def _problem(data: bytes, name: str) -> tuple[int, str] | None:
    """The first thing for which a file is no journey: its line, and what it is."""
    from journeykit.reading import read_bytes

    document = read_bytes(data, name, shared_with(name))
    if document.journey is not None:
        return None
    first = document.findings[0]
    return first.start.line, first.message


def _complain(name: str, line: int, message: str) -> None:
    say(f"journeykit: {shown_name(name)}: merged, but no longer a journey: line {line}: {message}")
    say("  mend it, and see: journeykit validate")


def label(given: str, otherwise: str) -> str:
    """What git calls a version; older ones hand over the placeholder as it stands."""
    return otherwise if not given or given.startswith("%") else given
