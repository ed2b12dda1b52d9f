"""Score journeys, stages and touchpoints.

A score is 0..100; 50 is neutral. The plain mean is given too: it predicts what people remember about as well. The
share of a touchpoint in the score says where improving pays.

Examples:

  journeykit score examples --fail-under 50

  journeykit score my-new-job.journey.yaml --by touchpoint --output-format csv
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_report, score_journeys
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Table
from journeykit.output.table_report import TableReport
from journeykit.output.tables import ScoredJourney, document, metrics, scores
from journeykit.project import ScoringOptions
from journeykit.scoring.display import beside


class By(StrEnum):
    """What a row of the table is."""

    journey = "journey"
    stage = "stage"
    touchpoint = "touchpoint"
    metric = "metric"
    survey = "survey"


ROWS: Mapping[By, Callable[[ScoredJourney], Table]] = {
    By.stage: scores.stages, By.touchpoint: scores.touchpoints, By.metric: metrics.service_metrics,
    By.survey: metrics.surveys,
}  # fmt: skip
ByOption = Annotated[
    By | None,
    options.choice(By, "--by", help="One table: a row for each of these. [default: all of one journey]"),
]
FailUnder = Annotated[
    float | None,
    options.number("--fail-under", low=0, high=100, help="Exit with 1 if a journey scores below N."),
]


@reads_journeys("profile", "source")
def command(
    request: Request,
    by: ByOption = None,
    fail_under: FailUnder = None,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
) -> None:
    """Scores of journeys, stages and touchpoints."""
    run = score_journeys(request, ScoringOptions(profile, source))
    report = _report(run.scored, by)
    print_report(report, output_format, output, request.color)
    if by in (By.metric, By.survey) and not report.main.rows:
        say(f"0 {by.value}s in {counted(len(run.scored), 'journey')}.", request.quiet)
    failed = _under(run.scored, fail_under)
    raise typer.Exit(run.status or int(failed))


def _report(scored: list[ScoredJourney], by: By | None) -> TableReport:
    """Return the tables to print; a single journey is shown whole in a terminal."""
    if by is None or by is By.journey:
        table = scores.journeys(scored)
    else:
        table = scores.joined([(one.file, ROWS[by](one)) for one in scored])
    details = _details(scored[0]) if by is None and len(scored) == 1 else None
    return TableReport([table], lambda: document(map(scores.data, scored)), details=details)


def _details(scored: ScoredJourney) -> list[Table | str]:
    """Return all there is of one journey, below its headline."""
    stages = [] if scored.journey.is_flat else [scores.stages(scored)]
    tables = [make(scored) for make in (scores.touchpoints, metrics.service_metrics, metrics.surveys)]
    return ["\n".join(scores.headline(scored)), *stages, *tables]


def _under(scored: list[ScoredJourney], limit: float | None) -> bool:
    """Print which journeys miss the gate; one without a score cannot pass it."""
    if limit is None:
        return False
    missed = [one for one in scored if one.scores.score is None or round(one.scores.score, 6) < limit]
    for one in missed:
        value = "has no score" if one.scores.score is None else f"scores {beside(one.scores.score, limit)}"
        say(f"{one_line(one.file)} {value}; at least {limit:g} is asked for")
    return bool(missed)
