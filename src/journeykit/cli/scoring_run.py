"""What the commands that score have in common: read, score, complain about files that are no journeys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journeykit.cli.console import emit, paint, rendered, say, terminal_width
from journeykit.cli.inputs import Asked, Inputs, read_each
from journeykit.cli.options import Color, TableFormat, ValueSource
from journeykit.config import Config
from journeykit.output.report import Report, findings_format
from journeykit.output.tables import Scored, as_json
from journeykit.reading import Document
from journeykit.scoring import score, settings_for

if TYPE_CHECKING:
    from journeykit.output.table import Table


class ScoringOptions(NamedTuple):
    """How to score, from the command line; None leaves it to the file, then to the configuration."""

    profile: str | None = None
    source: ValueSource | None = None
    pain: float | None = None
    critical: float | None = None
    min_prominence: float | None = None
    min_drop: float | None = None


class ScoredRun(NamedTuple):
    """All journeys with their scores, and the exit status that the files alone ask for."""

    scored: list[Scored]
    status: int


def score_all(asked: Asked, how: ScoringOptions) -> ScoredRun:
    """Read and score; what is no journey is shown on standard error, and the others go on."""

    inputs = read_each(asked, partial(scored, config=asked.config, how=how))
    complain(inputs, asked.color)
    return ScoredRun([one for one in inputs.made if one is not None], file_status(inputs))


def scored(document: Document, config: Config, how: ScoringOptions) -> Scored | None:
    """A document's journey with its scores; None if it is no journey."""
    if (journey := document.journey) is None:
        return None
    return Scored(document.source.name, journey, score(journey, _settings(journey, config, how)))


def _settings(journey: Any, config: Config, how: ScoringOptions) -> Any:
    thresholds = {name: getattr(how, name) for name in ("pain", "critical", "min_prominence", "min_drop")}
    return settings_for(journey, profile=how.profile, source=how.source or config.source, **thresholds)


def complain(inputs: Inputs[Any], color: Color) -> None:
    """Show on standard error why files are no journeys."""
    if inputs.findings:
        blocks = findings_format("full")(Report(inputs.findings, len(inputs.made)), paint(color, stream=sys.stderr))
        say(blocks.rstrip("\n") + "\n")


def file_status(inputs: Inputs[Any]) -> int:
    """2 if a file could not be opened, 1 if one is no journey, else 0."""
    return 2 if inputs.failed else int(bool(inputs.findings))


def print_tables(
    run: ScoredRun,
    tables: Iterable[Table],
    data: Callable[[Scored], dict[str, Any]],
    form: TableFormat,
    output: Path | None,
    color: Color,
    above: str = "",
) -> None:
    """Print tables in a format; CSV holds the first one, which is the command's main one."""
    from journeykit.output.table import as_csv, as_markdown, as_rich

    tables = list(tables)
    if form is TableFormat.json:
        text = as_json([data(scored) for scored in run.scored])
    elif form is TableFormat.csv:
        text = as_csv(tables[0])
    elif form is TableFormat.markdown:
        text = "\n".join(as_markdown(table) for table in tables)
    else:
        made = (as_rich(table, terminal_width()) for table in tables if table.rows)
        text = rendered(*([above] if above else []), *made, color=Color.never if output else color)
    emit(text, output)
