"""The page of a rule for the terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from journeykit.output.paint import Paint, shown

WIDEST = 100
"""The longest line of prose, since longer ones are hard to read."""


def page_text(id: str, page: str, paint: Paint, columns: int) -> str:
    """Return a page with its id above, wrapped to the terminal; examples are indented instead of fenced."""
    blocks = [paint(id, "bold", "cyan")]
    for prose, _, example in re.findall(r"(.*?)(```\w*\n(.*?)```|\Z)", shown(page), re.DOTALL):
        blocks += [_paragraph(text, paint, columns) for text in prose.split("\n\n") if text.strip()]
        if example:
            blocks.append(textwrap.indent(example.rstrip(), "    "))
    return "\n\n".join(blocks) + "\n"


def _paragraph(text: str, paint: Paint, columns: int) -> str:
    filled = textwrap.fill(" ".join(text.split()), min(columns, WIDEST), break_on_hyphens=False)
    return re.sub(r"^(Why|Bad|Good):", lambda word: paint(word[0], "bold"), filled)


def index_text(pages: Mapping[str, str], paint: Paint) -> str:
    """Return all ids with the first sentence of their pages."""
    widest = max(map(len, pages))
    return "".join(
        f"{paint(f'{id:{widest}}', 'cyan')}  {shown(page.partition(chr(10))[0])}\n" for id, page in pages.items()
    )
