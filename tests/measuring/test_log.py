"""Figures of a log seen through a map: small logs by hand, a real one against the plain definitions."""

from __future__ import annotations

import math
from collections import Counter
from itertools import groupby, pairwise
from typing import Any

import numpy
import pytest

from journeykit.data.questions import About, Found, Way
from journeykit.measuring.labels import labels_of
from journeykit.measuring.log import Log
from journeykit.model import Journey
from tests.measuring.logs import Event, by_case, found_of, sepsis

HOUR = 3_600_000


def journey(*touchpoints: dict[str, Any] | str) -> Journey:
    listed = [{"id": one, "title": one} if isinstance(one, str) else {"title": one["id"], **one} for one in touchpoints]
    return Journey.model_validate({"title": "t", "persona": "p", "touchpoints": listed})


def log(map_: Journey, *ways: tuple[str, int]) -> Log:
    """A log of cases that have these letters, an hour apart, so many times."""
    cases = [letters for letters, n in ways for _ in range(n)]
    events = [
        Event(str(case), place * HOUR, 0, letter)
        for case, letters in enumerate(cases)
        for place, letter in enumerate(letters)
    ]
    return Log(map_, found_of(events, labels_of(map_, "desk")))


def values(found: Log, id: str) -> dict[str, float | None]:
    return {one.to: one.share.value for one in found.following(id)}


ABC = journey("a", "b", "c")


def test_reach_is_the_share_of_all_cases() -> None:
    found = log(ABC, ("abc", 60), ("ac", 30), ("x", 10))
    reach = found.reach("b")
    assert reach is not None and reach.low is not None and reach.high is not None
    assert found.cases == 100 and reach.value == 0.6 and reach.n == 100
    z = 1.959963984540054
    middle, half = (
        (0.6 + z * z / 200) / (1 + z * z / 100),
        z * math.sqrt(0.24 / 100 + z * z / 40000) / (1 + z * z / 100),
    )
    assert (reach.low, reach.high) == pytest.approx((middle - half, middle + half))


def test_labels_of_one_touchpoint_are_one_run_and_others_are_passed_over() -> None:
    map_ = journey({"id": "a", "data": {"desk": ["a", "x"]}}, "b")
    found = log(map_, ("axaqb", 20), ("aqxb", 10))
    assert [(way.activities, way.n) for way in found.found.ways] == [(("a", "b"), 30)]
    wait = found.wait("a")
    assert wait and wait.n == 30 and wait.median.value == 4 * 3600  # from the first event of the run


def test_what_comes_next_has_the_base_of_all_who_pass() -> None:
    found = log(ABC, ("ab", 50), ("ac", 30), ("a", 20), ("abab", 10))
    assert found.passes("a") == 50 + 30 + 20 + 20
    assert values(found, "a") == {"b": 70 / 120, "c": 0.25, "end": 20 / 120}
    assert values(found, "b") == {"end": 60 / 70, "a": 10 / 70}


def test_few_are_never_told_nor_what_tells_them() -> None:
    found = log(ABC, ("ab", 50), ("ac", 3), ("a", 20))
    assert found.reach("c") is None
    assert values(found, "a") == {"b": 50 / 73}, "3 would be the rest of 50, 20 and 73"
    assert log(ABC, ("abc", 96), ("ac", 4)).reach("b") is None, "the 4 others are the rest of 100"
    assert log(ABC, ("ab", 4)).following("a") == () and log(ABC, ("ab", 4)).reach("a") is None
    assert log(ABC, ("ab", 4)).wait("a") is None
    most = log(ABC, ("abc", 1997), ("ac", 3)).reach("b")
    assert most and most.value == 1, "a share of 1.0 may be of any of the last five"


def test_a_wait_is_told_where_at_least_a_twentieth_goes_on() -> None:
    assert log(ABC, ("ab", 6), ("a", 94)).wait("a") is not None
    assert log(ABC, ("ab", 6), ("a", 194)).wait("a") is None


