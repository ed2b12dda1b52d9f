"""Lay out texts and tables for a terminal, with rich."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def render(*parts: RenderableType, columns: int, color: bool) -> str:
    """Return tables and texts as rich lays them out, with or without color, a blank line between them.

    The lines of a text keep their indentation where they are wrapped.
    """
    from rich.console import Console

    stream = io.StringIO()
    console: Console = Console(
        file=stream, width=columns, force_terminal=color, no_color=not color, legacy_windows=False,
        color_system="standard" if color else None, highlight=False, markup=False, emoji=False,
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
