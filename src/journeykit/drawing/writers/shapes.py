"""Scenes as native shapes on a slide of python-pptx: lines, curves, circles and text boxes that can be edited.

A group of marks is a group of shapes with the group's title as its name. Each line of text is a text box, since its
place is part of the layout.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Pt

from journeykit.drawing.bidi import reads_from_right
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import ORIGIN, Circle, Group, Image, Line, Mark, Path, Rect, Role, Scene, Text
from journeykit.drawing.text import visible
from journeykit.drawing.themes import Theme

FONT = "Verdana"
"""As wide as the font in which texts are measured, and on most machines that show slides."""
ASCENT = 1.0
"""Height of the first baseline of a text box, in sizes of the text."""
EMU = 12700
"""Units of a slide in a point."""
ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}
LINE = 1.22
"""Height of a line in sizes of the text."""


def add_scene(slide: Any, scene: Scene, theme: Theme, width: float) -> Any:
    """Draw a scene over a slide of a width in points; return the group of its shapes, which has the description."""
    shapes = _Shapes(theme, scene.lang, width / scene.width)
    group = slide.shapes.add_group_shape()
    for mark in scene.marks:
        shapes.add(group, mark, ORIGIN)
    group.name = visible(scene.title)
    group._element.nvGrpSpPr.cNvPr.set("descr", "\n".join(map(visible, scene.description.splitlines())))
    return group


def color_of(theme: Theme, role: Role) -> RGBColor:
    """Return the color of a role as python-pptx takes it."""
    return RGBColor.from_string(theme.colors[role].lstrip("#").upper())


class _Shapes:
    def __init__(self, theme: Theme, lang: str, scale: float) -> None:
        self.theme, self.lang, self.scale = theme, lang, scale

    def add(self, group: Any, mark: Mark, at: tuple[float, float]) -> None:
        if isinstance(mark, Group):
            self.group(group, mark, at)
            return
        mark = mark.moved(*at) if at != ORIGIN else mark
        match mark:
            case Text():
                if mark.text.strip():
                    self.text(group, mark)
            case Rect():
                self.rect(group, mark)
            case Circle():
                shape = group.shapes.add_shape(MSO_SHAPE.OVAL, *self.box(mark))
                self.paint(shape, mark)
            case Line():
                ends = (mark.x1, mark.y1, mark.x2, mark.y2)
                shape = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(self.emu, ends))
                self.stroke(shape, mark)
            case Path():
                self.path(group, mark)
            case Image():
                if data := mark.png or (mark.data if mark.form == "png" else None):
                    group.shapes.add_picture(io.BytesIO(data), *self.box(mark))

    def group(self, outer: Any, mark: Group, at: tuple[float, float]) -> None:
        inner = outer.shapes.add_group_shape()
        for one in mark.marks:
            self.add(inner, one, (at[0] + mark.at[0], at[1] + mark.at[1]))
        if not len(inner.shapes):
            inner._element.getparent().remove(inner._element)
        elif mark.title or mark.id:
            inner.name = visible(mark.title or mark.id)

    def emu(self, length: float) -> int:
        return round(length * self.scale * EMU)

    def box(self, mark: Rect | Circle | Path | Image) -> tuple[int, int, int, int]:
        box = mark.box()
        return self.emu(box.left), self.emu(box.top), self.emu(box.width), self.emu(box.height)

    def text(self, group: Any, mark: Text) -> None:
        slack = 0.06 * mark.width  # the viewer's font may be wider
        # viewers disagree on which edge of text from right to left is its start, but not on its middle
        anchor = "middle" if mark.from_right else mark.anchor
        left = mark.left - {"start": 0.0, "middle": slack / 2, "end": slack}[anchor]
        place = (left, mark.y - ASCENT * mark.size, mark.width + slack, LINE * mark.size)
        shape = group.shapes.add_textbox(*map(self.emu, place))
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = False, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        style = Style(
            self.theme, self.lang, mark.size * self.scale, mark.color, mark.bold, mark.italic, ALIGNED[anchor]
        )
        write_line(frame.paragraphs[0], mark.text, style)

    def rect(self, group: Any, mark: Rect) -> None:
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if mark.radius else MSO_SHAPE.RECTANGLE
        shape = group.shapes.add_shape(kind, *self.box(mark))
        if mark.radius:
            shape.adjustments[0] = min(0.5, mark.radius / max(min(mark.width, mark.height), 0.01))
        self.paint(shape, mark)

    def path(self, group: Any, mark: Path) -> None:
        box = self.box(mark)
        shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box)
        properties = shape._element.spPr
        preset = properties.find(qn("a:prstGeom"))
        preset.addprevious(self.geometry(mark.commands, *box))
        properties.remove(preset)
        self.paint(shape, mark)

    def geometry(self, commands: Iterable[Command], left: int, top: int, width: int, height: int) -> Any:
        """Return the geometry of a free form, in units from its own corner."""
        geometry = etree.Element(qn("a:custGeom"))
        etree.SubElement(geometry, qn("a:rect"), l="0", t="0", r="r", b="b")
        paths = etree.SubElement(geometry, qn("a:pathLst"))
        path = etree.SubElement(paths, qn("a:path"), w=str(max(width, 1)), h=str(max(height, 1)))
        names = {"M": "a:moveTo", "L": "a:lnTo", "C": "a:cubicBezTo", "Z": "a:close"}
        for letter, *numbers in commands:
            step = etree.SubElement(path, qn(names[str(letter)]))
            for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                etree.SubElement(step, qn("a:pt"), x=str(self.emu(float(x)) - left), y=str(self.emu(float(y)) - top))
        return geometry

    def paint(self, shape: Any, mark: Rect | Circle | Path) -> None:
        self.plain(shape)
        if mark.fill is None:
            shape.fill.background()
        elif line := self.theme.hatching.get(mark.fill):
            shape.fill.patterned()
            shape.fill.pattern = MSO_PATTERN_TYPE.LIGHT_UPWARD_DIAGONAL
            shape.fill.fore_color.rgb = color_of(self.theme, line)
            shape.fill.back_color.rgb = color_of(self.theme, mark.fill)
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = color_of(self.theme, mark.fill)
            self.see_through(shape._element.spPr.find(qn("a:solidFill")), mark.opacity)
        if mark.stroke is None:
            shape.line.fill.background()
        else:
            self.line(shape, mark)

    def stroke(self, shape: Any, mark: Line) -> None:
        self.plain(shape)
        self.line(shape, mark)

    def plain(self, shape: Any) -> None:
        """Take away the style of the slide's theme, which would add shadows and colors of its own."""
        style = shape._element.find(qn("p:style"))
        if style is not None:
            shape._element.remove(style)

    def line(self, shape: Any, mark: Rect | Circle | Line | Path) -> None:
        assert mark.stroke
        shape.line.width = Pt(mark.stroke_width * self.scale)
        shape.line.fill.solid()
        shape.line.fill.fore_color.rgb = color_of(self.theme, mark.stroke)
        properties = shape._element.spPr.find(qn("a:ln"))
        self.see_through(properties.find(qn("a:solidFill")), mark.opacity)
        if isinstance(mark, Line | Path) and mark.caps == "round":
            properties.set("cap", "rnd")
        if mark.dash:
            dashes = etree.SubElement(properties, qn("a:custDash"))
            lengths = [max(1, round(100_000 * length / mark.stroke_width)) for length in mark.dash]
            for dash, space in zip(lengths[::2], lengths[1::2] or lengths[::2], strict=True):
                etree.SubElement(dashes, qn("a:ds"), d=str(dash), sp=str(space))
        if isinstance(mark, Path):
            etree.SubElement(properties, qn("a:round"))

    def see_through(self, fill: Any, opacity: float) -> None:
        if opacity != 1:
            etree.SubElement(fill[0], qn("a:alpha"), val=str(round(100_000 * opacity)))


class Style(NamedTuple):
    """How a line of text is written; `align` is l, ctr or r, whichever way the text is read."""

    theme: Theme
    lang: str
    size: float
    color: Role = "ink"
    bold: bool = False
    italic: bool = False
    align: str = "l"


def write_line(paragraph: Any, text: str, style: Style) -> None:
    """Write a text into an empty paragraph; its letters decide from which side it is read."""
    run = paragraph.add_run()
    run.text = visible(text)
    font = run.font
    font.name = style.theme.font.name if style.theme.font else FONT
    font.size = Pt(round(style.size, 1))
    font.bold, font.italic = style.bold, style.italic
    font.color.rgb = color_of(style.theme, style.color)
    font._element.set("lang", style.lang)
    properties = paragraph._p.get_or_add_pPr()
    properties.set("algn", style.align)
    if reads_from_right(text):
        properties.set("rtl", "1")
