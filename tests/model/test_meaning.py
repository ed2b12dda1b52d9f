"""The meanings of fields, and what is derived from them, also for fields added later."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest

from journeykit.model import Journey, Touchpoint
from journeykit.model.base import Part
from journeykit.model.definitions import homes
from journeykit.model.fields import describes, fields_of, leaves
from journeykit.model.meaning import (
    END,
    ChannelWords,
    Defines,
    Elsewhere,
    FreeText,
    FreeTexts,
    Prose,
    Ref,
    SourceRef,
    Tag,
    TouchpointRef,
    Word,
)
from journeykit.model.times import Date, Length, Period
from journeykit.model.values import Confidence, Level, Number, Risk, Slug
from journeykit.reading import read_text

MEANINGS = (Prose, Defines, Ref, Word, Elsewhere)
NOTATIONS = [get_args(kind)[1] for kind in (Date, Period, Risk, Confidence)]
"""Texts that are figures or levels."""


def texts(annotation: Any, marks: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The annotations of each text within a type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from texts(arguments[0], (*arguments[1:], *marks))
    elif annotation is str:
        yield marks
    elif origin is not Literal:
        for one in arguments:
            yield from texts(one, marks if origin in (Union, UnionType) else ())


def parts(model: type[Part], seen: set[type[Part]]) -> set[type[Part]]:
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            waiting = [field.annotation]
            for annotation in waiting:
                waiting += get_args(annotation)
                if isinstance(annotation, type) and issubclass(annotation, Part):
                    parts(annotation, seen)
    return seen


FIELDS = [(part, name) for part in sorted(parts(Journey, set()), key=str) for name in part.model_fields]


@pytest.mark.parametrize(("part", "name"), FIELDS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_every_text_of_the_format_says_what_it_means(part: type[Part], name: str) -> None:
    for marks in texts(part.model_fields[name].rebuild_annotation()):
        assert any(isinstance(mark, MEANINGS) or mark in NOTATIONS for mark in marks), (
            "annotate it: FreeText, a reference, a word of a vocabulary (journeykit.model.meaning)"
        )


def test_references_lead_to_what_is_defined() -> None:
    kinds = {leaf.kind for part in parts(Journey, set()) for leaf in meanings(part, Ref)}
    assert kinds == {"touchpoint", "source", "kpi", "opportunity", "lane"}
    assert kinds < homes().keys()
    assert homes()["touchpoint"].keys == ("stages", "touchpoints") and homes()["source"].keys == ("sources",)


def meanings(part: type[Part], wanted: type[Any]) -> Iterator[Any]:
    for field in fields_of(part, (wanted,)):
        shapes = [field.shape]
        for shape in shapes:
            yield from (*shape.meanings, *shape.keys)
            shapes += [inner for inner in (shape.items, shape.values) if inner]


class Inner(Part):
    """A part with one field of each kind."""

    id: Annotated[Slug, Defines("thing", made_from="name")]
    name: FreeText
    lists: FreeTexts = ()
    next: Annotated[Slug, Ref("thing", also=(END,))] | None = None
    rests_on: tuple[SourceRef, ...] = ()
    aims: dict[TouchpointRef, Number] | None = None
    through: ChannelWords = ()
    labels: tuple[Tag, ...] = ()
    figure: Level | None = None
    lasts: Length | None = None
    choice: Literal["a", "b"] | None = None


class Outer(Part):
    """A part that has such parts."""

    one: Inner | None = None
    several: tuple[Inner, ...] = ()
    by_word: dict[Annotated[Slug, Defines("word")], Inner] | None = None


INNER = {
    "id": "i", "name": "A name", "lists": "one text", "next": "end", "rests_on": ["s", "t"], "aims": {"call": 1},
    "through": ["phone", "fax"], "labels": ["complaint"], "figure": 3, "lasts": "3h", "choice": "a",
}  # fmt: skip


@pytest.mark.parametrize("as_model", [False, True])
def test_a_field_of_each_kind_is_found_wherever_it_stands(as_model: bool) -> None:
    data = {"one": INNER, "several": [INNER, INNER], "by_word": {"w": INNER}}
    whole = Outer.model_validate(data) if as_model else data
    found = {
        kind: [(leaf.path, leaf.value, leaf.side) for leaf in leaves(whole, Outer, kind)[kind]] for kind in MEANINGS
    }
    text = ("lists", 0) if as_model else ("lists",)
    homes_of_inner: list[tuple[Any, ...]] = [("one",), ("several", 0), ("several", 1), ("by_word", "w")]
    assert found[Prose] == [
        (path, value, "value")
        for home in homes_of_inner
        for path, value in (((*home, "name"), "A name"), ((*home, *text), "one text"))
    ]
    assert found[Ref] == [
        ((*home, *path), value, side)
        for home in homes_of_inner
        for path, value, side in (
            (("next",), "end", "value"), (("rests_on", 0), "s", "value"), (("rests_on", 1), "t", "value"),
            (("aims", "call"), "call", "key"),
        )
    ]  # fmt: skip
    assert [value for _, value, _ in found[Word]] == ["phone", "fax", "complaint"] * 4
    assert found[Defines] == [
        (("one", "id"), "i", "value"), (("several", 0, "id"), "i", "value"), (("several", 1, "id"), "i", "value"),
        (("by_word", "w"), "w", "key"), (("by_word", "w", "id"), "i", "value"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data", [{}, {"one": 5}, {"several": {"a": 1}}, {"several": ["x", None, 3]}, {"by_word": []},
             {"one": {"aims": [1]}}, {"one": {"rests_on": "s"}}, {"one": {"through": {"a": 1}}}],
)  # fmt: skip
def test_what_has_the_wrong_shape_is_passed_over(data: dict[str, Any]) -> None:
    assert leaves(data, Outer, *MEANINGS) == {}


def test_what_only_describes() -> None:
    assert [name for name in Inner.model_fields if describes(Inner, name)] == [
        "name", "lists", "rests_on", "labels", "choice",
    ]  # fmt: skip
    assert not describes(Outer, "one") and not describes(Touchpoint, "backstage")
    assert describes(Touchpoint, "needs") and not describes(Touchpoint, "feeling")


def test_a_journey_gives_paths_of_its_file() -> None:
    document = read_text("title: A\npersona: B\ntouchpoints:\n  - C: calm\n  - title: D\n    channel: mail\n", "x.yaml")
    assert document.journey is not None
    assert [(leaf.path, leaf.value) for leaf in document.journey.leaves(Word)] == [
        (("touchpoints", 0, "feeling", 0), "calm"),
        (("touchpoints", 1, "channel", 0), "mail"),
    ]
