"""The figures of logs: against plain Python on made-up ones, and the known facts of a hospital's."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.data import lists
from journeykit.data.asking import ask
from journeykit.data.engines import DataError
from journeykit.data.engines.duckdb import Engine
from journeykit.data.questions import Limits, Wanted
from journeykit.discovering.figures import CourseFigures
from tests.discovering.naive import Event, figures
from tests.sources.reading import DATA, source

START = 1_700_000_000_000
COLUMNS = {"kind": "events", "case": "case", "activity": "activity", "at": "at", "format": "epoch-ms"}


def course_of(folder: Path, events: list[Event], wanted: Wanted | None = None, **settings: Any) -> CourseFigures:
    """The figures of a file with these events."""
    lines = [f"{one.case},{one.at},{one.activity},{one.team},{one.channel}" for one in events]
    (folder / "it.csv").write_text("\n".join(("case,at,activity,team,channel", *lines)) + "\n", encoding="utf-8")
    one = source(folder, **{**COLUMNS, "team": "team", "people": True, **settings})
    return CourseFigures(ask(one, wanted or Wanted(frozenset({"course"}))))


def cases(*ways: tuple[str, int], hours: float = 1) -> list[Event]:
    """So many cases with an event for each letter, some hours apart."""
    told = [letters for letters, n in ways for _ in range(n)]
    return [
        Event(str(case), START + int(place * hours * 3_600_000), letter)
        for case, letters in enumerate(told)
        for place, letter in enumerate(letters)
    ]


def made(seed: int) -> list[Event]:
    """Events of few moments, so that many are tied and some are there twice."""
    rnd = random.Random(seed)
    return [
        Event(str(rnd.randint(0, 30)), START + rnd.randint(0, 40) * 1_234_567, rnd.choice("abcde"),
              rnd.choice(["", "X", "Y", "Z"]))
        for _ in range(rnd.randint(40, 500))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_all_figures_are_those_of_plain_python(tmp_path: Path, seed: int) -> None:
    events = made(seed)
    found, right = course_of(tmp_path, events), figures(events)
    assert (found.cases, found.events) == (right["cases"], right["events"])
    assert found.cases_with == right["with"]
    assert found.starts == right["starts"]
    assert found.ends == right["ends"]
    assert found.places == pytest.approx({name: right["places"].get(name, 0) for name in right["with"]})
    counted: Counter[tuple[str, str]] = Counter()
    for raw in found.found.steps:
        counted[raw.a, raw.b] += raw.n
    assert counted == right["steps"]
    assert found.found.course.ways == len(right["ways"])
    assert {way.labels: way.n for way in found.ways}.items() <= right["ways"].items()
    tie = found.found.about.tied
    assert tie and (tie.tied, tie.neighbours) == right["tied"]
    teams = found.found.course.teams
    assert {(one.before, one.after): one.n for one in teams.pairs} == right["handoffs"]
    assert teams.cases == right["moving"]
    for one in found.activities:
        if one.returns:
            assert one.returns == right["again"][one.label] / right["with"][one.label]
        if one.wait:
            assert one.wait.median == pytest.approx(right["waits"][one.label], rel=0.008)
    for step in found.steps:
        if step.times:
            assert step.times.median == pytest.approx(right["step medians"][step.before, step.after], rel=0.008)


@pytest.mark.parametrize("moved", [0, -5_000_000_000_000, 6_000_000_000_000], ids=["now", "1865", "2214"])
def test_lists_and_windows_count_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    """In DuckDB a case is a list of whole numbers, which begin with the first moment of the log."""
    early = [one._replace(at=one.at - 2_000_000_000_000) for one in made(8)]  # before 1970, where quotients differ
    events = [one._replace(at=one.at + moved) for one in (*made(9), *early)]
    told = course_of(tmp_path, events, channel="channel").found
    monkeypatch.setattr(Engine, "has_lists", False)
    assert course_of(tmp_path, events, channel="channel").found == told
    assert told.about.cases == 31
    assert told.steps


def test_neighbours_are_those_of_the_case_where_several_threads_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists of cases are spread without a partition: of more rows than one thread takes."""
    duckdb = pytest.importorskip("duckdb", reason="pip install 'journeykit[data]'")
    duckdb.execute(
        'COPY (SELECT CAST(i AS VARCHAR) AS "case", chr(CAST(97 + hash(i, j) % 3 AS INTEGER)) AS activity, '
        f"{START} + i * 1000 + j * CAST(hash(i) % 5 AS BIGINT) AS \"at\", 'T' || (hash(j, i) % 2) AS team "
        f"FROM range(260000) t(i), range(3) u(j)) TO '{tmp_path}/it.parquet'"
    )
    one = source(tmp_path, **COLUMNS, url="it.parquet", team="team")
    told = ask(one, Wanted(frozenset({"course"})))
    assert told.about.cases == 260_000
    monkeypatch.setattr(Engine, "has_lists", False)
    assert ask(one, Wanted(frozenset({"course"}))) == told


