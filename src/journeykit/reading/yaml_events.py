"""YAML text to parser events, with every complaint of a parser turned into one `Stop`.

libyaml's events are fast. ruamel's serve where PyYAML comes without its C part: PyYAML's own Python parser follows
YAML 1.1 and refuses `{q: why?}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

_BREAKS = "\x85\u2028\u2029"
"""Line breaks of YAML 1.1, and of both parsers; in YAML 1.2 they are text."""
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Blank(NamedTuple):
    """A stretch of text, and the character to overwrite it with, so that reading can go on behind a mistake."""

    start: int
    end: int
    filler: str = "x"

    def over(self, text: str) -> str:
        """The text with the stretch overwritten; all offsets stay."""
        return text[: self.start] + self.filler * (self.end - self.start) + text[self.end :]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the YAML itself, from offset `start` to `end` of the text."""

    rule: str
    message: str
    help: str
    start: int
    end: int
    blank: Blank | None = None
    """How to read on; None where nothing behind the mistake could be trusted."""
    spoils: int = 0
    """Where the value that is spoilt by it ends, if that is behind `end`."""


class Stop(Exception):  # noqa: N818
    """Reading cannot go on; the fault says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def events(text: str) -> Iterator[Any]:
    """Parser events with marks that count code points; within `complaints` it raises Stop and nothing else."""
    read = _libyaml_events if _libyaml() else _ruamel_events
    if any(char in text for char in _BREAKS):
        stand_in, back = _stand_ins(text)
        return _translated(read(text, text.translate(stand_in)), back)
    return read(text, text)


def _translated(events: Iterator[Any], back: dict[int, str]) -> Iterator[Any]:
    for event in events:
        if value := getattr(event, "value", None):
            event.value = value.translate(back)
        yield event


def _stand_ins(text: str) -> tuple[dict[int, str], dict[int, str]]:
    """For the breaks of YAML 1.1 in a text, characters that are not in it, and the way back."""
    found = [char for char in _BREAKS if char in text]
    unused = (chr(code) for code in (*range(0xE000, 0xF8FF), *range(0xF0000, 0xFFFFD)) if chr(code) not in text)
    pairs = list(zip(found, unused, strict=False))
    return {ord(char): other for char, other in pairs}, {ord(other): char for char, other in pairs}


def _libyaml() -> Any:
    """libyaml's parser, None where PyYAML was built without it."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    return CParser


def _libyaml_events(text: str, source: str) -> Iterator[Any]:
    """No generator of ours stands between libyaml and the builder; `complaints` sees what libyaml raises."""
    return iter(_libyaml()(source).get_event, None)


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
    """A parser's complaint in words that say what to do, at the place that is wrong."""
    from journeykit.reading.syntax_words import Complaint, explain

    mark = at or start
    place = min(mark.index, len(text)) if mark is not None else 0
    opened = min(start.index, len(text)) if start is not None else place
    return explain(Complaint(text, context or "", problem or "", place, opened))


def _unreadable_character(text: str, otherwise: int) -> Fault:
    found = _UNPRINTABLE.search(text)
    if found is None:
        return Fault("yaml-syntax", "a character that YAML does not allow", "remove it", otherwise, otherwise + 1)
    code = f"U+{ord(found[0]):04X}"
    what = "half of a surrogate pair" if "\ud800" <= found[0] <= "\udfff" else "control character"
    message = f"the {what} {code} may not stand in YAML"
    return Fault("yaml-syntax", message, "remove it", found.start(), found.end(), Blank(found.start(), found.end()))


def _odd_escape(text: str, last: int, error: Exception) -> Fault:
    place = min(last, max(len(text) - 1, 0))
    return Fault("yaml-syntax", f"not readable as YAML ({error})", "check quotes and escapes here", place, place + 1)
