"""The GitHub Action, run once journeykit is installed; the exit status is journeykit's."""

from __future__ import annotations

import shlex
import sys

import check
import diff
import measure
from running import complain, value

MODES = {"check": check.run, "diff": diff.run, "measure": measure.run}
OF_MODES = {
    "show": ("check", "measure"), "fail-under": ("check",), "base": ("diff",), "head": ("diff",),
    "fail-on-drop": ("diff", "measure"),
}  # fmt: skip
"""Inputs that not all modes have."""


def main() -> int:
    """Run the mode that the inputs name."""
    mode = value("mode")
    if mode not in MODES:
        complain("journeykit", f"the input mode is {mode!r}: it is check, diff or measure")
        return 2
    strange = [name for name, of in OF_MODES.items() if value(name) and mode not in of]
    if strange:
        complain("journeykit", f"mode {mode} has no input {strange[0]}; mode {' or '.join(OF_MODES[strange[0]])} has")
        return 2
    try:
        args = shlex.split(value("args"))
    except ValueError as error:
        complain("journeykit", f"the input args cannot be read: {error}")
        return 2
    return MODES[mode](args)


if __name__ == "__main__":
    sys.exit(main())
