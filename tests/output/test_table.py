"""Tables: which columns a terminal has room for, and how cells become text."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.output.table import Column, Table, as_csv, as_markdown, as_rich, fitting, text_of
from journeykit.output.table_formats.json import write as write_json
from journeykit.output.table_report import Screen, TableReport
from journeykit.output.tables import file_column
from journeykit.output.terminal import render

COLUMNS = [
    Column("id", "Id"),
    Column("title", "Title", wraps=True),
    Column("score", "Score", lambda value: f"{value:.1f}", right=True),
    Column("first", "Goes first", drop_order=2),
    Column("second", "Goes second", drop_order=1),
    Column("raw", "Raw", for_programs=True),
]
ROWS: list[list[Any]] = [["a", "a title of some length", 12.3456789, "x", "y", 1], ["b", "short", None, None, [], None]]
TABLE = Table("Things", COLUMNS, ROWS)


def titles(table: Table) -> list[str]:
    return [column.title for column in table.columns]


def printed(table: Table, columns: int) -> list[str]:
    return render(as_rich(table, columns), columns=columns, color=False).splitlines()


@pytest.mark.parametrize(
    ("columns", "gone"),
    [(200, []), (60, ["Raw"]), (50, ["Goes first", "Raw"]), (40, ["Goes first", "Goes second", "Raw"])],
)
def test_a_narrow_terminal_does_without_the_columns_that_are_spared_first(columns: int, gone: list[str]) -> None:
    people = Table(TABLE.title, COLUMNS[:5], [row[:5] for row in ROWS]) if "Raw" in gone else TABLE
    found = fitting(people, columns)
    assert titles(found) == [title for title in titles(TABLE) if title not in gone]
    left_out = [title for title in gone if title != "Raw"]
    assert found.note == (f"Not shown for lack of room: {', '.join(left_out)}." if left_out else "")


@given(
    st.integers(20, 160),
    st.lists(st.lists(st.text(max_size=60), min_size=6, max_size=6), max_size=5),
)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(columns: int, cells: list[list[str]]) -> None:
    plain = [Column(str(n), f"C{n}", wraps=True) for n in range(2)]
    table = Table("", plain, [row[:2] for row in cells])
    lines = printed(table, columns)
    from rich.cells import cell_len

    assert all(cell_len(line) <= columns for line in lines)


def test_a_cell_without_a_value_is_a_dash_or_what_the_column_says() -> None:
    nothing: tuple[Any, ...] = (None, "", [], ())
    for value in nothing:
        assert text_of(Column("a", "A"), value) == "–"
        assert text_of(Column("a", "A", empty=""), value) == ""
    assert text_of(Column("a", "A"), 0) == "0"
    assert text_of(Column("a", "A"), False) == "False"


def test_a_terminal_shows_title_heading_and_no_column_for_programs() -> None:
    lines = printed(Table("Things", COLUMNS, ROWS, {1: "[b]Second[/b] \x1b"}), 100)
    assert lines[0] == "Things"
    assert "Raw" not in "".join(lines)
    assert r"[b]Second[/b] \x1b" in "".join(lines)
    assert "12.3" in "".join(lines)


def test_data_is_unrounded() -> None:
    assert list(csv.reader(io.StringIO(as_csv(TABLE)))) == [
        ["id", "title", "score", "first", "second", "raw"],
        ["a", "a title of some length", "12.3456789", "x", "y", "1"],
        ["b", "short", "", "", "", ""],
    ]
    assert json.loads(write_json(TableReport([TABLE]), Screen(80)))[1]["score"] is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_csv_texts_are_no_formulas_and_numbers_stay_numbers(text: str) -> None:
    rows: list[list[Any]] = [[text, -1.5], [[text, "b"], 2]]
    table = Table("", [Column("t", "T"), Column("n", "N")], rows)
    _, first, second = csv.reader(io.StringIO(as_csv(table)))
    assert first[0].startswith("'")
    assert second[0].startswith("'")
    assert (first[1], second[1]) == ("-1.5", "2")


@pytest.mark.parametrize("separator", [";", "|", "\t", "\n", "\r", ",", "; ", ';"', ";''", "\u2028;"])
@pytest.mark.parametrize("sign", list("=+-@＝＋－＠"))
def test_csv_has_no_formula_wherever_a_spreadsheet_cuts_it(separator: str, sign: str) -> None:
    text = f"x{separator}{sign}cmd|' /C calc'!A0"
    made = as_csv(Table("", [Column("t", "T")], [[text], [{"k": text}], [f"{sign}1", text]]))
    for cut in (";", "\t", "|", ","):
        for line in made.splitlines()[1:]:
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
                reader = csv.reader([line], delimiter=cut, quoting=quoting, escapechar="\\", skipinitialspace=True)
                cells = [cell.strip(' "') for row in reader for cell in row]
                assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝＋－＠")], (cut, cells)


def test_csv_quotes_texts_and_leaves_numbers_and_gaps() -> None:
    made = as_csv(Table("", [Column("t", "T"), Column("n", "N"), Column("x", "X")], [["a", 1.5, None], ["", 2, True]]))
    assert made == '"t","n","x"\n"a",1.5,\n"",2,True\n'


@given(st.text())
def test_csv_reads_back_as_one_cell(text: str) -> None:
    table = Table("", [Column("t", "T"), Column("u", "U")], [[text, "end"]])
    rows = list(csv.reader(io.StringIO(as_csv(table), newline="")))
    assert len(rows) == 2
    assert rows[1][1] == "end"


@given(st.text(min_size=1))
def test_a_markdown_cell_shows_its_text(text: str) -> None:
    from markdown_it import MarkdownIt

    made = as_markdown(Table("", [Column("t", "T"), Column("u", "U")], [[text, "end"]]))
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(made)
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4, made
    children = cells[2].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    shown, meant = "".join(child.content for child in children), text_of(Column("t", "T"), text).strip()
    assert shown.replace("\u200b", "") == meant.replace("\u200b", "")  # which nobody sees; see output.markdown


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        (["a.journey.yaml", "b.yml"], ["a", "b"]),
        (["maps/a.journey.yaml", "maps/b.journey.yml"], ["a", "b"]),
        (["x/a.journey.yaml", "y/a.journey.yaml"], ["x/a", "y/a"]),
    ],
)
def test_a_file_is_named_as_shortly_as_it_can_be(files: list[str], shown: list[str]) -> None:
    column = file_column(files)
    assert [column.show(file) for file in files] == shown
    assert not column.for_programs


def test_one_file_needs_no_name() -> None:
    assert file_column(["a.yaml"]).for_programs


def test_markdown_has_heading_alignment_and_dashes() -> None:
    rows: list[list[Any]] = [["a", None]]
    table = Table("Things", [Column("a", "A"), Column("b", "B", right=True)], rows)
    assert as_markdown(table) == "### Things\n\n| A | B |\n| --- | ---: |\n| a | – |\n"
    assert as_markdown(table, heading=False).startswith("| A")
