"""Data that are not as the settings say: what is refused, what is left out and told; nothing private is shown."""

from __future__ import annotations

import gzip
import sys
import threading
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journeykit.data.asking import ask
from journeykit.data.engines import DataError
from journeykit.data.questions import Found, Limits, Wanted
from journeykit.data.sources import Source
from journeykit.errors import ConfigError, JourneykitError, UsageError
from tests.sources.reading import asked, counts, source

CSAT = {"columns": {"score": "csat"}}
LONG = {"touchpoint": "question", "score": "score", "metric": {"is": "csat"}}


def write(folder: Path, text: str | bytes, name: str = "it.csv") -> Path:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def complaint(folder: Path, **settings: Any) -> JourneykitError:
    with pytest.raises(JourneykitError) as error:
        asked(source(folder, **{**CSAT, **settings}), "answers", "times", "shares")
    return error.value


# What is not there.


def test_no_such_file(tmp_path: Path) -> None:
    write(tmp_path, "score\n1\n", "other.csv")
    error = complaint(tmp_path)
    assert error.message.endswith("data.it.url: there is no file it.csv")
    assert error.help == "the folder has other.csv"
    assert complaint(tmp_path, url="gone/it.csv").help == f"there is no folder {tmp_path / 'gone'}"


def test_no_such_column(tmp_path: Path) -> None:
    write(tmp_path, "Score ,scores[1],other\n1,2,3\n")
    assert counts(asked(source(tmp_path, **CSAT)).scores) == {1: 1}
    error = complaint(tmp_path, columns={"skore": "csat"})
    assert error.message.endswith('data.it: there is no column "skore"')
    assert error.help == 'did you mean "Score "?'
    assert complaint(tmp_path, columns={"zzz": "csat"}).help == 'there is "Score ", "scores[1]", "other"'
    assert complaint(tmp_path, keep={"gone": ["1"]}).message.endswith('there is no column "gone"')


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, "score,score,x\n1,5,2\n")
    error = complaint(tmp_path)
    assert error.message.endswith('there are several columns "score"')
    assert error.help == 'write "score[1]" for the first, "score[2]" for the second'
    assert counts(asked(source(tmp_path, columns={"score[1]": "csat"})).scores) == {1: 1}
    assert counts(asked(source(tmp_path, columns={"score[2]": "csat"})).scores) == {5: 1}


@pytest.mark.parametrize(
    ("above", "help"),
    [
        ("Report\n", "line 2: delete line 1, or export without them"),
        ("Report;;\nMade on;2026-01-01;\n\n", "line 4: delete lines 1 to 3, or export without them"),
    ],
)
def test_a_header_below_the_first_line_is_named(tmp_path: Path, above: str, help: str) -> None:
    write(tmp_path, f"{above}at; Score ;lang\n2026-01-01;4;de\n")
    error = complaint(tmp_path)
    assert error.message.endswith('there is no column "score"')
    assert error.help == f"the header of it.csv seems to be {help}"
    write(tmp_path, "at;what;lang\n2026-01-01;score;de\n")
    assert (complaint(tmp_path).help or "").startswith("there is"), "an answer is no header"


def test_a_blank_first_line_is_named(tmp_path: Path) -> None:
    write(tmp_path, "\n\nscore,lang\n4,de\n")
    error = complaint(tmp_path)
    assert (error.message.endswith("it.csv has no header that can be read"), error.help) == (
        True, "line 1 is blank: delete it",
    )  # fmt: skip


def test_two_questions_of_one_touchpoint(tmp_path: Path) -> None:
    write(tmp_path, "a,b\n1,5\n")
    error = complaint(tmp_path, columns={"a": "csat", "b": "csat"})
    assert error.message.endswith('"a" and "b" are both csat of the whole journey')


def test_no_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    write(tmp_path, "score\n1\n")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    error = complaint(tmp_path)
    assert isinstance(error, UsageError)
    assert (error.message, error.help) == ("duckdb is not installed", "pip install 'journeykit[data]'")


def test_no_variable_of_the_environment(tmp_path: Path) -> None:
    error = complaint(tmp_path, url="${NO_SUCH_URL}")
    assert isinstance(error, ConfigError)
    assert "the environment has no variable NO_SUCH_URL" in error.message


def test_no_engine_for_an_address(tmp_path: Path) -> None:
    error = complaint(tmp_path, url="oracle://anna@db/x?y=z")
    assert error.message.endswith("there is no engine for oracle://db/x")


