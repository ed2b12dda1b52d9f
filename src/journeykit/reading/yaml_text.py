"""YAML text to plain data and the span of every key and value, in one pass over parser events.

Never through a composer: those recurse, and die on 50 kB of open brackets. libyaml's events are fast; texts with
line breaks that only YAML 1.1 knows are read by ruamel's events, which follow YAML 1.2. The scalars are resolved
here, by the core schema of YAML 1.2: dates, `1_000`, `yes` and `10:30` stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from journeykit.source import Entry, Node, Step

MAX_DEPTH = 64
MAX_NODES = 100_000
"""Keys, values and items a file may hold once its aliases are written out."""

_BREAKS = re.compile("[\x85\u2028\u2029]")
_CORE = "tag:yaml.org,2002:"
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(f"{sign}inf") for word in (".inf", ".Inf", ".INF") for sign in ("", "+", "-")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_FITS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}
_NUMBER_START = frozenset("0123456789+-.")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the YAML itself, from offset `start` to `end` of the text."""

    rule: str
    message: str
    help: str
    start: int
    end: int


class Stop(Exception):
    """Reading cannot go on; the fault says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class Built:
    """What a text holds: plain data and its spans; `root` is None where there is no usable document."""

    data: Any = None
    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)


def build(text: str) -> Built:
    """Read one YAML document. Never raises, whatever the text."""
    built = Built()
    try:
        _Builder(text, built).run(_events(text))
    except Stop as stop:
        built.faults.append(stop.fault)
        built.root = None
    return built


def _events(text: str) -> Iterator[Any]:
    """Parser events with marks that count code points."""
    return _ruamel_events(text) if _BREAKS.search(text) else _libyaml_events(text)


def _libyaml_events(text: str) -> Iterator[Any]:
    import yaml

    try:
        parser = _parser()(text)
        while (event := parser.get_event()) is not None:
            yield event
    except yaml.MarkedYAMLError as error:
        raise Stop(_syntax(text, error.context, error.problem, error.context_mark, error.problem_mark)) from None
    except yaml.reader.ReaderError as error:
        raise Stop(_unreadable_character(text, error.position)) from None
    except (ValueError, RecursionError) as error:
        raise Stop(Fault("yaml-syntax", f"not readable as YAML ({error})", "", 0, 0)) from None


def _parser() -> Any:
    """libyaml's parser; PyYAML without its C part has slower ones that give the same events."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        from yaml import Loader

        return Loader  # used for events only: it constructs nothing
    return CParser


def _ruamel_events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    last = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            last = event.end_mark.index
            yield event
    except MarkedYAMLError as error:
        raise Stop(_syntax(text, error.context, error.problem, error.context_mark, error.problem_mark)) from None
    except ReaderError as error:
        raise Stop(_unreadable_character(text, error.position)) from None
    except Stop:
        raise
    except Exception as error:  # its scanner lets errors of its own conversions through
        message = f"not readable as YAML ({error})"
        raise Stop(Fault("yaml-syntax", message, "check the quotes and escapes here", last, last + 1)) from None


