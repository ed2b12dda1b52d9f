"""Scenes as SVG: text as text, one element on a line, no external resources, the same bytes in each run.

Each text has its measured length, so that the layout is kept if the viewer lacks the font. Lengths are in points;
the size of the picture is in CSS pixels, or in the unit of its paper, so that it has its true size on screen and
on paper.

`write` makes a file. `write_inline` makes a part of an HTML page, where several pictures share the ids, a strict policy
forbids styles within them, and the page chooses the theme: colors are the custom properties of `theme_properties`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import ORIGIN, Circle, Group, Image, Line, Mark, Path, Rect, Role, Scene, Text
from journeykit.drawing.text import visible
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.links import ADDRESS

FONTS = "'DejaVu Sans', Verdana, 'Noto Sans', 'Noto Sans CJK JP', 'Segoe UI', Arial, sans-serif"
"""The font in which texts are measured, and then fonts of similar width."""

PIXEL = 96 / 72
"""CSS pixels in a point."""

HATCH = 4.0
"""Distance of hatching lines along x and y in points, in all formats."""

BOLD = ' font-weight="bold"'
ITALIC = ' font-style="italic"'
MARKUP = re.compile("[&<>]")
PLAIN_ID = re.compile("[a-zA-Z0-9-]+")
NAMELESS = re.compile("[^a-zA-Z0-9]+")
"""What cannot stand in the name of a pattern that a style sheet refers to."""
PRESERVE = ' xml:space="preserve"'
RIGHT_TO_LEFT = ' direction="rtl"'
ADJUST = ' lengthAdjust="spacingAndGlyphs"'
JOINED = "\u0590"
"""From this character on there are scripts whose letters join; those before are Latin, Greek, Cyrillic, Armenian."""
FORMS = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}


def write(scene: Scene, theme: Theme) -> str:
    """Return the scene as an SVG file."""
    return "\n".join([*_Writer(theme).document(scene), ""])


def write_inline(
    scene: Scene, theme: Theme, prefix: str, *, described_by: str = "", classes: Container[str] = ()
) -> str:
    """Return the scene as an element of an HTML page: no style, no title, and colors that the page's theme sets.

    `prefix` is put before each id. `described_by` is the id of the element of the page that says what the picture
    shows. Marks whose kind is in `classes` have it as their class.
    """
    colors: dict[Role, str] = {role: f"var(--{role})" for role in theme.colors}
    writer = _Writer(theme._replace(colors=colors, hatching={}), prefix, classes)
    return "\n".join(writer.element(scene, described_by))


def theme_properties(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield the custom properties, and their values, that color what `write_inline` writes."""
    for role, color in theme.colors.items():
        yield f"--{role}", f"url(#{_hatch(theme, role)})" if role in theme.hatching else color


def hatches(themes: Iterable[Theme]) -> str:
    """Return the patterns that the properties of these themes refer to, as an element of the page without a size."""
    lines = [
        _pattern(_hatch(theme, role), theme, role, line)
        for theme in themes
        for role, line in sorted(theme.hatching.items())
    ]
    return "\n".join(['<svg width="0" height="0" aria-hidden="true"><defs>', *lines, "</defs></svg>"]) if lines else ""


def _hatch(theme: Theme, role: Role) -> str:
    return f"hatch-{role}-{NAMELESS.sub('-', theme.name)}"


def _pattern(id: str, theme: Theme, role: Role, line: Role) -> str:
    size = _number(HATCH)
    return (
        f'<pattern id="{id}" patternUnits="userSpaceOnUse" '
        f'width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" fill="{theme.colors[role]}"/>'
        f'<path d="M-1 1L1 -1M0 {size}L{size} 0M{_number(HATCH - 1)} {_number(HATCH + 1)}'
        f'L{_number(HATCH + 1)} {_number(HATCH - 1)}" stroke="{theme.colors[line]}" '
        f'stroke-width="0.5"/></pattern>'
    )


