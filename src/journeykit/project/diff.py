"""Diff two files, or a revision of git with another or with the working folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journeykit.comparing.journey_diff import JourneyDiff, correct_run, diff_journey
from journeykit.errors import UsageError
from journeykit.files import read_named_file
from journeykit.finding import Finding
from journeykit.output.paint import shown_name
from journeykit.project.reading import STDIN, Targets
from journeykit.project.scoring import score_document
from journeykit.project.workspace import ScoringOptions, Workspace
from journeykit.reading import Document, read_bytes
from journeykit.reading.document import MAX_BYTES
from journeykit.scoring import Scores


@dataclass
class Diff:
    """All journeys that differ between two versions, and files that could not be compared.

    `status` is 2 if something that was named is not there or cannot be read, 1 if a file is no journey in the new
    version (in the old one it cannot be corrected any more), else 0.
    """

    old: str
    new: str
    changes: list[JourneyDiff] = field(default_factory=list)
    unchanged: int = 0
    unread: list[str] = field(default_factory=list)
    """Names of the files that are no journey in a version."""
    findings: list[Finding] = field(default_factory=list)
    status: int = 0

    def add(self, change: JourneyDiff) -> None:
        """Add a journey that both versions or one of them has."""
        if change.status == "same":
            self.unchanged += 1
        else:
            self.changes.append(change)

    def add_findings(self, document: Document, fails: bool) -> None:
        """Add what is wrong with a file; `fails` says whether that counts for the status."""
        self.findings.extend(document.findings)
        if document.journey is None:
            self.unread.append(document.source.name)
        if document.findings and fails:
            self.status = max(self.status, 1)


def scores_of(document: Document, workspace: Workspace, options: ScoringOptions | None) -> Scores | None:
    """Return the scores of a document; None if it is no journey."""
    scored = score_document(document, workspace, options)
    return None if scored is None else scored.scores


def diff_files(
    workspace: Workspace, targets: Targets, old: str, new: str, options: ScoringOptions | None = None
) -> Diff:
    """Diff two files, one of which may be standard input; raise UsageError if one cannot be read."""
    if old == new == str(STDIN):
        raise UsageError("both versions are standard input", "name one of them as a file")
    labels = [targets.stdin_name if name == str(STDIN) else name for name in (old, new)]
    found = Diff(labels[0], labels[1])
    scores: list[Scores | None] = []
    for name, label in zip((old, new), labels, strict=True):
        document = read_bytes(_bytes_of(name, targets), label, workspace.settings.shared)
        scores.append(scores_of(document, workspace, options))
        found.add_findings(document, fails=True)
    before, after = scores
    if before is not None and after is not None:
        found.add(diff_journey(found.old, before, found.new, after))
    found.changes = correct_run(found.changes)
    return found


def _bytes_of(name: str, targets: Targets) -> bytes:
    if name == str(STDIN):
        return targets.stdin
    try:
        return read_named_file(name, MAX_BYTES)
    except OSError as error:
        raise UsageError(f"{shown_name(name)}: cannot be read: {error.strerror}") from None


def are_files(arguments: Sequence[str]) -> bool:
    """Return whether the arguments are two files, or one and standard input; raise UsageError if one is empty."""
    if "" in arguments:  # a gate must not pass because a variable of the shell is not set
        raise UsageError("an argument is empty", "is a variable of the shell not set? this folder is named .")
    return len(arguments) == 2 and all(map(_is_file, arguments))


def _is_file(argument: str) -> bool:
    path = Path(argument)
    return path == STDIN or (os.path.exists(path) and not path.is_dir())  # noqa: PTH110  (a name may be too long)
