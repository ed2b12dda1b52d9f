"""Formats that hold journeys whole, with text and picture: a web page. Several journeys fit in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from journeykit.charts.picture import Picture
from journeykit.model import Journey
from journeykit.scoring import Scores

Pairs = Sequence[tuple[Journey, Scores]]


def _page(pairs: Pairs, picture: Picture) -> bytes:
    from journeykit.web.page import write_page

    return write_page(pairs, picture)


DOCUMENTS: Mapping[str, Callable[[Pairs, Picture], bytes]] = {"html": _page}
"""Writers by format, which is also the suffix of files. Each raises UsageError for what it cannot hold."""
