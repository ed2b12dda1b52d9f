"""The unified diff of two texts."""

from __future__ import annotations

import re

from journeykit.output.paint import Paint, shown, shown_name

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def unified_diff(name: str, old: str, new: str) -> str:
    """Return a patch from one text to another; "" where they are equal.

    A tab ends a name with a space in it, as git and diff write it: without one, `patch` takes the name to end there.
    """
    from difflib import unified_diff as difference

    name = shown_name(name)
    name += "\t" if " " in name else ""
    lines = difference(_LINE.findall(old), _LINE.findall(new), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def painted(diff: str, paint: Paint) -> str:
    """Return a diff for a terminal, with color if that is on, and unsafe characters escaped."""
    return "".join(_painted(line, paint) + "\n" for line in diff.split("\n")[:-1])


def _painted(line: str, paint: Paint) -> str:
    text = shown(line.removesuffix("\r"))
    if line.startswith(("---", "+++")):
        return paint(text, "bold")
    style = _STYLES.get(line[:1])
    return paint(text, style) if style else text
