"""What a file says about a part of a journey, field by field, from the models alone: a new field needs no line here.

Names of fields and words of fixed choices are labels of `charts/locales` (`fields`, `values`), else what the file has.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from journeykit.charts import time_text
from journeykit.charts.locales import Labels
from journeykit.model import Duration, Journey, Moment, Percent
from journeykit.model.base import Part
from journeykit.model.meaning import END, Defines, Ref, Word
from journeykit.model.values import Confidence, Reads, Risk, Share
from journeykit.vocabulary.channels import channel_name
from journeykit.web.markup import Element, Node, element, joined, link, one_or_list, safe_link

SHARES = frozenset(
    id(mark) for alias in (Share, Risk, Confidence) for mark in get_args(alias)[1:] if isinstance(mark, Reads)
)
"""The annotations of numbers that are shares of 1."""
SHORT = {"touchpoint": "t"}
"""Kinds whose anchors have another name than the kind."""
TITLES = ("title", "name", "question", "who")
"""Fields that name what a part is, the best first."""
SILENT = frozenset({"id", "title"})
"""Fields that are the anchor and the heading of a part."""


class Place(NamedTuple):
    """A part of the page that others link to."""

    anchor: str
    title: str


class Scope(NamedTuple):
    """What the text of a journey depends on. `prefix` is before each id, on pages with several journeys."""

    journey: Journey
    labels: Labels
    prefix: str
    places: Mapping[tuple[str, str], Place]
    """Defined parts by kind and id."""

    def anchor(self, kind: str, id: str) -> str:
        """Return the id that the part of the page has which shows a definition; own words may have spaces."""
        return f"{self.prefix}{SHORT.get(kind, kind)}-{'-'.join(id.split())}"

    @property
    def lang(self) -> str | None:
        """The language of labels as an attribute; None where it is that of the journey."""
        return None if self.journey.lang.split("-")[0].lower() == self.labels.lang else self.labels.lang

    def choice(self, word: str) -> str:
        """Return the label of a word of a fixed choice, else the word itself as text."""
        return self.labels.spelled("values", word)

    def field(self, key: str, model: type[Part] | None = None) -> str:
        """Return the label of a field, in a model where it has another meaning there, else its key as text."""
        own = f"{model.__name__.lower()}_{key}" if model else key
        return self.labels.spelled("fields", own if self.labels.knows("fields", own) else key)


def scope_of(journey: Journey, labels: Labels, prefix: str) -> Scope:
    """Return the scope of a journey's page."""
    scope = Scope(journey, labels, prefix, {})
    numbers = {place.touchpoint.id: f"{place.number} " for place in journey.places}
    places = {}
    for leaf in journey.leaves(Defines):
        kind, id = leaf.meaning.kind, str(leaf.value)
        part = leaf.holder[leaf.value] if leaf.side == "key" else leaf.holder
        title = next((text for name in TITLES if (text := getattr(part, name, None))), id)
        number = numbers[id] if kind == "touchpoint" else ""
        places[kind, id] = Place(scope.anchor(kind, id), f"{number}{title}")
    return scope._replace(places=places)


def anchor_of(part: Part, scope: Scope) -> str | None:
    """Return the id of the element that shows a part that defines something."""
    for name, field in type(part).model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, Defines) and (value := getattr(part, name)):
                return scope.anchor(mark.kind, str(value))
    return None


def fields(part: Part, scope: Scope, without: Container[str] = ()) -> list[tuple[str, Node]]:
    """Return the names and values of what a file says in the fields of a part."""
    found: list[tuple[str, Node]] = []
    model, said = type(part), part.model_fields_set
    for name, key, annotation in declared(model):
        if name not in said or name in without:
            continue
        value = getattr(part, name)
        if value not in (None, (), {}, ""):
            found.append((scope.field(key, model), value_of(value, annotation, scope)))
    return found


@cache
def declared(model: type[Part]) -> list[tuple[str, str, Any]]:
    """Return the fields of a model that have text: the name, the key in files, the type with what it means."""
    return [
        (name, field.alias or name, field.rebuild_annotation())
        for name, field in model.model_fields.items()
        if name not in SILENT
    ]


