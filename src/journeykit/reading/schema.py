"""Pydantic's complaints as faults: by their type and place, never by their English text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from journeykit.model import Goal, Journey, Persona, Touchpoint
from journeykit.model.guess import meant
from journeykit.model.normal import file_path
from journeykit.model.slug import slug
from journeykit.model.values import LARGEST
from journeykit.reading import schema_types as types
from journeykit.reading.faults import Fault, did_you_mean, quoted, shown
from journeykit.reading.schema_guesses import at_path, guesses_in, orphans_in
from journeykit.source import Path


def schema_faults(error: ValidationError, data: dict[Any, Any], flat: bool) -> list[Fault]:
    """A fault for each mistake in normalised `data`; a misspelled key is not also a missing one."""
    errors = error.errors(include_url=False)
    orphans = orphans_in(errors, data)
    guesses = guesses_in(errors, data)
    said = {*guesses.values(), *orphans.values()}
    bad_ids = {_hashable(e["input"]) for e in errors if e["type"] == "string_pattern_mismatch" and e["loc"][-1] == "id"}
    faults = []
    for details in errors:
        loc = details["loc"]
        if details["type"] == "missing" and loc in said:
            continue
        case = _case(details, data, flat)
        if case.kind == "string_pattern_mismatch" and case.key != "id" and _hashable(case.value) in bad_ids:
            continue  # a reference to an id that is reported itself
        if case.kind == "too_short" and case.value:
            continue  # its items are at fault, and are reported themselves
        if loc not in orphans:
            faults.append(_fault(case, str(guesses.get(loc, ("",))[-1])))
        elif orphans[loc] in said:  # the first of its siblings speaks for all
            said.discard(orphans[loc])
            faults.append(_orphan(case, str(orphans[loc][-1])))
    lost = {file_path(home, flat) for home in orphans.values()}
    return [fault for fault in faults if fault.path not in lost]


def _orphan(case: _Case, home: str) -> Fault:
    message = f'"{case.path[-1]}" belongs below "{home}", which is empty'
    return Fault("unknown-key", case.path, message, "indent it by two spaces more, and what follows of it", "key")


class _Case(NamedTuple):
    """A complaint: its kind, its path in the models and in the file, the value and what pydantic says of it.

    `given` tells whether the key stands there at all, with or without a value.
    """

    kind: str
    loc: Path
    path: Path
    of_key: bool
    is_item: bool
    given: bool
    value: Any
    context: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The last key on the way."""
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


def _case(details: ErrorDetails, data: dict[Any, Any], flat: bool) -> _Case:
    kind, loc, value = details["type"], details["loc"], details["input"]
    of_key = bool(loc) and loc[-1] == "[key]"
    path: Path = loc[:-1] if of_key else loc
    parent = at_path(data, path[:-1]) if path else None
    lists_it = isinstance(parent, list) or (isinstance(parent, dict) and path[-1] in parent)
    if path and isinstance(path[-1], int) and not lists_it:
        path = path[:-1]  # one text where a list of texts could stand
    if of_key and isinstance(value, (int, float)):
        path = (*path[:-1], value)  # pydantic makes a text of it
    is_item = isinstance(parent, list) and bool(path) and isinstance(path[-1], int)
    given = isinstance(parent, dict) and path[-1] in parent
    return _Case(kind, loc, file_path(path, flat), of_key, is_item, given, value, details.get("ctx", {}))


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
    if "message" in case.context:  # one of our own
        message, help, suggestion = (case.context[key] for key in ("message", "help", "suggestion"))
        return Fault(case.kind, case.path, message, help, "key" if case.of_key else "value", suggestion)
    if case.kind == "invalid_key":
        return Fault("unknown-key", case.path, f"unknown key {shown(case.path[-1])}", "remove it", "key")
    if case.of_key:
        help = "keys are whole numbers here" if case.kind.startswith("int") else "put it into quotes"
        return Fault("wrong-type", case.path, f"{quoted(case.path[-1])} cannot be a key here", help, "key")
    return _of_value(case)


