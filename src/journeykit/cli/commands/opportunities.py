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

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import say
from journeykit.cli.inputs import Asked
from journeykit.cli.journeys import reads_journeys
from journeykit.cli.scoring_run import ScoringOptions, print_tables, score_all
from journeykit.errors import UsageError
from journeykit.output.table import Table
from journeykit.output.tables import opportunities
from journeykit.output.tables.opportunities import CLOSED, OPEN, Shortlist, Wanted
from journeykit.reading.faults import did_you_mean

Sort = StrEnum("Sort", {name: name for name in opportunities.SORTS})  # type: ignore[misc]
GROUPS: Mapping[str, Sequence[str]] = {"open": OPEN, "closed": CLOSED}
STATUSES = (*OPEN, *CLOSED, *GROUPS, "overdue")

Status = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--status", metavar="WORDS", autocompletion=completing.statuses,
        help=f"Only these, with commas: {', '.join(STATUSES)}. [default: all]",
    ),
]  # fmt: skip
Owner = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--owner", metavar="NAME", help="Only those whose owner has this in the name."),
]
SortBy = Annotated[Sort, typer.Option("--sort", help="What comes first.")]
Simulate = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--simulate", metavar="IDS",
        help="The journey as it would be after these together, with commas; open: after all open ones.",
    ),
]  # fmt: skip
Chart = Annotated[
    Optional[Path],  # noqa: UP045
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
    asked: Asked,
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
    run = score_all(asked, ScoringOptions(profile, source))
    show = partial(print_tables, run, form=output_format, output=output, color=asked.color)
    if simulate:
        from journeykit.cli.simulating import draw_forecasts, forecasts_of, print_forecasts

        found = forecasts_of(run.scored, simulate, wanted)
        print_forecasts(found, output_format, output, asked.color)
        if chart:
            draw_forecasts(found, chart, asked.config.theme, asked.quiet)
    elif results:
        from journeykit.cli.looking_back import show_results

        show_results(asked, run.scored, wanted, show)
    else:
        listed = opportunities.shortlist(run.scored, wanted)
        show(_tables(listed, output_format), partial(opportunities.data, wanted=wanted))
        say(opportunities.in_words(listed), asked.quiet)
    raise typer.Exit(run.status)


def _check(simulate: list[str] | None, chart: Path | None, results: bool) -> None:
    """UsageError where the options do not go together, before anything is read."""
    if results and simulate:
        raise UsageError("--results and --simulate are two questions", "ask one after the other")
    if chart:
        from journeykit.cli.difference_drawing import check_target

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
