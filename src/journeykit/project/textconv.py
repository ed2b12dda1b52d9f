"""Return the text that git compares instead of a journey's YAML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.files import read_regular_file
from journeykit.output.paint import shown, shown_name
from journeykit.output.textconv import textconv
from journeykit.project.workspace import Workspace
from journeykit.reading import Document, read_bytes, read_text

MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
"""How lines start that mark ours, the base (not always there), theirs and the end."""


def text_for_git(workspace: Workspace, file: Path) -> bytes:
    """Return a journey in plain lines, any other file as it is: a diff must not fail because of what it shows."""
    try:
        data = read_regular_file(file)
    except OSError as error:
        raise UsageError(f"{shown_name(str(file))}: cannot be read: {error.strerror}") from None
    try:
        text = _text_of(workspace, data, file.name)
    except Exception:  # an error of ours must not stop the whole diff
        text = ""
    return (text or _unchanged(data)).encode("utf-8", "backslashreplace")


def _unchanged(data: bytes) -> str:
    """Return a text without control characters, otherwise unchanged."""
    text = data.decode("utf-8", "backslashreplace")
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("\t".join(map(shown, line.split("\t"))) for line in lines)


def _text_of(workspace: Workspace, data: bytes, name: str) -> str:
    shared = workspace.settings.shared
    text = _textconv(workspace, read_bytes(data, name, shared))
    if text or b"<<<<<<<" not in data:
        return text
    sides, markers = _split_sides(data.decode("utf-8").replace("\r\n", "\n"))
    both = [_textconv(workspace, read_text(side, name, shared)) for side in sides]
    return "".join(_joined_sides(both[0], both[1], markers)) if all(both) else ""


def _textconv(workspace: Workspace, document: Document) -> str:
    return "" if document.journey is None else textconv(document, workspace.scoring_settings(document.journey))


def _split_sides(text: str) -> tuple[tuple[str, str], dict[str, str]]:
    """Return our side of a text with conflicts, their side, and the lines that mark them."""
    ours: list[str] = []
    theirs: list[str] = []
    markers: dict[str, str] = {}
    inside = MARKS[3]
    for line in text.splitlines(keepends=True):
        if line[:7] in MARKS and MARKS.index(line[:7]) in _following(inside):
            inside = line[:7]
            markers.setdefault(inside, f"{shown(line.rstrip())}\n")  # its label is anybody's text
            continue
        ours += [line] if inside in (MARKS[0], MARKS[3]) else []
        theirs += [line] if inside in (MARKS[2], MARKS[3]) else []
    return ("".join(ours), "".join(theirs)), markers


def _following(inside: str) -> tuple[int, ...]:
    return {MARKS[3]: (0,), MARKS[0]: (1, 2), MARKS[1]: (2,), MARKS[2]: (3,)}[inside]


def _joined_sides(ours: str, theirs: str, markers: dict[str, str]) -> Iterator[str]:
    """Yield the lines of both sides, those that differ between markers like those of the file."""
    from difflib import SequenceMatcher

    one, other = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    for kind, start, end, from_, to in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from one[start:end]
        else:
            yield from (markers[MARKS[0]], *one[start:end], markers[MARKS[2]], *other[from_:to], markers[MARKS[3]])