def _unknown_key(case: _Case, guess: str) -> Fault:
    key = str(case.path[-1])
    message = f"unknown key {quoted(key)}"
    if guess:
        return Fault("unknown-key", case.path, message, _write_instead(case, guess), "key")
    model = types.model_at(case.loc[:-1])
    homes = [home for home in types.owners().get(key, ()) if model is None or home != model.__name__.lower()]
    if model is Persona:
        help = f"put it under facts: {{{shown(key)}: …}}"
    elif homes and len(homes) <= 2:
        help = f'"{key}" belongs to {" or ".join(map(_article, homes))}: check the indentation'
    elif (key.endswith("?") and case.value is None) or (" " in key and case.value is None):
        help = "a text with a comma in it needs quotes inside { }"
    else:
        known = types.keys_of(model) if model else ()
        help = f"known here: {', '.join(known)}" if len(known) <= 14 else "`journeykit schema` has all that are known"
    return Fault("unknown-key", case.path, message, help, "key")


def _write_instead(case: _Case, guess: str) -> str:
    if guess == "name" and isinstance(case.value, list):  # a stage as `Before: [touchpoints]`
        return f"write name: {shown(case.path[-1])}, and its list under touchpoints:"
    if guess == "name" and case.value is None and meant(case.path[-1], ("name",)) is None:
        return f"write name: {shown(case.path[-1])}"
    if guess == "title" and meant(case.path[-1], ("title",)) is None:  # the title itself stands as a key
        below = ", and its keys right below, not further in" if isinstance(case.value, dict) else ""
        return f"write title: {shown(case.path[-1])}{below}"
    return f'did you mean "{guess}"?'


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
    if kind == "string_pattern_mismatch":
        return _pattern(case)
    expected, help = _expected(case)
    given = quoted(value) if isinstance(value, str) else _TYPES.get(type(value)) or shown(value)
    return Fault("wrong-type", path, f"{case.named} must be {expected}, not {given}", help)


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
    low, high = types.bounds(case.loc)
    span = f"{low or 0:g} or more" if high is None or high == LARGEST else f"from {low or 0:g} to {high:g}"
    help = f"write a number {span}" if " to " in span else f"write {span}"
    if (low, high) == (0, 1) and 1 < case.value <= 100:
        help = f"a share is a number from 0 to 1: write {case.value / 100:g}"
    return Fault("out-of-range", case.path, f"{case.named} must be {span}, not {case.value:g}", help)


def _pattern(case: _Case) -> Fault:
    if case.key == "lang":
        from journeykit.reading.checks.language import tag_help

        return Fault("bad-id", case.path, f"{quoted(case.value)} is not a language tag", tag_help(str(case.value)[:60]))
    made = slug(str(case.value)[:60])
    if not str(case.value).strip():
        help = "write a-z, 0-9 and hyphens, or remove the key"
        return Fault("empty-value", case.path, f"{case.named} is empty", help)
    help = f"write {made}" if made else "use a-z, 0-9 and hyphens"
    return Fault("bad-id", case.path, f"{quoted(case.value)} is not an id: a-z, 0-9 and hyphens only", help)


def _choice(case: _Case) -> Fault:
    words = types.choices(case.loc)
    message = f"{case.named} must be one of {', '.join(words)}, not "
    message += _TYPES.get(type(case.value)) or quoted(case.value)
    as_scale = str(case.value).replace(" ", "").replace("to", "..").replace("–", "..").lstrip("-").replace("-", "..")
    if as_scale in words:
        return Fault("unknown-choice", case.path, message, f"did you mean {as_scale}?")
    return Fault("unknown-choice", case.path, message, did_you_mean(case.value, words, "write one of these"))


def _expected(case: _Case) -> tuple[str, str]:
    """What the models take instead of a value of another type, and what to write: (noun, help)."""
    kind, value = case.kind, case.value
    if kind == "string_type":
        if case.key == "feeling" and isinstance(value, (int, float)):
            return "a word", f"a number goes to satisfaction: {shown(value)}"
        plain = isinstance(value, (int, float))
        return "text", f'put it into quotes: "{shown(value)}"' if plain else "write one text"
    if kind == "tuple_type":
        return "a list", _as_list(case)
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return _as_mapping(case)
    if kind in ("bool_type", "bool_parsing"):
        return "true or false", "write true or false"
    return _as_number(case)


