"""Sizes of paper and slides that a picture is made for."""

from __future__ import annotations

from typing import NamedTuple

from journeykit.errors import UsageError

MM = 72 / 25.4
"""Points in a millimetre."""
READABLE = 6.0
"""The least size of text on paper in points."""
ON_SLIDE = 12.0
"""The same on a slide: 16 of the pixels of which it has 1920 across."""

_SIZES: dict[str, tuple[float, float, str]] = {
    "a4": (210, 297, "mm"),
    "a3": (297, 420, "mm"),
    "a2": (420, 594, "mm"),
    "a1": (594, 841, "mm"),
    "a0": (841, 1189, "mm"),
    "letter": (8.5, 11, "in"),
    "tabloid": (11, 17, "in"),
    "16:9": (1080, 1920, "px"),
}
"""Short side, long side and their unit."""
_UNITS = {"mm": MM, "in": 72.0, "px": 0.75}
"""Points in a unit; a slide has 96 pixels an inch, as a screen has."""
ORIENTATIONS = ("portrait", "landscape")
NAMES = (*_SIZES, *(f"{name}-{turned}" for name in _SIZES for turned in ORIENTATIONS))
"""What a page may be called."""


class Paper(NamedTuple):
    """A page of a certain size and orientation. `across` and `down` are in its unit, as SVG writes them."""

    name: str
    across: float
    down: float
    unit: str
    smallest: float
    """The least size of text in points."""

    @property
    def width(self) -> float:
        """Width in points."""
        return self.across * _UNITS[self.unit]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.down * _UNITS[self.unit]


def papers(name: str) -> tuple[Paper, ...]:
    """Return the paper of a name; both orientations if it names none. Raise UsageError for an unknown name."""
    if name not in NAMES:
        from difflib import get_close_matches

        near = get_close_matches(name.casefold(), NAMES, 1)
        hint = f'did you mean "{near[0]}"? ' if near else ""
        known = f"pages: {', '.join(_SIZES)}, each also with -portrait or -landscape"
        raise UsageError(f"there is no page {name!r}", hint + known)
    size, _, turned = name.partition("-")
    short, long, unit = _SIZES[size]
    smallest = ON_SLIDE if unit == "px" else READABLE
    upright = Paper(f"{size}-portrait", short, long, unit, smallest)
    across = Paper(f"{size}-landscape", long, short, unit, smallest)
    if not turned:
        return (across,) if unit == "px" else (across, upright)
    return (upright,) if turned == "portrait" else (across,)
