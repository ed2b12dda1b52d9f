"""What goes to the terminal and how: colour, width, standard output and files."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from journeykit.atomic import replace_file
from journeykit.cli.options import Color
from journeykit.errors import UsageError
from journeykit.output.paint import Paint

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

PIPE_WIDTH = 200
"""Columns of tables that no terminal limits; COLUMNS changes it."""


def use_color(choice: Color, stream: TextIO | None = None) -> bool:
    """Whether to colour what goes to a stream (standard output by default)."""
    if choice is not Color.auto:
        return choice is Color.always
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "").lower()
    if forced and forced not in ("0", "false", "no", "off"):
        return True
    return os.environ.get("TERM") != "dumb" and (stream or sys.stdout).isatty()


def paint(choice: Color, to_file: bool = False) -> Paint:
    """Colour for text on standard output; a file gets none."""
    return Paint(not to_file and use_color(choice))


def emit(text: str, output: Path | None = None) -> None:
    """Write a result to standard output, or to a file, whole or not at all."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    write_bytes(output, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file; a folder that is not there, or not writable, is the user's to mend."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


def say(text: str, quiet: bool = False) -> None:
    """A remark about the run, on standard error."""
    if not quiet:
        print(text, file=sys.stderr)


def terminal_width() -> int:
    """Columns to lay tables out for."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size((100, 24)).columns
    return PIPE_WIDTH


def rendered(*parts: RenderableType, color: Color, width: int | None = None) -> str:
    """What rich makes of tables and texts: a text with or without colour."""
    import io

    from rich.console import Console

    on = use_color(color)
    stream = io.StringIO()
    console: Console = Console(
        file=stream, width=width or terminal_width(), force_terminal=on, no_color=not on, legacy_windows=False,
        color_system="standard" if on else None, highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    for part in parts:
        console.print(part)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())
