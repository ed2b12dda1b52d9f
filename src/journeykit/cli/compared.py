"""What `diff` found: journeys that differ, and what could not be compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from journeykit.cli.inputs import Asked
from journeykit.cli.scoring_run import ScoringOptions, scored
from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.finding import Finding
from journeykit.reading import Document
from journeykit.scoring import Scores


@dataclass
class Compared:
    """All journeys that differ between two versions, and what could not be compared.

    `status` is 2 if something that was named is not there or cannot be read, 1 if a file is no journey in the new
    version (in the old one nobody can mend that any more), else 0.
    """

    old: str
    new: str
    changes: list[JourneyDiff] = field(default_factory=list)
    unchanged: int = 0
    unread: list[str] = field(default_factory=list)
    """Names of the files that are no journey in a version."""
    findings: list[Finding] = field(default_factory=list)
    status: int = 0


def score_of(document: Document, asked: Asked, how: ScoringOptions) -> Scores | None:
    made = scored(document, asked.config, how)
    return None if made is None else made.scores


def note(found: Compared, document: Document, fails: bool) -> None:
    """Keep what is wrong with a file."""
    found.findings.extend(document.findings)
    if document.journey is None:
        found.unread.append(document.source.name)
    if document.findings and fails:
        found.status = max(found.status, 1)


def add(found: Compared, change: JourneyDiff) -> None:
    if change.status == "same":
        found.unchanged += 1
    else:
        found.changes.append(change)
