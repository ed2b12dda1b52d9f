"""`discover`: which log, which columns, what is told and what is refused."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterable

import pytest

from journeykit.cli.console import clock
from journeykit.project.discovering import DiscoverOptions, discover
from journeykit.project.workspace import Workspace
from tests.conftest import CommandLine

HEADER = "case_id,activity,timestamp,group,kind"


def rows(*ways: tuple[str, int], kind: str = "order", first: int = 0) -> list[str]:
    told = [letters for letters, n in ways for _ in range(n)]
    return [
        f"{first + case},{letter},2026-01-{1 + place:02d}T{case % 24:02d}:00,Desk {place % 2},{kind}"
        for case, letters in enumerate(told)
        for place, letter in enumerate(letters)
    ]


def write(cli: CommandLine, lines: Iterable[str], header: str = HEADER, name: str = "it.csv") -> None:
    cli.write(name, "\n".join((header, *lines)) + "\n")


@pytest.fixture
def log(cli: CommandLine) -> CommandLine:
    write(cli, rows(("ABC", 30), ("ABAC", 20), ("AB", 10), ("BC", 8), ("AX", 2)))
    return cli


def test_the_report(log: CommandLine) -> None:
    done = log("discover", "it.csv", "--team", "group")
    assert done.status == 0
    assert 'Taken by their names: case: "case_id", activity: "activity", at: "timestamp"' in done.err
    assert "210 events, 70 cases, 4 activities, 5 ways; 2026-01-01 to 2026-01-04." in done.out
    assert "11.4 % start with B, not A: the log may begin in their middle (--starts A)." in done.out
    assert "1 of fewer than 5" in done.out and "X" not in done.out
    assert "Handoffs:" in done.out
    assert "drop" not in done.out and " left." not in done.out, "nothing is called a drop-out without --ends"


def test_json_has_every_figure(log: CommandLine) -> None:
    data = json.loads(log("discover", "it.csv", "--output-format", "json", "--ends", "C").out)
    assert data["version"] == 1
    assert {key: data["log"][key] for key in ("name", "events", "cases", "first", "last", "duplicates", "tied")} == {
        "name": "it", "events": 210, "cases": 70, "first": "2026-01-01", "last": "2026-01-04", "duplicates": 0,
        "tied": 0,
    }  # fmt: skip
    by_label = {one["label"]: one for one in data["activities"]}
    assert by_label["A"]["returns"] == 20 / 62
    assert by_label["A"]["wait"]["n"] == 82 and by_label["A"]["wait"]["median"] == pytest.approx(86400, rel=0.008)
    assert (by_label["C"]["ends"], by_label["B"]["ends"]) == (58 / 70, None), "B's 10 would tell of X's 2"
    assert data["ways"][0] == {"labels": ["A", "B", "C"], "n": 30, "share": 30 / 70}
    assert data["ways_in_all"] == 5 and data["hidden"]["activities"] == 1
    assert (data["open"], data["left"]) != (None, None)


def test_markdown_and_csv(log: CommandLine) -> None:
    assert "| 1 | A |" in log("discover", "it.csv", "--output-format", "markdown").out
    table = list(csv.DictReader(io.StringIO(log("discover", "it.csv", "--output-format", "csv").out)))
    assert [row["label"] for row in table] == ["A", "B", "C"]
    assert (float(table[0]["reach"]), table[1]["reach"]) == (62 / 70, ""), "all but 2 have B"


def test_rows_and_days(cli: CommandLine) -> None:
    late = [line.replace("2026-01", "2026-03") for line in rows(("AC", 9), first=100)]
    write(cli, [*rows(("ABC", 30)), *rows(("ABD", 20), kind="return", first=200), *late])

    def cases(*options: str) -> int:
        found: int = json.loads(cli("discover", "it.csv", "--output-format", "json", *options).out)["log"]["cases"]
        return found

    assert cases() == 59
    assert cases("--where", "kind=return") == 20
    assert cases("--where", "kind=return", "--where", "kind=order") == 59
    assert cases("--since", "2026-02-01") == 9
    assert cases("--until", "2026-01-01") == 50, "cases are whole: they begin on that day and go on"


def test_a_source_of_the_settings(log: CommandLine) -> None:
    log.write("journeykit.toml", '[data.desk]\nkind = "events"\nurl = "it.csv"\ncase = "case_id"\n'
              'activity = "activity"\nat = "timestamp"\n[data.desk.activities.B]\nas = "ignore"\n')  # fmt: skip
    data = json.loads(log("discover", "desk", "--output-format", "json").out)
    assert data["log"]["name"] == "desk"
    assert [one["label"] for one in data["activities"]] == ["A", "C"]
    wrong = log("discover", "dsk")
    assert wrong.status == 2 and 'did you mean "desk"' in wrong.err


@pytest.mark.parametrize(
    ("header", "lines", "options", "message"),
    [
        ("a,b,c", rows(("AB", 9)), (), "it.csv: which column has the case?"),
        (HEADER, rows(("AB", 4)), (), "it has fewer than 5 cases"),
        (HEADER, rows(("A", 9)), (), "it has a single activity"),
        (HEADER, [], (), "it has no case"),
        (HEADER, [f"{n},note {n},2026-01-01,x,y" for n in range(600)], (), "is it free text, or an id?"),
        (HEADER, [f"{n},A,nonsense,x,y" for n in range(60)], (), "60 of 60 times cannot be read"),
        (HEADER, rows(("AB", 9)), ("--ends", "Bb"), '--ends: the log has no activity "Bb"'),
        (HEADER, rows(("AB", 9)), ("--starts", "Z"), 'no case begins with "Z"'),
        (HEADER, rows(("AB", 9)), ("--where", "kind"), "--where takes a column and a value"),
        (HEADER, rows(("AB", 9)), ("--where", "knd=x"), 'there is no column "knd"'),
        (HEADER, rows(("AB", 9)), ("--case", "cse_id"), 'there is no column "cse_id"'),
        (HEADER, rows(("AB", 9)), ("--k", "4"), "it must be at least 5"),
        (HEADER, [f"{n},{a},2026-01-01,p{n},y" for n in range(30) for a in "AB"], ("--team", "group"), "like people"),
    ],
)  # fmt: skip
def test_what_is_no_log_is_refused(
    cli: CommandLine, header: str, lines: list[str], options: tuple[str, ...], message: str
) -> None:
    write(cli, lines, header)
    done = cli("discover", "it.csv", *options)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert "journeykit.toml" not in done.err


def test_no_such_file(cli: CommandLine) -> None:
    done = cli("discover", "nowhere.csv")
    assert done.status == 2 and "there is no file nowhere.csv" in done.err


def test_a_form_of_times_is_no_form_of_the_report(log: CommandLine) -> None:
    done = log("discover", "it.csv", "--format", "json")
    assert done.status == 2 and done.err.startswith("journeykit: --format must say how times are written, not 'json'")


def test_warnings(cli: CommandLine) -> None:
    write(
        cli, [f"{n},{letter},2026-01-0{day},x,y" for n in range(20) for letter, day in (("A", 1), ("B", 1), ("C", 2))]
    )
    done = cli("discover", "it.csv")
    assert "Warning: 50 % of neighbours are of the same moment" in done.out
    assert '"A" and "B"' in done.out
    write(cli, [f"{n},{'AB'[n % 2]},2026-01-01,x,y" for n in range(50)])
    assert "is the column of the case the id of the event?" in cli("discover", "it.csv").out
    write(cli, [f"{n},{letter},{year}-01-01,x,y" for n in range(20) for letter, year in (("A", 1970), ("B", 2026))])
    assert "50 % of the times are after now or before 1990" in cli("discover", "it.csv").out


def test_a_column_that_is_there_twice_is_the_first(cli: CommandLine) -> None:
    write(cli, [f"{line},9" for line in rows(("AB", 9))], HEADER + ",case_id")
    done = cli("discover", "it.csv")
    assert done.status == 0
    assert 'case: "case_id[1]"' in done.err


def test_hostile_labels_stay_text(cli: CommandLine) -> None:
    label = '"\x1b[31mred ""; DROP TABLE x; --"'
    write(cli, [f"{n},{letter},2026-01-0{day},x,y" for n in range(9) for day, letter in ((1, label), (2, "B"))])
    done = cli("discover", "it.csv")
    assert done.status == 0 and "\x1b" not in done.out + done.err
    assert "DROP TABLE x; --" in done.out


def test_the_order_of_the_file_does_not_matter(cli: CommandLine) -> None:
    lines = [f"{n},{letter},2026-01-0{1 + n % 2},x,y" for n in range(30) for letter in "BCAD"]
    write(cli, lines)
    first = cli("discover", "it.csv", "--output-format", "json").out
    write(cli, reversed(lines))
    assert cli("discover", "it.csv", "--output-format", "json").out == first


def test_show_sql_reads_no_data(cli: CommandLine) -> None:
    write(cli, rows(("AB", 9)))
    done = cli("discover", "it.csv", "--show-sql")
    assert done.status == 0 and "jk_ways" in done.out


def settings_of(cli: CommandLine) -> None:
    cli.write("journeykit.toml", '[data.desk]\nkind = "events"\nurl = "it.csv"\ncase = "case_id"\n'
              'activity = "activity"\nat = "timestamp"\nteam = "group"\n')  # fmt: skip


@pytest.fixture
def desk(log: CommandLine) -> CommandLine:
    settings_of(log)
    return log


def test_a_draft_is_valid_laid_out_and_agrees_with_its_log(desk: CommandLine) -> None:
    done = desk("discover", "desk", "-o", "desk.journey.yaml")
    assert (done.status, done.out) == (0, "")
    assert "Wrote desk.journey.yaml, a draft" in done.err
    assert desk("validate", "desk.journey.yaml").status == 0
    assert desk("fmt", "--check", "desk.journey.yaml").status == 0
    assert desk("measure", "--check", "--fail-on", "error", "desk.journey.yaml").status == 0
    text = (desk.folder / "desk.journey.yaml").read_text(encoding="utf-8")
    assert text.startswith("# What desk shows: 70 cases, 210 events, 2026-01-01 to 2026-01-04.")
    assert "# Rare, so no touchpoints: 1 of fewer than 5." in text
    assert "# until the next event; 90 %: 1d; n 82" in text
    assert "X" not in text


def test_a_draft_is_never_written_over_a_file(desk: CommandLine) -> None:
    desk.write("desk.journey.yaml", "mine\n")
    done = desk("discover", "desk", "-o", "desk.journey.yaml")
    assert done.status == 2 and "is there already" in done.err
    assert (desk.folder / "desk.journey.yaml").read_text(encoding="utf-8") == "mine\n"
    assert desk("discover", "desk", "-o", "desk.journey.yaml", "--force").status == 0
    assert desk("validate", "desk.journey.yaml").status == 0


def test_a_draft_of_a_file_whose_settings_name_other_sources_is_valid(desk: CommandLine) -> None:
    assert desk("discover", "it.csv", "-o", "it.journey.yaml").status == 0
    assert desk("validate", "it.journey.yaml").status == 0


def test_hostile_labels_make_a_valid_draft(cli: CommandLine) -> None:
    labels = ["- {a: b}", "'", '"""', "#", "&x *y", "!tag", "@", "| >", "a: b # c", "\x1b[31m", "null", "1.0", "\u202e"]
    write(cli, [f'{n},"{one.replace(chr(34), chr(34) * 2)}",2026-01-{1 + at:02d},x,y'
                for n in range(9) for at, one in enumerate(labels)])  # fmt: skip
    assert cli("discover", "it.csv", "-o", "it.journey.yaml").status == 0
    assert cli("validate", "it.journey.yaml").status == 0
    assert cli("fmt", "--check", "it.journey.yaml").status == 0


