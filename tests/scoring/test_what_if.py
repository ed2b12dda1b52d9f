"""The score with changed touchpoints equals that of scoring all touchpoints again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.model import Weights
from journeykit.scoring import PROFILES, Settings, opportunities, score, simulate
from journeykit.scoring.aggregate import JUDGED, WeightedScore, aggregate
from journeykit.scoring.effort import effort_of
from journeykit.scoring.what_if import WhatIfScore
from tests.scoring.journeys import journey

SCORES = st.sampled_from([None, 0.0, 12.5, 33.333333, 50.0, 75.0, 100.0])
WEIGHTS = st.sampled_from([0.0, 1e-12, 0.3, 1.0, 2.5, 5.0])
CHANNELS = st.sampled_from([None, "none", "phone", "chat", ["chat", "email"], "e-mail"])


@given(
    st.lists(
        st.builds(WeightedScore, SCORES, WEIGHTS, st.sampled_from([0.01, 0.5, 1.0]), st.just(0.0), st.just(JUDGED)),
        min_size=1,
        max_size=12,
    ),
    st.dictionaries(st.integers(0, 11), SCORES, max_size=12),
    st.sampled_from(list(PROFILES.values())),
)
def test_the_score_is_that_of_the_changed_points(
    points: list[WeightedScore], changes: dict[int, float | None], weights: Weights
) -> None:
    changed = {index: value for index, value in changes.items() if index < len(points)}
    after = [
        point._replace(score=changed.get(index, point.score))
        for index, point in enumerate(points)
        if not (index in changed and changed[index] is None)
    ]
    wanted = aggregate(after, weights).score
    found = WhatIfScore(points, weights).score(changed)
    assert found == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


@given(st.lists(CHANNELS, min_size=2, max_size=12), st.sets(st.integers(1, 12), min_size=1))
def test_the_saving_is_the_difference_of_two_efforts(channels: list[Any], numbers: set[int]) -> None:
    points = [{"channel": channel} if channel else {} for channel in channels]
    gone = [f"t{number}" for number in numbers if number <= len(points)]
    made = journey(points, opportunities=[{"title": "Less", "at": ["t1"], "removes": gone or ["t1"]}])
    before, after = effort_of(made), effort_of(simulate(made, made.opportunities))
    saves = opportunities(made)[0].saves
    assert saves is not None
    assert saves.touchpoints == before.touchpoints - after.touchpoints
    assert saves.channel_switches == before.channel_switches - after.channel_switches


class Watched(Sequence[WeightedScore]):
    """Points that count how often one is looked at."""

    def __init__(self, points: Sequence[WeightedScore]) -> None:
        self.points, self.looks = points, 0

    def __len__(self) -> int:
        return len(self.points)

    @overload
    def __getitem__(self, index: int) -> WeightedScore: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[WeightedScore]: ...
    def __getitem__(self, index: int | slice) -> WeightedScore | Sequence[WeightedScore]:
        self.looks += 1
        return self.points[index]


def test_a_change_costs_what_it_changes_however_long_the_journey() -> None:
    points = Watched([WeightedScore(float(number % 101), 3.0) for number in range(1000)])
    what_if = WhatIfScore(points, Settings().weights)
    points.looks = 0
    assert what_if.score({3: 50.0, 999: None}) is not None
    assert points.looks < 20


def test_nothing_changed_is_the_score_itself_and_no_gain() -> None:
    made = journey(
        [{"satisfaction": value} for value in (0.1, -1.7, 1.3)],
        opportunities=[{"title": "As it is", "at": ["t2"], "target": {"t2": -1.7}}],
    )
    (rated,) = opportunities(made)
    assert rated.gain == 0
    assert rated.after == pytest.approx(score(made).score, abs=1e-9)
