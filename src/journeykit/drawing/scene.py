"""Scenes: a picture as a tree of marks, independent of the format it is written in.

All lengths are in points (1/72 inch); the origin is the top left corner, y grows downwards. Marks have
color *roles*; the writers take the colors of the roles from the theme.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from journeykit.drawing.geometry import Box, Command, bounds, shifted, union
from journeykit.drawing.paper import Paper

Role: TypeAlias = Literal[
    "page",  # behind everything
    "panel",  # cards and quiet bands on the page
    "panel-strong",  # a bar or chip that must stand off a panel
    "ink",  # main text
    "muted",  # secondary text and quiet icons
    "rule",  # hairlines, borders, grid
    "accent",  # the one accent: stage bars, links, what to do
    "accent-soft",
    "on-accent",
    "good",  # above neutral
    "good-soft",
    "good-ink",
    "good-area",
    "on-good",
    "neutral",  # at neutral, unrated
    "neutral-soft",
    "on-neutral",
    "bad",  # below neutral
    "bad-soft",
    "bad-ink",
    "bad-area",
    "on-bad",
    "star",  # wows and peaks
    "star-soft",
    "on-star",
    "line-1",  # curves laid over each other, in their order
    "line-2",
    "line-3",
    "line-4",
    "line-5",
    "line-6",
]
"""Meaning of a color. `-soft` is a tint behind text, `-area` a tint between curve and neutral (hatched in themes
without colors), `-ink` the shade for text, `on-` the color of text on the full color. `themes.PAIRS` lists which
text colors are legible on which backgrounds."""

Anchor: TypeAlias = Literal["start", "middle", "end"]
"""Position of x in a text. `start` is always the left edge, in right-to-left text too."""

ORIGIN = (0.0, 0.0)
ASCENT = 0.93
DESCENT = 0.24
"""Height above and depth below the baseline of accented capitals and descenders of DejaVu Sans, in ems."""


class Text(NamedTuple):
    """One line of text with its measured width. `text.Typesetter.label` creates it."""

    x: float
    y: float
    """Baseline."""
    text: str
    size: float
    width: float
    bold: bool = False
    italic: bool = False
    color: Role = "ink"
    anchor: Anchor = "start"
    from_right: bool = False
    """Whether the paragraph is right-to-left; then the full stop at its end is at the left."""
    kind: str = ""

    @property
    def left(self) -> float:
        return self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]

    def box(self) -> Box:
        return Box(self.left, self.y - ASCENT * self.size, self.left + self.width, self.y + DESCENT * self.size)

    def moved(self, dx: float, dy: float) -> Text:
        return self._replace(x=self.x + dx, y=self.y + dy)


class Rect(NamedTuple):
    """A rectangle with rounded corners. The stroke is centred on the edge."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    kind: str = ""

    def box(self) -> Box:
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)

    def moved(self, dx: float, dy: float) -> Rect:
        return self._replace(x=self.x + dx, y=self.y + dy)


class Circle(NamedTuple):
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    kind: str = ""

    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def moved(self, dx: float, dy: float) -> Circle:
        return self._replace(x=self.x + dx, y=self.y + dy)


class Line(NamedTuple):
    """A straight line from (x1, y1) to (x2, y2)."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Role = "ink"
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    caps: Literal["butt", "round"] = "butt"
    kind: str = ""

    def box(self) -> Box:
        return Box(min(self.x1, self.x2), min(self.y1, self.y2), max(self.x1, self.x2), max(self.y1, self.y2))

    def moved(self, dx: float, dy: float) -> Line:
        return self._replace(x1=self.x1 + dx, y1=self.y1 + dy, x2=self.x2 + dx, y2=self.y2 + dy)


class Path(NamedTuple):
    """A path of lines and cubic curves with round joins, filled by the non-zero rule."""

    commands: tuple[Command, ...]
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    caps: Literal["butt", "round"] = "butt"
    kind: str = ""

    def box(self) -> Box:
        """Return the box around the path itself, not around its control points."""
        return bounds(self.commands)

    def moved(self, dx: float, dy: float) -> Path:
        return self._replace(commands=shifted(self.commands, dx, dy))


class Image(NamedTuple):
    """An embedded picture, such as a logo. Writers that cannot embed it use `png`, a PNG or JPEG of it."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    form: Literal["png", "jpeg", "svg"]
    png: bytes | None
    kind: str = ""

    def box(self) -> Box:
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)

    def moved(self, dx: float, dy: float) -> Image:
        return self._replace(x=self.x + dx, y=self.y + dy)


class Group(NamedTuple):
    """Marks that belong together. `id` is unique in a scene and the same in each run."""

    marks: tuple[Mark, ...]
    id: str = ""
    title: str = ""
    """Title in an SVG, which viewers read out and show on hover."""
    desc: str = ""
    role: str = ""
    """ARIA role, such as `img` for an icon with a title."""
    kind: str = ""
    at: tuple[float, float] = ORIGIN
    """Position of the origin of its marks; an icon is built once and placed many times."""
    href: str = ""
    """Address (http, https or mailto) that it leads to, where the format has links."""

    def box(self) -> Box:
        return union(mark.box() for mark in self.marks).moved(*self.at)

    def moved(self, dx: float, dy: float) -> Group:
        if self.at != ORIGIN:
            return self._replace(at=(self.at[0] + dx, self.at[1] + dy))
        return self._replace(marks=tuple(mark.moved(dx, dy) for mark in self.marks))


Leaf: TypeAlias = Text | Rect | Circle | Line | Path | Image
Mark: TypeAlias = Leaf | Group
"""`box()` returns the bounds without the stroke's width, `moved(dx, dy)` the mark moved.
`kind` is a tag that lanes and tests use to find marks (`background`, `band`, `curve` …)."""


class Scene(NamedTuple):
    """A whole picture. `description` is its alt text, which every format contains."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str
    description: str = ""
    lang: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    background: Role = "page"
    paper: Paper | None = None
    """The page that the picture fills; without one a point of the scene is a point of the picture."""

    @property
    def scale(self) -> float:
        """Size of a point of the scene in points of the picture."""
        return self.paper.width / self.width if self.paper else 1.0


class Placed(NamedTuple):
    """A leaf mark and the ids of the groups that contain it, outermost first; groups without an id are omitted."""

    mark: Leaf
    groups: tuple[str, ...]


def walk(scene: Scene | Group) -> list[Placed]:
    """Return each leaf mark at its position on the page, in drawing order."""
    found: list[Placed] = []
    _find_leaves(scene.marks, (), scene.at if isinstance(scene, Group) else ORIGIN, found)
    return found


def _find_leaves(marks: Iterable[Mark], groups: tuple[str, ...], at: tuple[float, float], found: list[Placed]) -> None:
    for mark in marks:
        if isinstance(mark, Group):
            inner = (at[0] + mark.at[0], at[1] + mark.at[1])
            _find_leaves(mark.marks, (*groups, mark.id) if mark.id else groups, inner, found)
        else:
            found.append(Placed(mark if at == ORIGIN else mark.moved(*at), groups))
