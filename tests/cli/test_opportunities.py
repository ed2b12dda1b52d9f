"""The improvement list: which opportunities, in which order, and which are overdue."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import CommandLine
from tests.repositories import Folder

MANY = """\
title: I get my router fixed
persona: Ana
touchpoints:
  - {id: call, title: I call, feeling: frustrated, importance: 5}
  - {id: wait, title: I wait, feeling: annoyed}
  - {id: fixed, title: It works, feeling: relieved}
opportunities:
  - {id: small, title: Say how long it takes, at: [wait], impact: 2, effort: 4, target: {wait: 1}, owner: Help Desk,
     status: doing, due: 2026-03-01}
  - {id: large, title: Answer at once, at: [call], impact: 5, effort: 5, target: {call: 1}, owner: Telephony,
     status: planned, due: 2026-05-01}
  - {id: quick, title: Apologise, at: [call], impact: 3, effort: 1, owner: help desk lead}
  - {id: over, title: Write down the number, at: [call], impact: 5, effort: 1, status: done, due: 2026-01-01,
     result: Nobody asks twice}
  - {id: never, title: Send flowers, at: [fixed], impact: 1, effort: 5, status: dropped, due: 2026-01-01}
"""
ALL = ["quick", "large", "small"]


@pytest.fixture
def many(cli: CommandLine) -> CommandLine:
    cli.write("many.journey.yaml", MANY)
    return cli


def rows(cli: CommandLine, *args: str) -> list[dict[str, str]]:
    out = cli("opportunities", "--today", "2026-04-01", "--output-format", "csv", *args).out
    return list(csv.DictReader(io.StringIO(out)))


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        ([], [*ALL, "over", "never"]),
        (["--status", "open"], ALL),
        (["--status", "closed"], ["over", "never"]),
        (["--status", "idea,done"], ["quick", "over"]),
        (["--status", "idea", "--status", "dropped"], ["quick", "never"]),
        (["--status", "overdue"], ["small"]),
        (["--status", "overdue, idea"], ["quick", "small"]),
        (["--status", "overdue", "--today", "2026-06-01"], ["large", "small"]),
        (["--owner", "HELP desk"], ["quick", "small"]),
        (["--owner", "help", "--status", "doing"], ["small"]),
        (["--owner", "nobody"], []),
        (["--sort", "gain", "--status", "open"], ["large", "small", "quick"]),
        (["--sort", "effort", "--status", "open"], ["quick", "small", "large"]),
        (["--sort", "due", "--status", "open"], ["small", "large", "quick"]),
        (["--sort", "opportunity-score", "--status", "open"], ["quick", "large", "small"]),
    ],
    ids=" ".join,
)
def test_what_is_asked_for_is_listed_in_the_order_asked_for(many: CommandLine, args: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in rows(many, *args)] == ids
    data: list[dict[str, Any]] = json.loads(
        many("opportunities", "--today", "2026-04-01", "--output-format", "json", *args).out
    )["journeys"][0]["opportunities"]
    assert {one["id"] for one in data} == set(ids)


def test_what_is_done_or_dropped_has_no_rank_and_stands_apart(many: CommandLine) -> None:
    assert [row["rank"] for row in rows(many)] == ["1", "2", "3", "", ""]
    done = many("opportunities", "--today", "2026-04-01")
    ranked, apart = done.out.split("Done and dropped")
    assert "Write down the number" not in ranked
    assert "Nobody asks twice" in apart
    assert done.err == "5 opportunities in 1 journey: 1 overdue, 1 done, 1 dropped.\n"


def test_what_is_open_and_late_is_overdue(many: CommandLine) -> None:
    assert [row["id"] for row in rows(many) if row["overdue"] == "True"] == ["small"]
    assert "2026-03-01  overdue" in many("opportunities", "--today", "2026-03-02").out
    assert "overdue" not in many("opportunities", "--today", "2026-03-01").out  # it may be done today
    many.write("many.journey.yaml", "status: retired\n" + MANY)
    assert [row["id"] for row in rows(many) if row["overdue"] == "True"] == []


def test_without_a_day_today_counts(many: CommandLine) -> None:
    many.write("many.journey.yaml", MANY.replace("2026-05-01", "9999-12-31"))
    assert [row["id"] for row in rows(many) if row["overdue"] == "True"] == ["small"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--status", "drop"], ['"drop" is no status', 'did you mean "dropped"?']),
        (["--status", "x"], ["write one of idea, planned"]),
        (["--today", "tomorrow"], ["--today takes a day"]),
    ],
)
def test_what_is_not_understood_is_said(many: CommandLine, args: list[str], told: list[str]) -> None:
    done = many("opportunities", *args)
    assert (done.status, done.out) == (2, "")
    assert all(words in done.err for words in told)


def test_journeys_are_ranked_together(many: CommandLine) -> None:
    many.write("other.journey.yaml", MANY.replace("effort: 1", "effort: 2").replace("id: quick", "id: slower"))
    found = [(row["file"], row["id"]) for row in rows(many, "--status", "idea")]
    assert found == [("many.journey.yaml", "quick"), ("other.journey.yaml", "slower")]


# The outcome of those that are done


@pytest.fixture
def folder(many: CommandLine) -> Folder:
    made = Folder(many.folder)
    many.write("many.journey.yaml", MANY.replace("status: done", "status: planned, target: {call: 1}"))
    made.commit("plan")
    many.write("many.journey.yaml", MANY.replace("feeling: frustrated", "feeling: calm"))
    made.commit("write down the number")
    return made


def test_the_actual_gain_is_compared_with_the_promised_one(many: CommandLine, folder: Folder) -> None:
    done = many("opportunities", "--results", "--output-format", "json")
    assert done.err == "1 opportunity done in 1 journey; the outcome of 1 is known from git.\n"
    (one,) = json.loads(done.out)["journeys"][0]["opportunities"]
    outcome = one["outcome"]
    assert one["id"] == "over"
    assert (outcome["done"], outcome["before"]) == (folder.git("rev-parse", "HEAD"), folder.git("rev-parse", "HEAD~"))
    assert outcome["date"].startswith("2026-03-01T13:00:00")
    assert outcome["promised"] == outcome["actual"] > 0  # calm is what the target said
    assert outcome["evidence"] == "stated"
    (point,) = outcome["touchpoints"]
    assert (point["id"], point["before"], point["target"], point["now"]) == ("call", 12.5, 75.0, 75.0)
    (row,) = rows(many, "--results")
    assert (float(row["promised"]), row["evidence"]) == (outcome["promised"], "stated")
    shown = many("opportunities", "--results").out
    assert "Promised: the gain simulated in the last version before work on it began." in shown
    assert "2026-03-01" in shown
    assert "Nobody asks twice" in many("opportunities", "--results", "--output-format", "markdown").out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_results_are_printed_as_they_were(
    many: CommandLine, monkeypatch: pytest.MonkeyPatch, snapshot: Callable[[str, str], None], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = many("opportunities", "--results").out
    snapshot(f"results-{columns}.txt", re.sub(r"\b[0-9a-f]{10}\b", "1234567890", out))
    assert max(map(len, out.splitlines())) <= columns
    assert "…" not in out


def test_without_a_history_it_says_why(many: CommandLine) -> None:
    done = many("opportunities", "--results", "--output-format", "markdown")
    assert done.status == 0
    assert "is not in a git repository" in done.out
    assert done.err == "1 opportunity done in 1 journey; the outcome of 0 is known from git.\n"
    piped = many("opportunities", "--results", "-", "--output-format", "markdown", stdin=MANY.encode())
    assert "standard input has no history" in piped.out


@pytest.mark.usefixtures("folder")
def test_results_of_nothing_done_are_none(many: CommandLine) -> None:
    done = many("opportunities", "--results", "--owner", "telephony")
    assert (done.status, done.out, done.err) == (0, "", "0 opportunities done in 1 journey.\n")
