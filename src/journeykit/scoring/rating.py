"""Score a single touchpoint, with the uncertainty of the score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from journeykit.model import Journey, Measured, ScaleName, Touchpoint, scale_bounds
from journeykit.scoring.aggregate import JUDGED
from journeykit.scoring.results import Origin
from journeykit.scoring.settings import LEAST_BASE, Source
from journeykit.scoring.student import t_quantile
from journeykit.scoring.uncertainty import CORRELATION, ErrorSource
from journeykit.vocabulary.feelings import valence

STEP = 25.0
"""Half-width of a score without evidence: one step of the five-point scale. Convention of this project."""
FLOOR = 5.0
"""The least half-width of a judgement, however many people it rests on. Convention of this project."""
NO_SPREAD = 1e-6
"""A smaller standard deviation on 0..100 is a rounding error."""
ASKING = frozenset({"interview", "survey", "observation", "review"})
"""Kinds of sources in which customers speak or are seen; a workshop of colleagues is a judgement, and tickets and
analytics say nothing about what customers feel."""


class Rating(NamedTuple):
    """The scores of one touchpoint on 0..100; half-width, source, error source and interval are those of `score`."""

    score: float | None
    half_width: float | None
    source: Origin | None
    error_source: ErrorSource
    interval: bool
    """Whether the half-width is that of a 95 % interval: of at least five answers that differ."""
    expected: float | None
    measured: float | None
    stated: float | None
    base: int | None
    """Number of a survey's answers, if known, whatever the source of the score."""


class Answers(NamedTuple):
    """A survey's mean, its sample standard deviation and the number of answers; on the survey's scale."""

    mean: float
    sd: float | None
    n: int | None


class Rater:
    """Rates the touchpoints of one journey."""

    def __init__(self, journey: Journey, source: Source) -> None:
        self._journey = journey
        self._source = source
        self._people: dict[tuple[str, ...] | None, tuple[int, ErrorSource]] = {}

    def rate(self, touchpoint: Touchpoint) -> Rating:
        """Return the scores of a touchpoint, which need not be one of the journey's own."""
        journey = self._journey
        answers = None if touchpoint.measured is None else answers_of(touchpoint.measured)
        scale = (touchpoint.measured and touchpoint.measured.scale) or journey.scale
        measured = None if answers is None else on_100(answers.mean, scale)
        felt = self._felt(touchpoint.feeling)
        stated = felt if touchpoint.satisfaction is None else on_100(touchpoint.satisfaction, journey.scale)
        expected = self._expected(touchpoint)
        base = None if answers is None else answers.n
        if self._source != "stated" and answers is not None:
            half_width = survey_half_width(answers, scale)
            error_source = self._survey_error(touchpoint)
            return Rating(
                measured, STEP if half_width is None else half_width, "measured", error_source, half_width is not None,
                expected, measured, stated, base,
            )  # fmt: skip
        if self._source != "measured" and stated is not None:
            source: Origin = "feeling" if touchpoint.satisfaction is None else "satisfaction"
            people, error_source = self._people_asked(touchpoint)
            half_width = research_half_width(people)
            return Rating(stated, half_width, source, error_source, False, expected, measured, stated, base)
        return Rating(None, None, None, JUDGED, False, expected, measured, stated, base)

    def _felt(self, words: Sequence[str]) -> float | None:
        """Return the mean valence of feeling words on 0..100; unknown ones are left out."""
        found = [v for word in words if (v := valence(word, self._journey.feelings)) is not None]
        return round(50 + 25 * math.fsum(found) / len(found), 6) if found else None

    def _expected(self, touchpoint: Touchpoint) -> float | None:
        expected = touchpoint.expected
        if expected is None or isinstance(expected, str):
            return self._felt((expected,)) if expected else None
        return on_100(expected, self._journey.scale)

    def _survey_error(self, touchpoint: Touchpoint) -> ErrorSource:
        """Return the error source of a survey's score; surveys without a source count as one questionnaire."""
        id = touchpoint.measured.source if touchpoint.measured else None
        source = next((source for source in self._journey.sources if source.id == id), None)
        stated = source.correlation if source else None
        return ErrorSource("survey", id, CORRELATION if stated is None else stated)

    def _people_asked(self, touchpoint: Touchpoint) -> tuple[int, ErrorSource]:
        """Return the number of people in the largest of a touchpoint's sources that ask customers, and that source."""
        key = touchpoint.evidence
        if key not in self._people:
            sources = [one for one in self._journey.evidence_of(touchpoint) if one.kind in ASKING and one.n]
            largest = max(sources, key=lambda one: one.n or 0, default=None)
            self._people[key] = (0, JUDGED) if largest is None else (largest.n or 0, ErrorSource("judged", largest.id))
        return self._people[key]


def on_100(value: float, scale: ScaleName) -> float:
    """Return a value of a scale on 0..100, rounded to 6 decimals so that ties are exact."""
    low, high = scale_bounds(scale)
    return round(100 * (value - low) / (high - low), 6)


def answers_of(measured: Measured) -> Answers | None:
    """Return a survey's figures, from its counts if it has them; None if it has neither counts nor a mean."""
    counts = [(value, count) for value, count in (measured.counts or {}).items() if count]
    n = sum(count for _, count in counts)
    if n == 0:
        return None if measured.mean is None else Answers(measured.mean, measured.sd, measured.n)
    mean = math.fsum(value * count for value, count in counts) / n
    squares = math.fsum(count * (value - mean) ** 2 for value, count in counts)
    return Answers(mean, math.sqrt(squares / (n - 1)) if n > 1 else None, n)


def survey_half_width(answers: Answers, scale: ScaleName) -> float | None:
    """Return half the width of a survey's 95 % interval, on 0..100; None if there is none.

    A missing standard deviation is replaced by the largest that is possible with this mean. Fewer than five answers, or
    answers that are all equal, have no interval, as there is no estimate of their spread.
    """
    low, high = scale_bounds(scale)
    sd = math.sqrt(max(0.0, (high - answers.mean) * (answers.mean - low))) if answers.sd is None else answers.sd
    if answers.n is None or answers.n < LEAST_BASE or sd * 100 / (high - low) < NO_SPREAD:
        return None
    return t_quantile(0.975, answers.n - 1) * sd / math.sqrt(answers.n) * 100 / (high - low)


def research_half_width(people: int) -> float:
    """Return the half-width of a judgement that rests on so many people; one step of the scale for none."""
    return max(FLOOR, STEP / math.sqrt(people)) if people > 0 else STEP
