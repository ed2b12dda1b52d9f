"""A scene with every kind of mark, every glyph and awkward text, for the tests of the writers."""

from __future__ import annotations

from journeykit.drawing import icons
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path, Rect, Scene
from journeykit.drawing.text import Typesetter

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

PATH_MARK = Path(
    commands=(("M", 20, 190), ("C", 60, 130, 120, 250, 180, 190), ("L", 180, 215), ("Z",)),
    fill="bad-soft",
    stroke="accent",
    stroke_width=1.5,
    opacity=0.7,
    kind="path",
)

LEAVES: tuple[Mark, ...] = (
    Rect(x=345, y=20, width=55, height=70, radius=6, fill="panel", stroke="rule", kind="rect"),
    Rect(x=182, y=20, width=30, height=70, fill="bad-area", kind="hatched"),
    Circle(x=250, y=50, radius=20, fill="good-soft", stroke="good", stroke_width=2, kind="circle"),
    Line(x1=290, y1=24, x2=330, y2=84, stroke="bad", stroke_width=2, dash=(4, 3), caps="round", kind="line"),
    PATH_MARK,
    PLAIN.label("Hello AVATAR Top fi — $5 to $10 ^ _", 28, 36, 7.5, kind="text"),
    PLAIN.label("Árvíztűrő tükörfúrógép", 28, 52, 9, bold=True, color="accent", kind="bold"),
    PLAIN.label("Καλημέρα κόσμε", 95, 66, 9, italic=True, color="muted", anchor="middle", kind="italic"),
    PLAIN.label("Привет, мир", 160, 82, 10.8, bold=True, italic=True, anchor="end", kind="bold-italic"),
    *PLAIN.block(PLAIN.wrap("<b>Nobody called</b> & nobody wrote \\ for three days.", 9, 110), 200, 130, 9),
)


def scene(*, leaves: tuple[Mark, ...] = LEAVES) -> Scene:
    """A sheet of 420 × 400 points."""
    drawn: list[Mark] = [
        icons.channel(name, 20 + number % 11 * 34, 235 + number // 11 * 30, 20, title=name)
        for number, name in enumerate((*icons.CHANNELS, "own"))
    ]
    drawn += [
        icons.sign(name, 20 + number % 11 * 34, 294 + number // 11 * 22, 20, "accent")
        for number, name in enumerate(icons.SIGNS)
    ]
    drawn += [icons.face(level, 32 + number * 34, 345, 24, level) for number, level in enumerate(icons.FACES)]
    drawn += [icons.low_point(PLAIN, rank, 240 + number * 30, 345, 18) for number, rank in enumerate((1, 2, 12))]
    return Scene(
        width=420,
        height=400,
        marks=(Group(marks=leaves, id="marks", title="Marks"), Group(marks=tuple(drawn), id="glyphs")),
        title="Specimen: árvíztűrő",
        description="Every mark.\nEvery glyph, ő included.",
    )