MAP = """\
# my map
title: I ask the desk
persona: Ana
touchpoints:
  - {id: a, title: I ask, feeling: calm}   # kept
  # the end
  - id: done
    title: It works
    data: {desk: C}
    feeling: happy
"""


def test_an_update_adds_what_is_not_on_the_map_and_changes_nothing(desk: CommandLine) -> None:
    desk.write("my.journey.yaml", MAP)
    checked = desk("discover", "desk", "--update", "my.journey.yaml", "--check")
    assert (checked.status, checked.out) == (1, 'Not on the map: "B"\n')
    shown = desk("discover", "desk", "--update", "my.journey.yaml", "--diff")
    assert shown.status == 1
    changed = [line for line in shown.out.splitlines()[2:] if line[:1] in "+-"]
    assert all(line.startswith("+") for line in changed), "nothing is changed or removed"
    assert (desk.folder / "my.journey.yaml").read_text(encoding="utf-8") == MAP
    assert desk("discover", "desk", "--update", "my.journey.yaml").status == 0
    text = (desk.folder / "my.journey.yaml").read_text(encoding="utf-8")
    assert text.index("I ask") < text.index("title: B") < text.index("# the end")
    assert "evidence: [desk]" in text and "to: done" in text
    assert desk("validate", "my.journey.yaml").status == 0
    again = desk("discover", "desk", "--update", "my.journey.yaml", "--check")
    assert (again.status, again.out) == (0, "")


