"""Start-up: the commands that need no work, against an interpreter that does none."""

import sys
from collections.abc import Iterator

from benchmarks.setting import Setting, compared
from benchmarks.table import Row, Target
from benchmarks.timing import Command

SECTION = "start-up"
TARGETS = {"--version": Target(1.5), "--help": Target(7.0)}


def measure(setting: Setting) -> Iterator[Row]:
    """Yield all rows of this section."""
    nothing = Command("python -c pass", (sys.executable, "-c", "pass"), setting.scratch)
    commands = [setting.ours(option) for option in TARGETS]
    series = setting.in_turn([nothing, *commands], times=5)
    for option, one in zip(TARGETS, series[1:], strict=True):
        yield compared(SECTION, option, one, series[0], TARGETS[option])
