"""Data: answers in Parquet that `measure` counts, against a plain scan and libraries of tables."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.answers import QUESTIONS
from benchmarks.setting import ROOT, Setting, refused
from benchmarks.table import Row, Target, duration, paired_ratio
from benchmarks.timing import Command, Series

SECTION = "data"
ROWS = 10_000_000
TARGETS = {"scan": Target(6.0), "pandas": Target(0.4), "polars": Target(0.8)}
GROWTH = Target(8.0)
MEMORY = Target(250.0, unit="MB")
_SETTINGS = """
[data.it]
kind = "answers"
url = "it.parquet"
touchpoint = "question"
score = "score"
metric = "kind"
at = "answered_at"

[data.it.times]
resolution = { from = "answered_at", to = "solved_at" }
"""


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section."""
    if find_spec("duckdb") is None:
        yield Row(SECTION, "measure", "scan", None, note="pip install 'journeykit[data]'")
        return
    rows = ROWS // 10 if setting.quick else ROWS
    large, small = (_made(setting, number) for number in (rows, rows // 10))
    peers = [name for name in TARGETS if name == "scan" or find_spec(name)]
    commands = [Command(name, _python(name, str(large / "it.parquet")), ROOT) for name in peers]
    ours, few, *theirs = setting.in_turn([_ours(setting, large), _ours(setting, small), *commands])
    for one in theirs:
        yield _compared(f"measure, {rows:,} answers", ours, one, TARGETS[one.command.name])
    yield _compared(f"measure, {rows:,} answers", ours, few, GROWTH, f"{rows // 10:,} answers")
    yield Row(SECTION, "peak memory", "itself", max(ours.peaks, default=None), MEMORY, note=ours.refusal)


def _python(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "benchmarks.answers", *words)


def _ours(setting: Setting, folder: Path) -> Command:
    words = ("measure", "it.journey.yaml", "--output-format", "json")
    return Command("journeykit measure", (setting.program, *words), folder)


def _made(setting: Setting, rows: int) -> Path:
    """Return a folder with answers, settings and a journey of their touchpoints."""
    folder = setting.folder(f"data-{rows}")
    subprocess.run(_python("make", str(folder / "it.parquet"), str(rows)), cwd=ROOT, check=True)
    (folder / "journeykit.toml").write_text(_SETTINGS, encoding="utf-8")
    touchpoints = "".join(f"  - Touchpoint {place}\n" for place in range(QUESTIONS))
    text = f"title: Answers\npersona: Customer\ndata: [it]\ntouchpoints:\n{touchpoints}"
    (folder / "it.journey.yaml").write_text(text, encoding="utf-8")
    return folder


def _compared(measure: str, ours: Series, theirs: Series, target: Target, against: str = "") -> Row:
    """Return the ratio of the seconds of all cores."""
    against = against or theirs.command.name
    if note := refused(ours, theirs):
        return Row(SECTION, measure, against, None, target, note=note)
    seconds = (duration(median(one.cpu)) for one in (ours, theirs))
    return Row(SECTION, measure, against, paired_ratio(ours.cpu, theirs.cpu), target, *seconds)
