"""Rank the improvement list, with simulated gain.

Priority is reach x impact x confidence / effort; gain is the rise of the journey's score once the targets are met and
the removed touchpoints are gone; need is high where something matters and satisfies little.

--simulate shows the journey as it would be after several together, which gains less than the sum where two mend the
same. --results holds what was promised against what came of those that are done: the version of the file before work on
them began, as git has it, against the file as it is.

Examples:

  journeykit opportunities examples

  journeykit opportunities my-new-job.journey.yaml --simulate open --chart after.svg
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import emit, rendered, say, terminal_width
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_tables, score_journeys
from journeykit.errors import UsageError
from journeykit.output.table import Table
from journeykit.output.tables import ScoredJourney, opportunities
from journeykit.output.tables.opportunities import GROUPS, STATUSES, Shortlist, Wanted
from journeykit.project import ScoringOptions
from journeykit.reading.faults import did_you_mean

if TYPE_CHECKING:
    from rich.console import RenderableType

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
    typer.Option("--owner", metavar="NAME", help="Only those whose owner has this in the name."),
]
SortBy = Annotated[Sort, typer.Option("--sort", help="What comes first.")]
Simulate = Annotated[
    list[str] | None,
    typer.Option(
        "--simulate", metavar="IDS",
        help="The journey as it would be after these together, with commas; open: after all open ones.",
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
    bool, typer.Option("--results", help="What came of those that are done, by the history of the files in git.")
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
    output_format: options.TableAs = options.TableFormat.full,
    output: options.Output = None,
) -> None:
    """The improvement list, ranked."""
    wanted = _wanted(status, owner, sort, options.day(today) or date.today())
    _check(simulate, chart, results)
    run = score_journeys(request, ScoringOptions(profile, source))
    show = partial(print_tables, run.scored, form=output_format, output=output, color=request.color)
    if simulate:
        found = request.project.forecasts(run.scored, simulate, wanted)
        emit(_forecast_text(found, output_format, options.Color.never if output else request.color), output)
        if chart:
            from journeykit.cli.pictures import print_differences

            changes = [one.pictured for one in found if one.simulated]
            print_differences(changes, chart, request.project.settings.theme, request.quiet)
    elif results:
        _print_results(request, run.scored, wanted, show)
    else:
        listed = opportunities.shortlist(run.scored, wanted)
        show(_tables(listed, output_format), partial(opportunities.data, wanted=wanted))
        say(opportunities.in_words(listed), request.quiet)
    raise typer.Exit(run.status)


def _check(simulate: list[str] | None, chart: Path | None, results: bool) -> None:
    """UsageError where the options do not go together, before anything is read."""
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


def _tables(listed: Shortlist, form: options.TableFormat) -> list[Table]:
    """What is open and what is closed, each where there is some; as CSV, which holds one table, all of it."""
    if form is options.TableFormat.csv:
        return [opportunities.everything(listed)]
    below = opportunities.closed(listed)
    above = opportunities.ranked(listed)
    return [above, below] if above.rows and below.rows else [below] if below.rows else [above]


def _print_results(
    request: Request, all_scored: Sequence[ScoredJourney], wanted: Wanted, show: Callable[..., None]
) -> None:
    """Print the outcomes of done opportunities; `show` prints tables and data."""
    from journeykit.output.tables import opportunity_outcomes as outcome_tables

    found = request.project.outcomes(request.targets, all_scored, wanted)
    show(
        [outcome_tables.results(found), outcome_tables.touchpoints(found)],
        partial(_with_outcomes, found=found, wanted=wanted),
    )
    say(outcome_tables.in_words(found, len(all_scored)), request.quiet)


def _with_outcomes(scored: ScoredJourney, found: Sequence[JourneyOutcome], wanted: Wanted) -> dict[str, Any]:
    """Return the JSON of one journey's done opportunities, each with its outcome."""
    from journeykit.output.tables.opportunity_outcomes import data

    outcomes = {one.outcome.opportunity.id: one.outcome for one in found if one.scored is scored}
    listed = opportunities.data(scored, wanted)
    done = [one | {"outcome": data(outcomes[one["id"]])} for one in listed["opportunities"] if one["id"] in outcomes]
    return listed | {"opportunities": done}


def _forecast_text(found: Sequence[Forecast], form: options.TableFormat, color: options.Color) -> str:
    """Return what would differ, below what is simulated."""
    from journeykit.output.table import as_csv, as_rich
    from journeykit.output.tables import as_json, forecasts

    if form is options.TableFormat.json:
        return as_json([forecasts.data(one) for one in found])
    if form is options.TableFormat.csv:
        return as_csv(forecasts.touchpoints(found))
    if form is options.TableFormat.markdown:
        return "\n".join(map(forecasts.as_markdown, found))
    parts: list[RenderableType] = []
    for one in found:
        parts.append("\n".join(forecasts.in_words(one)))
        parts += [as_rich(table, terminal_width()) for table in forecasts.details(one)]
    return rendered(*parts, color=color)