def test_a_workbook(tmp_path: Path) -> None:
    write(tmp_path, b"PK\x03\x04", "it.xlsx")
    error = complaint(tmp_path, url="it.xlsx")
    assert (error.message.endswith("it.xlsx is a workbook"), error.help) == (True, "save the sheet as CSV")


# Files.


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("it.csv", b"question;score\na;4\nb;5\n"),
        ("it.csv", b"question,score,\na,4,\nb,5,\n"),
        ("it.csv", b"question,,,score\na,,,4\nb,x,,5\n"),
        ("it.csv", b"sep=;\r\nquestion;score, of 5;score\r\na;1,5;4\r\nb;2;5\r\n"),
        ("it.csv", "sep=,\nquestion,score\na,4\nb,5\n".encode("utf-16")),
        ("it.csv", "\ufeffquestion|score\na|4\nb|5\n".encode()),
        ("it.csv", "question,score\r\na,4\r\nb,5\r\n".encode("utf-16")),
        ("it.csv", b'question,score,"a header\nof lines"\r\na,4,\r\nb,5,"x\ny"\r\n'),
        ("it.csv", b'question,score,"a header\r\nof lines"\na,4,\nb,5,"x\r\ny"\n'),
        ("it.csv", b"question,score\ra,4\rb,5\r"),
        ("it.tsv", b"question\tscore\na\t4\nb\t5\n"),
        ("it.csv.gz", gzip.compress(b'"question","score"\n"a","4"\n"b","5"\n', mtime=0)),
        ("it.jsonl", b'{"question": "a", "score": 4}\n{"question": "b", "score": "5"}\n'),
        ("it.jsonl.gz", gzip.compress(b'{"question": "a", "score": 4}\n{"question": "b", "score": 5.0}\n', mtime=0)),
    ],
)
def test_formats_of_files(tmp_path: Path, name: str, text: bytes) -> None:
    write(tmp_path, text, name)
    found = asked(source(tmp_path, url=name, **LONG))
    assert counts(found.scores, item="a") == {4: 1}
    assert counts(found.scores, item="b") == {5: 1}
    assert found.about.notes == ()


def test_files_that_duckdb_writes(tmp_path: Path) -> None:
    import duckdb

    made = duckdb.connect()
    made.execute("CREATE TABLE t AS SELECT 'a' AS question, 4 AS score, TIMESTAMP '2026-01-31 23:30:00' AS \"at\"")
    made.execute(f"COPY t TO '{tmp_path}/it.parquet'")
    made.execute(f"COPY t TO '{tmp_path}/it.csv.zst' (HEADER)")
    made.execute(f"ATTACH '{tmp_path}/it.duckdb' AS d; CREATE TABLE d.answers AS FROM t; DETACH d")
    for url, more in (
        ("it.parquet", {}), ("it.csv.zst", {}), ("duckdb://it.duckdb", {"table": "answers"}),
        ("duckdb://it.duckdb", {"query": "SELECT * FROM answers -- all of them"}),
    ):  # fmt: skip
        found = asked(source(tmp_path, url=url, at="at", zone="Europe/Rome", **LONG, **more), period="month")
        assert counts(found.scores, item="a", period="2026-01") == {4: 1}, url
    for query, said in (
        ("DELETE FROM answers", "must be one SELECT"), ("SELECT 1; SELECT 2", "must be one SELECT"),
        ("SELECT * FROM gone", "gone"), ("SELEC 1", "is no SQL"),
        (f"SELECT * FROM '{tmp_path}/it.csv.zst'", "Permission"),
        ("SELECT * FROM answers) t; DROP TABLE answers; SELECT * FROM (SELECT 1", "is no SQL"),
    ):  # fmt: skip
        assert said in complaint(tmp_path, url="duckdb://it.duckdb", query=query).message, query
    assert "which table" in complaint(tmp_path, url="duckdb://it.duckdb").message


def test_a_time_that_is_infinite_is_no_moment(tmp_path: Path) -> None:
    import duckdb

    times = ["infinity", "-infinity", *["2026-01-31 09:00:00"] * 40, *["2026-06-30 09:00:00"] * 40]
    rows = ", ".join(f"(4, TIMESTAMP '{time}')" for time in times)
    with duckdb.connect() as made:
        made.execute(f"COPY (SELECT * FROM (VALUES {rows}) t(score, \"at\")) TO '{tmp_path}/it.parquet'")
    found = asked(source(tmp_path, url="it.parquet", at="at", **CSAT), period="quarter")
    assert (found.about.first, found.about.last) == (date(2026, 1, 31), date(2026, 6, 30))
    assert counts(found.scores, period="2026-Q2") == {4: 40}
    assert found.about.left_out == {"unreadable or no time": 2}


