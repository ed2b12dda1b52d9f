"""What is wrong with a file: the one shape that validating, linting and every output format share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from journeykit.fix import Fix, Replacement
from journeykit.source import Path, Position, Source, Span


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
        """Return the severity called `word`. Raise ValueError if there is none."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(word) from None


class Advice(NamedTuple):
    """What to do about something that is wrong: in words, and the texts of which each may be written in its place."""

    help: str = ""
    suggestion: tuple[str, ...] = ()

    @classmethod
    def meant(cls, *words: str) -> Advice:
        """Return a question that names the words that may be meant, the likeliest first."""
        return cls("did you mean " + " or ".join(f'"{word}"' for word in words) + "?", words)

    @classmethod
    def write(cls, text: str) -> Advice:
        """Return what to write instead."""
        return cls(f"write {text}", (text,))


class Finding(NamedTuple):
    """One fault at one place.

    `start` and `end` are 1-based in code points, the end exclusive. `path` leads to the value in the file. `lines`
    are the lines of text from that of `start` to that of `end`. `help` says what to do, `fix` does it; `edits` are what
    the fix changes in the text, in its order, once `changing` has said that it can be made. `suggestion` are the texts
    that may be meant, the likeliest first: each can stand in place of what is between `start` and `end`.
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
    fix: Fix | None = None
    edits: tuple[Replacement, ...] = ()
    suggestion: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """Sorts by file, then place, then the worse first."""
        return (self.file, self.start.line, self.start.column, -self.severity, self.rule)


def finding_at(
    source: Source,
    span: Span,
    rule: str,
    severity: Severity,
    message: str,
    help: str = "",
    path: Path = (),
    fix: Fix | None = None,
    suggestion: tuple[str, ...] = (),
) -> Finding:
    """Return a finding on a stretch of a source, with the lines of text that show it."""
    start, end = source.position(span.start), source.position(max(span.end, span.start))
    lines = tuple(source.lines[start.line - 1 : end.line])
    return Finding(rule, severity, message, help, source.name, start, end, path, lines, fix, (), suggestion)


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Return an identifier for each finding that stays the same from run to run: 32 hexadecimal digits, all different.

    They stay when lines move: made of the rule, the file as it is named and the text meant, numbered by place where
    that repeats.
    """
    from hashlib import sha256

    seen: Counter[str] = Counter()
    marks = [""] * len(findings)
    for at in sorted(range(len(findings)), key=lambda at: findings[at].order):
        finding = findings[at]
        text = "\n".join((finding.rule, finding.file, "".join(finding.lines).strip()))
        seen[text] += 1
        marks[at] = sha256(f"{text}\n{seen[text]}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return marks
