"""`import FILE --into MAP`: what differs is edited, by ids; comments, layout and everything else stay."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from journeykit.interchange.normal import normal_data
from journeykit.interchange.updating import update
from journeykit.model import Journey
from journeykit.reading import load, read_text
from tests.conftest import EXAMPLES, CommandLine

MAP = """\
# our map
title: I get it fixed   # in the customer's words
persona: Sam
scale: 1..5
stages:
  - name: Before
    touchpoints:
      # the worst of all
      - I call the help desk: frustrated
      - id: wait
        title: I wait
        feeling: impatient
        why: one clerk   # since May
        backstage:
          - {team: Desk, does: asks}
  - name: After
    touchpoints:
      - id: fixed
        title: It works
        feeling: [relieved]
opportunities:
  - {id: clerk, title: A second clerk, at: wait, impact: 4}   # budget asked for
"""


@pytest.fixture
def team(cli: CommandLine) -> CommandLine:
    """A map with its workbook."""
    cli.write("m.journey.yaml", MAP)
    assert cli("export", "m.journey.yaml", "--to", "xlsx", "-o", "m.xlsx").status == 0
    return cli


def edit(path: Path, sheet: str, cells: dict[str, object]) -> None:
    """Change cells, which are named by `row:header`."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    headers = {cell.value: cell.column for cell in page[1]}
    for place, value in cells.items():
        row, _, header = place.partition(":")
        page.cell(int(row), headers[header]).value = value
    book.save(path)


def text(cli: CommandLine) -> str:
    return (cli.folder / "m.journey.yaml").read_text(encoding="utf-8")


def test_an_unchanged_workbook_changes_nothing(team: CommandLine) -> None:
    done = team("import", "m.xlsx", "--into", "m.journey.yaml", "--diff")
    assert (done.status, done.out) == (0, "")
    assert team("import", "m.xlsx", "--into", "m.journey.yaml").status == 0
    assert text(team) == MAP


def test_values_change_and_comments_stay(team: CommandLine) -> None:
    edit(team.folder / "m.xlsx", "Touchpoints", {
        "2:Feeling": "angry", "3:Why": "no clerk at all", "4:Channel": "in-person"},
    )  # fmt: skip
    edit(team.folder / "m.xlsx", "Opportunities", {"2:Impact": 5})
    shown = team("import", "m.xlsx", "--into", "m.journey.yaml", "--diff")
    assert shown.status == 1
    assert text(team) == MAP
    assert "-      - I call the help desk: frustrated\n+      - I call the help desk: angry\n" in shown.out
    done = team("import", "m.xlsx", "--into", "m.journey.yaml")
    assert done.status == 0
    assert "4 values changed in m.journey.yaml." in done.err
    new = MAP.replace("help desk: frustrated", "help desk: angry").replace("why: one clerk ", "why: no clerk at all ")
    new = new.replace("impact: 4", "impact: 5")
    new = new.replace("        feeling: [relieved]\n", "        feeling: [relieved]\n        channel: in-person\n")
    assert text(team) == new


def test_an_emptied_cell_takes_its_value_out(team: CommandLine) -> None:
    edit(team.folder / "m.xlsx", "Touchpoints", {"3:Feeling": None})
    assert team("import", "m.xlsx", "--into", "m.journey.yaml").status == 0
    assert text(team) == MAP.replace("        feeling: impatient\n", "")


def test_a_title_that_changes_keeps_the_id_that_others_name(team: CommandLine) -> None:
    edit(team.folder / "m.xlsx", "Touchpoints", {"2:Touchpoint": "I ring them"})
    assert team("import", "m.xlsx", "--into", "m.journey.yaml").status == 0
    found = load(team.folder / "m.journey.yaml")
    assert (found.touchpoints[0].id, found.touchpoints[0].title) == ("i-call-the-help-desk", "I ring them")
    assert "# the worst of all" in text(team)


def test_a_new_row_goes_where_it_stands_and_a_missing_one_goes_away(team: CommandLine) -> None:
    book = openpyxl.load_workbook(team.folder / "m.xlsx")
    page = book["Touchpoints"]
    page.insert_rows(3)
    headers = {cell.value: cell.column for cell in page[1]}
    page.cell(3, headers["Touchpoint"], "I hear music")
    page.cell(3, headers["Feeling"], "bored")
    page.delete_rows(5)
    book.save(team.folder / "m.xlsx")
    assert team("import", "m.xlsx", "--into", "m.journey.yaml").status == 0
    found = load(team.folder / "m.journey.yaml")
    assert [one.title for one in found.touchpoints] == ["I call the help desk", "I hear music", "I wait"]
    assert all(comment in text(team) for comment in ("# our map", "# the worst of all", "# since May", "# budget"))


def test_a_table_takes_out_only_what_it_has_columns_for(team: CommandLine) -> None:
    team.write("t.csv", "Stage,Id,Touchpoint,Feeling\nBefore,i-call-the-help-desk,I call the help desk,angry\n"
                        "Before,wait,I wait,impatient\nAfter,fixed,It works,relieved\n")  # fmt: skip
    assert team("import", "t.csv", "--into", "m.journey.yaml").status == 0
    assert text(team) == MAP.replace("help desk: frustrated", "help desk: angry")


def test_what_moved_is_said_and_stays(team: CommandLine) -> None:
    team.write("t.csv", "Stage,Id,Touchpoint\nBefore,wait,I wait\nBefore,i-call-the-help-desk,I call the help desk\n"
                        "After,fixed,It works\n")  # fmt: skip
    done = team("import", "t.csv", "--into", "m.journey.yaml")
    assert "Not changed: wait: it stands at another place" in done.err
    assert [one.id for one in load(team.folder / "m.journey.yaml").touchpoints][:2] == ["i-call-the-help-desk", "wait"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--into", "nowhere.yaml"], "cannot be opened"),
        (["--into", "bad.yaml"], "it is no journey"),
        (["--diff"], "--diff goes with --into"),
        (["--into", "m.journey.yaml", "-o", "x.yaml"], "give one of them"),
    ],
)
def test_what_cannot_be_done(team: CommandLine, args: list[str], message: str) -> None:
    team.write("bad.yaml", "title: T\n")
    done = team("import", "m.xlsx", *args)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert text(team) == MAP


@pytest.mark.parametrize("old", sorted(EXAMPLES.glob("*.journey.yaml")), ids=lambda path: path.name)
def test_one_map_becomes_another_but_for_what_is_refused(old: Path) -> None:
    document = read_text(old.read_text(encoding="utf-8"), str(old))
    assert document.journey is not None
    data = normal_data(document.journey)
    for stage in data.get("stages", ()):
        stage["note"] = "New: a note"
        for point in stage["touchpoints"]:
            point["tags"] = ["complaint"]
    data.pop("owner", None)
    done = update(document, data, frozenset({"Journey.owner"}))
    assert done.refused == ()
    assert done.document.journey == Journey.model_validate({**data, "id": document.journey.id})
