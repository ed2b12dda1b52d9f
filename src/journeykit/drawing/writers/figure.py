"""Scenes as PNG, PDF and matplotlib figures.

matplotlib is imported on the first call and used with its default settings: neither a `matplotlibrc`, nor
MPLBACKEND, nor the settings of the calling program change the output. `renderer` does the drawing.
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
from threading import RLock
from typing import TYPE_CHECKING, Any

from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Scene
from journeykit.drawing.text import visible
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.links import links
from journeykit.drawing.writers.png import packed
from journeykit.errors import without_pictures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PNG_DPI = 144
"""Two pixels a point: sharp on screens and in slides."""
STRIP = 128
"""Rows of pixels that are compressed at once, so that a picture is in memory once and not twice."""

_matplotlib_lock = RLock()
"""matplotlib's settings and fonts belong to the process: one thread draws at a time."""


def write_png(scene: Scene, theme: Theme, dpi: float = PNG_DPI, *, optimize: bool = False) -> bytes:
    """Return the scene as a PNG with its title and description as metadata; `optimize` makes it smaller and slower."""
    with _default_matplotlib():
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
            # the page is opaque; RGB takes a quarter less than RGBA
            for top in range(0, height, STRIP):
                rows = pixels[top : top + STRIP]
                strip = Image.frombuffer("RGBA", (width, rows.shape[0]), rows, "raw", "RGBA", 0, 1)
                yield strip.tobytes("raw", "RGB")

        return packed((width, height), strips(), dpi, texts, effort=9 if optimize else 1)


def write_pdf(scene: Scene, theme: Theme, further: Sequence[Scene] = ()) -> bytes:
    """Return the scene as a PDF, with one more page for each further scene.

    Fonts are embedded; the metadata has the first scene's title and description. Links can be
    followed.
    """
    buffer = io.BytesIO()
    with _default_matplotlib():
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
            width: float
            height: float
            if page.paper:
                width, height = page.width, page.height
                file.newPage(page.paper.width / 72, page.paper.height / 72)
                file.width, file.height = width / 72, height / 72  # to which lines are clipped
                file.output(page.scale, 0, 0, page.scale, 0, 0, pdf.Op.concat_matrix)
            else:
                width, height = pixels(page, 72)
                file.newPage(width / 72, height / 72)
            renderer = pdf.RendererPdf(file, 72, height / 72, width / 72)
            Drawing(page, theme).draw(renderer, height)
            # matplotlib does not scale the links of texts with the page, so they are added here
            file._annotations[-1][1].extend(_annotation(pdf, *link, height, page.scale) for link in links(page.marks))
            renderer.finalize()
        file.finalize()
        file.close()
    return buffer.getvalue()


def to_figure(scene: Scene, theme: Theme, dpi: float = PNG_DPI) -> Figure:
    """Return the scene as a matplotlib Figure for use in other programs. pyplot is not needed."""
    with _default_matplotlib():
        from matplotlib.artist import Artist
        from matplotlib.figure import Figure

        from journeykit.drawing.writers.renderer import Drawing, pixels

        class SceneArtist(Artist):
            def draw(self, renderer: Any) -> None:
                with _matplotlib_lock:
                    drawing.draw(renderer, page.bbox.height)

        drawing = Drawing(scene, theme)
        width, height = pixels(scene, dpi)
        page = Figure(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=theme.colors[scene.background])
        page.add_artist(SceneArtist())
        return page


def _annotation(pdf: Any, address: str, box: Box, height: float, scale: float) -> dict[str, Any]:
    """Return a link of a PDF; `height` is that of the page, from whose lower edge it measures."""
    edges = (box.left, height - box.bottom, box.right, height - box.top)
    return {
        "Type": pdf.Name("Annot"),
        "Subtype": pdf.Name("Link"),
        "Rect": [round(edge * scale, 2) for edge in edges],
        "Border": [0, 0, 0],
        "A": {"S": pdf.Name("URI"), "URI": address},
    }


def _clean(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))


@contextmanager
def _default_matplotlib() -> Iterator[None]:
    """Run matplotlib with its default settings and without messages, and restore the caller's settings afterwards."""
    log = logging.getLogger("matplotlib")
    with _matplotlib_lock:
        level = log.level
        log.setLevel(logging.CRITICAL)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                _import_with_default_settings()
                import matplotlib

                settings = {
                    key: value
                    for key, value in matplotlib.rcParamsDefault.items()
                    if not key.startswith(("backend", "interactive", "toolbar", "webagg"))
                }
                settings |= {"text.hinting": "no_hinting", "pdf.fonttype": 42, "path.simplify": False}
                with matplotlib.rc_context(settings):
                    yield
        finally:
            log.setLevel(level)


def _import_with_default_settings() -> None:
    """Import matplotlib so that neither MPLBACKEND nor a matplotlibrc in the working folder can make it fail."""
    if "matplotlib" in sys.modules:
        return
    found = find_spec("matplotlib")
    if found is None:
        raise without_pictures("a PNG or PDF", "matplotlib")
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        # it looks for a matplotlibrc in the working folder first; this folder has the default one
        with chdir(Path(found.origin or "").parent / "mpl-data"):
            import matplotlib  # noqa: F401
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
