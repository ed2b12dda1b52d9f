"""What one touchpoint scores by what is known of it, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from journeykit.model import Journey, Measured, ScaleName, Touchpoint, scale_bounds
from journeykit.scoring.results import Origin
from journeykit.scoring.settings import Source
from journeykit.scoring.student import t_quantile
from journeykit.vocabulary.feelings import valence

STEP = 25.0
"""Half-width of a score that nothing supports: one step of the five-point scale."""
FLOOR = 5.0
"""The least half-width that research gives."""


class Rating(NamedTuple):
    """The scores of one touchpoint on 0..100; the half-width and the source are those of `score`."""

    score: float | None
    half_width: float | None
    source: Origin | None
    confident: bool
    expected: float | None
    measured: float | None
    stated: float | None


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
        self._people: dict[tuple[str, ...] | None, int] = {}

    def rate(self, touchpoint: Touchpoint) -> Rating:
        """The scores of a touchpoint, which need not be one of the journey's own."""
        journey = self._journey
        answers = None if touchpoint.measured is None else answers_of(touchpoint.measured)
        scale = (touchpoint.measured and touchpoint.measured.scale) or journey.scale
        measured = None if answers is None else on_100(answers.mean, scale)
        felt = self._felt(touchpoint.feeling)
        stated = felt if touchpoint.satisfaction is None else on_100(touchpoint.satisfaction, journey.scale)
        score: float | None = None
        source: Origin | None = None
        half_width, confident = None, False
        if self._source != "stated" and answers is not None:
            score, source = measured, "measured"
            half_width, confident = self._survey_half_width(touchpoint, answers, scale)
        elif self._source != "measured" and stated is not None:
            score, source = stated, "feeling" if touchpoint.satisfaction is None else "satisfaction"
            half_width = research_half_width(self._people_asked(touchpoint))
        return Rating(score, half_width, source, confident, self._expected(touchpoint), measured, stated)

    def _felt(self, words: Sequence[str]) -> float | None:
        """The mean valence of feeling words on 0..100; unknown ones are left out."""
        found = [v for word in words if (v := valence(word, self._journey.feelings)) is not None]
        return round(50 + 25 * math.fsum(found) / len(found), 6) if found else None

    def _expected(self, touchpoint: Touchpoint) -> float | None:
        expected = touchpoint.expected
        if expected is None or isinstance(expected, str):
            return self._felt((expected,)) if expected else None
        return on_100(expected, self._journey.scale)

    def _survey_half_width(self, touchpoint: Touchpoint, answers: Answers, scale: ScaleName) -> tuple[float, bool]:
        """A survey without a spread is worth what the touchpoint's evidence is worth."""
        if answers.sd is not None and answers.n is not None and answers.n >= 2:
            low, high = scale_bounds(scale)
            error = answers.sd / math.sqrt(answers.n) * 100 / (high - low)
            return t_quantile(0.975, answers.n - 1) * error, True
        return research_half_width(self._people_asked(touchpoint)), False

    def _people_asked(self, touchpoint: Touchpoint) -> int:
        """The largest number of people of a touchpoint's sources."""
        key = touchpoint.evidence
        if key not in self._people:
            sources = self._journey.evidence_of(touchpoint)
            self._people[key] = max((source.n or 0 for source in sources), default=0)
        return self._people[key]


def on_100(value: float, scale: ScaleName) -> float:
    """A value of a scale on 0..100, rounded to 6 decimals so that ties are exact."""
    low, high = scale_bounds(scale)
    return round(100 * (value - low) / (high - low), 6)


def answers_of(measured: Measured) -> Answers | None:
    """A survey's figures, of its counts if it gives them; None if it gives neither counts nor a mean."""
    counts = [(value, count) for value, count in (measured.counts or {}).items() if count]
    n = sum(count for _, count in counts)
    if n == 0:
        return None if measured.mean is None else Answers(measured.mean, measured.sd, measured.n)
    mean = math.fsum(value * count for value, count in counts) / n
    squares = math.fsum(count * (value - mean) ** 2 for value, count in counts)
    return Answers(mean, math.sqrt(squares / (n - 1)) if n > 1 else None, n)


def research_half_width(people: int) -> float:
    """Half-width of a score that rests on this many people; one step of the scale if on none."""
    return max(FLOOR, STEP / math.sqrt(people)) if people > 0 else STEP
