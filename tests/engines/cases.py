"""What all engines are asked: tables of odd names and values, and every question."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, get_args

from journeykit.data.questions import Found, Grain, Having, Question, Span, Wanted
from journeykit.data.sources import read_source
from tests.conftest import ROOT

HOSTILE = (
    "'; DROP TABLE jk_rows; --",
    '"; DROP TABLE jk_rows; --',
    "' OR 1=1 --",
    "\\' OR 1=1 --",
    "a''b",
    'a""b',
    "a\\",
    "\\\\",
    "\\n",
    "\\u0041",
    "\\%",
    "$jk0",
    ":jk1",
    ":x",
    "$1",
    "%s",
    "{0}",
    "${x}",
    "/* */",
    "--",
    ";",
    "`x`",
    "``",
    "[x]",
    "(SELECT 1)",
    "NULL",
    "x\ty",
    "x\ny",
    "x\r\ny",
    "\x1b[31mred",
    "\u202eabc",
    "\u200bx",
    "é'ő\"",
    "日本'語",
    "x\x01y",
    "ÄÖ",
    "\u3000wide\u3000",
    " \u00a0blank ",
    "B",
    "a",
    "Z",
    "ä",
    "_",
)
NUMBERS = (
    "1",
    "2",
    "3",
    "4",
    "5",
    "5",
    " 4 ",
    "3,0",
    "4.5",
    "6",
    "99",
    "",
    "  ",
    "?",
    "n/a",
    "Very Good",
    "GUT'\\",
    "nan",
    "1e0",
    "1e99",
    "5d",
    "0x1",
    "1_0",
    "inf",
    "+2",
    ".5",
    "5.",
    "٣",
    None,
)
TIMES = (
    "2024-02-29T23:59:59.999+02:00",
    "2023-12-31 23:30",
    "2024-12-30",
    "2024-03-31T01:00:00Z",
    "2024-03-31 24:00",
    "1969-12-31T24:00:00.0+01:00",
    "1969-12-31 23:59:59.999 UTC",
    "2024-10-27 02:30",
    "2024-03-31 02:30",
    "2024-07-01 09:00 CET",
    "2023-02-29",
    "2024-13-01",
    "soon",
    "",
    None,
)


class Table(NamedTuple):
    """Rows that an engine reads, with the types of their columns in words that all of them have."""

    name: str
    columns: Mapping[str, str]
    """TEXT, BIGINT, DOUBLE, TIMESTAMP, TIMESTAMPTZ or DATE by name."""
    rows: Sequence[Sequence[Any]]


class Case(NamedTuple):
    """A source and what it is asked."""

    name: str
    table: Table
    settings: Mapping[str, Any]
    wanted: Wanted


def _moment(rnd: random.Random) -> datetime:
    return datetime(2023, 1, 1) + timedelta(milliseconds=rnd.randrange(700 * 86_400_000))


def _mostly(rnd: random.Random, usual: Sequence[Any], odd: Sequence[Any]) -> Any:
    """More than one in twenty that cannot be read would be an error."""
    return rnd.choice(odd if rnd.random() < 0.06 else usual)


def survey() -> Table:
    """One row a respondent."""
    rnd = random.Random(1)
    columns = {
        "say 'hi'\n\"now\" \\ `x` ${y} :z $1": "TEXT",
        "nps": "BIGINT",
        "easy": "DOUBLE",
        "w": "DOUBLE",
        "run's": "TEXT",
        "layer": "TEXT",
        "lang`s": "TEXT",
        "plan": "BIGINT",
        "at": "TIMESTAMPTZ",
        "who": "TEXT",
    }
    rows = [
        (
            _mostly(
                rnd, ("1", "2", "3", "4", "5", " 4 ", "3,0", "", "  ", "?", "n/a", "99", "Very Good", "GUT'\\"), NUMBERS
            ),
            rnd.choice([*range(11), None]),
            rnd.choice([1.0, 4.0, 7.0, None]),
            rnd.choice([0.25, 0.5, 1.5, 2.0, None]),
            rnd.choice(HOSTILE[:12]),
            rnd.choice(["a'", "B", None]),
            rnd.choice(HOSTILE[:7]),
            rnd.choice([1, 2]),
            _moment(rnd).replace(tzinfo=UTC),
            f"p{rnd.randrange(150)}",
        )
        for _ in range(600)
    ]
    return Table("survey", columns, rows)


def answers() -> Table:
    """One row an answer."""
    rnd = random.Random(2)
    rows = [
        (
            rnd.choice(HOSTILE),
            rnd.choice(["CSAT", " nps ", "ces", "wat", None]),
            rnd.choice(["1", "5", "6", " 7", "?"]),
            _mostly(rnd, TIMES[:9], TIMES),
            f"{rnd.randrange(900)}",
        )
        for _ in range(900)
    ]
    rows = [(label, kind, "3" if kind == "CSAT" else score, at, who) for label, kind, score, at, who in rows]
    return Table("answers", dict.fromkeys(("question's \\", "kind", "score", "at", "who"), "TEXT"), rows)


def tickets() -> Table:
    """One row an event of a ticket, of which the last counts."""
    rnd = random.Random(3)
    columns = {
        "id": "TEXT",
        "who": "TEXT",
        "opened": "TIMESTAMP",
        "solved": "TIMESTAMP",
        "at": "DATE",
        "reply": "TEXT",
        "spent": "DOUBLE",
        "reopened": "BIGINT",
        "groep's": "TEXT",
    }
    rows = []
    for place in range(500):
        opened = _moment(rnd)
        solved = rnd.choice([opened + timedelta(seconds=rnd.randrange(-60, 900_000)), None])
        rows.append(
            (
                f"t{place // 2}",
                f"c{rnd.randrange(60)}",
                opened,
                solved,
                date(2024, 1, 1) + timedelta(rnd.randrange(300)),
                rnd.choice(["05:31:00", "-0:10", "1:2:3", "?", "", "x"]),
                rnd.choice([0.5, 12.25, -1.0, None]),
                rnd.choice([0, 1, None]),
                rnd.choice(HOSTILE),
            )
        )
    return Table("tickets", columns, rows)


def clocks() -> Table:
    """From the hour that New York's clocks showed twice, to times with and without an offset."""
    began = [datetime(2024, 11, 3, 0, 59), datetime(2024, 11, 3, 1, 30), datetime(2024, 11, 3, 2, 0)]
    ended = (
        "2024-11-03 01:59:59.999",
        "2024-11-03 03:00",
        "2024-11-03 09:00+02:00",
        "2024-11-03 09:01 +02:00",
        "2024-11-03T09:02:00.5 -0230",
        "2024-11-03 09:03 +02",
        "2024-11-03 09:04 Z",
        "2024-11-03 09:05 UTC",
    )
    return Table("clocks", {"from": "TIMESTAMP", "to": "TEXT"}, [(one, other) for one in began for other in ended])


