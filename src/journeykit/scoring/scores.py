"""The scores of a journey: rated touchpoints, stages, the journey, and what its curve shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from journeykit.model import Journey
from journeykit.scoring.aggregate import Aggregate, Point, aggregate, weighted_mean
from journeykit.scoring.curve import drops_of, low_points_of, peaks_of
from journeykit.scoring.display import word
from journeykit.scoring.effort import churn_index_of, effort_of, exits_of
from journeykit.scoring.rating import Rater, Rating
from journeykit.scoring.results import Drop, Effort, Exit, LowPoint, Peak, Rated, StageScore
from journeykit.scoring.settings import Settings, settings_for


@dataclass(frozen=True, repr=False, eq=False)
class Scores:
    """Everything that scoring says of one journey; what costs time is computed when it is first asked for."""

    journey: Journey
    settings: Settings
    touchpoints: tuple[Rated, ...]
    """All touchpoints in order, the unrated included."""
    score: float | None
    """J; None where less than half of the weight is rated."""
    half_width: float | None
    """u of J: the band is J ± u."""
    coverage: float
    """Share of the weight that is rated, 0..1."""
    partial: bool
    """Whether the coverage is too small (below 0.8) for the score to be that of the whole journey."""
    mean: float | None
    """Weighted mean of the rated touchpoints."""
    peak: float | None
    """Highest score."""
    valley: float | None
    """Lowest score."""
    first: float | None
    """Score of the first rated touchpoint."""
    end: float | None
    """Score of the last rated touchpoint."""
    consistency: float | None
    """100 less twice the weighted standard deviation of the scores."""
    n: int
    """Number of rated touchpoints."""

    @property
    def profile(self) -> str:
        """Name of the weights."""
        return self.settings.profile

    @property
    def word(self) -> str | None:
        """The score in a word: poor, mixed, good, excellent."""
        return None if self.score is None else word(self.score)

    @property
    def band(self) -> tuple[float, float] | None:
        """Uncertainty band of the score, clipped to 0..100."""
        if self.score is None or self.half_width is None:
            return None
        return max(0.0, self.score - self.half_width), min(100.0, self.score + self.half_width)

    @property
    def is_confidence_interval(self) -> bool:
        """Whether the band may be called a 95 % confidence interval: every score has one."""
        return self.score is not None and all(rated.confident for rated in self.rated)

    @cached_property
    def by_id(self) -> Mapping[str, Rated]:
        """Touchpoints by id."""
        return {rated.id: rated for rated in self.touchpoints}

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """The touchpoints that have a score, in order."""
        return tuple(rated for rated in self.touchpoints if rated.score is not None)

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
        return low_points_of(self.rated, self.settings)

    @cached_property
    def peaks(self) -> tuple[Peak, ...]:
        """Peaks in order."""
        return peaks_of(self.rated, self.settings)

    @cached_property
    def drops(self) -> tuple[Drop, ...]:
        """Steep falls in order."""
        return drops_of(self.rated, self.settings)

    @cached_property
    def effort(self) -> Effort:
        """What the journey takes."""
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
    """Score a journey; without settings as its file says, else the default.

    Raises UsageError if the file's own weights do not sum to 1.
    """
    settings = settings or settings_for(journey)
    rater = Rater(journey, settings.source)
    ratings = [rater.rate(touchpoint) for touchpoint in journey.touchpoints]
    points = [
        Point(rating.score, touchpoint.importance * touchpoint.reach, rating.half_width or 0.0)
        for touchpoint, rating in zip(journey.touchpoints, ratings, strict=True)
    ]
    total = aggregate(points, settings.weights)
    return Scores(
        journey, settings, _rated(journey, ratings, points, total),
        total.score, total.half_width, total.coverage, total.partial, total.mean, total.peak, total.valley,
        total.first, total.end, total.consistency, total.n,
    )  # fmt: skip


def _rated(journey: Journey, ratings: Sequence[Rating], points: Sequence[Point], total: Aggregate) -> tuple[Rated, ...]:
    scored = [index for index, rating in enumerate(ratings) if rating.score is not None]
    coefficients = dict(zip(scored, total.coefficients or (), strict=False))
    ends = {scored[0], scored[-1]} if scored else set()
    return tuple(
        Rated(
            touchpoint=place.touchpoint,
            number=place.number,
            stage=place.stage,
            weight=points[index].weight,
            score=rating.score,
            half_width=rating.half_width,
            source=rating.source,
            confident=rating.confident,
            coefficient=coefficients.get(index),
            expected=rating.expected,
            importance_prime=min(
                5.0, place.touchpoint.importance + (1 if index in ends or place.touchpoint.moment_of_truth else 0)
            ),
            measured_score=rating.measured,
            stated_score=rating.stated,
        )
        for index, (place, rating) in enumerate(zip(journey.places, ratings, strict=True))
    )
