"""The other journeys of the repository that a file lies in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from journeykit.editing.analysis import Analysis
from journeykit.files import read_found_file
from journeykit.project.outside import repository_of
from journeykit.reading import discover
from journeykit.reading.document import MAX_BYTES


def files_beside(analysis: Analysis) -> Iterator[Analysis]:
    """Yield the other journeys of a file's repository, as their files are."""
    settings = analysis.project.settings
    own = os.path.realpath(analysis.file)
    root = repository_of(analysis.file, analysis.project)
    for path in discover((root,), settings.include, settings.exclude).files:
        if os.path.realpath(path) == own:
            continue
        try:
            text = read_found_file(path, MAX_BYTES).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        yield Analysis(text.removeprefix("\ufeff"), Path(path), analysis.rules)
