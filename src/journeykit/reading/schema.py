"""Turn pydantic's errors into faults, by their type, context and location, never by their English text."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from journeykit.finding import Advice
from journeykit.model import Goal, Journey, Persona, ScaleName, Touchpoint, scale_bounds
from journeykit.model.base import Part
from journeykit.model.fields import leaves
from journeykit.model.figures import FIGURE_HELP
from journeykit.model.guess import choice, meant, misspelled
from journeykit.model.meaning import Defines, Meaning, Ref, Word
from journeykit.model.normalisation import file_path
from journeykit.model.slug import slug
from journeykit.model.values import LARGEST, AnswerScale
from journeykit.reading import schema_types as types
from journeykit.reading.checks import Item
from journeykit.reading.checks.answers import share_faults
from journeykit.reading.checks.figures import figure_help, unit_faults
from journeykit.reading.checks.language import tag_advice
from journeykit.reading.faults import Fault, nearest, quoted, shown
from journeykit.reading.quoting import advise, in_quotes
from journeykit.reading.scalars import plain, written
from journeykit.reading.schema_guesses import at_path, guesses_in, orphans_in
from journeykit.source import KeyPath


def schema_faults(error: ValidationError, data: dict[Any, Any], file: dict[Any, Any], flat: bool) -> list[Fault]:
    """Return a fault for each mistake in normalised `data`; a misspelled key is not reported as missing too.

    `file` is the data as it is written.
    """
    errors = error.errors(include_url=False)
    orphans = orphans_in(errors, data)
    guesses = guesses_in(errors, data, lambda loc: _mapping(at_path(file, file_path(loc, flat))))
    reported = {*guesses.values(), *orphans.values()}
    bad_ids = {_hashable(e["input"]) for e in errors if e["type"] == "string_pattern_mismatch" and e["loc"][-1] == "id"}
    faults = []
    for details in errors:
        loc = details["loc"]
        if details["type"] == "missing" and loc in reported:
            continue
        case = _case(details, data, file, flat)
        if case.kind == "string_pattern_mismatch" and case.key != "id" and _hashable(case.value) in bad_ids:
            continue  # a reference to an id that is reported itself
        if case.kind == "too_short" and case.value:
            continue  # its items are at fault, and are reported themselves
        if loc not in orphans:
            faults.append(_fault(case, str(guesses.get(loc, ("",))[-1])))
        elif orphans[loc] in reported:  # only the first of several siblings is reported
            reported.discard(orphans[loc])
            faults.append(_orphan(case, str(orphans[loc][-1])))
    empty = {file_path(home, flat) for home in orphans.values()}
    return [fault for fault in faults if fault.path not in empty]


def _orphan(case: _Case, home: str) -> Fault:
    message = f'"{case.path[-1]}" belongs below "{home}", which is empty'
    return Fault("unknown-key", case.path, message, "indent it by two spaces more, and what follows of it", "key")


FEELING_HELP = "write a feeling word; `journeykit feelings` lists the known ones"


class _Case(NamedTuple):
    """An error of pydantic: its type, its path in the models and in the file, the value and the context.

    `given` says whether the file has the key, with or without a value. `parent` is what holds it, with shorthands
    expanded, `beside` the same as it is written.
    """

    kind: str
    loc: KeyPath
    path: KeyPath
    of_key: bool
    is_item: bool
    given: bool
    parent: Mapping[Any, Any]
    beside: Mapping[Any, Any]
    value: Any
    context: Mapping[str, Any]
    data: dict[Any, Any]

    def ids(self, kind: str) -> frozenset[Any]:
        """Return the ids of a kind that the file defines."""
        found = leaves(self.data, Journey, Defines).get(Defines, ())
        return frozenset(leaf.value for leaf in found if leaf.meaning.kind == kind)

    @property
    def key(self) -> str:
        """The last key of the path."""
        return str(next((step for step in reversed(self.path) if isinstance(step, str)), "journey"))

    @property
    def named(self) -> str:
        """What is wrong, as the subject of a sentence."""
        if not self.path:
            return "the journey"
        if self.is_item:
            return f'an item of "{shown(self.key)}"'
        last = self.path[-1]
        return f'"{shown(last)}"' if isinstance(last, str) else f"the value of {shown(last)}"


def _case(details: ErrorDetails, data: dict[Any, Any], written_data: dict[Any, Any], flat: bool) -> _Case:
    kind, loc, value = details["type"], details["loc"], details["input"]
    of_key = bool(loc) and loc[-1] == "[key]"
    path: KeyPath = loc[:-1] if of_key else loc
    parent = at_path(data, path[:-1]) if path else None
    lists_it = isinstance(parent, list) or (isinstance(parent, dict) and path[-1] in parent)
    if path and isinstance(path[-1], int) and not lists_it:
        path = path[:-1]  # one text where a list of texts could stand
    if of_key and isinstance(value, (int, float)):
        path = (*path[:-1], value)  # pydantic turns it into text
    is_item = isinstance(parent, list) and bool(path) and isinstance(path[-1], int)
    given = isinstance(parent, dict) and path[-1] in parent
    file, context = file_path(path, flat), details.get("ctx", {})
    beside = _mapping(at_path(written_data, file[:-1]))
    return _Case(kind, loc, file, of_key, is_item, given, _mapping(parent), beside, value, context, data)


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}


def _hashable(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _fault(case: _Case, guess: str) -> Fault:
    if case.kind == "extra_forbidden":
        return _unknown_key(case, guess)
    if case.kind == "missing":
        if case.given:
            return Fault("empty-value", case.path, f"{case.named} is empty", "write something")
        return Fault("missing-key", case.path, f'"{case.key}" is missing', f"add {case.key}: …")
    if case.value is None and not case.of_key:
        help = "write something after the -, or remove it" if case.is_item else "write something, or remove the key"
        return Fault("empty-value", case.path, f"{case.named} is empty", help)
    if "message" in case.context:  # raised by the models themselves
        message, help, suggestion = (case.context[key] for key in ("message", "help", "suggestion"))
        if case.kind == "unreadable-figure" and (refused := _refused_figure(case, suggestion)):
            help, suggestion = refused.help, refused.suggestion
        elif help == FIGURE_HELP:
            help = figure_help(case.parent.get("kind"), case.key) or help
        return Fault(case.kind, case.path, message, help, "key" if case.of_key else "value", suggestion)
    if case.kind == "invalid_key":
        return Fault("unknown-key", case.path, f"unknown key {shown(case.path[-1])}", "remove it", "key")
    if case.kind == "string_pattern_mismatch":
        return _pattern(case)
    if case.of_key:
        key = case.path[-1]
        advice = Advice("write a key, or remove it") if isinstance(key, str) else _in_quotes(key)
        message = f"{quoted(key)} cannot be a key here"
        return Fault("wrong-type", case.path, message, advice.help, "key", advice.suggestion, shown(key))
    return _of_value(case)


def _refused_figure(case: _Case, suggestion: Sequence[str]) -> Fault | None:
    """Return the first fault of a suggested figure for the kind of its KPI; None if it fits."""
    kpis = (Item(case.path[:-1], {**case.parent, case.key: plain(text)}) for text in suggestion)
    return next((fault for kpi in kpis for fault in (*unit_faults(kpi, case.key), *share_faults(kpi))), None)


def _in_quotes(value: object) -> Advice:
    """Return the advice to quote a number or boolean; `fault_findings` replaces it by how the file writes it."""
    return Advice(f'put it into quotes: "{shown(value)}"', (f'"{shown(value)}"',))


def _unknown_key(case: _Case, guess: str) -> Fault:
    key = str(case.path[-1])
    message = f"unknown key {quoted(key)}"
    if guess:
        help, suggestion = _write_instead(case, guess)
        return Fault("unknown-key", case.path, message, help, "key", suggestion)
    model = types.model_at(case.loc[:-1])
    if model and (same := misspelled(key, types.keys_of(model))) in case.beside:
        return Fault("unknown-key", case.path, message, f'"{same}" is there already: keep one of them', "key")
    own = model and model.__name__.lower()
    homes = [home for home in types.owners().get(key, ()) if home not in (own, "weights")]  # far from all others
    if model is Persona:
        help = f"put it under facts: {{{shown(key)}: …}}"
    elif homes and len(homes) <= 2:
        help = f'"{key}" belongs to {" or ".join(map(_article, homes))}: check the indentation'
    elif (key.endswith("?") and case.value is None) or (" " in key and case.value is None):
        help = "a text with a comma in it needs quotes inside { }"
    else:
        known = types.keys_of(model) if model else ()
        help = f"known here: {', '.join(known)}"
    return Fault("unknown-key", case.path, message, help, "key")


def _write_instead(case: _Case, guess: str) -> Advice:
    """Return the advice to write the key that was meant; with `title` and `name` the unknown key may be its value."""
    key, value = shown(case.path[-1]), case.value
    if not key.strip():
        return Advice.meant(guess)
    if guess == "name" and isinstance(value, list):  # a stage as `Before: [touchpoints]`
        return Advice(f"write name: {key}, and its list under touchpoints:")
    if guess == "name" and value is None and meant(case.path[-1], ("name",)) is None:
        return Advice(f"write name: {key}")
    if guess == "title" and meant(case.path[-1], ("title",)) is None:  # the title itself is the key
        below = ", and its keys right below, not further in" if isinstance(value, dict) else ""
        return Advice(f"write title: {key}{below}")
    if isinstance(value, str) and not re.fullmatch(r"[a-z_-]+", key) and meant(case.path[-1], (guess,)) is None:
        text = in_quotes(f"{case.path[-1]}: {value}")  # an item that is a text with a colon
        return Advice(advise("put the text into quotes:", text, "put the whole text into quotes"))
    return Advice.meant(guess)


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _of_value(case: _Case) -> Fault:
    kind, path, value = case.kind, case.path, case.value
    if kind == "literal_error":
        return _choice(case)
    if path == ("journeykit",):
        return _version(case)
    if kind in ("greater_than_equal", "less_than_equal"):
        return _out_of_range(case)
    if kind in ("finite_number", "int_parsing_size"):
        return Fault(
            "out-of-range", path, f"{case.named} must be an ordinary number", "write it in digits, such as 1.5"
        )
    if kind in ("string_too_short", "too_short"):
        return Fault("empty-value", path, f"{case.named} is empty", _filled(case))
    expected, (help, suggestion) = _expected(case)
    given = quoted(value) if isinstance(value, str) else _TYPES.get(type(value)) or shown(value)
    message = f"{case.named} must be {expected}, not {given}"
    written = shown(value) if isinstance(value, (int, float)) else ""
    return Fault("wrong-type", path, message, help, "value", suggestion, written)


def _filled(case: _Case) -> str:
    model = types.model_at(case.loc[:-1])
    must = model is not None and model.model_fields.keys() >= {case.key} and model.model_fields[case.key].is_required()
    return "write something" if must else "write something, or remove it"


_TYPES: dict[type[Any], str] = {dict: "a mapping", list: "a list"}


def _version(case: _Case) -> Fault:
    value = case.value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 1:
        message = f"format version {shown(value)} is newer than this journeykit"
        return Fault("newer-format", case.path, message, "update journeykit, or write journeykit: 1")
    message = f"{quoted(value)} is no version of the format"
    return Fault("wrong-type", case.path, message, "write journeykit: 1")


def _out_of_range(case: _Case) -> Fault:
    low, high = _bounds(case)
    span = f"{low or 0:g} or more" if high is None or high == LARGEST else f"from {low or 0:g} to {high:g}"
    help = f"write a number {span}" if " to " in span else f"write {span}"
    return Fault("out-of-range", case.path, f"{case.named} must be {span}, not {case.value:g}", help)


def _pattern(case: _Case) -> Fault:
    if case.key == "lang":
        help, suggestion = tag_advice(str(case.value)[:60])
        message = f"{quoted(case.value)} is not a language tag"
        return Fault("bad-id", case.path, message, help, "value", suggestion)
    suggested = slug(str(case.value)[:60])
    if not str(case.value).strip():
        help = "write a-z, 0-9 and hyphens, or remove the key"
        return Fault("empty-value", case.path, f"{case.named} is empty", help)
    if isinstance(ref := types.meaning(case.loc), Ref) and not any(suggested in case.ids(kind) for kind in ref.kinds):
        suggested = ""
    help, suggestion = Advice.write(written(suggested)) if suggested else Advice("use a-z, 0-9 and hyphens")
    message = f"{quoted(case.value)} is not an id: a-z, 0-9 and hyphens only"
    return Fault("bad-id", case.path, message, help, "key" if case.of_key else "value", suggestion)


def _choice(case: _Case) -> Fault:
    words = types.choices(case.loc)
    message = f"{case.named} must be one of {', '.join(words)}, not "
    message += _TYPES.get(type(case.value)) or quoted(case.value)
    if synonym := choice(case.value, words):
        advice = Advice.meant(synonym)
        return Fault("unknown-choice", case.path, message, advice.help, "value", advice.suggestion)
    as_scale = str(case.value).replace(" ", "").replace("to", "..").replace("–", "..").lstrip("-").replace("-", "..")
    if as_scale in words:
        advice = Advice(f"did you mean {as_scale}?", (as_scale,))
    elif (turned := "..".join(reversed(as_scale.split("..")))) in words:  # no suggestion: the answers turn round too
        advice = Advice(f"write {turned}: the highest number is the best on every scale")
    else:
        advice = nearest(case.value, words, "write one of these")
    return Fault("unknown-choice", case.path, message, advice.help, "value", advice.suggestion)


def _expected(case: _Case) -> tuple[str, Advice]:
    """Return what the models expect in place of a value of another type, as a noun, and what to write."""
    kind, value = case.kind, case.value
    if kind == "string_type":
        meaning = types.meaning(case.loc)
        if isinstance(meaning, Word) and meaning.kind == "feeling" and type(value) in (int, float):
            return "a word", _as_satisfaction(case)
        return "text", _as_text(case, meaning) if isinstance(value, (int, float)) else Advice("write one text")
    if kind == "tuple_type":
        return "a list", _as_list(case)
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return _as_mapping(case)
    if kind in ("bool_type", "bool_parsing"):
        words = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
        word = str(value).strip().casefold()
        meant_word = words.get(word) or (word if word in ("true", "false") else "")
        return "true or false", Advice.write(meant_word) if meant_word else Advice("write true or false")
    return _as_number(case)


def _as_text(case: _Case, meaning: Meaning | None) -> Advice:
    """Return the advice to quote a number, unless it would not be valid as text either."""
    text, pattern = shown(case.value), types.pattern(case.loc)
    if isinstance(meaning, Word) and meaning.kind == "language":
        return tag_advice(text)
    if isinstance(meaning, Word) and meaning.kind == "feeling":
        return Advice(FEELING_HELP)
    if pattern is not None and not re.fullmatch(pattern, text):
        return Advice("use a-z, 0-9 and hyphens")
    if isinstance(meaning, Ref):
        return Advice(f'if that is its id, put it into quotes: "{text}"')
    return _in_quotes(case.value)


def _is_on_scale(case: _Case, value: float) -> bool:
    scale = case.data.get("scale", "-2..2")
    low, high = scale_bounds(scale) if scale in get_args(ScaleName) else (-math.inf, math.inf)
    return math.isfinite(value) and low <= value <= high


def _as_satisfaction(case: _Case) -> Advice:
    if _is_on_scale(case, case.value):
        return Advice(f"a number goes to satisfaction: {shown(case.value)}")
    return Advice(FEELING_HELP)


def _as_number(case: _Case) -> tuple[str, Advice]:
    noun = "a whole number" if case.kind.startswith("int") else "a number"
    low, high = _bounds(case)
    text = str(case.value).strip()
    number = _number_in(text) if isinstance(case.value, str) else None
    if number is not None and (noun == "a number" or number.is_integer()):
        fits = (low is None or low <= number) and (high is None or number <= high)
        decimal = text.replace(",", ".")
        if fits and "," in text:
            return noun, Advice(f"the decimal sign is a point: write {decimal}", (decimal,))
        if fits:
            return noun, Advice("remove the quotes", (text,))
    if case.key == "satisfaction" and number is None:
        span = f" from {low:g} to {high:g}" if low is not None and high is not None else " on the scale"
        return noun, Advice(f"write a number{span}; a word goes to feeling:")
    span = f" from {low:g} to {high:g}" if low is not None and high is not None and high < LARGEST else ""
    if "opportunities" in case.path and case.path[-2:-1] == ("target",):
        return noun, Advice(f"write {noun}{span}; the figure that a KPI should reach stands there, as its target")
    return noun, Advice(f"write {noun}{span}")


def _bounds(case: _Case) -> tuple[float | None, float | None]:
    """Return the lowest and highest number that a path takes; for a number on a scale, those of the scale."""
    if case.key == "top" and case.parent.get("scale") in get_args(AnswerScale):
        low, high = scale_bounds(case.parent["scale"])
        return 1, high - low
    scale = types.scale_at(case.loc, case.parent, case.data.get("scale", "-2..2"))
    if types.is_on_scale(case.loc) and scale in get_args(ScaleName):
        return scale_bounds(scale)
    return types.bounds(case.loc)


def _number_in(text: str) -> float | None:
    """Return the number in a quoted text, with a decimal comma or point; None for other texts."""
    if not re.fullmatch(r"[-+]?(?:[0-9]{1,9}(?:[.,][0-9]{1,9})?|\.[0-9]{1,9})", text):
        return None
    return float(text.replace(",", "."))


def _as_list(case: _Case) -> Advice:
    value = case.value
    if isinstance(value, dict):
        dashes = value and all(str(key).startswith("-") for key in value)
        return Advice("put a space after each -" if dashes else _mapping_as_list(case))
    text = shown(value)
    if not text.strip():
        return Advice("write one item a line, each with a -")
    if re.match(r"[-*•–—]|[0-9]+[.)] ", text):
        return Advice("start each item with a - and a space")
    model = types.item_model(case.loc)
    if types.takes_slugs(case.loc):
        text = ", ".join(map(written, filter(None, map(slug, text.split(","))))) if isinstance(value, str) else ""
    elif model is None and re.fullmatch(r"[\w ./-]{1,30}(, ?[\w ./-]{1,30})+", text) and re.search(r"[^\W\d]", text):
        text = ", ".join(_as_item(part.strip()) for part in text.split(","))
    else:
        text = _as_item(value)
    if model is not None and model not in types.SHORTHAND:
        key = types.main_keys_of(model)[0]
        text = f"{{{key}: {_as_first(model, key, value)}}}"
    if not text:
        return Advice("write one item a line, each with a -")
    whole = len(str(value)) <= 60 and (model is None or len(types.main_keys_of(model)) == 1 or model in types.SHORTHAND)
    suggestion = (f"[{text}]",) if whole and "…" not in text else ()
    return Advice(f"write {case.key}: [{text}], or one item a line, each with a -", suggestion)


def _as_first(model: type[Part], key: str, value: object) -> str:
    """Return a scalar as the value of the first key of a part; `…` where it is no value of that key."""
    if key == "id":
        id = slug(value) if isinstance(value, str) else ""
        return written(id) if id else "…"
    field = next(field for name, field in model.model_fields.items() if (field.alias or name) == key)
    words = types.words_of(field.rebuild_annotation())
    return _as_item(value) if not words or value in words else "…"


def _as_item(value: object) -> str:
    """Return a scalar as it is written in a flow list."""
    import json

    text = shown(value)
    odd = (
        set(text) & set(",:[]{}#\"'\\&*!|>%@`")
        or text[:2] in ("- ", "? ")
        or text in ("-", "?")
        or text != text.strip()
    )
    return json.dumps(text, ensure_ascii=False) if odd or not isinstance(value, str) else written(text)


def _mapping_as_list(case: _Case) -> str:
    """Return what to write in place of a mapping where a list of mappings belongs, with its first item if that is
    plain.
    """
    model = types.item_model(case.loc)
    first = next(iter(case.value), "")
    if model is Touchpoint and slug(str(first)) == first and all(isinstance(one, dict) for one in case.value.values()):
        return f"start each item with a -: - id: {first}, with the keys of the item below id"
    if model is None or model is Touchpoint or case.value.keys() & set(types.keys_of(model)):
        return "start each item with a -"
    keys = types.main_keys_of(model)
    key, value = next(iter(case.value.items()), ("", None))
    if model is Goal and key in ("customer", "business") and isinstance(value, str):
        return f"start each item with a -: - {{goal: {shown(value)}, who: {key}}}"
    given = [shown(part) for part in (key, value) if isinstance(part, (str, int, float))]
    filled = len(given) == 2 or len(keys) == 1
    pairs = [f"{name}: {given[n] if filled and n < len(given) else '…'}" for n, name in enumerate(keys[:2])]
    return f"start each item with a -, such as - {{{', '.join(pairs)}}}"


_MAPPINGS = {
    "target": "write {touchpoint-id: number}, with numbers on the scale",
    "feelings": "write {word: number}, with numbers from -2 to 2",
    "channels": "write {id: {name: …}}",
    "data": "write {name: label}, with names of sources in the settings",
    "facts": "write {age: …, role: …}, with names of your own",
    "counts": "write {answer: count}, such as {1: 12, 2: 30}",
}


def _own_keys(case: _Case) -> str:
    """Return what to write in place of something else where a mapping with free keys belongs."""
    first = case.value[0] if isinstance(case.value, list) and case.value else case.value
    if case.key == "target" and type(first) in (int, float) and _is_on_scale(case, first):
        at = case.parent.get("at")
        return f"write target: {{{at[0] if isinstance(at, list) and len(at) == 1 else '…'}: {shown(first)}}}"
    if isinstance(first, str) and len(first) <= 40 and not set(first) & set(",:[]{}#"):
        if case.key == "feelings":
            return f"write feelings: {{{first}: …}}, each word with a number from -2 to 2"
        if case.key == "channels" and slug(first):
            return f"write channels: {{{written(slug(first))}: {{name: {_as_item(first.capitalize())}}}}}"
    if case.loc[:1] == ("data",) and len(case.loc) > 1:
        return "write {column: value}, with columns of the data, or nothing"
    return _MAPPINGS.get(case.key, "write one key: value a line")


def _as_mapping(case: _Case) -> tuple[str, Advice]:
    model = types.model_at(case.loc)
    if model is None or model is Journey:
        return "a mapping", Advice(_own_keys(case))
    if model is Persona and isinstance(case.value, list):
        first = next((shown(item) for item in case.value if isinstance(item, str)), "…")
        help = f"one journey has one persona: write persona: {first}, and a file for each other one"
        return "text or a mapping", Advice(help)
    keys = types.main_keys_of(model)
    if model in types.SHORTHAND and isinstance(case.value, (int, float)):
        return "text or a mapping", _in_quotes(case.value)
    if isinstance(case.value, str) and 0 < len(case.value.strip()) <= 40 and not case.value.startswith("-"):
        first = f"{keys[0]}: {_as_first(model, keys[0], case.value)}"
    else:
        first = f"{keys[0]}: …"
    noun = "text or a mapping" if model in types.SHORTHAND else "a mapping"
    whole = f"{{{', '.join([first, *(f'{key}: …' for key in keys[1:])])}}}"
    return noun, Advice(f"write {whole}", () if "…" in whole else (whole,))
