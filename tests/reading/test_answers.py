"""Survey answers are plausible: scales are stated, shares have a unit, no more answers than people asked."""

from __future__ import annotations

import pytest

from journeykit.reading import read_text

HEAD = "title: I get it\npersona: P\ntouchpoints:\n  - {id: a, title: I call, feeling: calm}\n  - I go: calm\n"


def found(text: str) -> list[tuple[str, str, str]]:
    document = read_text(HEAD + text, "x.journey.yaml")
    return [(one.rule, one.message, one.help) for one in document.findings]


def kpi(keys: str) -> list[tuple[str, str, str]]:
    return found(f"kpis:\n  - {{{keys}}}\n")


@pytest.mark.parametrize(
    ("keys", "rule", "message", "help"),
    [
        ("kind: csat, counts: {1: 20, 2: 80}", "missing-key", "scale of these answers is not stated", "scale: 1..2"),
        ("kind: csat, counts: {1: 2, 10: 80}", "missing-key", "scale of these answers is not stated", "scale: 0..10"),
        ("kind: rating, counts: {4: 20}", "missing-key", "scale of these answers is not stated", "scale: 1..4"),
        ("kind: csat, scale: 0..10, counts: {9: 20}", "missing-key", "count as satisfied is not stated", "top: 2"),
        ("kind: csat, scale: 1..3, top: 3, counts: {3: 9}", "out-of-range", "all of them", ""),
        ("kind: csat, scale: 1..3, counts: {4: 9}", "counts-off-scale", "csat answers go from 1 to 3", "their scale"),
        ('kind: nps, counts: {"11": 5, 10: 5}', "counts-off-scale", "nps answers go from 0 to 10", "0 to 10"),
        ("kind: ces, counts: {0: 5}", "counts-off-scale", "ces answers go from 1 to 7", ""),
        ("kind: ces, scale: 1..5, counts: {1: 5}", "unknown-choice", "ces is asked on 1..7", "ces1"),
        ("kind: ces1, counts: {7: 5}", "counts-off-scale", "ces1 answers go from 1 to 5", ""),
        ("kind: fcr, counts: {1: 5}", "unknown-key", "fcr has no answers", "remove it"),
        ("kind: nps, top: 2, value: 5", "unknown-key", "only a csat", ""),
        ("kind: csat, value: 85", "out-of-range", "85 is no share", "write 85%"),
        ("kind: csat, value: 4.2", "out-of-range", "4.2 is no share", "write 4.2%; a mean of marks is kind: rating"),
        ("kind: fcr, value: 71%, target: 75", "out-of-range", "75 is no share", "write 75%"),
        ("kind: rate, value: 1", "out-of-range", "1 may be 1% or all", "write 1% or 100%"),
        ("kind: nps, value: 0.31", "out-of-range", "promoters less detractors", "write 31"),
        ("kind: fcr, k: 5", "missing-key", '"n" is missing', "add n"),
        ("kind: fcr, k: 5, n: 4", "sums-differ", "5 of 4 is more than all", ""),
        ("kind: fcr, k: 5, n: 40, value: 12%", "one-form", '"value" and "k"', "keep one"),
        ("kind: nps, k: 5, n: 40", "unknown-key", "nps is no share of cases", ""),
        ("kind: csat, value: 80%, n: 31, sent: 20", "sums-differ", "31 answers, but only 20 were asked", "sent"),
        ("kind: csat, counts: {5: 31}, sent: 20", "sums-differ", "31 answers, but only 20 were asked", "sent"),
        ("kind: fcr, k: 5, n: 40, sent: 40", "unknown-key", "of which nobody is asked", "at its source"),
        ("kind: response_time, median: 4h, sent: 40", "unknown-key", "response_time is about cases", "remove it"),
        ("kind: nps, promoters: 18, passives: 11, detractors: 2, sent: 20", "sums-differ", "but only 20 were", ""),
    ],
)  # fmt: skip
def test_a_kpi_that_cannot_be(keys: str, rule: str, message: str, help: str) -> None:
    ((kind, said, advice),) = kpi(keys)
    assert kind == rule and message in said and help in advice


@pytest.mark.parametrize(
    "keys",
    [
        "kind: csat, scale: 1..2, counts: {1: 20, 2: 80}",
        "kind: csat, counts: {1: 20, 5: 0}",
        "kind: csat, counts: {1: 20, 7: 0}",
        "kind: csat, scale: 1..10, top: 3, counts: {1: 20}",
        "kind: rating, scale: 0..10, counts: {4: 20}",
        "kind: csat, value: 0.85",
        "kind: csat, mean: 3.9, target: 4.2",
        "kind: rate, value: 0",
        "kind: nps, value: 0",
        "kind: nps, value: 31",
        "kind: fcr, k: 0, n: 4, target: 50%",
        "kind: csat, value: 80%, n: 20, sent: 20",
        "kind: rate, k: 20, n: 40, sent: 90",
        "kind: ces1, scale: 1..7, counts: {7: 5}",
    ],
)
def test_a_kpi_that_can(keys: str) -> None:
    assert kpi(keys) == []


SURVEY = "title: I get it\npersona: P\ntouchpoints:\n  - {{title: I call, measured: {{{}}}}}\n  - I go: calm\n{}"


@pytest.mark.parametrize(
    ("measured", "more", "message"),
    [
        ("scale: 1..5, mean: 4, sd: 99, n: 5", "", "5 answers on 1..5 cannot have a standard deviation of 99"),
        ("scale: 1..5, mean: 4, sd: 2.2361, n: 5", "", "the largest is 2.236"),
        ("mean: 1, sd: 2.9", "", "answers on -2..2 cannot have a standard deviation of 2.9; the largest is 2.828"),
        ("mean: 1, n: 31, source: s", "sources: [{id: s, n: 20, sent: 20}]\n", "31 answers, but only 20 were asked"),
        ("mean: 1, n: 5", "sources: [{id: s, n: 500, sent: 20}]\n", "500 answers, but only 20 were asked"),
    ],
)
def test_a_survey_that_cannot_be(measured: str, more: str, message: str) -> None:
    (finding,) = read_text(SURVEY.format(measured, more), "x.journey.yaml").findings
    assert message in finding.message


@pytest.mark.parametrize(
    "measured", ["scale: 1..5, mean: 3, sd: 2.236, n: 5", "mean: 1, sd: 2.8", "mean: 1, sd: 9, n: 1"]
)
def test_a_survey_that_can(measured: str) -> None:
    assert read_text(SURVEY.format(measured, ""), "x.journey.yaml").findings == ()
