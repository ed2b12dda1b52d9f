"""Processes run in turn, and only those that do their work count. Times are not tested."""

import sys
from pathlib import Path

from benchmarks.timing import Command, in_turn

NOTE = "import pathlib, sys; pathlib.Path('log').open('a').write(sys.argv[1])"


def noting(name: str, folder: Path) -> Command:
    return Command(name, (sys.executable, "-c", NOTE, name), folder)


def test_commands_take_turns_after_one_warm_up(tmp_path: Path) -> None:
    one, other = in_turn([noting("A", tmp_path), noting("B", tmp_path)], 3)
    assert (tmp_path / "log").read_text() == "ABABABAB"
    assert len(one.seconds) == len(other.seconds) == len(one.peaks) == 3
    assert all(value > 0 for value in one.seconds + one.peaks)


def test_a_command_that_fails_is_not_counted_and_says_why(tmp_path: Path) -> None:
    failing = Command("bad", (sys.executable, "-c", "print('why'); raise SystemExit(3)"), tmp_path)
    good, bad = in_turn([noting("A", tmp_path), failing], 2)
    assert len(good.runs) == 2 and not good.refusal
    assert bad.runs == [] and bad.refusal == "exit 3: why"


def test_an_exit_code_that_means_done_is_counted(tmp_path: Path) -> None:
    found = Command("lint", (sys.executable, "-c", "raise SystemExit(1)"), tmp_path, done=(0, 1))
    assert len(in_turn([found], 1)[0].runs) == 1


def test_a_command_that_draws_nothing_is_not_counted(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    idle = Command("idle", (sys.executable, "-c", "pass"), tmp_path, makes=(out, 2))
    assert in_turn([idle], 1)[0].refusal == "made 0 of 2 files"
