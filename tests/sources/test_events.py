"""Events: activities, steps between runs, handoffs, ends, ways; held against the same computed in plain Python."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from journeykit.data.asking import ask
from journeykit.data.buckets import width
from journeykit.data.engines import DataError
from journeykit.data.questions import Found, Having, Span, Wanted
from tests.sources.reading import DATA, source

COLUMNS = {"kind": "events", "case": "case", "activity": "activity", "at": "at"}


def asked(folder: Path, settings: dict[str, Any], **wanted: Any) -> Found:
    return ask(source(folder, **COLUMNS, **settings), Wanted(frozenset({"events", "handoffs"}), **wanted))


def log(folder: Path, *rows: str, header: str = "case,activity,at") -> None:
    (folder / "it.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")


def test_a_hospital() -> None:
    settings = {"url": "sepsis.csv.gz", "case": "case_id", "at": "timestamp", "team": "resource", "missing": ["?"]}
    one = source(DATA, **{**COLUMNS, **settings})
    found = ask(one, Wanted(frozenset({"events", "handoffs"})))
    assert found.about.cases == sum(way.n for way in found.ways) == 1050  # the case called NA among them
    assert (len(found.ways), found.ways[0].n) == (592, 47)
    assert found.about.tied is not None
    assert round(found.about.tied.tied / found.about.tied.neighbours, 2) == 0.31
    assert (found.about.rows, found.about.duplicates) == (15214, 7)
    assert "?" not in {one.team for one in found.activities}


def bucket(duration: int) -> int:
    bits = duration.bit_length()
    return duration if bits <= 8 else duration >> (bits - 8) << (bits - 8)


def test_a_bucket_holds_its_durations() -> None:
    for duration in (0, 1, 255, 256, 257, 511, 512, 86_400_000, 12_345_678_901, 2**44 - 1):
        low = bucket(duration)
        assert low <= duration < low + width(low)
        assert width(low) <= max(1, low / 128)


def made(seed: int) -> list[tuple[str, str, int, str]]:
    """Events of distinct moments within a case, in no order, some of them twice."""
    rnd = random.Random(seed)
    rows = []
    for case in range(80):
        moments = rnd.sample(range(1_600_000_000, 1_600_900_000), rnd.randint(1, 9))
        rows += [(f"c{case}", rnd.choice("ABCD"), moment, rnd.choice(["x", "y", ""])) for moment in moments]
    rows += rows[:7]
    rnd.shuffle(rows)
    return rows


def counted(rows: list[tuple[str, str, int, str]]) -> dict[str, Counter[Any]]:
    """The same questions, in plain Python."""
    cases = defaultdict(list)
    for case, activity, at, team in sorted(set(rows), key=lambda row: row[2]):
        cases[case].append((activity, at * 1000, team))
    newest = max(at for events in cases.values() for _, at, _ in events)
    found: dict[str, Counter[Any]] = {key: Counter() for key in ("steps", "handoffs", "ends", "ways")}
    for events in cases.values():
        for (_, _, before), (_, _, after) in pairwise(events):
            if before != after:
                found["handoffs"][before, after] += 1
        runs = [event for place, event in enumerate(events) if place == 0 or events[place - 1][0] != event[0]]
        for (a, t, _), (b, u, _) in pairwise(runs):
            found["steps"][a, b, bucket(u - t)] += 1
        found["ends"][events[-1][0], bucket(newest - events[-1][1])] += 1
        found["ways"][tuple(activity for activity, _, _ in runs)] += 1
    return found


@pytest.mark.parametrize("seed", range(4))
def test_all_questions_against_plain_python(tmp_path: Path, seed: int) -> None:
    rows = made(seed)
    log(
        tmp_path,
        *(f"{case},{activity},{at},{team}" for case, activity, at, team in rows),
        header="case,activity,at,team",
    )
    found = asked(tmp_path, {"team": "team", "format": "epoch-s", "people": True})
    right = counted(rows)
    assert Counter({(one.a, one.b, one.low): one.n for one in found.steps}) == right["steps"]
    assert Counter({(one.activity, one.low): one.n for one in found.ends}) == right["ends"]
    assert Counter({one.activities: one.n for one in found.ways}) == right["ways"]
    assert found.about.duplicates == 7
    cases = Counter(activity for _, activity in {(case, activity) for case, activity, _, _ in rows})
    assert {one.label: one.cases for one in found.labels} == cases
    handoffs = {(one.before, one.after): one.n for one in found.handoffs}
    assert handoffs == {pair: right["handoffs"][pair] for pair in (("x", "y"), ("y", "x"))}


def test_ties_stand_in_the_order_that_activities_usually_have(tmp_path: Path) -> None:
    usual = [f"c{case},{name},2026-01-01 0{hour}:00" for case in range(3) for hour, name in enumerate(["Z", "M", "A"])]
    log(tmp_path, "tied,A,2026-01-02 09:00", "tied,Z,2026-01-02 09:00", "tied,M,2026-01-02 09:00", *usual)
    assert [way.activities for way in asked(tmp_path, {}).ways] == [("Z", "M", "A")]


def test_a_column_of_order_decides_ties(tmp_path: Path) -> None:
    log(tmp_path, "1,A,2026-01-01,2", "1,B,2026-01-01,10", "1,C,2026-01-01,1", header="case,activity,at,nr")
    assert asked(tmp_path, {"order": "nr"}).ways[0].activities == ("C", "A", "B")


def test_labels_of_one_touchpoint_are_one_and_others_are_passed_over(tmp_path: Path) -> None:
    log(
        tmp_path, "1,Open,2026-01-01", "1,Note,2026-01-02", "1,Reopen,2026-01-03", "1,Close,2026-01-04",
        "2,Note,2026-01-01",
    )  # fmt: skip
    found = asked(tmp_path, {}, labels={"Open": "open", "Reopen": "open", "Close": "closed"})
    assert [(way.activities, way.n) for way in found.ways] == [(("open", "closed"), 1)]
    assert found.about.cases == 2
    assert {(one.label, one.cases) for one in found.labels} == {("Open", 1), ("Note", 2), ("Reopen", 1), ("Close", 1)}
    assert {(one.activity, one.n) for one in found.activities} == {("open", 2), ("closed", 1)}
    (step,) = found.steps
    assert step.low <= 3 * 86_400_000 < step.low + step.width


def test_times_and_shares_between_touchpoints(tmp_path: Path) -> None:
    log(
        tmp_path, "1,A,2026-01-01 00:00", "1,B,2026-01-01 01:00", "1,A,2026-01-01 02:00", "1,B,2026-01-01 05:00",
        "2,B,2026-01-01 00:00", "2,A,2026-01-01 03:00", "3,C,2026-05-01", "4,A,2026-05-01", "4,B,2026-05-02",
    )  # fmt: skip
    spans = {"a-to-b": Span(("A",), ("B", "missing"))}
    having = {"with-b": Having(("B",)), "without-c": Having((), ("C", "D"))}
    found = asked(tmp_path, {}, spans=spans, having=having, period="quarter")
    assert {(one.cell.item, one.cell.period, one.total, one.n) for one in found.times} == {
        ("a-to-b", "2026-Q1", 3_600_000, 1), ("a-to-b", "2026-Q2", 86_400_000, 1),
    }  # fmt: skip
    assert {(one.cell.period, one.reason, one.n) for one in found.refused} == {
        ("2026-Q1", "no end", 1), ("2026-Q2", "no start", 1),
    }  # fmt: skip
    assert {(one.cell.item, one.cell.period, one.k, one.n) for one in found.shares} == {
        ("with-b", "2026-Q1", 2, 2), ("with-b", "2026-Q2", 1, 2),
        ("without-c", "2026-Q1", 2, 2), ("without-c", "2026-Q2", 1, 2),
    }  # fmt: skip


def test_cases_are_limited_by_their_start_and_not_cut(tmp_path: Path) -> None:
    from datetime import date

    log(tmp_path, "1,A,2026-01-31", "1,B,2026-02-02", "2,A,2026-02-03", "2,B,2026-02-04")
    found = asked(tmp_path, {}, since=date(2026, 1, 1), until=date(2026, 2, 1))
    assert [(way.activities, way.n) for way in found.ways] == [(("A", "B"), 1)]
    assert found.about.cases == 1


def test_shares_of_cases_are_of_their_last_event(tmp_path: Path) -> None:
    log(
        tmp_path, "1,A,2026-01-01 09:00,0", "1,B,2026-01-01 08:00,3", "2,A,2026-01-01 08:00,1", "3,A,2026-01-02,?",
        header="case,activity,at,reopened",
    )  # fmt: skip
    one = source(tmp_path, **COLUMNS, cases={"once": "reopened = 0"})
    (share,) = ask(one, Wanted(frozenset({"shares"}))).shares
    assert (share.cell.period, share.k, share.n, share.unknown) == ("2026-Q1", 1, 2, 1)


def test_what_is_not_known_is_left_out_and_told(tmp_path: Path) -> None:
    many = [f"{case},A,2026-01-01" for case in range(100)]
    log(tmp_path, *many, ",A,2026-01-01", "7,,2026-01-01", "8,A,soon", "9,A,", "NA,?,2026-01-02")
    found = asked(tmp_path, {"missing": ["?", "NA"]})
    assert found.about.left_out == {"unreadable or no time": 2, "no case": 1, "no activity": 1}
    assert found.about.cases == 101  # NA is the name of a case


def test_activities_that_are_free_text(tmp_path: Path) -> None:
    log(tmp_path, *(f"1,text {number},2026-01-01" for number in range(513)))
    with pytest.raises(DataError, match="more than 512 activities") as error:
        asked(tmp_path, {})
    assert error.value.help == "is it free text, or an id?"


def test_a_column_of_people_is_not_counted_unless_that_is_said(tmp_path: Path) -> None:
    rows = [f"{case},A,2026-01-01,agent {case // 4}" for case in range(40)]
    log(tmp_path, *rows, header="case,activity,at,who")
    with pytest.raises(
        DataError, match='"who" looks like people: 10 of its 10 values are in fewer than 5 cases'
    ) as error:
        asked(tmp_path, {"team": "who"})
    assert "agent" not in str(error.value)
    assert asked(tmp_path, {"team": "who", "people": True}).about.cases == 40


def test_several_columns_of_an_activity(tmp_path: Path) -> None:
    (tmp_path / "it.csv").write_text("case,a,b,at\n1,Call,in,2026-01-01\n2,Call,,2026-01-01\n", encoding="utf-8")
    one = source(tmp_path, **{**COLUMNS, "activity": ["a", "b"]})
    found = ask(one, Wanted(frozenset({"events"})))
    assert {one.label for one in found.labels} == {"Call / in", "Call"}


def test_labels_of_several_lines_and_times_with_an_offset(tmp_path: Path) -> None:
    with (tmp_path / "it.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["case", "activity", "at"], ["1", 'say "hi", then\ngo', "2026-01-01T00:30:00+02:00"]]
        )
    found = asked(tmp_path, {})
    assert found.labels[0].label == 'say "hi", then\ngo'
    assert str(found.about.first) == "2025-12-31"
    assert str(asked(tmp_path, {"zone": "Europe/Rome"}).about.first) == "2025-12-31"
    assert str(asked(tmp_path, {"zone": "Asia/Tokyo"}).about.first) == "2026-01-01"
