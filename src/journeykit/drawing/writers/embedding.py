"""A font of the user's own within an SVG: cut down to the letters of the scene, as data in the file itself."""

from __future__ import annotations

import io
import logging
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from journeykit.drawing.fonts import Family
from journeykit.drawing.scene import Scene, Text, walk


def font_faces(scene: Scene, family: Family) -> Iterator[str]:
    """A CSS rule for each style of the font that the scene uses."""
    used: dict[tuple[bool, bool], set[str]] = {}
    for mark, _ in walk(scene):
        if isinstance(mark, Text):
            used.setdefault((mark.bold, mark.italic), set()).update(mark.text)
    for (bold, italic), letters in sorted(used.items()):
        weight, style = "bold" if bold else "normal", "italic" if italic else "normal"
        data = b64encode(_subset(family.style(bold, italic), "".join(sorted(letters)))).decode()
        yield (
            f"@font-face {{ font-family: '{family.name}'; font-weight: {weight}; font-style: {style}; "
            f"src: url(data:font/ttf;base64,{data}) }}"
        )


def _subset(path: Path, letters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(path, fontNumber=0, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    cut = Subsetter(options)
    cut.populate(text=letters)
    log = logging.getLogger("fontTools")
    level = log.level
    log.setLevel(logging.ERROR)  # tables that are of no use in a picture are dropped in silence
    try:
        cut.subset(font)
    finally:
        log.setLevel(level)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
