"""A table of touchpoints in a Markdown text, as GitHub shows it; each table of a journey is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.formats.csv import draft_of_table, table_of
from journeykit.interchange.given import Draft, Given, ToWrite
from journeykit.interchange.sheets.book import Sheet
from journeykit.interchange.sheets.cells import Cell, text_of
from journeykit.interchange.sheets.columns import sheet_plans
from journeykit.interchange.sheets.foreign import looks_like_a_map
from journeykit.interchange.sheets.headers import meaning_of

SUFFIX = ".md"
CARRIES = frozenset({"Journey.title", "Journey.scale", *(column.field for column in sheet_plans()[0].columns)})
_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
"""The line of dashes below the headers of a table."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~&:.-]")


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the touchpoints as a table below a heading."""
    del carry  # what it has no place for is known from its columns
    headers, rows = table_of(asked)
    lines = [f"# {_escaped(asked.journey.title)}", "", _line(headers), "|" + " --- |" * len(headers), *map(_line, rows)]
    return ("\n".join(lines) + "\n").encode()


def _line(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(cell: Cell) -> str:
    return "" if cell is None else _escaped(text_of(cell))


def _escaped(text: str) -> str:
    lines = re.split(r"\r\n|\r|\n", _MARKUP.sub(lambda match: "\\" + match[0], text))
    return "<br>".join(lines)


def recognises(given: Given) -> bool:
    """Return whether a text has a table of a journey."""
    return bool(_RULE.search(given.text or "")) and any(
        looks_like_a_map(sheet, given) for _, _, sheet in _tables(given)
    )


def read(given: Given) -> list[Draft]:
    """Return a journey for each table of one."""
    found: list[Draft] = []
    for title, labels, sheet in _tables(given):
        if not looks_like_a_map(sheet, given):
            continue
        draft = draft_of_table(sheet, given)
        if title and "title" not in draft.data:
            draft.data["title"] = title
        _say_above(draft, labels)
        if found:
            draft.stem = f"{draft.stem}-{len(found) + 1}"
        found.append(draft)
    return found


def _say_above(draft: Draft, labels: Mapping[str, str]) -> None:
    """Take over what stands above a table, as `**Persona:** Anna`, where the table does not say it."""
    if (name := labels.get("persona")) and "persona" not in draft.data:
        draft.data["persona"] = {"name": name}
        draft.carry.guess("above the table", "persona", name, name)
    if (goal := labels.get("goal")) and "goals" not in draft.data:
        draft.data["goals"] = [{"goal": goal}]
        draft.carry.guess("above the table", "goals", goal, goal)


def _title(heading: str, above: str) -> str:
    """Return the title that a heading gives; one that says only what a map is, as `Journey stages`, gives none."""
    label, colon, rest = heading.partition(":")
    if colon and rest.strip() and meaning_of(label) == "title_of_map":
        return rest.strip()
    return above if above and meaning_of(heading) in ("title_of_map", "stage") else heading


def _labels(text: str) -> Iterator[tuple[str, str]]:
    """Yield the persona and the goal that lines with a label name."""
    for line in text.split("\n"):
        label, colon, value = line.partition(":")
        label = re.sub(r"^[\d.\s]+|\s+\d+$", "", label)
        field = meaning_of(label) if colon and len(label) < 40 else None
        if field in ("persona", "goal") and value.strip() and len(value) < 200:
            yield field, value.strip()


def _tables(given: Given) -> list[tuple[str, dict[str, str], Sheet]]:
    """Return the tables of a text, each with the heading above it, and the persona and goal that stand above it."""
    from markdown_it import MarkdownIt

    found: list[tuple[str, dict[str, str], Sheet]] = []
    labels: dict[str, str] = {}
    heading = opened = ""
    rows: list[list[Any]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(given.text or ""):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            found.append((heading, dict(labels), Sheet("", rows)))
            pairs = [f"{row[0]}: {row[1]}" for row in rows if len(row) == 2 and all(row)]
            labels.update(pair for text in pairs for pair in _labels(text))
        elif token.type == "inline" and opened == "heading_open":
            heading = _title(_plain(token), heading)
            labels.update(_labels(heading))
        elif token.type == "inline" and opened == "paragraph_open":
            labels.update(_labels(_plain(token)))
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
