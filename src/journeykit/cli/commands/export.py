"""Write a journey in the format of another program.

What was carried over and what the format has no place for is printed on standard error.

Examples:

  journeykit export my-new-job.journey.yaml --to xlsx

  journeykit export my-new-job.journey.yaml --to mermaid -o -
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import STDOUT, emit, emit_bytes, say
from journeykit.cli.request import Request, project_for, targets_of
from journeykit.cli.results import print_faults
from journeykit.errors import UsageError
from journeykit.interchange.carry import carry_json
from journeykit.interchange.carry_text import carry_text
from journeykit.output.paint import shown_name
from journeykit.project.writing import make_folder, refuse_if_there, write_bytes
from journeykit.reading import Document
from journeykit.reading.document import file_stem

File = Annotated[Path, typer.Argument(metavar="MAP", help="A journey; - is standard input.")]
To = Annotated[
    str, typer.Option("--to", metavar="NAME", autocompletion=completing.export_formats, help="The format to write.")
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="The file; - is standard output. [default: by MAP's name]"),
]
NoBom = Annotated[
    bool, typer.Option("--no-bom", help="CSV without the byte order mark that Excel needs to read all letters.")
]
WithScores = Annotated[bool, typer.Option("--scores", help="JSON with the score of each touchpoint, in a key _scores.")]


def command(
    file: File,
    to: To,
    output: Output = None,
    no_bom: NoBom = False,
    scores: WithScores = False,
    force: options.Force = False,
    strict: options.StrictCarry = False,
    report: options.CarryReportTo = None,
    quiet: options.Quiet = False,
    stdin_filename: options.StdinFilename = "stdin",
    color: options.UseColor = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """A journey in another format."""
    from journeykit.interchange import named_format
    from journeykit.project.interchange import export_journey

    if file.is_dir():
        raise UsageError(f"{file} is a folder", "export takes one journey")
    project = project_for(config, isolated, quiet=quiet)
    request = Request(project, targets_of([file], stdin_filename, allow_empty=True), color=color)
    read = project.read_each(request.targets, _itself)
    print_faults(read.findings, len(read.results), color)
    if read.failed or read.findings or not read.results:
        raise typer.Exit(2 if read.failed else 1)
    document = read.results[0]
    asked = frozenset(name for name, given in (("no-bom", no_bom), ("scores", scores)) if given)
    done = export_journey(project, document, to, asked)
    if output is None:
        output = STDOUT if file == STDOUT else Path(file_stem(str(file)) + named_format(to).suffix)
    if output == STDOUT:
        emit_bytes(done.data)
    else:
        if not force and not _is_device(output):
            refuse_if_there(output, "name another file after -o, or add --force")
        make_folder(output.parent)
        write_bytes(output, done.data)
    say(carry_text(done.carry, grouped=True), quiet)
    if output != STDOUT:
        say(f"Wrote {shown_name(str(output))}.", quiet)
    if report is not None:
        emit(carry_json([done.carry]), report, data=True)
    raise typer.Exit(int(strict and bool(done.carry.lost)))


def _itself(document: Document) -> Document:
    return document


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()
