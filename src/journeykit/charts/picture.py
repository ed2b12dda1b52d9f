"""From a journey to the bytes of a picture: laid out as a scene, written in a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from journeykit.charts.columns import Axis
from journeykit.charts.frame import pages_of, scene_of
from journeykit.drawing.scene import Scene
from journeykit.drawing.text import missing
from journeykit.drawing.themes import Theme, load
from journeykit.model import Journey
from journeykit.scoring import Scores

if TYPE_CHECKING:
    from journeykit.comparing import Comparison
    from journeykit.comparing.history import History


class Picture(NamedTuple):
    """How a picture should look: what it shows, in which format, theme and size."""

    format: str = "svg"
    chart: str = "map"
    axis: Axis = "order"
    theme: str = "light"
    columns: int | Literal["all"] | None = None
    """The most touchpoints in a row."""
    width: float | None = None
    """Of the whole picture, in points."""
    dpi: float | None = None
    """Pixels per inch of a PNG."""
    optimize: bool = False
    """Whether a PNG is made as small as it can be, which takes longer."""
    lanes: tuple[str, ...] = ()
    """The lanes in their order; those of the chart if none are named."""

    def pages(self, journey: Journey, scores: Scores) -> Iterator[Scene]:
        """The journey laid out on as many pages as it needs."""
        return pages_of(
            journey, scores, chart=self.chart, lanes=self.lanes, axis=self.axis, columns=self.columns, width=self.width,
            theme=load(self.theme),
        )  # fmt: skip

    def scene(self, journey: Journey, scores: Scores) -> Scene:
        """The journey laid out."""
        return scene_of(
            journey, scores, chart=self.chart, lanes=self.lanes, axis=self.axis, columns=self.columns, width=self.width,
            theme=load(self.theme),
        )  # fmt: skip


def draw(journey: Journey, scores: Scores, picture: Picture) -> tuple[bytes, list[str]]:
    """The bytes of a picture, and a warning for each script that no font on this machine can draw.

    Raises UsageError where the picture cannot be had of this journey.
    """
    return _written(picture.scene(journey, scores), picture)


def draw_pages(journey: Journey, scores: Scores, picture: Picture) -> Iterator[tuple[bytes, list[str]]]:
    """As `draw`, one picture after the other where a journey is too long for one; a PDF holds all its pages."""
    pages = picture.pages(journey, scores)
    if picture.format != "pdf":
        yield from (_written(page, picture) for page in pages)
        return
    from journeykit.drawing.writers.figure import write_pdf

    first, *further = pages
    gaps = dict.fromkeys(gap.message for page in (first, *further) for gap in missing(page, load(picture.theme).font))
    yield write_pdf(first, load(picture.theme), further), [*gaps]


def draw_overlay(pairs: Sequence[tuple[Journey, Scores]], picture: Picture) -> tuple[bytes, list[str]]:
    """The bytes of two to six journeys drawn over each other, and warnings as `draw` gives them.

    Of the picture's settings its chart, lanes and columns do not apply. Raises UsageError where it cannot be drawn.
    """
    from journeykit.charts.overlay.chart import overlay_of

    scene = overlay_of(pairs, axis=picture.axis, width=picture.width, theme=load(picture.theme))
    return _written(scene, picture)


def draw_difference(
    comparison: Comparison, picture: Picture, names: tuple[str, str] | None = None
) -> tuple[bytes, list[str]]:
    """The bytes of two versions of a journey held against each other, and warnings as `draw` gives them.

    `names` are what the two are called, such as revisions; without them what differs about them. Of the picture's
    settings its chart, lanes and axis do not apply. Raises UsageError where it cannot be drawn.
    """
    from journeykit.charts.difference.chart import difference_of

    scene = difference_of(
        comparison, names=names, columns=picture.columns, width=picture.width, theme=load(picture.theme)
    )
    return _written(scene, picture)


def draw_history(history: History, picture: Picture) -> tuple[bytes, list[str]]:
    """The bytes of the score over a file's versions, and warnings as `draw` gives them.

    Of the picture's settings its chart, lanes, columns and axis do not apply. Raises UsageError if it cannot be.
    """
    from journeykit.charts.history.chart import history_of

    return _written(history_of(history, width=picture.width, theme=load(picture.theme)), picture)


def _written(scene: Scene, picture: Picture) -> tuple[bytes, list[str]]:
    theme = load(picture.theme)
    data = FORMATS[picture.format](scene, theme, picture)
    return data, [gap.message for gap in missing(scene, theme.font)] if picture.format != "svg" else []


def _svg(scene: Scene, theme: Theme, _: Picture) -> bytes:
    from journeykit.drawing.writers.svg import write

    return write(scene, theme).encode()


def _png(scene: Scene, theme: Theme, picture: Picture) -> bytes:
    from journeykit.drawing.writers.figure import PNG_DPI, write_png

    return write_png(scene, theme, picture.dpi or PNG_DPI, optimize=picture.optimize)


def _pdf(scene: Scene, theme: Theme, _: Picture) -> bytes:
    from journeykit.drawing.writers.figure import write_pdf

    return write_pdf(scene, theme)


FORMATS: Mapping[str, Callable[[Scene, Theme, Picture], bytes]] = {"svg": _svg, "png": _png, "pdf": _pdf}
"""The formats by the ending of their files."""
