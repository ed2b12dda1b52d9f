"""ISO times of text files, as DuckDB reads them: the usual form, and all others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.data.engines import Column, Engine, engine_of
from journeykit.data.questions import Limits
from tests.sources.reading import source

ZONES = ("UTC", "Europe/Rome", "America/New_York")
OFFSETS = {
    "": None, "Z": UTC, " Z": UTC, " UTC": UTC, " GMT ": UTC, "+02:00": timezone(timedelta(hours=2)),
    " +02:00": timezone(timedelta(hours=2)), "-0230": timezone(-timedelta(hours=2, minutes=30)),
}  # fmt: skip
FORMS = ("%Y-%m-%d{}%H:%M:%S", "%Y-%m-%d{}%H:%M", "%Y-%m-%d{}%H:%M:%S.%f")


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    folder = tmp_path_factory.mktemp("times")
    (folder / "it.csv").write_text("at,score\n2026-01-01,4\n", encoding="utf-8")
    with ExitStack() as stack:
        yield {zone: stack.enter_context(engine_in(folder, zone)) for zone in ZONES}


def engine_in(folder: Path, zone: str) -> Engine:
    return engine_of(source(folder, url="it.csv", at="at", score="score", metric="csat", zone=zone), Limits())


def millis(engine: Engine, text: str) -> int | None:
    found = engine.fetch(f"SELECT {engine.millis(Column('c', 'text'))} FROM (SELECT {engine.literal(text)} AS c) x")
    return None if found[0][0] is None else int(found[0][0])


@given(
    day=st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    clock=st.times(time(4)),
    form=st.sampled_from(FORMS), between=st.sampled_from(" T"), offset=st.sampled_from(list(OFFSETS)),
    zone=st.sampled_from(ZONES),
)  # fmt: skip
def test_a_time_is_that_of_its_offset_or_of_the_zone(
    engines: dict[str, Engine], day: date, clock: time, form: str, between: str, offset: str, zone: str
) -> None:
    """After 4 o'clock, when no clock is turned."""
    written = form.format(between)
    text = datetime.combine(day, clock).strftime(written)
    moment = datetime.strptime(text, written).replace(tzinfo=OFFSETS[offset] or ZoneInfo(zone))
    right = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    found = millis(engines[zone], text + offset)
    assert found is not None and found - right in (0, 1 if moment.microsecond % 1000 and right < 0 else 0)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30 10:00:00", "2026-13-01T10:00:00", "2026-01-01 10:00:60", "2026-01-01 10:00:00 CET",
        "2026-01-01 10:00:00 Europe/Rome", "20:6-01-01 10:00:00", "____-__-__ __:__:__", "epoch", "infinity", "",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(engines: dict[str, Engine], text: str, zone: str) -> None:
    assert millis(engines[zone], text) is None
