"""Simulated surveys: how often the 95 % interval holds the score of all, and how often a diff is a false alarm.

The customers are made up: 2,000 who answer six questions of one questionnaire, with r about .4 between the answers of
one person. The draws are the same in every run.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from journeykit.comparing.score_delta import score_delta
from journeykit.scoring import Scores, score
from tests.scoring.journeys import journey

MEANS = (3.2, 4.1, 3.6, 4.4, 2.9, 3.9)
DRAWS, ASKED = 800, 200


def customers(rng: random.Random) -> list[tuple[int, ...]]:
    """Return answers on 1..5: what is common to a person, and what is the question's own."""
    everybody = []
    for _ in range(2000):
        mood = rng.gauss(0, 0.6)
        everybody.append(tuple(min(5, max(1, round(mean + mood + rng.gauss(0, 0.7)))) for mean in MEANS))
    return everybody


def scored(answers: Sequence[tuple[int, ...]], correlation: float | None) -> Scores:
    source = {"id": "s", "kind": "survey"} | ({} if correlation is None else {"correlation": correlation})
    points = [
        {"measured": {"counts": dict(Counter(row[n] for row in answers)), "scale": "1..5", "source": "s"}}
        for n in range(len(MEANS))
    ]
    return score(journey(points, sources=[source]))


@pytest.mark.parametrize(("correlation", "covers", "alarms"), [(None, (0.90, 1), (0, 0.07)), (0, (0, 0.85), (0.15, 1))])
def test_coverage_and_false_alarms(
    correlation: float | None, covers: tuple[float, float], alarms: tuple[float, float]
) -> None:
    """With the default both are as they should be; taking answers for independent, as a control, neither is."""
    rng = random.Random(400)
    everybody = customers(rng)
    truth = scored(everybody, correlation).score
    assert truth is not None
    samples = [scored(rng.choices(everybody, k=ASKED), correlation) for _ in range(DRAWS)]
    held = sum(one.band[0] <= truth <= one.band[1] for one in samples if one.band) / DRAWS
    deltas = [score_delta(*pair) for pair in zip(samples[::2], samples[1::2], strict=True)]
    false = sum(delta is not None and bool(delta.beyond_uncertainty) for delta in deltas) / len(deltas)
    assert {one.band_kind for one in samples} == {"interval"}
    assert covers[0] <= held <= covers[1] and alarms[0] <= false <= alarms[1], (held, false)
