"""Make a journey of the sheets of our own workbook; other spreadsheets go to `foreign`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, put_at
from journeykit.interchange.sheets.book import Book, Sheet
from journeykit.interchange.sheets.cells import UnreadableCellError, split, text_of, value_of
from journeykit.interchange.sheets.columns import Column, SheetPlan, journey_columns, sheet_plans
from journeykit.interchange.sheets.feelings import feelings_in, rating_in, scale_of
from journeykit.interchange.sheets.rows import LANE
from journeykit.interchange.sheets.writing import EXAMPLE, JOURNEY, WORDS
from journeykit.model import Journey
from journeykit.model.fields import leaves
from journeykit.model.meaning import Ref
from journeykit.model.normalisation import normalise
from journeykit.model.slug import Ids, slug
from journeykit.source import KeyPath
from journeykit.vocabulary.channels import canonical_channel
from journeykit.vocabulary.feelings import find_feeling, fold

ON_SCALE = ("Satisfaction", "Expected")
"""Columns of numbers on the scale of the journey, which their header may name: `Satisfaction (1..5)`."""
USUAL_SCALE = "-2..2"
_SCALE = re.compile(r"(.*\S)\s*\((-?\d+\.\.\d+)\)")
IGNORED = (EXAMPLE.casefold(), WORDS.casefold(), JOURNEY.casefold())


def draft_of(book: Book, given: Given) -> Draft:
    """Return the journey of a workbook."""
    if is_own(book):
        return _Reader(book, given).draft()
    from journeykit.interchange.sheets.foreign import draft_of_tables

    return draft_of_tables(book, given)


def is_own(book: Book) -> bool:
    """Return whether a workbook has the sheets of ours."""
    journey, points = book.sheet(JOURNEY), book.sheet("Touchpoints")
    return points is not None and journey is not None and _header(journey)[:2] == ["field", "value"]


def is_own_table(sheet: Sheet) -> bool:
    """Return whether every header of a table is one of the sheet Touchpoints."""
    known = {column.header.casefold() for column in sheet_plans()[0].columns}
    headers = [_without_scale(header)[0] for header in _header(sheet) if header]
    lane = LANE.strip().casefold()
    return "touchpoint" in headers and all(one in known or one.startswith(lane) for one in headers)


def _without_scale(header: str) -> tuple[str, str]:
    """Return a header and the scale that it names, if any."""
    match = _SCALE.fullmatch(header)
    return (match[1], match[2]) if match and match[1].capitalize() in ON_SCALE else (header, "")


def _scale_of_table(sheet: Sheet) -> str | None:
    """Return the scale that a header names, or that the numbers of satisfaction must be on."""
    for at, header in enumerate(_header(sheet)):
        name, scale = _without_scale(header)
        if scale:
            return scale
        if name == "satisfaction":
            cells = (row[at] for row in sheet.rows[1:] if at < len(row))
            ratings = [rating for cell in cells if (rating := rating_in(cell)) is not None]
            if any(abs(rating.value) > 2 for rating in ratings) and not (found := scale_of(ratings, None)).note:
                return found.scale
    return None


def draft_of_own_table(sheet: Sheet, given: Given) -> Draft:
    """Return the journey of a table of touchpoints that has the headers of ours."""
    return _Reader(Book((sheet,)), given).draft_of_touchpoints(sheet)


def _header(sheet: Sheet) -> list[str]:
    return [_folded(cell) for cell in sheet.rows[0]] if sheet.rows else []


def _folded(cell: Any) -> str:
    return " ".join(text_of(cell).casefold().split()) if cell is not None else ""


class _Reader:
    """Reads one workbook."""

    def __init__(self, book: Book, given: Given) -> None:
        self.book, self.given = book, given
        self.carry = CarryReport()
        self.places: dict[KeyPath, str] = {}
        self.row_places: dict[KeyPath, str] = {}
        """The places of the cells of the row that is read, by their paths in it."""
        self.data: dict[str, Any] = {}
        self.covers: set[str] = set()

    def draft(self) -> Draft:
        """Return the journey."""
        journey, points = self.book.sheet(JOURNEY), self.book.sheet("Touchpoints")
        assert journey is not None
        assert points is not None
        self.covers.update(column.field for column in journey_columns())
        self._journey(journey)
        self._touchpoints(points)
        for plan in sheet_plans()[1:]:
            sheet = self.book.sheet(plan.name)
            if sheet is not None and plan.path != ("stages",):
                (self._parts if plan.of_touchpoint else self._list)(sheet, plan)
        self._other_sheets()
        return self._finished()

    def draft_of_touchpoints(self, sheet: Sheet) -> Draft:
        """Return a journey of which only the touchpoints are known."""
        self._touchpoints(sheet)
        if self.given.lang:
            self.data["lang"] = self.given.lang
        if scale := self.given.scale or _scale_of_table(sheet):
            self.data["scale"] = scale
        if self.given.persona:
            self.data["persona"] = {"name": self.given.persona}
        return self._finished()

    def _finished(self) -> Draft:
        draft = Draft(self.data, self.carry, self.given.stem, self.places, frozenset(self.covers))
        lanes: dict[str, dict[str, Any]] = {
            id: {} for _, point in each_touchpoint(self.data) for id in point.get("lanes", ())
        }
        if missing := {id: lane for id, lane in lanes.items() if id not in self.data.get("lanes", {})}:
            self.data["lanes"] = {**self.data.get("lanes", {}), **missing}
        name_sources(draft)
        use_ids(draft)
        mend_words(draft)
        return draft

    def _journey(self, sheet: Sheet) -> None:
        known = {column.header.casefold(): column for column in journey_columns()}
        for number, row in enumerate(sheet.rows[1:], 2):
            name, cell = text_of(row[0]) if row and row[0] is not None else "", row[1] if len(row) > 1 else None
            where = f"{sheet.name}, row {number}"
            if cell is None or not name.strip():
                continue
            if name.strip().casefold() == "goals":
                for text in split(text_of(cell)):
                    self.data.setdefault("goals", []).append({"goal": text})
                continue
            if (column := known.get(name.strip().casefold())) and column.kind != "map":
                self._put(self.data, column, cell, where, extend=True)
            elif keyed := next((one for one in known.values() if _is_key_of(name, one)), None):
                self._map_row(keyed, name.strip()[len(keyed.header) + 1 :], cell, where)
            else:
                self.carry.lose(where, f"{name}: {text_of(cell)}", "there is no such field")

    def _map_row(self, column: Column, key: str, cell: Any, where: str) -> None:
        holder = _holder(self.data, column.path)
        value = cell if not isinstance(cell, float) or not cell.is_integer() else int(cell)
        holder[column.path[-1]] = {
            **holder.get(column.path[-1], {}),
            key: value if _is_plain(value) else text_of(value),
        }
        self.places[*column.path, key] = where

    def _touchpoints(self, sheet: Sheet) -> None:
        plan = sheet_plans()[0]
        about = self._stage_rows()
        stages: list[dict[str, Any]] = []
        last = None
        for where, row in self._rows(sheet, plan):
            name, phase = row.pop("stage", None), row.pop("phase", None)
            if stages and not name:
                name = last
            if not stages or name != last:
                stages.append(self._stage(name, about, stages))
                last = name
            stage = stages[-1]
            if phase and stage.setdefault("phase", phase) != phase:
                self.carry.guess(where, "phase", phase, stage["phase"])
            if row.keys() - {"lanes"}:
                at: KeyPath = ("stages", len(stages) - 1, "touchpoints", len(stage["touchpoints"]))
                self._keep_places(where, at)
                stage["touchpoints"].append(row)
            else:
                self.row_places.clear()
        self._renamed(about, stages, sheet.name)
        unused = {id(stage): stage for stage in about.values() if not any(stage is one for one in stages)}
        unused = {
            key: stage for key, stage in unused.items() if stage.get("id") not in [one.get("id") for one in stages]
        }
        stages += [{**stage, "touchpoints": []} for stage in unused.values()]
        if len(stages) == 1 and not stages[0].get("name"):
            self.data["touchpoints"] = stages[0]["touchpoints"]
            self.places = {
                path[2:] if path[:2] == ("stages", 0) else path: place for path, place in self.places.items()
            }
        elif stages:
            for number, stage in enumerate(stages, 1):
                if not stage.get("name"):
                    stage["name"] = f"Stage {number}"
                    self.carry.guess(sheet.name, "stage", "", stage["name"])
            self.data["stages"] = stages

    def _stage_rows(self) -> dict[str, dict[str, Any]]:
        """Return what the sheet of stages says, by name and by id."""
        sheet = self.book.sheet("Stages")
        plan = next(one for one in sheet_plans() if one.path == ("stages",))
        found: dict[str, dict[str, Any]] = {}
        rows = [row for _, row in self._rows(sheet, plan)] if sheet else []
        self.row_places.clear()
        for row in rows:
            if row.get("id"):
                found.setdefault(row["id"], row)
        for row in rows:
            if row.get("name"):
                found[row["name"]] = row
        return found

    def _stage(self, name: Any, about: dict[str, dict[str, Any]], stages: list[dict[str, Any]]) -> dict[str, Any]:
        known = about.get(name) if name else None
        if known is None or any(known is one for one in stages):
            return {**({"name": name} if name else {}), "touchpoints": []}
        known["touchpoints"] = []
        return known

    def _renamed(self, about: dict[str, dict[str, Any]], stages: list[dict[str, Any]], where: str) -> None:
        """Take a stage that only the touchpoints name for the one that only the sheet of stages has at its place."""
        listed = list({id(stage): stage for stage in about.values()}.values())
        for at, (stage, known) in enumerate(zip(stages, listed, strict=False)):
            is_new = not any(stage is one for one in listed)
            if is_new and stage.get("name") and not any(known is one for one in stages):
                self.carry.guess(where, "stage", known.get("name", ""), stage["name"])
                stages[at] = {**known, **stage}

    def _parts(self, sheet: Sheet, plan: SheetPlan) -> None:
        """Add the rows of a sheet to the touchpoints that they name."""
        points = touchpoints_by_name(self.data)
        for where, row in self._rows(sheet, plan):
            owner = row.pop("", None)
            if not row:
                self.row_places.clear()
                continue
            if owner is None or (found := points.get(owner) or points.get(_folded(owner))) is None:
                self.carry.lose(where, row, f'no touchpoint is called "{owner or ""}"')
                self.covers.difference_update(column.field for column in plan.columns)
                self.row_places.clear()
                continue
            path, point = found
            items = _holder(point, plan.path).setdefault(plan.path[-1], [])
            self._keep_places(where, (*path, *plan.path, len(items)))
            items.append(row)

    def _list(self, sheet: Sheet, plan: SheetPlan) -> None:
        key = plan.path[0]
        for where, row in self._rows(sheet, plan):
            if plan.keyed:
                id = row.pop("", None)
                if id is None:
                    self.carry.lose(where, row, "it has no id")
                    self.covers.difference_update(column.field for column in plan.columns)
                else:
                    self.data.setdefault(key, {})[id] = row
                    self._keep_places(where, (key, id))
            elif row:
                items = self.data.setdefault(key, [])
                self._keep_places(where, (key, len(items)))
                items.append(row)
            self.row_places.clear()

    def _rows(self, sheet: Sheet, plan: SheetPlan) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the rows of a sheet as data, each with its place; cells that cannot be read are reported."""
        columns = self._columns(sheet, plan)
        self.row_places = {}
        for number, cells in enumerate(sheet.rows[1:], 2):
            row: dict[str, Any] = {}
            where = f"{sheet.name}, row {number}"
            for cell, (header, column) in zip(cells, columns, strict=False):
                if cell is None or (isinstance(cell, str) and not cell.strip()):
                    continue
                if column is None:
                    self.carry.lose(f"{where}, column {header or '?'}", text_of(cell), "there is no such column")
                    continue
                self._put(row, column, cell, f"{where}, column {header}", own=self.row_places)
            if row:
                yield where, row
            self.row_places = {}

    def _columns(self, sheet: Sheet, plan: SheetPlan) -> list[tuple[str, Column | None]]:
        known = {column.header.casefold(): column for column in plan.columns}
        lanes = next((column for column in plan.columns if column.kind == "lanes"), None)
        found: list[tuple[str, Column | None]] = []
        for cell in sheet.rows[0] if sheet.rows else ():
            header = text_of(cell).strip() if cell is not None else ""
            column = known.get(_without_scale(_folded(cell))[0])
            if column is None and lanes and header.casefold().startswith(LANE.strip().casefold()):
                id = header[len(LANE.strip()) :].strip()
                column = lanes._replace(path=("lanes", id), kind="texts")
            found.append((header, column))
        self.covers.update(column.field for _, column in found if column is not None)
        if taken := sum(column is not None for _, column in found):
            self.carry.see(f"sheet {sheet.name}", f"{taken} columns")
        return found

    def _put(
        self, row: dict[str, Any], column: Column, cell: Any, where: str, *,
        extend: bool = False, own: dict[KeyPath, str] | None = None,
    ) -> None:  # fmt: skip
        try:
            value = value_of(cell, column)
        except UnreadableCellError as error:
            self.carry.lose(where, text_of(cell), str(error))
            self.covers.discard(column.field)
            return
        holder = _holder(row, column.path)
        key = column.path[-1]
        if extend and isinstance(value, list):
            value = [*holder.get(key, []), *value]
        holder[key] = value
        (self.places if own is None else own)[column.path] = where

    def _keep_places(self, where: str, above: KeyPath) -> None:
        self.places[above] = where
        self.places.update({(*above, *path): place for path, place in self.row_places.items()})

    def _other_sheets(self) -> None:
        known = {plan.name.casefold() for plan in sheet_plans()}
        for sheet in self.book.sheets:
            if sheet.name.casefold() not in known and sheet.name.casefold() not in IGNORED:
                count = sum(cell is not None for row in sheet.rows for cell in row)
                if count:
                    self.carry.lose(f"sheet {sheet.name}", f"{count} cells", "it is no sheet of the workbook")


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def _is_key_of(name: str, column: Column) -> bool:
    return column.kind == "map" and name.strip().casefold().startswith(f"{column.header}.".casefold())


