"""Read the versions of files from git, and score each text once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.comparing.history import (
    History,
    JourneyVersion,
    VersionScores,
    blob_ids,
    newest_journey,
    score_version,
    versions,
)
from journeykit.comparing.versions import FileSelection
from journeykit.config import Config
from journeykit.errors import UsageError
from journeykit.files import read_found_file
from journeykit.git import Commit, Repository
from journeykit.model import Journey
from journeykit.output.paint import shown_name
from journeykit.project.cache import Store, decode, encode, open_store
from journeykit.project.processes import run_in_parts
from journeykit.project.reading import STDIN, Targets, gc_paused, paths_of
from journeykit.project.workspace import ScoringOptions, Workspace
from journeykit.reading import Shared, discover
from journeykit.scoring import Settings
from journeykit.scoring.uncertainty import Contribution, ErrorSource

CLASSES = {one.__name__: one for one in (ErrorSource, Contribution)}
"""What cached scores are made of, besides plain values."""


@dataclass(frozen=True)
class VersionRange:
    """The versions to return: at most `limit`, 0 for all, and those after a day or a revision."""

    limit: int = 0
    since: str | None = None


class TrackedFile(NamedTuple):
    """A file whose history is read; `text` is its content if that comes from standard input."""

    path: Path
    text: bytes | None = None


def files_of(workspace: Workspace, targets: Targets) -> list[TrackedFile]:
    """Return the named files, whether they exist or not, and the journeys in folders.

    Raises UsageError if there are none.
    """
    files: list[TrackedFile] = []
    settings = workspace.settings
    paths = paths_of(workspace, targets)
    for path in paths:
        if path == STDIN:
            files.append(TrackedFile(Path(targets.stdin_name), targets.stdin))
        elif path.is_dir():
            found = discover([path], settings.include, settings.exclude)
            for folder, reason in found.unreadable:
                raise UsageError(f"{shown_name(str(folder))}: cannot be read: {reason}")
            files += map(TrackedFile, found.files or _only_in_git(path, settings))
        else:
            files += map(TrackedFile, [path] if path.exists() else _only_in_git(path, settings) or [path])
    if not files and not targets.allow_empty and len(paths) == len(targets.paths):
        raise UsageError("no journey found", "name a file, or a folder that holds *.journey.yaml")
    return list(dict.fromkeys(files))


def _only_in_git(path: Path, settings: Config) -> list[Path]:
    """Return the journeys that the newest commit has in a folder, if the working folder does not have it."""
    try:
        repository = Repository.around(path)
        name = repository.inside(path)
        tree = repository.tree(repository.commit("HEAD"))
    except UsageError:  # reported where the file is looked up
        return []
    if not repository.bare and path.exists():
        return []
    choice = FileSelection((name,), settings.include, settings.exclude)
    return [path / os.path.relpath(file, name) for file in sorted(tree) if file != name and choice.takes(file)]


def history_of(
    workspace: Workspace,
    file: TrackedFile,
    wanted: VersionRange = VersionRange(),
    options: ScoringOptions | None = None,
    *,
    repository: Repository | None = None,
    newest: Journey | None = None,
) -> History:
    """Return the versions of a file.

    Who reads many files names the repository, so that git is not asked for it file by file, and the journey that the
    file holds, which is not read again then.

    Raises UsageError if there is no repository, or neither the file nor a commit that had it.
    """
    path = file.path
    repository = repository or Repository.around(path)
    inside = repository.inside(path)
    commits, older = _commits(repository, inside, wanted)
    if commits and commits[0].path != inside:  # git takes a folder for all that is in it
        raise UsageError(f"{shown_name(str(path))}: a folder that is empty now", "name a file")
    working = _working(repository, file, commits)
    if not commits and working is None:
        raise UsageError(f"{shown_name(str(path))}: no such file, and no commit has one", "name its last path")
    texts = [] if working is None or working.data is None else [working.data]
    shared = workspace.settings.shared
    if newest is None:
        settings = _settings(repository, commits, texts, path, workspace, options)
    else:
        settings = workspace.scoring_settings(newest, options)
    blobs = [commit.blob for commit in commits if commit.blob]
    scores = _version_scores(workspace, repository, blobs, str(path), settings)
    added = None
    if working is not None:
        added = (inside, None if working.data is None else score_version(working.data, str(path), shared, settings))
    found = versions(commits, scores, added)
    left_out = older != 0
    return History(str(path), found[1:] if left_out else found, older, not left_out and repository.shallow)


def histories_of(
    workspace: Workspace,
    targets: Targets,
    wanted: VersionRange = VersionRange(),
    options: ScoringOptions | None = None,
) -> tuple[list[History], int]:
    """Return the histories of files, and how many files have none; raise the error of a single file."""
    files = files_of(workspace, targets)
    if len(files) == 1:
        return [history_of(workspace, files[0], wanted, options)], 0
    found = []
    for file in files:
        try:
            found.append(history_of(workspace, file, wanted, options))
        except UsageError as error:
            workspace.reporter.message(error.message)
    return found, len(files) - len(found)


def _commits(repository: Repository, path: str, wanted: VersionRange) -> tuple[list[Commit], int | None]:
    """Return the commits of a range, the newest first, then the one before; and how many older ones there are."""
    if not _has_commits(repository):
        return [], 0
    most = wanted.limit or None
    if wanted.since is None:
        found = repository.log(path, limit=most + 1 if most else None, mainline=True)
        return found, None if most and len(found) > most else 0
    every = repository.log(path, mainline=True)
    count = _since(repository, path, every, wanted.since)
    count = min(count, most) if most else count
    return every[: count + 1], len(every) - count


def _has_commits(repository: Repository) -> bool:
    try:
        return bool(repository.head)
    except UsageError:
        return False


def _since(repository: Repository, path: str, every: Sequence[Commit], since: str) -> int:
    """Return how many of the newest commits are of a day or later, or are not in a revision."""
    if (first := day_of(since)) is not None:
        return _since_day(every, first)
    try:
        repository.commit(since)
    except UsageError as error:
        raise UsageError(error.message, "--since takes a day as YYYY-MM-DD, or a revision") from None
    newer = {commit.id for commit in repository.log(path, without=since, mainline=True)}
    return sum(commit.id in newer for commit in every)


def _since_day(every: Sequence[Commit], first: date) -> int:
    return next((n for n, one in enumerate(every) if datetime.fromisoformat(one.date).date() < first), len(every))


def day_of(since: str) -> date | None:
    """Return the day that a text is; None of a revision."""
    try:
        return date.fromisoformat(since)
    except ValueError:
        return None


def versions_since(history: History, first: date) -> tuple[JourneyVersion, ...]:
    """Return the versions of a whole history that are of a day or later, or not committed."""
    commits = [one.commit for one in reversed(history.versions) if one.commit]
    return history.versions[len(commits) - _since_day(commits, first) :]


@dataclass(frozen=True)
class WorkingVersion:
    """A version that is not committed; `data` is None if the file is deleted."""

    data: bytes | None


def _working(repository: Repository, file: TrackedFile, commits: Sequence[Commit]) -> WorkingVersion | None:
    """Return the version in the working folder; None if it is that of the newest commit, or there is none."""
    newest = commits[0].blob if commits else None
    if repository.bare and file.text is None:
        return None
    path = file.path
    try:
        data = read_found_file(path) if file.text is None else file.text
    except FileNotFoundError:
        return WorkingVersion(None) if newest else None
    except OSError as error:
        raise UsageError(f"{shown_name(str(path))}: cannot be read: {error.strerror}") from None
    return None if newest and newest in blob_ids(data, newest) else WorkingVersion(data)


def _settings(
    repository: Repository,
    commits: Sequence[Commit],
    texts: Sequence[bytes],
    path: Path,
    workspace: Workspace,
    options: ScoringOptions | None,
) -> Settings:
    """Return the scoring settings of the newest version that is a journey; older ones are read only if needed."""
    shared = workspace.settings.shared
    newest, *older = dict.fromkeys(commit.blob for commit in commits if commit.blob) or [None]
    if not texts and newest is not None:
        texts = list(repository.blobs([newest]))
    journey = newest_journey(texts, str(path), shared)
    if journey is None:
        rest = older if not texts else [newest, *older]
        journey = newest_journey(repository.blobs([blob for blob in rest if blob]), str(path), shared)
    return workspace.scoring_settings(journey, options) if journey else Settings()


def _version_scores(
    workspace: Workspace, repository: Repository, blobs: Sequence[str], file: str, settings: Settings
) -> dict[str, VersionScores]:
    """Return the scores of each text; those not in the cache are computed."""
    shared = workspace.settings.shared
    name = Path(file).name  # a journey without an id has its own from it
    store = open_store(workspace, "history", str(repository.root), name, _described(settings), shared._asdict())
    known = _stored(store, blobs)
    fresh = [blob for blob in dict.fromkeys(reversed(blobs)) if blob not in known]
    if fresh:
        texts = list(repository.blobs(fresh))
        score_part = partial(_score_versions, file=file, shared=shared, settings=settings)
        with gc_paused():
            scores = dict(zip(fresh, chain.from_iterable(run_in_parts(texts, score_part)), strict=True))
        known.update(scores)
        store.add(
            {
                blob: encode({one.name: getattr(version, one.name) for one in fields(version)}, CLASSES)
                for blob, version in scores.items()
            }
        )
    store.save()
    return {blob: known[blob] for blob in blobs}


def _stored(store: Store, blobs: Sequence[str]) -> dict[str, VersionScores]:
    found = {}
    for blob in blobs:
        with suppress(TypeError, ValueError, KeyError):
            if (data := store.get(blob)) is not None:
                found[blob] = VersionScores(**decode(data, CLASSES))
    return found


def _described(settings: Settings) -> dict[str, Any]:
    """Return scoring settings as plain data."""
    values = {one.name: getattr(settings, one.name) for one in fields(settings)}
    return {**values, "weights": settings.weights.model_dump()}


def _score_versions(texts: Sequence[bytes], file: str, shared: Shared, settings: Settings) -> list[VersionScores]:
    return [score_version(text, file, shared, settings) for text in texts]