def test_folders_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data", "score,extra\n4,x\n", "a.csv")
    write(tmp_path / "data", "extra;Score\ny;5\n", "b.csv")
    write(tmp_path / "data", "no data", "readme.md")
    assert counts(asked(source(tmp_path, url="data", **CSAT)).scores) == {4: 1, 5: 1}
    assert counts(asked(source(tmp_path, url="data/b*.csv", **CSAT)).scores) == {5: 1}
    write(tmp_path / "data", "other\n5\n", "c.csv")
    assert complaint(tmp_path, url="data").message.endswith('c.csv has no column "score"')


def test_parquet_files_of_a_folder_may_have_different_columns(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "data").mkdir()
    with duckdb.connect() as made:
        made.execute(f"COPY (SELECT 4 AS score, 'x' AS only_a) TO '{tmp_path}/data/a.parquet'")
        made.execute(f"COPY (SELECT 5 AS score, 'y' AS only_b) TO '{tmp_path}/data/b.parquet'")
    one = source(tmp_path, url="data", **CSAT)
    for column, value, score in (("only_a", "x", 4), ("only_b", "y", 5)):
        found = asked(one, segments=(column,)).scores
        assert counts(one for one in found if one.cell.segments == ((column, value),)) == {score: 1}


@pytest.mark.parametrize("text", [b"a,score\n4,5\r\n6,3\r\n8,9\n", b"a,score\r\n4,5\n6,3\r\n"])
def test_line_ends_of_several_kinds_are_no_silent_loss(tmp_path: Path, text: bytes) -> None:
    write(tmp_path, text)
    assert "its line ends are of several kinds" in complaint(tmp_path).message


def test_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    rows = ["\u201eSchalter\u201c für €;4"] * 3
    write(tmp_path, "\n".join(["question;score", *rows]).encode("cp1252"))
    found = asked(source(tmp_path, **LONG))
    assert found.labels[0].label == "\u201eSchalter\u201c für €"
    assert found.about.notes == ("the text is no UTF-8; it was read as Windows-1252",)


def test_windows_1252_that_shows_late(tmp_path: Path) -> None:
    write(tmp_path, b"question;score\n" + b"a;4\n" * 100_000 + "für;5\n".encode("cp1252"))
    found = asked(source(tmp_path, **LONG))
    assert counts(found.scores, item="für") == {5: 1}
    assert counts(found.scores, item="a") == {4: 100_000}
    assert found.about.unread == 0


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "a,score\n" + "x,4\n" * 200 + "secret,4,5\n")
    found = asked(source(tmp_path, **CSAT))
    assert (found.about.rows, found.about.unread) == (200, 1)
    write(tmp_path, "a,score\n" + "x,4\n" * 20 + "secret,4,5\nsecret\n")
    error = complaint(tmp_path)
    assert error.message.endswith("data.it.url: 2 of 22 rows cannot be read, the first in line 22, 23")
    assert "secret" not in str(error)


def test_lines_that_are_no_json_are_counted(tmp_path: Path) -> None:
    write(tmp_path, '{"score": 4}\n' * 200 + "{secret\n", "it.jsonl")
    found = asked(source(tmp_path, url="it.jsonl", **CSAT))
    assert counts(found.scores) == {4: 200}
    assert found.about.unread == 1


@pytest.mark.parametrize("text", [b"", b"\n\n"])
def test_an_empty_file(tmp_path: Path, text: bytes) -> None:
    write(tmp_path, text)
    assert complaint(tmp_path).message.endswith("it.csv is empty")


def test_a_file_with_a_header_only(tmp_path: Path) -> None:
    write(tmp_path, "score,at\n")
    found = asked(source(tmp_path, at="at", **CSAT))
    assert (found.scores, found.missing, found.about.rows) == ((), (), 0)


def test_a_damaged_file(tmp_path: Path) -> None:
    write(tmp_path, gzip.compress(b"score\n4\n" * 1000, mtime=0)[:30], "it.csv.gz")
    assert "it.csv.gz cannot be read" in complaint(tmp_path, url="it.csv.gz").message
    write(tmp_path, b"no parquet", "it.parquet")
    assert "cannot be read" in complaint(tmp_path, url="it.parquet").message


