"""The table of ratios, from timings that are given. Nothing is timed here."""

import json

import pytest
from benchmarks.table import (
    Row,
    Target,
    as_json,
    as_text,
    duration,
    each_further,
    further_ratio,
    growth,
    paired_ratio,
    shown,
)

THIRTEENTH = Target(1 / 13, reciprocal=True)


def test_a_ratio_is_the_median_of_the_pairs_not_the_ratio_of_the_medians() -> None:
    # The machine slowed down tenfold in the second round; within each round ours takes half.
    assert paired_ratio([1.0, 10.0, 3.0], [2.0, 20.0, 5.0]) == 0.5
    assert paired_ratio([1.0, 9.0, 2.0], [4.0, 3.0, 4.0]) == 0.5


def test_a_ratio_needs_as_many_rounds_of_both() -> None:
    with pytest.raises(ValueError):
        paired_ratio([1.0, 2.0], [1.0])


def test_a_further_item_costs_the_median_difference_by_the_number_of_items() -> None:
    assert each_further([1.0, 1.0, 5.0], [2.9, 3.0, 7.4], 20) == pytest.approx(0.1)


def test_a_further_item_cheaper_than_the_noise_is_free_and_a_free_peer_tells_nothing() -> None:
    assert further_ratio(-0.001, 0.5) == 0
    assert further_ratio(0.1, 0.5) == pytest.approx(0.2)
    assert further_ratio(0.1, -0.001) is None


def test_growth_is_the_last_step_by_the_first() -> None:
    assert growth([0.002, 0.005]) == pytest.approx(2.5)
    assert growth([-0.001, 0.005]) is None
    assert growth([0.001, -0.005]) is None


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        (1 / 14.62, THIRTEENTH, "1/14.6"),
        (1 / 13, THIRTEENTH, "1/13"),
        (1.5, THIRTEENTH, "1.50"),
        (0.0, THIRTEENTH, "0.00"),
        (0.2, Target(0.7), "0.20"),
        (0.2, None, "1/5"),
        (48.04, Target(60, unit="MB"), "48.0 MB"),
    ],
)
def test_a_value_is_written_as_its_target_is(value: float, target: Target | None, text: str) -> None:
    assert shown(value, target) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.00048, "0.480 ms"), (0.2137, "214 ms"), (3.072, "3.07 s"), (0.0, "0.00 ms"), (12.53, "12.5 s")],
)
def test_durations_have_three_figures(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "target", "verdict"),
    [
        (1 / 14, THIRTEENTH, "met"),
        (1 / 13, THIRTEENTH, "met"),
        (1 / 12, THIRTEENTH, "missed"),
        (1.0, None, ""),
        (None, THIRTEENTH, ""),
    ],
)
def test_a_target_is_met_up_to_its_limit(value: float | None, target: Target | None, verdict: str) -> None:
    assert Row("reading", "validate", "v8r", value, target).verdict == verdict


ROWS = [
    Row("reading", "validate 300 files", "v8r", 1 / 12, THIRTEENTH, "400 ms", "4.80 s"),
    Row("pictures", "first map as SVG", "mermaid-cli", None, THIRTEENTH, note="mermaid-cli: exit 1: no browser"),
]
MISSING = ["ajv-cli (npm install ajv-cli)"]


def test_the_table_shows_ratio_target_verdict_and_what_could_not_be_measured() -> None:
    lines = as_text(ROWS, MISSING, {"journeykit": "1.0"}, width=120).splitlines()
    line = next(line for line in lines if "validate 300 files" in line)
    assert line.split() == ["validate", "300", "files", "v8r", "1/12", "≤", "1/13", "missed", "400", "ms", "4.80", "s"]
    told = [line.rstrip() for line in lines if ":" in line]
    assert told == [
        "not measured: first map as SVG against mermaid-cli: mermaid-cli: exit 1: no browser",
        "missing: ajv-cli (npm install ajv-cli)",
    ]


def test_json_holds_the_unrounded_values() -> None:
    read = json.loads(as_json(ROWS, MISSING, {"journeykit": "1.0"}))
    assert read["version"] == 1 and read["journeykit"] == "1.0" and read["missing"] == MISSING
    assert [(row["value"], row["verdict"]) for row in read["rows"]] == [(1 / 12, "missed"), (None, "")]
