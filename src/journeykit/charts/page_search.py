"""Search for the best layout on pages: few of them that break at good places, and large text.

A chart is laid out in points of a scene that is as much larger or smaller than the paper as its text is to be, for
several numbers of columns and two densities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import NamedTuple, Protocol, TypeVar

from journeykit.charts.page_breaks import PAGE
from journeykit.drawing.paper import Paper
from journeykit.drawing.scene import Group, Mark
from journeykit.drawing.text import Typesetter, line_step
from journeykit.drawing.themes import SMALLEST, TypeScale

MARGIN = 28.0
GUTTER = 104.0
"""Width of the labels at the left."""
LOW, HIGH = 0.6, 1.6
"""Heights of the plot in usual ones: the least, and the most where there is room."""
WIDER = 6.0
"""The most that is added between two lanes to fill a page, in units of spacing."""
TIGHTER, CLOSER = 0.87, 0.75
"""Factors of the sizes of text and of spacing in the denser layout."""
NARROWER = (0.95, 0.8)
"""Factors of the least width of columns, without and with `TIGHTER`."""
TRIED = 5
"""So many numbers of columns are tried."""
LARGEST = 1 / 340
"""The largest scale of the text, in short sides of the paper: on A4 normal text has at most 16 points."""
TEXT, ROW, PARTED = 12.0, 2.0, 1.5
"""How good it is if text is larger (by its logarithm), and how bad are one more row and one more word that is parted
with a hyphen, beside `page_breaks`."""


class Format(NamedTuple):
    """One way to lay out a chart: a paper, the most columns in a row, and how dense it is."""

    paper: Paper
    columns: int
    tight: bool


class Paged(Protocol):
    """A chart divided into pages."""

    @property
    def format(self) -> Format: ...
    @property
    def pages(self) -> int: ...
    @property
    def value(self) -> float:
        """How good it is."""


L = TypeVar("L", bound=Paged)


def best(formats: Iterable[Format], lay_out: Callable[[Format, float], L | None]) -> L | None:
    """Return the best layout whose text is not too small; `lay_out` takes a format and the scale of the text."""
    found = [layout for one in formats if (layout := lay_out(one, least_scale(one.paper)))]
    if not found:
        return None
    good = max(layout.value for layout in found) - PAGE[found[0].format.paper.unit]
    largest = [_with_largest_text(layout, lay_out) for layout in found if layout.value > good]
    return max(largest, key=lambda layout: layout.value)


def _with_largest_text(layout: L, lay_out: Callable[[Format, float], L | None]) -> L:
    """Return the best layout in a format with larger text on as many pages."""
    paper, found = layout.format.paper, layout
    scale, step = least_scale(paper), 1.25
    while step > 1.03:
        fits = scale * step <= LARGEST * min(paper.width, paper.height)
        larger = lay_out(layout.format, scale * step) if fits else None
        if larger and larger.pages <= layout.pages:
            scale *= step
            found = max(found, larger, key=lambda one: one.value)
        else:
            step **= 0.5
    return found


def least_scale(paper: Paper) -> float:
    """Return the scale at which the smallest text has its least size on paper."""
    return paper.smallest / SMALLEST


def numbers_of_columns(count: int, most: int) -> list[int]:
    """Return numbers of columns, up to `most`, that make rows of nearly equal length; the largest first."""
    if most < 1:
        return []
    rows = range(ceil(count / min(most, count)), count + 1)
    return list(dict.fromkeys(ceil(count / number) for number in rows))[:TRIED]


def dense(type: TypeScale) -> TypeScale:
    """Return the sizes of text of the denser layout."""
    return TypeScale(*(max(SMALLEST, size * TIGHTER) for size in type))


def foot_height(type: TypeScale, unit: float) -> float:
    """Return the height of title and page number below a page."""
    return line_step(type.caption) + 2 * unit


def foot(text: Typesetter, size: float, title: str, width: float, height: float, where: str) -> Mark:
    """Return title and page number at the bottom of a page."""
    base, right = height - MARGIN - 0.24 * size, width - MARGIN
    number = text.label(where, right, base, size, color="muted", anchor="end", kind="page")
    (first, *more) = text.wrap(title, size, right - MARGIN - number.width - 20)
    label = text.label(first + " …" * bool(more), MARGIN, base, size, color="muted", kind="title")
    return Group(marks=(label, number), id="foot")