# Times.


def test_times_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, "score,at\n4,13/02/2026 10:00\n4,01/02/2026 11:00\n5,call me on Monday\n")
    error = complaint(tmp_path, at="at")
    assert error.message.endswith(
        "data.it.at: 3 of 3 times cannot be read, such as '13/02/2026 10:00', '01/02/2026 11:00'"
    )
    assert error.help == 'the day stands first: format = "%d/%m/%Y %H:%M"'
    assert "Monday" not in str(error)
    write(tmp_path, "score,at\n4,02/13/2026\n")
    assert complaint(tmp_path, at="at").help.startswith('the month stands first: format = "%m/%d/%Y"')
    write(tmp_path, "score,at\n4,01/02/2026\n4,03/04/2026\n")
    assert complaint(tmp_path, at="at").help.startswith("say whether the day or the month stands first")
    write(tmp_path, "score,at\n4,12/31/2026 09:30 PM\n")
    error = complaint(tmp_path, at="at")
    assert error.help == 'the month stands first: format = "%m/%d/%Y %I:%M %p"'
    many = "".join(f"4,{day:02}/{month:02}/2026 09:30:05\n" for day in range(1, 13) for month in range(1, 13))
    write(tmp_path, f"score,at\n{many}4,12/13/2026 09:30:05\n")
    assert complaint(tmp_path, at="at").help == 'the month stands first: format = "%m/%d/%Y %H:%M:%S"'
    write(tmp_path, "score,at\n4,46020.5\n")
    assert complaint(tmp_path, at="at").help.startswith("they are days as a spreadsheet counts them")
    write(tmp_path, "score,at\n4,01/02/2026\n4,03/04/2026\n")
    found = asked(source(tmp_path, at="at", format="%d/%m/%Y", **CSAT), period="month")
    assert {one.cell.period for one in found.scores} == {"2026-02", "2026-04"}
    assert complaint(tmp_path, at="at", format="%d.%m.%Y").help == "they are not written as %d.%m.%Y"


def test_a_few_times_that_cannot_be_read_are_left_out_and_told(tmp_path: Path) -> None:
    write(tmp_path, "score,at\n" + "4,2026-01-01\n" * 40 + "5,soon\n3,\n")
    found = asked(source(tmp_path, at="at", **CSAT))
    assert counts(found.scores) == {4: 40}
    assert found.about.left_out == {"unreadable or no time": 2}


def test_numbers_as_times(tmp_path: Path) -> None:
    write(tmp_path, "score,at\n4,1767225600\n")
    error = complaint(tmp_path, at="at")
    assert error.help == 'say what they count: format = "epoch-s" or "epoch-ms"'
    for written, at in (("epoch-s", "1767225600"), ("epoch-ms", "1767225600999"), ("epoch-s", "1767225600.5")):
        write(tmp_path, f"score,at\n4,{at}\n")
        (score,) = asked(source(tmp_path, at="at", format=written, **CSAT), period="day").scores
        assert score.cell.period == "2026-01-01"


def test_the_zone_decides_of_times_without_an_offset(tmp_path: Path) -> None:
    write(tmp_path, "score,at\n4,2026-01-01 00:30\n4,2025-12-31T23:45:00Z\n4,2026-01-01T00:10:00+05:00\n")
    (tokyo, *_), utc, rome = (
        sorted(one.cell.period for one in asked(source(tmp_path, at="at", zone=zone, **CSAT), period="day").scores)
        for zone in ("Asia/Tokyo", "UTC", "Europe/Rome")
    )
    assert tokyo == "2026-01-01"
    assert utc == ["2025-12-31", "2026-01-01"]
    assert rome == ["2025-12-31", "2026-01-01"]


def test_weeks_and_quarters(tmp_path: Path) -> None:
    write(tmp_path, "score,at\n4,2027-01-03\n4,0999-12-30\n")
    from journeykit.data.periods import period_of

    one = source(tmp_path, at="at", **CSAT)
    assert {score.cell.period for score in asked(one, period="week").scores} == {
        "2026-W53",
        period_of(date(999, 12, 30), "week"),
    }
    assert {score.cell.period for score in asked(one, period="quarter").scores} == {"2027-Q1", "0999-Q4"}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Rome"])
