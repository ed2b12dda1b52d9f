"""Read along a text whose nodes are known, and collect the comments and empty lines between them."""

from __future__ import annotations

import re
from typing import NamedTuple

DIRECTIVE = re.compile(r"#\s*journeykit:\s*ignore(?!-file)", re.IGNORECASE)
"""The start of a suppression, which applies to its line or the one below."""
_TRAIL = re.compile(r"[ \t]*(#[^\n]*)?(?=\n|\Z)")
_LINE = re.compile(r"([ \t]*)(#[^\n]*)?(?:\n|\Z)")
_PROPERTY = re.compile(r"[&!][^\s,\[\]{}]*")
_SPACES = re.compile(r"[ \t]*")


class NoLayoutError(Exception):
    """The text has a style that has no canonical layout; `at` is its offset."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class CommentLine(NamedTuple):
    """A line with only a comment or nothing."""

    column: int
    comment: str


class CommentCursor:
    """An offset in a text, and the comment lines above it that no node has taken yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: list[CommentLine] = []
        self.ending_lines = 0
        """How many of them belong to what is above; the others belong to what follows."""

    def column(self, at: int) -> int:
        """Return the column of an offset, from 0."""
        return at - self.text.rfind("\n", 0, at) - 1

    def leave(self, end: int) -> str:
        """Go from the end of a token to the next token; return the comment after the token on its line."""
        found = _TRAIL.match(self.text, end)
        if found is None:
            raise NoLayoutError("something stands on the same line", end)
        self.at = found.end()
        self._collect_lines()
        comment = found[0].rstrip(" \t")
        return f" {comment}" if comment.startswith("#") else comment

    def _collect_lines(self) -> None:
        """Collect the comment lines before the next token."""
        self.at += self.text[self.at : self.at + 1] == "\n"
        while self.at < len(self.text) and (found := _LINE.match(self.text, self.at)):
            self.lines.append(CommentLine(len(found[1]), (found[2] or "").rstrip(" \t")))
            self.at = found.end()
        spaces = _SPACES.match(self.text, self.at)
        self.at = spaces.end() if spaces else self.at
        if self.lines:
            self._split_lines(-1 if self.at == len(self.text) else self.column(self.at))

    def _split_lines(self, column: int) -> None:
        """Decide which comment lines belong to what is above: those indented more than the next token."""
        lines = self.lines
        block = len(lines)
        while block and lines[block - 1].comment:
            block -= 1
        own = next((number for number, line in enumerate(lines) if line.comment and line.column <= column), len(lines))
        if column >= 0 and any(
            DIRECTIVE.search(line.comment) for line in lines[block:]
        ):  # they apply to the line below
            own = min(own, block)
        while own and not lines[own - 1].comment:
            own -= 1
        self.ending_lines = own

    def foot(self, column: int, indent: int) -> list[str]:
        """Take the comments at the end of a collection whose column was `column`, and indent them."""
        if not self.ending_lines:
            return []
        taken = 0
        for number, line in enumerate(self.lines[: self.ending_lines]):
            if line.comment and line.column < column:
                break
            taken = number + 1 if line.comment else taken
        lines, self.lines = self.lines[:taken], self.lines[taken:]
        self.ending_lines -= taken
        return _edits_for(lines, indent)

    def head(self, indent: int) -> tuple[bool, list[str]]:
        """Take the comments above the next token; the first value is whether an empty line is above them."""
        if not self.lines:
            return False, []
        lines = _edits_for(self.lines, indent)
        self.lines, self.ending_lines = [], 0
        blank = bool(lines) and not lines[0]
        return blank, lines[1:] if blank else lines

    def before(self, start: int) -> tuple[str, str, bool]:
        """Go from a colon or dash to its value; return anchor and tag, the comment, and whether it is below."""
        if self.at + 1 == start and self.text[self.at] == " ":  # the common case
            self.at = start
            return "", "", False
        properties, comment, below = [], "", False
        while self.at < start:
            if found := _PROPERTY.match(self.text, self.at):
                properties.append(found[0])
                self.at = found.end()
            elif self.text[self.at] in " \t":
                if _TRAIL.match(self.text, self.at):
                    comment, below = comment or self.leave(self.at), True
                else:
                    self.at += 1
            elif self.text[self.at] == "\n":
                below = True
                self.leave(self.at)
            else:
                break
        if self.at != start:
            what = (
                "a key written with ?" if self.text[self.at : self.at + 1] == "?" else "what stands before this value"
            )
            raise NoLayoutError(f"{what} has no canonical layout", start)
        return " ".join(properties), comment, below

    def opening(self, start: int) -> list[str]:
        """Return the lines before the first token: comments, %YAML, ---."""
        lines = [line.rstrip(" \t") for line in self.text[:start].split("\n")[:-1]]
        lines[1:] = [line.removeprefix("\ufeff") for line in lines[1:]]  # a byte order mark that would become the first
        written = [line.lstrip(" \t") if line.lstrip(" \t").startswith("#") else line for line in lines]
        found = _single_empty_lines(written)
        return found[1:] if found and not found[0] else found

    def ending(self) -> list[str]:
        """Return the lines after the last token: comments and `...`."""
        blank, lines = self.head(0)
        rest = [line.rstrip(" \t") for line in self.text[self.at :].split("\n")]
        found = _single_empty_lines([*[""] * blank, *lines, *rest])
        return found[:-1] if found and not found[-1] else found


def _edits_for(lines: list[CommentLine], indent: int) -> list[str]:
    return _single_empty_lines([" " * indent + line.comment if line.comment else "" for line in lines])


def _single_empty_lines(lines: list[str]) -> list[str]:
    """Reduce several empty lines in a row to one."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]
