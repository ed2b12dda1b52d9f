"""What changed between two versions: matching, differences, low points, effort."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.comparing import Comparison, compare, matched, matching
from journeykit.comparing.score_delta import ScoreDelta, score_delta
from journeykit.model import Journey
from journeykit.reading import read_text
from journeykit.scoring import Scores, score
from journeykit.scoring.uncertainty import ErrorSource, half_width_of

WORKED = json.loads((Path(__file__).parent.parent / "data" / "worked_examples.json").read_text(encoding="utf-8"))
HEAD = "title: I get help\npersona: Someone\n"


def journey(*titles: str) -> Journey:
    """A flat journey; `id=title` gives an id of its own."""
    lines = [HEAD, "touchpoints:\n"]
    for title in titles:
        id, _, rest = title.rpartition("=")
        lines.append(f"  - title: {rest}\n    feeling: calm\n" + (f"    id: {id}\n" if id else ""))
    return read(*lines)


def read(*parts: str) -> Journey:
    document = read_text("".join(parts), "a.journey.yaml")
    assert document.journey is not None, document.findings
    return document.journey


def pairs(old: Journey, new: Journey) -> list[tuple[str | None, str | None, str | None, bool]]:
    return [
        (pair.old and pair.old.touchpoint.title, pair.new and pair.new.touchpoint.title, pair.basis, pair.moved)
        for pair in matched(old, new)
    ]


def test_an_id_holds_whatever_the_title() -> None:
    found = pairs(journey("call=I call", "z=The end"), journey("call=I write a letter", "z=The end"))
    assert found[0] == ("I call", "I write a letter", "id", False)


def test_without_ids_the_same_title_is_the_same_touchpoint() -> None:
    found = pairs(journey("a=I call  the shop", "z=The end"), journey("b=I Call the shop", "z=The end"))
    assert found[0] == ("I call  the shop", "I Call the shop", "title", False)


def test_a_title_put_a_little_otherwise_in_the_same_place_is_the_same_touchpoint() -> None:
    old = journey("I call", "I wait for the technician", "I am asked")
    new = journey("I call", "I wait at home for the van", "I am asked")
    assert pairs(old, new)[1] == ("I wait for the technician", "I wait at home for the van", "likeness", False)
    elsewhere = journey("I wait at home for the van", "I call", "I am asked")
    assert (None, "I wait at home for the van", None, False) in pairs(old, elsewhere)


def test_what_is_nothing_alike_was_removed_and_added() -> None:
    assert pairs(journey("I call", "I am angry"), journey("I call", "They phone back")) == [
        ("I call", "I call", "id", False),
        ("I am angry", None, None, False),
        (None, "They phone back", None, False),
    ]


def test_only_what_changed_its_place_moved() -> None:
    old = journey("a=One", "b=Two", "c=Three", "d=Four")
    new = journey("d=Four", "a=One", "b=Two", "c=Three")
    assert [pair.moved for pair in matched(old, new)] == [True, False, False, False]


def test_what_is_gone_stands_where_it_was() -> None:
    old = journey("x=Gone first", "a=One", "y=Gone later", "b=Two")
    assert [p.old and p.old.touchpoint.id for p in matched(old, journey("a=One", "n=Novel thing", "b=Two"))] == [
        "x", "a", "y", None, "b",
    ]  # fmt: skip


JOURNEYS = st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=8, unique=True).map(
    lambda ids: journey(*(f"{id}=Thing {id * 6}" for id in ids))
)


@given(JOURNEYS, JOURNEYS)
def test_every_touchpoint_of_both_is_there_once(old: Journey, new: Journey) -> None:
    found = matched(old, new)
    assert [pair.new for pair in found if pair.new] == list(new.places)
    assert sorted(p.old.number for p in found if p.old) == [place.number for place in old.places]
    stays = [pair.old.number for pair in found if pair.old and pair.new and not pair.moved]
    assert stays == sorted(stays)


@given(JOURNEYS)
def test_nothing_changed_against_itself(one: Journey) -> None:
    same = compare(score(one), score(one))
    assert same.is_same
    assert same.delta in (None, 0)
    assert all(change.kind == "same" and not change.moved for change in same.touchpoints)


def worked() -> Comparison:
    def side(name: str) -> Scores:
        points = WORKED["C_compare_and_kpis"][name]
        lines = [HEAD, "scale: 0..100\ntouchpoints:\n"]
        for point in points:
            weight = f"\n    importance: {point['importance']}" if "importance" in point else ""
            lines.append(f"  - id: {point['id']}\n    title: {point['id']}\n    satisfaction: {point['s']}{weight}\n")
        scores = score(read(*lines))
        u = {point["id"]: point["u"] for point in points}
        rated = tuple(one._replace(half_width=u[one.id]) for one in scores.touchpoints)
        said = {
            id: one._replace(half_width=u[id], error_source=ErrorSource("survey", None, 0.4))
            for id, one in scores.contributions.items()
        }
        return replace(scores, touchpoints=rated, half_width=half_width_of(said.values()), contributions=said)

    return compare(side("before"), side("after"))


def test_the_worked_example() -> None:
    found, wanted = worked(), WORKED["C_compare_and_kpis"]["compare"]
    assert found.old.score == pytest.approx(wanted["before"], abs=5e-5)
    assert found.new.score == pytest.approx(wanted["after"], abs=5e-5)
    assert found.delta == pytest.approx(wanted["delta"], abs=5e-5)
    assert found.half_width == pytest.approx(wanted["u"], abs=5e-5)
    assert found.beyond_uncertainty is wanted["beyond_uncertainty"]
    assert {c.rated.id: c.delta for c in found.touchpoints if c.delta is not None} == wanted["touchpoints"]
    assert [c.rated.id for c in found.touchpoints if c.kind == "added"] == wanted["added"]
    assert [c.rated.id for c in found.touchpoints if c.kind == "removed"] == wanted["removed"]
    fates = {fate: [(c.new or c.old) for c in found.low_points if c.fate == fate] for fate in ("resolved", "new")}
    assert [low.id for low in fates["resolved"] if low] == wanted["resolved"]
    assert [low.id for low in fates["new"] if low] == wanted["new"]
    assert [c.new.id for c in found.low_points if c.new and c.old] == wanted["persisting"]


def test_a_change_names_the_key_and_both_values() -> None:
    old = read(HEAD, "touchpoints:\n  - {title: I call, channel: phone, feeling: annoyed}\n  - The end\n")
    new = read(HEAD, "touchpoints:\n  - {title: I call, channel: chat, feeling: annoyed, wait: 5min}\n  - The end\n")
    change, _ = compare(score(old), score(new)).touchpoints
    assert [(one.key, str(one.old), str(one.new)) for one in change.fields] == [
        ("wait", "None", "5min"),
        ("channel", "('phone',)", "('chat',)"),
    ]
    assert (change.kind, change.delta, change.renamed) == ("changed", 0, False)


def test_a_new_title_is_told_and_the_id_made_of_it_is_not() -> None:
    old, new = journey("I wait for the technician", "End"), journey("I wait for the mechanic", "End")
    change, _ = compare(score(old), score(new)).touchpoints
    assert [one.key for one in change.fields] == ["title"]
    assert change.renamed


STAGES = "stages:\n  - name: {}\n    touchpoints: [{{id: a, title: A}}]\n  - name: {}\n    touchpoints: [{}]\n"


def test_a_stage_under_another_name_is_no_move_of_its_touchpoints() -> None:
    old = read(HEAD, STAGES.format("Start", "End", "{id: b, title: B}"))
    new = read(HEAD, STAGES.format("Beginning", "End", "{id: b, title: B}"))
    assert compare(score(old), score(new)).is_same


def test_a_touchpoint_in_another_stage_says_so() -> None:
    old = read(HEAD, STAGES.format("Start", "End", "{id: b, title: B}, {id: c, title: C}"))
    new = read(
        HEAD,
        "stages:\n  - {name: Start, touchpoints: [{id: a, title: A}, {id: b, title: B}]}\n"
        "  - {name: End, touchpoints: [{id: c, title: C}]}\n",
    )
    changed = [c for c in compare(score(old), score(new)).touchpoints if c.kind == "changed"]
    assert [(c.rated.id, c.fields[0].key, c.fields[0].old, c.fields[0].new) for c in changed] == [
        ("b", "stage", "End", "Start")
    ]


def test_of_very_many_titles_those_that_stand_as_far_along_are_held_against_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    likeness = matching.dice

    def counted(*titles: frozenset[str]) -> float:
        asked.append(1)
        return likeness(*titles)

    monkeypatch.setattr(matching, "MOST", 400)
    monkeypatch.setattr(matching, "dice", counted)
    titles = [f"{'abcdefghij'[n % 10] * 9} {'klmnopqrst'[n // 10] * 9}" for n in range(100)]
    found = pairs(journey(*(f"a{n}={title}" for n, title in enumerate(titles))),
                  journey(*(f"b{n}={title} now" for n, title in enumerate(titles))))  # fmt: skip
    assert found == [(title, f"{title} now", "likeness", False) for title in titles]
    assert len(asked) <= 600


def test_a_difference_is_known_only_where_both_versions_have_a_score() -> None:
    known = replace(score(journey("a", "b")), score=50.0, half_width=3.0, contributions={})
    higher = replace(known, score=55.0, half_width=4.0)
    assert score_delta(known, higher) == ScoreDelta(5.0, 5.0, "within")
    found = score_delta(known, replace(higher, score=55.01))
    assert found is not None and found.beyond_uncertainty
    assert not score_delta(known, higher).beyond_uncertainty  # type: ignore[union-attr]
    assert score_delta(known, replace(higher, score=None)) is None
    assert score_delta(known, replace(higher, half_width=None)) == ScoreDelta(5.0, None, "assumed")
