"""Explain mistakes inside `{ }`: a comma, which starts the next key in YAML, and a colon without a space."""

from __future__ import annotations

import re

from journeykit.reading.faults import shown
from journeykit.reading.quoting import advise, in_quotes
from journeykit.reading.schema_types import owners
from journeykit.reading.yaml_faults import YamlFault
from journeykit.source import Entry, PathStep

_DECIMAL = re.compile(r"[-+]?[0-9]+,[0-9]+ ?%?")


def comma_fault(text: str, before: tuple[PathStep, Entry], start: int, end: int) -> YamlFault | None:
    """Return the fault of a key without a colon (`start` to `end`) that is the rest of the value before it."""
    key, (_, _, value) = before
    if value.children is not None or value.start == value.end:
        return None
    whole = " ".join(text[value.start : end].split())
    if _DECIMAL.fullmatch(whole):
        help = f"write {shown(key)}: {whole.replace(',', '.')}"
        return YamlFault("yaml-syntax", "a comma is no decimal sign", help, value.start, end)
    quotes = "put the whole text into one pair of quotes"
    if any(char in whole for char in "\"'\\"):
        help = quotes
    elif key in ("feeling", "channel", "tags"):
        help = advise(f"write {key}:", f"[{whole}]", quotes)
    else:
        help = advise(f"write {shown(key)}:", in_quotes(whole), quotes)
    if text[start:end] in owners():
        help += f"; or give {text[start:end]}: a value"
    return YamlFault("yaml-syntax", "in { } a comma starts the next key", help, start, end)


def no_space(key: str, start: int, end: int) -> YamlFault | None:
    """Return the fault of a key like `name:Maria`, from `start` to `end`: there is no space after its colon."""
    name, colon, value = key.partition(":")
    if not colon or not value or name not in owners() or value.startswith("//"):
        return None
    return YamlFault(
        "yaml-syntax", "a colon needs a space after it", advise(f"write {name}:", value, "add it"), start, end
    )
