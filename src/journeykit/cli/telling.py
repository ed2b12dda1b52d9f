"""What git compares in place of a journey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from journeykit.config import load_config
from journeykit.errors import ConfigError, UsageError
from journeykit.output.paint import shown_name
from journeykit.output.textconv import textconv
from journeykit.reading import Shared, read_bytes, read_text
from journeykit.reading.shared import NOTHING_SHARED

MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
"""What the lines around the versions start with: ours, the base (not always there), theirs, the end."""


def told(file: Path) -> bytes:
    """A journey in plain lines; any other file as it is, since a diff must not fail for what it shows."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown_name(str(file))}: cannot be read: {error.strerror}") from None
    try:
        text = _account(data, file.name, _shared())
    except Exception:  # a fault of ours is not worth a diff that stops in its midst
        text = ""
    return text.encode("utf-8", "backslashreplace") or data


def _account(data: bytes, name: str, shared: Shared) -> str:
    told = textconv(read_bytes(data, name, shared))
    if told or b"<<<<<<<" not in data:
        return told
    sides, markers = _taken_apart(data.decode("utf-8").replace("\r\n", "\n"))
    both = [textconv(read_text(side, name, shared)) for side in sides]
    return "".join(_both(both[0], both[1], markers)) if all(both) else ""


def _taken_apart(text: str) -> tuple[tuple[str, str], dict[str, str]]:
    """Our side of a text with conflicts, and theirs; and the lines that mark them."""
    ours: list[str] = []
    theirs: list[str] = []
    markers: dict[str, str] = {}
    inside = MARKS[3]
    for line in text.splitlines(keepends=True):
        if line[:7] in MARKS and MARKS.index(line[:7]) in _following(inside):
            inside = line[:7]
            markers.setdefault(inside, line)
            continue
        ours += [line] if inside in (MARKS[0], MARKS[3]) else []
        theirs += [line] if inside in (MARKS[2], MARKS[3]) else []
    return ("".join(ours), "".join(theirs)), markers


def _following(inside: str) -> tuple[int, ...]:
    return {MARKS[3]: (0,), MARKS[0]: (1, 2), MARKS[1]: (2,), MARKS[2]: (3,)}[inside]


def _both(ours: str, theirs: str, markers: dict[str, str]) -> Iterator[str]:
    """What both sides of a merge with conflicts say, with what differs between markers like those of the file."""
    from difflib import SequenceMatcher

    one, other = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    for kind, start, end, from_, to in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from one[start:end]
        else:
            yield from (markers[MARKS[0]], *one[start:end], markers[MARKS[2]], *other[from_:to], markers[MARKS[3]])


def _shared() -> Shared:
    """What the settings of the repository share; git runs this in its working folder, and the file lies elsewhere."""
    try:
        return load_config().shared
    except ConfigError:
        return NOTHING_SHARED
