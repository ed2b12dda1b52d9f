"""Rank low points, drops and peaks over all journeys.

A low point (a pain point) is a valley of the emotional curve, or a touchpoint below the pain threshold. Its severity
weighs how low it is, how deep it cuts into the curve, how much it matters and how many customers pass it.

Examples:

  journeykit low-points examples --fail-on critical

  journeykit low-points plumber-visit.journey.yaml --output-format markdown
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_report, score_journeys
from journeykit.output.summary import counted
from journeykit.output.table_report import TableReport
from journeykit.output.tables import document, low_points
from journeykit.project import ScoringOptions
from journeykit.scoring import Settings


class Kind(StrEnum):
    """Kinds of low points, the worst first."""

    critical = "critical"
    pain = "pain"
    dip = "dip"


def _threshold(name: str, help: str) -> object:
    default = getattr(Settings, name.replace("-", "_"))
    return options.number(f"--{name}", low=0, high=100, help=f"{help} [default: {default:g}]")


FailOn = Annotated[
    Kind | None,
    options.choice(Kind, "--fail-on", help="Exit with 1 if there is a low point of this kind, or a worse one."),
]
Pain = Annotated[float | None, _threshold("pain", "Below this score a touchpoint is a low point.")]
Critical = Annotated[float | None, _threshold("critical", "At or below it a low point is critical.")]
Prominence = Annotated[
    float | None, _threshold("min-prominence", "The smallest prominence of a valley that is a low point.")
]
Fall = Annotated[float | None, _threshold("min-drop", "The smallest fall of the curve that is listed as a drop.")]


@reads_journeys("source")
def command(
    request: Request,
    fail_on: FailOn = None,
    pain: Pain = None,
    critical: Critical = None,
    min_prominence: Prominence = None,
    min_drop: Fall = None,
    source: options.Source = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
) -> None:
    """Low points, drops and peaks."""
    run = score_journeys(request, ScoringOptions(None, source, pain, critical, min_prominence, min_drop))
    main, *others = (table(run.scored) for table in (low_points.low_points, low_points.drops, low_points.peaks))
    report = TableReport(
        [main, *(table for table in others if table.rows)], lambda: document(map(low_points.data, run.scored))
    )
    print_report(report, output_format, output, request.color)
    worse = list(Kind)[: list(Kind).index(fail_on) + 1] if fail_on else []
    failing = [low for one in run.scored for low in one.scores.low_points if low.kind in worse]
    say(f"{counted(len(main.rows), 'low point')} in {counted(len(run.scored), 'journey')}.", request.quiet)
    raise typer.Exit(run.status or int(bool(failing)))
