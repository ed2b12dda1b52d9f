"""Which periods of a series stand out: Shewhart's control limits, and runs on one side of the centre.

From six periods on. Shares have a p-chart: limits of 3 standard errors, by the number of answers of each period. All
else has an individuals chart: 2.66 times the mean of the differences between neighbours (Montgomery, Introduction to
Statistical Quality Control). Eight periods in a row on one side of the centre are a shift. No straight line is fitted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

LEAST_PERIODS = 6
RUN = 8
SEASON = 24
"""Months from which a season can be told."""
_INDIVIDUALS = 2.66


class Limits(NamedTuple):
    """The centre of a series, and by period the limits and whether its value is outside of them."""

    kind: str
    centre: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    outside: tuple[bool, ...]
    shifted: tuple[bool, ...]
    """Whether a period is in a run of eight or more on one side of the centre."""


def limits(values: Sequence[float], bases: Sequence[float], *, share: bool) -> Limits | None:
    """Return the control limits of values by period; None of fewer than six. `bases` are the numbers of answers."""
    if len(values) < LEAST_PERIODS:
        return None
    if share:
        whole = math.fsum(bases)
        centre = math.fsum(value * n for value, n in zip(values, bases, strict=True)) / whole
        reach = [3 * math.sqrt(centre * (1 - centre) / n) for n in bases]
        low, high = [max(0.0, centre - r) for r in reach], [min(1.0, centre + r) for r in reach]
    else:
        centre = math.fsum(values) / len(values)
        moving = math.fsum(abs(now - was) for was, now in pairwise(values)) / (len(values) - 1)
        low, high = ([centre + sign * _INDIVIDUALS * moving] * len(values) for sign in (-1, 1))
    return Limits(
        "p-chart" if share else "individuals chart",
        centre,
        tuple(low),
        tuple(high),
        tuple(not a <= value <= b for value, a, b in zip(values, low, high, strict=True)),
        _shifted([(value > centre) - (value < centre) for value in values]),
    )


def _shifted(sides: Sequence[int]) -> tuple[bool, ...]:
    found: list[bool] = []
    for side, group in groupby(sides):
        length = len(list(group))
        found += [side != 0 and length >= RUN] * length
    return tuple(found)


def season_note(months: int) -> str:
    """Return what may be said of a season from so many months of data."""
    return "" if months >= SEASON else f"no season can be told from {months} month{'s' * (months != 1)}"
