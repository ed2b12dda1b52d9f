"""The tables of fields in docs/format.md, made from the models so that they are never stale."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import journeykit.model as model
from journeykit.model.base import Part
from journeykit.model.descriptions import descriptions
from journeykit.model.meaning import Ref, Word
from journeykit.model.values import LARGEST, OneOrMore, OrNames, Reads

PAGE = Path(__file__).parent.parent / "docs" / "format.md"
_TABLE = re.compile(r"<!-- fields of (\w+) -->\n(?:.*\n)*?<!-- end -->")

NOTATIONS = {
    "read_duration": "duration",
    "read_moment": "time",
    "read_day": "day",
    "read_date": "date",
    "read_period": "date, or two with `..`",
    "read_day_or_text": "text or day",
    "read_figure": "number, share or duration",
    "read_number_or_word": "number or feeling word",
    "read_share": "share, 0 to 1",
    "read_fact": "text or number",
    "read_url": "address",
    "read_image_path": "path",
    "read_journey_target": "journey id or path",
    "read_label": "text or number",
    "read_consent": "text, `true` or `false`",
}
WORDS = {"feeling": "feeling word", "channel": "channel", "tag": "tag"}
LINKED = {"Evidence": "source", "Kpi": "KPI"}
"""Models whose section is not named as the model."""


def fresh(page: str) -> str:
    """The page with its tables as the models are now."""
    return _TABLE.sub(lambda match: f"<!-- fields of {match[1]} -->\n{_table(match[1])}<!-- end -->", page)


def _table(name: str) -> str:
    part: type[Part] = getattr(model, name)
    meanings = descriptions(part)
    rows = ["| field | value | default | meaning |", "| --- | --- | --- | --- |"]
    for key, field in part.model_fields.items():
        if name == "Journey" and key == "stages":
            rows.append(_row("stages", "list of [Stage](#stage)", "", "Stages with their touchpoints."))
            rows.append(_row("touchpoints", "list of [Touchpoint](#touchpoint)", "", "Instead of stages."))
            continue
        rows.append(_row(field.alias or key, _value(field), _default(key, field), meanings.get(key, "")))
    return "\n".join(rows) + "\n"


def _row(*cells: str) -> str:
    return "| `" + cells[0] + "` | " + " | ".join(cell.replace("|", "\\|") for cell in cells[1:]) + " |"


def _default(key: str, field: FieldInfo) -> str:
    if key == "id" and field.is_required():
        return ""
    if field.is_required():
        return "required"
    value = field.default
    if value is PydanticUndefined or value in (None, (), "") or isinstance(value, Part):
        return ""
    shown = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
    return f"`{shown}`"


def _value(field: FieldInfo) -> str:
    return _named(field.annotation, list(field.metadata))


def _named(annotation: Any, metadata: list[Any]) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return _named(arguments[0], [*annotation.__metadata__, *metadata])
    if any(isinstance(part, OrNames) for part in metadata):
        return f"id, list of id, or {_named(annotation, [])}"
    if any(isinstance(part, OneOrMore) for part in metadata):
        one = _named(arguments[0], [])
        return f"{one} or list of {one}"
    for part in metadata:
        if isinstance(part, Ref):
            return f"{' or '.join(part.kinds)} id" + "".join(f" or `{word}`" for word in part.also)
        if isinstance(part, Word) and annotation is str and part.kind != "language":
            return WORDS[part.kind]
        if isinstance(part, Reads):
            return _notation(part)
        if isinstance(part, FieldInfo):
            return _named(annotation, [*part.metadata, *(m for m in metadata if m is not part)])
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in arguments)
    if origin is tuple:
        return f"list of {_named(arguments[0], [])}"
    if origin is dict:
        return f"mapping to {_named(arguments[1], [])}"
    if arguments:  # an optional value
        return _named(next(one for one in arguments if one is not type(None)), metadata)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        title = LINKED.get(annotation.__name__, _spaced(annotation.__name__))
        return f"[{title[0].upper()}{title[1:]}](#{title.lower().replace(' ', '-')})"
    return _scalar(annotation, metadata)


def _spaced(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r" \1", name).lower()


def _notation(reads: Reads) -> str:
    if reads.read.__name__ in NOTATIONS:
        return NOTATIONS[reads.read.__name__]
    words = reads.schema["anyOf"][0]["enum"]
    return ", ".join(f"`{word}`" for word in words) + ", or a share"


def _scalar(annotation: Any, metadata: list[Any]) -> str:
    patterns = [part.pattern for part in metadata if isinstance(part, StringConstraints) and part.pattern]
    if patterns:
        return "id" if "a-z0-9-" in str(patterns[0]) and "A-Z" not in str(patterns[0]) else "language tag"
    names = {str: "text", float: "number", int: "whole number", bool: "`true` or `false`"}
    low = max((part.ge for part in metadata if isinstance(part, Ge)), default=None)  # type: ignore[type-var]
    high = next((part.le for part in metadata if isinstance(part, Le)), None)
    if high == LARGEST:
        return f"{names[annotation]}, {low} or more"
    if low is not None and high is not None:
        return f"{names[annotation]}, {low} to {high}" if str(low) != str(high) else f"`{low}`"
    return names[annotation]


if __name__ == "__main__":
    PAGE.write_text(fresh(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