def test_days_before_1970_and_the_end_of_a_day(tmp_path: Path, zone: str) -> None:
    times = ["1969-12-31 00:00", "1969-12-31 23:59", "1969-12-30 23:59:59.9995", "1904-02-29 12:00", "2026-03-31 24:00"]
    write(tmp_path, "at,score\n" + "".join(f"{one},4\n" for one in times))
    one = source(tmp_path, at="at", zone=zone, **CSAT)
    days = {score.cell.period: score.n for score in asked(one, period="day").scores}
    assert days == {"1904-02-29": 1, "1969-12-30": 1, "1969-12-31": 2, "2026-04-01": 1}
    assert len(asked(one, period="quarter").scores) == 3
    assert asked(one).about.first == date(1904, 2, 29)


def test_periods_begin_at_midnight_of_the_zone(tmp_path: Path) -> None:
    write(tmp_path, "at,score\n2026-03-31T21:59:59Z,4\n2026-03-31T22:00:00Z,4\n2026-06-30T22:00:00Z,4\n")
    one = source(tmp_path, at="at", zone="Europe/Rome", **CSAT)
    quarters = {score.cell.period: score.n for score in asked(one, period="quarter").scores}
    assert quarters == {"2026-Q1": 1, "2026-Q2": 1, "2026-Q3": 1}


def test_hours_that_clocks_skip_or_show_twice_are_told(tmp_path: Path) -> None:
    times = [
        "2026-03-29 02:30", "2026-03-29 03:00", "2026-03-29 01:59", "2026-10-25 02:00", "2026-10-25 02:59",
        "2026-10-25 03:00", "2026-10-25T02:30+01:00",
    ]  # fmt: skip
    write(tmp_path, "at,score\n" + "".join(f"{one},4\n" for one in times))
    told = asked(source(tmp_path, at="at", zone="Europe/Rome", **CSAT)).about.notes
    assert told == (
        "hours that clocks of Europe/Rome skip: 1 of the times, read as in the next hour",
        "hours that clocks of Europe/Rome show twice: 2 of the times, read as the second",
    )
    assert asked(source(tmp_path, at="at", zone="Asia/Tokyo", **CSAT)).about.notes == ()
    assert asked(source(tmp_path, at="at", **CSAT)).about.notes == ()


def test_names_of_zones_are_no_times_but_utc_is(tmp_path: Path) -> None:
    write(tmp_path, "at,score\n" + "2026-07-01 00:30:00 CET,4\n" * 9)
    error = complaint(tmp_path, at="at")
    assert error.message.endswith("data.it.at: 9 of 9 times cannot be read, such as '2026-07-01 00:30:00 CET'")
    assert error.help == (
        'names of zones have several meanings: format = "%Y-%m-%d %H:%M:%S CET" and zone = "Europe/…"'
    )
    assert "must not have %Z" in complaint(tmp_path, at="at", format="%Y-%m-%d %H:%M:%S %Z").message
    error = complaint(tmp_path, at="at", format="json")
    assert error.message.endswith("\"data.it.format\" must say how times are written, not 'json'")
    assert error.help == 'write it with %, such as "%d/%m/%Y %H:%M"; or "epoch-s" or "epoch-ms"'
    said = {"at": "at", "format": "%Y-%m-%d %H:%M:%S CET", "zone": "Europe/Rome"}
    found = asked(source(tmp_path, **said, **CSAT), period="day")
    assert {score.cell.period for score in found.scores} == {"2026-07-01"}
    write(tmp_path, "at,score\n2026-06-30 22:30:00 UTC,4\n2026-06-30 22:30 GMT,4\n")
    found = asked(source(tmp_path, at="at", zone="Europe/Rome", **CSAT), period="day")
    assert {(score.cell.period, score.n) for score in found.scores} == {("2026-07-01", 2)}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Rome"])
@pytest.mark.parametrize("offset", ["-02:00", " -02:00", ":00 -02:00", ":00.5 -02", " -0200"])
def test_an_offset_may_stand_after_a_blank(tmp_path: Path, offset: str, zone: str) -> None:
    write(tmp_path, f"at,score\n2026-06-30 22:30{offset},4\n2026-06-30 09:00 Z,4\n")
    found = asked(source(tmp_path, at="at", zone=zone, **CSAT), period="day")
    assert {score.cell.period: score.n for score in found.scores} == {"2026-06-30": 1, "2026-07-01": 1}


