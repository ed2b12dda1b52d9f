"""Make journeys of the tables of other people, whose headers are read by their words."""

from __future__ import annotations

import re
from typing import Any

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given
from journeykit.interchange.sheets.book import Book, Sheet
from journeykit.interchange.sheets.cells import text_of
from journeykit.interchange.sheets.feelings import FoundScale, rating_in, scale_of
from journeykit.interchange.sheets.foreign_cells import ForeignCells, is_nothing
from journeykit.interchange.sheets.headers import meaning_of
from journeykit.interchange.sheets.tables import Header, Row, Table, find_table
from journeykit.interchange.sheets.texts import channels_in, lines_of, one_line, short_title
from journeykit.model.normalisation import normalise
from journeykit.output.paint import shown_name

_NUMBERED = re.compile(
    r"^\s*(?:(?:phase|stage|step|stufe|schritt|etappe|szakasz|fázis|lépés|faza|stopnja|korak|aşama|adım|φάση|στάδιο|βήμα"
    r"|étape|fase|etapa|paso|フェーズ|ステージ|段階)\s*)?\d{1,2}\s*[.):：–-]\s*(?=\S)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*\d[\d.]*\W*")
LANES = ("title", "stage", "step", "action", "touchpoint", "description")


def draft_of_tables(book: Book, given: Given) -> Draft:
    """Return the journey of the table that has the most fields; the other sheets are reported.

    Raises UsageError if no sheet has a table of a journey.
    """
    tables = [table for sheet in book.sheets if (table := find_table(sheet, given)) is not None]
    if not tables:
        headers = next((_first_row(sheet) for sheet in book.sheets if sheet.rows), "")
        help = f'its first row is: {headers}; --map "HEADER=title" says what a column is' if headers else "it is empty"
        raise UsageError(f"{shown_name(given.name)}: no table of a journey was found in it", help)
    best = max(tables, key=lambda table: (table.known, len(table.rows)))
    draft = _Foreign(best, given).draft()
    for sheet in book.sheets:
        if sheet.name != best.name and (count := sum(cell is not None for row in sheet.rows for cell in row)):
            draft.carry.lose(f"sheet {sheet.name}", f"{count} cells", f"only the sheet {best.name} was read")
    return draft


def _first_row(sheet: Sheet) -> str:
    cells = next((row for row in sheet.rows if any(cell is not None for cell in row)), [])
    return ", ".join(text_of(cell)[:30] for cell in cells if cell is not None)[:160]


def looks_like_a_map(sheet: Sheet, given: Given) -> bool:
    """Return whether a sheet has a table of a journey."""
    try:
        return find_table(sheet, given) is not None
    except UsageError:
        return True  # a field that the user named is wrong, which reading says


def _has_text(row: Row, at: int) -> bool:
    return at < len(row.cells) and row.cells[at] is not None and bool(text_of(row.cells[at]).strip())


