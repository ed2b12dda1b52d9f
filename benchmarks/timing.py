"""Time processes in turn (A B C A B C …), so that a machine that slows down slows all of them."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

PATIENCE = 600
"""Seconds after which a process counts as hung and is ended."""

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What processes are started with. An installer compiles Python tools; a checkout is compiled by its first run."""


@dataclass(frozen=True)
class Command:
    """A process to measure.

    `done` lists the exit codes that mean that the work was done; `makes` is a folder and how many files
    it holds then, for a tool that does nothing is quick.
    """

    name: str
    argv: tuple[str, ...]
    folder: Path
    done: tuple[int, ...] = (0,)
    makes: tuple[Path, int] | None = None


@dataclass(frozen=True)
class Run:
    """One finished process: wall seconds from start to exit, highest resident memory in MB, seconds of all cores."""

    seconds: float
    peak_mb: float
    cpu: float = 0


@dataclass
class Series:
    """The runs of one command, one a round; or why it did not do the work."""

    command: Command
    runs: list[Run] = field(default_factory=list)
    refusal: str = ""

    @property
    def seconds(self) -> list[float]:
        """Wall seconds of each round."""
        return [run.seconds for run in self.runs]

    @property
    def cpu(self) -> list[float]:
        """Seconds of all cores, of each round."""
        return [run.cpu for run in self.runs]

    @property
    def peaks(self) -> list[float]:
        """Highest resident memory of each round, in MB."""
        return [run.peak_mb for run in self.runs]


def in_turn(commands: Sequence[Command], rounds: int) -> list[Series]:
    """One run of each command to warm up, then `rounds` runs of each, in turn.

    A command that does not do its work in the warm-up is not run again; its series says why.
    """
    series = [Series(command) for command in commands]
    for one in series:
        one.refusal = refusal(one.command)
    for _ in range(rounds):
        for one in series:
            if not one.refusal:
                one.runs.append(_run(one.command, subprocess.DEVNULL)[0])
    return series


def refusal(command: Command) -> str:
    """Run a command once; empty if it did its work, else its exit code and the end of its output."""
    with TemporaryFile() as said:
        _, status = _run(command, said)
        if status in command.done:
            return _unmade(command)
        said.seek(0)
        lines = said.read().decode(errors="replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "no word")
    return f"exit {status}: {last[:120]}"


def _unmade(command: Command) -> str:
    if command.makes is None:
        return ""
    folder, wanted = command.makes
    made = len(list(folder.iterdir()))
    return "" if made == wanted else f"made {made} of {wanted} files"


def _run(command: Command, output: int | IO[bytes]) -> tuple[Run, int]:
    """Run to the end; the exit code is negative for a signal.

    The kernel counts the memory of the process that starts another as that one's too until it executes
    its own program, so this program stays small: what needs memory is done in processes of their own.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command.argv,
        cwd=command.folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    with _ended_when_hung(process):
        _, wait_status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(wait_status)
    return Run(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime), process.returncode


@contextmanager
def _ended_when_hung(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process and all that it started after PATIENCE, or when this program is interrupted."""

    def end() -> None:
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(PATIENCE, end)
    timer.start()
    try:
        yield
    except BaseException:
        end()
        process.wait()
        raise
    finally:
        timer.cancel()
