"""Two writers' pictures of one scene, laid over one another."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

from journeykit.drawing import fonts
from journeykit.drawing.scene import Scene
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers import figure, svg

BLOCK = 8
"""Pixels, at two a point: differences are averaged over blocks of 4 points, for edges are smoothed differently."""

Grey = npt.NDArray[np.float64]

FONT_FILES = [str(fonts.shipped(bold=bold, italic=italic).path) for bold in (False, True) for italic in (False, True)]


def of_svg(scene: Scene, theme: Theme) -> Grey:
    """The SVG as a second renderer draws it, 0 to 1, two pixels a point."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg.write(scene, theme), font_files=FONT_FILES, skip_system_fonts=True, zoom=1.5
    )
    return _grey(bytes(drawn), scene)


def of_png(scene: Scene, theme: Theme) -> Grey:
    """Our own PNG, likewise."""
    return _grey(figure.write_png(scene, theme, 144), scene)


def _grey(data: bytes, scene: Scene) -> Grey:
    image = Image.open(io.BytesIO(data)).convert("L")
    return np.asarray(image, dtype=np.float64)[: int(scene.height * 2), : int(scene.width * 2)] / 255


def apart(one: Grey, other: Grey) -> float:
    """How much the two differ where they differ most: a block's mean difference, 0 to 1."""
    rows, columns = (size // BLOCK * BLOCK for size in one.shape)
    difference = np.abs(one - other)[:rows, :columns]
    blocks = difference.reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK).mean(axis=(1, 3))
    return float(blocks.max())
