"""Names of files as services know them that keep the repository."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path, PurePath

from journeykit.reading.discovery import repository


def name_in_checkout(file: str) -> str:
    """A file's name from the root of its repository, with slashes; as it is named where it lies in none.

    In a job of GitLab's, the repository is the project, also for files of a submodule.
    """
    absolute = Path(os.path.abspath(file))  # noqa: PTH100  (a link stays what it is called)
    root = os.environ.get("CI_PROJECT_DIR") or _repository(absolute.parent)
    if root and absolute.is_relative_to(root):
        return absolute.relative_to(root).as_posix()
    return PurePath(os.path.normpath(file)).as_posix()


_repository = lru_cache(repository)
