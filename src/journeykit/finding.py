"""Findings: what is wrong with a file, as validation, linting and all output formats use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from journeykit.fix import Fix, Replacement
from journeykit.source import KeyPath, Position, Source, Span


class Severity(IntEnum):
    """The severity of a finding; a higher number is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """`error`, `warning` or `info`."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """Return the severity called `word`. Raises ValueError if there is none."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(word) from None


class Advice(NamedTuple):
    """What to do about a mistake: in words, and as texts of which each can replace the wrong one."""

    help: str = ""
    suggestion: tuple[str, ...] = ()

    @classmethod
    def meant(cls, *words: str) -> Advice:
        """Return the question whether one of these words is meant, the likeliest first."""
        return cls("did you mean " + " or ".join(f'"{word}"' for word in words) + "?", words)

    @classmethod
    def write(cls, text: str) -> Advice:
        """Return the advice to write a text instead."""
        return cls(f"write {text}", (text,))


class Finding(NamedTuple):
    """A mistake at one place of a file.

    `start` and `end` are 1-based in code points, the end exclusive. `path` leads to the value in the file. `lines` are
    the lines of text from `start` to `end`. `help` says what to do, `fix` does it; `edits` are the edits of text that
    the fix makes, in order, if `changing` found that it can be made. `suggestion` holds the texts that may be meant,
    the likeliest first: each can replace the text between `start` and `end`.
    """

    rule: str
    severity: Severity
    message: str
    help: str
    file: str
    start: Position
    end: Position
    path: KeyPath = ()
    lines: tuple[str, ...] = ()
    fix: Fix | None = None
    edits: tuple[Replacement, ...] = ()
    suggestion: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """Sort key: by file, then position, then the worse first."""
        return (self.file, self.start.line, self.start.column, -self.severity, self.rule)


def finding_at(
    source: Source,
    span: Span,
    rule: str,
    severity: Severity,
    message: str,
    help: str = "",
    path: KeyPath = (),
    fix: Fix | None = None,
    suggestion: tuple[str, ...] = (),
) -> Finding:
    """Return a finding on a span of a source, with its lines of text."""
    start, end = source.position(span.start), source.position(max(span.end, span.start))
    lines = tuple(source.lines[start.line - 1 : end.line])
    return Finding(rule, severity, message, help, source.name, start, end, path, lines, fix, (), suggestion)


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Return an identifier for each finding that is stable from run to run: 32 hexadecimal digits, no two the same.

    It does not depend on line numbers: it is a hash of the rule, the file name and the lines of text, with a number if
    they repeat.
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
