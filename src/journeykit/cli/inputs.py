"""What the commands work on: files found, read, and what could not be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import typer

from journeykit.cli.console import emit, say
from journeykit.cli.forking import shared_out
from journeykit.cli.options import Color
from journeykit.config import Config
from journeykit.errors import UsageError
from journeykit.finding import Finding
from journeykit.output.paint import shown_name
from journeykit.reading import Document, discover, read_bytes, read_file
from journeykit.reading.discovery import INCLUDE

STDIN = Path("-")


Made = TypeVar("Made")


class Asked(NamedTuple):
    """What a command was asked about its input and its manners; `config` has the command line's settings already."""

    paths: list[Path] | None
    config: Config
    stdin_filename: str = "stdin"
    allow_empty: bool = False
    quiet: bool = False
    color: Color = Color.auto


class Inputs(NamedTuple, Generic[Made]):
    """What was made of each file, in the order of the files, and what is wrong with them.

    `names` are those of the files that were read; `failed` counts the files that could not be opened.
    """

    made: list[Made]
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: int = 0


def find_files(paths: list[Path] | None, config: Config, allow_empty: bool) -> tuple[list[Path], int]:
    """The files to read, and how many named paths are not there; UsageError where there is nothing to do."""
    wanted = paths or [Path()]
    found = discover((path for path in wanted if path != STDIN), config.include, config.exclude)
    for path in found.missing:
        say(f"journeykit: {shown_name(str(path))}: no such file or folder")
    files = ([STDIN] if STDIN in wanted else []) + found.files
    if not files and not found.missing and not allow_empty:
        raise UsageError("no journey found", _why_nothing(found.others, config))
    if not files and found.missing:
        raise typer.Exit(2)  # what is missing has been said
    return files, len(found.missing)


def _why_nothing(others: list[Path], config: Config) -> str:
    own = config.include != INCLUDE and f"include asks for {', '.join(config.include)}"
    if not others:
        what = own or "a journey is a file named *.journey.yaml, or any YAML file below a folder called journeys"
        return f"{what}; what .gitignore names is passed over"
    listed = ", ".join(shown_name(str(path)) for path in others[:5]) + (" …" if len(others) > 5 else "")
    mend = f"change the settings: {own}" if own else 'set include = ["*.yaml"] in journeykit.toml'
    return f"other YAML files were seen: {listed}; name them, or {mend}"


def read_each(asked: Asked, make: Callable[[Document], Made], *, light: bool = False) -> Inputs[Made]:
    """Read every journey and make something of it; its text and spans are not kept.

    A file that cannot be opened is said on standard error, and the others go on. Where what is made is `light`, so
    that it is quickly handed from process to process, many files are shared out over the cores.
    """
    files, missing = find_files(asked.paths, asked.config, asked.allow_empty)
    read = partial(_read_part, asked=asked, make=make)
    with no_garbage():
        parts = shared_out(files, read) if light and STDIN not in files else [read(files)]
    return _gathered(parts, missing)


def work_on_each(
    asked: Asked, files: Sequence[Path], missing: int, work: Callable[[Document], Made], worth: int, *, spawning: bool
) -> Inputs[Made]:
    """As `read_each`, of files that were found and for work that takes long: shared out from `worth` files on."""
    read = partial(_read_part, asked=asked, make=work)
    with no_garbage():
        parts = [read(files)] if STDIN in files else shared_out(files, read, worth, spawning=spawning)
    return _gathered(parts, missing)


def _gathered(parts: Sequence[_Part[Made]], missing: int) -> Inputs[Made]:
    for complaint in chain.from_iterable(part.complaints for part in parts):
        say(complaint)
    return Inputs(
        [made for part in parts for made in part.made],
        tuple(name for part in parts for name in part.names),
        tuple(finding for part in parts for finding in part.findings),
        missing + sum(len(part.complaints) for part in parts),
    )


class _Part(NamedTuple, Generic[Made]):
    """What was made of some of the files, what is wrong with them, and which could not be opened."""

    made: list[Made]
    names: list[str]
    findings: list[Finding]
    complaints: list[str]


def _read_part(files: Sequence[Path], asked: Asked, make: Callable[[Document], Made]) -> _Part[Made]:
    part: _Part[Made] = _Part([], [], [], [])
    for path in files:
        try:
            document = _read(path, asked)
        except OSError as error:
            part.complaints.append(f"journeykit: {shown_name(str(path))}: cannot be read: {error.strerror}")
            continue
        part.names.append(document.source.name)
        part.findings.extend(document.findings)
        part.made.append(make(document))
    return part


def _read(path: Path, asked: Asked) -> Document:
    shared = asked.config.shared
    if path == STDIN:
        return read_bytes(sys.stdin.buffer.read(), asked.stdin_filename, shared)
    return read_file(path, shared=shared)


@contextmanager
def no_garbage() -> Iterator[None]:
    """Documents hold no cycles worth collecting while many are read; looking for some takes a third of the time."""
    import gc

    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # what is there now stays: later collections need not look through it
        gc.enable()


def list_files(paths: list[Path] | None, config: Config, allow_empty: bool) -> None:
    """Print the files that a command would read."""
    files, missing = find_files(paths, config, allow_empty)
    emit("".join(f"{shown_name(str(path))}\n" for path in files))
    if missing:
        raise typer.Exit(2)


def list_settings(config: Config) -> None:
    """Print the settings in force as TOML."""
    from journeykit.output.toml import as_toml

    say(f"# from {config.path}" if config.path else "# defaults; no settings file found")
    emit(as_toml(config.values()))
