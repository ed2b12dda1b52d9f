"""Reading the versions of files out of git, scoring each text once, and remembering what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from journeykit.cli.console import emit, make_folder, rendered, say, terminal_width, write_bytes
from journeykit.cli.forking import shared_out
from journeykit.cli.inputs import STDIN, Asked, no_garbage
from journeykit.cli.options import Color, TableFormat
from journeykit.comparing import remembered
from journeykit.comparing.history import History, VersionScores, blob_ids, newest_journey, score_version, versions
from journeykit.comparing.versions import FileSelection
from journeykit.config import Config
from journeykit.errors import UsageError
from journeykit.git import Commit, Repository
from journeykit.model import Journey
from journeykit.output.paint import shown_name
from journeykit.output.tables import as_json
from journeykit.output.tables.history import data, heading, history
from journeykit.reading import Shared, discover
from journeykit.scoring import Settings, settings_for


@dataclass(frozen=True)
class Stretch:
    """Which versions are asked for: at most so many, 0 for all, and those after a day or a revision."""

    limit: int = 0
    since: str | None = None


@dataclass(frozen=True)
class How:
    """How versions are scored; None leaves it to the file."""

    config: Config
    profile: str | None = None
    source: str | None = None
    remember: bool = True

    def settings(self, journey: Journey) -> Settings:
        return settings_for(journey, profile=self.profile, source=self.source or self.config.source)


class Named(NamedTuple):
    """A file that is asked for; `text` is what standard input says that it holds."""

    path: Path
    text: bytes | None = None


def files_of(asked: Asked) -> list[Named]:
    """The files that are named, there or not, and the journeys in folders; UsageError where there are none."""
    files: list[Named] = []
    for path in asked.paths or [Path()]:
        if path == STDIN:
            files.append(Named(Path(asked.stdin_filename), sys.stdin.buffer.read()))
        elif path.is_dir():
            found = discover([path], asked.config.include, asked.config.exclude).files
            files += map(Named, found or _only_in_git(path, asked.config))
        else:
            files += map(Named, [path] if path.exists() else _only_in_git(path, asked.config) or [path])
    if not files and not asked.allow_empty:
        raise UsageError("no journey found", "name a file, or a folder that holds *.journey.yaml")
    return list(dict.fromkeys(files))


def _only_in_git(path: Path, config: Config) -> list[Path]:
    """The journeys that the newest commit has in a folder: of a repository without a working folder, or a folder
    that is gone there."""
    try:
        repository = Repository.around(path)
        name = repository.inside(path)
        tree = repository.tree(repository.commit("HEAD"))
    except UsageError:  # told of where the file is looked up
        return []
    if not repository.bare and path.exists():
        return []
    choice = FileSelection((name,), config.include, config.exclude)
    return [path / os.path.relpath(file, name) for file in sorted(tree) if file != name and choice.takes(file)]


def history_of(named: Named, stretch: Stretch, how: How) -> History:
    """The versions of a file; UsageError where there is no repository, or neither a file nor a commit that had one."""
    path = named.path
    repository = Repository.around(path)
    inside = repository.inside(path)
    commits, older = _commits(repository, inside, stretch)
    if commits and commits[0].path != inside:  # git takes a folder for all that is in it
        raise UsageError(f"{shown_name(str(path))}: a folder, in which there is nothing any more", "name a file")
    working = _working(repository, named, commits)
    if not commits and working is None:
        raise UsageError(f"{shown_name(str(path))}: no such file, and no commit has one", "name its last path")
    texts = [] if working is None or working.data is None else [working.data]
    settings = _settings(repository, commits, texts, path, how)
    verdicts = _verdicts(repository, [commit.blob for commit in commits if commit.blob], str(path), settings, how)
    shared = how.config.shared
    added = None
    if working is not None:
        added = (inside, None if working.data is None else score_version(working.data, str(path), shared, settings))
    found = versions(commits, verdicts, added)
    left_out = older != 0
    return History(str(path), found[1:] if left_out else found, older, not left_out and repository.shallow)


def histories_of(files: Sequence[Named], stretch: Stretch, how: How) -> tuple[list[History], int]:
    """The histories of files, and how many have none; of one file alone the error is the command's."""
    if len(files) == 1:
        return [history_of(files[0], stretch, how)], 0
    found = []
    for file in files:
        try:
            found.append(history_of(file, stretch, how))
        except UsageError as error:
            say(f"journeykit: {error.message}")
    return found, len(files) - len(found)


def _commits(repository: Repository, path: str, stretch: Stretch) -> tuple[list[Commit], int | None]:
    """The commits asked for, the newest first, and the one before them where some are left out; how many these are."""
    if not _has_commits(repository):
        return [], 0
    most = stretch.limit or None
    if stretch.since is None:
        found = repository.log(path, limit=most + 1 if most else None, mainline=True)
        return found, None if most and len(found) > most else 0
    every = repository.log(path, mainline=True)
    count = _since(repository, path, every, stretch.since)
    count = min(count, most) if most else count
    return every[: count + 1], len(every) - count


