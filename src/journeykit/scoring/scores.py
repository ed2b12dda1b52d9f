"""The scores of a journey: rated touchpoints, stages, the whole, low points and peaks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from journeykit import notebook
from journeykit.model import Journey, Touchpoint
from journeykit.scoring.aggregate import Aggregate, WeightedScore, aggregate, mostly_hidden, weighted_mean
from journeykit.scoring.curve import drops_of, low_points_of, peaks_of
from journeykit.scoring.display import fixed, word
from journeykit.scoring.effort import churn_index_of, effort_of, exits_of
from journeykit.scoring.rating import Rater, Rating
from journeykit.scoring.results import BandKind, Drop, Effort, Exit, Landmark, LowPoint, Peak, Rated, StageScore
from journeykit.scoring.settings import Settings, settings_for
from journeykit.scoring.uncertainty import Contribution


@dataclass(frozen=True, repr=False, eq=False)
class Scores:
    """All results of scoring for one journey; expensive ones are computed when they are first read."""

    journey: Journey
    settings: Settings
    touchpoints: tuple[Rated, ...]
    """All touchpoints in order, the unrated included."""
    score: float | None
    """J; None where less than half of the weight is rated, or half of what is rated is hidden."""
    half_width: float | None
    """u of J: the band is J ± u."""
    coverage: float
    """Share of the weight that is rated, 0..1."""
    partial: bool
    """Whether the coverage is too low (below 0.8) for the score to stand for the whole journey."""
    mean: float | None
    """Weighted mean of the rated touchpoints; None also where half of their weight is hidden."""
    landmarks: Mapping[str, Landmark]
    """The touchpoints that are `peak`, `valley`, `first` and `end`; empty if none is rated."""
    consistency: float | None
    """100 less twice the weighted standard deviation of the scores."""
    n: int
    """Number of rated touchpoints, hidden ones included."""
    points: tuple[WeightedScore, ...]
    """The values that the score is computed from, hidden scores included: not to be shown."""
    contributions: Mapping[str, Contribution]
    """The values that the uncertainty is computed from, by touchpoint id: not to be shown. Empty without a score."""

    @property
    def peak(self) -> float | None:
        """The score S of the touchpoint that is the highest for the average customer."""
        return self._landmark("peak")

    @property
    def valley(self) -> float | None:
        """The score S of the touchpoint that is the lowest for the average customer."""
        return self._landmark("valley")

    @property
    def first(self) -> float | None:
        """The score of the first rated touchpoint with a reach above 0."""
        return self._landmark("first")

    @property
    def end(self) -> float | None:
        """The score of the last rated touchpoint with a reach above 0."""
        return self._landmark("end")

    def _landmark(self, name: str) -> float | None:
        return self.landmarks[name].score if name in self.landmarks else None

    @property
    def profile(self) -> str:
        """Name of the weights."""
        return self.settings.profile

    def to_rows(self) -> list[dict[str, Any]]:
        """Return the rows of the journey (`Journey.to_rows`) with the score of each touchpoint and related figures.

        Scores are on 0..100, None where a touchpoint has none; `share` is the share of the journey's score, 0..1.
        """
        low = {id: one.kind for one in self.low_points for id in one.span}
        return [
            row | {
                "score": rated.score, "half_width": rated.half_width, "source": rated.source, "weight": rated.weight,
                "share": rated.coefficient, "expected": rated.expected, "low_point": low.get(rated.id),
            }
            for row, rated in zip(self.journey.to_rows(), self.touchpoints, strict=True)
        ]  # fmt: skip

    def __repr__(self) -> str:
        shown = "no score" if self.score is None else f"{fixed(self.score)} {self.word}"
        return f"<Scores of {self.journey.title!r}: {shown}>"

    def _repr_html_(self) -> str | None:
        return notebook.view(self)

    @property
    def word(self) -> str | None:
        """The score in a word: poor, mixed, good, excellent."""
        return None if self.score is None else word(self.score)

    @property
    def is_future(self) -> bool:
        """Whether the journey is a plan (`state: future`)."""
        return self.journey.state == "future"

    @property
    def band(self) -> tuple[float, float] | None:
        """Uncertainty band of the score, clipped to 0..100."""
        if self.score is None or self.half_width is None:
            return None
        return max(0.0, self.score - self.half_width), min(100.0, self.score + self.half_width)

    @property
    def band_kind(self) -> BandKind | None:
        """`interval` if the band is a 95 % confidence interval: all is measured, with enough answers."""
        if self.band is None:
            return None
        met = [rated for rated in self.touchpoints if rated.weight > 0]
        return "interval" if all(rated.interval and not rated.suppressed for rated in met) else "band"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Ids of hidden touchpoints that the score includes."""
        return tuple(rated.id for rated in self.touchpoints if rated.hidden and rated.weight > 0)

    @property
    def withheld(self) -> bool:
        """Whether there is no score because it would reveal hidden scores."""
        return self.mean is None and bool(self.rests_on)

    @property
    def mixed(self) -> bool:
        """Whether the curve has both stated scores and means of surveys."""
        found = {rated.source == "measured" for rated in self.touchpoints if rated.source}
        return len(found) > 1

    @cached_property
    def by_id(self) -> Mapping[str, Rated]:
        """Touchpoints by id."""
        return {rated.id: rated for rated in self.touchpoints}

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """The touchpoints whose score is shown, in order."""
        return tuple(rated for rated in self.touchpoints if rated.score is not None)

    @cached_property
    def met(self) -> tuple[Rated, ...]:
        """The touchpoints of `rated` that anybody meets (reach above 0): they make low points, peaks and drops."""
        return tuple(rated for rated in self.rated if rated.weight > 0)

    @cached_property
    def stages(self) -> tuple[StageScore, ...]:
        """All stages in order with their scores."""
        following = iter(self.touchpoints)
        return tuple(
            StageScore(
                stage,
                weighted_mean(
                    (rated.score, rated.weight)
                    for rated in islice(following, len(stage.touchpoints))
                    if rated.score is not None
                ),
            )
            for stage in self.journey.stages
        )

    @cached_property
    def low_points(self) -> tuple[LowPoint, ...]:
        """Low points, the worst first."""
        return low_points_of(self.met, self.settings)

    @cached_property
    def peaks(self) -> tuple[Peak, ...]:
        """Peaks in order."""
        return peaks_of(self.met, self.settings)

    @cached_property
    def drops(self) -> tuple[Drop, ...]:
        """Steep falls in order."""
        return drops_of(self.met, self.settings)

    @cached_property
    def effort(self) -> Effort:
        """The effort of the journey."""
        return effort_of(self.journey)

    @cached_property
    def churn_index(self) -> float | None:
        """0..100; an index, not a probability; None if the journey states no risk."""
        return churn_index_of(self.journey)

    @cached_property
    def exits(self) -> tuple[Exit, ...]:
        """The options of decisions that end the journey."""
        return exits_of(self.journey)