class _Drawing(NamedTuple):
    """Where marks that several places share were written first."""

    number: int
    line: int
    x: float
    y: float


class _Writer:
    def __init__(self, theme: Theme, prefix: str = "", classes: Container[str] = ()) -> None:
        self.theme = theme
        self.prefix = prefix
        self.classes = classes
        self.inline = bool(prefix)
        self.place = _tenths if prefix else _number
        """Whether it is a part of a page. Groups then have no titles: a page has a better way to say more on hover."""
        self.lines: list[str] = []
        self.linked = False
        """Whether there are links."""
        self.looks: dict[tuple[object, ...], str] = {}
        """Attributes of shapes and texts by what they depend on: there are far fewer of them than marks."""
        self.drawings: dict[int, _Drawing] = {}
        """Where marks that several places share were written, by the identity of their tuple, which the scene keeps."""

    def document(self, scene: Scene) -> Iterator[str]:
        about = [self.id("title")] + [self.id("desc")] * bool(scene.description)
        lang = _value(scene.lang)
        content = [*self.content(scene)]
        role = f'role="img" aria-labelledby="{" ".join(about)}"'
        if self.linked:  # an image would hide its links
            described = f' aria-describedby="{about[1]}"' if scene.description else ""
            role = f'role="graphics-document document" aria-labelledby="{about[0]}"{described}'
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {self.size(scene)}'
            f' {role} lang="{lang}" xml:lang="{lang}" {self.letters()}>'
        )
        yield f'<title id="{about[0]}">{_content(scene.title)}</title>'
        if scene.description:
            yield f'<desc id="{about[1]}">{_lines(scene.description)}</desc>'
        yield from self.own_font(scene)
        yield from self.hatches()
        yield from content

    def element(self, scene: Scene, described_by: str) -> Iterator[str]:
        described = f' aria-describedby="{_value(described_by)}"' if described_by else ""
        yield (
            f'<svg {self.size(scene)} id="{self.id("picture")}"'
            f' role="img" aria-label="{_value(scene.title)}"{described}'
            f' lang="{_value(scene.lang)}" {self.letters()}>'
        )
        yield from self.content(scene)

    def size(self, scene: Scene) -> str:
        if paper := scene.paper:
            size = f'width="{_number(paper.across)}{paper.unit}" height="{_number(paper.down)}{paper.unit}"'
        else:
            size = f'width="{_number(scene.width * PIXEL)}" height="{_number(scene.height * PIXEL)}"'
        return f'{size} viewBox="0 0 {_number(scene.width)} {_number(scene.height)}"'

    def content(self, scene: Scene) -> Iterator[str]:
        page = f'width="{_number(scene.width)}" height="{_number(scene.height)}"'
        yield f'<rect {page} fill="{self.color(scene.background)}"/>'
        for mark in scene.marks:
            self.mark(mark)
        yield from self.lines
        yield "</svg>"

    def letters(self) -> str:
        """Return how texts look that say nothing else: most are of this size and color."""
        fonts = f"'{self.theme.font.name}', {FONTS}" if self.theme.font else FONTS
        size = _number(self.theme.type.body)
        return f'font-family="{fonts}" font-size="{size}" font-variant="none" fill="{self.color("ink")}"'

    def own_font(self, scene: Scene) -> Iterator[str]:
        """Yield the user's font, reduced to the characters in use, so that viewers need not have it."""
        if self.theme.font is None:
            return
        from journeykit.drawing.writers.embedding import font_faces

        yield "<style>"
        yield from font_faces(scene, self.theme.font)
        yield "</style>"

    def hatches(self) -> Iterator[str]:
        if not self.theme.hatching:
            return
        yield "<defs>"
        for role, line in sorted(self.theme.hatching.items()):
            yield _pattern(self.id(f"hatch-{role}"), self.theme, role, line)
        yield "</defs>"

    def mark(self, mark: Mark) -> None:
        match mark:
            case Text():
                if mark.text:
                    self.lines.append(self.text(mark))
            case Group():
                self.group(mark)
            case Path():
                self.lines.append(f'<path d="{_path(mark.commands)}"{self.look(mark)}/>')
            case Rect():
                corner = f' rx="{_number(mark.radius)}"' if mark.radius else ""
                place = f'x="{self.place(mark.x)}" y="{self.place(mark.y)}"'
                size = f'width="{self.place(mark.width)}" height="{self.place(mark.height)}"'
                self.lines.append(f"<rect {place} {size}{corner}{self.look(mark)}/>")
            case Circle():
                place = f'cx="{self.place(mark.x)}" cy="{self.place(mark.y)}" r="{_number(mark.radius)}"'
                self.lines.append(f"<circle {place}{self.look(mark)}/>")
            case Line():
                start = f'x1="{self.place(mark.x1)}" y1="{self.place(mark.y1)}"'
                end = f'x2="{self.place(mark.x2)}" y2="{self.place(mark.y2)}"'
                self.lines.append(f"<line {start} {end}{self.look(mark)}/>")
            case Image():
                size = f'width="{_number(mark.width)}" height="{_number(mark.height)}"'
                kind = FORMS[mark.form]
                self.lines.append(
                    f'<image x="{_number(mark.x)}" y="{_number(mark.y)}" {size} '
                    f'href="data:{kind};base64,{b64encode(mark.data).decode()}"/>'
                )

    def group(self, group: Group) -> None:
        name = f' id="{self.id(group.id)}"' if group.id else ""
        role = f' role="{_value(group.role)}"' if group.role and not self.inline else ""
        tag = "g"
        if ADDRESS.fullmatch(group.href) and not self.inline:  # a picture that is one image holds no links
            self.linked = True
            tag, name = "a", f'{name} href="{_value(group.href)}" target="_blank" rel="noopener noreferrer"'
        about = [] if self.inline else [f"<title>{_content(group.title)}</title>"] * bool(group.title)
        if group.desc and not self.inline:
            about.append(f"<desc>{_lines(group.desc)}</desc>")
        attributes = f"{name}{self.kind(group)}{role}"
        if group.at != ORIGIN:
            bare = tag == "g" and not attributes and not about
            if not bare:
                self.lines += [f"<{tag}{attributes}>", *about]
            self.drawing(group)
            if not bare:
                self.lines.append(f"</{tag}>")
            return
        self.lines += [f"<{tag}{attributes}>", *about]
        for mark in group.marks:
            self.mark(mark)
        self.lines.append(f"</{tag}>")

    def drawing(self, group: Group) -> None:
        """Write marks that stand in several places once, and refer to them from the others."""
        x, y = group.at
        first = self.drawings.get(id(group.marks))
        if first is not None:
            id_ = self.id(f"icon-{first.number}")
            self.lines[first.line] = f'<g id="{id_}" transform="translate({_number(first.x)} {_number(first.y)})">'
            self.lines.append(f'<use href="#{id_}" x="{_number(x - first.x)}" y="{_number(y - first.y)}"/>')
            return
        self.drawings[id(group.marks)] = _Drawing(len(self.drawings) + 1, len(self.lines), x, y)
        self.lines.append(f'<g transform="translate({_number(x)} {_number(y)})">')
        for mark in group.marks:
            self.mark(mark)
        self.lines.append("</g>")

    def text(self, mark: Text) -> str:
        x, anchor = mark.x, mark.anchor
        if mark.from_right:  # viewers disagree on which edge of such text is its start, but not on its middle
            x, anchor = mark.left + mark.width / 2, "middle"
        key = (mark.size, mark.bold, mark.italic, mark.color, anchor, mark.from_right)
        if (look := self.looks.get(key)) is None:
            size = "" if mark.size == self.theme.type.body else f' font-size="{_number(mark.size)}"'
            color = "" if mark.color == "ink" else f' fill="{self.color(mark.color)}"'
            look = self.looks[key] = (
                f"{size}{BOLD * mark.bold}{ITALIC * mark.italic}{color}{ANCHORS[anchor]}"
                f"{RIGHT_TO_LEFT * mark.from_right}"
            )
        length = ""
        if mark.width:  # pages are read where a similar font is: letters that do not join may stand apart a little
            adjust = "" if self.inline and max(mark.text, default="") < JOINED else ADJUST
            length = f' textLength="{self.place(mark.width)}"{adjust}'
        kind = self.kind(mark) if mark.kind else ""
        return f'<text x="{self.place(x)}" y="{self.place(mark.y)}"{kind}{look}{length}{_words(mark.text)}</text>'

    def kind(self, mark: Text | Group) -> str:
        return f' class="{mark.kind}"' if mark.kind in self.classes else ""

    def look(self, mark: Rect | Circle | Line | Path) -> str:
        caps = mark.caps if isinstance(mark, Line | Path) else ""
        fill = None if isinstance(mark, Line) else mark.fill
        key = (type(mark), fill, mark.stroke, mark.stroke_width, mark.dash, mark.opacity, caps)
        if (look := self.looks.get(key)) is None:
            look = self.looks[key] = self.painted(mark)
        return look

    def painted(self, mark: Rect | Circle | Line | Path) -> str:
        written = ""
        clear = f'-opacity="{_number(mark.opacity)}"' if mark.opacity != 1 else ""
        if not isinstance(mark, Line):
            written += f' fill="{self.fill(mark.fill)}"'
            if clear and mark.fill:
                written += " fill" + clear
        if mark.stroke:
            written += f' stroke="{self.color(mark.stroke)}"'
            if mark.stroke_width != 1:
                written += f' stroke-width="{_number(mark.stroke_width)}"'
            if clear:
                written += " stroke" + clear
            if mark.dash:
                written += f' stroke-dasharray="{" ".join(map(_number, mark.dash))}"'
            if isinstance(mark, Line | Path) and mark.caps == "round":
                written += ' stroke-linecap="round"'
            if isinstance(mark, Path):
                written += ' stroke-linejoin="round"'
        return written

    def fill(self, role: Role | None) -> str | None:
        if role in self.theme.hatching:
            return f"url(#{self.id(f'hatch-{role}')})"
        return self.color(role)

    def color(self, role: Role | None) -> str:
        return "none" if role is None else self.theme.colors[role]

    def id(self, name: str) -> str:
        if PLAIN_ID.fullmatch(name):
            return self.prefix + name
        return _value(self.prefix + re.sub(r"\s+", "-", name))


