"""Scaling: ten times the files, ten times the touchpoints; time grows as they do, memory stays."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from benchmarks.reading import FINDINGS
from benchmarks.setting import Setting, refused
from benchmarks.table import Row, Target, duration, each_further, growth
from benchmarks.timing import Command, Series

SECTION = "scaling"
LINEAR = Target(1.25)
"""Cost of an item in the last step by that in the first. 1 is linear; the rest is for the noise of short runs."""
FLAT = Target(1.25)
FILES = (10, 100, 1_000)
PICTURES = (50, 500)
TOUCHPOINTS = (50, 500, 5_000)
FILES_EACH = 5
"""Journeys of each length: one alone is too quick to tell from the start of the process."""


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section."""
    steps = (*FILES[1:], 10_000) if setting.large else FILES
    ran = setting.in_turn([setting.ours("validate", setting.journeys(step)[0].parent) for step in steps])
    yield _growth("validate", "file", steps, ran)
    yield _memory("validate", "files", steps, ran)
    yield _memory("render", "pictures", PICTURES, setting.in_turn([_drawing(setting, step) for step in PICTURES]))
    folders = [setting.journeys(FILES_EACH, step)[0].parent for step in TOUCHPOINTS]
    for command in ("validate", "lint", "score"):
        ran = setting.in_turn([setting.ours(command, folder, done=FINDINGS) for folder in folders])
        yield _growth(command, "touchpoint", [step * FILES_EACH for step in TOUCHPOINTS], ran)


def _growth(command: str, item: str, steps: Sequence[int], ran: Sequence[Series]) -> Row:
    measure, against = f"{command}, a {item} more to {steps[2]:,}", f"to {steps[1]:,}"
    if note := refused(*ran):
        return Row(SECTION, measure, against, None, LINEAR, note=note)
    costs = [
        each_further(few.seconds, many.seconds, more - less)
        for (few, many), (less, more) in zip(pairwise(ran), pairwise(steps), strict=True)
    ]
    return Row(SECTION, measure, against, growth(costs), LINEAR, duration(costs[-1]), note="too quick to tell")


def _drawing(setting: Setting, count: int) -> Command:
    out = setting.folder(f"drawn-{count}")
    return setting.ours("render", setting.journeys(count)[0].parent, "-o", out, makes=(out, count))


def _memory(command: str, items: str, steps: Sequence[int], ran: Sequence[Series]) -> Row:
    measure, against = f"memory of {command}, {steps[-1]:,} {items}", f"{steps[-2]:,} {items}"
    if note := refused(*ran):
        return Row(SECTION, measure, against, None, FLAT, note=note)
    peaks = [median(one.peaks) for one in ran]
    return Row(SECTION, measure, against, peaks[-1] / peaks[-2], FLAT, f"{peaks[-1]:.0f} MB")
