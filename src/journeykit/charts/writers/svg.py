"""Scenes as SVG: real text, one element a line, nothing from elsewhere, the same bytes on each run.

Each text states its length, so that the layout holds where the viewer lacks the font. Inside, lengths are in
points; the picture as a whole is given in CSS pixels, so that it has its true size on screen and on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from journeykit.charts.geometry import Command
from journeykit.charts.scene import Circle, Group, Line, Mark, Path, Rect, Role, Scene, Text
from journeykit.charts.text import visible
from journeykit.charts.themes import Theme

FONTS = "'DejaVu Sans', Verdana, 'Noto Sans', 'Noto Sans CJK JP', 'Segoe UI', Arial, sans-serif"
"""First the font that texts are measured in, then its nearest likes in width."""

PIXEL = 96 / 72
"""CSS pixels in a point."""

HATCH = 4.0
"""Distance of slanted lines along x and y, in points; `figure` draws the same."""

Attributes = Iterable[tuple[str, str | float | None]]


def write(scene: Scene, theme: Theme, prefix: str = "") -> str:
    """The scene as a whole SVG file. `prefix` goes before every id: needed where one page shows many."""
    return "\n".join(_Writer(theme, prefix).document(scene)) + "\n"


class _Writer:
    def __init__(self, theme: Theme, prefix: str) -> None:
        self.theme = theme
        self.prefix = prefix

    def document(self, scene: Scene) -> Iterator[str]:
        about = [self.id("title")] + [self.id("desc")] * bool(scene.description)
        yield _tag(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("width", scene.width * PIXEL),
                ("height", scene.height * PIXEL),
                ("viewBox", f"0 0 {_number(scene.width)} {_number(scene.height)}"),
                ("role", "img"),
                ("aria-labelledby", " ".join(about)),
                ("lang", scene.lang),
                ("xml:lang", scene.lang),
                ("direction", "rtl" if scene.direction == "rtl" else None),
                ("font-family", FONTS),
                ("style", "font-variant-ligatures:none"),
            ],
        )
        yield f' <title id="{about[0]}">{_content(scene.title)}</title>'
        if scene.description:
            yield f' <desc id="{about[1]}">{_lines(scene.description)}</desc>'
        yield from self.hatches()
        yield _tag(
            "rect",
            [("width", scene.width), ("height", scene.height), ("fill", self.colour(scene.background))],
            close=True,
            indent=1,
        )
        self.swap = scene.direction == "rtl"
        for mark in scene.marks:
            yield from self.mark(mark, 1)
        yield "</svg>"

    def hatches(self) -> Iterator[str]:
        if not self.theme.hatching:
            return
        yield " <defs>"
        for role, line in sorted(self.theme.hatching.items()):
            size = _number(HATCH)
            yield (
                f'  <pattern id="{self.id("hatch-" + role)}" patternUnits="userSpaceOnUse" '
                f'width="{size}" height="{size}">'
                f'<rect width="{size}" height="{size}" fill="{self.theme.colours[role]}"/>'
                f'<path d="M-1 1L1 -1M0 {size}L{size} 0M{_number(HATCH - 1)} {_number(HATCH + 1)}'
                f'L{_number(HATCH + 1)} {_number(HATCH - 1)}" stroke="{self.theme.colours[line]}" '
                f'stroke-width="0.5"/></pattern>'
            )
        yield " </defs>"

    def mark(self, mark: Mark, depth: int) -> Iterator[str]:
        match mark:
            case Group():
                yield from self.group(mark, depth)
            case Text():
                if mark.text:
                    yield self.text(mark, depth)
            case Rect():
                place: Attributes = [
                    ("x", mark.x),
                    ("y", mark.y),
                    ("width", mark.width),
                    ("height", mark.height),
                    ("rx", mark.radius or None),
                ]
                yield self.shape("rect", place, mark, depth)
            case Circle():
                yield self.shape("circle", [("cx", mark.x), ("cy", mark.y), ("r", mark.radius)], mark, depth)
            case Line():
                ends = [("x1", mark.x1), ("y1", mark.y1), ("x2", mark.x2), ("y2", mark.y2)]
                yield self.shape("line", ends, mark, depth)
            case Path():
                yield self.shape("path", [("d", _path(mark.commands))], mark, depth)

    def group(self, group: Group, depth: int) -> Iterator[str]:
        yield _tag("g", [("id", self.id(group.id) if group.id else None), ("role", group.role or None)], indent=depth)
        inner = " " * (depth + 1)
        if group.title:
            yield f"{inner}<title>{_content(group.title)}</title>"
        if group.desc:
            yield f"{inner}<desc>{_lines(group.desc)}</desc>"
        for mark in group.marks:
            yield from self.mark(mark, depth + 1)
        yield " " * depth + "</g>"

    def text(self, mark: Text, depth: int) -> str:
        shown = visible(mark.text)
        anchor = mark.anchor
        if self.swap and anchor != "middle":  # in SVG the start of right-to-left text is its right edge
            anchor = "end" if anchor == "start" else "start"
        attributes: Attributes = [
            ("x", mark.x),
            ("y", mark.y),
            ("font-size", mark.size),
            ("font-weight", "bold" if mark.bold else None),
            ("font-style", "italic" if mark.italic else None),
            ("fill", self.colour(mark.colour)),
            ("text-anchor", None if anchor == "start" else anchor),
            ("textLength", mark.width or None),
            ("lengthAdjust", "spacingAndGlyphs" if mark.width else None),
            ("xml:space", "preserve" if "  " in shown or shown != shown.strip() else None),
        ]
        return f"{_tag('text', attributes, indent=depth)}{_content(shown)}</text>"

    def shape(self, name: str, place: Attributes, mark: Rect | Circle | Line | Path, depth: int) -> str:
        fill = None if isinstance(mark, Line) else mark.fill
        caps = mark.caps if isinstance(mark, Line | Path) else "butt"
        clear = mark.opacity if mark.opacity != 1 else None
        stroke: Attributes = [
            ("stroke", self.colour(mark.stroke)),
            ("stroke-width", mark.stroke_width if mark.stroke_width != 1 else None),
            ("stroke-opacity", clear),
            ("stroke-dasharray", " ".join(map(_number, mark.dash)) or None),
            ("stroke-linecap", "round" if caps == "round" else None),
            ("stroke-linejoin", "round" if isinstance(mark, Path) else None),
        ]
        attributes: Attributes = [
            *place,
            ("fill", None if isinstance(mark, Line) else self.fill(fill)),
            ("fill-opacity", clear if fill else None),
            *(stroke if mark.stroke else ()),
        ]
        return _tag(name, attributes, close=True, indent=depth)

    def fill(self, role: Role | None) -> str | None:
        if role in self.theme.hatching:
            return f"url(#{self.id(f'hatch-{role}')})"
        return self.colour(role)

    def colour(self, role: Role | None) -> str:
        return "none" if role is None else self.theme.colours[role]

    def id(self, name: str) -> str:
        return _value(self.prefix + re.sub(r"\s+", "-", name))


def _tag(name: str, attributes: Attributes, *, close: bool = False, indent: int = 0) -> str:
    written = "".join(
        f' {key}="{_number(value) if isinstance(value, int | float) else _value(value)}"'
        for key, value in attributes
        if value is not None
    )
    return f"{' ' * indent}<{name}{written}{'/' * close}>"


def _path(commands: Iterable[Command]) -> str:
    return "".join(step + " ".join(map(_number, numbers)) for step, *numbers in commands)


def _number(value: float) -> str:
    """At most two decimals: a hundredth of a point is finer than any screen or printer."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _content(text: str) -> str:
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(text: str) -> str:
    return "\n".join(map(_content, text.splitlines()))


def _value(text: str) -> str:
    return _content(text).replace('"', "&quot;")
