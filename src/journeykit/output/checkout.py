"""Names of files as services know them that keep the repository."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePath

from journeykit.finding import Finding
from journeykit.reading.discovery import repository


def in_checkout(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the names of their files from the root of the repository, with slashes.

    So they are the same for every clone and in whatever folder a command is called. A file that lies in no repository
    is named as it was. In a job of GitLab's, the repository is the project, also for files of a submodule.
    """
    name = lru_cache(None)(_name)
    return [finding._replace(file=name(finding.file)) for finding in findings]


def _name(file: str) -> str:
    absolute = Path(os.path.abspath(file))  # noqa: PTH100  (a link stays what it is called)
    root = os.environ.get("CI_PROJECT_DIR") or repository(absolute.parent)
    if root and absolute.is_relative_to(root):
        return absolute.relative_to(root).as_posix()
    return PurePath(os.path.normpath(file)).as_posix()
