"""Rank the improvement list, with simulated gain.

Priority is reach x impact x confidence / effort; gain is the rise of the journey's score once the targets are met and
the removed touchpoints are gone; the opportunity score (after Ulwick) is high where something is important and
customers are not satisfied. Without impact and effort there is no priority and no rank.

--simulate shows the journey after several opportunities together; they gain less than the sum of each alone where two
improve the same touchpoint. --results compares the promised with the actual gain of opportunities that are done: the
last version of the file before work on them began, from git, with the file as it is.

Examples:

  journeykit opportunities examples

  journeykit opportunities my-new-job.journey.yaml --simulate open --chart after.svg
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_report, score_journeys
from journeykit.errors import UsageError
from journeykit.output.table_report import Block, TableReport
from journeykit.output.tables import ScoredJourney, document, opportunities
from journeykit.output.tables.opportunities import GROUPS, STATUSES, Shortlist, Wanted
from journeykit.project import ScoringOptions
from journeykit.reading.faults import did_you_mean

if TYPE_CHECKING:
    from journeykit.comparing.forecast import Forecast
    from journeykit.output.tables.opportunity_outcomes import JourneyOutcome

Sort = StrEnum("Sort", {name: name for name in opportunities.SORTS})  # type: ignore[misc]

Status = Annotated[
    list[str] | None,
    typer.Option(
        "--status", metavar="WORDS", autocompletion=completing.statuses,
        help=f"Only these, with commas: {', '.join(STATUSES)}. [default: all]",
    ),
]  # fmt: skip
Owner = Annotated[
    str | None,
    typer.Option(
        "--owner", metavar="NAME", autocompletion=completing.owners,
        help="Only those whose owner's name contains this.",
    ),
]  # fmt: skip
SortBy = Annotated[Sort, options.choice(Sort, "--sort", help="The column to sort by.")]
Simulate = Annotated[
    list[str] | None,
    typer.Option(
        "--simulate", metavar="IDS", autocompletion=completing.opportunities,
        help="Show the journey after these together: ids with commas, or open for all open ones.",
    ),
]  # fmt: skip
Chart = Annotated[
    Path | None,
    typer.Option(
        "--chart",
        metavar="FILE",
        help="With --simulate: draw both curves: an SVG, PNG or PDF, or a folder for many journeys.",
    ),
]  # fmt: skip
Results = Annotated[
    bool,
    typer.Option(
        "--results",
        help="Show what those that are done promised and what changed, from the history of the files in git.",
    ),
]


@reads_journeys("profile", "source")
def command(
    request: Request,
    status: Status = None,
    owner: Owner = None,
    sort: SortBy = Sort("priority"),  # noqa: B008 - a member, not a call
    today: options.Today = None,
    simulate: Simulate = None,
    chart: Chart = None,
    results: Results = False,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
) -> None:
    """The improvement list, ranked."""
    wanted = _wanted(status, owner, sort, options.day(today) or date.today())
    _check(simulate, chart, results)
    run = score_journeys(request, ScoringOptions(profile, source))
    show = partial(print_report, form=output_format, output=output, color=request.color)
    if simulate:
        found = request.project.forecasts(run.scored, simulate, wanted)
        show(_forecasts(found))
        if chart:
            from journeykit.cli.pictures import print_differences

            changes = [one.pictured for one in found if one.simulated]
            print_differences(changes, chart, request.project.settings.theme, request.quiet)
    elif results:
        from journeykit.output.tables.opportunity_outcomes import in_words

        outcomes = request.project.outcomes(request.targets, run.scored, wanted)
        show(_results(outcomes, run.scored, wanted))
        say(in_words(outcomes, len(run.scored)), request.quiet)
    else:
        listed = opportunities.shortlist(run.scored, wanted)
        show(_ranking(listed, run.scored, wanted))
        say(opportunities.in_words(listed), request.quiet)
    raise typer.Exit(run.status)


def _check(simulate: list[str] | None, chart: Path | None, results: bool) -> None:
    """Raise UsageError if the options do not go together, before anything is read."""
    if results and simulate:
        raise UsageError("--results and --simulate are two questions", "ask one after the other")
    if chart:
        from journeykit.project.pictures import check_target

        if not simulate:
            raise UsageError("--chart draws what --simulate computes", "name opportunities: --simulate open")
        check_target(chart)


def _wanted(status: list[str] | None, owner: str | None, sort: Sort, today: date) -> Wanted:
    words = {word.strip() for text in status or () for word in text.split(",")} - {""}
    for word in sorted(words - {*STATUSES}):
        raise UsageError(f'"{word}" is no status', did_you_mean(word, STATUSES, f"write one of {', '.join(STATUSES)}"))
    statuses = {status for word in words or GROUPS for status in GROUPS.get(word, (word,))}
    return Wanted(frozenset(statuses), owner, sort.value, today, "overdue" in words)


def _ranking(listed: Shortlist, scored: Sequence[ScoredJourney], wanted: Wanted) -> TableReport:
    """Return what is open and what is closed, each where there is some; for programs all in one table."""
    below = opportunities.closed(listed)
    above = opportunities.ranked(listed)
    return TableReport(
        [above, below] if above.rows and below.rows else [below] if below.rows else [above],
        lambda: document(opportunities.data(one, wanted) for one in scored),
        rows=opportunities.everything(listed),
    )


def _results(found: Sequence[JourneyOutcome], all_scored: Sequence[ScoredJourney], wanted: Wanted) -> TableReport:
    """Return the outcomes of done opportunities."""
    from journeykit.output.tables import opportunity_outcomes as outcome_tables

    return TableReport(
        [outcome_tables.results(found), outcome_tables.touchpoints(found)],
        lambda: document(_with_outcomes(scored, found, wanted) for scored in all_scored),
    )


def _with_outcomes(scored: ScoredJourney, found: Sequence[JourneyOutcome], wanted: Wanted) -> dict[str, Any]:
    """Return the JSON of one journey's done opportunities, each with its outcome."""
    from journeykit.output.tables.opportunity_outcomes import data

    outcomes = {one.outcome.opportunity.id: one.outcome for one in found if one.scored is scored}
    listed = opportunities.data(scored, wanted)
    done = [one | {"outcome": data(outcomes[one["id"]])} for one in listed["opportunities"] if one["id"] in outcomes]
    return listed | {"opportunities": done}


def _forecasts(found: Sequence[Forecast]) -> TableReport:
    """Return what would differ, below what is simulated."""
    from journeykit.output.tables import forecasts

    blocks: list[Block] = []
    for one in found:
        blocks += ["\n".join(forecasts.in_words(one)), *forecasts.details(one)]
    return TableReport(blocks, lambda: document(map(forecasts.data, found)), rows=forecasts.touchpoints(found))
