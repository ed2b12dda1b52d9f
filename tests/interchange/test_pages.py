"""The pages for people who do not know git are followed word by word."""

from __future__ import annotations

import json
import re
from typing import Any

import openpyxl
from markdown_it import MarkdownIt

from journeykit.reading import load
from tests.conftest import ROOT, CommandLine


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a page, row by row."""
    found: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and token.level >= 4:
            found[-1][-1].append(token.content)
    return found


def commands(text: str) -> list[list[str]]:
    return [line.split() for line in re.findall(r"^\$ journeykit (.*)$", text, re.MULTILINE)]


def test_the_first_map_in_a_spreadsheet(cli: CommandLine) -> None:
    text = page("map-in-a-spreadsheet.md")
    init, import_, render, lint, into = commands(text)
    done = cli(*init)
    assert done.err in text
    about, points = tables(text)
    book = openpyxl.load_workbook(cli.folder / "my-journey.xlsx")
    for field, value in about[1:]:
        row = next(row for row in book["Journey"].iter_rows(min_row=2) if row[0].value == field)
        row[1].value = value
    headers = {cell.value: cell.column for cell in book["Touchpoints"][1]}
    for number, cells in enumerate(points[1:], 2):
        for name, value in zip(points[0], cells, strict=True):
            book["Touchpoints"].cell(number, headers[name]).value = value or None
    book.save(cli.folder / "my-journey.xlsx")
    done = cli(*import_)
    assert done.status == 0
    assert "none lost" in done.err
    found = load(cli.folder / "my-journey.journey.yaml")
    assert [len(stage.touchpoints) for stage in found.stages] == [2, 1]
    assert found.touchpoints[1].feeling == ("frustrated", "ignored")
    assert cli(*render).status == 0
    assert (cli.folder / "my-journey.pdf").read_bytes().startswith(b"%PDF")
    assert cli(*lint).status in (0, 1)
    assert (cli(*into).status, cli(*into).out) == (0, "")


def test_a_whiteboard_is_taken_along(cli: CommandLine) -> None:
    text = page("whiteboard.md")
    (rows,) = tables(text)
    notes: list[dict[str, Any]] = [
        {"type": "sticky_note", "data": {"content": f"<p>{cell}</p>"}, "position": {"x": 250 * x, "y": 240 * y},
         "geometry": {"width": 200}}
        for y, row in enumerate(rows) for x, cell in enumerate(row) if cell
    ]  # fmt: skip
    cli.write("board.json", json.dumps({"data": notes}))
    dry, wet = commands(text)
    assert "row Emotions     →  feeling" in cli(*dry).err
    assert not (cli.folder / "workshop.journey.yaml").exists()
    assert cli(*wet).status == 0
    found = load(cli.folder / "workshop.journey.yaml")
    assert [(one.title, one.pains) for one in found.touchpoints] == [("I call", ("nobody answers",)), ("It works", ())]
    assert cli("export", "workshop.journey.yaml", "--to", "miro").status == 0


def test_a_map_on_a_slide(cli: CommandLine) -> None:
    made = [(cli(*args), args) for args in commands(page("map-on-a-slide.md"))]
    assert [done.err for done, _ in made if done.status] == []
    assert {path.name for path in cli.folder.iterdir()} >= {"repair.pptx", "curve.svg", "repair.xlsx"}
