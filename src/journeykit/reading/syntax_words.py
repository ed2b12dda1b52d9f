"""A YAML parser's complaints in words that say what to do, at the place where the mistake is."""

from __future__ import annotations

import re

from journeykit.reading.yaml_text import Fault

RULE = "yaml-syntax"


def explain(text: str, context: str, problem: str, at: int, opened: int | None) -> Fault:
    """The fault for a complaint at offset `at`; `opened` is where the thing that failed began."""
    line_start = text.rfind("\n", 0, at) + 1
    line_end = _line_end(text, at)
    char = text[at : at + 1]
    if "tab" in problem or (char == "\t" and "cannot start any token" in problem):
        tabs = at if char == "\t" else text.find("\t", line_start)
        tabs = tabs if tabs >= 0 else at
        return Fault(RULE, "a tab is used for indentation", "use spaces", tabs, tabs + 1)
    if "mapping values are not allowed" in problem:
        return _stray_colon(text, line_start, line_end, at)
    if "quoted scalar" in context:
        return _quotes(text, problem, at, opened if opened is not None else at)
    if "flow" in context and opened is not None:
        return _bracket(text, opened, at)
    if "cannot start any token" in problem:
        message = f"a value cannot start with {char}"
        return Fault(RULE, message, "put the whole text into quotes", at, at + 1)
    if "could not find expected ':'" in problem and opened is not None:
        return _no_colon(text, opened)
    if "anchor" in context or "alias" in context:
        start = opened if opened is not None else at
        message = f"a text cannot start with {text[start : start + 1]}"
        return Fault(RULE, message, "put the whole text into quotes", start, at)
    if "did not find expected" in problem:
        return _unexpected(text, line_start, line_end, at)
    return Fault(RULE, problem or context or "not readable as YAML", "", at, max(line_end, at))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _stray_colon(text: str, line_start: int, line_end: int, at: int) -> Fault:
    line = text[line_start:line_end]
    before = line[: at - line_start]
    if ": " in before:
        key, value = re.split(r": +", before.lstrip(" -"), maxsplit=1)
        if value[:1] not in ("'", '"'):
            return Fault(RULE, "a text with a colon needs quotes", f'write {key}: "{_value(line)}"', at, at + 1)
        return Fault(
            RULE,
            "something follows the closing quote",
            "put the whole text into one pair of quotes",
            at,
            at + 1,
        )
    indent = line_start + len(line) - len(line.lstrip())
    return Fault(RULE, "this key is indented differently from the keys beside it", "align it with them", indent, at)


def _value(line: str) -> str:
    return re.split(r": +", line.strip().removeprefix("- "), maxsplit=1)[1].replace('"', "'")


def _quotes(text: str, problem: str, at: int, opened: int) -> Fault:
    quote = text[opened : opened + 1]
    if "escape" in problem:
        shown = text[at - 1 : at + 1] if text[at - 1 : at] == "\\" else text[at : at + 2]
        start = at - 1 if text[at - 1 : at] == "\\" else at
        return Fault(RULE, f"{shown} is no escape that YAML knows", "write \\\\ for a backslash", start, start + 2)
    return Fault(RULE, f"this {quote} is never closed", f"close it with {quote}", opened, _line_end(text, opened))


def _bracket(text: str, opened: int, at: int) -> Fault:
    bracket = text[opened : opened + 1]
    closing = {"[": "]", "{": "}"}.get(bracket, "]")
    line = text.count("\n", 0, opened)
    if text.count("\n", 0, at) == line and at < len(text.rstrip()):
        message = f"a comma or {closing} is expected here"
        return Fault(
            RULE,
            message,
            f"texts with , : [ ] {{ }} or quotes in them need quotes inside {bracket} {closing}",
            at,
            at + 1,
        )
    return Fault(RULE, f"this {bracket} is never closed", f"close it with {closing}", opened, opened + 1)


def _no_colon(text: str, opened: int) -> Fault:
    end = opened + len(text[opened : _line_end(text, opened)].rstrip())
    return Fault(RULE, "a key without a colon, or a text that goes on unindented", "write key: value", opened, end)


def _unexpected(text: str, line_start: int, line_end: int, at: int) -> Fault:
    line = text[line_start:line_end]
    before = line[: at - line_start]
    rest = line[at - line_start :].strip()
    if re.search(r"""['"]\s*$""", before) and rest:
        help = "put the whole text into one pair of double quotes; inside '…' an apostrophe is doubled"
        return Fault(RULE, "something follows the closing quote", help, at, line_end)
    if rest[:1] in ("]", "}"):
        return Fault(RULE, f"this {rest[0]} closes nothing", "remove it, or put the text into quotes", at, at + 1)
    if rest[:1] == ":":
        return Fault(RULE, "a colon without a key before it", "write key: value", at, at + 1)
    if not before.strip():
        help = "align it with the lines it belongs to; items of a list start with -"
        return Fault(RULE, "this line does not fit the lines above it", help, at, max(line_end, at + 1))
    return Fault(RULE, "this does not fit here", "check quotes, colons and indentation", at, max(line_end, at + 1))
