"""Merge three versions of a journey for git: by touchpoints and keys, else line by line as git does."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from journeykit.changing.merging import Markers, Merged, merge_texts
from journeykit.errors import UsageError
from journeykit.files import read_named_file
from journeykit.git import merge_lines, setting
from journeykit.output.paint import shown_name
from journeykit.project.workspace import Workspace
from journeykit.project.writing import write_bytes
from journeykit.reading import read_bytes
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
        _report(workspace, request.name, found.findings[0].start.line, found.findings[0].message)
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
    was_journey = not any(
        _problem(workspace, read_named_file(path, MAX_BYTES), request.name) for path in (request.ours, request.theirs)
    )
    write_bytes(request.ours, found.text)
    if found.conflicts:
        return 1
    if was_journey and (problem := _problem(workspace, found.text, request.name)):
        _report(workspace, request.name, *problem)
        return 1
    return 0


def _problem(workspace: Workspace, data: bytes, name: str) -> tuple[int, str] | None:
    """Return the line and the message of the first finding of a file that is no journey; None if it is one."""
    document = read_bytes(data, name, workspace.settings.shared)
    if document.journey is not None:
        return None
    first = document.findings[0]
    return first.start.line, first.message


def _report(workspace: Workspace, name: str, line: int, message: str) -> None:
    text = f"{shown_name(name)}: merged, but no longer a journey: line {line}: {message}"
    workspace.reporter.message(text, "fix it; journeykit validate says what is wrong")
