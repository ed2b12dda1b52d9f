"""A table of touchpoints in a Markdown text, as GitHub shows it; each table of a journey is one."""

from __future__ import annotations

import re
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.formats.csv import with_scale
from journeykit.interchange.given import Draft, Given, ToWrite
from journeykit.interchange.normal import normal_data
from journeykit.interchange.sheets.book import Book, Sheet
from journeykit.interchange.sheets.cells import Cell, text_of
from journeykit.interchange.sheets.columns import sheet_plans
from journeykit.interchange.sheets.foreign import draft_of_tables, looks_like_a_map
from journeykit.interchange.sheets.reading import draft_of_own_table, is_own_table
from journeykit.interchange.sheets.rows import grid_of

SUFFIX = ".md"
CARRIES = frozenset({"Journey.title", "Journey.scale", *(column.field for column in sheet_plans()[0].columns)})
_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
"""The line of dashes below the headers of a table."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~&:.-]")


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the touchpoints as a table below a heading."""
    journey = asked.journey
    del carry  # what it has no place for is known from its columns
    data = normal_data(journey)
    grid = grid_of(sheet_plans()[0], data)
    used = grid.used
    lines = [f"# {_escaped(journey.title)}", ""]
    lines.append(_line([with_scale(grid.columns[at].header, data) for at in used]))
    lines.append("|" + " --- |" * len(used))
    lines += [_line([row[at] for at in used]) for row in grid.rows]
    return ("\n".join(lines) + "\n").encode()


def _line(cells: list[Any]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(cell: Cell) -> str:
    return "" if cell is None else _escaped(text_of(cell))


def _escaped(text: str) -> str:
    lines = re.split(r"\r\n|\r|\n", _MARKUP.sub(lambda match: "\\" + match[0], text))
    return "<br>".join(lines)


def recognises(given: Given) -> bool:
    """Return whether a text has a table of a journey."""
    return bool(_RULE.search(given.text or "")) and any(looks_like_a_map(sheet, given) for _, sheet in _tables(given))


def read(given: Given) -> list[Draft]:
    """Return a journey for each table of one."""
    found: list[Draft] = []
    for title, sheet in _tables(given):
        if not looks_like_a_map(sheet, given):
            continue
        draft = draft_of_own_table(sheet, given) if is_own_table(sheet) else draft_of_tables(Book((sheet,)), given)
        if title and "title" not in draft.data:
            draft.data["title"] = title
        if found:
            draft.stem = f"{draft.stem}-{len(found) + 1}"
        found.append(draft)
    return found


def _tables(given: Given) -> list[tuple[str, Sheet]]:
    """Return the tables of a text, each with the heading above it."""
    from markdown_it import MarkdownIt

    found: list[tuple[str, Sheet]] = []
    heading = opened = ""
    rows: list[list[Any]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(given.text or ""):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            found.append((heading, Sheet("", rows)))
        elif token.type == "inline" and opened == "heading_open":
            heading = _plain(token)
        elif token.type == "inline" and opened in ("td_open", "th_open"):
            rows[-1].append(_plain(token) or None)
        opened = token.type
    return found


def _plain(token: Any) -> str:
    """Return the text of a cell without its markup; `<br>` is a line break."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and re.fullmatch(r"<br\s*/?>", child.content)
        ):
            parts.append("\n")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts).strip()