def score(journey: Journey, settings: Settings | None = None) -> Scores:
    """Score a journey; without `settings`, by those of its file, else the defaults.

    Raises UsageError if the file's own weights do not sum to 1.
    """
    settings = settings or settings_for(journey)
    rater = Rater(journey, settings.source)
    ratings = [rater.rate(touchpoint) for touchpoint in journey.touchpoints]
    points = tuple(
        WeightedScore(
            rating.score, touchpoint.importance * touchpoint.reach, touchpoint.reach, rating.half_width or 0.0,
            rating.error_source,
        )
        for touchpoint, rating in zip(journey.touchpoints, ratings, strict=True)
    )  # fmt: skip
    total = aggregate(points, settings.weights)
    hidden = math.fsum(
        point.weight
        for point, rating in zip(points, ratings, strict=True)
        if rating.source == "measured" and _is_small(rating, settings)
    )
    if mostly_hidden(hidden, math.fsum(point.weight for point in points if point.score is not None)):
        total = total._replace(score=None, half_width=None, coefficients=None, mean=None, consistency=None)
    rated = _rated(journey, ratings, points, total, settings)
    chosen = total.landmarks._asdict() if total.landmarks else {}
    return Scores(
        journey, settings, rated, total.score, total.half_width, total.coverage, total.partial, total.mean,
        {name: Landmark(rated[n].id, rated[n].score, points[n].reach) for name, n in chosen.items()},
        total.consistency, sum(rating.score is not None for rating in ratings), points,
        _statements(journey, rated, points, total),
    )  # fmt: skip


def _is_small(rating: Rating, settings: Settings) -> bool:
    """Return whether a touchpoint's survey has too few answers to be shown."""
    return rating.base is not None and rating.base < settings.minimum_base


def _scale(journey: Journey, touchpoint: Touchpoint) -> str:
    return (touchpoint.measured and touchpoint.measured.scale) or journey.scale


def _statements(
    journey: Journey, rated: Sequence[Rated], points: Sequence[WeightedScore], total: Aggregate
) -> dict[str, Contribution]:
    return {
        rated[n].id: Contribution(
            points[n].score or 0.0,
            points[n].half_width,
            coefficient,
            points[n].error_source,
            _scale(journey, rated[n].touchpoint) if points[n].error_source.kind == "survey" else None,
        )
        for n, coefficient in (total.coefficients or {}).items()
    }


def _rated(
    journey: Journey, ratings: Sequence[Rating], points: Sequence[WeightedScore], total: Aggregate, settings: Settings
) -> tuple[Rated, ...]:
    few = [_is_small(rating, settings) for rating in ratings]
    scored = [
        index
        for index, (rating, suppressed) in enumerate(zip(ratings, few, strict=True))
        if rating.score is not None and not (suppressed and rating.source == "measured") and points[index].weight > 0
    ]
    coefficients = total.coefficients or {}
    out = None if total.coefficients is None else 0.0  # for a touchpoint that nobody reaches
    ends = {scored[0], scored[-1]} if scored else set()
    found = []
    for index, (place, rating) in enumerate(zip(journey.places, ratings, strict=True)):
        touchpoint = place.touchpoint
        suppressed = few[index]
        shown = rating.score is not None and not (suppressed and rating.source == "measured")
        raised = index in ends or touchpoint.moment_of_truth
        found.append(
            Rated(
                touchpoint=touchpoint,
                number=place.number,
                stage=place.stage,
                weight=points[index].weight,
                score=rating.score if shown else None,
                half_width=rating.half_width if shown else None,
                source=rating.source,
                interval=rating.interval and shown,
                coefficient=coefficients.get(index, out) if shown else None,
                expected=rating.expected,
                importance_prime=min(5.0, touchpoint.importance + (1 if raised else 0)),
                measured_score=None if suppressed else rating.measured,
                stated_score=rating.stated,
                base=rating.base,
                suppressed=suppressed,
            )
        )
    return tuple(found)
