"""What a journey shows or points to outside of its text: addresses and pictures."""

from __future__ import annotations

from typing import ClassVar

from journeykit.model.base import Part
from journeykit.model.meaning import Address, FreeText, ImageFile


class Link(Part):
    """An address, such as that of a ticket, a screen or a recording."""

    shorthand: ClassVar[str] = "url"

    url: Address
    """The address: http, https or mailto."""
    title: FreeText | None = None
    """What is found there; by default the address is shown."""


class Image(Part):
    """A picture beside the journey's file."""

    shorthand: ClassVar[str] = "file"

    file: ImageFile
    """The path of a PNG, JPEG or SVG, relative to the journey's file and inside its repository."""
    alt: FreeText | None = None
    """What it shows, in words, for those who cannot see it."""
