"""A whiteboard: the sticky notes and tables of Miro (JSON of its items) and FigJam (JSON of the REST API)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from journeykit.interchange.given import Draft, Given, dicts_in
from journeykit.interchange.sheets.book import Book, Sheet
from journeykit.interchange.sheets.foreign import draft_of_tables

SUFFIX = ".json"
NOTES = ("sticky_note", "shape", "text", "card", "STICKY", "SHAPE_WITH_TEXT", "TEXT")
"""The kinds of items whose texts are read."""


class _Note(NamedTuple):
    text: str
    x: float
    y: float
    height: float


def recognises(given: Given) -> bool:
    """Return whether a file is the JSON of a board."""
    if (given.text or "").lstrip()[:1] not in ("{", "["):
        return False
    data = given.json
    return data is not None and (any(True for _ in _notes(data)) or any(True for _ in _tables(data)))


def read(given: Given) -> list[Draft]:
    """Return the journey of the tables of a board, else of its notes, which are sorted into rows and columns."""
    data = given.json
    sheets = [*_tables(data)] or [Sheet("", _grid(list(_notes(data))))]
    return [draft_of_tables(Book(tuple(sheets)), given)]


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects, the outer ones first."""
    waiting = [data]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            if one.get("type") == "TABLE":
                continue
            waiting += [value for value in one.values() if isinstance(value, (dict, list))]
        elif isinstance(one, list):
            waiting += one


def _notes(data: Any) -> Iterator[_Note]:
    for item in _items(data):
        if not isinstance(item.get("type"), str) or item["type"] not in NOTES:
            continue
        content, place, size = item.get("data"), item.get("position"), item.get("geometry")
        box = item.get("absoluteBoundingBox")
        if isinstance(content, dict) and isinstance(place, dict):  # Miro: the position is that of the middle
            text = str(content.get("content") or content.get("title") or "")
            size = size if isinstance(size, dict) else {}
            height = _number(size.get("height")) or _number(size.get("width")) or 100
            note = _Note(_plain(text), _number(place.get("x")), _number(place.get("y")), height)
        elif isinstance(box, dict) and isinstance(item.get("characters"), str):
            left, top = _number(box.get("x")), _number(box.get("y"))
            width, tall = _number(box.get("width")), _number(box.get("height")) or 100
            note = _Note(item["characters"].strip(), left + width / 2, top + tall / 2, tall)
        else:
            continue
        if note.text:
            yield note


def _number(value: Any) -> float:
    """Return a number of the file; 0 for what is none."""
    known = isinstance(value, (int, float)) and abs(value) < 1e9
    return float(value) if known else 0


def _plain(text: str) -> str:
    """Return a text of Miro, which is HTML, as plain text."""
    text = re.sub(r"</(?:p|li|div)>|<br\s*/?>", "\n", text)
    return html.unescape(re.sub(r"<[^<>]*>", "", text)).strip()


def _grid(notes: list[_Note]) -> list[list[Any]]:
    """Return notes as rows and columns: those at about one height are a row, those below each other a column.

    Notes that share a cell are lines of it.
    """
    if not notes:
        return []
    heights = sorted(note.height for note in notes)
    reach = heights[len(heights) // 2] * 0.6
    ys = _bands([note.y for note in notes], reach)
    xs = _bands([note.x for note in notes], reach)
    rows: list[list[Any]] = [[None] * len(xs) for _ in ys]
    for note in sorted(notes, key=lambda note: (note.y, note.x)):
        row, column = _nearest(ys, note.y), _nearest(xs, note.x)
        known = rows[row][column]
        rows[row][column] = note.text if known is None else f"{known}\n{note.text}"
    return rows


def _bands(values: list[float], reach: float) -> list[float]:
    """Return the middles of groups of values that lie closely together."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= reach:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(bands: list[float], value: float) -> int:
    return min(range(len(bands)), key=lambda at: abs(bands[at] - value))


def _tables(data: Any) -> Iterator[Sheet]:
    """Yield the tables of FigJam: their cells by where they lie."""
    for item in _items(data):
        if item.get("type") != "TABLE":
            continue
        boxes = [
            (one, box)
            for one in dicts_in(item.get("children"))
            if isinstance(box := one.get("absoluteBoundingBox"), dict)
        ]
        notes = [
            (str(one.get("characters") or "").strip(), _number(box.get("x")), _number(box.get("y")))
            for one, box in boxes
        ]
        ys = _bands([y for _, _, y in notes], 1)
        xs = _bands([x for _, x, _ in notes], 1)
        rows: list[list[Any]] = [[None] * len(xs) for _ in ys]
        for text, x, y in notes:
            rows[_nearest(ys, y)][_nearest(xs, x)] = text or None
        if rows:
            yield Sheet(str(item.get("name") or "table"), rows)