class _Builder:
    """A stack of open collections instead of recursion: depth is bounded by a number, not by the process."""

    def __init__(self, text: str, built: Built) -> None:
        self.text = text
        self.built = built
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchor] = {}

    def run(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "ScalarEvent":
                self._scalar(event)
            elif kind == "MappingStartEvent" or kind == "SequenceStartEvent":
                self._start(event, kind == "MappingStartEvent")
            elif kind == "MappingEndEvent" or kind == "SequenceEndEvent":
                self._end(event)
            elif kind == "AliasEvent":
                self._alias(event)
            elif kind == "DocumentStartEvent":
                documents += 1
                self._document(event, documents)

    def _document(self, event: Any, number: int) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if number > 1:
            self._stop(
                "several-documents", "a file holds one journey; a second document starts here",
                "put it into a file of its own, or remove the ---", start, max(end, start + 3),
            )  # fmt: skip
        version = tuple(event.version) if event.version else None
        if version not in (None, (1, 2)):
            at = max(self.text.find("%YAML", 0, end), 0)
            line_end = self.text.find("\n", at)
            self._fault(
                "yaml-version", f"YAML {version[0]}.{version[1]} is asked for; journeys are YAML 1.2",
                "remove the %YAML line", at, line_end if line_end > 0 else end,
            )  # fmt: skip

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        value: Any = event.value
        tag = event.tag
        if event.anchor is not None or tag is not None:
            start = self._after_properties(start, end)
        if tag is not None and tag != "!":
            value = self._tagged(str(tag), value, start, end)
        elif tag is None and event.implicit[0] and not event.style:
            value = self._plain(value)
        if event.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        self._add(value, Node(start, end), event.anchor, 1, 0)

    def _plain(self, value: str) -> Any:
        if value in _WORDS:
            return _WORDS[value]
        if value[0] in _NUMBER_START:
            return number(value)
        return value

    def _tagged(self, tag: str, value: str, start: int, end: int) -> Any:
        name = tag.removeprefix(_CORE) if tag.startswith(_CORE) else None
        if name == "str":
            return value
        if name in ("int", "float", "bool", "null"):
            plain = self._plain(value) if value else None
            if type(plain) in _FITS[name]:
                return plain
            self._fault("yaml-syntax", f'"{value}" is not what the tag !!{name} says', "remove the tag", start, end)
            return value
        self._custom_tag(tag, start, end)
        return value

    def _custom_tag(self, tag: str, start: int, end: int) -> None:
        shown = tag.replace(_CORE, "!!")
        at = self.text.rfind("!", 0, start + 1)
        self._fault("custom-tag", f"the tag {shown} is not allowed", "remove the tag", at if at >= 0 else start, end)

    def _start(self, event: Any, mapping: bool) -> None:
        start = event.start_mark.index
        if len(self.open) >= MAX_DEPTH:
            self._stop("too-deep", f"nested deeper than {MAX_DEPTH} levels", "flatten it", start, start + 1)
        if event.anchor is not None or event.tag is not None:
            start = self._after_properties(start, len(self.text))
        if event.tag is not None and event.tag != "!" and str(event.tag) not in (_CORE + "map", _CORE + "seq"):
            self._custom_tag(str(event.tag), start, start + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(None, None, 0, 0)
        self.open.append(_Open(start, mapping, bool(event.flow_style), event.anchor))

    def _end(self, event: Any) -> None:
        done = self.open.pop()
        if done.flow:
            end = event.end_mark.index
        else:  # a block's end event stands where the next token starts
            end = max(done.end, done.start + 1)
        children: Any = done.entries if done.mapping else done.items
        self._add(done.data, Node(done.start, end, children), done.anchor, done.nodes + 1, done.height + 1)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            self._fault(
                "unknown-alias",
                f"*{event.anchor} refers to no anchor above",
                "write the value out",
                start,
                end,
            )
            self._add(None, Node(start, end), None, 1, 0)
            return
        if anchor.node is None:
            self._stop("unknown-alias", f"*{event.anchor} refers to what it stands in", "write it out", start, end)
        if len(self.open) + anchor.height > MAX_DEPTH:
            self._stop("too-deep", f"nested deeper than {MAX_DEPTH} levels by this alias", "flatten it", start, end)
        assert anchor.node is not None
        self._add(anchor.data, Node(start, end, anchor.node.children), None, anchor.nodes, anchor.height)

    def _add(self, value: Any, node: Node, anchor: str | None, nodes: int, height: int) -> None:
        """Put a finished value where it belongs."""
        if anchor is not None:
            self.anchors[anchor] = _Anchor(value, node, nodes, height)
        if not self.open:
            self.built.data, self.built.root = value, node
            return
        parent = self.open[-1]
        parent.nodes += nodes
        parent.end = node.end
        parent.height = max(parent.height, height)
        if parent.nodes > MAX_NODES:
            self._stop(
                "alias-bomb", f"more than {MAX_NODES:,} values once the aliases are written out",
                "split the file, or write out what is meant", node.start, node.end,
            )  # fmt: skip
        if not parent.mapping:
            parent.data.append(value)
            parent.items.append(node)
        elif not parent.has_key:
            self._key(parent, value, node)
        else:
            parent.has_key = False
            if parent.key is not None:
                parent.data[parent.key] = value
                parent.entries[parent.key] = Entry(parent.key_start, parent.key_end, node)

    def _key(self, parent: _Open, value: Any, node: Node) -> None:
        """Remember a key; None stands for one that cannot be used, whose value is then passed over."""
        key: Step | None
        if node.children is not None:
            self._fault("yaml-syntax", "a key must be plain text", "put the text into quotes", node.start, node.end)
            key = None
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool) and value == value:
            key = value
        else:  # null, true, nan: no field has such a name, so it is the word that was meant
            key = self.text[node.start : node.end]
        if key == "<<" and self.text[node.start : node.start + 2] == "<<":
            self._fault(
                "custom-tag",
                "merge keys (<<) are not part of YAML 1.2",
                "write the keys out",
                node.start,
                node.end,
            )
            key = None
        if key is not None and key in parent.entries:
            first = self.text.count("\n", 0, parent.entries[key].start) + 1
            self._fault(
                "duplicate-key", f'the key "{key}" is given twice', f"the first is on line {first}; keep one",
                node.start, node.end,
            )  # fmt: skip
            key = None
        parent.key, parent.key_start, parent.key_end, parent.has_key = key, node.start, node.end, True

    def _after_properties(self, start: int, end: int) -> int:
        """Where the value itself starts, behind its anchor and tag."""
        at = _PROPERTIES.match(self.text, start, end)
        return at.end() if at else start

    def _fault(self, rule: str, message: str, help: str, start: int, end: int) -> None:
        self.built.faults.append(Fault(rule, message, help, start, end))

    def _stop(self, rule: str, message: str, help: str, start: int, end: int) -> None:
        raise Stop(Fault(rule, message, help, start, end))


_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+|(?=[,\]}]|\Z)))*(?:#[^\n]*\s+)*")


@dataclass(slots=True)
class _Anchor:
    data: Any
    node: Node | None
    nodes: int
    height: int


class _Open:
    """A collection that is not closed yet; `nodes` counts what it holds with aliases written out."""

    __slots__ = (
        "anchor", "data", "end", "entries", "flow", "has_key", "height", "items", "key", "key_end", "key_start",
        "mapping", "nodes", "start",
    )  # fmt: skip

    def __init__(self, start: int, mapping: bool, flow: bool, anchor: str | None) -> None:
        self.start = self.end = start
        self.mapping = mapping
        self.flow = flow
        self.anchor = anchor
        self.data: Any = {} if mapping else []
        self.entries: dict[Step, Entry] = {}
        self.items: list[Node] = []
        self.key: Step | None = None
        self.key_start = self.key_end = 0
        self.has_key = False
        self.nodes = 0
        self.height = 0


def number(text: str) -> Any:
    """An int or float by YAML 1.2's core schema, else the text itself; a giant int becomes an infinite float."""
    if _INT.fullmatch(text):
        if len(text) > 300:
            return float("-inf") if text[0] == "-" else float("inf")
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _syntax(text: str, context: str | None, problem: str | None, start: Any, at: Any) -> Fault:
    """A parser's complaint in words that say what to do, at the place that is wrong."""
    from journeykit.reading.syntax_words import explain

    mark = at or start
    place = min(mark.index, len(text)) if mark is not None else 0
    opened = start.index if start is not None else None
    return explain(text, context or "", problem or "", place, opened)


def _unreadable_character(text: str, position: int) -> Fault:
    for at, char in enumerate(text):
        if not _PRINTABLE.match(char):
            message = f"the control character U+{ord(char):04X} may not stand in YAML"
            return Fault("yaml-syntax", message, "remove it", at, at + 1)
    place = max(0, min(position, len(text)))
    return Fault("yaml-syntax", "a character that YAML does not allow", "remove it", place, place + 1)


_PRINTABLE = re.compile("[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