def _has_commits(repository: Repository) -> bool:
    try:
        return bool(repository.commit("HEAD"))
    except UsageError:
        return False


def _since(repository: Repository, path: str, every: Sequence[Commit], since: str) -> int:
    """How many of the newest commits are of a day or later, or are not in a revision."""
    try:
        first = date.fromisoformat(since)
    except ValueError:
        try:
            repository.commit(since)
        except UsageError as error:
            raise UsageError(error.message, "--since takes a day as YYYY-MM-DD, or a revision") from None
        newer = {commit.id for commit in repository.log(path, without=since, mainline=True)}
        return sum(commit.id in newer for commit in every)
    return next((n for n, one in enumerate(every) if datetime.fromisoformat(one.date).date() < first), len(every))


@dataclass(frozen=True)
class Working:
    """What the working folder has and no commit: a text, or none where the file is deleted."""

    data: bytes | None


def _working(repository: Repository, named: Named, commits: Sequence[Commit]) -> Working | None:
    """None where the working folder is as the newest commit, or where there is none."""
    newest = commits[0].blob if commits else None
    if repository.bare and named.text is None:
        return None
    path = named.path
    try:
        data = path.read_bytes() if named.text is None else named.text
    except FileNotFoundError:
        return Working(None) if newest else None
    except OSError as error:
        raise UsageError(f"{shown_name(str(path))}: cannot be read: {error.strerror}") from None
    return None if newest and newest in blob_ids(data, newest) else Working(data)


def _settings(
    repository: Repository, commits: Sequence[Commit], texts: Sequence[bytes], path: Path, how: How
) -> Settings:
    """Those of the newest version that is a journey; older ones are read only where it is none."""
    newest, *older = dict.fromkeys(commit.blob for commit in commits if commit.blob) or [None]
    if not texts and newest is not None:
        texts = list(repository.blobs([newest]))
    journey = newest_journey(texts, str(path), how.config.shared)
    if journey is None:
        rest = older if not texts else [newest, *older]
        journey = newest_journey(repository.blobs([blob for blob in rest if blob]), str(path), how.config.shared)
    return how.settings(journey) if journey else Settings()


def _verdicts(
    repository: Repository, blobs: Sequence[str], file: str, settings: Settings, how: How
) -> dict[str, VersionScores]:
    """Of each text, those not remembered scored now, on as many cores as there are."""
    shared = how.config.shared
    kept = remembered.file_of(repository.root, settings, shared) if how.remember else None
    known = remembered.recalled(kept)
    fresh = [blob for blob in dict.fromkeys(reversed(blobs)) if blob not in known]
    if fresh:
        texts = list(repository.blobs(fresh))
        judge = partial(_judge, file=file, shared=shared, settings=settings)
        with no_garbage():
            made = chain.from_iterable(shared_out(texts, judge))
            known.update(zip(fresh, made, strict=True))
        remembered.keep(kept, known)
    else:
        remembered.touch(kept)
    return {blob: known[blob] for blob in blobs}


def _judge(texts: Sequence[bytes], file: str, shared: Shared, settings: Settings) -> list[VersionScores]:
    return [score_version(text, file, shared, settings) for text in texts]


def print_histories(found: Sequence[History], form: TableFormat, output: Path | None, color: Color) -> None:
    """Print a table for each file; one for all of them as CSV."""
    from journeykit.output.markdown import escaped
    from journeykit.output.table import as_csv, as_markdown, as_rich

    tables = [history(one) for one in found]
    if form is TableFormat.json:
        text = as_json([data(one) for one in found])
    elif form is TableFormat.csv:
        text = as_csv(replace(history(NONE), rows=[row for table in tables for row in table.rows]))
    elif form is TableFormat.markdown:
        named = (
            f"### {escaped(heading(one))}\n\n{as_markdown(table)}" for one, table in zip(found, tables, strict=True)
        )
        text = "\n".join(named)
    else:
        pairs = zip(found, tables, strict=True)
        parts = [part for one, table in pairs for part in (heading(one), as_rich(table, terminal_width()))]
        text = rendered(*parts, color=Color.never if output else color)
    emit(text, output)


NONE = History("", ())


def draw(found: Sequence[History], file: Path, theme: str, quiet: bool) -> None:
    """Draw a history; UsageError where there is not exactly one."""
    from journeykit.charts.picture import FORMATS, Picture, draw_history

    form = file.suffix.lstrip(".").lower()
    if form not in FORMATS:
        raise UsageError(f"{shown_name(str(file))} is no picture", f"end it in one of: {', '.join(FORMATS)}")
    if len(found) != 1:
        raise UsageError(f"{shown_name(str(file))} can hold one history only", "name one file, or leave out --chart")
    drawn, warnings = draw_history(found[0], Picture(form, theme=theme))
    make_folder(file.parent)
    write_bytes(file, drawn)
    say(f"Drew {shown_name(str(file))}", quiet)
    for warning in warnings:
        say(f"journeykit: {warning}")
