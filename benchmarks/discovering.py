"""Logs: the whole report of `discover`, against a scan, a grouping by case, and libraries that count less."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.logs import EVENTS_OF_CASE
from benchmarks.setting import ROOT, Setting, refused
from benchmarks.table import Row, Target, duration, paired_ratio
from benchmarks.timing import Command, Series

SECTION = "discover"
CASES = 1_000_000
TARGETS = {
    "scan": Target(18.0), "cases": Target(12.0), "pandas": Target(1 / 3, reciprocal=True), "polars": None,
    "pm4py": Target(1 / 12, reciprocal=True),
}  # fmt: skip
OF_CSV = Target(6.0)
GROWTH = Target(6.5)
"""From a fifth of the events to all of them."""
MEMORY = Target(550.0, unit="MB")


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section."""
    if find_spec("duckdb") is None:
        yield Row(SECTION, "discover", "scan", None, note="pip install 'journeykit[data]'")
        return
    cases = CASES // 10 if setting.quick else CASES
    events = cases * EVENTS_OF_CASE
    large, small = _made(setting, cases, "parquet"), _made(setting, cases // 5, "parquet")
    text = _made(setting, cases // 5, "csv")
    for name in TARGETS:
        if name not in ("scan", "cases") and find_spec(name) is None:
            yield Row(SECTION, f"discover, {events:,} events", name, None, TARGETS[name], note=f"pip install {name}")
    peers = [name for name in TARGETS if name in ("scan", "cases") or find_spec(name)]
    commands = [Command(name, _python(name, str(large)), ROOT) for name in peers]
    scan = Command("scan of CSV", _python("scan", str(text)), ROOT)
    ours, few, of_text, scan_of_text, *theirs = setting.in_turn(
        [_ours(setting, large), _ours(setting, small), _ours(setting, text), scan, *commands]
    )
    for one in theirs:
        yield _compared(f"discover, {events:,} events", ours, one, TARGETS[one.command.name])
    yield _compared(f"discover, {events // 5:,} events of CSV", of_text, scan_of_text, OF_CSV)
    yield _compared(f"discover, {events:,} events", ours, few, GROWTH, f"{events // 5:,} events")
    yield Row(SECTION, "peak memory", "itself", max(ours.peaks, default=None), MEMORY, note=ours.refusal)


def _python(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "benchmarks.logs", *words)


def _ours(setting: Setting, file: Path) -> Command:
    columns = ("--case", "case", "--activity", "activity", "--at", "at", "--team", "team", "--channel", "channel")
    words = ("discover", str(file), *columns, "--output-format", "json")
    return Command("journeykit discover", (setting.program, *words), setting.scratch)


def _made(setting: Setting, cases: int, form: str) -> Path:
    """Return a log of so many cases."""
    file = setting.folder("logs") / f"it-{cases}.{form}"
    subprocess.run(_python("make", str(file), str(cases)), cwd=ROOT, check=True)
    return file


def _compared(measure: str, ours: Series, theirs: Series, target: Target | None, against: str = "") -> Row:
    """Return the ratio of the seconds of all cores."""
    against = against or theirs.command.name
    if note := refused(ours, theirs):
        return Row(SECTION, measure, against, None, target, note=note)
    seconds = (duration(median(one.cpu)) for one in (ours, theirs))
    return Row(SECTION, measure, against, paired_ratio(ours.cpu, theirs.cpu), target, *seconds)
