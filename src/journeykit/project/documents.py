"""Formats that hold journeys whole, with text and picture: a web page, slides. Several journeys fit in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from journeykit.charts.picture import Picture
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import Scores

Pairs = Sequence[tuple[Journey, Scores]]


def _page(pairs: Pairs, picture: Picture) -> bytes:
    from journeykit.web.page import write_page

    return write_page(pairs, picture)


def _deck(pairs: Pairs, picture: Picture) -> bytes:
    try:
        from journeykit.slides.deck import write_deck
    except ModuleNotFoundError as missing:
        if missing.name not in ("pptx", "lxml"):
            raise
        raise UsageError("slides need python-pptx, which is not installed", "pip install 'journeykit[pptx]'") from None
    return write_deck(pairs, picture)


DOCUMENTS: Mapping[str, Callable[[Pairs, Picture], bytes]] = {"html": _page, "pptx": _deck}
"""Writers by format, which is also the suffix of files. Each raises UsageError for what it cannot hold."""
