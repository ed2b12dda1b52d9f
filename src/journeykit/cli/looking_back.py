"""What came of the opportunities of many files that are done, as the history of each file tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from journeykit.cli.console import say
from journeykit.cli.inputs import STDIN, Asked
from journeykit.comparing.opportunity_outcomes import OpportunityOutcome, opportunity_outcomes
from journeykit.model import Journey
from journeykit.output.tables import Scored, opportunities
from journeykit.output.tables import opportunity_outcomes as outcome_tables
from journeykit.output.tables.opportunities import Wanted
from journeykit.output.tables.opportunity_outcomes import JourneyOutcome, data
from journeykit.reading import read_bytes


def show_results(asked: Asked, all_scored: Sequence[Scored], wanted: Wanted, show: Callable[..., None]) -> None:
    """Show what came of the opportunities that are asked for; `show` prints tables and data."""
    looked = looked_back(asked, all_scored, wanted)
    show(
        [outcome_tables.results(looked), outcome_tables.touchpoints(looked)],
        partial(with_outcomes, looked=looked, wanted=wanted),
    )
    say(outcome_tables.in_words(looked, len(all_scored)), asked.quiet)


def looked_back(asked: Asked, all_scored: Sequence[Scored], wanted: Wanted) -> list[JourneyOutcome]:
    """What came of each done opportunity that is asked for."""
    return [
        JourneyOutcome(scored, outcome)
        for scored in all_scored
        for outcome in _outcomes(asked, scored)
        if wanted.takes(scored.journey, outcome.opportunity)
    ]


def _outcomes(asked: Asked, scored: Scored) -> tuple[OpportunityOutcome, ...]:
    def read(content: bytes) -> Journey | None:
        return read_bytes(content, Path(scored.file).name, asked.config.shared).journey

    if STDIN in (asked.paths or ()) and scored.file == asked.stdin_filename:
        done = (one for one in scored.journey.opportunities if one.status == "done")
        return tuple(OpportunityOutcome(one, "standard input has no history") for one in done)
    return opportunity_outcomes(Path(scored.file), scored.scores, read)


def with_outcomes(scored: Scored, looked: Sequence[JourneyOutcome], wanted: Wanted) -> dict[str, Any]:
    """The JSON of one journey's done opportunities, each with its outcome."""
    found = {one.outcome.opportunity.id: one.outcome for one in looked if one.scored is scored}
    listed = opportunities.data(scored, wanted)
    done = [one | {"outcome": data(found[one["id"]])} for one in listed["opportunities"] if one["id"] in found]
    return listed | {"opportunities": done}
