"""File names relative to the root of the checkout, as code hosting services expect them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePath

from journeykit.finding import Finding
from journeykit.reading.discovery import repository


def in_checkout(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings whose file names are relative to the root of the repository, with slashes.

    So they are the same for every clone and working folder. The name of a file outside any repository stays as it is.
    In a GitLab job the repository is the project, also for files of a submodule.
    """
    name = lru_cache(None)(_name)
    return [finding._replace(file=name(finding.file)) for finding in findings]


def _name(file: str) -> str:
    absolute = Path(os.path.abspath(file))  # noqa: PTH100  (a link in the repository keeps its name)
    root = os.environ.get("CI_PROJECT_DIR") or repository(absolute.parent)
    if root:
        # Either the root or the working folder may be a path through a link that the other has resolved.
        real = Path(os.path.realpath(absolute.parent), absolute.name)
        for path, start in ((absolute, Path(root)), (real, Path(os.path.realpath(root)))):
            if path.is_relative_to(start):
                return path.relative_to(start).as_posix()
    return PurePath(os.path.normpath(file)).as_posix()