class _Foreign:
    """Reads one table."""

    def __init__(self, table: Table, given: Given) -> None:
        self.table, self.given = table, given
        self.carry = CarryReport()
        self.draft_ = Draft({}, self.carry, given.stem)
        self.stages: list[dict[str, Any]] = []
        self.where: dict[int, str] = {}
        self.fields = {header.field for header in table.headers}

    def draft(self) -> Draft:
        """Return the journey."""
        for header in self.table.headers:
            if header.text or header.field:
                kind = "row" if self.table.transposed else "column"
                self.carry.see(
                    f"{kind} {header.text or '(no header)'}", header.field or "not known: --map says what it is"
                )
        data = self.draft_.data
        self._above()
        if self.given.lang:
            data["lang"] = self.given.lang
        scored, scale = self._scale()
        self.cells = ForeignCells(data, self.carry, self.given.lang or "en", scored, scale)
        for row in self.table.rows:
            self._row(row)
        if len(self.stages) == 1 and not self.stages[0].get("name"):
            data["touchpoints"] = self.stages[0]["touchpoints"]
            if goal := self.stages[0].get("goal"):
                data.setdefault("goals", []).append({"goal": goal})
                self.carry.guess("the table", "goals", goal, "of the whole journey, as it has no stages")
        else:
            data["stages"] = self.stages
        self._places()
        if self.cells.scale:
            data["scale"] = self.cells.scale.scale
        if self.cells.opportunities:
            data["opportunities"] = self._opportunities()
        if self.cells.sources:
            data["sources"] = list(self.cells.sources.values())
        return self.draft_

    def _above(self) -> None:
        data = self.draft_.data
        for name, value in self.table.above:
            field = meaning_of(name) if name else None
            text = text_of(value).strip()
            if field == "persona" and "persona" not in data:
                data["persona"] = {"name": text}
            elif field == "title_of_map" and "title" not in data:
                data["title"] = text
            elif field == "goal":
                data.setdefault("goals", []).append({"goal": text})
            elif field == "description" and "note" not in data:
                data["note"] = text
            elif field == "owner" and "owner" not in data:
                data["owner"] = text
            elif field == "expectation":
                data.setdefault("expectations", []).append(text)
            elif not name and "title" not in data and len(text) < 120:
                data["title"] = text
                self.carry.guess("above the table", "title", text, text)
            else:
                self.carry.lose("above the table", f"{name}: {text}" if name else text, "no field")
        if self.given.persona:
            data["persona"] = {"name": self.given.persona}

    def _scale(self) -> tuple[str, FoundScale | None]:
        """Return the field of the columns with scores (feelings may be numbers), and the scale of the numbers."""

        def ratings_of(field: str) -> list[Any]:
            cells = [row.cells[at] for row in self.table.rows for at in self._columns(field) if at < len(row.cells)]
            return [rating for cell in cells if (rating := rating_in(cell)) is not None]

        scored = "satisfaction" if ratings_of("satisfaction") else "feeling"
        ratings = ratings_of(scored)
        if not ratings:
            return scored, None
        found = scale_of(ratings, self.given.scale)
        if found.note:
            self.carry.guess(f"column {self._header(scored)}", "satisfaction", found.note.split(":")[0], found.note)
        return scored, found

    def _columns(self, field: str) -> list[int]:
        return [at for at, header in enumerate(self.table.headers) if header.field == field]

    def _header(self, field: str) -> str:
        return next((header.text for header in self.table.headers if header.field == field), field)

    def _cell(self, row: Row, field: str) -> Any:
        """Return the first cell of a row with a field."""
        cells = (row.cells[at] for at in self._columns(field) if at < len(row.cells))
        return next((cell for cell in cells if cell is not None and text_of(cell).strip()), None)

    def _lines(self, row: Row, field: str) -> list[str]:
        """Return the texts of the cells of a field, bullets and line breaks apart."""
        found: list[str] = []
        for at in self._columns(field):
            if at < len(row.cells) and row.cells[at] is not None:
                found += lines_of(text_of(row.cells[at]))
        return list(dict.fromkeys(found))

    def _row(self, row: Row) -> None:
        stage = self._stage(row)
        title, does, place = self._title(row)
        does += self._further(row, title, place)
        if not title:
            filled = [at for at, cell in enumerate(row.cells) if cell is not None and at < len(self.table.headers)]
            others = [at for at in filled if self.table.headers[at].field not in ("stage", "number", "phase")]
            if not others:
                return
            title = self._fallback_title(row, stage)
        point: dict[str, Any] = {"title": title}
        if does:
            point["does"] = does
        if place:
            self._where_it_happens(point, place, row)
        self.where[id(point)] = row.where
        for at, header in enumerate(self.table.headers):
            cell = row.cells[at] if at < len(row.cells) else None
            if cell is None or not text_of(cell).strip() or header.field in (*LANES, "phase", "ignored"):
                continue
            if header.field == "number":
                if not _NUMBER.fullmatch(text_of(cell)):
                    self.carry.lose(self._place(row, header), text_of(cell), "rows are counted by themselves")
                continue
            self._put(point, stage, header, cell, row)
        stage["touchpoints"].append(point)

    def _stage(self, row: Row) -> dict[str, Any]:
        cell = self._cell(row, "stage")
        name = _NUMBERED.sub("", " ".join(text_of(cell).split())) if cell is not None else ""
        if not self.stages:
            self.stages.append({"name": name, "touchpoints": []} if name else {"touchpoints": []})
        elif name and name != self.stages[-1].get("name"):
            if not self.stages[-1].get("name"):
                self.stages[-1]["name"] = "Start"
            self.stages.append({"name": name, "touchpoints": []})
        stage = self.stages[-1]
        phase = self._cell(row, "phase")
        if phase is not None:
            if text_of(phase).casefold() in ("before", "during", "after", "renewal"):
                stage.setdefault("phase", text_of(phase).casefold())
            else:
                self.carry.lose(f"{row.where}, column {self._header('phase')}", text_of(phase), "it is no phase")
        if "phase" in stage:  # in the order of the format
            stage["touchpoints"] = stage.pop("touchpoints")
        return stage

    def _title(self, row: Row) -> tuple[str, list[str], str]:
        """Return the title of a row, what the customer does beyond it, and where it happens.

        An action is a better title than the name of a touchpoint, which is often a channel or a place.
        """
        step, touch = self._cell(row, "step"), self._cell(row, "touchpoint")
        actions = self._lines(row, "action")
        described = self._lines(row, "description")
        own = self._cell(row, "title")
        place = text_of(touch).strip() if touch is not None and not is_nothing(text_of(touch)) else ""
        name = text_of(own if own is not None else step).strip() if (own is not None or step is not None) else ""
        if name and not re.fullmatch(r"[\d.]+", name):
            return one_line(_NUMBERED.sub("", name)), [*actions, *described], place
        if actions:
            title, more = short_title(actions)
            return title, [*more, *described], place
        if place:
            return one_line(place), described, ""
        if described:
            title, more = short_title(described)
            return title, more, ""
        return "", [], ""

    def _further(self, row: Row, title: str, place: str) -> list[str]:
        """Return the texts of the columns whose field another column has already; a second stage is reported."""
        found = []
        for field in ("title", "step", "touchpoint", "stage"):
            texts = [text_of(row.cells[at]).strip() for at in self._columns(field) if _has_text(row, at)]
            if field == "stage":
                for text in texts[1:]:
                    self.carry.lose(f"{row.where}, stage", text, "another column has the stage")
                continue
            others = texts[1:] if field != "step" or "title" not in self.fields else texts
            found += [one_line(text) for text in others if text and not re.fullmatch(r"[\d.]+", text)]
        return [text for text in found if text not in (title, place)]

    def _fallback_title(self, row: Row, stage: dict[str, Any]) -> str:
        """Return a title for a row that has none: the name of its stage."""
        name = stage.get("name") or "Touchpoint"
        count = len(stage["touchpoints"]) + 1
        title = name if count == 1 else f"{name} {count}"
        if self._columns("step") or self._columns("action") or self._columns("touchpoint"):
            self.carry.guess(row.where, "title", "", title)
        return str(title)

    def _where_it_happens(self, point: dict[str, Any], text: str, row: Row) -> None:
        known, other = channels_in(text)
        if known and not other and "channel" not in self.fields:
            point["channel"] = known
        else:
            point["place"] = one_line(text)
            self.carry.guess(row.where, "place", text, point["place"])

    def _place(self, row: Row, header: Header) -> str:
        return f"{row.where}, {'row' if self.table.transposed else 'column'} {header.text}"

    def _put(self, point: dict[str, Any], stage: dict[str, Any], header: Header, cell: Any, row: Row) -> None:
        where = self._place(row, header)
        if header.field:
            self.cells.put(point, stage, header.field, cell, where)
        else:
            self.carry.lose(
                where, text_of(cell), "no field for this column" if header.text else "a column without header"
            )

    def _places(self) -> None:
        data = self.draft_.data
        flat = "touchpoints" in data
        for s, stage in enumerate(self.stages):
            for t, point in enumerate(stage["touchpoints"]):
                path = ("touchpoints", t) if flat else ("stages", s, "touchpoints", t)
                self.draft_.places[path] = self.where.get(id(point), "")

    def _opportunities(self) -> list[dict[str, Any]]:
        """Return the opportunities with the ids of their touchpoints."""
        normal = normalise(self.draft_.data).data
        ids = [point.get("id") for stage in normal["stages"] for point in stage["touchpoints"]]
        points = [point for stage in self.stages for point in stage["touchpoints"]]
        by_point = {id(point): name for point, name in zip(points, ids, strict=True)}
        return [
            {**opportunity, "at": [by_point[id(point)] for point in at]}
            for opportunity, at in self.cells.opportunities.values()
        ]