@pytest.mark.parametrize(
    ("form", "times"),
    [
        ("%d. %B %Y", ["1. Januar 2026", "2. März 2026", "3. DEZEMBER 2026"]),
        ("%d/%b/%y %I:%M %p", ["01/gen/26 9:10 AM", "02/Mär/26 9:10 AM", "03/ara/26 9:10 PM"]),
        ("%d %B %Y", ["1 Ιανουαρίου 2026", "2 március 2026", "3 décembre 2026"]),
    ],
)
def test_months_in_other_languages(tmp_path: Path, form: str, times: list[str]) -> None:
    write(tmp_path, "at,score\n" + "".join(f"{one},4\n" for one in times))
    found = asked(source(tmp_path, at="at", format=form, **CSAT), period="day")
    assert [score.cell.period for score in found.scores] == ["2026-01-01", "2026-03-02", "2026-12-03"]
    error = complaint(tmp_path, at="at")
    assert repr(times[0]) in error.message
    assert error.help.startswith('format = "%d')


def test_days_limit_answers(tmp_path: Path) -> None:
    from datetime import date

    write(tmp_path, "score,at\n1,2026-01-01 23:59\n2,2026-01-02 00:00\n3,2026-01-03 23:59\n4,2026-01-04 00:00\n")
    found = asked(source(tmp_path, at="at", **CSAT), since=date(2026, 1, 2), until=date(2026, 1, 4))
    assert counts(found.scores) == {2: 1, 3: 1}


def test_durations(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a,b\n"
        + "2026-01-01 10:00,2026-01-01 11:00\n" * 30
        + "2026-01-01 10:00,2026-01-01 09:00\n2026-01-02,\n,\n,2026-01-01\n",
    )
    found = asked(source(tmp_path, columns={}, times={"open": {"from": "a", "to": "b"}}), "times")
    assert {(one.low, one.open): one.n for one in found.times} == {(3_600_000, False): 30, (0, True): 1}
    assert {one.reason: one.n for one in found.refused} == {"negative": 1, "blank": 1, "no start": 1}


# Scores.


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("1.200", "90"), "may be thousands"), (("3,600", "-12,500"), "may be thousands"),
        (("1.200", "12,5"), "one of them marks thousands"), (("1.234,5", "3"), "one of them marks thousands"),
        (("12.5", "1,200"), "one of them marks thousands"), (("0,5", "0.5"), "one of them marks thousands"),
    ],
)  # fmt: skip
def test_marks_of_decimals_and_thousands_that_cannot_be_told(
    tmp_path: Path, values: tuple[str, ...], said: str
) -> None:
    write(tmp_path, "score;took;n\n" + "".join(f"4;{value};{value.strip('-')}\n" for value in values))
    times = {"call": {"column": "took", "unit": "min", "clock": "calendar"}}
    for more, place in (({"times": times}, "data.it.times.call"), ({"weight": "n"}, "data.it.weight")):
        error = complaint(tmp_path, **more)
        assert place in error.message and said in error.message
        assert 'decimal = ","' in error.help


@pytest.mark.parametrize(
    ("decimal", "values", "minutes"),
    [
        ("", ("1.200", "0.983"), [0.983, 1.2]),
        ("", ("1,25", "2,125"), [1.25, 2.125]),
        ("", ("1200.125", "3"), [3, 1200.125]),
        (",", ("1.200", "12,5", "1.234,5"), [12.5, 1200, 1234.5]),
        (".", ("1,200", "12.5"), [12.5, 1200]),
    ],
)
def test_marks_of_decimals_and_thousands(
    tmp_path: Path, decimal: str, values: tuple[str, ...], minutes: list[float]
) -> None:
    write(tmp_path, "score;took\n" + "".join(f"4;{value}\n" for value in values))
    times = {"call": {"column": "took", "unit": "min", "clock": "calendar"}}
    settings = {"decimal": decimal} if decimal else {}
    found = asked(source(tmp_path, times=times, **CSAT, **settings), "times")
    assert sorted(one.total / 60_000 for one in found.times) == minutes


def test_scores_off_the_scale(tmp_path: Path) -> None:
    write(tmp_path, "score\n" + "4\n" * 50 + "99\n" * 6 + "Anna Smith\n" + "yes\n" * 5)
    error = complaint(tmp_path)
    assert "12 of 62 answers of \"score\" are not on the scale 1..5: '99' (6), 'yes' (5)" in error.message
    assert "Anna" not in str(error)
    write(tmp_path, "score\n" + "4\n" * 50 + "99\n4.5\n")
    found = asked(source(tmp_path, **CSAT))
    assert counts(found.scores) == {4: 50}
    assert {one.kind: one.n for one in found.missing} == {"out of scale": 2}


