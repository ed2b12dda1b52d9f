"""The page of a rule for the terminal."""

from __future__ import annotations

import re

from journeykit.output.paint import Paint


def page_text(id: str, page: str, paint: Paint) -> str:
    """A page with its id above; examples are indented instead of fenced."""
    lines = [paint(id, "bold", "cyan"), ""]
    inside = False
    for line in page.splitlines():
        if line.startswith("```"):
            inside = not inside
        elif inside:
            lines.append(f"    {line}".rstrip())
        else:
            lines.append(re.sub(r"^(Why|Bad|Good):", lambda word: paint(word[0], "bold"), line))
    return "\n".join(lines).rstrip() + "\n"
