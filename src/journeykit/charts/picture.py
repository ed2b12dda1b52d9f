"""Draw journeys, overlays, diffs and histories as SVG, PNG or PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple

from journeykit.charts.columns import Axis
from journeykit.charts.frame import NO_IMAGES, pages_of, scene_of
from journeykit.drawing.scene import Scene
from journeykit.drawing.text import missing
from journeykit.drawing.themes import Theme, load
from journeykit.errors import ConfigError, JourneykitError, without_pictures
from journeykit.images import ImageFile
from journeykit.model import Journey
from journeykit.scoring import Scores

if TYPE_CHECKING:
    from journeykit.comparing import Comparison
    from journeykit.comparing.history import History
    from journeykit.measuring.series import Strip


class Picture(NamedTuple):
    """Settings of a picture: its chart, format, theme and size."""

    format: str = "svg"
    chart: str = "map"
    axis: Axis = "order"
    theme: str = "light"
    columns: int | Literal["all"] | None = None
    """The most touchpoints in a row; None is the default of the chart."""
    width: float | None = None
    """Width of the picture in points."""
    dpi: float | None = None
    """Pixels per inch of a PNG."""
    optimize: bool = False
    """Whether a PNG is compressed as well as possible, which takes longer."""
    lanes: tuple[str, ...] = ()
    """Lanes from top to bottom; by default those of the chart."""
    page: str = ""
    """Paper or slide that the picture fills; without one it is wide."""
    images: Mapping[str, ImageFile] = NO_IMAGES
    """The pictures of the journey by their paths as it has them; others are drawn as frames."""
    described: bool = True
    """Whether a scene has its alt text; who has it already, or says the same in words, needs no second one."""

    def pages(self, journey: Journey, scores: Scores) -> Iterator[Scene]:
        """Yield the pages of a journey."""
        return pages_of(
            journey, scores, chart=self.chart, lanes=self.lanes, axis=self.axis, columns=self.columns, width=self.width,
            theme=load(self.theme), page=self.page, images=self.images,
        )  # fmt: skip

    def scene(self, journey: Journey, scores: Scores) -> Scene:
        """Return the journey on one page."""
        return scene_of(
            journey, scores, chart=self.chart, lanes=self.lanes, axis=self.axis, columns=self.columns, width=self.width,
            theme=load(self.theme), images=self.images, described=self.described,
        )  # fmt: skip


def check_installed(formats: Iterable[str]) -> None:
    """Raise UsageError for a format that a light installation cannot write, before anything is read."""
    if {"png", "pdf"} & set(formats) and find_spec("matplotlib") is None:
        raise without_pictures("a PNG or PDF", "matplotlib")


def draw(journey: Journey, scores: Scores, picture: Picture) -> tuple[bytes, list[str]]:
    """Return the bytes of a picture, and a warning for each script that no font of this machine has.

    Raises UsageError if the journey cannot be drawn with these settings.
    """
    return draw_scene(picture.scene(journey, scores), picture)


def draw_pages(journey: Journey, scores: Scores, picture: Picture) -> Iterator[tuple[bytes, list[str]]]:
    """Yield what `draw` returns for each page of a long journey; a PDF has all pages."""
    return _written_pages(picture.pages(journey, scores), picture)


def _written_pages(pages: Iterator[Scene], picture: Picture) -> Iterator[tuple[bytes, list[str]]]:
    if picture.format != "pdf":
        yield from (draw_scene(page, picture) for page in pages)
        return
    from journeykit.drawing.writers.figure import write_pdf

    first, *further = pages
    gaps = dict.fromkeys(gap.message for page in (first, *further) for gap in missing(page, load(picture.theme).font))
    with _font_faults(load(picture.theme)):
        data = write_pdf(first, load(picture.theme), further)
    yield data, [*gaps]


def draw_overlay(pairs: Sequence[tuple[Journey, Scores]], picture: Picture) -> Iterator[tuple[bytes, list[str]]]:
    """Yield what `draw_pages` yields for an overlay of two to six journeys.

    Chart and lanes of the picture are ignored. Raises UsageError if it cannot be drawn.
    """
    from journeykit.charts.overlay.chart import overlay_of

    theme, page = load(picture.theme), picture.page
    if not page:
        scene = overlay_of(pairs, axis=picture.axis, columns=picture.columns, width=picture.width, theme=theme)
        yield draw_scene(scene, picture)
        return
    from journeykit.charts.overlay.pages import overlay_on

    yield from _written_pages(overlay_on(page, pairs, axis=picture.axis, columns=picture.columns, theme=theme), picture)


def draw_difference(
    comparison: Comparison, picture: Picture, names: tuple[str, str] | None = None
) -> tuple[bytes, list[str]]:
    """Return the difference of two versions of a journey, and warnings as `draw` does.

    `names` are the names of the versions, such as revisions; by default their titles or states if these differ.
    Chart, lanes and axis of the picture are ignored. Raises UsageError if it cannot be drawn.
    """
    from journeykit.charts.difference.chart import difference_of

    scene = difference_of(
        comparison, names=names, columns=picture.columns, width=picture.width, theme=load(picture.theme)
    )
    return draw_scene(scene, picture)


def draw_history(history: History, picture: Picture) -> tuple[bytes, list[str]]:
    """Return the score over the versions of a file, and warnings as `draw` does.

    Chart, lanes, columns and axis of the picture are ignored. Raises UsageError if it cannot be drawn.
    """
    from journeykit.charts.history.chart import history_of

    return draw_scene(history_of(history, width=picture.width, theme=load(picture.theme)), picture)


def draw_trend(journey: Journey, strips: Sequence[Strip], picture: Picture) -> tuple[bytes, list[str]]:
    """Return what was measured of a journey by period, and warnings as `draw` does.

    Chart, lanes, columns and axis of the picture are ignored. Raises UsageError if it cannot be drawn.
    """
    from journeykit.charts.trend.chart import trend_of

    return draw_scene(trend_of(journey, strips, width=picture.width, theme=load(picture.theme)), picture)


def draw_scene(scene: Scene, picture: Picture) -> tuple[bytes, list[str]]:
    """Return the bytes of a scene that is laid out, and warnings as `draw` does."""
    theme = load(picture.theme)
    with _font_faults(theme):
        data = FORMATS[picture.format](scene, theme, picture)
    return data, [gap.message for gap in missing(scene, theme.font)] if picture.format != "svg" else []


@contextmanager
def _font_faults(theme: Theme) -> Iterator[None]:
    """Raise ConfigError for what a damaged font of the user makes fail, deep in the libraries that read it."""
    try:
        yield
    except JourneykitError:
        raise
    except Exception as fault:
        if theme.font is None:
            raise
        message = f"the theme's font {theme.font.name} cannot be drawn with: {type(fault).__name__}: {fault}"
        raise ConfigError(message, "is one of its files damaged?") from fault


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
"""Writers by format, which is also the suffix of files."""
