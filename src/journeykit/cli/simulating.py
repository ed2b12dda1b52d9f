"""Journeys as they would be after some opportunities: which are meant, how they are printed and drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journeykit.cli.console import emit, rendered, terminal_width
from journeykit.cli.options import Color, TableFormat
from journeykit.comparing.forecast import Forecast, forecast
from journeykit.errors import UsageError
from journeykit.output.tables import Scored, as_json, forecasts
from journeykit.output.tables.opportunities import OPEN, Wanted
from journeykit.reading.faults import did_you_mean

if TYPE_CHECKING:
    from rich.console import RenderableType

ALL_OPEN = "open"
MOST = 8
"""Ids that a message lists."""


def forecasts_of(all_scored: Sequence[Scored], texts: Sequence[str], wanted: Wanted) -> list[Forecast]:
    """The forecast of each journey that has one of the opportunities meant.

    `texts` are ids with commas between, or `open`: all open ones that are asked for. UsageError where an id is
    unknown, or nothing can be simulated.
    """
    words = dict.fromkeys(word for text in texts for part in text.split(",") if (word := part.strip()))
    known = sorted({one.id for scored in all_scored for one in scored.journey.opportunities})
    for word in words:
        if word not in known and word != ALL_OPEN:
            listed = f"there are {_listed(known)}" if known else "there are none"
            raise UsageError(f'no opportunity has the id "{word}"', did_you_mean(word, (*known, ALL_OPEN), listed))
    every = (forecast(one.file, one.scores, _ids(one, words.keys(), wanted)) for one in all_scored)
    found = [made for made in every if made is not None]
    if all_scored and not any(made.simulated for made in found):
        raise UsageError(*_why_none([one.id for made in found for one in made.idle]))
    return found


def _ids(scored: Scored, words: Collection[str], wanted: Wanted) -> set[str]:
    """The ids of a journey's opportunities that are meant."""
    return {
        one.id
        for one in scored.journey.opportunities
        if one.id in words or (ALL_OPEN in words and one.status in OPEN and wanted.takes(scored.journey, one))
    }


def _why_none(idle: Sequence[str]) -> tuple[str, str]:
    if not idle:
        return "there is no open opportunity to simulate", "name others by their ids: journeykit opportunities has them"
    aim = "say what satisfaction is aimed at (target: {touchpoint: 1})"
    return f"nothing can be simulated of {_listed(idle)}", f"{aim}, or what becomes unnecessary (removes: [touchpoint])"


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST]) + (", …" if len(ids) > MOST else "")


def print_forecasts(found: Sequence[Forecast], form: TableFormat, output: Path | None, color: Color) -> None:
    """Print what would differ, below what is simulated."""
    from journeykit.output.table import as_csv, as_rich

    if form is TableFormat.json:
        text = as_json([forecasts.data(made) for made in found])
    elif form is TableFormat.csv:
        text = as_csv(forecasts.touchpoints(found))
    elif form is TableFormat.markdown:
        text = "\n".join(map(forecasts.as_markdown, found))
    else:
        columns = terminal_width()
        parts: list[RenderableType] = []
        for made in found:
            parts.append("\n".join(forecasts.in_words(made)))
            parts += [as_rich(table, columns) for table in forecasts.details(made)]
        text = rendered(*parts, color=Color.never if output else color)
    emit(text, output)


def draw_forecasts(found: Sequence[Forecast], target: Path, theme: str, quiet: bool) -> None:
    """Draw journeys as they are and as they would be, as `diff` draws two versions."""
    from journeykit.cli.compared import Compared
    from journeykit.cli.difference_drawing import draw_differences

    draw_differences(Compared("", "", [made.pictured for made in found if made.simulated]), target, theme, quiet)
