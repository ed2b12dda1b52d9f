"""Merge what two people did to a text: by touchpoints and keys, else line by line."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from journeykit.changing.merging import Markers, merge_texts
from journeykit.errors import UsageError
from journeykit.git import merge_lines
from journeykit.project.merging import problem_of_lines
from journeykit.reading import Shared, read_text
from journeykit.source import KeyPath, Node, Source

MARKERS = Markers("here", "before", "the file", with_base=True)


class Merged(NamedTuple):
    """A merged text; with `conflicts` it has marks where both sides changed the same."""

    text: str
    conflicts: int


def merged(base: str, mine: str, theirs: str, name: str, shared: Shared) -> Merged:
    """Return two texts with a common `base` merged; what cannot be merged at all is one conflict of the whole text."""
    if theirs in (base, mine):
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    found = merge_texts(base, mine, theirs, name, shared, MARKERS)
    if found is not None and (found.conflicts or not found.findings):
        return Merged(found.text, found.conflicts)
    return _by_lines(base, mine, theirs, name, shared) or Merged(_whole(base, mine, theirs), 1)


def _by_lines(base: str, mine: str, theirs: str, name: str, shared: Shared) -> Merged | None:
    """Return the texts merged as git does; None without git, or if a journey would become none."""
    with TemporaryDirectory(prefix="journeykit-") as folder:
        files = [Path(folder, side) for side in ("mine", "base", "theirs")]
        for file, text in zip(files, (mine, base, theirs), strict=True):
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            found = merge_lines(
                files[0], files[1], files[2], (MARKERS.ours, MARKERS.base, MARKERS.theirs), MARKERS.size
            )
        except UsageError:
            return None
    if found is None:
        return None
    text = found.text.decode("utf-8", "replace")
    if not found.conflicts and problem_of_lines(*(read_text(one, name, shared) for one in (text, mine, theirs))):
        return None
    return Merged(text, found.conflicts)


def _whole(base: str, mine: str, theirs: str) -> str:
    def ended(text: str) -> str:
        return text if text.endswith("\n") or not text else f"{text}\n"

    size = MARKERS.size
    return (
        f"{'<' * size} {MARKERS.ours}\n{ended(mine)}{'|' * size} {MARKERS.base}\n{ended(base)}"
        f"{'=' * size}\n{ended(theirs)}{'>' * size} {MARKERS.theirs}\n"
    )


class Place(NamedTuple):
    """A place where both sides changed the same: its path in my text, and the lines of each."""

    path: KeyPath
    base: str
    mine: str
    theirs: str


_CONFLICT = re.compile(
    r"^<{7} [^\r\n]*(?:\r\n|\r|\n)(?P<mine>.*?)(?:^\|{7} [^\r\n]*(?:\r\n|\r|\n)(?P<base>.*?))?"
    r"^={7}(?:\r\n|\r|\n)(?P<theirs>.*?)^>{7} [^\r\n]*(?:\r\n|\r|\n|\Z)",
    re.MULTILINE | re.DOTALL,
)


def places_of(marked: str, name: str, shared: Shared) -> list[Place]:
    """Return the places of a text with marks."""
    mine = _CONFLICT.sub(lambda found: found["mine"], marked)
    source = read_text(mine, name, shared).source
    found, shift = [], 0
    for one in _CONFLICT.finditer(marked):
        path = path_at(source, one.start() - shift, len(one["mine"]))
        found.append(Place(path, one["base"] or "", one["mine"], one["theirs"]))
        shift += len(one[0]) - len(one["mine"])
    return found


def path_at(source: Source, start: int, length: int) -> KeyPath:
    """Return the path of the deepest key or item that has a stretch of text in it."""
    path: KeyPath = ()
    node: Node | None = source.root
    text = source.text[start : start + length]
    first = start + len(text) - len(text.lstrip(" -\r\n"))
    last = max(first, start + len(text.rstrip()) - 1)
    while node is not None and node.children:
        children: Any = node.children.items() if isinstance(node.children, dict) else enumerate(node.children)
        for step, child in children:
            value = getattr(child, "value", child)
            if child.start <= first and last < max(value.end, child.end):
                path, node = (*path, step), value
                break
        else:
            break
    return path
