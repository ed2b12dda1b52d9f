"""Logs of events as XES (IEEE 1849): read event by event into rows, without document types and entities.

A row has the attributes of its event, and those of its trace with `case:` before their names, as tables made of XES
have them. What a trace or an event has in lists and containers is left out.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from journeykit.files import MEBIBYTE

VALUES = ("string", "date", "int", "float", "boolean", "id")
"""Elements that hold a value; others hold more elements."""
DEEPEST = 100


class XesError(Exception):
    """What is no XES, with the reason."""


class _Reader:
    """Takes elements as they come, and keeps the rows of complete events until they are fetched."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self.trace: dict[str, str] = {}
        self.waiting: list[dict[str, str]] = []
        self.event: dict[str, str] | None = None
        self.names: dict[str, None] = {}
        self._path: list[str] = []
        self._log = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_: Any) -> None:
        raise XesError("it has a document type, which may define entities: take it out")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if not self._path and tag != "log":
            raise XesError(f"it begins with <{tag[:40]}>, not with <log>")
        if len(self._path) >= DEEPEST:
            raise XesError(f"its elements are nested more than {DEEPEST} deep")
        holder = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag == "trace" and holder == "log":
            self.trace, self.waiting = {}, []
        elif tag == "event" and holder in ("trace", "log"):
            self.event = {}
        elif tag in VALUES and holder in ("trace", "event"):
            key, value = attributes.get("key"), attributes.get("value")
            if key and value is not None:
                if holder == "event" and self.event is not None:
                    self.event[key] = value
                elif holder == "trace":
                    self.trace[f"case:{key}"] = value

    def _end(self, tag: str) -> None:
        tag = self._path.pop()
        if tag == "event" and self.event is not None:
            self.waiting.append(self.event)
            self.event = None
            if self._path[-1] == "log":  # an event without a trace
                self._complete()
        elif tag == "trace":
            self._complete()

    def _complete(self) -> None:
        """Give the events of a trace its attributes, wherever among them these stand."""
        for event in self.waiting:
            row = {**event, **self.trace}
            self.names.update(dict.fromkeys(row))
            self.rows.append(row)
        self.waiting, self.trace = [], {}

    def read(self, file: IO[bytes]) -> Iterator[dict[str, str]]:
        """Yield the rows of a file."""
        while block := file.read(MEBIBYTE):
            self._parse(block, last=False)
            yield from self._taken()
        self._parse(b"", last=True)
        yield from self._taken()

    def _parse(self, block: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "") or "it is damaged"
            raise XesError(f"line {error.lineno}: it is no XML: {reason}") from None

    def _taken(self) -> list[dict[str, str]]:
        rows, self.rows = self.rows, []
        return rows


def as_lines(path: str, folder: str) -> tuple[str, tuple[str, ...]]:
    """Write the events of a file as JSON lines into a folder; return that file and the names of the columns.

    Raises XesError for what is no XES, OSError and EOFError for what cannot be read.
    """
    packed = path.lower().endswith(".gz")
    handle, made = tempfile.mkstemp(suffix=".jsonl", dir=folder)
    reader = _Reader()
    opener: Any = gzip.open if packed else open
    with opener(path, "rb") as file, os.fdopen(handle, "w", encoding="utf-8") as out:
        for row in reader.read(file):
            out.write(json.dumps(row, ensure_ascii=False))
            out.write("\n")
    return made, tuple(reader.names)
