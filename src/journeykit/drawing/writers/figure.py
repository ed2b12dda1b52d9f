"""Scenes as PNG, PDF and matplotlib figures.

matplotlib is imported on the first call, and in surroundings of our own: neither a `matplotlibrc`, nor
MPLBACKEND, nor a host program's settings change a byte of what comes out. `drawing` does the drawing.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.drawing.scene import Scene
from journeykit.drawing.text import visible
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.png import packed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PNG_DPI = 144
"""Two pixels a point: sharp on screens and in slides."""
STRIP = 128
"""Rows of pixels that are packed at once; a picture is held once in memory, not twice."""


def write_png(scene: Scene, theme: Theme, dpi: float = PNG_DPI, *, optimize: bool = False) -> bytes:
    """The scene as a PNG, its title and description in the metadata. `optimize`: smaller, slower."""
    with _own_surroundings():
        from PIL import Image
        from PIL.PngImagePlugin import PngInfo

        from journeykit.drawing.writers.renderer import raster

        pixels: Any = raster(scene, theme, dpi).buffer_rgba()
        height, width, _ = pixels.shape
        about = PngInfo()
        for key, text in (("Title", scene.title), ("Description", scene.description), ("Software", "journeykit")):
            if text:
                about.add_text(key, _clean(text))
        texts = [(chunk[0], chunk[1]) for chunk in about.chunks]

        def strips() -> Iterator[bytes]:
            # the page hides whatever is behind it: without transparency a quarter of the bytes are saved
            for top in range(0, height, STRIP):
                rows = pixels[top : top + STRIP]
                strip = Image.frombuffer("RGBA", (width, rows.shape[0]), rows, "raw", "RGBA", 0, 1)
                yield strip.tobytes("raw", "RGB")

        return packed((width, height), strips(), dpi, texts, effort=9 if optimize else 1)


def write_pdf(scene: Scene, theme: Theme, further: Sequence[Scene] = ()) -> bytes:
    """The scene as a PDF of one page, and of one more for each further scene.

    Fonts are embedded; the first scene's title and description stand in the metadata.
    """
    buffer = io.BytesIO()
    with _own_surroundings():
        from matplotlib.backends import backend_pdf

        from journeykit.drawing.writers.renderer import Drawing, pixels

        pdf: Any = backend_pdf
        file = pdf.PdfFile(
            buffer,
            metadata={
                "Title": _clean(scene.title),
                "Subject": _clean(scene.description) or None,
                "Creator": "journeykit",
                "Producer": "journeykit",
                "CreationDate": None,
            },
        )
        for page in (scene, *further):
            width, height = pixels(page, 72)
            file.newPage(width / 72, height / 72)
            renderer = pdf.RendererPdf(file, 72, height / 72, width / 72)
            Drawing(page, theme).draw(renderer, height)
            renderer.finalize()
        file.finalize()
        file.close()
    return buffer.getvalue()


def to_figure(scene: Scene, theme: Theme, dpi: float = PNG_DPI) -> Figure:
    """The scene as a matplotlib Figure, for programs that go on with it. It needs no pyplot."""
    with _own_surroundings():
        from matplotlib.artist import Artist
        from matplotlib.figure import Figure

        from journeykit.drawing.writers.renderer import Drawing, pixels

        class SceneArtist(Artist):
            def draw(self, renderer: Any) -> None:
                drawing.draw(renderer, page.bbox.height)

        drawing = Drawing(scene, theme)
        width, height = pixels(scene, dpi)
        page = Figure(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=theme.colours[scene.background])
        page.add_artist(SceneArtist())
        return page


def _clean(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))


@contextmanager
def _own_surroundings() -> Iterator[None]:
    """matplotlib with its shipped settings, silent, and the caller's surroundings as before afterwards."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _import_unaware_of_settings()
            import matplotlib

            ours = {
                key: value
                for key, value in matplotlib.rcParamsDefault.items()
                if not key.startswith(("backend", "interactive", "toolbar", "webagg"))
            }
            ours |= {"text.hinting": "no_hinting", "pdf.fonttype": 42, "path.simplify": False}
            with matplotlib.rc_context(ours):
                yield
    finally:
        log.setLevel(level)


def _import_unaware_of_settings() -> None:
    """Import matplotlib, once: a wrong MPLBACKEND or a matplotlibrc in the working folder can break that."""
    if "matplotlib" in sys.modules:
        return
    found = find_spec("matplotlib")
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        # it looks for settings in the working folder first; here lie the shipped ones
        with chdir(Path(found.origin if found and found.origin else "").parent / "mpl-data"):
            import matplotlib  # noqa: F401
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
