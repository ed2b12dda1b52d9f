"""What a change does to the experience.

If two files are named, they are compared: an old and a new version, or the current and the intended journey. Otherwise
the first argument is a revision of git, as git diff has it: HEAD~1 against the working folder, main..topic between two,
main...topic from where topic left main; HEAD without an argument. PATHS say which files and folders. A name that is
both is the revision; write ./name for the file.

Touchpoints are matched by id, then by title, then by similar title; files by path, then by the journey's id, then by
similar titles. Both versions are scored by the settings of the new one.

Examples:

  journeykit diff my-new-job.journey.yaml my-new-job-to-be.journey.yaml

  journeykit diff main...HEAD journeys --fail-on-drop 5 --output-format markdown
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import say
from journeykit.cli.request import project_for, targets_of
from journeykit.cli.results import print_faults, print_report
from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Table
from journeykit.output.table_report import TableReport
from journeykit.output.tables import diff
from journeykit.project import ScoringOptions
from journeykit.project.diff import Diff
from journeykit.scoring.display import beside, shown


class Worse(StrEnum):
    """What should not happen to a journey."""

    new_low_point = "new-low-point"
    new_critical = "new-critical"


Versions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="OLD NEW | REV[..REV] PATHS",
        help="Two files, of which - is standard input; or a revision, and files and folders. [default: HEAD .]",
        show_default=False,
    ),
]
FailOnDrop = Annotated[
    float | None,
    options.number("--fail-on-drop", low=0, help="Exit with 1 if a score falls by more than N."),
]
FailOn = Annotated[
    Worse | None,
    options.choice(
        Worse, "--fail-on", help="Exit with 1 if a low point is new, or (new-critical) only if one has become critical."
    ),
]
Chart = Annotated[
    Path | None,
    typer.Option(
        "--chart", metavar="FILE", help="Draw both curves: an SVG, PNG or PDF, or a folder for many journeys."
    ),
]


def command(
    versions: Versions = None,
    fail_on_drop: FailOnDrop = None,
    fail_on: FailOn = None,
    chart: Chart = None,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
    stdin_filename: options.StdinFilename = "stdin",
    allow_empty: options.AllowEmpty = False,
    quiet: options.Quiet = False,
    color: options.UseColor = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """What a change does to the experience."""
    project = project_for(config, isolated, profile=profile, source=source)
    targets = targets_of((), stdin_filename, allow_empty)
    if chart is not None:
        from journeykit.project.pictures import check_target

        check_target(chart)
    found = project.diff(targets, versions or [], ScoringOptions(profile, source))
    print_faults(found.findings, len(found.unread), color)
    failed = [line for change in found.changes for line in _failures(change, fail_on_drop, fail_on)]
    print_report(_report(found, failed), output_format, output, color)
    if chart is not None:
        _draw(found, chart, project.settings.theme, quiet)
    say(f"{one_line(_between(found))}: {diff.summary(found.changes, found.unchanged)}.", quiet)
    for line in failed:
        say(line)
    raise typer.Exit(found.status or int(bool(failed)))


def _draw(found: Diff, chart: Path, theme: str, quiet: bool) -> None:
    from journeykit.cli.pictures import print_differences

    print_differences(found.changes, chart, theme, quiet, found.old, found.new)


def _between(found: Diff) -> str:
    return f"{found.old} → {found.new}"


def _report(found: Diff, failed: list[str]) -> TableReport:
    """Return the journeys that differ; Markdown is a comment for a pull request."""
    from journeykit.output.pull_request import comment
    from journeykit.output.tables.diff_json import document

    parts = found.old, found.new, found.changes, found.unchanged, found.unread
    return TableReport(
        list(_blocks(found.changes)),
        lambda: document(*parts),
        rows=diff.touchpoints(found.changes),
        markdown=lambda: comment(*parts, failed),
    )


def _blocks(changes: list[JourneyDiff]) -> Iterator[Table | str]:
    if len(changes) > 1:
        yield diff.journeys(changes)
    for change in changes:
        yield "\n".join(diff.headline(change))
        yield from diff.details(change)


def _failures(change: JourneyDiff, drop: float | None, worse: Worse | None) -> list[str]:
    """Return the messages for the gates that a journey does not pass."""
    name, found = one_line(change.file), change.comparison
    if found is None:
        return []
    failures = []
    if drop is not None and found.delta is None and found.old.score is not None:
        failures.append(f"{name} has no score any more; it was {shown(found.old.score)}")
    if drop is not None and found.delta is not None and round(found.delta, 6) < -drop:
        failures.append(f"{name} falls by {beside(-found.delta, drop)}; at most {drop:g} is allowed")
    critical = {low.new.id for low in change.new_criticals if low.new}
    new = {low.new.id for low in change.new_low_points if low.new} - critical if worse is Worse.new_low_point else set()
    for word, ids in (("critical low point", critical if worse else set()), ("low point", new)):
        if ids:
            titles = ", ".join(f"“{one_line(found.new.by_id[id].touchpoint.title)}”" for id in sorted(ids))
            failures.append(f"{name} has {counted(len(ids), f'new {word}')}: {titles}")
    return failures