def _as_number(case: _Case) -> tuple[str, str]:
    noun = "a whole number" if case.kind.startswith("int") else "a number"
    low, high = types.bounds(case.loc)
    text = str(case.value).strip()
    if isinstance(case.value, str) and text.lstrip("-").replace(".", "", 1).isdecimal():
        return noun, "remove the quotes"
    if re.fullmatch(r"[-+]?[0-9]{1,9},[0-9]{1,9}", text):
        return noun, f"the decimal sign is a point: write {text.replace(',', '.')}"
    if case.key == "satisfaction" and isinstance(case.value, str):
        return noun, "write a number on the journey's scale (-2..2 unless scale: says another); a word goes to feeling:"
    if (low, high) == (0, 1) and text.removesuffix("%").strip().isdecimal():
        return noun, f"write {int(text.removesuffix('%')[:9]) / 100:g}"
    span = f" from {low:g} to {high:g}" if low is not None and high is not None and high < LARGEST else ""
    return noun, f"write {noun}{span}"


def _as_list(case: _Case) -> str:
    value = case.value
    if isinstance(value, dict):
        dashes = value and all(str(key).startswith("-") for key in value)
        return "put a space after each -" if dashes else _mapping_as_list(case)
    text = shown(value)
    if re.match(r"[-*•–—]|[0-9]+[.)] ", text):
        return "start each item with a - and a space"
    model = types.item_model(case.loc)
    if types.takes_slugs(case.loc):
        text = ", ".join(filter(None, map(slug, text.split(","))))
    elif model is not None or not re.fullmatch(r"[\w .'/-]{1,30}(, ?[\w .'/-]{1,30})+", text):
        text = f'"{text}"' if any(char in text for char in ",:[]{}#") else text
    if model is not None and model not in types.SHORTHAND:
        text = f"{{{types.main_keys_of(model)[0]}: {text}}}"
    return f"write {case.key}: [{text}], or one item a line, each with a -"


def _mapping_as_list(case: _Case) -> str:
    """What to write where a mapping stands for a list of mappings: with its first item, where that is plain."""
    model = types.item_model(case.loc)
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
    "facts": "write {age: …, role: …}, with names of your own",
    "counts": "write {answer: count}, such as {1: 12, 2: 30}",
}


def _own_keys(case: _Case) -> str:
    """What to write where the keys are the writer's own."""
    first = case.value[0] if isinstance(case.value, list) and case.value else case.value
    if case.key == "target" and isinstance(first, (int, float)):
        return f"write target: {{touchpoint-id: {shown(first)}}}"
    if isinstance(first, str) and len(first) <= 40 and not set(first) & set(",:[]{}#"):
        if case.key == "feelings":
            return f"write feelings: {{{first}: …}}, each word with a number from -2 to 2"
        if case.key == "channels" and slug(first):
            return f"write channels: {{{slug(first)}: {{name: {first.capitalize()}}}}}"
    return _MAPPINGS.get(case.key, "write one key: value a line")


def _as_mapping(case: _Case) -> tuple[str, str]:
    model = types.model_at(case.loc)
    if model is None or model is Journey:
        return "a mapping", _own_keys(case)
    if model is Persona and isinstance(case.value, list):
        first = next((shown(item) for item in case.value if isinstance(item, str)), "…")
        return (
            "text or a mapping",
            f"one journey has one persona: write persona: {first}, and a file for each other one",
        )
    keys = types.main_keys_of(model)
    if model in types.SHORTHAND and isinstance(case.value, (int, float)):
        return "text or a mapping", f'put it into quotes: "{shown(case.value)}"'
    if isinstance(case.value, str) and len(case.value) <= 40 and not case.value.startswith("-"):
        text = quoted(case.value) if set(case.value) & set(",:[]{}#") else case.value
        first = f"{keys[0]}: {slug(case.value) if keys[0] == 'id' else text}"
    else:
        first = f"{keys[0]}: …"
    noun = "text or a mapping" if model in types.SHORTHAND else "a mapping"
    return noun, f"write {{{', '.join([first, *(f'{key}: …' for key in keys[1:])])}}}"
