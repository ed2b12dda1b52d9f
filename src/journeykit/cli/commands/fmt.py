"""Format journey files: order of keys, indentation, spaces.

They are then the same in all files. Comments, quotes and block texts stay as they are written, and what a file says
does not change; channels get their own names (e-mail becomes email). Standard input goes to standard output. A file
that is no journey is left alone.

Examples:

  journeykit fmt examples

  journeykit fmt --check --diff examples
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from journeykit.cli.console import emit, emit_bytes, paint, say
from journeykit.cli.request import Request, reads_journeys
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted
from journeykit.project.formatting import Mode
from journeykit.project.writing import BOM

Check = Annotated[
    bool, typer.Option("--check", help="Change nothing; list the files that would change, and exit with 1 if any.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Change nothing; print what would change, and exit with 1 if any.")]


@reads_journeys()
def command(request: Request, check: Check = False, diff: Diff = False) -> None:
    """Canonical layout."""
    mode = Mode.DIFF if diff else Mode.CHECK if check else Mode.WRITE
    if request.targets.has_stdin:
        if len(request.targets.paths) > 1:
            raise UsageError("standard input is formatted to standard output", "name no other files beside -")
        mode = Mode.PRINT if mode is Mode.WRITE else mode
    read = request.project.format_each(request.targets, mode)
    files = read.results
    if mode is Mode.PRINT:
        given = request.targets.stdin
        mark = BOM if given.startswith(BOM) else b""
        texts = [mark + file.text.encode() for file in files if not file.problem]
        emit_bytes(b"".join(texts) if files else given)  # excluded: the editor that asked gets its text back
    elif mode is Mode.DIFF:
        emit(_colored("".join(file.text for file in files), request))
    elif mode is Mode.CHECK:
        emit("".join(f"Would reformat: {shown_name(file.name)}\n" for file in files if file.changes))
    for file in files:
        if message := file.problem or file.note:
            say(f"journeykit: {message}")
    failed = read.failed + sum(bool(file.problem) for file in files)
    changed = sum(file.changes for file in files)
    if mode is not Mode.PRINT:
        same = sum(not file.changes and not file.problem for file in files)
        say(_summary(changed, same, failed, mode), request.quiet)
    raise typer.Exit(2 if failed else int(bool(changed) and mode in (Mode.CHECK, Mode.DIFF)))


def _colored(diff: str, request: Request) -> str:
    from journeykit.output.unified_diff import painted

    ink = paint(request.color)
    return painted(diff, ink) if ink.on or sys.stdout.isatty() else diff


def _summary(changed: int, same: int, failed: int, mode: Mode) -> str:
    done = ("reformatted", "left unchanged") if mode is Mode.WRITE else ("would be reformatted", "already formatted")
    parts = zip((changed, same, failed), (*done, "not formatted"), strict=True)
    return (", ".join(f"{counted(number, 'file')} {word}" for number, word in parts if number) or "No files") + "."
