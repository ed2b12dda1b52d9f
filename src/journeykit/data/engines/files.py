"""Files of data: which a path, folder or pattern names, and the header of a CSV file."""

from __future__ import annotations

import codecs
import csv
import glob
import gzip
import io
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple, cast

from journeykit.files import MEBIBYTE

FORMATS = {
    ".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "json", ".ndjson": "json",
    ".xes": "xes",
}  # fmt: skip
PACKED = (".gz", ".zst")
DELIMITERS = ",;\t|"
_BEGINNING = 1 << 18
_MOST_LINES = 100
"""Of titles and remarks above a header."""
_LONGEST = 1 << 16
"""Below the longest field that `csv` reads."""


class Header(NamedTuple):
    """The first row of a CSV file."""

    names: tuple[str, ...]
    delimiter: str
    encoding: str
    """`utf-8`, `utf-16` or `cp1252`."""
    line_end: str = ""
    """What ends its first row; DuckDB passes over all rows where it guesses another from a header of several lines."""
    lines_before: int = 0
    """Lines before it: `sep=;`, by which a spreadsheet is told the delimiter."""


def format_of(path: str) -> str:
    """Return `parquet`, `csv`, `json` or `xes` by the ending of a path; "" if it is another."""
    name = path.lower()
    for ending in PACKED:
        name = name.removesuffix(ending)
    return FORMATS.get(os.path.splitext(name)[1], "")  # noqa: PTH122


def files_of(folder: Path, path: str) -> list[str]:
    """Return the files that a path, a folder or a pattern names, in order."""
    whole = os.path.join(folder, path)  # noqa: PTH118
    if os.path.isdir(whole):  # noqa: PTH112
        inside = sorted(os.path.join(whole, name) for name in os.listdir(whole))  # noqa: PTH118, PTH208
        return [one for one in inside if format_of(one) and os.path.isfile(one)]  # noqa: PTH113
    if os.path.isfile(whole):  # noqa: PTH113
        return [whole]
    return sorted(one for one in glob.glob(whole, recursive=True) if os.path.isfile(one))  # noqa: PTH113, PTH207


def beginning(path: str) -> bytes | None:
    """Return the first bytes of a file, unpacked; None where only the engine can unpack it. Raises OSError."""
    if path.lower().endswith(".zst"):
        return None
    with _opened(path) as file:
        return file.read(_BEGINNING)


def header_of(start: bytes, delimiter: str) -> Header | None:
    """Return the header of a CSV file that begins with some bytes; None if it has none that can be read.

    The delimiter is the one that gives the most names.
    """
    encoding = _encoding(start)
    text = _decoded(start, encoding)
    told = re.match(r"sep=(.)(\r\n|\n|\r)", text, re.IGNORECASE)
    if told:
        text, delimiter = text[told.end() :], told[1]
    best: list[str] = []
    chosen = delimiter or ","
    for one in delimiter or DELIMITERS:
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=one, strict=True), [])
        except csv.Error:
            continue
        if len(names) > len(best):
            best, chosen = names, one
    return Header(tuple(_unlike(best)), chosen, encoding, _line_end(text), int(bool(told))) if best else None


def line_of_header(start: bytes, name: str) -> int | None:
    """Return the number of a line below the first that has a column's name, and more names than the first has."""
    lines = [line[:_LONGEST] for line in _decoded(start, _encoding(start)).splitlines()[:_MOST_LINES]]
    for delimiter in DELIMITERS:
        rows = [
            [cell.strip().casefold() for cell in next(csv.reader([line], delimiter=delimiter), [])] for line in lines
        ]
        for number, row in enumerate(rows[1:], 2):
            if name.strip().casefold() in row and sum(map(bool, row)) > sum(map(bool, rows[0])):
                return number
    return None


def _decoded(start: bytes, encoding: str) -> str:
    return start.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace").replace("\0", "")


def _line_end(text: str) -> str:
    """Return the first line end outside of quotes; "" if there is none."""
    outside = "".join(text.split('"')[::2])
    found = re.search(r"\r\n|\n|\r", outside)
    return found[0] if found else ""


def _encoding(start: bytes) -> str:
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def as_utf8(path: str, encoding: str, folder: str) -> str:
    """Write a text file as UTF-8 into a folder, block by block, and return its path. Raises OSError."""
    handle, made = tempfile.mkstemp(suffix=".csv", dir=folder)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with _opened(path) as file, open(handle, "wb") as out:  # noqa: PTH123
        while block := file.read(MEBIBYTE):
            out.write(decoder.decode(block).encode())
        out.write(decoder.decode(b"", True).encode())
    return made


def _opened(path: str) -> IO[bytes]:
    packed = path.lower().endswith(".gz")
    return cast("IO[bytes]", gzip.open(path, "rb") if packed else open(path, "rb"))  # noqa: PTH123


def _unlike(names: Sequence[str]) -> list[str]:
    """Return names of columns that differ: the second "Labels" is "Labels[2]", the third without a name "column 3"."""
    seen: dict[str, int] = {}
    found = []
    for name in (name or f"column {place}" for place, name in enumerate(names, 1)):
        key = name.casefold()
        seen[key] = seen.get(key, 0) + 1
        found.append(name if seen[key] == 1 else f"{name}[{seen[key]}]")
    return found
