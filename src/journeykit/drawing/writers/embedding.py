"""The user's font within an SVG: a subset with the characters of the scene, as a data URL."""

from __future__ import annotations

import io
import logging
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from journeykit.drawing.fonts import Family
from journeykit.drawing.scene import Scene, Text, walk
from journeykit.errors import without_pictures

_log_lock = Lock()
"""The level of a logger belongs to the process: one thread changes it at a time."""


def font_faces(scene: Scene, family: Family) -> Iterator[str]:
    """Yield a CSS rule for each style of the font that the scene uses."""
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
    try:
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont
    except ModuleNotFoundError:
        raise without_pictures("a font of a theme", "fontTools") from None

    font = TTFont(path, fontNumber=0, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    log = logging.getLogger("fontTools")
    with _log_lock:
        level = log.level
        log.setLevel(logging.ERROR)  # it warns of tables that it drops; a picture does not need them
        try:
            subsetter.subset(font)
        finally:
            log.setLevel(level)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
