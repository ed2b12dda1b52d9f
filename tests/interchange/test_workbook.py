"""The workbook: every field comes back, other readers open it, and drop-downs stand where they should."""

from __future__ import annotations

import io
import os

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.interchange import Given, named_format
from journeykit.interchange.exported import export
from journeykit.interchange.formats.csv import unguarded
from journeykit.interchange.imported import Imported, settle
from journeykit.interchange.normal import field_values
from journeykit.interchange.sheets.cells import joined, number_in, split
from journeykit.interchange.sheets.columns import journey_columns, sheet_plans
from journeykit.model import Journey
from journeykit.output.table import guarded
from journeykit.reading import load
from tests.conftest import EXAMPLES, CommandLine
from tests.interchange.random_journeys import TEXTS, random_journey
from tests.test_every_field import parts

COUNT = int(os.environ.get("JOURNEYKIT_ROUND_TRIPS", "25"))
"""How many random journeys make the way out and back; 10,000 take half an hour."""


def written(journey: Journey, name: str = "xlsx") -> bytes:
    return export(journey, named_format(name)).data


def read(data: bytes, name: str = "xlsx", stem: str = "random") -> Imported:
    reader = named_format(name).read
    assert reader is not None
    (draft,) = reader(Given(f"{stem}.{name}", data))
    return settle(draft, f"{stem}.{name}")


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_journey_comes_back_field_by_field(seed: int) -> None:
    journey = random_journey(seed)
    back = read(written(journey))
    assert back.document.journey is not None
    assert set(field_values(back.document.journey)) == set(field_values(journey))
    assert back.document.journey == journey
    assert (back.carry.lost, back.carry.guessed) == ([], [])


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.journey.yaml")), ids=lambda path: path.name)
def test_an_example_comes_back(path: object) -> None:
    journey = load(str(path))
    stem = str(path).rpartition("/")[2].removesuffix(".journey.yaml")
    assert read(written(journey), stem=stem).document.journey == journey


def test_every_field_has_a_column() -> None:
    fields = {column.field for plan in sheet_plans() for column in plan.columns}
    fields |= {column.field for column in journey_columns()}
    every = {
        f"{part.__name__}.{field.alias or name}"
        for part in parts(Journey, {}).values()
        for name, field in part.model_fields.items()
    }
    inside_a_cell = {name for name in every if name.startswith("Link.")}
    keys = {"ChannelDefinition", "LaneDefinition"}
    holders = {name for name in every if name.split(".")[1] in HOLDERS}
    missing = {name for name in every - fields - inside_a_cell - holders if name.split(".")[0] not in keys}
    assert missing == set()


HOLDERS = {
    "backstage", "changes", "channels", "decision", "feedback", "frontstage", "goals", "image", "kpis", "lanes",
    "measured", "needs", "opportunities", "options", "persona", "privacy", "scope", "scoring", "sources", "stages",
    "touchpoints", "weights",
}  # fmt: skip
"""Fields that hold parts, whose own fields are columns."""


def test_a_csv_has_the_touchpoints_and_a_mark_for_excel() -> None:
    journey = load(EXAMPLES / "support-ticket.journey.yaml")
    data = written(journey, "csv")
    assert data.startswith(b"\xef\xbb\xbfStage,Phase,Id,Touchpoint,")
    back = read(data, "csv").document.journey
    assert back is not None
    assert [stage.name for stage in back.stages] == [stage.name for stage in journey.stages]
    for new, old in zip(back.touchpoints, journey.touchpoints, strict=True):
        kept = ("id", "title", "at", "channel", "feeling", "satisfaction", "does", "thinks", "quote", "pains", "why")
        assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]


texts = st.lists(st.sampled_from(TEXTS) | st.text(st.sampled_from("\\; \nab–=+,'\"@")), max_size=4)


@settings(max_examples=300)
@given(texts)
def test_texts_of_a_cell_come_back(items: list[str]) -> None:
    items = [stripped for one in items if (stripped := one.strip())]
    assert split(joined(items)) == items


@settings(max_examples=300)
@given(st.sampled_from(TEXTS) | st.text(st.sampled_from("=+-@'\"; \t\r\n,|aé\uff1d")))
def test_no_cell_of_a_csv_is_a_formula_and_its_text_comes_back(text: str) -> None:
    assert guarded(text).lstrip(' \t\r\n"')[:1] not in list("=+-@\uff1d")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [("3,5", 3.5), ("3.5", 3.5), ("1.000,5", 1000.5), ("1,000.5", 1000.5), ("−2", -2), ("+1", 1), ("1 000", 1000),
     ("1.2.3", 123), ("2026-03", None), ("a1", None), ("", None), ("-", None)],
)  # fmt: skip
def test_numbers_of_all_countries(text: str, number: float | None) -> None:
    assert number_in(text) == number