def log() -> Table:
    """One row an event, with ties, repeated rows, blanks and nulls."""
    rnd = random.Random(4)
    columns = {
        "case's": "TEXT",
        "act \\ 'x'": "TEXT",
        "part": "TEXT",
        "at": "TIMESTAMP",
        "nr": "TEXT",
        'by "x"': "TEXT",
        "team": "TEXT",
    }
    rows: list[tuple[Any, ...]] = []
    for case in range(160):
        moment = _moment(rnd)
        for _ in range(rnd.randint(1, 12)):
            moment += timedelta(milliseconds=rnd.choice([0, 0, 1, 255, 256, 4711, 86_400_000, rnd.randrange(10**10)]))
            rows.append(
                (
                    rnd.choice([f"c{case}", f"c{case}", f" c{case}"]),
                    rnd.choice([*HOSTILE, None, ""]),
                    rnd.choice(["in", "", None]),
                    moment,
                    rnd.choice(["1", "2", "10", "a", "B", None]),
                    rnd.choice([*HOSTILE[:6], "?", None]),
                    rnd.choice([*HOSTILE[6:14], None]),
                )
            )
    rows += [
        *rows[:40],
        (None, "a", "", moment, "1", "", ""),
        ("", "a", "", moment, "1", "", ""),
        ("x", "a", "", None, "1", "", ""),
    ]
    rnd.shuffle(rows)
    return Table("log", columns, rows)


