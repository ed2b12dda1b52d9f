"""What a page needs to make forms: the fields of the parts, their kinds and choices, and the words of vocabularies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from journeykit.editing.analysis import Analysis
from journeykit.editing.used_before import USED_ALIKE, texts_under
from journeykit.model import Journey, LaneDefinition, Opportunity, Persona, Stage, Touchpoint, scale_bounds
from journeykit.model.base import Part
from journeykit.model.descriptions import descriptions
from journeykit.model.fields import shape_of
from journeykit.model.meaning import Defines, Elsewhere, OnScale, Prose, Ref, Word
from journeykit.model.times import Date, Day, Duration, Moment
from journeykit.model.values import OneOrMore
from journeykit.reading import schema_types
from journeykit.reading.schema_types import flattened
from journeykit.vocabulary.channels import channel_name, channels
from journeykit.vocabulary.feelings import LANGUAGES, feelings

PARTS: dict[str, tuple[type[Part], tuple[Any, ...]]] = {
    "journey": (Journey, ()),
    "persona": (Persona, ("persona",)),
    "stage": (Stage, ("stages", 0)),
    "touchpoint": (Touchpoint, ("stages", 0, "touchpoints", 0)),
    "opportunity": (Opportunity, ("opportunities", 0)),
    "lane": (LaneDefinition, ("lanes", "")),
}
CODE = re.compile(r"`([^`]+)`")
"""What a description names as code; on a form, which shows no Markdown, it stands in quotes."""
FIRST = {
    "touchpoint": (
        "title", "feeling", "satisfaction", "channel", "thinks", "quote", "pains", "why", "image", "lanes",
    ),
    "stage": ("name", "goal", "phase", "pains"),
    "journey": ("title", "note", "expectations", "goals", "owner", "status"),
    "persona": ("name", "note", "wants", "pains", "quote", "image"),
    "opportunity": ("title", "at", "target", "status", "owner", "due", "impact", "effort"),
    "lane": ("name", "icon", "id"),
}  # fmt: skip
"""What is always shown, in this order; other fields are shown when they have a value, or when one asks for more."""
ELSEWHERE = {
    "stage": {"touchpoints"},
    "journey": {"persona", "stages", "touchpoints", "opportunities", "feedback", "lanes"},
}
"""What the page itself shows."""
DAYS = (*get_args(Day)[1:], *get_args(Date)[1:])
"""What marks the types of days."""
LONG = frozenset({"note", "quote", "why", "thinks", "does", "result"})
"""Texts that are usually sentences, for which there is more room."""


def form_of(analysis: Analysis) -> dict[str, Any]:
    """Return the form of a journey's parts, in the language and on the scale of the journey."""
    journey = analysis.document.journey
    lang = journey.lang.partition("-")[0].lower() if journey else analysis.partial.lang
    low, high = scale_bounds(journey.scale if journey else "-2..2")
    fields = list(_fields())
    words = list(_feelings(journey, lang))
    return {
        "scale": {"min": low, "max": high, "step": 0.5 if high - low <= 10 else 5.0},
        "feelings": words,
        "ladder": _ladder(words),
        "channels": list(_channels(journey, lang)),
        "people": people(analysis),
        "choices": {f"{name}.{field['key']}": field["choices"] for name, field in fields if "choices" in field},
        "fields": {name: [field for part, field in fields if part == name] for name in PARTS},
    }


def people(analysis: Analysis) -> dict[str, list[str]]:
    """Return the owners, teams and systems that the file names, those that it names most often first."""
    names = ("owners", "teams", "systems")
    return {
        name: [text for text, _ in Counter(texts_under(analysis.partial.data, keys)).most_common()]
        for name, keys in zip(names, USED_ALIKE, strict=True)
    }


def _feelings(journey: Journey | None, lang: str) -> Iterator[dict[str, Any]]:
    """Yield the words of a language with the value of each on the journey's scale and on 0..100."""
    low, high = scale_bounds(journey.scale if journey else "-2..2")
    own = journey.feelings if journey else {}

    def entry(word: str, valence: float, emoji: str = "") -> dict[str, Any]:
        score = 50 + 25 * valence
        return {"word": word, "value": round(low + (high - low) * score / 100, 6), "score": score, "emoji": emoji}

    seen = set(own)
    yield from (entry(word, valence) for word, valence in own.items())
    for feeling in feelings():
        for word in feeling.forms(lang if lang in LANGUAGES else "en"):
            if word not in seen:
                seen.add(word)
                yield entry(word, feeling.valence, feeling.emoji)


