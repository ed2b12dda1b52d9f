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
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.charts.scene import Scene
from journeykit.charts.text import visible
from journeykit.charts.themes import Theme
from journeykit.charts.writers.png import packed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PNG_DPI = 144
"""Two pixels a point: sharp on screens and in slides."""


def write_png(scene: Scene, theme: Theme, dpi: float = PNG_DPI, *, optimize: bool = False) -> bytes:
    """The scene as a PNG, its title and description in the metadata. `optimize`: smaller, slower."""
    with _own_surroundings():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image
        from PIL.PngImagePlugin import PngInfo

        canvas: Any = FigureCanvasAgg(_figure(scene, theme, dpi))
        canvas.draw()
        pixels = canvas.buffer_rgba()
        image = Image.frombuffer("RGBA", pixels.shape[1::-1], pixels, "raw", "RGBA", 0, 1)
        about = PngInfo()
        for key, text in (("Title", scene.title), ("Description", scene.description), ("Software", "journeykit")):
            if text:
                about.add_text(key, _clean(text))
        # the page hides whatever is behind it: without transparency a quarter of the bytes are saved
        texts = [(chunk[0], chunk[1]) for chunk in about.chunks]
        data = packed(image.size, image.tobytes("raw", "RGB"), dpi, texts, effort=9 if optimize else 1)
        del pixels, image
        _release(canvas)
    return data


def write_pdf(scene: Scene, theme: Theme) -> bytes:
    """The scene as a PDF of one page, fonts embedded, its title and description in the metadata."""
    buffer = io.BytesIO()
    with _own_surroundings():
        from matplotlib.backends.backend_pdf import FigureCanvasPdf

        canvas: Any = FigureCanvasPdf(_figure(scene, theme, 72))
        canvas.print_pdf(
            buffer,
            metadata={
                "Title": _clean(scene.title),
                "Subject": _clean(scene.description) or None,
                "Creator": "journeykit",
                "Producer": "journeykit",
                "CreationDate": None,
            },
        )
        _release(canvas)
    return buffer.getvalue()


def to_figure(scene: Scene, theme: Theme, dpi: float = PNG_DPI) -> Figure:
    """The scene as a matplotlib Figure, for programs that go on with it. It needs no pyplot."""
    with _own_surroundings():
        return _figure(scene, theme, dpi)


def _figure(scene: Scene, theme: Theme, dpi: float) -> Figure:
    from journeykit.charts.writers.drawing import figure

    return figure(scene, theme, dpi)


def _clean(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))


def _release(canvas: Any) -> None:
    """Let go of the pixels at once: figure and canvas hold each other, and a batch would pile them up."""
    canvas.figure.clear()
    canvas.__dict__.clear()


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