def test_another_reader_finds_cells_lists_and_a_frozen_header() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(load(EXAMPLES / "my-new-job.journey.yaml"))))
    assert book.sheetnames[:2] == ["Journey", "Stages"] or book.sheetnames[:2] == ["Journey", "Touchpoints"]
    assert book["Words"].sheet_state == "hidden"
    sheet = book["Touchpoints"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[:4] == ["Stage", "Phase", "Id", "Touchpoint"]
    assert sheet.freeze_panes == "E2"
    by_column = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    feeling = by_column[f"{sheet.cell(2, headers.index('Feeling') + 1).coordinate}"]
    assert feeling.type == "list"
    assert feeling.formula1 == "Words!$A$2:$A$240"
    words = [row[0].value for row in book["Words"]["A2:A240"]]
    assert {"frustrated", "relieved"} <= set(words)
    assert sheet["D2"].value == "I sign my contract on my phone"
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_words_are_of_the_language_of_the_journey() -> None:
    journey = Journey.model_validate({"title": "T", "persona": "P", "lang": "de", "touchpoints": ["a", "b"]})
    book = openpyxl.load_workbook(io.BytesIO(written(journey)))
    assert "wütend" in {row[0].value for row in book["Words"]["A2:A240"]}


def test_an_empty_workbook_is_filled_in_and_imported(cli: CommandLine) -> None:
    done = cli("init", "--workbook")
    assert "Wrote my-journey.xlsx" in done.err
    assert cli("init", "--workbook").status == 2
    path = cli.folder / "my-journey.xlsx"
    assert cli("import", "my-journey.xlsx").status == 2
    book = openpyxl.load_workbook(path)
    assert "Example" in book.sheetnames
    journey, points, back = book["Journey"], book["Touchpoints"], book["Backstage"]
    for row in journey.iter_rows(min_row=2):
        if row[0].value in (filled := {"title": "I get it fixed", "persona.name": "Sam", "team": "Anna; Ben"}):
            row[1].value = filled[row[0].value]
    headers = {cell.value: cell.column for cell in points[1]}
    rows = [("Before", "I call", "phone, chat", "Frustrated"), (None, "I wait", "none", "Very angry; lost"),
            ("After", "It works", None, "relieved")]  # fmt: skip
    for number, cells in enumerate(rows, 2):
        for name, value in zip(("Stage", "Touchpoint", "Channel", "Feeling"), cells, strict=True):
            points.cell(number, headers[name], value)
    back.cell(2, 1, "I wait")
    back.cell(2, 2, "Help desk")
    back.cell(2, 3, "looks for a technician")
    book.save(path)
    assert cli("import", "my-journey.xlsx").status == 0
    found = load(cli.folder / "my-journey.journey.yaml")
    assert (found.title, found.persona.name, found.team) == ("I get it fixed", "Sam", ("Anna", "Ben"))
    assert [(stage.name, len(stage.touchpoints)) for stage in found.stages] == [("Before", 2), ("After", 1)]
    assert [point.feeling for point in found.touchpoints] == [("Frustrated",), ("angry", "lost"), ("relieved",)]
    assert found.touchpoints[0].channel == ("phone", "chat")
    assert found.touchpoints[1].backstage[0].does == "looks for a technician"


def test_what_people_call_things_becomes_their_ids(cli: CommandLine) -> None:
    path = cli.folder / "w.xlsx"
    path.write_bytes(written(load(EXAMPLES / "smallest.journey.yaml")))
    book = openpyxl.load_workbook(path)
    sheet = book["Opportunities"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, headers["Opportunity"], "Answer sooner")
    sheet.cell(2, headers["At"], "I call the help desk")
    book.save(path)
    assert cli("import", "w.xlsx").status == 0
    (found,) = load(cli.folder / "w.journey.yaml").opportunities
    assert found.at == ("i-call-the-help-desk",)


def test_what_no_sheet_or_column_is_for_is_reported(cli: CommandLine) -> None:
    path = cli.folder / "w.xlsx"
    path.write_bytes(written(load(EXAMPLES / "smallest.journey.yaml")))
    book = openpyxl.load_workbook(path)
    points = book["Touchpoints"]
    points.cell(1, points.max_column + 1, "Cost")
    points.cell(2, points.max_column, 12)
    book.create_sheet("Notes")["A1"] = "call Ben"
    book["Journey"].append(["favourite", "tea"])
    book.save(path)
    done = cli("import", "w.xlsx", "--strict")
    assert done.status == 1
    assert "Touchpoints, row 2, column Cost  12" in done.err
    assert "sheet Notes" in done.err
    assert "favourite: tea" in done.err
