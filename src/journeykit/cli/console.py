"""What goes to the terminal and how: colour, width, standard output and files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from journeykit.cli.options import Color
from journeykit.cli.streams import reader_gone
from journeykit.errors import UsageError
from journeykit.files import replace_file
from journeykit.output.paint import Paint, printable, shown_name

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

STDOUT = Path("-")
"""As a name of a file: standard output."""
PIPE_WIDTH = 200
"""Columns of tables that no terminal limits; COLUMNS changes it."""


def use_color(choice: Color, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream."""
    if choice is not Color.auto:
        return choice is Color.always
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "").lower()
    if forced:
        return forced not in ("0", "false", "no", "off")
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def paint(choice: Color, to_file: bool = False, stream: TextIO | None = None) -> Paint:
    """Colour for text on standard output, or another stream; a file gets none."""
    return Paint(not to_file and use_color(choice, stream or sys.stdout))


def emit(text: str, output: Path | None = None, *, images: bool = False) -> None:
    """Write a result to standard output, or to a file, whole or not at all; with `images`, it holds images for the
    terminal, and is printed as it is.
    """
    if output in (None, STDOUT):
        with _to_stdout():
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
    """A reader that went away ends the run at once, before typer takes it for a failure."""
    try:
        yield
    except BrokenPipeError:
        reader_gone()


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file; a folder that is not there, or not writable, is the user's to mend."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(f"{shown_name(str(path))}: cannot be written: {error.strerror}") from None


def make_folder(folder: Path) -> None:
    """Make a folder where there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown_name(str(folder))}: cannot be made: {error.strerror}") from None


def say(text: str, quiet: bool = False) -> None:
    """A remark about the run, on standard error."""
    if not quiet:
        print(printable(text), file=sys.stderr)


def terminal_width() -> int:
    """Columns to lay tables out for."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size((100, 24)).columns
    return PIPE_WIDTH


def rendered(*parts: RenderableType, color: Color, width: int | None = None) -> str:
    """What rich makes of tables and texts, with or without colour, a blank line between them.

    A text's lines keep their indentation where they are wrapped.
    """
    import io

    from rich.console import Console

    on = use_color(color, sys.stdout)
    stream = io.StringIO()
    console: Console = Console(
        file=stream, width=width or terminal_width(), force_terminal=on, no_color=not on, legacy_windows=False,
        color_system="standard" if on else None, highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    blocks = []
    for part in parts:
        console.print(_indented(part) if isinstance(part, str) else part)
        blocks.append("\n".join(line.rstrip() for line in stream.getvalue().splitlines()).strip("\n") + "\n")
        stream.seek(0)
        stream.truncate()
    return "\n".join(blocks)


def _indented(text: str) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    return Group(*(Padding.indent(Text(line.lstrip()), len(line) - len(line.lstrip())) for line in text.splitlines()))
