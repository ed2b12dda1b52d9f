"""Drawing of scenes with matplotlib's renderers, to which each mark is passed at its position.

Neither axes nor figures are used: importing matplotlib's figures takes as long as drawing many charts. Only `figure`
imports this module, when it is needed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from math import ceil, floor
from typing import Any
from unicodedata import bidirectional

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.text import Text as Label
from matplotlib.transforms import Affine2D, TransformedPath

from journeykit.drawing import fonts
from journeykit.drawing.arabic import joined
from journeykit.drawing.bidi import has_right_to_left, mirrored, pieces
from journeykit.drawing.clusters import clusters
from journeykit.drawing.geometry import Box, Command, circle, rounded
from journeykit.drawing.runs import EMOJI, Run, pens, runs
from journeykit.drawing.scene import Circle, Image, Line, Path, Rect, Role, Scene, Text, walk
from journeykit.drawing.text import visible
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.svg import HATCH
from journeykit.errors import UsageError

SHAPES_TEXT = tuple(map(int, matplotlib.__version__.split(".")[:2])) >= (3, 11)
"""Whether matplotlib applies the ligatures of a font (from 3.11 on), which are not measured."""

SVG_PIXELS = 4
"""Pixels to a point in which an SVG is drawn."""

EM = 1000.0
"""Size in which outlines are read from a font."""

MOST_ACROSS = 65_535
"""The limit of the renderer."""
MOST_PIXELS = 250_000_000
"""A gigabyte of memory."""

CODES = {"M": [Outline.MOVETO], "L": [Outline.LINETO], "C": [Outline.CURVE4] * 3, "Z": [Outline.CLOSEPOLY]}


def pixels(scene: Scene, dpi: float) -> tuple[int, int]:
    """Return the size of a picture in whole pixels."""
    if scene.paper:
        return round(scene.paper.width * dpi / 72), round(scene.paper.height * dpi / 72)
    return ceil(scene.width * dpi / 72 - 1e-6), ceil(scene.height * dpi / 72 - 1e-6)


def raster(scene: Scene, theme: Theme, dpi: float) -> Any:
    """Return a renderer that has drawn the scene from the top left corner of its page. Raises UsageError: too large."""
    width, height = pixels(scene, dpi)
    if max(width, height) > MOST_ACROSS or width * height > MOST_PIXELS:
        raise UsageError(
            f"a PNG of {width} × {height} pixels is too large to draw",
            "lower --dpi, put fewer --columns in a row, name a --page, or draw it as svg or pdf",
        )
    agg: Any = RendererAgg
    renderer = agg(width, height, dpi * scene.scale)
    Drawing(scene, theme).draw(renderer, height)
    return renderer


class Drawing:
    """A scene that is drawn with a renderer of matplotlib."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self.scene = scene
        self.theme = theme
        self.clips: list[TransformedPath] = []

    def draw(self, renderer: Any, page: float) -> None:
        """Draw the background and all marks on a page of the given height in units of the renderer."""
        scale = renderer.points_to_pixels(1.0)
        self.page = page
        self.place = Affine2D().scale(scale, -scale).translate(0, self.page)
        self.scale = scale
        # renderers take the features of the font from a text of matplotlib
        self.manner = Label(fontfeatures=("-liga",)) if SHAPES_TEXT else None
        ground = Rect(
            x=0, y=0, width=self.scene.width + 2, height=self.scene.height + 2, fill=self.scene.background
        )  # beyond the edges, which may be within a pixel
        self._shape(renderer, ground)
        for mark, _ in walk(self.scene):
            if isinstance(mark, Text) and mark.text:
                self._text(renderer, mark)
            elif isinstance(mark, Image):
                self._image(renderer, mark)
            elif not isinstance(mark, Text):
                self._shape(renderer, mark)

    def _text(self, renderer: Any, mark: Text) -> None:
        pen = self._pen(renderer, mark.color, 1.0)
        text = visible(mark.text)
        plain = isinstance(renderer, RendererAgg) and not (mark.from_right or has_right_to_left(text))
        starts = pens(text, mark.bold, mark.italic, self.theme.font) if plain else None
        if starts is not None:
            # as one outline: ten times as fast as matplotlib's text, and not rounded to pixels
            pen.set_linewidth(0)
            size = mark.size * self.scale
            place = Affine2D.from_values(size, 0, 0, size, mark.left * self.scale, self.page - mark.y * self.scale)
            path = str(fonts.chosen(self.theme.font, bold=mark.bold, italic=mark.italic).path)
            renderer.draw_path(pen, _letters(path, text, starts), place, self._paint(mark.color, 1.0))
        else:
            self._shaped(renderer, pen, mark, text)
        pen.restore()

    def _shaped(self, renderer: Any, pen: Any, mark: Text, text: str) -> None:
        """Draw text as text: for PDF, where it can be searched and copied, and for letters that join."""
        x = mark.left
        for run, turned in self._seen(text, mark):
            face = run.face or fonts.chosen(self.theme.font)
            if face.colored:
                for number, emoji in enumerate(clusters(run.text)):
                    self._emoji(renderer, str(face.path), emoji, x + number * EMOJI * mark.size, mark)
                x += run.width * mark.size
                continue
            # text that is wider than its reserved width is drawn smaller, narrower text is centred
            fit = min(1.0, run.width / run.natural) if run.natural else 1.0
            start = x + (run.width - run.natural * fit) / 2 * mark.size
            y = mark.y * self.scale
            renderer.draw_text(
                pen,
                start * self.scale,
                y if renderer.flipy() else self.page - y,
                _turned(run.text) if turned else run.text,
                _font(str(face.path), round(mark.size * fit, 3)),
                0.0,
                ismath=False,  # dollars are money
                mtext=self.manner,
            )
            x += run.width * mark.size

    def _seen(self, text: str, mark: Text) -> Iterator[tuple[Run, bool]]:
        """Yield the runs of a line from left to right, and whether each is right-to-left."""
        for piece, turned in pieces(text, mark.from_right):
            ordered = runs(piece, mark.bold, mark.italic, self.theme.font)
            for run in reversed(ordered) if turned else ordered:
                yield run, turned

    def _emoji(self, renderer: Any, path: str, emoji: str, left: float, mark: Text) -> None:
        shown, em, ascent = _colored(path, emoji)
        size = mark.size / em
        self._paste(renderer, shown, left, mark.y - ascent * size, shown.width * size, shown.height * size)

    def _image(self, renderer: Any, mark: Image) -> None:
        from PIL import Image as Opened

        data = mark.png
        if data is None and mark.kind == "logo":
            raise UsageError(
                "the theme's logo is an SVG, which PNG and PDF cannot hold",
                "name a PNG of it beside it in the theme: [logo] png = 'logo.png'",
            )
        if data is None and (data := _drawn(mark)) is None:
            return  # its frame and what it shows are there
        try:
            with Opened.open(io.BytesIO(data)) as opened:
                shown = opened.convert("RGBA")
        except (OSError, ValueError, SyntaxError) as fault:
            raise UsageError(f"the theme's logo cannot be read: {fault}") from fault
        self._paste(renderer, shown, mark.x, mark.y, mark.width, mark.height)

    def _paste(self, renderer: Any, shown: Any, x: float, y: float, width: float, height: float) -> None:
        """Draw a bitmap, in a PNG in its pixels, in a PDF with four pixels to a point."""
        raster = isinstance(renderer, RendererAgg)
        fine = self.scale * (1 if raster else 4)
        pixels = np.asarray(shown.resize((max(1, round(width * fine)), max(1, round(height * fine)))))[::-1]
        left, low = x * self.scale, self.page - (y + height) * self.scale
        pen = renderer.new_gc()
        if raster:
            renderer.draw_image(pen, round(left), round(low), pixels)
        else:
            place = Affine2D.from_values(width * self.scale, 0, 0, height * self.scale, 0, 0)
            renderer.draw_image(pen, left, low, pixels, place)
        pen.restore()

    def _shape(self, renderer: Any, mark: Rect | Circle | Line | Path) -> None:
        outline = _outline(mark)
        fill = None if isinstance(mark, Line) else mark.fill
        if fill is not None and fill in self.theme.hatching:
            self._fill(renderer, outline, fill, mark.opacity)
            self._hatch(renderer, outline, mark.box(), self.theme.hatching[fill], mark.opacity)
            fill = None
        if mark.stroke is None:
            if fill is not None:
                self._fill(renderer, outline, fill, mark.opacity)
            return
        pen = self._pen(renderer, mark.stroke, mark.opacity)
        pen.set_linewidth(mark.stroke_width)
        pen.set_capstyle("round" if isinstance(mark, Line | Path) and mark.caps == "round" else "butt")
        pen.set_joinstyle("round" if isinstance(mark, Path) else "miter")
        if mark.dash:
            pen.set_dashes(0, _even(mark.dash))
        renderer.draw_path(pen, outline, self.place, self._paint(fill, mark.opacity))
        pen.restore()

    def _fill(self, renderer: Any, outline: Outline, role: Role, opacity: float) -> None:
        pen = self._pen(renderer, role, opacity)
        pen.set_linewidth(0)
        renderer.draw_path(pen, outline, self.place, self._paint(role, opacity))
        pen.restore()

    def _hatch(self, renderer: Any, outline: Outline, box: Box, line: Role, opacity: float) -> None:
        """Draw the lines x + y = n * HATCH, as the pattern of the SVG has them."""
        pen = self._pen(renderer, line, opacity)
        pen.set_linewidth(0.5)
        # kept alive: the renderer identifies its last clip by address, which a new one could reuse
        self.clips.append(clip := TransformedPath(outline, self.place))
        pen.set_clip_path(clip)
        ends: list[tuple[float, float]] = []
        for number in range(floor((box.left + box.top) / HATCH), ceil((box.right + box.bottom) / HATCH) + 1):
            total = number * HATCH
            ends += [(total - box.bottom - 1, box.bottom + 1), (total - box.top + 1, box.top - 1)]
        lines = Outline(ends, [Outline.MOVETO, Outline.LINETO] * (len(ends) // 2))
        renderer.draw_path(pen, lines, self.place)
        pen.restore()

    def _pen(self, renderer: Any, role: Role, opacity: float) -> Any:
        pen = renderer.new_gc()
        pen.set_foreground(self._paint(role, opacity), isRGBA=True)
        pen.set_snap(False)
        return pen

    def _paint(self, role: Role | None, opacity: float) -> tuple[float, float, float, float] | None:
        return None if role is None else to_rgba(self.theme.colors[role], opacity)


@lru_cache(maxsize=256)
def _colored(path: str, emoji: str) -> tuple[Any, float, float]:
    """Return the bitmap of an emoji, the pixels of an em, and the pixels above the baseline."""
    from PIL import Image as Blank
    from PIL import ImageDraw, ImageFont

    for em in (109, 160, 136, 128, 96, 64):  # sizes of bitmaps: the first is that of Noto, the second that of Apple
        try:
            font = ImageFont.truetype(path, em)
        except OSError:
            continue
        ascent, descent = font.getmetrics()
        shown = Blank.new("RGBA", (max(1, round(EMOJI * em)), ascent + descent))
        ImageDraw.Draw(shown).text((0, 0), emoji, font=font, embedded_color=True)
        return shown, float(em), float(ascent)
    return Blank.new("RGBA", (1, 1)), 1.0, 1.0


def _turned(text: str) -> str:
    """Return the text to draw for a right-to-left piece; matplotlib reorders scripts that are right-to-left."""
    if SHAPES_TEXT and any(bidirectional(character) in ("R", "AL") for character in text):
        return text
    return mirrored("".join(reversed(clusters(joined(text)))))


@lru_cache(maxsize=256)
def _font(path: str, size: float) -> FontProperties:
    return FontProperties(family="DejaVu Sans", fname=path, size=size)


def _letters(path: str, text: str, starts: list[float]) -> Outline:
    """Return the outline of a line of text. One em is one unit, y grows upwards."""
    shapes = [_letter(path, character) for character in text]
    points = np.concatenate([shape for shape, _ in shapes] or [np.empty((0, 2))])
    points[:, 0] += np.repeat(starts[:-1], [len(shape) for shape, _ in shapes])
    return Outline(points, np.concatenate([codes for _, codes in shapes]) if len(points) else None)


@lru_cache(maxsize=4096)
def _letter(path: str, character: str) -> tuple[Any, Any]:
    font = _opened(path)
    font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    points, codes = font.get_path()
    return points / EM, codes


@lru_cache(maxsize=8)
def _opened(path: str) -> FT2Font:
    font = FT2Font(path)
    font.set_size(EM, 72)
    return font


def _outline(mark: Rect | Circle | Line | Path) -> Outline:
    match mark:
        case Rect():
            commands = rounded(mark.x, mark.y, mark.width, mark.height, mark.radius)
        case Circle():
            commands = circle(mark.x, mark.y, mark.radius)
        case Line():
            commands = (("M", mark.x1, mark.y1), ("L", mark.x2, mark.y2))
        case Path():
            commands = mark.commands
    return _path(commands)


def _path(commands: tuple[Command, ...]) -> Outline:
    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    for step, *numbers in commands:
        codes += CODES[step]
        points += zip(numbers[0::2], numbers[1::2], strict=True) if numbers else [(0.0, 0.0)]
    return Outline(points or [(0.0, 0.0)], codes or None)


def _even(dash: tuple[float, ...]) -> tuple[float, ...]:
    """Return a pattern of even length; one of odd length is repeated, as in SVG."""
    return dash if len(dash) % 2 == 0 else dash * 2


def _drawn(mark: Image) -> bytes | None:
    """Return an SVG as a PNG, drawn by resvg (the extra `svg`); None where that is not there."""
    try:
        import resvg_py
    except ImportError:
        return None
    try:
        drawn = resvg_py.svg_to_bytes(svg_string=mark.data.decode("utf-8-sig"), width=round(mark.width * SVG_PIXELS))
    except (ValueError, UnicodeDecodeError):
        return None
    return bytes(drawn)