def cases() -> list[Case]:
    """Return all that engines are asked."""
    every = frozenset(get_args(Question)) - {"course"}  # which is asked in place of `events`
    wide = survey()
    hostile = next(iter(wide.columns))
    question = {
        "metric": "csat",
        "touchpoint": "t",
        "labels": {"very good": 5, "gut'\\": 4},
        "missing": {"?": "blank", "N/A": "dont know", "99": "not asked"},
    }
    columns = {hostile: question, "nps": "nps", "easy": {"metric": "ces", "reversed": True, "touchpoint": "t"}}
    plain = {
        "kind": "answers",
        "columns": columns,
        "at": "at",
        "weight": "none",
        "where": "plan > 0",
        "id": "who",
        "row": "answer",
    }
    weighted = {**plain, "weight": "w", "cluster": "run's", "strata": "layer", "zone": "Europe/Rome"}
    answers_only: frozenset[Question] = frozenset({"answers"})
    found = [
        Case(f"survey-{grain}", wide, plain, Wanted(every if grain == "day" else answers_only, grain))
        for grain in get_args(Grain)
    ]
    found.append(Case("weighted", wide, weighted, Wanted(every, "quarter", segments=("lang`s", "plan"))))
    rome = {**plain, "zone": "Europe/Rome"}
    limits = {"since": date(2023, 6, 1), "until": date(2024, 7, 1), "rows": {"lang`s": HOSTILE[:5]}}
    found.append(Case("limited", wide, rome, Wanted(every, "week", **limits)))  # type: ignore[arg-type]
    long = {
        "kind": "answers",
        "touchpoint": "question's \\",
        "score": "score",
        "metric": "kind",
        "at": "at",
        "id": "who",
        "missing": ["?"],
        "zone": "America/New_York",
    }
    found.append(Case("answers", answers(), long, Wanted(every, "month", rows={"question's \\": HOSTILE})))
    times = {
        "resolution": {"from": "opened", "to": "solved", "target": "2d"},
        "reply": {"column": "reply", "unit": "h:m:s", "clock": "calendar", "from": "opened"},
        "spent": {"column": "spent", "unit": "min", "clock": "business"},
    }
    shares = {"once": "reopened = 0", "well": {"is": "reopened = 0", "window": "7d"}}
    desk = {
        "kind": "answers",
        "row": "ticket",
        "case": "id",
        "id": "who",
        "at": "at",
        "last": "per case",
        "times": times,
        "cases": shares,
        "missing": ["?"],
    }
    found.append(Case("tickets", tickets(), desk, Wanted(every, "quarter", segments=("groep's",))))
    spans_of_time = {**desk, "times": {"it": {"from": "from", "to": "to"}}, "at": "from"}
    turned = {key: spans_of_time[key] for key in ("kind", "row", "at", "times")}
    for zone in ("UTC", "America/New_York"):
        named = "clocks-" + zone.rpartition("/")[2]
        found.append(Case(named, clocks(), {**turned, "zone": zone}, Wanted(frozenset({"times"}), "month")))
    events = {
        "kind": "events",
        "case": "case's",
        "activity": ["act \\ 'x'", "part"],
        "at": "at",
        "channel": 'by "x"',
        "team": "team",
        "people": True,
        "missing": ["?"],
    }
    spans = {"it": Span(("a",), ("B", "\\\\"))}
    having = {"with": Having(HOSTILE[:3]), "without": Having((), HOSTILE[3:6])}
    found.append(Case("log", log(), events, Wanted(every, "quarter", spans=spans, having=having)))
    found.append(Case("course", log(), {**events, "order": "nr"}, Wanted(frozenset({"course"}))))
    labels = {**dict.fromkeys(HOSTILE[:20], "x"), **dict.fromkeys(HOSTILE[20:30], "y"), HOSTILE[31]: "z"}
    mapped = {"spans": {"it": Span(("x",), ("y",))}, "labels": labels, "since": date(2023, 3, 1)}
    ordered = {**events, "order": "nr", "activity": "act \\ 'x'", "zone": "Asia/Tokyo"}
    found.append(Case("labels", log(), ordered, Wanted(every, "month", **mapped)))  # type: ignore[arg-type]
    course: frozenset[Question] = frozenset({"course"})
    found.append(Case("course-staged", log(), events, Wanted(course, "all", stage="part", least=1)))
    roles = {
        **{key: {"as": "backstage"} for key in HOSTILE[:9]},
        **{key: {"as": "ignore"} for key in HOSTILE[9:15]},
        **{key: {"title": "one \\ 'title'"} for key in HOSTILE[15:18]},
    }
    said = {**ordered, "activities": roles}
    begun = Wanted(course, "all", since=date(2023, 3, 1), starts=HOSTILE[:20], least=1)
    found.append(Case("course-said", log(), said, begun))
    return found


def asked(case: Case, **place: str) -> Found:
    """Ask the source of a case that lies in some place."""
    from journeykit.data.asking import ask

    return ask(read_source(ROOT / "journeykit.toml", "it", {**case.settings, **place}), case.wanted)


def comparable(found: Found) -> dict[str, Any]:
    """Return all that was found, but the name of the engine; in one order, as rows have none."""
    answers = {name: sorted(values, key=repr) for name, values in found._asdict().items() if name != "about"}
    return {**answers, "about": found.about._replace(engine="")}
