"""What is wrong with a file: the one shape that validating, linting and every output format share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from journeykit.source import Path, Position


class Severity(IntEnum):
    """How bad a finding is; a higher number is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """`error`, `warning` or `info`."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity called `word`; ValueError if there is none."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(word) from None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    `start` and `end` are 1-based in code points, the end exclusive. `path` leads to the value in the file. `lines`
    are the lines of text from start to end with those a reader needs around them; `first_line` is the number of
    the first one. `help` says what to do.
    """

    rule: str
    severity: Severity
    message: str
    help: str
    file: str
    start: Position
    end: Position
    path: Path = ()
    lines: tuple[str, ...] = ()
    first_line: int = 1

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """Sorts by file, then place, then the worse first."""
        return (self.file, self.start.line, self.start.column, -self.severity, self.rule)
