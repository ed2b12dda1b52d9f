"""The curves in a comment on a pull request: both versions, where they differ and the comment has room."""

from __future__ import annotations

import re

import pytest

from journeykit.comparing.journey_diff import JourneyDiff, diff_journey
from journeykit.output.pull_request import comment
from journeykit.reading import read_text
from journeykit.scoring import Scores, score


def scores(*values: float | None, title: str = "T") -> Scores:
    """A journey whose touchpoints have these scores; None is one that is not rated."""
    points = [
        f"  - {{id: t{n}, title: t{n}" + ("}" if value is None else f", satisfaction: {value}}}")
        for n, value in enumerate(values, 1)
    ]
    text = f"title: {title}\npersona: P\nscale: 0..100\ntouchpoints:\n" + "\n".join(points) + "\n"
    document = read_text(text, "a.yaml")
    assert document.journey is not None, document.findings
    return score(document.journey)


def told(*changes: JourneyDiff) -> str:
    return comment("main", "topic", changes, 0, ())


def pictures(text: str) -> list[str]:
    """What stands in fences."""
    return re.findall(r"^\n```text\n(.*?)^```\n(?=\n|</details>)", text, re.DOTALL | re.MULTILINE)


def test_both_curves_are_drawn_before_and_after() -> None:
    (drawn,) = pictures(told(diff_journey("a", scores(80, 10, 80), "a", scores(80, 90, 80, 20))))
    before, after = drawn.split("After, journey score ")
    assert before.startswith("Before, journey score ")
    assert re.search(r"^ +1 +2 +3$", before, re.MULTILINE)
    assert re.search(r"^ +1 +2 +3 +4$", after, re.MULTILINE)
    under = [re.search(r"▼1", part) for part in (before, after)]
    assert all(under)
    assert max(map(len, drawn.splitlines())) <= 80


def test_a_touchpoint_has_the_number_that_the_curve_gives_it() -> None:
    text = told(diff_journey("a", scores(80, 10, 80), "a", scores(80, 10, 60)))
    assert "| changed | 3 | t3 |" in text


def test_curves_that_look_the_same_are_not_drawn() -> None:
    text = told(diff_journey("a", scores(80, 10, 80), "a", scores(80, 10, 80, title="U")))
    assert "title: was “T”" in text
    assert "```" not in text


def test_a_journey_without_any_rating_has_no_curve() -> None:
    assert "```" not in told(diff_journey("a", scores(None, None), "a", scores(None, None, None)))


def test_a_journey_that_came_has_its_curve_and_one_that_went_has_none() -> None:
    text = told(JourneyDiff(None, "b", None, scores(80, 10, 80)), JourneyDiff("c", None, scores(1, 2), None))
    (drawn,) = pictures(text)
    assert drawn.startswith("New, journey score ")
    assert "Before" not in drawn
    assert "<summary>T (b): 3 touchpoints</summary>" in text
    assert text.count("<details>") == 1


@pytest.mark.parametrize("count", [20, 40, 80])
def test_curves_give_way_to_what_changed(count: int) -> None:
    """Of every journey the tables stand there as long as there is room, whatever becomes of the curves."""
    many = [
        diff_journey(
            "a",
            scores(*[50] * 8, 80),
            "a",
            scores(*[60] * 8, 80),
        )
        for _ in range(count)
    ]
    text = told(*many)
    assert len(text) < 65_536
    assert text.count("<details>") == text.count("</details>")
    drawn, left_out = len(pictures(text)), "too long for a comment" in text
    assert drawn < count if left_out or count > 20 else drawn == count
    assert not (left_out and drawn)


def test_a_very_long_journey_is_told_of_without_a_picture() -> None:
    long = [10 + n % 80 for n in range(400)]
    text = told(diff_journey("a", scores(*long), "a", scores(*long[:-1], 100)))
    assert "```" not in text
    assert "| changed | 400 | t400 |" in text


def test_journeys_of_one_title_are_told_apart_by_their_files() -> None:
    changes = [diff_journey(file, scores(80, 10), file, scores(80, 40)) for file in ("ann.yaml", "b_b.yaml")]
    text = told(*changes, diff_journey("c.yaml", scores(80, 10, title="U"), "c.yaml", scores(80, 40, title="U")))
    assert "| T (ann.yaml) |" in text and "| T (b\\_b.yaml) |" in text and "| U |" in text
    assert "<summary>T (ann.yaml): " in text and "<summary>T (b_b.yaml): " in text and "<summary>U: " in text