def test_a_case_is_open_while_it_is_younger_than_most_waits() -> None:
    early = [Event(str(case), 0, 0, "a") for case in range(40)] + [Event(str(case), HOUR, 0, "b") for case in range(30)]
    late = [Event(f"late {case}", 100 * HOUR - HOUR // 2, 0, "a") for case in range(20)]
    newest = [Event("last", 100 * HOUR, 0, "b")]
    found = Log(ABC, found_of([*early, *late, *newest], labels_of(ABC, "desk")))
    assert found.ends == {"a": 30, "b": 31}
    assert found.finished == {"a": 10, "b": 31}, "20 cases came to a half an hour ago, and may go on"


def test_order_is_that_of_first_appearances() -> None:
    found = log(ABC, ("abc", 10), ("bac", 30), ("bab", 5), ("a", 7))
    assert found.order("a", "b") == (35, 45)
    assert found.order("b", "a") == (10, 45)
    assert found.order("a", "c") == (0, 40)


def test_what_the_map_allows() -> None:
    map_ = journey(
        "a",
        {"id": "b", "reach": 0.3},
        {"id": "q"},  # the log does not know it
        {
            "id": "c",
            "decision": {"question": "?", "options": [{"answer": "x", "to": "a"}, {"answer": "y", "to": "end"}]},
        },
        "d",
    )
    found = log(map_, ("abcd", 10))
    assert found.allowed["a"] == {"b", "c"}, "b may be skipped, q is not in the log"
    assert found.allowed["b"] == {"c"}
    assert found.allowed["c"] == {"a", "d", "end"}
    assert found.allowed["d"] == {"end"}


def test_the_options_of_a_touchpoint_that_the_log_does_not_know_lead_on() -> None:
    asked = {"question": "?", "options": [{"answer": "x", "to": "d"}, {"answer": "y", "to": "b"}]}
    map_ = journey("a", {"id": "q", "decision": asked}, "b", "c", "d")
    assert log(map_, ("abcd", 10)).allowed["a"] == {"b", "d"}


def test_fit_is_the_share_of_moves_and_ways_that_the_map_allows() -> None:
    fit = log(ABC, ("abc", 60), ("ac", 20), ("ab", 20)).fit
    assert fit.moves and fit.ways
    assert (fit.moves.value, fit.moves.n) == (140 / 160, 160)
    assert (fit.ways.value, fit.ways.n) == (0.8, 100)


def test_channels_and_teams_that_are_not_known_do_not_count() -> None:
    events = [
        *(Event(str(n), 0, 0, "a", "Desk", "phone") for n in range(30)),
        *(Event(str(n), HOUR, 0, "a", "IT", "") for n in range(30)),
        *(Event(str(n), 2 * HOUR, 0, "b", "", "web") for n in range(30)),
        *(Event(str(n), 3 * HOUR, 0, "b", "IT", "") for n in range(10)),
        *(Event(str(n), 4 * HOUR, 0, "b", "Desk", "") for n in range(3)),
    ]
    found = Log(ABC, found_of(events, labels_of(ABC, "desk")))
    assert found.channels("a") == {"phone": 30}
    assert [(one.before, one.after, one.share.value) for one in found.handovers] == [("Desk", "IT", 1.0)]


def test_an_empty_log_has_no_figures() -> None:
    found = Log(ABC, Found(About("desk", "python", cases=0)))
    assert (found.reach("a"), found.wait("a"), found.following("a"), found.fit, found.end_share("a")) == (
        None, None, (), (None, None), None,
    )  # fmt: skip
    assert Log(ABC, Found(About("desk", "python", cases=50), ways=(Way(("a",), 50),))).reach("a")


SEPSIS = journey(
    {"id": "registration", "data": {"desk": "ER Registration"}},
    {"id": "triage", "data": {"desk": ["ER Triage", "ER Sepsis Triage"]}},
    {"id": "blood", "data": {"desk": ["Leucocytes", "CRP", "LacticAcid"]}},
    {"id": "iv-liquid"},
    {"id": "iv-antibiotics"},
    {"id": "admission-nc", "reach": 0.9},
    {"id": "release-a", "reach": 0.6},
    {"id": "return-er", "reach": 0.3},
)


def test_a_real_log_against_the_definitions() -> None:
    """Every figure again, straight from the rows: numpy's type 7 quantiles, and counting."""
    names = {
        "ER Registration": "registration", "ER Triage": "triage", "ER Sepsis Triage": "triage", "Leucocytes": "blood",
        "CRP": "blood", "LacticAcid": "blood", "IV Liquid": "iv-liquid", "IV Antibiotics": "iv-antibiotics",
        "Admission NC": "admission-nc", "Release A": "release-a", "Return ER": "return-er",
    }  # fmt: skip
    events = sepsis()
    found = Log(SEPSIS, found_of(events, labels_of(SEPSIS, "desk")))
    runs = {
        case: [
            (id, [one.at for one in same])
            for id, same in groupby((one for one in rows if one.activity in names), key=lambda one: names[one.activity])
        ]
        for case, rows in by_case(events).items()
    }
    assert found.cases == len(runs) == len({one.case for one in events}) == 150
    assert "NA" in runs
    for id in ("triage", "blood", "iv-liquid", "iv-antibiotics", "admission-nc", "release-a", "return-er"):
        with_it = sum(any(run == id for run, _ in case) for case in runs.values())
        assert found.cases_with[id] == with_it
        waits = [
            (after[0] - before[0]) / 1000
            for case in runs.values()
            for (a, before), (_, after) in pairwise(case)
            if a == id
        ]
        nexts = Counter(
            case[place + 1][0] if place + 1 < len(case) else "end"
            for case in runs.values()
            for place, (run, _) in enumerate(case)
            if run == id
        )
        assert found.moves(id) == nexts
        assert found.passes(id) == nexts.total()
        wait = found.wait(id)
        if len(waits) >= max(5, 0.05 * with_it):
            assert wait is not None
            assert (wait.median.value, wait.p90.value) == pytest.approx(tuple(numpy.quantile(waits, (0.5, 0.9))))
            assert wait.n == len(waits)
        else:
            assert wait is None
    first = {case: list(dict.fromkeys(id for id, _ in found)) for case, found in runs.items()}
    both = [order for order in first.values() if {"iv-liquid", "iv-antibiotics"} <= set(order)]
    reversed_ = sum(order.index("iv-antibiotics") < order.index("iv-liquid") for order in both)
    assert found.order("iv-liquid", "iv-antibiotics") == (reversed_, len(both))
