"""The picture of a history: scores at their times, nothing on anything, the largest changes named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeykit.charts.history.calendar import moments, placed, ticks
from journeykit.charts.history.chart import history_of, largest
from journeykit.charts.locales import LANGUAGES
from journeykit.charts.picture import Picture, draw_history
from journeykit.comparing.history import History, VersionScores, versions
from journeykit.drawing import themes
from journeykit.drawing.scene import Circle, Group, Path, Scene, Text
from journeykit.drawing.text import Typesetter
from journeykit.errors import UsageError
from journeykit.git import Commit
from tests.conftest import examples

from .maps import TEXTS, check_layout, groups, leaves, texts
from .test_contrast import readings, unreadable

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def scores_of(
    score: float | None, low: int = 1, critical: int = 0, title: str = "My way", lang: str = "en"
) -> VersionScores:
    kinds = ["critical"] * critical + ["pain"] * (low - critical)
    return VersionScores(
        title=title, lang=lang, score=score, half_width=None if score is None else 5.0,
        mean=None if score is None else max(0.0, score - 3), touchpoints=4, rated=4,
        low_points=tuple((f"t{n}", kind) for n, kind in enumerate(kinds)),
    )  # fmt: skip


def made(
    *several: VersionScores | None,
    days: list[float] | None = None,
    working: VersionScores | None = None,
    subject: str = "a change",
) -> History:
    """Return a version for each set of scores, by default a day apart."""
    days = days or [float(n) for n in range(len(several))]
    log, known = [], {}
    for n, (one, day) in enumerate(zip(several, days, strict=True)):
        blob = None if one is None else f"{n:040x}"
        if one is not None and blob:
            known[blob] = one
        date = (START + timedelta(days=day)).isoformat()
        log.append(Commit(f"{n:040x}", date, "Ann", f"{subject} {n}", "a.yaml", blob))
    added = None if working is None else ("a.yaml", working)
    return History("a.yaml", versions(log[::-1], known, added))


def check(scene: Scene) -> None:
    check_layout(scene)
    badges = [m.box() for m in leaves(scene) if m.kind == "badge"]
    assert not any(one.overlaps(other) for n, one in enumerate(badges) for other in badges[n + 1 :])


VERDICTS = st.builds(
    lambda score, low, critical: scores_of(score, low, min(low, critical)),
    st.one_of(st.none(), st.floats(0, 100)), st.integers(0, 12), st.integers(0, 4),
)  # fmt: skip


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.just(VersionScores(fault="no")), VERDICTS), st.floats(-1, 900)), max_size=40
    ),
    st.one_of(st.none(), VERDICTS),
    st.sampled_from([None, 320.0, 1600.0]),
)
def test_generated(
    several: list[tuple[VersionScores | None, float]], working: VersionScores | None, width: float | None
) -> None:
    history = made(
        *(one for one, _ in several), scores_of(61.0), days=[*(day for _, day in several), 901.0], working=working
    )
    check(history_of(history, width=width))


@pytest.mark.parametrize("script", TEXTS)
def test_any_text(script: str) -> None:
    words = TEXTS[script]
    history = made(scores_of(20, title=words), scores_of(60, title=words), scores_of(40, title=words), subject=words)
    check(history_of(history))
    check(history_of(history, width=320))


@pytest.mark.parametrize("lang", [*LANGUAGES, "ar", "ja"])
def test_labels_of_every_language_fit(lang: str) -> None:
    several = [scores_of(20, 3, 2, lang=lang), None, VersionScores(fault="x"), scores_of(70, 1, lang=lang)]
    history = made(*several, working=scores_of(30, 2, 1, lang=lang))
    check(history_of(history))
    check(history_of(history, width=320))


@pytest.mark.parametrize("theme", themes.NAMES)
def test_every_text_is_readable_where_it_stands(theme: str) -> None:
    scene = history_of(made(*(scores_of(n * 7 % 100, 1 + n % 5, n % 2) for n in range(30)), working=scores_of(10)))
    assert unreadable(set(readings(scene)), themes.load(theme)) == []


def points(scene: Scene) -> list[Circle]:
    return [mark for mark in leaves(scene) if isinstance(mark, Circle) and mark.kind == "point"]


def test_versions_stand_at_their_times_and_scores() -> None:
    scene = history_of(made(scores_of(0), scores_of(100), scores_of(50), days=[0, 1, 4]))
    first, second, third = points(scene)
    assert third.x - second.x == pytest.approx(3 * (second.x - first.x))
    assert first.y - second.y == pytest.approx(200) and first.y - third.y == pytest.approx(100)


def test_a_score_holds_until_the_next_version() -> None:
    scene = history_of(made(scores_of(0), scores_of(100), scores_of(50), days=[0, 1, 4]))
    (line,) = [mark for mark in leaves(scene) if isinstance(mark, Path) and mark.kind == "score"]
    steps = [command[-2:] for command in line.commands if command[0] != "Z"]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(steps))
    assert len(steps) == 6


def test_the_line_is_broken_where_there_is_no_journey_and_a_cross_says_so() -> None:
    scene = history_of(made(scores_of(40), VersionScores(fault="x"), None, scores_of(60)))
    assert len([mark for mark in leaves(scene) if mark.kind == "score"]) == 2
    assert len([mark for mark in leaves(scene) if mark.kind == "no-journey"]) == 2
    assert "No journey" in [text.text for text in texts(scene)]
    assert not [mark for mark in leaves(history_of(made(scores_of(40)))) if mark.kind == "no-journey"]


def test_what_is_not_committed_is_hollow_and_stands_behind_the_rest() -> None:
    scene = history_of(made(scores_of(40), scores_of(60), working=scores_of(90)))
    *_, last_committed, working = points(scene)
    assert working.fill == "page" and last_committed.fill == "accent" and working.x > last_committed.x
    assert "not committed" in " ".join(text.text for text in texts(scene))


def test_low_points_are_areas_as_high_as_their_number() -> None:
    scene = history_of(made(scores_of(40, 4, 1), scores_of(60, 2, 0)))
    areas = {mark.kind: mark.box() for mark in leaves(scene) if isinstance(mark, Path)}
    assert areas["low-points"].height == pytest.approx(4 * areas["critical"].height)
    assert [text.text for text in texts(scene) if text.kind == "end-low"] == ["2"]
    assert not [g for g in groups(history_of(made(scores_of(40, 0), scores_of(50, 0)))) if g.id == "lane-low-points"]


def test_the_largest_changes_are_numbered_in_their_order_and_named() -> None:
    scores = [50, 52, 90, 89.5, 40, 41.5, 60]
    history = made(*(scores_of(one) for one in scores))
    assert [one.delta for one in largest(history)] == [38, -49.5, 18.5]
    scene = history_of(history)
    assert [text.text for text in texts(scene) if text.kind == "delta"] == ["+38.0", "−49.5", "+18.5"]
    named = " ".join(text.text for text in texts(scene) if text.kind == "change")
    assert "2026-03-03 · 0000000000 · a change 2" in named and "a change 4" in named and "a change 1" not in named
    assert largest(made(scores_of(50), scores_of(50.4))) == []


def test_the_headline_goes_from_the_first_score_to_the_last() -> None:
    scene = history_of(made(scores_of(None), scores_of(40), scores_of(60), scores_of(None)))
    (said,) = [text.text for text in texts(scene) if text.kind == "headline"]
    assert said == "The journey score rises from 40.0 to 60.0: +20.0\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}7.1"
    assert scene.description.startswith("The score of My way. Versions: 4, from 2026-03-01 to 2026-03-04.\n" + said)


def test_clocks_that_went_wrong_turn_nothing_round() -> None:
    history = made(*(scores_of(one) for one in (10, 20, 30)), days=[5, 2, 7])
    found = moments(history.versions)
    assert found[0] == found[1] < found[2]
    check(history_of(history))


def test_versions_of_one_moment_stand_apart() -> None:
    xs, _ = placed([7.0, 7.0, 7.0], 0, 90)
    assert xs == [0, 30, 60]
    check(history_of(made(*(scores_of(n * 9) for n in range(9)), days=[0.0] * 9, working=scores_of(3))))


@pytest.mark.parametrize(
    ("days", "first", "step"),
    [
        (0.4, "2026-03-01 15:00", 3 / 24),
        (9, "2026-03-02", 1),
        (80, "2026-03-15", 0),
        (900, "2026-07", 0),
        (9000, "2030", 0),
    ],
)
def test_dates_below_the_axis_are_round_and_have_room(days: float, first: str, step: float) -> None:
    start, end = START.timestamp(), (START + timedelta(days=days)).timestamp()
    _, x = placed([start, end], 0, 680)
    found = ticks(Typesetter(), start, end, x, 7.5)
    assert len(found) >= 2 and len(found[0][1]) == len(first)
    assert all(after - before > 30 for (before, _), (after, _) in pairwise(found))
    if step:
        assert found[1][0] - found[0][0] >= 680 * step / days - 0.01


def test_one_version_and_none() -> None:
    check(history_of(made(scores_of(40))))
    check(history_of(made(working=scores_of(40))))
    for empty in (made(), made(scores_of(None)), made(None), made(VersionScores(fault="x"))):
        with pytest.raises(UsageError, match="no score to draw"):
            history_of(empty)
    with pytest.raises(UsageError, match="width leaves no room"):
        history_of(made(scores_of(40)), width=200)


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_every_format_and_the_same_bytes(format: str) -> None:
    history = made(scores_of(20), scores_of(60))
    data, warnings = draw_history(history, Picture(format))
    assert (data, warnings) == draw_history(history, Picture(format)) and warnings == []
    assert data.startswith({"svg": b"<", "png": b"\x89PNG", "pdf": b"%PDF"}[format])


def test_a_thousand_versions_are_drawn_without_a_point_each() -> None:
    scene = history_of(made(*(scores_of(n * 37 % 100, n % 7) for n in range(1000))))
    check(scene)
    assert len(points(scene)) < 10


def test_the_checks_can_fail() -> None:
    scene = history_of(made(scores_of(20), scores_of(60), scores_of(40)))

    def moved(mark: Any) -> Any:
        if isinstance(mark, Group):
            return mark._replace(marks=tuple(map(moved, mark.marks)))
        return mark.moved(-900.0, 0.0) if isinstance(mark, Text) and mark.kind == "end-score" else mark

    with pytest.raises(AssertionError):
        check(Scene(width=scene.width, height=scene.height, marks=tuple(map(moved, scene.marks)), title="t"))
