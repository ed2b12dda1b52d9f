"""A journey as rows of cells, sheet by sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from journeykit.interchange.sheets.cells import Cell, cell_of, joined, link_text
from journeykit.interchange.sheets.columns import Column, SheetPlan, journey_columns
from journeykit.reading.schema_guesses import at_path

LANE = "Lane: "
"""How the header of a column of a lane begins; the lane's id follows."""


class Grid(NamedTuple):
    """A sheet with its rows."""

    plan: SheetPlan
    columns: tuple[Column, ...]
    rows: list[list[Cell]]

    @property
    def used(self) -> list[int]:
        """The numbers of the columns in which something stands."""
        return [at for at in range(len(self.columns)) if any(row[at] is not None for row in self.rows)]


def grid_of(plan: SheetPlan, data: dict[str, Any]) -> Grid:
    """Return a sheet of the normalised data of a journey."""
    columns = tuple(_with_lanes(plan, data))
    if plan.path == ("touchpoints",):
        rows = [_row(columns, found) for found in touchpoint_rows(data)]
    elif plan.of_touchpoint:
        rows = [_row(columns, {"": id, **one}) for id, one in _parts_of_touchpoints(plan, data)]
    elif plan.keyed:
        rows = [_row(columns, {"": id, **(one or {})}) for id, one in data.get(plan.path[0], {}).items()]
    else:
        rows = [_row(columns, one) for one in data.get(plan.path[0], ())]
    return Grid(plan, columns, rows)


def _with_lanes(plan: SheetPlan, data: dict[str, Any]) -> Iterator[Column]:
    for column in plan.columns:
        if column.kind != "lanes":
            yield column
            continue
        used = [id for row in touchpoint_rows(data) for id in row.get("lanes", ())]
        for id in dict.fromkeys([*data.get("lanes", ()), *used]):
            yield column._replace(header=f"{LANE}{id}", path=("lanes", id), kind="texts")


def touchpoint_rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the touchpoints, each with `stage` and `phase`; a stage without any is a row of its own."""
    if "stages" not in data:
        return list(data.get("touchpoints", ()))
    found = []
    names = Counter(stage["name"] for stage in data["stages"])
    for stage in data["stages"]:
        name = stage["name"] if names[stage["name"]] == 1 else stage["id"]
        about = {"stage": name, "phase": stage.get("phase")}
        found += [{**about, **point} for point in stage.get("touchpoints", ())] or [about]
    return found


def _parts_of_touchpoints(plan: SheetPlan, data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for point in touchpoint_rows(data):
        for one in at_path(point, plan.path) or ():
            yield point["id"], one


def _row(columns: tuple[Column, ...], data: dict[str, Any]) -> list[Cell]:
    return [cell_of(at_path(data, column.path), column) for column in columns]


def journey_rows(data: dict[str, Any], *, whole: bool = False) -> list[tuple[Column, str, Cell]]:
    """Return the rows of the sheet of the journey itself: column, field, value; with `whole` also the empty ones."""
    found: list[tuple[Column, str, Cell]] = []
    for column in journey_columns():
        value = at_path(data, column.path)
        if value is None:
            found += [(column, column.header, None)] if whole else []
        elif column.kind in ("texts", "links"):
            texts = [link_text(one) for one in value] if column.kind == "links" else value
            found += [(column, column.header, joined([text]) if text else text) for text in texts]
        elif column.kind == "map":
            found += [(column, f"{column.header}.{key}", one) for key, one in value.items()]
        else:
            found.append((column, column.header, cell_of(value, column)))
    return found
