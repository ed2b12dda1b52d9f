"""YAML text to parser events, with every complaint of a parser turned into one `Stop`.

libyaml's events are fast. ruamel's serve where PyYAML comes without its C part: PyYAML's own Python parser follows
YAML 1.1 and refuses `{q: why?}`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

from journeykit.reading.yaml_faults import Blank, Fault, Stop

_BREAKS = "\x85\u2028\u2029"
"""Line breaks of YAML 1.1, and of both parsers; in YAML 1.2 they are text."""
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A pattern; it takes longer to compile than a file takes to read, and is needed where a file is broken only."""


_PAIR = r"(?<!\\)(?P<even>(?:\\\\)*)(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
"""The escapes of a surrogate pair, as `json.dumps` writes an emoji: one character in JSON, refused by libyaml."""


def events(text: str) -> Iterator[Any]:
    """Yield parser events with marks that count code points; within `complaints` only Stop is raised."""
    if "\\ud" in text or "\\uD" in text:
        return _with_pairs(text)
    if any(char in text for char in _BREAKS):
        stand_in, back = _stand_ins(text)
        return _translated(_read(text, text.translate(stand_in)), back)
    return _read(text, text)


def _with_pairs(text: str) -> Iterator[Any]:
    """Yield events of a text with surrogate pairs: one character in double quotes, plain text elsewhere."""
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

    No generator of ours stands between libyaml and the builder: `complaints` sees what libyaml raises.
    """
    libyaml = _libyaml()
    return iter(libyaml(source).get_event, None) if libyaml else _ruamel_events(text, source)


def _translated(events: Iterator[Any], back: dict[int, str]) -> Iterator[Any]:
    for event in events:
        if value := getattr(event, "value", None):
            event.value = value.translate(back)
        yield event


def _stand_ins(text: str) -> tuple[dict[int, str], dict[int, str]]:
    """Return translation tables from the breaks of YAML 1.1 in a text to characters that are not in it, and back."""
    found = [char for char in _BREAKS if char in text]
    pairs = list(zip(found, _unused(text), strict=False))
    return {ord(char): other for char, other in pairs}, {ord(other): char for char, other in pairs}


def _unused(text: str, taken: Container[int] = ()) -> Iterator[str]:
    """Return characters for private use that are not in a text."""
    codes = (*range(0xE000, 0xF8FF), *range(0xF0000, 0xFFFFD))
    return (chr(code) for code in codes if code not in taken and chr(code) not in text)


def _libyaml() -> Any:
    """Return libyaml's parser, or None if PyYAML was built without it."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    return CParser


@contextmanager
def complaints(text: str) -> Iterator[None]:
    """Turn what libyaml says of a text into a `Stop`."""
    import yaml

    try:
        yield
    except yaml.MarkedYAMLError as error:
        raise Stop(_syntax(text, error.context, error.problem, error.context_mark, error.problem_mark)) from None
    except (yaml.reader.ReaderError, ValueError):  # of these UnicodeEncodeError
        raise Stop(_unreadable_character(text, 0)) from None


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
        raise Stop(_syntax(text, error.context, error.problem, error.context_mark, error.problem_mark)) from None
    except ReaderError:
        raise Stop(_unreadable_character(text, last)) from None
    except Stop:
        raise
    except Exception as error:  # its scanner lets errors of its own conversions through
        raise Stop(_odd_escape(text, last, error)) from None


def _syntax(text: str, context: str | None, problem: str | None, start: Any, at: Any) -> Fault:
    """Return a parser's complaint in words that say what to do, at the place that is wrong."""
    from journeykit.reading.syntax_words import Complaint, explain

    mark = at or start
    place = min(mark.index, len(text)) if mark is not None else 0
    opened = min(start.index, len(text)) if start is not None else place
    return explain(Complaint(text, context or "", problem or "", place, opened))


def _unreadable_character(text: str, otherwise: int) -> Fault:
    found = re.search(_UNPRINTABLE, text)
    if found is None:
        return Fault("yaml-syntax", "a character that YAML does not allow", "remove it", otherwise, otherwise + 1)
    code = f"U+{ord(found[0]):04X}"
    what = "half of a surrogate pair" if "\ud800" <= found[0] <= "\udfff" else "control character"
    message = f"the {what} {code} may not stand in YAML"
    return Fault("yaml-syntax", message, "remove it", found.start(), found.end(), Blank(found.start(), found.end()))


def _odd_escape(text: str, last: int, error: Exception) -> Fault:
    place = min(last, max(len(text) - 1, 0))
    return Fault("yaml-syntax", f"not readable as YAML ({error})", "check quotes and escapes here", place, place + 1)
