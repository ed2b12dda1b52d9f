"""Lines of text after a sign, and links, in columns of lanes."""

from __future__ import annotations

from collections.abc import Iterable

from journeykit.charts.lane import View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Role
from journeykit.drawing.stack import Stack
from journeykit.model import Link

SIGN = 8.0
LONGEST = 44
"""Characters of an address that are shown."""


def signed(
    stack: Stack,
    sign: str,
    words: str,
    size: float,
    *,
    color: Role = "ink",
    tint: Role = "muted",
    bold: bool = False,
    kind: str = "note",
    title: str = "",
) -> None:
    """Add a text after a sign in the color `tint`; `title` says what the sign means."""
    stack.space(2.5)
    draw = icons.sign if sign in icons.SIGNS else icons.channel
    stack.marks.append(draw(sign, stack.x, stack.bottom + (1.25 * size - SIGN) / 2, SIGN, tint, title))
    stack.add(words, size, bold=bold, color=color, indent=SIGN + 4, kind=kind)


def links(view: View, stack: Stack, found: Iterable[Link]) -> None:
    """Add links, each on a line of its own: their titles, or their addresses in short."""
    for link in found:
        before = len(stack.marks)
        signed(stack, "link", words_of(link), view.type.caption, color="accent", tint="accent", kind="link")
        marks = tuple(stack.marks[before:])
        stack.marks[before:] = [Group(marks=marks, title=link.url if link.title else "", kind="link", href=link.url)]


def words_of(link: Link) -> str:
    """Return the title of a link, or its address without what every address has."""
    address = link.url.partition(":")[2].removeprefix("//").rstrip("/")
    return link.title or (address if len(address) <= LONGEST else f"{address[: LONGEST - 1]}…")
