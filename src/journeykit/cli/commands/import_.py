"""Make journeys from spreadsheets, diagrams and other files.

The format is found by the content of the file; --from names it. What was carried over, lost and guessed is printed on
standard error. A journey that is imported is a draft that rests on assumptions, and is valid.

--into MAP changes a journey that is there: parts are matched by their ids, and only what differs is edited; comments
and layout stay. --diff prints what would change.

Examples:

  journeykit import workshop.csv -o maps/repair.journey.yaml

  journeykit import workshop.csv --dry-run --map "Pain Point=why"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import STDOUT, emit, say
from journeykit.cli.request import project_for
from journeykit.errors import UsageError
from journeykit.interchange.carry import carry_json
from journeykit.interchange.carry_text import carry_text, seen_table
from journeykit.output.paint import one_line, shown_name
from journeykit.output.summary import counted
from journeykit.project.reading import Targets
from journeykit.project.workspace import Workspace
from journeykit.project.writing import make_folder, refuse_if_there, write_bytes

if TYPE_CHECKING:
    from journeykit.interchange.imported import Imported

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to import; - is standard input.")]
To = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="MAP", help="File or folder of the journey; - prints it. [default: by FILE's name]"
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="NAME", autocompletion=completing.import_formats,
        help="The format of FILE, if it should not be guessed.",
    ),
]  # fmt: skip
Into = Annotated[
    Path | None, typer.Option("--into", metavar="MAP", help="Change this journey, in place of writing a new one.")
]
Diff = Annotated[
    bool, typer.Option("--diff", help="With --into: print what would change, write nothing, exit with 1 if anything.")
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEADER=FIELD", help="What a column or row is, such as 'Pain Point=why'."),
]
Scale = Annotated[str | None, typer.Option("--scale", metavar="SCALE", help="The scale of its scores, such as 1..5.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="TAG", help="The language of its texts, such as de.")]
Persona = Annotated[str | None, typer.Option("--persona", metavar="NAME", help="Whose journey it is.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; print what would be carried, lost, guessed.")]
Explain = Annotated[
    bool, typer.Option("--explain", help="Write nothing; print what was seen in FILE, without its texts.")
]


def command(
    file: File,
    output: To = None,
    into: Into = None,
    diff: Diff = False,
    from_: From = None,
    columns: Map = None,
    scale: Scale = None,
    lang: Lang = None,
    persona: Persona = None,
    dry_run: DryRun = False,
    explain: Explain = False,
    force: options.Force = False,
    strict: options.StrictCarry = False,
    report: options.CarryReportTo = None,
    quiet: options.Quiet = False,
    stdin_filename: options.StdinFilename = "stdin",
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Journeys from files of other programs."""
    from journeykit.project.interchange import ImportOptions, import_journeys, read_foreign

    if diff and into is None:
        raise UsageError("--diff goes with --into", "name the map: --into MAP")
    if into is not None and output is not None:
        raise UsageError("--into changes a map, -o writes a new one", "give one of them")
    project = project_for(config, isolated, quiet=quiet)
    data = Targets((file,)).stdin if file == STDOUT else read_foreign(file)
    asked = ImportOptions(from_, _columns(columns), scale, lang, persona)
    name = stdin_filename if file == STDOUT else str(file)
    found = import_journeys(project, name, data, asked)
    if explain:
        emit("".join(_explained(one, len(found)) for one in found))
        return
    if into is not None:
        found = [_without_assumed(one) for one in found]
        status = _update(project, found, into, diff or dry_run, quiet)
        if report is not None:
            emit(carry_json([one.carry for one in found]), report, data=True)
        raise typer.Exit(max(int(diff and status), int(strict and any(one.carry.lost for one in found))))
    paths = _paths(found, output, file)
    if not dry_run:
        _write(found, paths, force)
    for one, path in zip(found, paths, strict=True):
        _tell(one, None if dry_run else path, quiet)
    if report is not None:
        emit(carry_json([one.carry for one in found]), report, data=True)
    raise typer.Exit(int(strict and any(one.carry.lost for one in found)))


def _update(project: Workspace, found: Sequence[Imported], into: Path, shows: bool, quiet: bool) -> int:
    """Change a map by what was imported, or print what would change; return whether anything would."""
    from journeykit.project.interchange import update_map

    if len(found) > 1:
        raise UsageError(f"there are {len(found)} journeys in it", "import one at a time into a map")
    (one,) = found
    done = update_map(project, into, one)
    say(carry_text(one.carry, grouped=False), quiet)
    if shows:
        emit(done.diff)
    elif done.text != done.old:
        done.write()
    for verb, part in done.parts:
        say(f"{verb}: {one_line(part)}", quiet)
    for refused in done.refused:
        say(f"Not changed: {one_line(refused.where)}: {refused.why}")
    verb = "would change" if shows else "changed"
    say(f"{counted(done.made, 'value')} {verb} in {shown_name(str(into))}.", quiet)
    return int(bool(done.diff))


def _without_assumed(one: Imported) -> Imported:
    """Leave out of the report what the file does not state, which changes nothing in a map that is there."""
    guessed = [guess for guess in one.carry.guessed if guess.field not in one.assumed]
    return one._replace(carry=replace(one.carry, guessed=guessed))


def _columns(given: Sequence[str] | None) -> dict[str, str]:
    found = {}
    for text in given or ():
        header, equals, name = text.rpartition("=")
        if not equals or not header.strip() or not name.strip():
            raise UsageError(f'--map takes a header and a field, not "{text}"', 'write --map "Pain Point=why"')
        found[header.strip()] = name.strip()
    return found


def _paths(found: Sequence[Imported], output: Path | None, file: Path) -> list[Path]:
    """Return where the journeys go: one into the file that was named, several into a folder, which has no ending."""
    if output == STDOUT or (output is None and file == STDOUT):
        return [STDOUT] * len(found)
    if output is None or output.is_dir() or len(found) > 1 or not output.suffix:
        folder = output or Path()
        if output is not None and not output.is_dir() and output.suffix:
            raise UsageError(f"there are {len(found)} journeys in it", "name a folder after -o")
        return [folder / f"{one.stem}.journey.yaml" for one in found]
    return [output]


def _write(found: Sequence[Imported], paths: Sequence[Path], force: bool) -> None:
    """Write the journeys, none of them if one would replace a file that is there."""
    for path in paths:
        if path != STDOUT and not force:
            refuse_if_there(path, "name another file after -o, or add --force")
    for one, path in zip(found, paths, strict=True):
        if path == STDOUT:
            emit(one.text, data=True)
        else:
            make_folder(path.parent)
            write_bytes(path, one.text.encode())


def _tell(one: Imported, path: Path | None, quiet: bool) -> None:
    if table := seen_table(one.carry):
        say(table.rstrip("\n"), quiet)
    say(carry_text(one.carry, grouped=False), quiet)
    if path is not None and path != STDOUT:
        name = shown_name(quote(str(path)))
        say(f"Wrote {shown_name(str(path))}, a draft: read it, then: journeykit lint {name}", quiet)


def _explained(one: Imported, count: int) -> str:
    counts = f"{len(one.carry.lost)} lost, {len(one.carry.guessed)} changed or guessed"
    head = f"{one.stem}:\n" if count > 1 else ""
    return f"{head}{seen_table(one.carry)}{one.carry.carried} values carried, {counts}\n"