def _holder(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    return data


def touchpoints_by_name(data: dict[str, Any]) -> Mapping[str, tuple[KeyPath, dict[str, Any]]]:
    """Return the touchpoints with their paths, by id and by folded title."""
    found: dict[str, tuple[KeyPath, dict[str, Any]]] = {}
    by_title: dict[str, tuple[KeyPath, dict[str, Any]]] = {}
    ids = iter(_default_ids(data))
    for path, point in each_touchpoint(data):
        found[next(ids)] = (path, point)
        by_title.setdefault(_folded(point.get("title")), (path, point))
    return {**by_title, **found}


def each_touchpoint(data: dict[str, Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield the touchpoints with their paths in the file."""
    for number, point in enumerate(data.get("touchpoints", ())):
        yield ("touchpoints", number), point
    for s, stage in enumerate(data.get("stages", ())):
        for number, point in enumerate(stage.get("touchpoints", ())):
            yield ("stages", s, "touchpoints", number), point


def _default_ids(data: dict[str, Any]) -> list[str]:
    normal = normalise(data).data
    return [point["id"] for stage in normal["stages"] for point in stage["touchpoints"]]


def use_ids(draft: Draft) -> None:
    """Replace titles by ids where something is referred to: in a spreadsheet, people name things as they are called."""
    normal = normalise(draft.data).data
    called: dict[str, dict[str, str]] = {"touchpoint": {}, "stage": {}, "opportunity": {}, "kpi": {}, "source": {}}
    parts: list[tuple[str, list[dict[str, Any]]]] = [
        ("touchpoint", [point for stage in normal["stages"] for point in stage["touchpoints"]]),
        ("stage", normal["stages"]),
        ("opportunity", normal.get("opportunities", [])),
        ("kpi", normal.get("kpis", [])),
        ("source", normal.get("sources", [])),
    ]
    for kind, items in parts:
        for one in items:
            if isinstance(id := one.get("id"), str):
                called[kind][id] = id
                called[kind].setdefault(_folded(one.get("title") or one.get("name")), id)
    for leaf in leaves(draft.data, Journey, Ref)[Ref]:
        kinds = [kind for kind in leaf.meaning.kinds if kind in called]
        if not kinds or leaf.value in leaf.meaning.also or not isinstance(leaf.value, str):
            continue
        if any(leaf.value in called[kind].values() for kind in kinds):
            continue
        names = (_folded(leaf.value), slug(leaf.value))
        meant = next((called[kind][name] for kind in kinds for name in names if name in called[kind]), None)
        if meant is not None:
            put_at(draft.data, leaf.path, leaf.side, meant)
            key = next(str(step) for step in reversed(leaf.path) if isinstance(step, str))
            draft.carry.guess(draft.where(leaf.path), key, leaf.value, meant)


def name_sources(draft: Draft) -> None:
    """Give the sources without an id one that is made from who was asked, or from their kind."""
    sources = draft.data.get("sources", [])
    ids = Ids(str(one["id"]) for one in sources if "id" in one)
    for number, one in enumerate(sources):
        if "id" not in one:
            sources[number] = {"id": ids.make(one.get("who"), str(one.get("kind", "source"))), **one}
            draft.carry.guess(draft.where(("sources", number)), "id", "", sources[number]["id"])


def mend_words(draft: Draft) -> None:
    """Split and correct the feelings and channels that people typed: `Anxious+`, `phone, chat`."""
    own = [fold(str(word)) for word in draft.data.get("feelings", {})]
    lang = str(draft.data.get("lang", "en"))
    for path, point in each_touchpoint(draft.data):
        words: list[str] = []
        for word in point.get("feeling", ()):
            if find_feeling(word) is not None or fold(word) in own:
                words.append(word)
                continue
            found = feelings_in(word, lang)
            words += found.words
            for old, new in found.changed or [(word, one) for one in found.words]:
                draft.carry.guess(draft.where((*path, "feeling")), "feeling", old, new)
            rest = [*found.rest, *([word] if found.valence is not None and not found.words else [])]
            for text in rest:
                point["thinks"] = [*point.get("thinks", []), text]
                draft.carry.guess(draft.where((*path, "feeling")), "thinks", text, "no feeling word is known for it")
        if words:
            point["feeling"] = words
        else:
            point.pop("feeling", None)
        _split_channels(point, draft)


def _split_channels(point: dict[str, Any], draft: Draft) -> None:
    found: list[str] = []
    for word in point.get("channel", ()):
        parts = [one.strip() for one in re.split("[,/+&]", word)]
        known = len(parts) > 1 and word not in draft.data.get("channels", {}) and all(map(canonical_channel, parts))
        found += parts if known else [word]
    if found:
        point["channel"] = found
