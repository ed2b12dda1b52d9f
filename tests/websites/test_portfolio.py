"""Means and groups of touchpoints, and names of folders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.site.addresses import folder_name, unique_names, way
from journeykit.site.portfolio import mean_of

SCORES = st.floats(0, 100)
VALUES = st.lists(st.tuples(st.none() | SCORES, st.none() | st.floats(0, 50), st.floats(0.01, 5)))


@given(VALUES)
def test_a_mean_lies_between_its_scores_and_its_band_is_no_wider_than_the_widest(
    values: list[tuple[float | None, float | None, float]],
) -> None:
    mean = mean_of(values)
    scores = [score for score, _, _ in values if score is not None]
    assert mean.n == len(scores)
    if not scores:
        assert mean.score is None
        return
    assert mean.score is not None and mean.half_width is not None
    assert min(scores) - 1e-6 <= mean.score <= max(scores) + 1e-6
    assert mean.half_width <= max(wide or 0.0 for score, wide, _ in values if score is not None) + 1e-6


def test_a_mean_weighs() -> None:
    assert mean_of([(0, 10, 1), (100, 20, 3), (None, 5, 9)]) == (2, 75, 17.5)
    assert mean_of([(50, 1, 0)]) == (1, None, None)


@given(st.lists(st.text()))
def test_folders_have_safe_names_of_their_own(texts: list[str]) -> None:
    names = unique_names(texts)
    assert len(set(names)) == len(names) == len(texts)
    for name in names:
        assert (name and not set(name) & set('/\\:*?"<>|.\0 ') and name == name.casefold()) or name


@pytest.mark.parametrize("text", ["CON", "aux", "com1", "..", ".", "/etc/passwd", "a\0b", "ÄÖ", ""])
def test_names_that_mean_something_to_a_system(text: str) -> None:
    name = folder_name(text)
    assert name and "/" not in name and "." not in name and name.casefold() not in ("con", "aux", "com1")


def test_ways_between_pages() -> None:
    assert way("index.html", "weakest/") == "weakest/index.html"
    assert way("journey/a/index.html", "", "x y") == "../../index.html#x%20y"
    assert way("journey/a/time/index.html", "journey/ü/") == "../../../journey/%C3%BC/index.html"
