"""The GitHub Action, run once journeykit is installed; the exit status is journeykit's."""

from __future__ import annotations

import shlex
import sys

import check
import diff
from running import complain, value

MODES = {"check": check.run, "diff": diff.run}
OF_ONE_MODE = {"show": "check", "fail-under": "check", "base": "diff", "head": "diff", "fail-on-drop": "diff"}
"""Inputs that only one mode has."""


def main() -> int:
    """Run the mode that the inputs name."""
    mode = value("mode")
    if mode not in MODES:
        complain("journeykit", f"the input mode is {mode!r}: it is check or diff")
        return 2
    strange = [name for name, of in OF_ONE_MODE.items() if value(name) and of != mode]
    if strange:
        complain("journeykit", f"mode {mode} has no input {strange[0]}; mode {OF_ONE_MODE[strange[0]]} has")
        return 2
    try:
        args = shlex.split(value("args"))
    except ValueError as error:
        complain("journeykit", f"the input args cannot be read: {error}")
        return 2
    return MODES[mode](args)


if __name__ == "__main__":
    sys.exit(main())
