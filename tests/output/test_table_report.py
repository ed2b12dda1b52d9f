"""What commands print as tables, in every format."""

from __future__ import annotations

import json
from typing import Any

import pytest

from journeykit.output.table import Column, Table
from journeykit.output.table_report import Screen, TableReport, table_format, table_formats

COLUMNS = [Column("id", "Name"), Column("n", "Count", right=True)]
TABLE = Table("Things", COLUMNS, [["a|b", 1.25], ["c", None]])
EMPTY = Table("Nothing", COLUMNS, [])
SCREEN = Screen(80)


def text(format: str, report: TableReport) -> str:
    return table_format(format)(report, SCREEN)


def test_the_format_for_people_comes_first() -> None:
    assert table_formats()[0] == "full"


@pytest.mark.parametrize("format", table_formats())
def test_every_format_holds_the_rows(format: str) -> None:
    written = text(format, TableReport([TABLE]))
    assert "a" in written and "1.2" in written
    assert written.endswith("\n")


@pytest.mark.parametrize("format", ["csv", "json"])
def test_programs_get_the_rows_and_not_what_people_see(format: str) -> None:
    rows = Table("", COLUMNS, [["only for programs", 2]])
    written = text(format, TableReport([TABLE], rows=rows, details=["A heading", TABLE]))
    assert "only for programs" in written and "a|b" not in written and "A heading" not in written


def test_json_is_the_document_of_the_report() -> None:
    document: dict[str, Any] = {"version": 1, "journeys": [{"score": 1.25, "none": None}]}
    assert json.loads(text("json", TableReport([TABLE], lambda: document))) == document


def test_a_terminal_shows_the_details_and_no_empty_table() -> None:
    written = text(
        "full", TableReport([Table("Short", COLUMNS, [["x", 1]])], details=["A heading\n  a remark", TABLE, EMPTY])
    )
    assert "A heading\n  a remark\n" in written
    assert "Things" in written and "Short" not in written and "Nothing" not in written


def test_markdown_has_texts_as_headings_and_remarks() -> None:
    assert text("markdown", TableReport(["What\n  one *thing*", TABLE])) == (
        "### What\n\n- one \\*thing\\*\n\n| Name | Count |\n| --- | ---: |\n| a\\|b | 1.25 |\n| c | – |\n"
    )


def test_a_report_may_bring_its_own_markdown() -> None:
    assert text("markdown", TableReport([TABLE], markdown=lambda: "mine\n")) == "mine\n"
