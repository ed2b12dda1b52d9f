"""Search in all journeys of the folders that are open: journeys, touchpoints, opportunities and what else has an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from lsprotocol.types import Location, PositionEncodingKind, SymbolKind, WorkspaceSymbol

from journeykit.editing.references import definitions
from journeykit.errors import JourneykitError
from journeykit.files import read_regular_file
from journeykit.output.paint import one_line
from journeykit.project import Project
from journeykit.reading.discovery import discover
from journeykit.server.analysis import Analysis, Rules

MOST = 200
"""The most symbols that a search returns."""
KINDS = {
    "touchpoint": SymbolKind.Method,
    "stage": SymbolKind.Namespace,
    "opportunity": SymbolKind.Event,
    "kpi": SymbolKind.Number,
    "source": SymbolKind.File,
}
Stamp = tuple[int, int]


@dataclass
class SymbolIndex:
    """The symbols of each file that was read, until the file changes."""

    files: dict[Path, tuple[Stamp, list[WorkspaceSymbol]]] = field(default_factory=dict)

    def search(self, query: str, folders: Iterable[Path]) -> list[WorkspaceSymbol]:
        """Return the symbols whose names have all words of a query."""
        words = query.casefold().split()
        found = (
            symbol
            for folder in folders
            for file in journeys_in(folder)
            for symbol in self._symbols(file)
            if all(word in f"{symbol.name} {symbol.container_name}".casefold() for word in words)
        )
        return list(islice(found, MOST))

    def _symbols(self, file: Path) -> list[WorkspaceSymbol]:
        try:
            status = file.stat()
            stamp = status.st_mtime_ns, status.st_size
            if file not in self.files or self.files[file][0] != stamp:
                self.files[file] = stamp, list(_read(file))
        except (OSError, JourneykitError, UnicodeDecodeError):
            return []
        return self.files[file][1]


def journeys_in(folder: Path) -> list[Path]:
    """Return the journeys below a folder, by the nearest settings."""
    try:
        settings = Project.around(folder / "any.journey.yaml").settings
        return discover([folder], settings.include, settings.exclude).files
    except JourneykitError:
        return discover([folder]).files


def text_of(file: Path) -> str | None:
    """Return the text of a file; None if it cannot be read."""
    try:
        return read_regular_file(file).decode("utf-8")
    except (OSError, JourneykitError, UnicodeDecodeError):
        return None


def _read(file: Path) -> Iterator[WorkspaceSymbol]:
    analysis = Analysis(read_regular_file(file).decode("utf-8"), file, Rules(), PositionEncodingKind.Utf16)
    partial, uri = analysis.partial, file.resolve().as_uri()
    journey = one_line(str(partial.data.get("title") or file.name))
    if partial.source.has(("title",)):
        place = analysis.positions.range_of(partial.source.locate(("title",)))
        yield WorkspaceSymbol(Location(uri, place), journey, SymbolKind.Class, container_name=file.name)
    for one in definitions(partial):
        if one.kind in KINDS:
            place = analysis.positions.range_of(one.span)
            name = one_line(one.title) or one.id
            yield WorkspaceSymbol(Location(uri, place), name, KINDS[one.kind], container_name=journey)