def test_numbers_with_words_are_proposed_as_labels(tmp_path: Path) -> None:
    write(tmp_path, "score\n" + '"10 - Extremely ""likely"""\n0 - Not at all\n7\n' * 5)
    error = complaint(tmp_path, columns={"score": "nps"})
    assert (
        error.help == r'say what they are, such as labels = { "0 - Not at all" = 0, "10 - Extremely \"likely\"" = 10 }'
    )
    labels = tomllib.loads(error.help.removeprefix("say what they are, such as "))["labels"]
    found = asked(source(tmp_path, columns={"score": {"metric": "nps", "labels": labels}}))
    assert counts(found.scores) == {0: 5, 7: 5, 10: 5}


def test_words_and_numbers_that_are_no_answers(tmp_path: Path) -> None:
    write(
        tmp_path,
        'score\n4\n4.0\n"5,0"\n N/A \nn/a\n-99\n-99.0\n?\n\n0\nVery good\nvery GOOD\n'.replace("\n\n", '\n""\n'),
    )
    question = {"metric": "csat", "missing": {"-99": "no answer", "?": "dont know"}, "labels": {"Very good": 5}}
    one = source(
        tmp_path, columns={"score": question}, missing={"n/a": "not applicable", "0": "not asked", "5": "blank"}
    )
    found = asked(one)
    assert counts(found.scores) == {4: 2, 5: 3}  # 5 is an answer: only the question itself could say otherwise
    assert {one.kind: one.n for one in found.missing} == {
        "not applicable": 2, "no answer": 2, "dont know": 1, "blank": 1, "not asked": 1,
    }  # fmt: skip


def test_satisfaction_is_no_effort(tmp_path: Path) -> None:
    write(tmp_path, "Satisfaction with the call\n4\n")
    error = complaint(tmp_path, columns={"Satisfaction with the call": "ces"})
    assert "asks for satisfaction" in error.message


def test_a_metric_that_is_none(tmp_path: Path) -> None:
    write(tmp_path, "kind,score\ncsat,4\nNPS,10\nsmile,1\n")
    found = asked(source(tmp_path, score="score", metric="kind"))
    assert counts(found.scores, metric="nps") == {10: 1}
    assert [(one.reason, one.n) for one in found.refused] == [("unknown metric", 1)]


# Weights and ids.


def test_weights_that_are_none(tmp_path: Path) -> None:
    write(tmp_path, "score,w\n4,1\n5,\n3,x\n")
    found = asked(source(tmp_path, weight="w", **CSAT))
    assert counts(found.scores) == {4: 1}
    assert found.about.left_out == {"no weight": 2}
    write(tmp_path, "score,w\n4,1\n5,0\n3,-1\n")
    assert complaint(tmp_path, weight="w").message.endswith("data.it.weight: 2 weights are not above 0")


def test_ids_that_are_there_twice(tmp_path: Path) -> None:
    write(tmp_path, "id,score\na,4\nb,5\na,3\n")
    error = complaint(tmp_path, id="id")
    assert error.message.endswith("data.it.id: 1 ids are there more than once")


def test_free_text_as_labels(tmp_path: Path) -> None:
    write(tmp_path, "question,score\n" + "".join(f"text {number},4\n" for number in range(600)))
    error = complaint(tmp_path, columns={}, **LONG)
    assert error.message.endswith('"question" has more than 512 labels')
    assert "text 1" not in str(error)


def test_a_condition_that_fails_is_not_known_and_shows_no_value(tmp_path: Path) -> None:
    write(tmp_path, "score,count\n4,secret\n5,0\n5,2\n")
    (share,) = asked(source(tmp_path, cases={"once": "count = 0"}, **CSAT), "shares").shares
    assert (share.k, share.n, share.unknown) == (1, 2, 1)
    error = complaint(tmp_path, cases={"once": "gone = 0"})
    assert "gone" in error.message
    assert "secret" not in str(error)
    assert "syntax error" in complaint(tmp_path, cases={"once": "count = = 0"}).message


