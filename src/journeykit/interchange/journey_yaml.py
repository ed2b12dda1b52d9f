"""Plain data as the text of a journey file, in the layout of `fmt`."""

from __future__ import annotations

from typing import Any

from journeykit.changing.emitter import inline, key_text
from journeykit.changing.fmt import format_journey
from journeykit.model import Journey
from journeykit.reading import Document
from journeykit.reading.yaml_text import parse_yaml

WIDTH = 100
"""How long a line with a list or a mapping may be before it becomes a block."""
BLOCKS = ("stages", "touchpoints")
"""Keys whose items are always written as blocks."""


def journey_text(data: dict[str, Any]) -> str:
    """Return data as YAML."""
    keys = [*Journey.model_fields, "touchpoints"]
    ordered = sorted(data.items(), key=lambda pair: keys.index(pair[0]) if pair[0] in keys else len(keys))
    return "\n".join(_mapping(dict(ordered), 0)) + "\n"


def laid_out(document: Document) -> str:
    """Return the text of a valid document in the layout of `fmt`."""
    return format_journey(document).text


def _mapping(value: dict[Any, Any], column: int) -> list[str]:
    return [line for key, one in value.items() for line in _entry(key, one, column)]


def _entry(key: Any, value: Any, column: int) -> list[str]:
    head = f"{' ' * column}{key_text(key)}:"
    if not value or not isinstance(value, (dict, list)):
        return [f"{head} {_scalar(value, column + 2)}"]
    line = f"{head} {inline(value)}"
    if len(line) <= WIDTH and key not in BLOCKS and not _has_lists_of_mappings(value):
        return [line]
    below = _mapping(value, column + 2) if isinstance(value, dict) else _items(value, column + 2, key in BLOCKS)
    return [head, *below]


def _items(value: list[Any], column: int, as_blocks: bool) -> list[str]:
    found: list[str] = []
    pad = " " * column
    for one in value:
        line = f"{pad}- {inline(one)}" if isinstance(one, (dict, list)) else f"{pad}- {_scalar(one, column + 2)}"
        if isinstance(one, dict) and one and (as_blocks or len(line) > WIDTH):
            first, *rest = _mapping(one, column + 2)
            found += [f"{pad}- {first.lstrip(' ')}", *rest]
        else:
            found.append(line)
    return found


def _has_lists_of_mappings(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _scalar(value: Any, column: int) -> str:
    """Return a value on one line, or a text of several lines as a block where it reads back unchanged."""
    if isinstance(value, str) and "\n" in value:
        pad = " " * column
        block = "|-\n" + "\n".join(pad + line if line else "" for line in value.split("\n"))
        read = parse_yaml(f"{' ' * max(column - 2, 0)}k: {block}\n")
        if read.data == {"k": value} and not read.faults:
            return block
    return inline(value)
