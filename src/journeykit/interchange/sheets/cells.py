"""Values as cells, and cells as values: what is written is read back unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from journeykit.changing.emitter import inline
from journeykit.interchange.sheets.columns import Column
from journeykit.reading.yaml_text import parse_yaml

Cell: TypeAlias = str | float | bool | date | None
"""What is written into a cell; a date becomes a date of the spreadsheet."""

SEPARATOR = "; "
NO_ITEMS = "–"
"""An empty list that says something: this touchpoint rests on no source."""
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29th of February in 1900; days before are written as text."""
_BREAK = re.compile(r"(\\*)(;|\r\n|\n|\Z)")
_YES = frozenset(
    (
        "yes",
        "y",
        "true",
        "x",
        "✓",
        "✔",
        "☑",
        "1",
        "ja",
        "j",
        "wahr",
        "igen",
        "igaz",
        "i",
        "da",
        "d",
        "res",
        "evet",
        "e",
        "doğru",
        "ναι",
        "ν",
        "αληθές",
        "はい",
        "oui",
        "vrai",
        "sí",
        "si",
        "sim",
    )
)
_NO = frozenset(
    (
        "no",
        "n",
        "false",
        "0",
        "nein",
        "falsch",
        "nem",
        "hamis",
        "ne",
        "hayır",
        "yanlış",
        "όχι",
        "ψευδές",
        "いいえ",
        "-",
        "–",
    )
)


def cell_of(value: Any, column: Column) -> Cell:
    """Return plain data as a cell."""
    if value is None:
        return None
    kind = column.kind
    if kind in ("texts", "links"):
        items = [link_text(one) for one in value] if kind == "links" else value
        return joined(items) if items else NO_ITEMS
    if kind == "map":
        return SEPARATOR.join(f"{key}: {_number_text(one)}" for key, one in value.items())
    if kind == "yaml":
        return inline(value)
    if kind == "flag":
        return "yes" if value else "no"
    if kind == "day" and (day := date.fromisoformat(value)) >= FIRST_DAY:
        return day
    return value  # type: ignore[no-any-return]


def joined(items: list[str]) -> str:
    """Return texts as one: a semicolon or a line break in one of them has a backslash before it."""
    text = SEPARATOR.join(map(_escaped, items))
    return f"{text};" if text == NO_ITEMS else text


def _escaped(text: str) -> str:
    return _BREAK.sub(lambda match: match[1] * 2 + ("\\" + match[2] if match[2] else ""), text)


def split(text: str) -> list[str]:
    """Return the texts of a cell, which semicolons or line breaks separate."""
    items, current, at = [], "", 0
    for match in _BREAK.finditer(text):
        current += text[at : match.start()]
        slashes, end = len(match[1]), match[2]
        current += "\\" * ((slashes + (not end)) // 2)
        if end and slashes % 2:
            current += end
        else:
            items.append(current.strip())
            current = ""
        at = match.end()
    return [item for item in items if item]


def link_text(link: Any) -> str:
    """Return a link as one text: its title, if it has one, and its address."""
    return f"{link['title']} {link['url']}" if link.get("title") else str(link["url"])


def _link(text: str) -> dict[str, str]:
    title, _, url = text.rpartition(" ")
    if "\n" in url:  # an address has no white space
        title, _, url = text.rpartition("\n")
    return {"url": url, "title": title.strip()} if title.strip() else {"url": url}


def _number_text(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, (int, float)) else str(value)


class UnreadableCellError(ValueError):
    """A cell that does not hold what its column is for; the message says why."""


def value_of(cell: Any, column: Column) -> Any:
    """Return a cell as plain data; None if it is empty. Raises UnreadableCellError."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, str):
        cell = cell.strip()
    return _READERS[column.kind](cell)


def text_of(cell: Any) -> str:
    """Return a cell as text: a whole number without decimals, a date in the form of ISO 8601."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        return _duration(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _duration(cell: Any) -> str:
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if not isinstance(cell, timedelta):
        return text_of(cell)
    seconds = round(cell.total_seconds())
    for unit, size in (("h", 3600), ("min", 60), ("s", 1)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def number_in(text: str) -> float | None:
    """Return a number in the notation of any country: `3,5`, `1.000,5`, `−2`; None if it is none."""
    text = text.strip().replace("−", "-")
    if not re.fullmatch(r"[-+]?[\d.,' \u00a0\u202f]*\d", text):
        return None
    plain = re.sub(r"[' \u00a0\u202f]", "", text)
    commas, points = plain.count(","), plain.count(".")
    if commas and points:  # the last one is the decimal mark
        decimal = "," if plain.rindex(",") > plain.rindex(".") else "."
        plain = plain.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif commas > 1 or points > 1:
        plain = plain.replace(",", "").replace(".", "")
    else:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else float(number)


def _read_number(cell: Any) -> Any:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole(cell)
    number = number_in(cell) if isinstance(cell, str) else None
    if number is None:
        raise UnreadableCellError("a number is expected here")
    return _whole(number)


def _read_share(cell: Any) -> Any:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole(cell)
    text = text_of(cell)
    if text.endswith("%") and (number := number_in(text[:-1])) is not None:
        return f"{number:.15g}%"
    number = number_in(text)
    return text if number is None else _whole(number)


def _read_flag(cell: Any) -> Any:
    if isinstance(cell, bool):
        return cell
    word = text_of(cell).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnreadableCellError("yes or no is expected here")


def _read_mixed(cell: Any) -> Any:
    if isinstance(cell, str) and (number := number_in(cell)) is not None:
        return _whole(number)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole(cell)
    return text_of(cell)


def _read_figure(cell: Any) -> Any:
    if isinstance(cell, timedelta | time):
        return _duration(cell)
    return _read_mixed(cell)


def _read_consent(cell: Any) -> Any:
    return cell if isinstance(cell, bool) else text_of(cell)


def _read_texts(cell: Any) -> Any:
    return [] if cell == NO_ITEMS else split(text_of(cell))


def _read_links(cell: Any) -> Any:
    return [_link(one) for one in split(text_of(cell))]


def _read_map(cell: Any) -> Any:
    found: dict[Any, Any] = {}
    for item in split(text_of(cell)):
        key, colon, value = item.rpartition(":")
        number = number_in(value)
        if not colon or number is None:
            raise UnreadableCellError(f'"{item}" is not a name and a number with a colon between')
        key = key.strip()
        found[int(key) if re.fullmatch(r"-?\d{1,9}", key) else key] = _whole(number)
    return found


def _read_yaml(cell: Any) -> Any:
    text = text_of(cell)
    if text[:1] not in ("{", "["):
        return split(text)
    read = parse_yaml(text)
    if read.faults or not isinstance(read.data, (dict, list)):
        raise UnreadableCellError("it is neither a list in brackets nor a mapping in braces")
    return read.data


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": text_of, "texts": _read_texts, "number": _read_number, "share": _read_share, "flag": _read_flag,
    "day": text_of, "date": text_of, "moment": text_of, "duration": _duration, "figure": _read_figure,
    "mixed": _read_mixed, "consent": _read_consent, "links": _read_links, "map": _read_map, "yaml": _read_yaml,
    "lanes": _read_texts,
}  # fmt: skip
