"""Score journeys by the settings of a project."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from journeykit.finding import Finding
from journeykit.output.tables import ScoredJourney
from journeykit.project.reading import ReadResult, Targets, read_each
from journeykit.project.workspace import ScoringOptions, Workspace
from journeykit.reading import Document
from journeykit.scoring import score


class ScoreRun(NamedTuple):
    """The journeys with their scores, what is wrong with files that are no journeys, and how many there were in all.

    `failed` counts the files that could not be opened.
    """

    scored: list[ScoredJourney]
    findings: tuple[Finding, ...]
    files: int
    failed: int

    @property
    def status(self) -> int:
        """The exit status of the files alone: 2 if one could not be opened, 1 if one is no journey, else 0."""
        return 2 if self.failed else int(bool(self.findings))


def score_document(
    document: Document, workspace: Workspace, options: ScoringOptions | None = None
) -> ScoredJourney | None:
    """Return a document's journey with its scores; None if it is no journey."""
    if (journey := document.journey) is None:
        return None
    return ScoredJourney(document.source.name, journey, score(journey, workspace.scoring_settings(journey, options)))


def score_each(workspace: Workspace, targets: Targets, options: ScoringOptions | None = None) -> ScoreRun:
    """Read and score journeys."""
    read: ReadResult[ScoredJourney | None] = read_each(
        workspace, targets, partial(score_document, workspace=workspace, options=options)
    )
    return ScoreRun([one for one in read.results if one is not None], read.findings, len(read.results), read.failed)
