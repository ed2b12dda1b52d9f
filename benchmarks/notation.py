"""One journey in the notations that the measured tools read: YAML, Mermaid's `journey`, JSON."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.phrases import LANGUAGES

Data = Any
"""Plain data: None, bool, int, float, str, and lists and mappings of them."""

BLOCKS = ("stages", "touchpoints", "opportunities", "persona", "privacy", "decision")
"""Keys that are always written one entry to a line, as people do."""
WIDTH = 130
# What YAML 1.1 and 1.2 readers alike take for text; all else is quoted, for the peers are of both sorts.
_PLAIN = re.compile(
    r"[^\W\d_][\w .'’/?!()–;,-]*[\w.)?]|[a-z]"  # words
    r"|[+-]?\d+(min|s|h|d|w|mo|y|%)|day -?\d+( \d\d:\d\d)?|\d{4}-(\d\d|Q\d)"  # times
    r"|-?\d+\.\.\d+"  # scales
)
_TAKEN = {"true", "false", "null", "yes", "no", "on", "off", "nan", "inf"}


def as_yaml(journey: Mapping[str, Data]) -> str:
    """Return the journey as a person would write it: touchpoints as blocks, small lists and mappings on one line."""
    return "# A generated journey, for measurements only.\n" + "".join(f"{line}\n" for line in _mapping(journey, ""))


def as_json(journey: Mapping[str, Data]) -> str:
    """Return the journey as JSON."""
    return json.dumps(journey, ensure_ascii=False, indent=2) + "\n"


def as_mermaid(journey: Mapping[str, Data]) -> str:
    """Return the journey in Mermaid's `journey` notation: title, sections, and tasks scored 1..5 with an actor."""
    persona = journey["persona"]
    actor = _mermaid_text(persona if isinstance(persona, str) else persona["name"])
    lines = ["journey", f"  title {_mermaid_text(journey['title'])}"]
    for stage in journey.get("stages") or [{"name": journey["title"], "touchpoints": journey["touchpoints"]}]:
        lines.append(f"  section {_mermaid_text(stage['name'])}")
        for touchpoint in stage["touchpoints"]:
            title, feelings = _title_and_feelings(touchpoint)
            lines.append(f"    {_mermaid_text(title)}: {_mermaid_score(feelings)}: {actor}")
    return "\n".join(lines) + "\n"


def _title_and_feelings(touchpoint: Mapping[str, Data]) -> tuple[str, list[str]]:
    if "title" not in touchpoint:
        title, feeling = next(iter(touchpoint.items()))
        return title, [feeling]
    feeling = touchpoint.get("feeling", [])
    return touchpoint["title"], [feeling] if isinstance(feeling, str) else list(feeling)


_VALENCES = {word: valence for language in LANGUAGES for valence, words in language.feelings.items() for word in words}


def _mermaid_score(feelings: Sequence[str]) -> int:
    """Valence -2..2 as 1..5; Mermaid has no unrated task, so it gets the middle."""
    valences = [_VALENCES.get(word, 0.0) for word in feelings] or [0.0]
    return round(sum(valences) / len(valences)) + 3


def _mermaid_text(text: str) -> str:
    """Without the characters that end or split a Mermaid statement."""
    return re.sub(r"[:;#,]+", " ", text).strip()


def _mapping(data: Mapping[str, Data], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = _scalar(key)
        if isinstance(value, str) and len(value) > WIDTH - len(indent) - len(name):
            yield f"{indent}{name}: >-"
            yield from textwrap.wrap(value, 90, initial_indent=indent + "  ", subsequent_indent=indent + "  ")
        elif not isinstance(value, dict | list):
            yield f"{indent}{name}: {_scalar(value)}"
        elif key not in BLOCKS and len(line := f"{indent}{name}: {_flow(value)}") <= WIDTH:
            yield line
        else:
            yield f"{indent}{name}:"
            yield from (_mapping(value, indent + "  ") if isinstance(value, dict) else _list(value, key, indent + "  "))


def _list(items: Sequence[Data], key: str, indent: str) -> Iterator[str]:
    for item in items:
        line = f"{indent}- {_flow(item)}"
        if not isinstance(item, dict) or (key not in BLOCKS and len(line) <= WIDTH):
            yield line
        else:
            first, *rest = _mapping(item, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest


def _flow(value: Data) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key, flow=True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, flow=True)


def _scalar(value: Data, *, flow: bool = False) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _PLAIN.fullmatch(value) and value.casefold() not in _TAKEN and not (flow and re.search("[,?]", value))
    return value if plain else json.dumps(value, ensure_ascii=False)
