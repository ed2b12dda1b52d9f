"""A journey from plain data: shorthands, default ids, and where things stand."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from anyascii import anyascii
from hypothesis import given
from hypothesis import strategies as st

from journeykit.model import Journey, ScaleName, scale_bounds
from journeykit.model.guess import SYNONYMS, meant
from journeykit.model.normalisation import normalise, shorthand_title
from journeykit.model.slug import Ids, slug
from journeykit.reading.schema_types import owners


def journey(*touchpoints: Any, **more: Any) -> Journey:
    return Journey.model_validate({"title": "t", "persona": "p", "touchpoints": list(touchpoints), **more})


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("My laptop is not there", "my-laptop-is-not-there"), ("I'm  home!", "i-m-home"), ("  x ", "x"), ("É", "e"),
        ("Árvíztűrő tükörfúrógép", "arvizturo-tukorfurogep"), ("Žalosten čakam", "zalosten-cakam"), ("ß", "ss"),
        ("Λυπημένος", "lypimenos"), ("Iğdır İstanbul ışık", "igdir-istanbul-isik"), ("日本語", "ribenyu"),
        ("Привет", "privet"), ("!!!", ""), ("", ""), ("100 %", "100"), ("a_b", "a-b"), ("😀", "grinning"),
    ],
)  # fmt: skip
def test_slugs(text: str, id: str) -> None:
    assert slug(text) == id


@given(st.text(max_size=40))
def test_every_slug_is_an_id_or_empty(text: str) -> None:
    made = slug(text)
    assert made == "" or (made.isascii() and made[0] != "-" and made[-1] != "-" and set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"))  # noqa: E501  # fmt: skip
    assert slug(made) == made


def test_equal_titles_get_numbers_and_written_ids_are_never_taken() -> None:
    made = journey("I wait", "I wait", {"id": "i-wait-2", "title": "I wait"}, "I wait", "!", "?")
    assert [t.id for t in made.touchpoints] == [
        "i-wait",
        "i-wait-3",
        "i-wait-2",
        "i-wait-4",
        "touchpoint-5",
        "touchpoint-6",
    ]


def test_ids_are_unique_over_all_stages() -> None:
    stages = [{"name": "A", "touchpoints": ["x", "y"]}, {"name": "A", "touchpoints": ["x"]}]
    made = Journey.model_validate({"title": "t", "persona": "p", "stages": stages})
    assert [t.id for t in made.touchpoints] == ["x", "y", "x-2"]
    assert [stage.id for stage in made.stages] == ["a", "a-2"]


@given(st.lists(st.sampled_from(["a", "a", "b", "a-2", "A!"]), max_size=30))
def test_ids_made_are_always_different(titles: list[str]) -> None:
    ids = Ids(["a-3"])
    made = [ids.make(title, "x") for title in titles]
    assert len({*made, "a-3"}) == len(made) + 1


def test_other_default_ids() -> None:
    made = journey(
        "a", "b", persona={"name": "Anna, nurse"}, opportunities=[{"title": "Do it", "at": ["a"]},
            {"title": "Do it", "at": ["b"]}],
        kpis=[{"kind": "csat"}, {"kind": "csat"}, {"id": "own", "kind": "nps"}],
    )  # fmt: skip
    assert made.id == "journey"
    assert made.persona.id == "anna-nurse"
    assert [o.id for o in made.opportunities] == ["do-it", "do-it-2"]
    assert [k.id for k in made.kpis] == ["csat", "csat-2", "own"]


def test_touchpoints_in_short() -> None:
    made = journey(
        "I look it up", {"I call: at last": "frustrated"}, {"I wait": ["bored", "tense"], "at": "+1d",
        "channel": "phone"},
        {"They come": None}, {"title": "They go", "feeling": "calm"},
    )  # fmt: skip
    assert [(t.title, t.feeling) for t in made.touchpoints] == [
        ("I look it up", ()), ("I call: at last", ("frustrated",)), ("I wait", ("bored", "tense")), ("They come", ()),
        ("They go", ("calm",)),
    ]  # fmt: skip
    assert made.touchpoints[2].channel == ("phone",)


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ({"I call": "sad"}, "I call"), ({"call": "sad", "at": "+1d"}, "call"),
        ({"at": "+1d", "I call": "sad"}, "I call"),
        ({"title": "x"}, None), ({"title": "x", "foo": "bar"}, None), ({"feeling": "sad", "I call": "x"}, None),
        ({"at": "+1d"}, None), ({}, None), ("I call", None), (None, None), ({1: "sad"}, 1), ({1.5: "sad"}, 1.5),
        ({"I call": {"a": 1}}, None),
        ({"I call": "sad", "chanel": "phone"}, "I call"), ({"chanel": "phone", "I wait": "sad"}, "I wait"),
        ({"foo": "sad", "bar": "x"}, "foo"), ({"at": "+1d", "foo": "sad", "bar": "x"}, None),
        ({"I call": "sad", "I wait": "sad"}, None),
    ],
)  # fmt: skip
def test_which_key_is_a_title(item: Any, title: str | float | None) -> None:
    assert shorthand_title(item) == title


def test_nothing_of_the_given_data_is_changed() -> None:
    data = {"title": "t", "persona": "p", "goals": ["g"], "touchpoints": ["a", {"b": "sad"}], "channels": {"fax": None}}
    before = repr(data)
    normalise(data)
    Journey.model_validate(data)
    assert repr(data) == before


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "persona", "stages", "touchpoints", "goals", "kpis", "name", "id", "x"]), inner, max_size=4), max_leaves=12).filter(lambda data: isinstance(data, dict)))  # noqa: E501  # fmt: skip
def test_normalising_takes_data_of_any_shape(data: dict[Any, Any]) -> None:
    assert isinstance(normalise(data).data, dict)


def test_goals_and_personas_in_short() -> None:
    made = journey("a", "b", goals=["be online", {"goal": "sell", "who": "business"}])
    assert [(goal.goal, goal.who) for goal in made.goals] == [("be online", "customer"), ("sell", "business")]
    assert made.persona.name == "p"


def test_flat_and_staged() -> None:
    flat = journey("a", "b")
    assert flat.is_flat and [place.path for place in flat.places] == [("touchpoints", 0), ("touchpoints", 1)]
    stages = [{"name": "A", "touchpoints": ["x"]}, {"name": "B"}, {"name": "C", "touchpoints": ["y"]}]
    staged = Journey.model_validate({"title": "t", "persona": "p", "stages": stages})
    assert not staged.is_flat
    places = [(place.number, place.stage.name, place.touchpoint.title, place.path) for place in staged.places]
    assert places == [(1, "A", "x", ("stages", 0, "touchpoints", 0)), (2, "C", "y", ("stages", 2, "touchpoints", 0))]
    assert staged.touchpoint("y") is staged.touchpoints[1]
    with pytest.raises(KeyError):
        staged.touchpoint("z")


def test_evidence_is_that_of_the_touchpoint_else_of_the_journey() -> None:
    made = journey(
        "a", {"title": "b", "evidence": ["s2"]}, {"title": "c", "evidence": []}, evidence=["s1"],
        sources=[{"id": "s1"}, {"id": "s2"}],
    )  # fmt: skip
    assert [[source.id for source in made.evidence_of(t)] for t in made.touchpoints] == [["s1"], ["s2"], []]


def test_handoffs() -> None:
    steps = [{"team": "HR"}, {"from": "HR", "to": "IT", "warm": True}, {"from": "HR"}]
    made = journey({"title": "a", "backstage": steps}, "b").touchpoints[0]
    assert [step.is_handoff for step in made.backstage] == [False, True, False]
    assert [(step.from_, step.to, step.warm) for step in made.handoffs] == [("HR", "IT", True)]


def test_scales() -> None:
    bounds = {scale: scale_bounds(scale) for scale in get_args(ScaleName)}
    assert bounds == {
        "-2..2": (-2, 2), "-3..3": (-3, 3), "1..5": (1, 5), "1..7": (1, 7), "0..10": (0, 10), "1..10": (1, 10),
        "0..100": (0, 100),
    }  # fmt: skip


def test_a_journey_is_built_from_its_own_data() -> None:
    made = journey(
        {"I call": "sad", "at": "+1d", "lasts": "5min"},
        "b",
        updated="2026-03-02",
        kpis=[{"kind": "csat", "value": "85%"}],
    )
    assert made == journey({"I call": "sad", "at": "+1d", "lasts": "5min"}, "b", updated="2026-03-02",
                           kpis=[{"kind": "csat", "value": "85%"}])  # fmt: skip
    assert hash(made.touchpoints[0].title) == hash("I call")


def test_synonyms_lead_to_fields_that_exist() -> None:
    fields = set(owners())
    assert {field for targets in SYNONYMS.values() for field in targets} <= fields
    assert not [word for word, targets in SYNONYMS.items() if word in targets]


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("titel", "title"), ("Title", "title"), ("name", "title"), ("feeling", "feeling"), ("emotion", "feeling"),
        ("Moment of truth", "moment_of_truth"), ("chanel", "channel"), ("duration", "lasts"), ("xyzzy", None),
        (5, None),
    ],
)  # fmt: skip
def test_what_is_meant(word: Any, field: str | None) -> None:
    assert meant(word, ("title", "at", "lasts", "channel", "feeling", "moment_of_truth")) == field


def test_accents_are_taken_off_as_anyascii_does() -> None:
    def of_anyascii(text: str) -> str:
        return re.sub("[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")

    characters = [chr(code) for code in range(0x80, 0x3100) if not 0xD800 <= code < 0xE000]
    texts = [f"a{character}b" for character in characters] + ["Größe – „so“", "l’été", "e\u0301te\u0301", "Ő űr…"]
    assert [slug(text) for text in texts] == [of_anyascii(text) for text in texts]
