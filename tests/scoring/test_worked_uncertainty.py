"""The worked examples of reach and of uncertainties that are correlated, to six decimals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from journeykit.model.answers import largest_sd
from journeykit.model.values import scale_bounds
from journeykit.scoring import PROFILES
from journeykit.scoring.aggregate import Aggregate, WeightedScore, aggregate
from journeykit.scoring.rating import Answers, survey_half_width
from journeykit.scoring.uncertainty import Contribution, ErrorSource, half_width_of_delta

EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data/worked_uncertainty.json").read_text("utf-8"))
RHO = {"one questionnaire": 0.4, "correlation stated": 0.2}


def six(value: float) -> Any:
    return pytest.approx(value, abs=5.0001e-7)


def scored(given: list[dict[str, Any]], name: str = "") -> tuple[Aggregate, list[WeightedScore]]:
    points = []
    for one in given:
        reach, (kind, source) = one.get("reach", 1.0), one.get("error_source", ("judged", None))
        error_source = ErrorSource(kind, source, RHO.get(name, 0.4) if kind == "survey" else 1.0)
        points.append(WeightedScore(one["s"], 3 * reach, reach, one["u"], error_source))
    return aggregate(points, PROFILES["balanced"]), points


@pytest.mark.parametrize("example", EXAMPLES["scores"], ids=lambda example: example["name"])
def test_scores(example: dict[str, Any]) -> None:
    total, points = scored(example["touchpoints"], example["name"])
    wanted = example["expected"]
    assert total.score is not None and total.half_width is not None
    assert total.coefficients is not None and total.landmarks is not None
    assert (total.score, total.half_width) == (six(wanted["score"]), six(wanted["u"]))
    assert (total.score - total.half_width, total.score + total.half_width) == (six(wanted["low"]), six(wanted["high"]))
    assert (total.coverage, total.mean) == (wanted["coverage"], six(wanted["mean"]))
    assert total.consistency == six(wanted["consistency"])
    for name in ("peak", "valley", "end", "first"):
        assert points[getattr(total.landmarks, name)].score == wanted[name]
    found = {example["touchpoints"][n]["id"]: share for n, share in total.coefficients.items()}
    assert found == {id: six(share) for id, share in wanted["coef"].items()}


class Version:
    """A version as differences see it."""

    def __init__(self, given: list[dict[str, Any]]) -> None:
        total, points = scored(given)
        self.score, self.half_width = total.score, total.half_width
        self.contributions = {
            given[n]["id"]: Contribution(points[n].score or 0.0, points[n].half_width, share, points[n].error_source)
            for n, share in (total.coefficients or {}).items()
        }


@pytest.mark.parametrize("example", EXAMPLES["changes"], ids=lambda example: example["name"])
def test_differences(example: dict[str, Any]) -> None:
    old, new = Version(example["old"]), Version(example["new"])
    assert old.score is not None and new.score is not None
    assert new.score - old.score == six(example["expected"]["delta"])
    assert half_width_of_delta(old, new, {}) == six(example["expected"]["u"])


def test_half_widths() -> None:
    mean, extreme = EXAMPLES["half_widths"]
    assert survey_half_width(Answers(4.2, None, 2000), "1..5") == pytest.approx(mean["u"], abs=5e-5)
    assert survey_half_width(Answers(4.2, mean["sd"], 2000), "1..5") == pytest.approx(mean["u"], abs=5e-5)
    assert largest_sd(*scale_bounds("1..5"), 50) == six(extreme["sd"])