def test_what_does_not_go_together_is_refused(desk: CommandLine) -> None:
    desk.write("my.journey.yaml", MAP)
    assert desk("discover", "desk", "--check").status == 2
    assert desk("discover", "desk", "--update", "my.journey.yaml", "-o", "x.journey.yaml").status == 2
    desk.write("bad.journey.yaml", "title: T\n")
    assert "it is no journey" in desk("discover", "desk", "--update", "bad.journey.yaml").err
    assert "cannot be opened" in desk("discover", "desk", "--update", "nowhere.yaml").err
    assert "--min-reach" in desk("discover", "desk", "-o", "x.journey.yaml", "--min-reach", "0.99").err


def test_what_the_settings_pass_over_is_no_drift(desk: CommandLine) -> None:
    with (desk.folder / "journeykit.toml").open("a", encoding="utf-8") as file:
        file.write('[data.desk.activities]\nB = { as = "ignore" }\n')
    desk.write("my.journey.yaml", MAP.replace("persona: Ana\n", "persona: Ana\ndata: [desk]\n"))
    assert "unmapped-event" not in desk("measure", "--check", "my.journey.yaml").out
    assert desk("discover", "desk", "--update", "my.journey.yaml", "--check").status == 0


def test_a_bar_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("journeykit.cli.console.CLOCK_TICK", 0.01)
    with clock("counting") as progress:
        assert progress is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with clock("counting") as progress:
        assert progress
        progress(1, 4)
        time.sleep(0.3)
    shown = capsys.readouterr().err
    assert "\rcounting … █████░░░░░░░░░░░░░░░ 25%, 0 s" in shown
    assert shown.endswith("\r\x1b[K"), "it is removed"


def test_the_bar_knows_how_many_statements_there_are(log: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, int]] = []
    monkeypatch.chdir(log.folder)
    discover(Workspace(), "it.csv", DiscoverOptions(), lambda *told: calls.append(told))
    done = [one for one, _ in calls]
    assert len({total for _, total in calls}) == 1
    assert done == sorted(done) and done[-1] > 0.8 * calls[-1][1]