def test_a_further_contact_in_the_window_counts_against_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        "who,nr,at,reopens\nanna,1,2026-01-01,0\nanna,2,2026-01-05,0\nanna,3,2026-03-01,0\nbob,4,2026-01-02,0\n",
    )
    one = source(
        tmp_path, row="ticket", id="who", case="nr", at="at", cases={"fcr": {"is": "reopens = 0", "window": "7d"}}
    )
    (share,) = asked(one, "shares").shares
    assert (share.k, share.n) == (3, 4)


def test_rows_of_one_journey(tmp_path: Path) -> None:
    write(tmp_path, "plan,score\npro,5\nfree,1\n pro,4\n")
    assert counts(asked(source(tmp_path, **CSAT), rows={"plan": ("pro",)}).scores) == {4: 1, 5: 1}
    assert counts(asked(source(tmp_path, where="plan <> 'free'", **CSAT)).scores) == {4: 1, 5: 1}
    with pytest.raises(DataError, match='there is no column "colour"'):
        asked(source(tmp_path, **CSAT), rows={"colour": ("red",)})


def test_three_segments_are_one_too_many(tmp_path: Path) -> None:
    write(tmp_path, "score,a,b,c\n4,1,2,3\n")
    with pytest.raises(DataError, match="by two columns at most"):
        asked(source(tmp_path, **CSAT), segments=("a", "b", "c"))


# The engine is shut off.


def test_no_other_file_and_no_setting_can_be_reached(tmp_path: Path) -> None:
    import duckdb

    write(tmp_path, "score\nhunter2\n", "secret.csv")
    duckdb.connect(str(tmp_path / "it.duckdb")).close()
    for attack in (
        f"SELECT * FROM '{tmp_path}/secret.csv'", f"SELECT content AS score FROM read_text('{tmp_path}/secret.csv')",
        "SELECT file AS score FROM glob('/etc/*')", "SELECT * FROM read_csv('https://example.invalid/x.csv')",
    ):  # fmt: skip
        error = complaint(tmp_path, url="duckdb://it.duckdb", query=attack)
        assert "DuckDB cannot do this (Permission)" in error.message
        assert "hunter2" not in str(error)


def test_what_is_written_on_the_way_is_private_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spill))
    modes: list[int] = []
    made = tempfile.mkdtemp

    def watched(prefix: str) -> str:
        path = made(prefix=prefix)
        modes.append(Path(path).stat().st_mode & 0o777)
        return path

    monkeypatch.setattr(tempfile, "mkdtemp", watched)
    write(tmp_path, "score\n4\n".encode("utf-16"))
    asked(source(tmp_path, **CSAT))
    write(tmp_path, "score\n77\n")
    complaint(tmp_path)
    assert modes == [0o700, 0o700]
    assert list(spill.iterdir()) == []


def slow(folder: Path) -> Source:
    """A source that nobody would wait for."""
    import duckdb

    duckdb.connect(str(folder / "it.duckdb")).close()
    query = "SELECT 4 AS score FROM range(1000000000000) a WHERE hash(a.range) = 42"
    return source(folder, url="duckdb://it.duckdb", query=query, **CSAT)


def test_a_statement_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    one = slow(tmp_path)
    began = time.monotonic()
    with pytest.raises(DataError) as error:
        ask(one, Wanted(frozenset({"answers"})), Limits(timeout=0.3))
    assert error.value.message.endswith("a statement took more than 0.3 seconds")
    assert time.monotonic() - began < 60


def test_ctrl_c_ends_a_statement_and_removes_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import _thread
    import signal
    import tempfile

    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spill))
    one = slow(tmp_path)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # which a process in the background may ignore
    try:
        threading.Timer(0.5, _thread.interrupt_main).start()
        with pytest.raises(KeyboardInterrupt):
            ask(one, Wanted(frozenset({"answers"})), Limits(timeout=60))
    finally:
        signal.signal(signal.SIGINT, before)
    assert list(spill.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once")
def test_sigterm_removes_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import signal
    import tempfile

    from journeykit.cli.console import ending_at_sigterm

    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spill))
    one, before = slow(tmp_path), signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, ending_at_sigterm():
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
        ask(one, Wanted(frozenset({"answers"})), Limits(timeout=60))
    assert (ended.value.code, list(spill.iterdir())) == (143, [])
    assert signal.getsignal(signal.SIGTERM) == before


def test_memory_that_does_not_suffice(tmp_path: Path) -> None:
    write(tmp_path, "score\n4\n")
    found: Found = ask(source(tmp_path, **CSAT), Wanted(frozenset({"answers"})), Limits(memory=64 << 20))
    assert counts(found.scores) == {4: 1}