def _ladder(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return feelings from the lowest to the highest; of words of one value the first."""
    first = {one["value"]: one for one in reversed(words)}
    return [first[value] for value in sorted(first)]


def _channels(journey: Journey | None, lang: str) -> Iterator[dict[str, str]]:
    own = journey.channels if journey else {}
    for id in dict.fromkeys((*own, *channels())):
        yield {"id": id, "title": channel_name(id, lang, own[id].name if id in own else None)}


def _fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the parts with their fields, those that are always shown first."""
    for name in PARTS:
        fields = {field["key"]: field for field in _fields_of(name)}
        first = dict.fromkeys(FIRST[name], True)
        for key in {**first, **fields}:
            if key not in ELSEWHERE.get(name, ()):
                yield name, {**fields[key], "first": key in first}


def _fields_of(name: str) -> Iterator[dict[str, Any]]:
    model, path = PARTS[name]
    texts = descriptions(model)
    if name == "lane":  # its id is the key that it stands at
        yield {
            "key": "id", "title": "id", "description": "What touchpoints name it by.", "kind": "text", "many": False,
        }  # fmt: skip
    for attribute, field in model.model_fields.items():
        key = field.alias or attribute
        shown = _field(key, (*path, key), texts.get(attribute, ""))
        if isinstance(field.default, (str, int, float)) and field.default is not False:
            shown["default"] = field.default  # what counts where nothing is written
        yield shown


def _field(key: str, path: tuple[Any, ...], description: str) -> dict[str, Any]:
    annotation = schema_types.annotation(path)
    marks = [mark for one in flattened(annotation) for mark in getattr(one, "__metadata__", ())]
    item = schema_types.item_model(path)
    many = any(isinstance(mark, OneOrMore) for mark in marks) or item is not None or _is_list(annotation)
    found: dict[str, Any] = {
        "key": key,
        "title": key.replace("_", " "),
        "description": CODE.sub(r"“\1”", description),
        "kind": _kind(key, path, annotation, many, item),
        "many": many,
    }
    if choices := schema_types.choices(path):
        found["choices"] = choices
    low, high = schema_types.bounds(path)
    if found["kind"] == "number" and (low is not None or high is not None):
        found |= {"min": low, "max": high}
    if item is not None and item.shorthand:
        found["item"] = item.shorthand
    return found


def _is_list(annotation: Any) -> bool:
    return any(get_origin(one) is tuple for one in flattened(annotation))


def _kind(key: str, path: tuple[Any, ...], annotation: Any, many: bool, item: type[Part] | None) -> str:
    """Return how a field is shown in a form; `other` where it is not."""
    shape = shape_of(annotation, (Defines, Prose, Ref, Word, Elsewhere, OnScale))
    if shape.items is not None:
        shape = shape.items
    meaning = shape.meaning
    model = item or schema_types.model_at(path)
    if model is not None:
        if model.__name__ in ("Link", "Image"):
            return model.__name__.lower()
        return "texts" if many and model.shorthand else "other"
    if isinstance(meaning, Word) and meaning.kind in ("feeling", "channel") and not shape.keys:
        return meaning.kind if not any(isinstance(one, OnScale) for one in shape.meanings) else "word"
    return _plain_kind(key, path, annotation, many, shape, meaning)


def _plain_kind(key: str, path: tuple[Any, ...], annotation: Any, many: bool, shape: Any, meaning: Any) -> str:
    types = {one for one in flattened(annotation) if isinstance(one, type)}
    marks = (mark for one in flattened(annotation) for mark in getattr(one, "__metadata__", ()))
    is_day = any(mark in DAYS for mark in marks)
    if any(isinstance(one, Ref) and one.kind == "lane" for one in shape.keys):
        return "lanes"
    if shape.keys or shape.values or dict in {getattr(one, "__origin__", None) for one in flattened(annotation)}:
        return "other"
    if isinstance(meaning, Ref):
        return "reference"
    if schema_types.choices(path):
        return "choices" if many else "choice"
    if Duration in types:
        return "duration"
    if is_day or Moment in types:
        return "date" if is_day else "text"
    if bool in types and str not in types:
        return "flag"
    if types & {int, float} and str not in types:
        return "number"
    if isinstance(meaning, Word):
        return "texts" if many else "word"
    if isinstance(meaning, Elsewhere):
        return "text" if meaning.kind == "journey" else "other"
    if key in ("owner", "team"):
        return "person"
    if many:
        return "texts"
    return "longtext" if key in LONG else "text"
