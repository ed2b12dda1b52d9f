"""Rank the improvement list, with simulated gain.

Priority is reach x impact x confidence / effort; gain is the rise of the journey's score once the targets are met and
the removed touchpoints are gone; need is high where something matters and satisfies little.

Examples:

  journeykit opportunities examples

  journeykit opportunities --status open --owner purchasing --sort due
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Optional

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import say
from journeykit.cli.inputs import Asked
from journeykit.cli.journeys import reads_journeys
from journeykit.cli.scoring_run import ScoringOptions, print_tables, score_all
from journeykit.errors import UsageError
from journeykit.output.table import Table
from journeykit.output.tables import improvements
from journeykit.output.tables.improvements import CLOSED, OPEN, Shortlist, Wanted
from journeykit.reading.faults import did_you_mean

Sort = StrEnum("Sort", {name: name for name in improvements.SORTS})  # type: ignore[misc]
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


@reads_journeys("profile", "source")
def command(
    asked: Asked,
    status: Status = None,
    owner: Owner = None,
    sort: SortBy = Sort("priority"),  # noqa: B008 - a member, not a call
    today: options.Today = None,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.TableFormat.full,
    output: options.Output = None,
) -> None:
    """The improvement list, ranked."""
    wanted = _wanted(status, owner, sort, options.day(today) or date.today())
    run = score_all(asked, ScoringOptions(profile, source))
    listed = improvements.shortlist(run.scored, wanted)
    data = partial(improvements.data, wanted=wanted)
    print_tables(run, _tables(listed, output_format), data, output_format, output, asked.color)
    say(improvements.in_words(listed), asked.quiet)
    raise typer.Exit(run.status)


def _wanted(status: list[str] | None, owner: str | None, sort: Sort, today: date) -> Wanted:
    words = {word.strip() for text in status or () for word in text.split(",")} - {""}
    for word in sorted(words - {*STATUSES}):
        raise UsageError(f'"{word}" is no status', did_you_mean(word, STATUSES, f"write one of {', '.join(STATUSES)}"))
    statuses = {status for word in words or GROUPS for status in GROUPS.get(word, (word,))}
    return Wanted(frozenset(statuses), owner, sort.value, today, "overdue" in words)


def _tables(listed: Shortlist, form: options.TableFormat) -> list[Table]:
    """What is open and what is closed, each where there is some; as CSV, which holds one table, all of it."""
    if form is options.TableFormat.csv:
        return [improvements.everything(listed)]
    below = improvements.closed(listed)
    above = improvements.improvements(listed)
    return [above, below] if above.rows and below.rows else [below] if below.rows else [above]
