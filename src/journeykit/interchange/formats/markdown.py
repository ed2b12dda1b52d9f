"""A table of touchpoints in a Markdown text, as GitHub shows it; each table of a journey is one.

Where a text has none, a heading for each stage with labels below it is read, such as `**Actions:**`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.formats.csv import draft_of_table, table_of
from journeykit.interchange.given import Draft, Given, ToWrite
from journeykit.interchange.sheets.book import Sheet
from journeykit.interchange.sheets.cells import Cell, text_of
from journeykit.interchange.sheets.columns import sheet_plans
from journeykit.interchange.sheets.foreign import looks_like_a_map
from journeykit.interchange.sheets.headers import meaning_of
from journeykit.interchange.sheets.outlines import outlines_in

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SUFFIX = ".md"
CARRIES = frozenset({"Journey.title", "Journey.scale", *(column.field for column in sheet_plans()[0].columns)})
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
"""The line of dashes below the headers of a table."""
_FENCED = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*(?:markdown|md|te?xt)?[ \t]*$", re.MULTILINE)
"""The line above a block of text, in which people show tables too."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~&:.-]")


class _Map(NamedTuple):
    """A table of a journey, its title, the persona and goal that stand above it, and what else does."""

    title: str
    labels: dict[str, str]
    sheet: Sheet
    unread: tuple[str, ...] = ()


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
    """Return whether a text has a table of a journey, or headings of one."""
    return bool(_maps(given))


def read(given: Given) -> list[Draft]:
    """Return a journey for each table of one."""
    found: list[Draft] = []
    for title, labels, sheet, unread in _maps(given):
        draft = draft_of_table(sheet, given)
        for line in unread:
            draft.carry.lose("above the stages", line, "no field")
        if title and "title" not in draft.data:
            draft.data["title"] = title
        _say_above(draft, labels)
        if found:
            draft.stem = f"{draft.stem}-{len(found) + 1}"
        found.append(draft)
    return found


def _maps(given: Given) -> list[_Map]:
    """Return the tables of journeys with their headings and what stands above them; without any, the outlines."""
    text = given.text or ""
    tables = _tables(text) if _RULE.search(text) or _FENCED.search(text) else []
    found = [one for one in tables if looks_like_a_map(one.sheet, given)]
    return found or [one for one in _outlines(text, given.name) if looks_like_a_map(one.sheet, given)]


def _outlines(text: str, name: str) -> Iterator[_Map]:
    for headings, above, sheet in outlines_in(text, name):
        title = ""
        for heading in headings:
            title = _title(_plain_text(heading), title)
        lines = [_plain_text(line) for line in above]
        labels = dict(pair for line in (*map(_plain_text, headings), *lines) for pair in _labels(line))
        unread = tuple(line for line in lines if ":" in line and not any(True for _ in _labels(line)))
        rows = [[_plain_text(cell) if cell else None for cell in row] for row in sheet.rows]
        yield _Map(title, labels, Sheet("", rows, sheet.places), unread)


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
    if colon and rest.strip() and meaning_of(label.rstrip(" 0123456789")) == "title_of_map":
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


def _tables(text: str) -> list[_Map]:
    """Return the tables of a text, each with the heading above it, and the persona and goal that stand above it.

    Those in blocks of text are among them.
    """
    found: list[_Map] = []
    labels: dict[str, str] = {}
    heading = opened = ""
    rows: list[list[Any]] = []
    for token in _parser().parse(text):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            found.append(_Map(heading, dict(labels), Sheet("", rows)))
            pairs = [f"{row[0]}: {row[1]}" for row in rows if len(row) == 2 and all(row)]
            labels.update(pair for text in pairs for pair in _labels(text))
        elif token.type == "inline" and opened == "heading_open":
            heading = _title(_plain(token), heading)
            labels.update(_labels(heading))
        elif token.type == "inline" and opened == "paragraph_open":
            labels.update(_labels(_plain(token)))
        elif token.type == "inline" and opened in ("td_open", "th_open"):
            rows[-1].append(_plain(token) or None)
        elif token.type == "fence" and token.info.strip().lower() in ("", "markdown", "md", "text", "txt"):
            inside = _tables(token.content) or list(_drawn(token.content))
            found += [_Map(one.title or heading, {**labels, **one.labels}, one.sheet) for one in inside]
        opened = token.type
    return found


def _drawn(text: str) -> Iterator[_Map]:
    """Yield the table that a block of text draws with `|`, without a line of dashes below its headers."""
    rows = [[cell.strip() or None for cell in line.split("|")] for line in text.splitlines() if line.count("|") > 1]
    if len(rows) > 1:
        yield _Map("", {}, Sheet("", [list(row) for row in rows]))


def _plain_text(text: str) -> str:
    """Return a text without its markup; its lines stay."""
    lines = text.split("\n")
    return "\n".join(_plain(_parser().parseInline(line)[0]) if _MARKUP.search(line) else line for line in lines)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


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
