"""Make journeys of the tables of other people, whose headers are read by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given
from journeykit.interchange.sheets.book import Book, Sheet
from journeykit.interchange.sheets.cells import UnreadableCellError, text_of, value_of
from journeykit.interchange.sheets.columns import sheet_plans
from journeykit.interchange.sheets.durations import duration_in
from journeykit.interchange.sheets.feelings import FoundScale, feelings_in, rating_in, scale_of
from journeykit.interchange.sheets.headers import meaning_of
from journeykit.interchange.sheets.tables import Header, Row, Table, find_table
from journeykit.model.normalisation import normalise
from journeykit.model.slug import slug
from journeykit.output.paint import shown_name
from journeykit.vocabulary.channels import canonical_channel, channels

TITLE_LENGTH = 120
"""From how many characters on only the first sentence of an action is the title."""
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●○►➤✓]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_NUMBERED = re.compile(
    r"^\s*(?:(?:phase|stage|step|stufe|schritt|szakasz|faza)\s*)?\d{1,2}\s*[.):–-]\s*(?=\S)", re.IGNORECASE
)
_QUOTES = re.compile(r'^[\s"“”„«»\']+|[\s"“”„«»\']+$')
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


class _Foreign:
    """Reads one table."""

    def __init__(self, table: Table, given: Given) -> None:
        self.table, self.given = table, given
        self.lang = given.lang or "en"
        self.carry = CarryReport()
        self.draft_ = Draft({}, self.carry, given.stem)
        self.stages: list[dict[str, Any]] = []
        self.opportunities: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
        self.sources: dict[str, dict[str, Any]] = {}
        self.where: dict[int, str] = {}
        self.unknown: set[str] = set()
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
        self.scale = self._scale()
        for row in self.table.rows:
            self._row(row)
        if len(self.stages) == 1 and not self.stages[0].get("name"):
            data["touchpoints"] = self.stages[0]["touchpoints"]
        else:
            data["stages"] = self.stages
        self._places()
        if self.scale:
            data["scale"] = self.scale.scale
        if self.opportunities:
            data["opportunities"] = self._opportunities()
        if self.sources:
            data["sources"] = list(self.sources.values())
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

    def _scale(self) -> FoundScale | None:
        """Return the scale of the numbers in columns of scores, or of feelings that are numbers."""

        def ratings_of(field: str) -> list[Any]:
            cells = [row.cells[at] for row in self.table.rows for at in self._columns(field) if at < len(row.cells)]
            return [rating for cell in cells if (rating := rating_in(cell)) is not None]

        self.scored = "satisfaction" if ratings_of("satisfaction") else "feeling"
        ratings = ratings_of(self.scored)
        if not ratings:
            return None
        found = scale_of(ratings, self.given.scale)
        if found.note:
            self.carry.guess(
                f"column {self._header(self.scored)}", "satisfaction", found.note.split(":")[0], found.note
            )
        return found

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
            if cell is None or not text_of(cell).strip() or header.field in (*LANES, "number", "phase", "ignored"):
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
        place = text_of(touch).strip() if touch is not None else ""
        name = text_of(own if own is not None else step).strip() if (own is not None or step is not None) else ""
        if name and not re.fullmatch(r"[\d.]+", name):
            return _one_line(_NUMBERED.sub("", name)), [*actions, *described], place
        if actions:
            title, more = _short_title(actions)
            return title, [*more, *described], place
        if place:
            return _one_line(place), described, ""
        if described:
            title, more = _short_title(described)
            return title, more, ""
        return "", [], ""

    def _fallback_title(self, row: Row, stage: dict[str, Any]) -> str:
        """Return a title for a row that has none: the name of its stage."""
        name = stage.get("name") or "Touchpoint"
        count = len(stage["touchpoints"]) + 1
        title = name if count == 1 else f"{name} {count}"
        if self._columns("step") or self._columns("action") or self._columns("touchpoint"):
            self.carry.guess(row.where, "title", "", title)
        return str(title)

    def _where_it_happens(self, point: dict[str, Any], text: str, row: Row) -> None:
        known, other = _channels(text)
        if known and not other and "channel" not in self.fields:
            point["channel"] = known
        else:
            point["place"] = _one_line(text)
            self.carry.guess(row.where, "place", text, point["place"])

    def _put(self, point: dict[str, Any], stage: dict[str, Any], header: Header, cell: Any, row: Row) -> None:
        where = row.where if self.table.transposed else f"{row.where}, column {header.text}"
        if self.table.transposed:
            where = f"{row.where}, row {header.text}"
        put = _FIELDS.get(header.field)
        if put is not None:
            put(self, point, stage, cell, where)
        elif header.field:
            self._own_column(point, header.field, cell, where)
        else:
            self.carry.lose(
                where, text_of(cell), "no field for this column" if header.text else "a column without header"
            )

    def _own_column(self, point: dict[str, Any], field: str, cell: Any, where: str) -> None:
        column = next(one for one in sheet_plans()[0].columns if ".".join(one.path) == field)
        try:
            value = value_of(cell, column)
        except UnreadableCellError as error:
            self.carry.lose(where, text_of(cell), str(error))
            return
        for key in column.path[:-1]:
            point = point.setdefault(key, {})
        point[column.path[-1]] = value

    def _feeling(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        if (rating := rating_in(cell)) is not None:
            if self.scored == "feeling":
                self._rate(point, rating.value, cell, where)
            else:
                self.carry.lose(where, text_of(cell), "another column has the score")
            return
        found = feelings_in(text_of(cell), self.lang)
        for old, new in found.changed:
            self.carry.guess(where, "feeling", old, new)
        if found.words:
            point["feeling"] = [*point.get("feeling", []), *found.words]
        if found.valence is not None and not found.words:
            if self.scale is None or self.scale.scale == "-2..2":
                self.scale = self.scale or FoundScale("-2..2")
                point.setdefault("satisfaction", _whole(found.valence))
                self.carry.guess(where, "satisfaction", text_of(cell), f"{found.valence:g}")
            elif "satisfaction" not in point:
                self.carry.lose(where, text_of(cell), f"it is no number of the scale {self.scale.scale}")
        for text in found.rest:
            point["thinks"] = [*point.get("thinks", []), text]
            self.carry.guess(where, "thinks", text, "no feeling word is known for it")

    def _satisfaction(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        rating = rating_in(cell)
        if rating is None:
            self._feeling(point, stage, cell, where)
        else:
            self._rate(point, rating.value, cell, where)

    def _rate(self, point: dict[str, Any], value: float, cell: Any, where: str) -> None:
        assert self.scale is not None
        if "satisfaction" in point:
            self.carry.lose(where, text_of(cell), "the row has a score already")
            return
        point["satisfaction"] = _whole(value * self.scale.factor + self.scale.shift)

    def _texts(self, point: dict[str, Any], key: str, cell: Any) -> None:
        point[key] = list(dict.fromkeys([*point.get(key, []), *lines_of(text_of(cell))]))

    def _quote(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        quotes = [text for line in lines_of(text_of(cell)) if (text := _QUOTES.sub("", line))]
        point["quote"] = [*point.get("quote", []), *quotes]

    def _thinks(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._texts(point, "thinks", cell)

    def _pains(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        if text_of(cell).strip() not in NOTHING:
            self._texts(point, "pains", cell)
        else:
            self.carry.guess(where, "pains", text_of(cell), "none")

    def _actors(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        point["actors"] = [*point.get("actors", []), *_listed(text_of(cell))]

    def _why(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        if text_of(cell).strip() in NOTHING:
            self.carry.guess(where, "why", text_of(cell), "none")
            return
        text = "; ".join(lines_of(text_of(cell)))
        point["why"] = f"{point['why']}; {text}" if "why" in point else text

    def _channel(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        known, other = _channels(text_of(cell))
        point["channel"] = list(dict.fromkeys([*point.get("channel", []), *known, *other]))

    def _opportunity(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        for title in lines_of(text_of(cell)):
            if title in NOTHING:
                continue
            _, points = self.opportunities.setdefault(title, ({"title": title}, []))
            if not any(one is point for one in points):
                points.append(point)

    def _work(self, point: dict[str, Any], key: str, cell: Any, field: str) -> None:
        """Add what the company does: a step for each line, or its team, tool or owner."""
        steps = point.setdefault(key, [])
        if field == "does":
            steps += [{"does": line} for line in lines_of(text_of(cell))]
            return
        text = "; ".join(lines_of(text_of(cell)))
        if not steps:
            steps.append({})
        for step in steps:
            step.setdefault(field, text)

    def _backstage(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        waiting = [one for one in point.pop("backstage", []) if "does" not in one]
        self._work(point, "backstage", cell, "does")
        for step in point["backstage"]:
            step.update({key: value for one in waiting for key, value in one.items()})

    def _frontstage(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "frontstage", cell, "does")

    def _team(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "backstage", cell, "team")

    def _system(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "backstage", cell, "system")

    def _owner(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        self._work(point, "backstage", cell, "owner")

    def _moment(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        column = next(one for one in sheet_plans()[0].columns if one.path == ("moment_of_truth",))
        try:
            point["moment_of_truth"] = value_of(cell, column)
        except UnreadableCellError:
            point["moment_of_truth"] = True
            self.carry.guess(where, "moment_of_truth", text_of(cell), "yes")

    def _evidence(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        ids = []
        for text in _listed(text_of(cell)):
            id = slug(text) or f"source-{len(self.sources) + 1}"
            kind = next((kind for word, kind in KINDS.items() if word in text.casefold()), None)
            self.sources.setdefault(id, {"id": id, **({"kind": kind} if kind else {}), "who": text})
            ids.append(id)
            self.carry.guess(where, "evidence", text, id)
        point["evidence"] = list(dict.fromkeys([*point.get("evidence", []), *ids]))

    def _goal(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point
        text = "; ".join(lines_of(text_of(cell)))
        if stage.get("goal", text) != text:
            self.carry.lose(where, text, "a stage has one goal, and this one has another already")
        elif "goal" not in stage:
            rest = stage.pop("touchpoints")
            stage.update({"goal": text, "touchpoints": rest})

    def _expectation(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point, stage
        known = self.draft_.data.setdefault("expectations", [])
        for text in lines_of(text_of(cell)):
            if text not in known:
                known.append(text)
                self.carry.guess(where, "expectations", text, "of the whole journey")

    def _persona(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        name = text_of(cell).strip()
        persona = self.draft_.data.setdefault("persona", {"name": name})
        if persona["name"] != name:
            point["actors"] = [*point.get("actors", []), name]
            self.carry.guess(where, "actors", name, f"beside {persona['name']}")

    def _map_title(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del point, stage
        title = text_of(cell).strip()
        if self.draft_.data.setdefault("title", title) != title:
            self.carry.lose(where, title, "a file holds one journey")

    def _length(self, point: dict[str, Any], key: str, cell: Any, where: str) -> None:
        found = duration_in(cell)
        if found is None:
            self.carry.lose(where, text_of(cell), "it is no duration")
            return
        point[key] = found
        if found != text_of(cell).strip():
            self.carry.guess(where, key, text_of(cell), found)

    def _lasts(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        self._length(point, "lasts", cell, where)

    def _wait(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        self._length(point, "wait", cell, where)

    def _importance(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        rating = rating_in(cell)
        value = rating.value if rating else LEVELS.get(text_of(cell).strip().casefold())
        if value is None or not 1 <= value <= 5:
            self.carry.lose(where, text_of(cell), "it is not between 1 and 5")
            return
        point["importance"] = _whole(value)
        if rating is None:
            self.carry.guess(where, "importance", text_of(cell), f"{value:g}")

    def _tags(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage, where
        point["tags"] = [tag for text in _listed(text_of(cell)) if (tag := slug(text))]

    def _id(self, point: dict[str, Any], stage: dict[str, Any], cell: Any, where: str) -> None:
        del stage
        if re.fullmatch(r"[a-z][a-z0-9-]*", text_of(cell)):
            point["id"] = text_of(cell)
        else:
            self.carry.lose(where, text_of(cell), "an id has small letters, digits and hyphens")

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
            for opportunity, at in self.opportunities.values()
        ]


_Put = Callable[[_Foreign, dict[str, Any], dict[str, Any], Any, str], None]
_FIELDS: Mapping[str, _Put] = {
    "feeling": _Foreign._feeling, "satisfaction": _Foreign._satisfaction, "thinks": _Foreign._thinks,
    "quote": _Foreign._quote, "pains": _Foreign._pains, "why": _Foreign._why, "channel": _Foreign._channel,
    "opportunity": _Foreign._opportunity, "backstage": _Foreign._backstage, "frontstage": _Foreign._frontstage,
    "team": _Foreign._team, "system": _Foreign._system, "owner": _Foreign._owner, "actors": _Foreign._actors,
    "moment_of_truth": _Foreign._moment, "evidence": _Foreign._evidence, "goal": _Foreign._goal,
    "expectation": _Foreign._expectation, "persona": _Foreign._persona, "title_of_map": _Foreign._map_title,
    "lasts": _Foreign._lasts, "wait": _Foreign._wait, "importance": _Foreign._importance, "tags": _Foreign._tags,
    "id": _Foreign._id,
}  # fmt: skip
NOTHING = ("-", "–", "—", "none", "None", "n/a", "N/A", "/", "keine", "nincs", "yok")
"""What people write where there is nothing to write."""
KINDS = {"interview": "interview", "survey": "survey", "umfrage": "survey", "felmérés": "survey", "anketa": "survey",
         "anket": "survey", "analytics": "analytics", "workshop": "workshop", "observation": "observation",
         "beobachtung": "observation", "ticket": "ticket", "review": "review"}  # fmt: skip
LEVELS = {"low": 1, "medium": 3, "high": 5, "niedrig": 1, "mittel": 3, "hoch": 5, "alacsony": 1, "közepes": 3,
          "magas": 5, "nizka": 1, "srednja": 3, "visoka": 5, "düşük": 1, "orta": 3, "yüksek": 5, "χαμηλή": 1,
          "μέτρια": 3, "υψηλή": 5, "低": 1, "中": 3, "高": 5}  # fmt: skip


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell without bullets and numbers; several on one line have semicolons between."""
    lines = [line for line in re.split(r"\r?\n|<br\s*/?>", text) if line.strip()]
    if len(lines) == 1 and ";" in text:
        lines = text.split(";")
    elif len(lines) == 1 and text.count("•") > 1:
        lines = text.split("•")
    return [stripped for line in lines if (stripped := " ".join(_BULLET.sub("", line).split()))]


def _listed(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,;\n、]", text) if one.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _short_title(lines: list[str]) -> tuple[str, list[str]]:
    """Return the first line as a title, and what the customer does beside it; of a long text the first sentence."""
    first, *rest = lines
    if len(first) <= TITLE_LENGTH:
        return first, rest
    sentence = re.match(r"(.{10,119}?[.!?])\s", first)
    title = sentence[1] if sentence else first[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return title, lines


def _channels(text: str) -> tuple[list[str], list[str]]:
    """Return the built-in channels that a text names, and its other words."""
    known: list[str] = []
    other: list[str] = []
    for one in re.split(r"[,;/+&\n、・]| and | und | és | in | ve | και ", text):
        word = " ".join(_BULLET.sub("", one).split())
        if not word:
            continue
        id = canonical_channel(word) or _named_channels().get(word.casefold())
        (known if id else other).append(id or word)
    return list(dict.fromkeys(known)), list(dict.fromkeys(other))


def _named_channels() -> dict[str, str]:
    return {name.casefold(): id for id, channel in channels().items() for name in channel.names.values()}


def _whole(number: float) -> float:
    number = round(number, 6)
    return int(number) if number.is_integer() else number
