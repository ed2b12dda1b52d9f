"""Write a commented journey to start from.

The JSON Schema for editors is written beside it. Existing files are not overwritten. --workbook writes an empty
workbook for Excel or LibreOffice instead, with an example; `journeykit import` makes a journey of it.

Examples:

  journeykit init

  journeykit init maps/my-visit.journey.yaml --from plumber-visit

  journeykit init --workbook
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from journeykit.cli import completing
from journeykit.cli.console import STDOUT, emit, say
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.project.writing import make_folder, refuse_if_there, write_found
from journeykit.reading.faults import did_you_mean
from journeykit.templates import START, template_pictures, template_text, templates

DEFAULT = Path("my.journey.yaml")
EMPTY_WORKBOOK = Path("my-journey.xlsx")
SCHEMA = "journey.schema.json"

File = Annotated[Path, typer.Argument(metavar="FILE", help="File or folder to write it to; - prints it.")]
From = Annotated[
    str,
    typer.Option(
        "--from",
        autocompletion=completing.templates,
        metavar="NAME",
        help="Template: start, or the name of an example.",
    ),
]
Workbook = Annotated[bool, typer.Option("--workbook", help="Write a workbook to fill in, in place of a journey.")]
ListThem = Annotated[bool, typer.Option("--list", help="List the templates.")]


def command(
    file: File = DEFAULT, template: From = START, workbook: Workbook = False, list_them: ListThem = False
) -> None:
    """Write a journey to start from."""
    known = templates()
    if list_them:
        return emit("".join(f"{name}\n" for name in known))
    if template not in known:
        raise UsageError(f'no template "{template}"', did_you_mean(template, known, f"there are {', '.join(known)}"))
    if workbook:
        return _write_workbook(file, known["smallest"] if template == START else known[template])
    text = template_text(known[template], SCHEMA)
    if file == STDOUT:
        return emit(text, data=True)
    if file.is_dir():
        file /= DEFAULT
    refuse_if_there(file, "name another file")
    make_folder(file.parent)
    write_found(file, text.encode(), frozenset())
    say(f"Wrote {shown_name(str(file))}: fill it in, then: journeykit lint {shown_name(quote(str(file)))}")
    for picture in template_pictures(known[template]):
        beside = file.parent / picture
        if not os.path.lexists(beside):
            make_folder(beside.parent)
            write_found(beside, (known[template].parent / picture).read_bytes(), frozenset())
            say(f"Wrote {shown_name(str(beside))}.")
    schema = file.parent / SCHEMA
    if not os.path.lexists(schema):
        write_found(schema, files("journeykit.model").joinpath(SCHEMA).read_bytes(), frozenset())
        say(f"Wrote {shown_name(str(schema))}, by which editors complete and check journeys.")
    return None


def _write_workbook(file: Path, example: Path) -> None:
    from journeykit.project.interchange import empty_workbook

    file = EMPTY_WORKBOOK if file == DEFAULT else file / EMPTY_WORKBOOK if file.is_dir() else file
    refuse_if_there(file, "name another file")
    make_folder(file.parent)
    write_found(file, empty_workbook(example), frozenset())
    name = shown_name(quote(str(file)))
    say(f"Wrote {shown_name(str(file))}: fill in its sheets, then: journeykit import {name}")
