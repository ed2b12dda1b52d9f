"""A workbook of Excel or LibreOffice, with a sheet for each part of a journey; also spreadsheets of other people."""

from __future__ import annotations

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, ToWrite
from journeykit.interchange.normal import normal_data
from journeykit.interchange.sheets.book import is_workbook, read_book
from journeykit.interchange.sheets.reading import draft_of
from journeykit.interchange.sheets.writing import workbook_of

SUFFIX = ".xlsx"
CARRIES = frozenset("*")


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the journey as a workbook."""
    return workbook_of(normal_data(asked.journey), carry)


def recognises(given: Given) -> bool:
    """Return whether a file is a workbook of any sort, readable or not."""
    return is_workbook(given.data)


def read(given: Given) -> list[Draft]:
    """Return the journey of a workbook."""
    return [draft_of(read_book(given), given)]
