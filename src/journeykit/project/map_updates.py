"""A map that is there, changed by edits of its text: read, shown as a diff, written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.interchange.updating import Refused
from journeykit.output.paint import one_line, shown_name
from journeykit.project.workspace import Workspace
from journeykit.project.writing import rewrite
from journeykit.reading import Document, read_file


@dataclass(frozen=True)
class UpdatedMap:
    """What an import would change in a map: the new text, a diff, and what could not be changed."""

    path: Path
    old: str
    text: str
    diff: str
    made: int
    refused: tuple[Refused, ...]
    parts: tuple[tuple[str, str], ...]
    """What was added, moved and taken out: the verb, and the part."""

    def write(self) -> None:
        """Write the map; UsageError if it cannot be written, or changed meanwhile."""
        if problem := rewrite(self.path, self.old, self.text, frozenset((self.path,))):
            raise UsageError(problem)


def read_map(workspace: Workspace, path: Path) -> Document:
    """Return the document of a map; UsageError if it is no journey, or cannot be opened."""
    name = shown_name(str(path))
    try:
        document = read_file(path, shared=workspace.settings.shared)
    except OSError as error:
        raise UsageError(f"{name}: cannot be opened: {error.strerror}") from None
    if document.journey is None:
        first = document.findings[0]
        where = f"{name}:{first.start.line}:{first.start.column}"
        raise UsageError(f"{where}: it is no journey: {one_line(first.message)}", f"journeykit validate {name}")
    return document
