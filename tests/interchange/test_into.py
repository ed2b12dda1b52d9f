"""`import FILE --into MAP`: what differs is edited, by ids; comments, layout and everything else stay."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_a_row_that_moved_moves_its_touchpoint_with_its_comments(team: CommandLine) -> None:
    team.write("t.csv", "Stage,Id,Touchpoint\nBefore,wait,I wait\nBefore,i-call-the-help-desk,I call the help desk\n"
                        "After,fixed,It works\n")  # fmt: skip
    done = team("import", "t.csv", "--into", "m.journey.yaml")
    assert 'Moved: stages[0].touchpoints[1]: "I wait"\n1 value changed' in done.err
    assert "guessed" not in done.err  # what a table does not state changes nothing
    call = "      # the worst of all\n      - I call the help desk: frustrated\n"
    wait = MAP[MAP.index("      - id: wait") : MAP.index("  - name: After")]
    assert text(team) == MAP.replace(call + wait, wait + call)


def test_a_touchpoint_of_another_stage_moves_and_changes(team: CommandLine) -> None:
    edit(team.folder / "m.xlsx", "Touchpoints", {"3:Stage": "After", "3:Feeling": "bored"})
    done = team("import", "m.xlsx", "--into", "m.journey.yaml")
    assert (done.status, "Not changed" in done.err) == (0, False)
    wait = MAP[MAP.index("      - id: wait") : MAP.index("  - name: After")]
    new = MAP.replace(wait, "").replace("      - id: fixed", wait + "      - id: fixed")
    assert text(team) == new.replace("impatient", "bored")


def test_a_new_stage_takes_the_touchpoints_that_are_there(team: CommandLine) -> None:
    team.write("t.csv", "Stage,Id,Touchpoint\nBefore,i-call-the-help-desk,I call the help desk\nWaiting,wait,I wait\n"
                        "Waiting,,I hear music\nAfter,fixed,It works\n")  # fmt: skip
    done = team("import", "t.csv", "--into", "m.journey.yaml")
    assert "Not changed" not in done.err
    found = load(team.folder / "m.journey.yaml")
    assert [(one.name, [point.title for point in one.touchpoints]) for one in found.stages] == [
        ("Before", ["I call the help desk"]), ("Waiting", ["I wait", "I hear music"]), ("After", ["It works"]),
    ]  # fmt: skip
    assert all(comment in text(team) for comment in ("# our map", "# the worst of all", "# since May", "# budget"))


def test_stages_change_places_and_names(team: CommandLine) -> None:
    team.write("t.csv", "Stage,Id,Touchpoint\nLater,fixed,It works\nBefore,i-call-the-help-desk,I call the help desk\n"
                        "Before,wait,I wait\n")  # fmt: skip
    done = team("import", "t.csv", "--into", "m.journey.yaml")
    assert "Not changed" not in done.err
    assert [(one.id, one.name) for one in load(team.folder / "m.journey.yaml").stages] == [
        ("after", "Later"), ("before", "Before"),
    ]  # fmt: skip
    assert "# the worst of all" in text(team)


def test_a_stage_that_the_workbook_renames_is_the_same_stage(team: CommandLine) -> None:
    edit(team.folder / "m.xlsx", "Touchpoints", {"4:Stage": "Later"})
    done = team("import", "m.xlsx", "--into", "m.journey.yaml")
    assert "stage  After → Later" in done.err
    new = MAP.replace("  - name: After\n", "  - name: Later\n")
    assert text(team) == new.replace("[relieved]\n", "[relieved]\n    id: after\n")


def test_a_table_without_stages_changes_the_touchpoints_where_they_are(team: CommandLine) -> None:
    rows = ("i-call-the-help-desk,I call the help desk,angry", "wait,I wait,impatient", "fixed,It works,relieved")
    team.write("t.csv", "\n".join(["Id,Touchpoint,Feeling", *rows]))
    assert team("import", "t.csv", "--into", "m.journey.yaml").status == 0
    assert text(team) == MAP.replace("help desk: frustrated", "help desk: angry")


def test_a_removed_row_is_named_and_stays_where_others_refer_to_it(team: CommandLine) -> None:
    team.write("t.csv", "Stage,Id,Touchpoint\nBefore,i-call-the-help-desk,I call the help desk\n")
    done = team("import", "t.csv", "--into", "m.journey.yaml")
    assert (done.status, "at least two" in done.err) == (2, True)
    rows = "Stage,Id,Touchpoint\nBefore,i-call-the-help-desk,I call the help desk\nAfter,fixed,It works\n"
    team.write("t.csv", rows)
    done = team("import", "t.csv", "--into", "m.journey.yaml")
    assert (
        'Not changed: stages[0].touchpoints[1]: "I wait": the imported file lacks it, but it is named by '
        "opportunities[0].at[0]"
    ) in done.err
    assert text(team) == MAP
    team.write("t.csv", rows.replace("After,fixed,It works", "Before,wait,I wait"))
    done = team("import", "t.csv", "--into", "m.journey.yaml", "--diff")
    assert 'Taken out: stages[1]: "After" with "It works"' in done.err


MOVES = """\
title: T
persona: P
touchpoints:
  # first of all
  - I call: angry   # one

  # --- the wait ---

  - title: I wait
    why: >
      one clerk
      for two queues
      # no comment
    # below the wait

  - &third
    title: I go
  - {title: I pay, channel: phone}   # in brackets
  - I leave"""


@given(st.permutations(range(5)))
@settings(max_examples=40, deadline=None)
def test_any_order_can_be_had_and_no_comment_is_lost(order: list[int]) -> None:
    document = read_text(MOVES, "m.journey.yaml")
    assert document.journey is not None
    data = normal_data(document.journey)
    data["touchpoints"] = [data["touchpoints"][at] for at in order]
    done = update(document, data, frozenset())
    assert (done.refused, done.document.journey) == ((), Journey.model_validate({**data, "id": document.journey.id}))
    new = done.document.source.text
    assert sorted(re.findall("#.*", new)) == sorted(re.findall("#.*", MOVES))
    heads = {"  - I call": "  # first of all", "    title: I go": "  - &third", "    why: >": "  - title: I wait"}
    lines = new.split("\n")
    assert all(
        lines[lines.index(next(one for one in lines if one.startswith(item))) - 1] == head
        for item, head in heads.items()
    )


def test_a_list_in_brackets_is_not_moved_and_that_is_said() -> None:
    document = read_text("title: T\npersona: P\ntouchpoints: [I call, I wait]\n", "m.journey.yaml")
    assert document.journey is not None
    data = normal_data(document.journey)
    data["touchpoints"].reverse()
    (refused,) = update(document, data, frozenset()).refused
    assert refused.why == "it stands at another place in the imported file, and cannot be moved safely in the map"


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


OTHER_IDS = MAP.replace("  - name: Before", "  - id: pre\n    name: Before").replace(
    "opportunities:", "sources:\n  - {id: panel, kind: interview, who: six tenants, n: 6}   # in May\nopportunities:"
)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("w.csv", ("Phase,Customer action,Emotion,Opportunity\nBefore,I call the help desk,angry,\n"
                  ",I wait,impatient,A second clerk\nAfter,It works,relieved,\n")),
        ("d.mmd", ("journey\n  title I get it fixed\n  section Before\n    I call the help desk: 1: Sam\n"
                  "    I wait: 2: Sam\n  section After\n    It works: 5: Sam\n")),
    ],
)  # fmt: skip
def test_a_file_without_ids_is_matched_by_titles(cli: CommandLine, name: str, file: str) -> None:
    cli.write("m.journey.yaml", OTHER_IDS)
    cli.write(name, file)
    done = cli("import", name, "--into", "m.journey.yaml")
    assert done.status == 0
    assert not {"Added", "Moved", "Taken out"} & {line.split(":")[0] for line in done.err.splitlines()}
    lines = text(cli).splitlines()
    assert set(OTHER_IDS.splitlines()) - set(lines) <= {"      - I call the help desk: frustrated"}
    added = {line.strip() for line in lines} - {line.strip() for line in OTHER_IDS.splitlines()}
    assert (
        added
        == {
            "w.csv": {"- I call the help desk: angry"},
            "d.mmd": {"satisfaction: 1", "satisfaction: 2", "satisfaction: 5"},
        }[name]
    )


def test_a_workbook_whose_ids_are_empty_is_matched_by_titles(cli: CommandLine) -> None:
    cli.write("m.journey.yaml", OTHER_IDS)
    assert cli("export", "m.journey.yaml", "--to", "xlsx", "-o", "m.xlsx").status == 0
    path = cli.folder / "m.xlsx"
    edit(path, "Touchpoints", {"2:Id": None, "3:Id": None, "4:Id": None, "3:Feeling": "bored"})
    edit(path, "Opportunities", {"2:Id": None, "2:At": "I wait"})
    edit(path, "Sources", {"2:Id": None})
    edit(path, "Backstage", {"2:Touchpoint id": "I wait"})
    assert cli("import", "m.xlsx", "--into", "m.journey.yaml").status == 0
    assert text(cli) == OTHER_IDS.replace("impatient", "bored")


def test_two_touchpoints_of_one_title_are_matched_in_order(cli: CommandLine) -> None:
    cli.write("m.journey.yaml", "title: T\npersona: P\ntouchpoints:\n  - {id: a, title: I wait}\n"
              "  - I call\n  - {id: b, title: I wait}\n")  # fmt: skip
    cli.write("w.csv", "Action,Emotion\nI wait,angry\nI call,\nI wait,calm\nI wait,bored\n")
    assert cli("import", "w.csv", "--into", "m.journey.yaml").status == 0
    found = load(cli.folder / "m.journey.yaml")
    assert [(one.id, one.feeling) for one in found.touchpoints] == [
        ("a", ("angry",)), ("i-call", ()), ("b", ("calm",)), ("i-wait-3", ("bored",)),
    ]  # fmt: skip


def test_what_could_not_be_read_is_not_taken_out(team: CommandLine) -> None:
    path = team.folder / "m.xlsx"
    edit(path, "Backstage", {"2:Touchpoint id": "waiting"})
    edit(path, "Opportunities", {"2:Impact": "a lot"})
    done = team("import", "m.xlsx", "--into", "m.journey.yaml")
    assert text(team) == MAP
    assert 'no touchpoint is called "waiting"' in done.err
    assert "a lot" in done.err


def test_a_part_that_is_not_valid_is_not_taken_out(team: CommandLine) -> None:
    edit(team.folder / "m.xlsx", "Opportunities", {"2:At": "nowhere"})
    done = team("import", "m.xlsx", "--into", "m.journey.yaml")
    assert text(team) == MAP
    assert "nowhere" in done.err
