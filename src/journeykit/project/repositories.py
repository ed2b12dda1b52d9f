"""The repositories that files lie in, each asked for once."""

from __future__ import annotations

import os
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.git import Repository


class Repositories:
    """Finds the repositories of many files, for which git need not be asked file by file."""

    def __init__(self) -> None:
        """Begin without any."""
        self._tops: dict[Path, Path | None] = {}
        """The folder above each folder that a repository may be in."""
        self._found: dict[Path, Repository | None] = {}

    def around(self, file: str | Path) -> Repository | None:
        """Return the repository of a file; None if it is in none, or git is missing."""
        folder = Path(os.path.abspath(file)).parent  # noqa: PTH100
        if folder not in self._tops:
            self._tops[folder] = _top_of(folder)
        top = self._tops[folder]
        if top is not None and top not in self._found:
            try:
                self._found[top] = Repository.around(top)
            except UsageError:
                self._found[top] = None
        return self._found[top] if top is not None else None


def _top_of(folder: Path) -> Path | None:
    if "GIT_DIR" in os.environ:
        return folder
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
