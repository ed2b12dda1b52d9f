"""The text of files as the last commit has it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from journeykit.errors import UsageError
from journeykit.git import Repository
from journeykit.project.repositories import Repositories

LOOK = 5.0
"""Seconds between two looks for a new commit."""


@dataclass
class Heads:
    """Reads files as HEAD has them, and keeps what it read until there is another commit."""

    _repositories: Repositories = field(default_factory=Repositories)
    _commits: dict[Path, tuple[float, str, dict[str, str]]] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def tracks(self, file: Path) -> bool:
        """Return whether a file lies in a repository, which may be one that has no commit yet."""
        return self._repositories.around(file) is not None

    def text(self, file: Path) -> str | None:
        """Return a file's text in the last commit; None without one."""
        repository = self._repositories.around(file)
        if repository is None:
            return None
        commit, files = self._head(repository)
        blob = files.get(self._inside(repository, file)) if commit else None
        if blob is None:
            return None
        if blob not in self._texts:
            try:
                (data,) = repository.blobs([blob])
                self._texts[blob] = data.decode("utf-8").removeprefix("\ufeff")
            except (UsageError, UnicodeDecodeError):
                return None
        return self._texts[blob]

    def _inside(self, repository: Repository, file: Path) -> str:
        try:
            return repository.inside(file)
        except UsageError:
            return ""

    def _head(self, repository: Repository) -> tuple[str, dict[str, str]]:
        """Return the last commit and its files; an empty one where there is none yet."""
        now = time.monotonic()
        looked, commit, files = self._commits.get(repository.root, (-LOOK, "", {}))
        if now - looked < LOOK:
            return commit, files
        try:
            found = repository.commit("HEAD")
            files = files if found == commit else repository.tree(found)
        except UsageError:
            found, files = "", {}
        self._commits[repository.root] = (now, found, files)
        return found, files
