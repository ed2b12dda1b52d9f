"""Parse YAML text to events, and turn every error of a parser into a `YamlError`.

libyaml is the fast parser. ruamel replaces it if PyYAML was built without it: PyYAML's Python parser follows YAML 1.1
and rejects `{q: why?}`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

from journeykit.reading.yaml_faults import Mask, YamlError, YamlFault

_BREAKS = "\x85\u2028\u2029"
"""Line breaks of YAML 1.1, and for both parsers; in YAML 1.2 they are text."""
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A pattern, compiled when needed: compiling takes longer than reading a file, and only broken files need it."""


_PAIR = r"(?<!\\)(?P<even>(?:\\\\)*)(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
"""The escapes of a surrogate pair, as `json.dumps` writes an emoji: one character in JSON, an error for libyaml."""


def events(text: str) -> Iterator[Any]:
    """Return parser events, with marks in code points. Within `parser_errors` it raises YamlError and nothing else."""
    if "\\ud" in text or "\\uD" in text:
        return _with_pairs(text)
    if any(char in text for char in _BREAKS):
        stand_in, back = _stand_ins(text)
        return _translated(_read(text, text.translate(stand_in)), back)
    return _read(text, text)


def _with_pairs(text: str) -> Iterator[Any]:
    """Yield the events of a text with escaped surrogate pairs: one character in double quotes, elsewhere plain text."""
    import json

    stand_in, back = _stand_ins(text)
    pad = next(_unused(text, set(back)))
    pairs = {found.start("pair"): found["pair"] for found in re.finditer(_PAIR, text)}
    source = re.sub(_PAIR, lambda found: found["even"] + pad * len(found["pair"]), text).translate(stand_in)
    starts = sorted(pairs)
    for event in _translated(_read(text, source), back):
        value = getattr(event, "value", None)
        if value and pad in value:
            first = bisect_left(starts, event.start_mark.index)
            for start in starts[first : first + value.count(pad) // len(pad * 12)]:
                written = pairs[start]
                char = json.loads(f'"{written}"') if event.style == '"' else written
                value = value.replace(pad * len(written), char, 1)
            event.value = value
        yield event


def _read(text: str, source: str) -> Iterator[Any]:
    """Return the events of `source`; `text` is the original, for messages.

    libyaml's errors pass through here: `parser_errors` handles them.
    """
    libyaml = _libyaml()
    return iter(libyaml(source).get_event, None) if libyaml else _ruamel_events(text, source)


def _translated(events: Iterator[Any], back: dict[int, str]) -> Iterator[Any]:
    for event in events:
        if value := getattr(event, "value", None):
            event.value = value.translate(back)
        yield event


def _stand_ins(text: str) -> tuple[dict[int, str], dict[int, str]]:
    """Return tables that replace the line breaks of YAML 1.1 by unused characters, and back."""
    found = [char for char in _BREAKS if char in text]
    pairs = list(zip(found, _unused(text), strict=False))
    return {ord(char): other for char, other in pairs}, {ord(other): char for char, other in pairs}


def _unused(text: str, taken: Container[int] = ()) -> Iterator[str]:
    """Yield private-use characters that are not in a text."""
    codes = (*range(0xE000, 0xF8FF), *range(0xF0000, 0xFFFFD))
    return (chr(code) for code in codes if code not in taken and chr(code) not in text)


def _libyaml() -> Any:
    """Return libyaml's parser; None if PyYAML was built without it."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    return CParser


@contextmanager
def parser_errors(text: str) -> Iterator[None]:
    """Turn errors of libyaml into `YamlError`."""
    import yaml

    try:
        yield
    except yaml.MarkedYAMLError as error:
        raise YamlError(_syntax(text, error.context, error.problem, error.context_mark, error.problem_mark)) from None
    except (yaml.reader.ReaderError, ValueError):  # such as UnicodeEncodeError
        raise YamlError(_unreadable_character(text, 0)) from None


def _ruamel_events(text: str, source: str) -> Iterator[Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    last = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(source):
            last = event.end_mark.index
            yield event
    except MarkedYAMLError as error:
        raise YamlError(_syntax(text, error.context, error.problem, error.context_mark, error.problem_mark)) from None
    except ReaderError:
        raise YamlError(_unreadable_character(text, last)) from None
    except YamlError:
        raise
    except Exception as error:  # its scanner does not catch errors of its own conversions
        raise YamlError(_odd_escape(text, last, error)) from None


def _syntax(text: str, context: str | None, problem: str | None, start: Any, at: Any) -> YamlFault:
    """Return the fault for an error of a parser."""
    from journeykit.reading.syntax_messages import ParserError, explain

    mark = at or start
    place = min(mark.index, len(text)) if mark is not None else 0
    opened = min(start.index, len(text)) if start is not None else place
    return explain(ParserError(text, context or "", problem or "", place, opened))


def _unreadable_character(text: str, otherwise: int) -> YamlFault:
    found = re.search(_UNPRINTABLE, text)
    if found is None:
        return YamlFault("yaml-syntax", "a character that YAML does not allow", "remove it", otherwise, otherwise + 1)
    code = f"U+{ord(found[0]):04X}"
    what = "half of a surrogate pair" if "\ud800" <= found[0] <= "\udfff" else "control character"
    message = f"the {what} {code} may not stand in YAML"
    return YamlFault("yaml-syntax", message, "remove it", found.start(), found.end(), Mask(found.start(), found.end()))


def _odd_escape(text: str, last: int, error: Exception) -> YamlFault:
    place = min(last, max(len(text) - 1, 0))
    return YamlFault(
        "yaml-syntax", f"not readable as YAML ({error})", "check quotes and escapes here", place, place + 1
    )
