"""Reading along a text whose tokens are known: what stands between them, above all comments and empty lines."""

from __future__ import annotations

import re
from typing import NamedTuple

DIRECTIVE = re.compile(r"#\s*journeykit:\s*ignore(?!-file)", re.IGNORECASE)
"""How a comment starts that speaks to lint of the line it stands on, or of the one below."""
_TRAIL = re.compile(r"[ \t]*(#[^\n]*)?(?=\n|\Z)")
_LINE = re.compile(r"([ \t]*)(#[^\n]*)?(?:\n|\Z)")
_PROPERTY = re.compile(r"[&!][^\s,\[\]{}]*")
_SPACES = re.compile(r"[ \t]*")


class Unusual(Exception):  # noqa: N818 - nothing is wrong
    """A way of writing that has no canonical layout; `at` is its offset, `message` says what it is."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class Line(NamedTuple):
    """A line that holds a comment or nothing."""

    column: int
    comment: str


class Cursor:
    """A place in a text, and the lines of comments just above it that nothing has taken yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: list[Line] = []
        self.ending_lines = 0
        """How many of them end what stands above; the others belong to what follows."""

    def column(self, at: int) -> int:
        """How many characters stand before an offset on its line."""
        return at - self.text.rfind("\n", 0, at) - 1

    def leave(self, end: int) -> str:
        """Go on behind a token that ends at `end`: to the next one, over comments; gives the comment on its line."""
        found = _TRAIL.match(self.text, end)
        if found is None:
            raise Unusual("something stands on the same line", end)
        self.at = found.end()
        self._lead()
        comment = found[0].rstrip(" \t")
        return f" {comment}" if comment.startswith("#") else comment

    def _lead(self) -> None:
        """Take up the lines of comments to the next token."""
        self.at += self.text[self.at : self.at + 1] == "\n"
        while self.at < len(self.text) and (found := _LINE.match(self.text, self.at)):
            self.lines.append(Line(len(found[1]), (found[2] or "").rstrip(" \t")))
            self.at = found.end()
        spaces = _SPACES.match(self.text, self.at)
        self.at = spaces.end() if spaces else self.at
        if self.lines:
            self._share(-1 if self.at == len(self.text) else self.column(self.at))

    def _share(self, column: int) -> None:
        """Comments that stand further right than the next token end what is above it."""
        lines = self.lines
        block = len(lines)
        while block and lines[block - 1].comment:
            block -= 1
        own = next((number for number, line in enumerate(lines) if line.comment and line.column <= column), len(lines))
        if column >= 0 and any(
            DIRECTIVE.search(line.comment) for line in lines[block:]
        ):  # they speak of the line below
            own = min(own, block)
        while own and not lines[own - 1].comment:
            own -= 1
        self.ending_lines = own

    def foot(self, column: int, indent: int) -> list[str]:
        """The comments that end a collection which stood at a column, for its new indentation."""
        if not self.ending_lines:
            return []
        taken = 0
        for number, line in enumerate(self.lines[: self.ending_lines]):
            if line.comment and line.column < column:
                break
            taken = number + 1 if line.comment else taken
        lines, self.lines = self.lines[:taken], self.lines[taken:]
        self.ending_lines -= taken
        return _written(lines, indent)

    def head(self, indent: int) -> tuple[bool, list[str]]:
        """Whether an empty line stands above the next token, and the comments above it."""
        if not self.lines:
            return False, []
        lines = _written(self.lines, indent)
        self.lines, self.ending_lines = [], 0
        blank = bool(lines) and not lines[0]
        return blank, lines[1:] if blank else lines

    def before(self, start: int) -> tuple[str, str, bool]:
        """Go on from a colon or dash to its value: its anchor and tag, the comment, whether it stands further below."""
        if self.at + 1 == start and self.text[self.at] == " ":  # as nearly all are written
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
            raise Unusual(f"{what} has no canonical layout", start)
        return " ".join(properties), comment, below

    def opening(self, start: int) -> list[str]:
        """The lines before the first token: comments, %YAML, ---."""
        lines = [line.rstrip(" \t") for line in self.text[:start].split("\n")[:-1]]
        written = [line.lstrip(" \t") if line.lstrip(" \t").startswith("#") else line for line in lines]
        found = _once(written)
        return found[1:] if found and not found[0] else found

    def ending(self) -> list[str]:
        """The lines behind the last token: comments and `...`."""
        blank, lines = self.head(0)
        rest = [line.rstrip(" \t") for line in self.text[self.at :].split("\n")]
        found = _once([*[""] * blank, *lines, *rest])
        return found[:-1] if found and not found[-1] else found


def _written(lines: list[Line], indent: int) -> list[str]:
    return _once([" " * indent + line.comment if line.comment else "" for line in lines])


def _once(lines: list[str]) -> list[str]:
    """Lines with one empty one where there were several."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]
