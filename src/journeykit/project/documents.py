"""Formats that hold journeys whole, with text and picture: a web page, slides. Several journeys fit in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from journeykit.charts.picture import Picture
from journeykit.errors import UsageError
from journeykit.images import ImageFile
from journeykit.model import Journey
from journeykit.scoring import Scores

Pairs = Sequence[tuple[Journey, Scores]]
Images = Sequence[Mapping[str, ImageFile]]
"""The pictures of each journey by their paths, which are those of its file."""


class Writer(Protocol):
    """Writes journeys into one document; without `images` those of the picture belong to all of them."""

    def __call__(self, pairs: Pairs, picture: Picture, images: Images = ()) -> bytes: ...


def _page(pairs: Pairs, picture: Picture, images: Images = ()) -> bytes:
    from journeykit.web.page import write_page

    return write_page(pairs, picture, images)


def _deck(pairs: Pairs, picture: Picture, images: Images = ()) -> bytes:
    try:
        from journeykit.slides.deck import write_deck
    except ModuleNotFoundError as missing:
        if missing.name not in ("pptx", "lxml"):
            raise
        raise UsageError("slides need python-pptx, which is not installed", "pip install 'journeykit[pptx]'") from None
    return write_deck(pairs, picture, images)


DOCUMENTS: Mapping[str, Writer] = {"html": _page, "pptx": _deck}
"""Writers by format, which is also the suffix of files. Each raises UsageError for what it cannot hold."""
