"""What a journey takes of the customer, who leaves it, and what improving it would do."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.scoring import Effort, Exit, Saving, opportunities, score, settings_for, simulate
from tests.scoring.journeys import approx, journey, staged


def effort(points: list[dict[str, Any]], **fields: Any) -> Effort:
    return score(journey(points, **fields)).effort


def test_contacts_and_switches() -> None:
    channels: list[Any] = [
        "phone",
        "none",
        "telephone",
        None,
        ["phone", "email"],
        "e-mail",
        "chat",
        "none",
        "self",
        "our-robot",
    ]
    points: list[dict[str, Any]] = [{"channel": channel} if channel else {} for channel in channels]
    points[0]["by"], points[4]["by"] = "company", "partner"
    found = effort(points)
    # silence and self are no contact, a touchpoint without a channel is one; it switches to chat and to our-robot
    assert (found.touchpoints, found.customer_contacts, found.channel_switches) == (10, 5, 2)


def test_waiting_is_the_customers_and_counted_once() -> None:
    points: list[dict[str, Any]] = [
        {
            "wait": "20min",
            "lasts": "1h",
            "channel": "phone",
            "backstage": [{"team": "Desk", "wait": "3d", "lasts": "1d"}],
        },
        {"lasts": "2d", "wait": "1h", "channel": "none"},
        {"lasts": "3h", "channel": ["none"]},
        {"lasts": "5h"},
        {"lasts": "5h", "channel": ["none", "email"]},
        {"lasts": "5h", "channel": "self"},
    ]
    assert effort(points).waiting == 20 * 60 + 2 * 86400 + 3 * 3600


@pytest.mark.parametrize(
    ("points", "fields", "days"),
    [
        ([{"at": "-2d"}, {}, {"at": "+3d", "lasts": "2d"}, {"lasts": "3d"}], {}, 7),
        ([{"at": "0h", "lasts": "5d"}, {"at": "+1d"}], {}, 5),
        ([{"at": "2026-03-01"}, {"at": "2026-03-03T12:00"}], {}, 2.5),
        ([{"at": "-1d"}, {"at": "2026-03-02 06:00"}], {"day0": "2026-03-01"}, 2.25),
        ([{"at": "-1d"}, {"at": "2026-03-02"}], {"day0": "the first day"}, None),
        ([{"at": "-1d"}, {"at": "day 4"}], {"day0": "the first day"}, 5),
        ([{"at": "+1d", "lasts": "4h"}, {}], {}, None),
        ([{}, {"lasts": "1d"}], {}, None),
        ([{"at": "0h"}, {"at": "+30s", "lasts": "3min"}, {"lasts": "30d", "wait": "30d"}, {}], {}, 30),
    ],
)
def test_elapsed(points: list[dict[str, Any]], fields: dict[str, Any], days: float | None) -> None:
    found = effort(points, **fields)
    assert found.elapsed == (None if days is None else days * 86400)
    assert found.elapsed_at_least is (days == 30)


def test_handoffs() -> None:
    steps = [{"from": "Desk", "to": "Field"}, {"team": "Field", "does": "repairs"}, {"from": "Field", "to": "Desk"}]
    assert effort([{"backstage": steps}, {}, {"backstage": steps[:1]}]).handoffs == 3


def test_churn_counts_what_is_stated() -> None:
    assert score(journey([{}, {}])).churn_index is None
    assert score(journey([{"churn_risk": "none"}, {}])).churn_index == 0
    points: list[dict[str, Any]] = [
        {"churn_risk": "high", "reach": 0.5},
        {"churn_risk": "low"},
        {"churn_risk": 0.2},
        {},
    ]
    assert score(journey(points)).churn_index == approx(100 * (1 - 0.85 * 0.95 * 0.8))


def test_exits() -> None:
    options = [{"answer": "leave", "to": "end", "share": 0.25}, {"answer": "stay", "to": "t2", "share": 0.75}]
    unknown = {"decision": {"question": "Again?", "options": [{"answer": "no", "to": "end"}]}}
    points: list[dict[str, Any]] = [{"decision": {"question": "Stay?", "options": options}, "churn_risk": 0.1}, unknown]
    scores = score(journey(points))
    assert scores.exits == (Exit("t1", "leave", 0.25), Exit("t2", "no", None))
    assert scores.churn_index == approx(10)


MAP: list[dict[str, Any]] = [
    {"satisfaction": 1, "channel": "phone", "decision": {"question": "Wait?", "options": [
        {"answer": "yes", "to": "t2", "share": 0.5}, {"answer": "no", "to": "end", "share": 0.5}]}},
    {"satisfaction": -2, "feeling": "frustrated", "channel": "chat", "lasts": "2d", "wait": "4h",
     "backstage": [{"from": "Desk", "to": "Field"}], "measured": {"counts": {1: 3, 2: 4}, "scale": "1..5"}},
    {"satisfaction": 2, "channel": "phone"},
    {"channel": "email"},
]  # fmt: skip


def improved(*given: dict[str, Any], **fields: Any) -> Any:
    listed = [{"title": "Better", "at": ["t2"], **one} for one in given]
    return journey(MAP, opportunities=listed, kpis=[{"kind": "csat", "at": "t2", "value": 4}], **fields)


@pytest.mark.parametrize(("source", "wanted"), [("best", 75), ("stated", 75), ("measured", 75)])
def test_a_target_is_the_score_whatever_it_was_taken_from(source: str, wanted: float) -> None:
    made = improved({"target": {"t2": 1}})
    after = simulate(made, made.opportunities)
    found = score(after, settings_for(made, source=source)).by_id["t2"]
    assert (found.score, found.interval) == (wanted, False)
    assert score(made).by_id["t2"].score == approx(14.285714)
    assert after.state == "future"
    assert after.touchpoint("t2").feeling == ()
    assert [t.satisfaction for t in after.touchpoints] == [1, 1, 2, None]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_several_targets_of_a_touchpoint_the_highest_holds(order: tuple[int, int]) -> None:
    made = improved({"id": "much", "target": {"t2": 1.5}}, {"id": "little", "target": {"t2": -1}})
    after = simulate(made, [made.opportunities[at] for at in order])
    assert [t.satisfaction for t in after.touchpoints] == [1, 1.5, 2, None]
    (little,) = simulate(made, made.opportunities[1:]).touchpoints[1:2]  # alone, a target is what it is
    assert little.satisfaction == -1


def test_a_target_that_rates_what_was_unrated_is_no_gain() -> None:
    made = journey([{"satisfaction": 0}, {}], opportunities=[{"title": "B", "at": ["t2"], "target": {"t2": 2}}])
    (found,) = opportunities(made)
    assert found.opportunity_score is None
    assert (found.after, found.gain, found.rates) == (None, None, ("t2",))


def test_a_removed_touchpoint_is_gone_with_what_refers_to_it() -> None:
    made = improved(
        {"id": "out", "removes": ["t2"]},
        {"id": "same", "removes": ["t2", "t3"], "target": {"t2": 1, "t4": 0}, "at": ["t2", "t4"]},
        {"id": "moot", "target": {"t2": 1}},
    )
    assert len(made.places) == 4  # counted before: nothing of it may be left over
    after = simulate(made, made.opportunities[:1])
    assert [place.touchpoint.id for place in after.places] == ["t1", "t3", "t4"]
    decision = after.touchpoint("t1").decision
    assert decision is not None and [option.to for option in decision.options] == ["t3", "end"]
    (left,) = after.opportunities
    assert (left.id, left.at, left.removes, left.target) == ("same", ("t4",), ("t3",), {"t4": 0})
    assert [kpi.at for kpi in after.kpis] == [()]
    with pytest.raises(KeyError):
        after.touchpoint("t2")
    assert [t.id for t in made.touchpoints] == ["t1", "t2", "t3", "t4"] and made.state == "current"


def test_a_stage_that_loses_all_its_touchpoints_is_gone() -> None:
    go = {"title": "I go"}
    stages = {"A": [go | {"id": "p"}, go | {"id": "q"}], "B": [go | {"id": "r"}]}
    made = staged(stages, opportunities=[{"title": "B", "at": ["r"], "removes": ["r"]}])
    assert [stage.name for stage in simulate(made, made.opportunities).stages] == ["A"]


def test_several_opportunities_together() -> None:
    made = improved({"target": {"t1": 2, "t2": 1}}, {"removes": ["t2"]}, {"target": {"t1": -2}})
    after = simulate(made, made.opportunities)
    assert [(t.id, t.satisfaction) for t in after.touchpoints] == [("t1", 2), ("t3", 2), ("t4", None)]


def test_what_a_removal_saves() -> None:
    made = improved(
        {"id": "out", "removes": ["t2"]}, {"id": "keep", "target": {"t2": 1}}, {"id": "worse", "removes": ["t3"]}
    )
    saves = {rated.opportunity.id: rated.saves for rated in opportunities(made)}
    assert saves == {
        "out": Saving(touchpoints=1, seconds=2 * 86400, handoffs=1, channel_switches=2),
        "keep": None,
        "worse": Saving(touchpoints=1, seconds=0, handoffs=0, channel_switches=1),
    }


def test_an_opportunity_that_says_nothing_measurable_has_no_gain() -> None:
    (found,) = opportunities(improved({"impact": 3, "effort": 3}))
    assert (found.gain, found.after, found.saves) == (None, None, None)
    assert found.priority == approx(20 * 0.8)


def test_an_opportunity_at_no_known_touchpoint_is_not_ranked() -> None:
    (found,) = opportunities(improved({"at": ["gone"], "removes": ["gone"], "impact": 3, "effort": 3}))
    assert (found.priority, found.opportunity_score, found.gain) == (None, None, 0)
    assert found.saves == Saving(0, 0, 0, 0)


def test_removing_everything_leaves_no_score() -> None:
    made = improved({"removes": ["t1", "t2", "t3", "t4"]})
    (found,) = opportunities(made)
    assert (found.after, found.gain) == (None, None)
    assert found.saves is not None and found.saves.touchpoints == 4
    assert simulate(made, made.opportunities).touchpoints == ()


def test_order_priority_then_gain_then_effort_then_the_file_and_the_unranked_last() -> None:
    made = improved(
        {"id": "e-unknown"},
        {"id": "d-cheap", "effort": 1},
        {"id": "c-later", "impact": 4, "effort": 4},
        {"id": "b-later", "impact": 4, "effort": 4},
        {"id": "f-light", "impact": 2, "effort": 2},
        {"id": "a-gains-little", "impact": 4, "effort": 4, "target": {"t2": -1}},
        {"id": "z-gains", "impact": 4, "effort": 4, "target": {"t2": 1}},
        {"id": "z-first", "impact": 5, "effort": 4},
    )
    assert [rated.opportunity.id for rated in opportunities(made)] == [
        "z-first", "z-gains", "a-gains-little", "f-light", "c-later", "b-later", "d-cheap", "e-unknown",
    ]  # fmt: skip


def test_reach_and_importance_are_the_largest_of_the_touchpoints_addressed() -> None:
    points: list[dict[str, Any]] = [{"satisfaction": s} for s in (2, 2, -2, 2)]
    points[1] |= {"reach": 0.2, "importance": 5}
    points[2] |= {"reach": 0.5}
    given = {"title": "B", "at": ["t2", "t3"], "impact": 3, "effort": 1, "confidence": 0.5}
    (found,) = opportunities(journey(points, opportunities=[given]))
    assert (found.priority, found.opportunity_score) == (approx(20 * 0.5 * 3 * 0.5), 10)


def test_a_target_counts_under_measured_where_nothing_is_measured_yet() -> None:
    points: list[dict[str, Any]] = [{"measured": {"mean": 0}}, {"measured": {"mean": 1}}, {"satisfaction": -2}]
    data = journey(points, opportunities=[{"id": "x", "title": "x", "at": ["t3"], "target": {"t3": 2}}])
    found = score(data, settings_for(data, source="measured"))
    (rated,) = opportunities(data, found)
    assert (rated.after, rated.gain, rated.rates) == (None, None, ("t3",))
    after = simulate(data, data.opportunities, "measured")
    assert score(after, settings_for(after, source="measured")).score == approx(77.5)
