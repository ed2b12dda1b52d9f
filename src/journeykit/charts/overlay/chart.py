"""Layout of an overlay: rows of the axis below each other, as one wide picture or on pages of paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal, NamedTuple, cast

from journeykit.charts.columns import Axis
from journeykit.charts.curve.plot import HEIGHT
from journeykit.charts.locales import Labels
from journeykit.charts.logo import logo_at
from journeykit.charts.overlay import parts
from journeykit.charts.overlay.alt_text import overlay_alt_text
from journeykit.charts.overlay.axis import END, REACH, Grid, Room, by_stage, by_time
from journeykit.charts.overlay.header import title_of
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.matching import MatchedStages, match_stages
from journeykit.charts.overlay.members import Member, members_of
from journeykit.charts.overlay.score_changes import changes
from journeykit.charts.wall import BETWEEN_ROWS, GUTTER, MARGIN, TRIES, WIDEST
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Mark, Scene
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import Theme, load
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import Scores

LEAST = 560.0
"""The least width of the axis."""
NARROWEST, DENSE, MANY = 88.0, 72.0, 18
"""The least width of a column, the same for many columns, and how many columns are many."""
TITLE_LINES = 4


class Overlay(NamedTuple):
    """Journeys that are to be laid over each other."""

    members: tuple[Member, ...]
    together: MatchedStages
    axis: Axis
    theme: Theme
    labels: Labels

    @property
    def journeys(self) -> list[Journey]:
        return [member.journey for member in self.members]

    @property
    def most(self) -> int:
        """The number of columns in one row."""
        if self.axis == "order":
            return self.together.columns
        return max(len(journey.touchpoints) for journey in self.journeys)

    @property
    def column(self) -> float:
        """The least width of a column: enough for long words and titles, within limits."""
        narrowest = NARROWEST if self.most < MANY else DENSE
        size, text = self.theme.type.body, Typesetter(self.theme.font)
        shown = [t.title for journey in self.journeys for t in journey.touchpoints]
        widths = [text.measure(word, size) + 14 for title in shown for word in title.split()]
        widths += [text.measure(title, size) / TITLE_LINES + 14 for title in shown]
        return min(max([narrowest, *widths]), narrowest * 1.4)

    def grids(self, room: Room) -> list[Grid]:
        """Return the rows of the axis."""
        return by_stage(self.together, room) if self.axis == "order" else by_time(self.journeys, room)

    def layouts(self, grids: Sequence[Grid], page: float = MARGIN) -> list[OverlayLayout]:
        """Return the layout of each row, with the left edge of the page."""
        right = max(max(grid.right, grid.ends + END) for grid in grids)
        layout = OverlayLayout(
            members=self.members, grid=grids[0], changes=tuple(changes(self.members)), labels=self.labels,
            text=Typesetter(self.theme.font), type=self.theme.type, unit=self.theme.unit, page=page, right=right,
            plot=HEIGHT * self.theme.unit,
        )  # fmt: skip
        return [layout._replace(grid=grid) for grid in grids]

    def finished(self, scene: Scene) -> Scene:
        """Return a scene with its alt text, mirrored for languages that are read from the right."""
        words = overlay_alt_text(self.members, self.together, changes(self.members), self.labels)
        scene = scene._replace(description=words)
        return mirrored(scene) if scene.direction == "rtl" else scene


def overlay_of(
    pairs: Sequence[tuple[Journey, Scores]],
    *,
    axis: Axis = "order",
    columns: int | Literal["all"] | None = None,
    width: float | None = None,
    theme: Theme | None = None,
) -> Scene:
    """Lay out an overlay of two to six journeys; labels are in the language of the first.

    `columns` is the most columns in a row ("all": one row), `width` that of the picture in points; without both it is
    wide, as other charts are. Raises UsageError for another number of journeys, a width without space for the
    touchpoints, and a time axis for a journey without times.
    """
    overlay = overlay_for(pairs, axis, theme)
    if columns is None and width is None:
        return overlay.finished(_wide(overlay))
    if isinstance(columns, int) and columns < 1:
        raise UsageError(f"a row cannot have {columns} columns", "give a number from 1 up, or all")
    limit = columns if isinstance(columns, int) else overlay.most
    room = None
    if width is not None:
        room = width - 2 * MARGIN - GUTTER
        limit = min(limit, max(2, int((room - END - REACH) // (overlay.column + 4)) + 1))
    grids = overlay.grids(Room(MARGIN + GUTTER, overlay.column, LEAST, limit, room))
    scene = _scene(overlay, grids)
    return overlay.finished(scene._replace(width=width or scene.width))


def overlay_for(pairs: Sequence[tuple[Journey, Scores]], axis: Axis, theme: Theme | None) -> Overlay:
    """Return two to six journeys to lay over each other; raise UsageError for another number."""
    labels = Labels(pairs[0][0].lang if pairs else "en")
    members = members_of(pairs, labels)
    together = match_stages([member.journey for member in members])
    return Overlay(tuple(members), together, axis, theme or load(), labels)


def _wide(overlay: Overlay) -> Scene:
    """Return the overlay in as few rows as keep it from being too long, and wide enough not to be high."""
    number, least = 1, LEAST
    for _ in range(TRIES):
        grids = overlay.grids(Room(MARGIN + GUTTER, overlay.column, least, ceil(overlay.most / number)))
        scene = _scene(overlay, grids)
        if scene.width > WIDEST * scene.height and number < overlay.most:
            number += 1
        elif scene.width < scene.height:
            least = max(grid.right - grid.left for grid in grids) + scene.height - scene.width + 1
        else:
            break
    return scene


def _scene(overlay: Overlay, grids: Sequence[Grid]) -> Scene:
    layouts = overlay.layouts(grids)
    first, logo = layouts[0], overlay.theme.logo
    marks: list[Mark] = []
    y = MARGIN
    if logo:
        marks.append(logo_at(logo, MARGIN, MARGIN, first.right - MARGIN))
        y = marks[0].box().bottom + 4 * first.unit
    here, y = parts.head(first, y)
    marks += here
    for layout in layouts:
        for part in (parts.curves, parts.touchpoints):
            here, y = part(layout, y)
            marks += here
        y += BETWEEN_ROWS
    return scene_of_overlay(overlay, first.right + MARGIN, y - BETWEEN_ROWS + MARGIN, marks)


def scene_of_overlay(overlay: Overlay, width: float, height: float, marks: Sequence[Mark]) -> Scene:
    """Return a picture of an overlay with its title and language."""
    return Scene(
        width=width,
        height=height,
        marks=tuple(marks),
        title=title_of(overlay.members),
        lang=overlay.members[0].journey.lang,
        direction=cast(Literal["ltr", "rtl"], overlay.labels.direction),
    )
