"""A batch of pictures takes no more memory than a few: what is kept for later does not grow with what was drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.picture import Picture, draw
from journeykit.scoring import score
from tests.charts.maps import full


def unbounded() -> Iterator[tuple[str, int]]:
    """Every cache of ours without a limit, by its name, and how much it holds."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith("journeykit."):
            for key, value in vars(module).items():
                info = getattr(value, "cache_info", None)
                if info is not None and getattr(value, "__module__", "") == name and info().maxsize is None:
                    yield f"{name}.{key}", info().currsize


def drawn(numbers: range) -> None:
    for number in numbers:
        journey = full(3 + number, f"I wait {number} days for an answer " + "again and " * number)
        for chart in CHARTS:
            draw(journey, score(journey), Picture(chart=chart))


def test_no_cache_grows_with_every_picture() -> None:
    drawn(range(4))
    before = dict(unbounded())
    assert before, "there are caches without a limit, of what is limited by itself"
    drawn(range(4, 8))
    assert dict(unbounded()) == before