def listing(pairs: list[tuple[str, Node]], scope: Scope) -> Element | None:
    """Return names and values as a list of descriptions; None if there are none."""
    if not pairs:
        return None
    rows = [element("div", element("dt", name, lang=scope.lang), element("dd", value)) for name, value in pairs]
    return element("dl", *rows)


def value_of(value: Any, annotation: Any, scope: Scope, marks: tuple[Any, ...] = ()) -> Node:
    """Return a value as text of the page, as its type says: a link, a list, a share, a word in the language."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return value_of(value, arguments[0], scope, (*marks, *arguments[1:]))
    if origin in (Union, UnionType):
        return value_of(value, _member(value, arguments), scope, marks)
    if isinstance(value, Part):
        return _part(value, scope)
    if isinstance(value, tuple):
        return _list([value_of(one, arguments[0] if arguments else str, scope) for one in value], value)
    if isinstance(value, dict):
        return _table(value, arguments or (str, str), scope)
    return _scalar(value, scope, marks, origin is Literal)


def _member(value: Any, members: tuple[Any, ...]) -> Any:
    """Return the type of a union that a value has."""
    wanted = type(value) if isinstance(value, (tuple, dict)) else None
    for member in members:
        bare = member
        while get_origin(bare) is Annotated:
            bare = get_args(bare)[0]
        if (get_origin(bare) is wanted) if wanted else (bare is not type(None)):
            return member
    return members[0]


def _list(shown: list[Node], values: tuple[Any, ...]) -> Node:
    if len(shown) == 1:
        return shown[0]
    if any(isinstance(value, Part) or (isinstance(value, str) and " " in value) for value in values):
        return one_or_list(shown)
    return element("span", *joined(shown, ", "))


def _table(pairs: dict[Any, Any], types: tuple[Any, ...], scope: Scope) -> Element:
    key_type, value_type = types
    kind = next((mark.kind for mark in get_args(key_type)[1:] if isinstance(mark, Defines)), "")
    rows = [
        element(
            "div",
            element("dt", value_of(key, key_type, scope)),
            element("dd", value_of(one, value_type, scope)),
            id=scope.anchor(kind, key) if kind else None,
        )
        for key, one in pairs.items()
    ]
    return element("dl", *rows, class_="inner")


def _part(part: Part, scope: Scope) -> Node:
    url, title = getattr(part, "url", None), getattr(part, "title", None)
    if isinstance(url, str):
        return link(url, title or url)
    rows = fields(part, scope)
    if isinstance(title, str):
        rows.insert(0, (scope.field("title"), title))
    inner = [element("div", element("dt", name, lang=scope.lang), element("dd", value)) for name, value in rows]
    return element("dl", *inner, class_="inner", id=anchor_of(part, scope))


def _scalar(value: Any, scope: Scope, marks: tuple[Any, ...], choice: bool) -> Node:
    labels = scope.labels
    if isinstance(value, bool):
        return scope.choice("true" if value else "false")
    if isinstance(value, Duration):
        return time_text.duration(value, labels)
    if isinstance(value, Moment):
        return time_text.moment(value, labels)
    if isinstance(value, Percent):
        return labels.share(value.share)
    if isinstance(value, (int, float)):
        share = any(id(mark) in SHARES for mark in marks)
        return labels.share(value) if share else _plain(value, labels)
    if isinstance(value, date):
        return value.isoformat()
    return _text(str(value), scope, marks, choice)


def _text(text: str, scope: Scope, marks: tuple[Any, ...], choice: bool) -> Node:
    for mark in marks:
        if isinstance(mark, Ref):
            return _reference(mark, text, scope)
        if isinstance(mark, Word) and mark.kind == "channel":
            return channel_name(text, scope.labels.lang, scope.journey.own_channel_name(text))
        if id(mark) in SHARES:
            return scope.choice(text)
    if choice:
        return scope.choice(text)
    if ":" in text and " " not in text and not text.startswith("#") and safe_link(text):
        return link(text, text)
    return text


def _reference(ref: Ref, text: str, scope: Scope) -> Node:
    for kind in ref.kinds:
        if place := scope.places.get((kind, text)):
            return element("a", place.title, href=f"#{place.anchor}")
    return scope.labels("decisions.end") if text == END and END in ref.also else text


def _plain(value: float, labels: Labels) -> str:
    return labels.number(value, next((n for n in (0, 1) if abs(value - round(value, n)) < 1e-9), 2))
