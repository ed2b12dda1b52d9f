"""The charts of one journey and the lanes that each of them shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Chart(NamedTuple):
    """Lanes of a chart from top to bottom, and the width of its columns."""

    lanes: tuple[str, ...]
    slim: bool
    """Whether all lanes are kept short."""
    narrowest: float
    """The least width of a column in points; long words make columns up to half as wide again."""
    short: tuple[str, ...] = ()
    """Lanes that are kept short even if `slim` is false."""


CHARTS: Mapping[str, Chart] = {
    "map": Chart(
        (
            "header",
            "stages",
            "touchpoints",
            "images",
            "channels",
            "curve",
            "thoughts",
            "outcomes",
            "own",
            "frontstage",
            "visibility",
            "backstage",
            "decisions",
            "opportunities",
            "metrics",
            "footer",
        ),
        slim=False,
        narrowest=104.0,
        short=("backstage",),
    ),
    "curve": Chart(("header", "stages", "curve", "touchpoints"), slim=True, narrowest=88.0),
    "flow": Chart(("header", "stages", "flow", "touchpoints"), slim=True, narrowest=88.0),
    "blueprint": Chart(
        (
            "header",
            "stages",
            "evidence",
            "touchpoints",
            "images",
            "channels",
            "interaction",
            "frontstage",
            "visibility",
            "backstage",
            "internal",
            "systems",
            "own",
            "decisions",
            "metrics",
        ),
        slim=False,
        narrowest=112.0,
        short=("header",),
    ),
}
