"""A survey of an airport, from the file as it was published: counts, missing values, weights and clusters."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from journeykit.data.questions import Cell, Found, Score
from tests.sources.reading import DATA, asked, counts, source

EXPECTED = json.loads((DATA / "sfo_expected_2017.json").read_text(encoding="utf-8"))
YEARS = EXPECTED["years"]


@cache
def survey(year: str) -> Found:
    columns: dict[str, Any] = {
        ("Q7WALKWAY" if name == "Q7WALKWAYS" and year == "2018" else name): {"touchpoint": place, "metric": "csat"}
        for place, name in EXPECTED["_columns"].items()
    }
    columns["NETPRO"] = {"metric": "nps", "missing": {"11": "blank"}}
    one = source(
        DATA, url=f"sfo_{year}.csv", period=year, columns=columns, weight="WEIGHT", cluster="RUNID", id="RESPNUM",
        missing={"0": "blank", "6": "not applicable"},
    )  # fmt: skip
    return asked(one, "answers", "products")


def mean(scores: list[Score], weighted: bool = False) -> float:
    weights = [one.w if weighted else one.n for one in scores]
    return sum(one.score * weight for one, weight in zip(scores, weights, strict=True)) / sum(weights)


def of(found: Found, item: str, metric: str = "csat") -> list[Score]:
    return [one for one in found.scores if one.cell.item == item and one.cell.metric == metric]


def nps(found: Found, weighted: bool) -> float:
    value = {one.score: 100 if one.score >= 9 else -100 if one.score <= 6 else 0 for one in of(found, "", "nps")}
    return mean([one._replace(score=value[one.score]) for one in of(found, "", "nps")], weighted)


@pytest.mark.parametrize("place", EXPECTED["_columns"])
def test_every_touchpoint_of_2017(place: str) -> None:
    found, right = survey("2017"), YEARS["2017"]["touchpoints"][place]
    assert {str(score): n for score, n in counts(found.scores, item=place).items()} == right["counts"]
    scores, weighted = of(found, place), right["weighted"]
    assert round(mean(scores), 4) == right["mean"]
    assert round(mean(scores, weighted=True), 4) == weighted["mean"]
    total, squares = sum(one.w for one in scores), sum(one.w2 for one in scores)
    assert round(total, 4) == weighted["sum_w"]
    assert round(total**2 / squares, 4) == weighted["kish_n_eff"]
    missing = YEARS["2017"]["missing_codes"][place]
    assert missing_of(found, place) == {"blank": missing["0_blank"], "not applicable": missing["6_not_applicable"]}


def missing_of(found: Found, item: str, metric: str = "csat") -> dict[str, int]:
    return {one.kind: one.n for one in found.missing if one.cell[:2] == (item, metric)}


def test_missing_values_of_2018_are_no_answers() -> None:
    found = survey("2018")
    assert missing_of(found, "parking") == {"blank": 210, "not applicable": 1534}
    assert sum(counts(found.scores, item="parking").values()) == 1065
    assert round(mean(of(found, "parking")), 4) == 3.8319


@pytest.mark.parametrize(("year", "plain", "weighted"), [("2017", 39.8398, 40.3984), ("2018", 30.9811, 35.1136)])
def test_nps_where_zero_is_an_answer_and_eleven_is_blank(year: str, plain: float, weighted: float) -> None:
    assert round(nps(survey(year), False), 4) == plain
    assert round(nps(survey(year), True), 4) == weighted


def variance(found: Found) -> float:
    """The variance of the weighted NPS over clusters, from the sums that leave the engine."""
    scores = of(found, "", "nps")
    cell = Cell("", "nps", scores[0].cell.period)
    middle, total = nps(found, True), sum(one.w for one in scores)
    (units,) = [one for one in found.units if one.cell == cell]
    away = {one.score: (100 if one.score >= 9 else -100 if one.score <= 6 else 0) - middle for one in scores}
    squares = sum(
        away[one.s] * away[one.t] * one.value * (1 if one.s == one.t else 2)
        for one in found.products if one.cell == cell
    )  # fmt: skip
    return units.clusters / (units.clusters - 1) * squares / total**2


def test_the_change_of_the_years_with_clusters() -> None:
    error = math.sqrt(variance(survey("2017")) + variance(survey("2018")))
    change = nps(survey("2018"), True) - nps(survey("2017"), True)
    assert round(change, 4) == -5.2848
    assert error == pytest.approx((10.6318 + 0.0622) / 2 / 1.97, rel=0.01)


def test_two_segments_are_told_apart_each_alone_and_together() -> None:
    one = source(
        DATA, url="sfo_2018.csv", weight="none", columns={"NETPRO": {"metric": "nps", "missing": {"11": "blank"}}}
    )
    found = asked(one, segments=("LANG", "BAREA"))
    totals: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for score in found.scores:
        names = tuple(name for name, _ in score.cell.segments)
        totals[names][tuple(value for _, value in score.cell.segments)] += score.n
    assert set(totals) == {(), ("LANG",), ("BAREA",), ("LANG", "BAREA")}
    assert len({sum(one.values()) for one in totals.values()}) == 1
    assert sum(n < 5 for n in totals["LANG", "BAREA"].values()) == 11
