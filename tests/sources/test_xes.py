"""Logs as XES: their events are rows, and nothing else is read into them."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from journeykit.data.asking import ask
from journeykit.data.engines import DataError
from journeykit.data.questions import Found, Wanted
from tests.conftest import CommandLine
from tests.sources.reading import source

NAMES = {"case": "case:concept:name", "activity": "concept:name", "at": "time:timestamp", "team": "org:group"}
EVENT = """<event>
 <string key="concept:name" value="{activity}"/><date key="time:timestamp" value="2026-01-0{day}T10:00:00.000+01:00"/>
 <string key="org:group" value="Desk"/><list key="parts"><string key="concept:name" value="inner"/></list>
</event>"""


def trace(case: object, *activities: str, name_last: bool = False) -> str:
    name = f'<string key="concept:name" value="{case}"/>'
    events = "".join(EVENT.format(activity=one, day=day) for day, one in enumerate(activities, 1))
    return f"<trace>{events}{name}</trace>" if name_last else f"<trace>{name}{events}</trace>"


def log(*traces: str) -> str:
    head = '<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>'
    default = '<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>'
    return f'<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0">{head}{default}{"".join(traces)}</log>'


def asked(folder: Path, text: str | bytes, name: str = "it.xes") -> Found:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return ask(source(folder, kind="events", url=name, people=True, **NAMES), Wanted(frozenset({"course"})))


def test_events_are_rows_with_the_name_of_their_trace(tmp_path: Path) -> None:
    traces = [trace(n, "A", "B &amp; C", "Á") for n in range(6)]
    found = asked(tmp_path, log(*traces, trace(9, "A", "Á", name_last=True)))
    assert (found.about.cases, found.about.rows) == (7, 20)
    cases = Counter[str]()
    for one in found.course.placed:
        cases[one.activity] += one.n
    assert cases == {"A": 7, "B & C": 6, "Á": 7}
    assert found.about.first and found.about.first.isoformat() == "2026-01-01"
    packed = asked(tmp_path, gzip.compress(log(*traces).encode()), "it.xes.gz")
    assert packed.about.cases == 6


def test_a_large_file_is_read_in_parts(tmp_path: Path) -> None:
    found = asked(tmp_path, log(*(trace(n, "A", "B", "C") for n in range(4000))))
    assert (found.about.cases, found.ways[0].n) == (4000, 4000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<log><trace>", "it is no XML"),
        ("<html/>", "it begins with <html>, not with <log>"),
        ("<log/>", "has no events"),
        ('<!DOCTYPE log [<!ENTITY x SYSTEM "/etc/hostname">]><log><trace/></log>', "it has a document type"),
        ("<log>" + "<list>" * 200, "nested more than 100 deep"),
        (gzip.compress(b"<log/>")[:12], "it is no XML"),
    ],
)
def test_what_is_no_xes_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        asked(tmp_path, text)


def test_discover_knows_the_names_of_xes(cli: CommandLine) -> None:
    cli.write("it.xes", log(*(trace(n, "A", "B") for n in range(6))))
    done = cli("discover", "it.xes")
    assert done.status == 0 and 'team: "org:group"' in done.err
    assert "12 events, 6 cases, 2 activities, 1 way" in done.out
