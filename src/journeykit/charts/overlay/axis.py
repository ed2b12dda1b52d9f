"""Positions of touchpoints on the axis of an overlay, by stage or by time. Lengths are in points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from journeykit.charts import time_text
from journeykit.charts.columns import MARK, NEAREST, STAGE_GAP
from journeykit.charts.overlay.matching import MatchedStages, SharedStage
from journeykit.charts.time_scale import TimeScale, day0_of, periods_of, spread, time_scale_of
from journeykit.errors import UsageError
from journeykit.model import Journey

END = 172.0
"""Width of the labels at the ends of the lines."""
REACH = 22.0
"""Distance from the last point to its label."""
TIGHT = 40.0
"""The least width of a column if the width of the picture is given."""
LOOSE = 1.25
"""Factor by which a time axis is longer than its columns, so that these can be near their times."""


class Grid(NamedTuple):
    """Positions between `left` and `right`; the labels at the ends of the lines begin at `ends`."""

    left: float
    right: float
    column: float
    xs: tuple[dict[str, float], ...]
    """The x of points by id, for each journey."""
    lefts: tuple[dict[str, float], ...]
    """Left edges of columns by id, for each journey with columns below the axis."""
    spans: tuple[tuple[SharedStage, float, float], ...]
    """Stages with their left and right ends; none on a time axis."""
    time_scale: TimeScale | None = None
    by_clock: bool = False
    """Whether the hours of the axis are times of day."""

    @property
    def last(self) -> float:
        """The x of the last point of all journeys."""
        return max(x for xs in self.xs for x in xs.values())

    @property
    def ends(self) -> float:
        return self.last + REACH


def by_stage(matched: MatchedStages, left: float, column: float, room: float | None, least: float) -> Grid:
    """Return equal columns; `room` is the width of all columns and the labels at the ends of the lines."""
    gaps = STAGE_GAP * (len(matched.stages) - 1)
    count = matched.columns
    if room is None:
        column = max(column, (least - gaps) / count)
    else:
        behind = MARK + REACH + END
        column = min((room - gaps - behind) / (count - 1), (room - gaps) / count)
        if column < TIGHT:
            needed = max(TIGHT * (count - 1) + behind, TIGHT * count) + gaps
            raise _narrow(room, needed)
    starts = accumulate([stage.columns * column + STAGE_GAP for stage in matched.stages], initial=left)
    spans = tuple((stage, x, x + stage.columns * column) for stage, x in zip(matched.stages, starts, strict=False))
    lefts = tuple(_lefts(place, spans, column) for place in matched.places)
    xs = tuple({id: x + MARK for id, x in one.items()} for one in lefts)
    return Grid(left, spans[-1][2], column, xs, lefts, spans)


def _lefts(
    place: dict[str, float], spans: Sequence[tuple[SharedStage, float, float]], column: float
) -> dict[str, float]:
    found = {}
    for id, at in place.items():
        stage, x, _ = next(span for span in reversed(spans) if span[0].start <= at)
        found[id] = x + (at - stage.start) * column
    return found


def by_time(journeys: Sequence[Journey], left: float, column: float, room: float | None, least: float) -> Grid:
    """Return positions by the time since each journey's day 0; equal times have the same x.

    Raises UsageError if a journey has no times.
    """
    periods = [periods_of(journey, from_day0=True) for journey in journeys]
    clocks = [[period.start for period in one] for one in periods]
    first = journeys[0].touchpoints
    if room is None:
        right = left + max(max(map(len, clocks)) * column * LOOSE, least)
    else:
        right = left + room - REACH - END
        column = min(column, (right - left) / len(first))
        if column < TIGHT:
            raise _narrow(room, TIGHT * len(first) + REACH + END)
    often: Counter[float] = Counter()
    for one in clocks:
        often |= Counter(one)
    moments = sorted(often.elements())
    low, high = left + MARK, right - MARK
    scale = time_scale_of([period for one in periods for period in one], low, high, column)
    apart = min(NEAREST, (high - low) / len(moments))
    spots = spread([scale.x(moment) for moment in moments], [apart * n for n in range(len(moments))], low, high)
    xs = tuple(
        dict(zip((t.id for t in journey.touchpoints), _taken(one, moments, spots), strict=True))
        for journey, one in zip(journeys, clocks, strict=True)
    )
    wanted = [xs[0][touchpoint.id] - MARK for touchpoint in first]
    edges = spread(wanted, [column * n for n in range(len(first))], left, right - column + MARK)
    lefts = ({touchpoint.id: x for touchpoint, x in zip(first, edges, strict=True)},)
    return Grid(left, right, column, xs, lefts, (), scale, _by_the_clock(journeys))


def _taken(times: Sequence[float], moments: Sequence[float], spots: Sequence[float]) -> list[float]:
    """Return the positions of a journey's times; several at one moment have different ones."""
    at = 0
    found = []
    for seconds in times:
        at = next(n for n in range(at, len(moments)) if moments[n] == seconds)
        found.append(spots[at])
        at += 1
    return found


def _by_the_clock(journeys: Sequence[Journey]) -> bool:
    written = [(journey, t.at) for journey in journeys for t in journey.touchpoints if t.at]
    from_midnight = all(not at.absolute or day0_of(journey) is not None for journey, at in written)
    return from_midnight and any(time_text.by_the_clock(at) for _, at in written)


def _narrow(room: float, needed: float) -> UsageError:
    return UsageError(
        "the width leaves no room for these touchpoints", f"Give at least {needed - room:.0f} pt more, or leave it out."
    )