def test_buckets_of_several_groups_are_one(tmp_path: Path) -> None:
    """A time that is counted by two activities is spread over its bucket once."""
    found = course_of(tmp_path, cases(("ab", 10)))
    assert found.times([(1_048_576, 50), (1_048_576, 50)]) == found.times([(1_048_576, 100)])


@settings(max_examples=12)
@given(
    events=st.lists(
        st.builds(
            Event, st.sampled_from("123 "), st.integers(START, START + 9), st.sampled_from("abc"),
            st.sampled_from(["", "X", "Y"]), st.sampled_from(["", "web", "phone"]),
        ),
        min_size=5, max_size=40,
    ),
    parts=st.integers(2, 5),
)  # fmt: skip
def test_parts_of_the_cases_add_up_to_the_whole(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event], parts: int
) -> None:
    """Where memory is not enough for all cases at once, they are read in parts."""
    folder = tmp_path_factory.mktemp("log")
    whole = course_of(folder, [Event("0", START, "a"), *events], channel="channel").found
    statements: list[str] = []

    def answered(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
        statements.append(sql)
        return engine.fetch(sql)

    with pytest.MonkeyPatch.context() as patch:
        known = 1 + sum(bool(one.case.strip()) for one in events)
        patch.setattr(lists, "BYTES_OF_EVENT", parts * Limits().memory // known)
        patch.setattr(Engine, "answered", answered)
        assert course_of(folder, [Event("0", START, "a"), *events], channel="channel").found == whole
    assert sum(one.startswith("INSERT INTO jk_cases") for one in statements) == parts - 1


@pytest.mark.parametrize("passed_over", [(), ("b",)])
def test_large_tables_are_dropped_once_they_have_been_asked_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passed_over: tuple[str, ...]
) -> None:
    """Each is as large as the log: what is kept to the end is as small as the words and the ways of it."""
    kept: set[str] = set()
    run = Engine._run

    def followed(engine: Engine, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        if made := re.match(r"CREATE TEMP TABLE (\w+)", sql):
            kept.add(made[1])
        elif dropped := re.match(r"DROP TABLE IF EXISTS (\w+)", sql):
            kept.discard(dropped[1])
        return run(engine, sql, *values)

    monkeypatch.setattr(Engine, "_run", followed)
    activities = {label: {"as": "ignore"} for label in passed_over}
    assert course_of(tmp_path, cases(("abc", 20)), activities=activities, channel="channel").cases == 20
    assert kept <= {"jk_rows", "jk_written", "jk_ways"}


def test_activities_outside_the_days_do_not_count(tmp_path: Path) -> None:
    """More than 512 activities are too many only where cases of these days have them."""
    old = [Event(f"old {n}", START - 900 * 86_400_000, f"free text {n}") for n in range(600)]
    events = [*cases(("ab", 20)), *old]
    with pytest.raises(DataError, match="more than 512 activities"):
        course_of(tmp_path, events)
    found = course_of(tmp_path, events, Wanted(frozenset({"course"}), since=date(2023, 1, 1)))
    assert (found.cases, found.cases_with) == (20, {"a": 20, "b": 20})


def test_a_hospital() -> None:
    settings = {"url": "sepsis.csv.gz", "case": "case_id", "at": "timestamp", "format": "%Y-%m-%dT%H:%M:%SZ"}
    found = CourseFigures(ask(source(DATA, **{**COLUMNS, **settings}), Wanted(frozenset({"course"}))))
    assert found.cases == 1050, "the case called NA among them"
    assert found.found.course.ways == 592
    assert [round(way.share, 3) for way in found.ways[:2]] == [0.045, 0.039]
    assert round(found.tied, 2) == 0.31
    assert found.tied_together == (("Leucocytes", "CRP"),)
    assert [one.label for one in found.main][:3] == ["ER Registration", "ER Triage", "ER Sepsis Triage"]
    assert [(one.label, found.cases_with[one.label]) for one in found.rare] == [
        ("Release D", 24), ("Release C", 25), ("Release E", 6),
    ]  # fmt: skip


def test_nothing_of_few_cases_is_told_nor_what_tells_it(tmp_path: Path) -> None:
    found = course_of(tmp_path, cases(("abc", 60), ("abd", 3), ("ac", 20)))
    assert [one.label for one in found.activities] == ["a", "b", "c"]
    assert found.hidden_activities == 1
    by_label = {one.label: one for one in found.activities}
    assert (by_label["c"].cases, by_label["c"].reach, by_label["c"].ends) == (None, None, None), "3 are the rest"
    assert [step.after for step in found.following("b")] == [], "60 of 63 would tell of the other 3"
    assert [way.n for way in found.ways] == [60], "20 would tell the rest, 3"
    assert found.hidden_ways == 2


def test_a_case_that_ended_elsewhere_is_open_while_it_is_younger_than_most_waits(tmp_path: Path) -> None:
    late = [Event(f"late {n}", START + 100 * 3_600_000 - 600_000, "a") for n in range(8)]
    newest = [Event("new", START + 100 * 3_600_000, "b")]
    events = [*cases(("ab", 30), ("a", 10)), *late, *newest]
    found = course_of(tmp_path, events)
    assert found.unfinished is None, "nothing is said of how a case ends"
    ended = CourseFigures(found.found, last=("b",))
    assert ended.unfinished == (8, 10)


def test_a_wait_is_told_where_at_least_a_twentieth_goes_on(tmp_path: Path) -> None:
    def wait(*ways: tuple[str, int]) -> Any:
        return next(one.wait for one in course_of(tmp_path, cases(*ways)).activities if one.label == "a")

    assert wait(("ab", 6), ("a", 94))
    assert wait(("ab", 6), ("a", 194)) is None


def test_times_that_cannot_be_right_are_kept_out_of_durations(tmp_path: Path) -> None:
    odd = [Event(f"odd {n}", 0, "a") for n in range(9)] + [Event(f"odd {n}", START, "b") for n in range(9)]
    found = course_of(tmp_path, [*cases(("ab", 10)), *odd])
    assert found.found.course.odd == 9
    (step,) = found.steps
    assert step.times is not None
    assert (step.n, step.times.n) == (19, 10)
    assert step.times.median == pytest.approx(3600, rel=0.01)


def test_only_cases_that_begin_so_or_then_count(tmp_path: Path) -> None:
    events = [*cases(("abc", 20), ("bc", 7))]
    found = course_of(tmp_path, events, Wanted(frozenset({"course"}), starts=("a",)))
    assert (found.cases, found.found.course.other_starts) == (20, 7)
    assert found.cases_with == {"a": 20, "b": 20, "c": 20}


def test_what_the_settings_say_of_activities(tmp_path: Path) -> None:
    said = {"b": {"as": "backstage"}, "x": {"as": "ignore"}, "c": {"title": "It works"}}
    events = [
        one._replace(team={"a": "Desk", "b": "IT", "x": "IT", "c": "Desk"}[one.activity])
        for one in cases(("abxac", 20), ("axc", 10))
    ]
    found = course_of(tmp_path, events, activities=said)
    assert found.cases_with == {"a": 30, "It works": 30}
    assert [way.labels for way in found.ways] == [("a", "It works")], "both a are one run: b is backstage"
    (behind,) = found.found.course.behind
    assert (behind.activity, behind.label, behind.team, behind.n) == ("a", "b", "IT", 20)
    moves = {(one.before, one.after): one.n for one in found.found.course.teams.pairs}
    assert moves == {("Desk", "IT"): 30, ("IT", "Desk"): 30}, "teams are those of all events"


def test_a_column_of_one_value_within_cases_says_something_of_the_case(tmp_path: Path) -> None:
    events = [one._replace(channel="phone" if int(one.case) % 2 else "web") for one in cases(("abc", 40))]
    found = course_of(tmp_path, events, channel="channel")
    assert found.found.course.channels.constant
    mixed = [one._replace(channel="phone" if one.activity == "a" else "web") for one in events]
    assert not course_of(tmp_path, mixed, channel="channel").found.course.channels.constant
