"""Functions of all modes of the action: read inputs, run journeykit, and write to the page of the run.

Inputs come as variables of the environment, so that no shell reads them.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """The result of a journeykit command."""

    status: int
    out: str
    err: str


def value(name: str) -> str:
    """Return an input of the action; "" if it is left out."""
    return os.environ.get("INPUT_" + name.upper().replace("-", "_"), "")


def option(name: str) -> list[str]:
    """Return the option of the same name as an input; an empty list if the input is empty."""
    return [f"--{name}={value(name)}"] if value(name) else []


def paths() -> list[str]:
    """Return the files and folders of the inputs."""
    return [path for path in value("paths").split("\n") if path.strip()] or ["."]


def journeykit(*args: str) -> Done:
    """Run a command."""
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-m", "journeykit", *args],
        capture_output=True, text=True, encoding="utf-8", errors="backslashreplace", stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


_ANNOTATION = re.compile(
    r"::(?:error|warning|notice) file=[^\n:,]+,line=[0-9]+,endLine=[0-9]+(?:,col=[0-9]+,endColumn=[0-9]+)?"
    r",title=journeykit [\w-]+::.*"
    r"|::notice::GitHub displays [0-9]+ annotations of each sort a step; [0-9]+ more are in this log"
)
"""A line of `journeykit lint --output-format github`, the only commands that its output may hold."""


def log(text: str) -> None:
    """Print text that may hold anything: no line of it is a command for the runner."""
    if text.strip():
        word = secrets.token_hex(16)
        print(f"::stop-commands::{word}\n{text.rstrip()}\n::{word}::", flush=True)


def annotate(text: str) -> None:
    """Print annotations as commands for the runner, and every other line as `log` does.

    The options in `args` may make `lint` print something else, such as a patch with lines of journeys.
    """
    for is_command, lines in groupby(text.split("\n"), lambda line: bool(_ANNOTATION.fullmatch(line))):
        if is_command:
            print("\n".join(lines), flush=True)
        else:
            log("\n".join(lines))


def complain(title: str, message: str) -> None:
    """Print an error for the page of the run."""
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(character, code)
    print(f"::error title={title}::{message}", flush=True)


def summarise(parts: Iterable[str]) -> None:
    """Write Markdown into the job summary, if there is one."""
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.writelines(f"{part}\n\n" for part in parts)


def wants_summary() -> bool:
    """Return whether the job summary is to be written."""
    return value("summary").lower() != "false"
