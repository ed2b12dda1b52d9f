"""Validate journeys: each file by itself, then what files name outside of them."""

from __future__ import annotations

import os
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from journeykit.finding import Finding
from journeykit.project.outside import PendingReference, check_outside, circles, repository_of, unresolved
from journeykit.project.reading import ReadResult, Targets, read_each
from journeykit.project.workspace import Workspace
from journeykit.reading import Document


class Validated(NamedTuple):
    """What a file is: whether it is a valid journey by itself, its id, and what it names outside of it."""

    valid: bool
    id: str | None
    findings: tuple[Finding, ...] = ()
    pending: tuple[PendingReference, ...] = ()
    files: tuple[PendingReference, ...] = ()


def validate_each(workspace: Workspace, targets: Targets) -> ReadResult[Validated]:
    """Validate journeys; the findings are those of single files, then those of references between files."""
    read = read_each(workspace, targets, partial(_validated, workspace=workspace), picklable=True)
    pending = [(one.id or "", reference) for one in read.results for reference in one.pending]
    files = _files_by_id(read)
    if any(reference.id not in files for _, reference in pending):  # journeys that were not named may have these ids
        roots = {
            repository_of(Path(name), workspace)
            for name, one in zip(read.names, read.results, strict=True)
            if one.pending
        }
        every = Targets(tuple(sorted(roots)), allow_empty=True)
        files = _files_by_id(read, read_each(workspace, every, _only_id, picklable=True))
    outside = (
        *chain.from_iterable(one.findings for one in read.results),
        *unresolved(pending, files),
        *circles(_parts(read, files)),
    )
    return read._replace(findings=(*read.findings, *outside))


def _validated(document: Document, workspace: Workspace) -> Validated:
    outside = check_outside(document, workspace)
    id = document.journey.id if document.journey else None
    return Validated(document.journey is not None, id, outside.findings, outside.pending, outside.files)


def _parts(read: ReadResult[Validated], files: dict[str, list[str]]) -> dict[str, list[PendingReference]]:
    """Return the journeys that are part of each file's journey."""
    return {
        os.path.realpath(name): [
            *one.files,
            *(
                reference._replace(id=os.path.realpath(files[reference.id][0]))
                for reference in one.pending
                if len(files.get(reference.id, ())) == 1
            ),
        ]
        for name, one in zip(read.names, read.results, strict=True)
    }


def _only_id(document: Document) -> Validated:
    return Validated(document.journey is not None, document.journey.id if document.journey else None)


def _files_by_id(*reads: ReadResult[Validated]) -> dict[str, list[str]]:
    """Return the files of each id, each file once."""
    found: dict[str, dict[str, str]] = {}
    for read in reads:
        for name, one in zip(read.names, read.results, strict=True):
            if one.id is not None:
                found.setdefault(one.id, {}).setdefault(os.path.realpath(name), name)
    return {id: list(names.values()) for id, names in found.items()}


def find_journey(workspace: Workspace, file: Path, id: str) -> str | None:
    """Return the file of the journey with an id in the repository of a file; None if there is none, or several."""
    read = read_each(workspace, Targets((repository_of(file, workspace),), allow_empty=True), _only_id, picklable=True)
    files = _files_by_id(read).get(id, [])
    return files[0] if len(files) == 1 else None
