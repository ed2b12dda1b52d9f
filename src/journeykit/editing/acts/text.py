"""Write the whole text: `text`. It is taken with mistakes too, and then shown with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from journeykit.changing.parsed_text import line_break_of
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.refusal import MalformedError


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return another text; its line ends are those of the one before."""
    text = act.get("text")
    if not isinstance(text, str):
        raise MalformedError('"text" is missing')
    return Made(replace(analysis, text=with_line_ends(text, analysis.text)), "text")


def with_line_ends(text: str, like: str) -> str:
    """Return a text from a browser, which knows LF only, with the line ends of another text."""
    lines = text.encode("utf-8", "replace").decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", line_break_of(like))
