"""Read the cells of a workbook within limits: what it unpacks to is measured before a reader sees it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any, NamedTuple

from journeykit.errors import UsageError
from journeykit.interchange.given import Given
from journeykit.interchange.sheets.writing import INSTALL, NEEDS
from journeykit.output.paint import shown_name

MOST_UNPACKED = 150 * 1024 * 1024
"""How many bytes the parts of a workbook may be in all."""
MOST_CELLS = 3_000_000
"""How many cells there may be from A1 to the last one of a sheet."""
MOST_TEXT = 100_000_000
"""How many characters the cells may hold in all."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')


class Sheet(NamedTuple):
    """A sheet: its rows of values; a cell of a merged area below its first one has the value of that."""

    name: str
    rows: list[list[Any]]
    places: tuple[str, ...] = ()
    """Where its rows stood, if they were no rows."""


class Book(NamedTuple):
    """The sheets of a workbook that are not hidden."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet with a name."""
        return next((one for one in self.sheets if one.name.strip().casefold() == name.casefold()), None)


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook, or something that people take for one."""
    return data.startswith((_OLE, b"PK\x03\x04", b"PK\x05\x06"))


def read_book(given: Given) -> Book:
    """Return the cells of a workbook. Raises UsageError for one that cannot be read, or should not be."""
    name = shown_name(given.name)
    if given.data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in given.data:
            raise UsageError(f"{name}: it is protected by a password", "save it without one")
        raise UsageError(f"{name}: it is of Excel 97 or another old program", "save it as .xlsx")
    _check(given.data, name)
    try:
        from python_calamine import CalamineWorkbook, SheetVisibleEnum
    except ImportError:
        raise UsageError(NEEDS, INSTALL) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(given.data))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        return Book(tuple(_sheet(book.get_sheet_by_name(one)) for one in shown))
    except Exception as error:  # the reader raises several kinds for damaged files, a panic among them
        raise _damaged(name, error) from None


def _sheet(sheet: Any) -> Sheet:
    rows: list[list[Any]] = [
        [None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if rows[row][column] is None and top < len(rows) and left < len(rows[top]):
                    rows[row][column] = rows[top][left]
    return Sheet(sheet.name, rows)


def _damaged(name: str, error: Exception) -> UsageError:
    """Return the error for a file that a reader gave up, with its reason where that is one for people."""
    why = "" if isinstance(error, UnicodeError) else f": {str(error)[:100]}"
    return UsageError(f"{name}: it is damaged{why}", "open it in Excel and save it again")


def _check(data: bytes, name: str) -> None:
    """Raise UsageError for what is no workbook, and for one that would take too much memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            _check_kind(names, archive, name)
            _check_sizes(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _damaged(name, error) from None


def _check_kind(names: set[str], archive: zipfile.ZipFile, name: str) -> None:
    if "content.xml" in names:
        raise UsageError(f"{name}: it is an OpenDocument file", "save it as .xlsx")
    if "xl/workbook.bin" in names:
        raise UsageError(f"{name}: it is a binary workbook", "save it as .xlsx")
    if "xl/workbook.xml" not in names:
        raise UsageError(f"{name}: it is no workbook", "journeykit import reads .xlsx")
    if any(one.lower().endswith("vbaproject.bin") for one in names):
        raise UsageError(f"{name}: it holds macros, which are not read", "save it as .xlsx")
    if any(one.flag_bits & 1 for one in archive.infolist()):
        raise UsageError(f"{name}: it is protected by a password", "save it without one")


def _check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack each part as far as the limit, and measure what a reader would make of it."""
    too_large = UsageError(f"{name}: it unpacks to more than can be read", "import a part of it")
    left, lengths, sheets = MOST_UNPACKED, list[int](), list[bytes]()
    if len(archive.infolist()) > 5000:
        raise too_large
    for part in archive.infolist():
        with archive.open(part) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise too_large
        if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content[:2000]:
            raise UsageError(f"{name}: its XML defines entities", "open it in Excel and save it again")
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            sheets.append(content)
        elif part.filename == "xl/sharedStrings.xml":
            lengths = [len(one) for one in re.split(rb"</(?:\w+:)?si>", content)]
    if sum(map(_area, sheets)) > MOST_CELLS:
        raise UsageError(f"{name}: it has more than {MOST_CELLS:,} cells", "remove the empty rows and columns")
    used = (int(match[1]) for one in sheets for match in _SHARED.finditer(one))
    if sum(lengths[at] for at in used if at < len(lengths)) > MOST_TEXT:
        raise too_large


def _area(content: bytes) -> int:
    """Return how many cells lie between A1 and the last cell of a sheet."""
    rows = columns = 0
    for letters, digits in _PLACE.findall(content):
        rows = max(rows, int(digits))
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        columns = max(columns, column)
    rows = max([rows, *(int(one) for one in re.findall(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"', content))])
    return rows * columns
