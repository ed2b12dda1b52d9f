"""Print to the terminal, standard output and files; color and width."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from journeykit.cli.options import Color
from journeykit.cli.streams import data_in_log, in_log, reader_gone
from journeykit.output.paint import Paint, printable
from journeykit.output.table_report import Screen
from journeykit.project.workspace import Reporter
from journeykit.project.writing import make_folder, write_bytes

CLOCK_TICK = 1.0
"""Seconds."""
BAR_WIDTH = 20
STDOUT = Path("-")
"""The name of a file that stands for standard output."""
PIPE_WIDTH = 200
"""Columns of tables without a terminal; COLUMNS overrides it."""


def use_color(choice: Color, stream: TextIO) -> bool:
    """Return whether to color what goes to a stream."""
    if choice is not Color.auto:
        return choice is Color.always
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "").lower()
    if forced:
        return forced not in ("0", "false", "no", "off")
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def paint(choice: Color, to_file: bool = False, stream: TextIO | None = None) -> Paint:
    """Return the colors for text on standard output, or another stream; a file gets none."""
    return Paint(not to_file and use_color(choice, stream or sys.stdout))


def emit(text: str, output: Path | None = None, *, images: bool = False, data: bool = False) -> None:
    """Write a result to standard output, or to a file, whole or not at all.

    With `images`, it holds images for the terminal, and is printed as it is; with `data`, it is for programs.
    """
    if output in (None, STDOUT):
        with _to_stdout():
            text = (data_in_log if data else in_log)(text, sys.stdout)
            sys.stdout.write(printable(text) if sys.stdout.isatty() and not images else text)
            sys.stdout.flush()
        return
    make_folder(output.parent)
    write_bytes(output, text.encode("utf-8", "backslashreplace"))


def emit_bytes(data: bytes) -> None:
    """Write a picture to standard output."""
    with _to_stdout():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _to_stdout() -> Iterator[None]:
    """End the run at once if the reader closed the pipe, before typer takes that for a failure."""
    try:
        yield
    except BrokenPipeError:
        reader_gone()


def say(text: str, quiet: bool = False) -> None:
    """Print a remark on standard error."""
    if not quiet:
        print(printable(in_log(text)), file=sys.stderr)


@contextmanager
def ending_at_sigterm() -> Iterator[None]:
    """Have SIGTERM end the program as an exception does, so that what was written on the way is removed."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def clock(what: str, quiet: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal, after one second, what is going on and for how long.

    What it returns takes how much is done, and of how much, and draws that as a bar; None where nothing is shown.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from threading import Event, Thread

    over, started = Event(), time.monotonic()
    part = 0.0
    bar = ""

    def progress(done: int, total: int) -> None:
        nonlocal part, bar
        part = max(part, done / total)
        bar = f"{'█' * int(part * BAR_WIDTH):░<{BAR_WIDTH}} {part:.0%}, "

    def tick() -> None:
        while not over.wait(CLOCK_TICK):
            sys.stderr.write(f"\r{what} … {bar}{time.monotonic() - started:.0f} s\x1b[K")
            sys.stderr.flush()

    thread = Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        over.set()
        thread.join()
        if time.monotonic() - started >= CLOCK_TICK:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class ConsoleReporter(Reporter):
    """Prints messages on standard error, and progress if that is a terminal."""

    def __init__(self, show_progress: bool = True) -> None:
        self._counts, self._shown = show_progress and sys.stderr.isatty(), False

    def message(self, text: str, help: str = "") -> None:
        """Print a problem, and what to do about it."""
        say(f"journeykit: {text}" + (f"\n  {help}" if help else ""))

    def progress(self, done: int, total: int) -> None:
        """Print a counter over the last one."""
        if self._counts:
            sys.stderr.write(f"\r{done} of {total} journeys drawn\x1b[K")
            sys.stderr.flush()
            self._shown = True

    def finish_progress(self) -> None:
        """Remove the counter."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            self._shown = False


def terminal_width() -> int:
    """Return the columns to lay tables out for."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size((100, 24)).columns
    return PIPE_WIDTH


def screen(choice: Color, to_file: bool = False) -> Screen:
    """Return how tables are laid out: for the terminal, or for a file, which gets no color."""
    return Screen(terminal_width(), not to_file and use_color(choice, sys.stdout))
