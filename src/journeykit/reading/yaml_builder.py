"""Build plain data and spans from parser events in one pass, and report what the format does not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from journeykit.reading.faults import shown
from journeykit.reading.flow_commas import comma_fault, no_space
from journeykit.reading.lost_text import unused_anchor
from journeykit.reading.scalars import TagError, plain, short_tag, tagged
from journeykit.reading.yaml_faults import YamlError, YamlFault
from journeykit.source import Entry, Node, PathStep, Source

MAX_DEPTH = 64
MAX_NODES = 100_000
"""The most keys, values and items of a file once its aliases are expanded."""


@dataclass(repr=False, eq=False)
class ParsedYaml:
    """A parsed text: plain data and its spans; `root` is None if there is no usable document.

    `recovered` says that mistakes were skipped, so that the data may be incomplete.
    """

    data: Any = None
    root: Node | None = None
    faults: list[YamlFault] = field(default_factory=list)
    recovered: bool = False


class Builder:
    """Builds data with a stack of open collections instead of recursion, so that depth cannot exhaust the process."""

    def __init__(self, text: str, parsed: ParsedYaml) -> None:
        self.text = text
        self.parsed = parsed
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchor] = {}
        self.anchored: list[tuple[str, int, int, _Anchor]] = []
        """Anchors before plain texts, with their start and end."""
        self.source = Source("", text)

    def run(self, events: Iterator[Any]) -> None:
        """Build the first document; a second one is reported and not read."""
        documents = 0
        for event in events:
            kind = event.__class__.__name__
            if kind == "ScalarEvent":
                if not self._add_plain(event):
                    self._scalar(event)
            elif kind == "MappingStartEvent" or kind == "SequenceStartEvent":
                self._start(event, kind == "MappingStartEvent")
            elif kind == "MappingEndEvent" or kind == "SequenceEndEvent":
                self._end(event)
            elif kind == "AliasEvent":
                self._alias(event)
            elif kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    return self._second_document(event)
                self._version(event)
        self._unused_anchors()
        return None

    def _unused_anchors(self) -> None:
        """Report anchors that no alias refers to: they are part of a text."""
        for name, start, end, anchor in self.anchored:
            if not anchor.used:
                self.parsed.faults.append(unused_anchor(self.text, start, end, name))

    def _second_document(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._fault(
            "several-documents", "a file holds one journey; a second document starts here",
            "put it into a file of its own, or remove the ---", start, max(end, start + 3),
        )  # fmt: skip
        self.parsed.recovered = True

    def _version(self, event: Any) -> None:
        version = tuple(event.version) if event.version else (1, 2)
        if version != (1, 2):
            at = max(self.text.find("%YAML", 0, event.end_mark.index), 0)
            line_end = at + len(self.text[at : event.end_mark.index].split("\n")[0].rstrip("\r"))
            message = f"YAML {version[0]}.{version[1]} is asked for; journeys are YAML 1.2"
            self._fault("yaml-version", message, "remove the %YAML line", at, line_end)

    def _scalar(self, event: Any) -> None:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style
        value: Any = event.value
        if event.anchor is not None or event.tag is not None:
            start, value = self._with_properties(event, start, end)
        elif not style:
            if start == end:
                value, start = self._without_colon(start)
            elif " - " in value:
                self._stray_dash(start, end)
            value = plain(value)
        if style == '"' and not value.isascii():
            value = self._whole_characters(value, start, end)
        elif style == "|" or style == ">":
            end = start + len(self.text[start:end].rstrip())
        self._add(value, _create(Node, (start, end, None)), event.anchor, 1, 0)
        if event.anchor is not None and not style:
            self.anchored.append((event.anchor, event.start_mark.index, end, self.anchors[event.anchor]))

    def _add_plain(self, event: Any) -> bool:
        """Add a plain scalar that is a new key or the value of one; return False if it needs `_scalar`.

        Most scalars of a file take this faster way.
        """
        if event.style or event.anchor is not None or event.tag is not None or not self.open:
            return False
        parent, value = self.open[-1], event.value
        start, end = event.start_mark.index, event.end_mark.index
        if not parent.mapping or start == end or parent.nodes >= MAX_NODES or " - " in value:
            return False
        if parent.has_key:
            if parent.merges or parent.key is None:
                return False
            parent.data[parent.key] = plain(value)
            node = _create(Node, (start, end, None))
            parent.entries[parent.key] = _create(Entry, (parent.key_start, parent.key_end, node))
            parent.has_key = False
        else:
            if value in parent.entries or value == "<<" or type(plain(value)) is not str:
                return False
            parent.key, parent.key_start, parent.key_end = value, start, end
            parent.has_key, parent.merges = True, False
        parent.nodes += 1
        parent.end = end
        return True

    def _with_properties(self, event: Any, at: int, end: int) -> tuple[int, Any]:
        """Return the start of a scalar after its anchor and tag, and its value."""
        start, tag = self._after_properties(at, end), event.tag
        if tag is not None and tag != "!":
            return start, self._tagged(str(tag), event.value, at, start, end)
        return start, event.value if tag or event.style else plain(event.value)

    def _without_colon(self, at: int) -> tuple[str, int]:
        """Return the value of an empty scalar and its offset in reports; a key in `{ }` may be the rest of a text."""
        parent = self.open[-1] if self.open else None
        if parent is None or not (parent.flow and parent.has_key):
            return "", self._left_out(at)
        start, end = parent.key_start, parent.key_end
        if parent.key is None or ":" in self.text[end:at]:
            return "", at
        if fault := no_space(str(parent.key), start, end):
            self.parsed.faults.append(fault)
            parent.key, _, value = str(parent.key).partition(":")
            return value, at
        if parent.entries:
            self._comma(parent, comma_fault(self.text, next(reversed(parent.entries.items())), start, end))
        return "", at

    def _comma(self, parent: _Open, fault: YamlFault | None) -> None:
        """Report that a comma does not start a key; several commas in one text are one mistake."""
        faults = self.parsed.faults
        if fault is not None:
            if parent.comma and faults and faults[-1] is parent.comma:
                faults.pop()
                fault = fault._replace(start=parent.comma.start)
            faults.append(fault)
            parent.comma, parent.key = fault, None

    def _left_out(self, at: int) -> int:
        """Return the offset to report an empty value at: for an item of a list, its dash."""
        is_item = self.text[at - 1 : at] == "-" and self.open and not self.open[-1].mapping
        return at - 1 if is_item else at

    def _whole_characters(self, value: str, start: int, end: int) -> str:
        """Return a quoted text without lone surrogates, which only an escape can write."""
        half = _SURROGATE.search(value)
        if half is None:
            return value
        message = f"the escape of U+{ord(half[0]):04X}, half of a surrogate pair, stands for no character"
        self._fault("yaml-syntax", message, "write the character itself", start, end)
        return _SURROGATE.sub("\ufffd", value)

    def _stray_dash(self, start: int, end: int) -> None:
        """Report an item that is indented further than those above it: YAML reads it as text of the item above."""
        if self.open and not self.open[-1].mapping and (dash := _DASH.search(self.text, start, end)):
            message = "this - is indented further than the list it belongs to"
            self._fault("yaml-syntax", message, "align it with the - above it", dash.end() - 1, end)
            self.parsed.recovered = True

    def _tagged(self, tag: str, value: str, at: int, start: int, end: int) -> Any:
        try:
            return tagged(tag, value)
        except TagError as error:
            self._fault(
                "yaml-syntax", f'"{shown(value)}" is not what the tag {error} says', "remove the tag", start, end
            )
        except KeyError:
            self._custom_tag(tag, at, start, end)
        return value

    def _custom_tag(self, tag: str, at: int, start: int, end: int) -> None:
        """Report a custom tag between `at` and its value, which spans `start` to `end`."""
        found = _TAG.search(self.text, at, max(start, at + 1))
        place = found.span() if found else (at, start)
        message, help = f"the tag {shown(short_tag(tag))} is not allowed", "remove the tag"
        if short_tag(tag).startswith("!"):
            help += "; a text that starts with ! needs quotes"
        self.parsed.faults.append(YamlFault("custom-tag", message, help, *place, damage_end=end))

    def _start(self, event: Any, mapping: bool) -> None:
        at = start = event.start_mark.index
        if len(self.open) >= MAX_DEPTH:
            self._stop("too-deep", f"nested deeper than {MAX_DEPTH} levels", "flatten it", start, start + 1)
        if event.anchor is not None or event.tag is not None:
            start = self._after_properties(start, len(self.text))
        if event.tag is not None and short_tag(str(event.tag)) not in ("!", "!!map", "!!seq"):
            self._custom_tag(str(event.tag), at, start, start + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(None, None, 0, 0)
        self.open.append(_Open(start, mapping, bool(event.flow_style), event.anchor))

    def _end(self, event: Any) -> None:
        done = self.open.pop()
        # the end event of a block is at the start of the next token
        end = event.end_mark.index if done.flow else max(done.end, done.start + 1)
        done.add_merged()
        children: Any = done.entries if done.mapping else done.items
        self._add(done.data, Node(done.start, end, children), done.anchor, done.nodes + 1, done.height + 1)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            self._fault(
                "unknown-alias",
                f"*{shown(event.anchor)} refers to no anchor above",
                "put a text that starts with * into quotes, or write out what is meant",
                start,
                end,
            )
            self._add(None, Node(start, end), None, 1, 0)
            return
        anchor.used = True
        if anchor.node is None:
            self._stop(
                "unknown-alias", f"*{shown(event.anchor)} refers to what it stands in", "write it out", start, end
            )
        if len(self.open) + anchor.height > MAX_DEPTH:
            self._stop("too-deep", f"nested deeper than {MAX_DEPTH} levels by this alias", "flatten it", start, end)
        assert anchor.node is not None
        self._add(anchor.data, Node(start, end, anchor.node.children), None, anchor.nodes, anchor.height)

    def _add(self, value: Any, node: Node, anchor: str | None, nodes: int, height: int) -> None:
        """Add a finished value to the collection that contains it."""
        if anchor is not None:
            self.anchors[anchor] = _Anchor(value, node, nodes, height)
        if not self.open:
            self.parsed.data, self.parsed.root = value, node
            return
        parent = self.open[-1]
        parent.nodes += nodes
        parent.end = node.end
        if height > parent.height:
            parent.height = height
        if parent.nodes > MAX_NODES:
            if not any(anchor.used for anchor in self.anchors.values()):
                message = f"more than {MAX_NODES:,} values"
                self._stop("too-large", message, "split the journey", node.start, node.end)
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
            if parent.merges:
                parent.merged.append((value, node))
            elif parent.key is not None:
                parent.data[parent.key] = value
                parent.entries[parent.key] = _create(Entry, (parent.key_start, parent.key_end, node))

    def _key(self, parent: _Open, value: Any, node: Node) -> None:
        """Store a key; None marks one that cannot be used, whose value is then ignored."""
        parent.key_start, parent.key_end, parent.has_key, parent.merges = node.start, node.end, True, False
        if type(value) is str and value not in parent.entries and value != "<<" and node.children is None:
            parent.key = value
        else:
            parent.key = self._unusual_key(parent, value, node)

    def _unusual_key(self, parent: _Open, value: Any, node: Node) -> PathStep | None:
        """Return the key to use for one that is not text or is given twice; None if there is none."""
        key: PathStep
        if node.children is not None:
            self._fault("yaml-syntax", "a key must be plain text", "put the text into quotes", node.start, node.end)
            return None
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value == value:
            key = value
        else:  # null, true, nan: no field has such a name, so the word itself is meant
            key = self.text[node.start : node.end]
        if key == "<<" and self.text[node.start : node.start + 2] == "<<":
            parent.merges = True
            message = "merge keys (<<) are not part of YAML 1.2"
            self._fault("custom-tag", message, "write the keys out", node.start, node.end)
            return None
        if key in parent.entries:
            first = self.source.position(parent.entries[key].start).line
            message = f'the key "{shown(key)}" is given twice'
            self._fault("duplicate-key", message, f"the first is on line {first}; keep one", node.start, node.end)
            return None
        return key

    def _after_properties(self, start: int, end: int) -> int:
        """Return the offset of a value after its anchor and tag."""
        at = _PROPERTIES.match(self.text, start, end)
        return at.end() if at else start

    def _fault(self, rule: str, message: str, help: str, start: int, end: int) -> None:
        self.parsed.faults.append(YamlFault(rule, message, help, start, end))

    def _stop(self, rule: str, message: str, help: str, start: int, end: int) -> None:
        raise YamlError(YamlFault(rule, message, help, start, end))


_create = tuple.__new__
"""Creates nodes and entries without their constructors, which take a third of the time of a plain scalar."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"(?<!\S)!\S*")
_DASH = re.compile(r"[\r\n][ ]*-(?= )")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+|(?=[,\]}]|\Z)))*(?:#[^\n]*\s+)*")


@dataclass(repr=False, eq=False)
class _Anchor:
    data: Any
    node: Node | None
    nodes: int
    height: int
    used: bool = False


class _Open:
    """A collection that is not closed yet; `nodes` counts its values with aliases expanded."""

    __slots__ = (
        "anchor", "comma", "data", "end", "entries", "flow", "has_key", "height", "items", "key", "key_end",
        "key_start", "mapping", "merged", "merges", "nodes", "start",
    )  # fmt: skip

    def __init__(self, start: int, mapping: bool, flow: bool, anchor: str | None) -> None:
        self.start = self.end = start
        self.mapping = mapping
        self.flow = flow
        self.anchor = anchor
        self.data: Any = {} if mapping else []
        self.entries: dict[PathStep, Entry] = {}
        self.items: list[Node] = []
        self.key: PathStep | None = None
        self.comma: YamlFault | None = None
        self.key_start = self.key_end = 0
        self.has_key = False
        self.nodes = 0
        self.height = 0
        self.merges = False
        self.merged: list[tuple[Any, Node]] = []

    def add_merged(self) -> None:
        """Add the keys of merge keys, which are reported: what they would provide is not reported as missing too."""
        for value, node in self.merged:
            if isinstance(value, dict) and isinstance(node.children, dict):
                for key in value.keys() - self.data.keys():
                    self.data[key], self.entries[key] = value[key], node.children[key]
