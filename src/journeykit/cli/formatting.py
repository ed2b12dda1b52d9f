"""What `fmt` does with each file, and what it says of them all."""

from __future__ import annotations

import io
import sys
from enum import Enum, auto
from functools import partial
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


class Task(Enum):
    """What is to be done with a file that is not in canonical layout; print is for standard input, whatever it is."""

    WRITE = auto()
    CHECK = auto()
    DIFF = auto()
    PRINT = auto()


class Outcome(NamedTuple):
    """What came of a file: whether its text changes, and what is to be printed: a patch, or the text itself.

    `complaint` says why it could not be formatted, `note` what was left as it is.
    """

    name: str
    changes: bool = False
    shown: str = ""
    complaint: str = ""
    note: str = ""


def format_files(asked: Asked, check: bool, diff: bool) -> int:
    """Format files, or tell what would change; gives the exit status."""
    task = Task.DIFF if diff else Task.CHECK if check else Task.WRITE
    mark = b""
    if STDIN in (asked.paths or ()):
        mark = _standard_input(asked)
        task = Task.PRINT if task is Task.WRITE else task
    inputs = read_each(asked, partial(_outcome, task=task), light=True)
    outcomes = inputs.made
    if task is Task.PRINT:
        emit_bytes(b"".join(mark + one.shown.encode() for one in outcomes if not one.complaint))
    else:
        text = "".join(one.shown for one in outcomes)
        emit(_coloured(text, asked) if task is Task.DIFF else text)
    for one in outcomes:
        if message := one.complaint or one.note:
            say(f"journeykit: {message}")
    failed = inputs.failed + sum(bool(one.complaint) for one in outcomes)
    changed = sum(one.changes for one in outcomes)
    if task is not Task.PRINT:
        same = sum(not one.changes and not one.complaint for one in outcomes)
        say(_summary(changed, same, failed, task), asked.quiet)
    return 2 if failed else int(bool(changed) and task in (Task.CHECK, Task.DIFF))


def _standard_input(asked: Asked) -> bytes:
    """The byte order mark of standard input, if it has one."""
    if len(asked.paths or ()) > 1:
        raise UsageError("standard input is formatted to standard output", "name no other files beside -")
    given = sys.stdin.buffer.read()
    sys.stdin = io.TextIOWrapper(io.BytesIO(given))
    return BOM if given.startswith(BOM) else b""


def _outcome(document: Document, task: Task) -> Outcome:
    name, old = document.source.name, document.source.text
    if document.journey is None:
        first = document.findings[0]
        reason = f"not formatted: it is no journey: {one_line(first.message)}"
        return Outcome(name, complaint=_at(name, first.start, reason))
    found = formatted(document)
    if found.broken:
        return Outcome(name, complaint=f"{shown_name(name)}: not formatted: {found.problem}")
    note = _at(name, found.at, f"left as it is: {found.problem}") if found.problem else ""
    if task is Task.WRITE and (complaint := rewrite(Path(name), old, found.text)):
        return Outcome(name, complaint=complaint)
    return Outcome(name, found.text != old, _shown(name, old, found.text, task), note=note)


def _shown(name: str, old: str, new: str, task: Task) -> str:
    if task is Task.PRINT:
        return new
    if task is Task.WRITE or new == old:
        return ""
    if task is Task.CHECK:
        return f"Would reformat: {shown_name(name)}\n"
    from journeykit.output.unified_diff import unified_diff

    return unified_diff(name, old, new)


def _coloured(diff: str, asked: Asked) -> str:
    from journeykit.output.unified_diff import painted

    ink = paint(asked.color)
    return painted(diff, ink) if ink.on or sys.stdout.isatty() else diff


def _summary(changed: int, same: int, failed: int, task: Task) -> str:
    done = ("reformatted", "left unchanged") if task is Task.WRITE else ("would be reformatted", "already formatted")
    parts = zip((changed, same, failed), (*done, "not formatted"), strict=True)
    return (", ".join(f"{counted(number, 'file')} {word}" for number, word in parts if number) or "No files") + "."


def _at(name: str, place: Position, message: str) -> str:
    return f"{shown_name(name)}:{place.line}:{place.column}: {message}"
