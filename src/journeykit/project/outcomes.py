"""Compare the promised gain of done opportunities with the actual one, by the history of their files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from journeykit.comparing.opportunity_outcomes import OpportunityOutcome, correct_outcomes, opportunity_outcomes
from journeykit.model import Journey
from journeykit.output.tables import ScoredJourney
from journeykit.output.tables.opportunities import Wanted
from journeykit.output.tables.opportunity_outcomes import JourneyOutcome
from journeykit.project.reading import Targets
from journeykit.project.workspace import Workspace
from journeykit.reading import read_bytes


def outcomes_of(
    workspace: Workspace, targets: Targets, all_scored: Sequence[ScoredJourney], wanted: Wanted
) -> list[JourneyOutcome]:
    """Return the outcome of each done opportunity that `wanted` selects."""
    found = [
        (scored, outcome)
        for scored in all_scored
        for outcome in _outcomes(workspace, targets, scored)
        if wanted.takes(scored.journey, outcome.opportunity)
    ]
    corrected = correct_outcomes([outcome for _, outcome in found])
    return [JourneyOutcome(scored, outcome) for (scored, _), outcome in zip(found, corrected, strict=True)]


def _outcomes(workspace: Workspace, targets: Targets, scored: ScoredJourney) -> tuple[OpportunityOutcome, ...]:
    def read(content: bytes) -> Journey | None:
        return read_bytes(content, Path(scored.file).name, workspace.settings.shared).journey

    if targets.has_stdin and scored.file == targets.stdin_name:
        done = (one for one in scored.journey.opportunities if one.status == "done")
        return tuple(OpportunityOutcome(one, "standard input has no history") for one in done)
    return opportunity_outcomes(Path(scored.file), scored.scores, read)
