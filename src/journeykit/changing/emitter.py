"""Write values as YAML on one line, or in the style of an old value."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Any

from journeykit.reading.yaml_text import parse_yaml

_LINE_END = re.compile(r"\r\n|\r|\n")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def inline(value: Any, *, flow: bool = False) -> str:
    """Return a value on one line, collections in brackets; `flow` says that it is inside brackets itself."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{key_text(key, flow=True)}: {inline(one, flow=True)}" for key, one in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(inline(one, flow=True) for one in value) + "]"
    if isinstance(value, str):
        return value if _is_plain(value, flow) else _quoted(value)
    return json.dumps(value)


def literal(value: Any, column: int) -> list[str]:
    """Return the lines below `|-` of a text with several lines, at a column; none for what is better quoted."""
    lines = value.split("\n") if isinstance(value, str) else []
    if (
        len(lines) < 2
        or value != value.strip()
        or any(line != line.rstrip() or not line.isprintable() for line in lines)
    ):
        return []
    return [" " * column + line if line else "" for line in lines]


def key_text(key: Any, like: str = "", *, flow: bool = False) -> str:
    """Return a key as YAML, in the same quotes as the key `like`."""
    if not isinstance(key, str):
        return json.dumps(key)
    if like[:1] in ("'", '"'):
        return _quoted(key, like[0])
    return key if _is_plain_key(key, flow) else _quoted(key)


def in_style_of(raw: str, value: Any, *, flow: bool) -> str:
    """Return a value in the style of the old text `raw`: its quotes, its block style, its line breaks."""
    if not isinstance(value, str):
        return inline(value, flow=flow)
    if raw[:1] in ("|", ">"):
        return _block(raw, value)
    if _LINE_END.search(raw):
        return _wrapped(raw, value, flow)
    if raw[:1] in ("'", '"'):
        return _quoted(value, raw[0])
    return inline(value, flow=flow)


@lru_cache(1024)
def _is_plain_key(key: str, flow: bool) -> bool:
    """Return whether a key is read back unchanged without quotes."""
    read = parse_yaml(f"{{{key}: 0}}" if flow else f"{key}: 0")
    return bool(read.data == {key: 0} and not read.faults)


@lru_cache(1024)
def _is_plain(text: str, flow: bool) -> bool:
    """Return whether a text is read back unchanged without quotes."""
    read = parse_yaml(f"[{text}]" if flow else f"- {text}")
    return bool(read.data == [text] and not read.faults and not _LINE_END.search(text))


def _quoted(text: str, quote: str = '"') -> str:
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block(raw: str, value: str) -> str:
    """Return a block scalar (| or >) with the old header and indentation."""
    header, line_end, body = _split_first_line(raw)
    indent = re.match(r"\s*?( *)(?=\S)", body)
    pad = indent[1] if indent else ""
    old = _LINE_END.split(body)
    lines = _folded(old, value) if raw[0] == ">" else value.removesuffix("\n").split("\n")
    return header + line_end + line_end.join(pad + line if line else "" for line in lines)


def _folded(lines: list[str], text: str) -> list[str]:
    """Return a folded scalar (>); paragraphs keep their old line breaks if their number is the same."""
    old = [list(group) for blank, group in groupby(lines, key=lambda line: not line.strip()) if not blank]
    new = text.strip("\n").split("\n")
    if len(old) != len(new):
        return _reflowed(lines, text)
    first, *others = (_reflowed(*pair) for pair in zip(old, new, strict=True))
    return [*first, *(line for paragraph in others for line in ("", *paragraph))]


def _wrapped(raw: str, value: str, flow: bool) -> str:
    """Return a plain or quoted text over several lines; new words go to the lines of the old ones."""
    quote = raw[0] if raw[0] in ("'", '"') else ""
    if not quote and not _is_plain(value, flow):
        return _quoted(value)
    inner = raw[1:-1] if quote else raw
    text = _quoted(value, quote)[1:-1] if quote else value
    _, line_end, body = _split_first_line(inner)
    pad = re.match(r"[ \t]*", body)
    gap = line_end + (pad[0] if pad else "")
    return quote + gap.join(_reflowed(_LINE_END.split(inner), text)) + quote


def _split_first_line(raw: str) -> tuple[str, str, str]:
    """Split a text into its first line, the line break, and the rest."""
    found = _LINE_END.search(raw)
    return (raw[: found.start()], found[0], raw[found.end() :]) if found else (raw, "\n", "")


def _reflowed(lines: list[str], text: str) -> list[str]:
    """Distribute the words of a new text over the lines of an old one."""
    old = [(word, number) for number, line in enumerate(lines) for word in line.strip().split(" ")]
    new = text.strip("\n").split(" ")
    placed: list[list[str]] = [[] for _ in lines]
    matcher = SequenceMatcher(a=[word for word, _ in old], b=new, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        for offset, word in enumerate(new[new_start:new_end]):
            at = min(start + offset, max(end - 1, start), len(old) - 1)
            placed[old[at][1]].append(word)
    return [" ".join(words) for words in placed if words]
