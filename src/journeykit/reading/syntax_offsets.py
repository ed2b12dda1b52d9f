"""Find the offset at which a mistake in YAML really is: a parser notices many only lines later."""

from __future__ import annotations

import re

_OPENING = re.compile(r"""(?m)(?:^[ ]*(?:- +)*|[:,] +|[\[{] *)(["'])""")
_QUOTED = {'"': re.compile(r'"(?:\\.|[^"\\])*(?:"|\Z)', re.DOTALL), "'": re.compile(r"'(?:''|[^'])*(?:'|\Z)")}
_ENTRY = re.compile(r"\n[ ]*(?:- |[\w-]+:(?:[ \n]|\Z))")
_CONFLICT = re.compile(r"(?m)^(?:(?:<{7}|\|{7}|>{7})(?: [^\r\n]*)?|={7})(?=\r?$)")
_FOREIGN_COMMENT = re.compile(r"""(?m)"(?:\\.|[^"\\\n])*"|'[^'\n]*'|(?<!\S)(?:\#[^\n]*|(//[^\r\n]*|/\*[^\r\n]*?\*/))""")
_PAIRS = {"[": "]", "{": "}"}


def line_start(text: str, at: int) -> int:
    """Return the offset at which the line of `at` starts."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return the offset at which the line of `at` ends, without its line break."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - (text[end - 1 : end] == "\r" and end > at)


def line_above(text: str, at: int) -> tuple[int, int]:
    """Return start and end of the nearest line above that is not empty or a comment; (0, 0) if there is none."""
    start = line_start(text, at)
    while start > 0:
        end = start - 1
        start = line_start(text, end)
        line = text[start:end].strip()
        if line and not line.startswith("#"):
            return start, start + len(text[start:end].rstrip())
    return 0, 0


def indented(text: str, at: int) -> int:
    """Return the offset of the first character of a line that is not a space."""
    start = line_start(text, at)
    while text[start : start + 1] == " ":
        start += 1
    return start


def value_start(text: str, at: int) -> int:
    """Return the offset of the value on the line of `at`: after the dashes and the key, if there is one."""
    start = indented(text, at)
    found = re.compile(r"(?:- +)*(?:[^\s'\"#](?:[^:\n]|:(?=[^\s]))*?:[ ]+)?").match(text, start, line_end(text, at))
    return found.end() if found else start


def first_text(text: str, at: int) -> int:
    """Return the offset of what follows the dashes at the start of the line of `at`, or the spaces."""
    found = re.compile(r"(?:- +)*").match(text, start := indented(text, at))
    return found.end() if found else start


def runaway_quote(text: str, before: int) -> int | None:
    """Return the offset of a quote that is never closed: its text includes lines that look like keys or items."""
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
    """Return the offset of the first line that is not empty, a comment or a directive, after its indentation."""
    at = 0
    while at < len(text):
        line = text[at : line_end(text, at)]
        if line.strip() and not line.lstrip().startswith(("#", "---", "%")):
            break
        at = text.find("\n", at) + 1 or len(text)
    return indented(text, at)


def conflict(text: str) -> tuple[int, int] | None:
    """Return the span of the first conflict marker of git; None if there is none."""
    found = _CONFLICT.search(text)
    return found.span() if found else None


def foreign_comment(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the first comment as in JavaScript (`//`, `/* */`), outside quotes; None if there is none."""
    found = next((match for match in _FOREIGN_COMMENT.finditer(text, start, end) if match[1]), None)
    return found.span(1) if found else None


def closing(text: str, opened: int) -> int | None:
    """Return the offset after the bracket that closes the one at `opened`; None if the next key comes first."""
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
    """Return the offset of the last bracket before an offset that is not closed; None if all are."""
    open_: list[int] = []
    for at, char in enumerate(text[:before]):
        if char in "[{" and text[at - 1 : at] in ("", " ", "\n", "[", "{"):
            open_.append(at)
        elif char in "]}" and open_ and _PAIRS[text[open_[-1]]] == char:
            open_.pop()
    return open_[-1] if open_ else None
