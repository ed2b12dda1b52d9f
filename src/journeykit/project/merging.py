"""Merge three versions of a journey for git: by touchpoints and keys, else line by line as git does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from journeykit.changing.merging import Markers, Merged, merge_texts
from journeykit.errors import UsageError
from journeykit.files import read_named_file
from journeykit.finding import Finding
from journeykit.git import merge_lines, setting
from journeykit.output.paint import shown_name
from journeykit.project.workspace import Workspace
from journeykit.project.writing import write_bytes
from journeykit.reading import Document, read_bytes
from journeykit.reading.document import MAX_BYTES


class MergeRequest(NamedTuple):
    """The three files, the name of the file that they are versions of, and the markers of conflicts."""

    base: Path
    ours: Path
    theirs: Path
    name: str
    markers: Markers


def merge_files(workspace: Workspace, request: MergeRequest) -> int:
    """Write the merge over ours. Return 0 if it is clean, 1 if there is something to resolve."""
    try:
        found = _merged(workspace, request)
    except (OSError, UsageError):
        raise
    except Exception as error:  # for any error both sides must be in the file when git continues
        name = shown_name(request.name)
        workspace.reporter.message(f"{name}: merged line by line: {type(error).__name__}: {error}")
        found = None
    if found is None:
        return _by_lines(workspace, request)
    write_bytes(request.ours, found.text.encode("utf-8"))
    if found.findings:
        _report(workspace, request.name, _no_journey(found.findings[0]))
    return 1 if found.conflicts or found.findings else 0


def _merged(workspace: Workspace, request: MergeRequest) -> Merged | None:
    texts = []
    for path in (request.base, request.ours, request.theirs):
        data = read_named_file(path, MAX_BYTES)
        if len(data) > MAX_BYTES:
            return None
        try:
            texts.append(data.decode("utf-8"))
        except UnicodeDecodeError:
            return None
    base, ours, theirs = texts
    style = setting(Path.cwd(), "merge.conflictStyle") or ""
    markers = request.markers._replace(with_base=style.lower() in ("diff3", "zdiff3"))
    return merge_texts(base, ours, theirs, request.name, workspace.settings.shared, markers)


def _by_lines(workspace: Workspace, request: MergeRequest) -> int:
    names = (request.markers.ours, request.markers.base, request.markers.theirs)
    found = merge_lines(request.ours, request.base, request.theirs, names, request.markers.size)
    if found is None:
        workspace.reporter.message(f"{shown_name(request.name)}: cannot be merged, ours is left as it is")
        return 1
    ours, theirs = (
        _read(workspace, read_named_file(path, MAX_BYTES), request) for path in (request.ours, request.theirs)
    )
    write_bytes(request.ours, found.text)
    if found.conflicts:
        return 1
    if problem := problem_of_lines(_read(workspace, found.text, request), ours, theirs):
        _report(workspace, request.name, problem)
        return 1
    return 0


def _read(workspace: Workspace, data: bytes, request: MergeRequest) -> Document:
    return read_bytes(data, request.name, workspace.settings.shared)


class Problem(NamedTuple):
    """What is wrong with a merged file, and on which line."""

    what: str
    line: int
    message: str


def problem_of_lines(merged: Document, ours: Document, theirs: Document) -> Problem | None:
    """Return what is wrong with a merge of lines: no journey, or a title more often than on either side.

    Nothing is where a side was no journey before.
    """
    if ours.journey is None or theirs.journey is None:
        return None
    if merged.journey is None:
        return _no_journey(merged.findings[0])
    titles = [_titles(side) for side in (ours, theirs)]
    most = titles[0] | titles[1]
    seen: Counter[str] = Counter()
    for place in merged.journey.places:
        title = place.touchpoint.title
        seen[title] += 1
        if seen[title] > most[title]:
            line = merged.source.position(merged.source.locate(place.path).start).line
            return Problem("merged line by line, and a touchpoint is there twice", line, shown_name(title))
    return None


def _no_journey(first: Finding) -> Problem:
    return Problem("merged, but no longer a journey", first.start.line, first.message)


def _titles(document: Document) -> Counter[str]:
    return Counter(one.title for one in document.journey.touchpoints) if document.journey else Counter()


def _report(workspace: Workspace, name: str, problem: Problem) -> None:
    text = f"{shown_name(name)}: {problem.what}: line {problem.line}: {problem.message}"
    workspace.reporter.message(text, "mend it, and see: journeykit validate")
