"""Where a mistake in YAML really is: a parser notices many only lines later."""

from __future__ import annotations

import re

_OPENING = re.compile(r"""(?m)(?:^[ ]*(?:- +)*|[:,] +|[\[{] *)(["'])""")
_QUOTED = {'"': re.compile(r'"(?:\\.|[^"\\])*(?:"|\Z)', re.DOTALL), "'": re.compile(r"'(?:''|[^'])*(?:'|\Z)")}
_ENTRY = re.compile(r"\n[ ]*(?:- |[\w-]+:(?:[ \n]|\Z))")
_CONFLICT = re.compile(r"(?m)^<{7}(?: [^\r\n]*)?(?=\r?$)")
_PAIRS = {"[": "]", "{": "}"}


def line_start(text: str, at: int) -> int:
    """Return the offset at which the line of `at` starts."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return the offset at which the line of `at` ends, without its break."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - (text[end - 1 : end] == "\r" and end > at)


def line_above(text: str, at: int) -> tuple[int, int]:
    """Start and end of the nearest line above that says something; (0, 0) if there is none."""
    start = line_start(text, at)
    while start > 0:
        end = start - 1
        start = line_start(text, end)
        line = text[start:end].strip()
        if line and not line.startswith("#"):
            return start, start + len(text[start:end].rstrip())
    return 0, 0


def indented(text: str, at: int) -> int:
    """Return the offset of the first character of a line that is no space."""
    start = line_start(text, at)
    while text[start : start + 1] == " ":
        start += 1
    return start


def value_start(text: str, at: int) -> int:
    """Return where the value begins on the line of `at`: behind the dashes and the key.

    Return the start of the line's text if it has no key.
    """
    start = indented(text, at)
    found = re.compile(r"(?:- +)*(?:[^\s'\"#][^:\n]*?:[ ]+)?").match(text, start, line_end(text, at))
    return found.end() if found else start


def runaway_quote(text: str, before: int) -> int | None:
    """Return a quote that opens a value and swallows lines which look like keys and items: it was never closed."""
    at = 0
    while (found := _OPENING.search(text, at, before + 1)) is not None:
        start = found.start(1)
        if re.search(r"(?:^|\s)#", text[line_start(text, start) : start]):
            at = found.end()  # in a comment
            continue
        quoted = _QUOTED[found[1]].match(text, start)
        end = quoted.end() if quoted else len(text)
        if _ENTRY.search(text, start, end) and (end <= before + 1 or end == len(text)):
            return start
        at = max(end, found.end())
    return None


def first_key(text: str) -> int:
    """Return where the first line that says something begins, behind its spaces."""
    at = 0
    while at < len(text):
        line = text[at : line_end(text, at)]
        if line.strip() and not line.lstrip().startswith(("#", "---", "%")):
            break
        at = text.find("\n", at) + 1 or len(text)
    return indented(text, at)


def conflict(text: str) -> tuple[int, int] | None:
    """Return the first marker of a merge that git left to be resolved."""
    found = _CONFLICT.search(text)
    return found.span() if found else None


def closing(text: str, opened: int) -> int | None:
    """Return the offset behind the bracket that closes the one at `opened`; None if the next key comes first."""
    depth: list[str] = []
    for at in range(opened, len(text)):
        char = text[at]
        if char in _PAIRS:
            depth.append(_PAIRS[char])
        elif depth and char == depth[-1]:
            depth.pop()
            if not depth:
                return at + 1
        elif char == "\n" and _ENTRY.match(text, at):
            return None
    return None


def unclosed(text: str, before: int) -> int | None:
    """Return the last bracket before an offset that nothing closes."""
    open_: list[int] = []
    for at, char in enumerate(text[:before]):
        if char in "[{" and text[at - 1 : at] in ("", " ", "\n", "[", "{"):
            open_.append(at)
        elif char in "]}" and open_ and _PAIRS[text[open_[-1]]] == char:
            open_.pop()
    return open_[-1] if open_ else None
