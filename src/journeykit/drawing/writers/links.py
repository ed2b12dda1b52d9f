"""Links of a scene: what leads out of a picture, and where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import ORIGIN, Group, Mark

ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
"""Addresses that a picture may lead to: nothing that a viewer would run."""
KEPT = "!#$%&'()*+,/:;=?@[]~"
"""Characters that stand in an address as they are, beside letters and digits."""


def links(marks: Iterable[Mark], at: tuple[float, float] = ORIGIN) -> Iterator[tuple[str, Box]]:
    """Yield each address in ASCII, and the box around what leads to it."""
    for mark in marks:
        if isinstance(mark, Group):
            if ADDRESS.fullmatch(mark.href):
                yield quote(mark.href, safe=KEPT), mark.moved(*at).box()
            yield from links(mark.marks, (at[0] + mark.at[0], at[1] + mark.at[1]))
