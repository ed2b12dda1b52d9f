"""What fixtures do not show: how a stretch of time reads, and limits that a team sets."""

import pytest

from journeykit.rules.timeline import in_words
from tests.rules.judged import judged

HEAD = "title: I get my router fixed\npersona: Home customer\ntouchpoints:\n"


@pytest.mark.parametrize(
    ("seconds", "read"),
    [
        (60, "1 minute"),
        (2400, "40 minutes"),
        (3600, "1 hour"),
        (5400, "1.5 hours"),
        (86400, "24 hours"),
        (172800, "2 days"),
        (4.92 * 86400, "4.9 days"),
        (10.4 * 86400, "10.4 days"),
        (1234.5 * 86400, "1234.5 days"),
        (150 * 86400, "150 days"),
    ],
)
def test_a_stretch_of_time_reads(seconds: float, read: str) -> None:
    assert in_words(seconds) == read


def test_a_gap_is_told_with_its_length_and_share() -> None:
    text = (
        HEAD
        + "  - {title: I call, at: day 0}\n  - {title: I call again, at: day 10}\n  - {title: It works, at: day 20}"
    )
    (first, second) = judged("unexplained-gap", text)
    assert (first.path, second.path) == (("touchpoints", 1, "at"), ("touchpoints", 2, "at"))
    assert first.message == "the map says nothing of the 10 days before this, 50 % of the journey"
    assert judged("unexplained-gap", text, days=10) == []
    assert judged("unexplained-gap", text, share=0.5) == []


@pytest.mark.parametrize(
    ("gap", "message"),
    [
        ("day 9", "3 days of waiting backstage, and nobody tells the customer"),
        ("day 1 06:00", "3 days of waiting backstage, but the next touchpoint comes after 30 hours"),
        ("day 0", "3 days of waiting backstage, and nobody tells the customer"),
    ],
)
def test_a_hidden_wait_that_outlasts_the_time_to_the_next_touchpoint_says_so(gap: str, message: str) -> None:
    steps = "[{from: Desk, to: Store, wait: 1d}, {from: Store, to: Desk, wait: 2d}]"
    text = HEAD + f"  - {{title: I order, at: day 0, backstage: {steps}}}\n  - {{title: I ask, at: {gap}}}"
    (hit,) = judged("hidden-wait", text)
    assert hit.message == message
    assert hit.path == ("touchpoints", 0, "backstage", 1, "wait")


def test_how_long_may_be_hidden_is_for_the_team_to_say() -> None:
    text = HEAD + "  - {title: I order, backstage: [{team: Store, wait: 3d}]}\n  - I get it: happy"
    assert judged("hidden-wait", text)
    assert not judged("hidden-wait", text, days=3)


def test_from_which_length_on_things_go_on_side_by_side_is_for_the_team_to_say() -> None:
    text = HEAD + "  - {title: I move, at: 0h, lasts: 9h}\n  - {title: I call, at: +8h}"
    assert judged("overlap", text)
    assert not judged("overlap", text, hours=9)
