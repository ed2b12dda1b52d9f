"""What `fmt` does with each file, and what it says of them all."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NamedTuple

from journeykit.changing.fmt import formatted
from journeykit.cli.console import emit, emit_bytes, paint, say
from journeykit.cli.inputs import STDIN, Asked, read_each
from journeykit.cli.rewriting import BOM, rewrite
from journeykit.errors import UsageError
from journeykit.output.paint import one_line, shown_name
from journeykit.output.summary import counted
from journeykit.reading import Document
from journeykit.source import Position


class Outcome(NamedTuple):
    """A file, its text and that in canonical layout; why it has none, or where it has a place left as it is."""

    name: str
    old: str
    new: str
    complaint: str = ""
    note: str = ""

    @property
    def changes(self) -> bool:
        """Whether the text is not in canonical layout."""
        return self.new != self.old


class Run:
    """Files laid out; `given` is what standard input held, where that is to be formatted."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.given: bytes | None = None
        if STDIN in (asked.paths or ()):
            if len(asked.paths or ()) > 1:
                raise UsageError("standard input is formatted to standard output", "name no other files beside -")
            self.given = sys.stdin.buffer.read()
            sys.stdin = io.TextIOWrapper(io.BytesIO(self.given))
        inputs = read_each(asked, _outcome, light=True)
        self.outcomes = inputs.made
        self.failed = inputs.failed
        self.complaints = [one.complaint or one.note for one in self.outcomes if one.complaint or one.note]
        self.failed += sum(bool(one.complaint) for one in self.outcomes)

    @property
    def changed(self) -> list[Outcome]:
        """The files that are not in canonical layout."""
        return [one for one in self.outcomes if one.changes]

    def write(self) -> None:
        """Put the new texts into their files; of standard input to standard output, also where nothing changes."""
        if self.given is not None:
            mark = BOM if self.given.startswith(BOM) else b""
            emit_bytes(b"".join(mark + one.new.encode() for one in self.outcomes if not one.complaint))
            self.end()
            return
        failures = [rewrite(Path(one.name), one.old, one.new) for one in self.outcomes]
        self.complaints += filter(None, failures)
        self.failed += sum(map(bool, failures))
        written = sum(one.changes and not failure for one, failure in zip(self.outcomes, failures, strict=True))
        self.end(("reformatted", "left unchanged"), written)

    def check(self) -> None:
        """Name the files that are not in canonical layout."""
        emit("".join(f"Would reformat: {shown_name(one.name)}\n" for one in self.changed))
        self.end(("would be reformatted", "already formatted"), len(self.changed))

    def diff(self) -> None:
        """Print what would change."""
        from journeykit.output.unified_diff import painted, unified_diff

        text = "".join(unified_diff(*one[:3]) for one in self.changed)
        ink = paint(self.asked.color)
        emit(painted(text, ink) if ink.on or sys.stdout.isatty() else text)
        self.end(("would be reformatted", "already formatted"), len(self.changed))

    def end(self, words: tuple[str, str] | None = None, changed: int = 0) -> None:
        """Say what could not be done, and how many files were changed and not."""
        for complaint in self.complaints:
            say(f"journeykit: {complaint}")
        if words:
            others = len(self.outcomes) - len(self.changed) - sum(bool(one.complaint) for one in self.outcomes)
            say(_summary(changed, others, self.failed, words), self.asked.quiet)


def _summary(changed: int, others: int, failed: int, words: tuple[str, str]) -> str:
    numbers = (changed, others, failed)
    said = [
        f"{counted(number, 'file')} {word}" for number, word in zip(numbers, (*words, "not formatted"), strict=True)
    ]
    return ", ".join(text for number, text in zip(numbers, said, strict=True) if number) + "."


def _outcome(document: Document) -> Outcome:
    name, text = document.source.name, document.source.text
    if document.journey is None:
        first = document.findings[0]
        reason = f"not formatted: it is no journey: {one_line(first.message)}"
        return Outcome(name, text, text, _at(name, first.start, reason))
    found = formatted(document)
    if found.broken:
        return Outcome(name, text, text, f"{shown_name(name)}: not formatted: {found.problem}")
    note = _at(name, found.at, f"left as it is: {found.problem}") if found.problem else ""
    return Outcome(name, text, found.text, "", note)


def _at(name: str, place: Position, message: str) -> str:
    return f"{shown_name(name)}:{place.line}:{place.column}: {message}"
