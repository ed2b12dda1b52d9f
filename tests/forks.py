"""Python in a process of its own that does not start anew: it is forked from one that has imported the program.

For tests in which a crash, a limit of memory or endless waiting must not reach the process of the tests. What is about
the start of a process starts one.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen
from tempfile import TemporaryDirectory
from typing import NamedTuple

MOST_WORK = 120
"""Seconds of processor time after which a process is ended, by a signal that its return code names."""
PATIENCE = 900
"""Seconds after which one that waits is ended: many more, since a machine with much to do makes others wait."""


class Wanted(NamedTuple):
    """A process that is asked for."""

    code: str
    args: Sequence[str]
    folder: str
    environment: dict[str, str]
    streams: Sequence[str]
    """Files of standard input, output and error."""


def python(code: str, *args: str, folder: Path | None = None, stdin: Path | None = None) -> CompletedProcess[str]:
    """Run code as `python -c` does, in a folder and with the environment of now."""
    with TemporaryDirectory() as kept:
        out, err = Path(kept, "out"), Path(kept, "err")
        streams = [str(stdin or os.devnull), str(out), str(err)]
        wanted = Wanted(code, args, str(folder or Path.cwd()), dict(os.environ), streams)
        server = _server()
        assert server.stdin and server.stdout
        print(json.dumps(wanted), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        said = [file.read_text(encoding="utf-8", errors="surrogateescape") for file in (out, err)]
    return CompletedProcess(["python", "-c", code, *args], status, *said)


@cache
def _server() -> Popen[str]:
    started = Popen(
        [sys.executable, "-m", "tests.forks"], cwd=Path(__file__).parents[1], stdin=PIPE,
        stdout=PIPE, encoding="utf-8",
    )  # fmt: skip
    atexit.register(started.communicate)
    return started


def _serve() -> None:
    import journeykit.__main__
    import journeykit.cli.commands.lint
    import journeykit.cli.commands.render
    import journeykit.drawing.writers.figure  # noqa: F401

    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            _run(Wanted(*json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run(wanted: Wanted) -> None:
    """Be the process that was asked for, and end."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK + 1))
        signal.alarm(PATIENCE)
        os.environ.clear()
        os.environ.update(wanted.environment)
        os.chdir(wanted.folder)
        for number, file in enumerate(wanted.streams):
            os.dup2(os.open(file, os.O_RDWR | os.O_CREAT if number else os.O_RDONLY), number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["-c", *wanted.args]
        exec(compile(wanted.code, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
