"""Replace other names of built-in channels (`e-mail`, `telephone`) by their ids (`email`, `phone`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeykit.changing.edits import Edit
from journeykit.model import Journey
from journeykit.model.meaning import Word
from journeykit.source import KeyPath, Source
from journeykit.vocabulary.channels import canonical_channel

_QUOTED = re.compile(r"""(["']?)([^"'\n]*)\1""")
_BEHIND_PROPERTY = re.compile(r"(?:^|[\s\[{,:-])[&!][^\s,\[\]{}]*\s+\Z")


def channel_edits(source: Source, journey: Journey) -> list[Edit]:
    """Return edits that replace names of channels by their ids.

    A name that the file defines itself stays, and so does one whose id would then be in the list twice.
    """
    edits: list[Edit] = []
    for path, name, others in _uses(journey):
        id = canonical_channel(name)
        if not source.has(path):  # a single channel is written without a list
            path = path[:-1]
        if id and id != name and name not in journey.channels and id not in others and source.has(path):
            edits += _edit(source, path, name, id)
    return edits


def _uses(journey: Journey) -> Iterator[tuple[KeyPath, str, set[str]]]:
    """Yield the path of each channel, its name, and the ids of the other channels in its list."""
    for path, name, meaning, _, holder in journey.leaves(Word):
        if meaning.kind == "channel":
            others = holder if isinstance(holder, tuple) else ()
            yield path, name, {canonical_channel(other) or other for other in others if other != name}


def _edit(source: Source, path: KeyPath, name: str, id: str) -> Iterator[Edit]:
    """Yield the edit of one name; nothing if it has an anchor or tag, or is not a simple text."""
    start, end = source.locate(path)
    found = _QUOTED.fullmatch(source.text, start, end)
    line_start = source.text.rfind("\n", 0, start) + 1
    if found and found[2].strip() == name and not _BEHIND_PROPERTY.search(source.text[line_start:start]):
        yield Edit(start, end, f"{found[1]}{id}{found[1]}")
