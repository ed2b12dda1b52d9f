"""Every text has enough contrast to what is drawn below it, in every chart and theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pytest

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.frame import scene_of
from journeykit.drawing import themes
from journeykit.drawing.geometry import Box, Command
from journeykit.drawing.scene import Circle, Path, Rect, Role, Scene, Text, walk
from journeykit.drawing.text import Typesetter

from .maps import EXAMPLES, example, full

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

Fill = tuple[Role, float]
"""A color's role and its opacity."""


class Read(NamedTuple):
    """A text's color, and the fills that lie under one point of it, from the page upwards."""

    text: str
    color: Role
    under: tuple[Fill, ...]


class Area(NamedTuple):
    box: Box
    fill: Fill
    sides: list[tuple[tuple[float, float], tuple[float, float]]]
    """Of a path, flattened; none where the box is the shape."""

    def holds(self, x: float, y: float) -> bool:
        box = self.box
        if not (box.left <= x <= box.right and box.top <= y <= box.bottom):
            return False
        if not self.sides:
            return True
        winding = 0
        for (x1, y1), (x2, y2) in self.sides:
            if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                winding += 1 if y2 > y1 else -1
        return winding != 0


def flattened(commands: tuple[Command, ...]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    sides: list[tuple[tuple[float, float], tuple[float, float]]] = []
    start = (0.0, 0.0)
    for command in commands:
        if command[0] == "M":
            start = (command[1], command[2])
            points = [start]
            continue
        here = points[-1]
        if command[0] == "L":
            new = [(command[1], command[2])]
        elif command[0] == "C":
            _, ax, ay, bx, by, x, y = command
            new = []
            for step in range(1, 9):
                t = step / 8
                weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
                new.append(
                    (
                        sum(w * v for w, v in zip(weights, (here[0], ax, bx, x), strict=True)),
                        sum(w * v for w, v in zip(weights, (here[1], ay, by, y), strict=True)),
                    )
                )
        else:
            new = [start]
        sides += pairwise([here, *new])
        points += new
    return sides


def readings(scene: Scene) -> Iterator[Read]:
    """Each text at three points along its middle, with what was drawn there before it."""
    areas: list[Area] = []
    for mark, _ in walk(scene):
        if isinstance(mark, Text):
            box = mark.box()
            y = mark.y - 0.35 * mark.size
            for share in (0.05, 0.5, 0.95):
                x = box.left + share * box.width
                under = [area.fill for area in areas if area.holds(x, y)]
                yield Read(mark.text, mark.color, ((scene.background, 1.0), *under))
        elif isinstance(mark, Rect | Circle | Path) and mark.fill is not None:
            sides = flattened(mark.commands) if isinstance(mark, Path) else []
            areas.append(Area(mark.box(), (mark.fill, mark.opacity), sides))


def ground(under: tuple[Fill, ...], theme: themes.Theme) -> str:
    """What is seen of fills laid over one another."""
    seen = [255.0, 255.0, 255.0]
    for role, opacity in under:
        own = theme.colors[role]
        seen = [
            below * (1 - opacity) + int(own[at : at + 2], 16) * opacity
            for at, below in zip((1, 3, 5), seen, strict=True)
        ]
    return "#" + "".join(f"{round(part):02x}" for part in seen)


def unreadable(reads: set[Read], theme: themes.Theme) -> list[str]:
    """What has less contrast than 4.5 : 1 (WCAG 2.2, 1.4.3), which we ask of large text too."""
    worst: dict[tuple[Role, tuple[Fill, ...]], str] = {}
    for read in reads:
        contrast = themes.contrast(theme.colors[read.color], ground(read.under, theme))
        if contrast < 4.5:
            worst[read.color, read.under] = f"{read.text!r}: {read.color} on {read.under}: {contrast:.2f}"
    return list(worst.values())


@cache
def _reads(name: str, chart: str) -> frozenset[Read]:
    journey = full(7) if name == "full" else example(name)
    return frozenset(readings(scene_of(journey, chart=chart)))


@pytest.mark.parametrize("theme", themes.NAMES)
@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", [*(path.name.split(".")[0] for path in EXAMPLES), "full"])
def test_every_text_is_readable_where_it_stands(name: str, chart: str, theme: str) -> None:
    assert unreadable(set(_reads(name, chart)), themes.load(theme)) == []


def test_texts_are_found_on_grounds_of_many_kinds() -> None:
    """The walk sees cards, bars, discs and the areas under the curve, not the page alone."""
    grounds = {role for read in _reads("full", "map") for role, _ in read.under[-1:]}
    assert {"page", "panel", "accent", "accent-soft", "bad-area", "good-area", "bad"} & grounds >= {
        "page",
        "panel",
        "accent",
        "accent-soft",
        "bad",
    }


def test_a_text_on_the_wrong_ground_would_be_found() -> None:
    disc = Path(commands=(("M", 0, 0), ("L", 90, 0), ("L", 90, 40), ("L", 0, 40), ("Z",)), fill="accent")
    triangle = Path(commands=(("M", 0, 0), ("L", 5, 0), ("L", 0, 5), ("Z",)), fill="accent")
    veil = Rect(x=0, y=0, width=90, height=40, fill="ink", opacity=0.8)

    def found(*marks: Path | Rect | Text) -> list[str]:
        return unreadable(set(readings(Scene(width=90, height=40, marks=marks, title="t"))), themes.load("light"))

    words = PLAIN.label("words", 20, 25, 9)
    assert found(words) == found(triangle, words) == found(words, disc) == []
    assert found(disc, words) and found(veil, words)
