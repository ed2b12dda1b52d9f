"""The effect of several opportunities together, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from journeykit.comparing.forecast import Forecast
from journeykit.output.paint import one_line
from journeykit.output.table import Column, Table
from journeykit.output.tables.diff import effort, headline, low_points
from journeykit.output.tables.diff import touchpoints as changed_touchpoints
from journeykit.output.tables.diff_json import journey_data
from journeykit.scoring.display import signed


def in_words(found: Forecast) -> list[str]:
    """Return the text above the tables: the journey, and what the opportunities gain, each alone and all together."""
    first, *below = headline(found.change)
    lines = []
    if found.simulated:
        shown = (f"{one_line(rated.opportunity.id)} ({_gain(rated.gain)})" for rated in found.simulated)
        lines.append(f"simulated: {', '.join(shown)}")
    together = found.comparison.delta
    if len(found.simulated) > 1 and together is not None and found.one_by_one is not None:
        lines.append(f"together {signed(together)}; the gains of each alone add up to {signed(found.one_by_one)}")
    if found.idle:
        ids = ", ".join(one_line(one.id) for one in found.idle)
        lines.append(f"not simulated, as neither target nor removes says what would change: {ids}")
    return [first, *(f"  {line}" for line in lines), *(below if found.simulated else [])]


def _gain(gain: float | None) -> str:
    return "no score" if gain is None else signed(gain)


def touchpoints(all_found: Sequence[Forecast]) -> Table:
    """Return a row for each touchpoint that would change or be removed, with the opportunities that do so."""
    table = changed_touchpoints([found.change for found in all_found])
    what, old, file = ([column.key for column in table.columns].index(key) for key in ("what", "old_id", "file"))
    through = {(found.file, id): ids for found in all_found for id, ids in found.through.items()}
    columns = list(table.columns)
    columns[what] = Column("through", "Through", ", ".join, wraps=True)
    rows = [
        [*row[:what], through[row[file], row[old]], *row[what + 1 :]]
        for row in table.rows
        if (row[file], row[old]) in through
    ]
    return replace(table, columns=columns, rows=rows)


def details(found: Forecast) -> list[Table]:
    """Return the tables of one journey; empty ones are left out."""
    if not found.simulated:
        return []
    tables = (touchpoints([found]), low_points(found.change), effort(found.change))
    return [table for table in tables if table.rows]


def data(found: Forecast) -> dict[str, Any]:
    """Return the JSON of one journey's forecast.

    `difference` has the shape of that of `diff`, from the current journey to the future one.
    """
    journey = found.now.journey
    return {
        "file": found.file,
        "id": journey.id,
        "title": journey.title,
        "simulated": [
            {"id": rated.opportunity.id, "title": rated.opportunity.title, "gain": rated.gain}
            for rated in found.simulated
        ],
        "not_simulated": [one.id for one in found.idle],
        "together": found.comparison.delta,
        "one_by_one": found.one_by_one,
        "difference": journey_data(found.pictured),
    }