def _path(commands: Iterable[Command]) -> str:
    """Return a path without the spaces and zeros that numbers can do without."""
    return "".join([command[0] + " ".join([_short(one) for one in command[1:]]) for command in commands]).replace(
        " -", "-"
    )


@lru_cache(maxsize=1 << 14)
def _short(value: float) -> str:
    """Return a number of a path: far from the origin with one decimal, a twentieth of a point off at most."""
    written = _number(round(value, 1) if abs(value) >= 100 else value)
    return written.replace("0.", ".", 1) if written.startswith(("0.", "-0.")) else written


@lru_cache(maxsize=1 << 14)
def _tenths(value: float) -> str:
    """Return a length on a page: a tenth of a point is seen by nobody, and pages are smaller."""
    return _number(round(value, 1))


def _number(value: float) -> str:
    """Return a number with at most two decimals; a hundredth of a point is finer than any screen or printer."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> str:
    """Return the end of a text element: an attribute that preserves white space, if needed, and the text."""
    shown = visible(text)
    spaced = PRESERVE if "  " in shown or shown[:1].isspace() or shown[-1:].isspace() else ""
    return f"{spaced}>{_escaped(shown)}"


def _content(text: str) -> str:
    return _escaped(visible(text))


def _escaped(text: str) -> str:
    if not MARKUP.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(text: str) -> str:
    return "\n".join(map(_content, text.splitlines()))


def _value(text: str) -> str:
    return _content(text).replace('"', "&quot;")
