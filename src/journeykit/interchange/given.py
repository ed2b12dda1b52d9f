"""What an importer is given, and what it returns; what an exporter is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.model import Journey
from journeykit.scoring import Rated, Settings, score
from journeykit.source import KeyOrValue, KeyPath


@dataclass(frozen=True)
class Given:
    """A file to import, and what the user said about it."""

    name: str
    data: bytes
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headers of columns, and the fields that they are."""
    scale: str | None = None
    """The scale of the scores in the file."""
    lang: str | None = None
    """The language of the file."""
    persona: str | None = None
    """The persona whose journey is wanted."""

    @property
    def stem(self) -> str:
        """The name of the file without its endings."""
        return Path(self.name).name.split(".")[0] or "journey"

    @cached_property
    def text(self) -> str | None:
        """The file as text; None if it is no text."""
        return decoded(self.data)

    @cached_property
    def json(self) -> Any:
        """The file as JSON; None if it is none."""
        try:
            return json.loads(self.text or "")
        except (ValueError, RecursionError):
            return None


def dicts_in(value: object) -> list[dict[str, Any]]:
    """Return the mappings in a list; nothing if it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def decoded(data: bytes) -> str | None:
    """Return bytes as text: UTF-8, UTF-16 with a mark or without, else Windows-1252; None if they are no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16")
    try:
        text = data.decode("utf-8-sig")
        return text if "\0" not in text else _without_mark(data)
    except UnicodeDecodeError:
        if b"\0" in data:
            return _without_mark(data)
        return _decode(data, "cp1252")


def _without_mark(data: bytes) -> str | None:
    """Return UTF-16 without a byte order mark as text: every other byte of it is mostly 0."""
    half = max(len(data) // 2, 1)
    odd, even = data[1::2].count(0) / half, data[::2].count(0) / half
    encoding = "utf-16-le" if odd > 0.3 > even else "utf-16-be" if even > 0.3 > odd else ""
    return _decode(data, encoding) if encoding else None


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


@dataclass(frozen=True)
class ToWrite:
    """A journey to export, how it is scored, and what the user asked for."""

    journey: Journey
    settings: Settings | None = None
    """How it is scored; None for the settings of its file."""
    options: frozenset[str] = frozenset()
    """The options of the format that are set, such as `no-bom`."""

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """The touchpoints with their scores, in order."""
        return score(self.journey, self.settings).touchpoints

    @property
    def scores(self) -> dict[str, float]:
        """The scores that are shown, by the ids of their touchpoints."""
        return {one.id: one.score for one in self.rated if one.score is not None}


@dataclass
class Draft:
    """A journey as an importer found it: plain data in the long form of the format, and where its values stood.

    `stem` is the name of its file without ending.
    """

    data: dict[str, Any]
    carry: CarryReport
    stem: str
    places: dict[KeyPath, str] = field(default_factory=dict)
    """Where values stood in the file, by their paths in `data`."""
    covers: frozenset[str] = frozenset()
    """The fields, such as `Touchpoint.why`, of which the file states all that there is: what it lacks is not there.

    A field of which something could not be read is not among them.
    """

    def where(self, path: KeyPath) -> str:
        """Return where a value stood: its own place, or that of what it is part of."""
        for length in range(len(path), 0, -1):
            if place := self.places.get(path[:length]):
                return place
        return shown_path(path)


def shown_path(path: KeyPath) -> str:
    """Return a path as people read it: `stages[0].name`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the file"


def put_at(data: Any, path: KeyPath, side: KeyOrValue, value: str) -> None:
    """Set the value at a path of plain data, or the key there."""
    for step in path[:-1]:
        data = data[step]
    if side == "key":
        data[value] = data.pop(path[-1])
    else:
        data[path[-1]] = value
