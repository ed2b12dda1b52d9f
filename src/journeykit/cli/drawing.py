"""Drawing many pictures: which file each goes to, on how many cores, what went wrong."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from journeykit.charts.picture import FORMATS, Picture, draw_pages
from journeykit.cli.console import make_folder, say, write_bytes
from journeykit.cli.inputs import STDIN, Asked, Inputs, find_files, work_on_each
from journeykit.cli.scoring_run import ScoringOptions, complain, file_status, scored
from journeykit.config import Config
from journeykit.errors import JourneykitError, UsageError
from journeykit.output.paint import shown_name
from journeykit.output.tables import Scored
from journeykit.reading import Document

MANY = 4
"""From how many journeys on a second process pays."""


class Outcome(NamedTuple):
    """What came of a picture: where it is, or why there is none."""

    target: Path
    file: str
    error: str = ""
    help: str = ""
    warnings: tuple[str, ...] = ()
    pages: int = 1
    """Over how many files, numbered from 1, the picture goes."""


Plan = dict[str, list[tuple[Picture, Path]]]
"""The pictures of each journey, by its name, and where they go."""


def draw_all(asked: Asked, how: ScoringOptions, pictures: Sequence[Picture], output: Path | None) -> int:
    """Draw every journey, tell what was drawn, and give the exit status; a picture that fails stops no other."""
    files, missing = find_files(asked.paths, asked.config, asked.allow_empty)
    names = [asked.stdin_filename if file == STDIN else str(file) for file in files]
    numbers = {name: number for number, name in enumerate(names)}
    planned = plan(names, pictures, output)
    draw = partial(_draw, config=asked.config, how=how, planned=planned, numbers=numbers)
    raster = any(picture.format != "svg" for picture in pictures)
    with _counted(len(files), asked.quiet):
        inputs: Inputs[list[Outcome]] = work_on_each(asked, files, missing, draw, MANY, spawning=raster)
    complain(inputs, asked.color)
    outcomes = chain.from_iterable(inputs.made)
    return max(int(not tell(outcomes, asked.quiet)), file_status(inputs))


def plan(names: Sequence[str], pictures: Sequence[Picture], output: Path | None) -> Plan:
    """Where each picture goes: beside its journey, into a folder, or to the one file that is named."""
    ending = output.suffix.lstrip(".").lower() if output is not None and not output.is_dir() else ""
    single = ending in {picture.format for picture in pictures}
    if ending in FORMATS and not single:
        raise UsageError(f"{output} is no {pictures[0].format}", "leave out --format, or name another file")
    if single and len(names) * len(pictures) > 1:
        raise UsageError(f"{output} can hold one picture only", "name a folder with -o, or one journey")
    planned: Plan = {}
    taken: dict[Path, str] = {}
    for name in names:
        for picture in pictures:
            target = output if single and output is not None else _beside(name, picture, output)
            if target in taken:
                raise UsageError(
                    f"{taken[target]} and {name} would both be drawn to {target}", "draw them into two folders"
                )
            taken[target] = name
            planned.setdefault(name, []).append((picture, target))
    return planned


def _beside(file: str, picture: Picture, folder: Path | None) -> Path:
    name = Path(file).name
    for ending in (".yaml", ".yml", ".journey"):
        name = name.removesuffix(ending)
    variant = ("" if picture.chart == "map" else f"-{picture.chart}") + ("" if picture.axis == "order" else "-time")
    return (folder or Path(file).parent) / f"{name}{variant}.{picture.format}"


def _draw(
    document: Document, config: Config, how: ScoringOptions, planned: Plan, numbers: dict[str, int]
) -> list[Outcome]:
    """Draw the pictures of a document's journey."""
    if (found := scored(document, config, how)) is None:
        return []
    outcomes = [_drawn(found, *picture) for picture in planned[found.file]]
    if _count is not None:
        _count.step(numbers[found.file])
    return outcomes


def _drawn(found: Scored, picture: Picture, target: Path) -> Outcome:
    warnings: list[str] = []
    number = 0
    try:
        pages = draw_pages(found.journey, found.scores, picture)
        begun = list(islice(pages, 2))  # one page keeps the file's own name
        for number, (data, told) in enumerate(chain(begun, pages), 1):
            make_folder(target.parent)
            write_bytes(_numbered(target, number) if len(begun) > 1 else target, data)
            warnings += told
    except JourneykitError as error:
        return Outcome(target, found.file, error.message, error.help)
    return Outcome(target, found.file, warnings=tuple(warnings), pages=number)


def _numbered(target: Path, page: int) -> Path:
    return target.with_stem(f"{target.stem}-{page}")


class _Count:
    """A line on the terminal that counts, for work of more than a second; other processes count in the same memory."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.process = os.getpid() if not quiet and sys.stderr.isatty() else None
        self.started = time.monotonic()
        self.done = mmap(-1, max(total, 1))
        self.total = total

    def step(self, number: int) -> None:
        """Count one journey by its number; the first process shows how many there are."""
        self.done[number] = 1
        if self.process == os.getpid() and time.monotonic() - self.started > 1:
            sys.stderr.write(f"\r{self.done[:].count(1)} of {self.total} journeys drawn\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.process and time.monotonic() - self.started > 1:
            sys.stderr.write("\r\x1b[K")


_count: _Count | None = None
"""Of what is being drawn; a process that was started anew has none."""


@contextmanager
def _counted(total: int, quiet: bool) -> Iterator[None]:
    global _count
    _count = _Count(total, quiet)
    try:
        yield
    finally:
        _count.clear()
        _count = None


def tell(outcomes: Iterable[Outcome], quiet: bool) -> bool:
    """Say what was drawn and what was not, each warning once; whether all went well."""
    warned: set[str] = set()
    well = True
    for outcome in outcomes:
        file = shown_name(outcome.file)
        if outcome.error:
            well = False
            say(f"journeykit: {file}: {outcome.error}" + (f"\n  {outcome.help}" if outcome.help else ""))
            continue
        drawn = shown_name(str(outcome.target))
        if outcome.pages > 1:
            last = shown_name(str(_numbered(outcome.target, outcome.pages)))
            drawn = f"{shown_name(str(_numbered(outcome.target, 1)))} to {last}"
        say(f"Drew {drawn}", quiet)
        for warning in outcome.warnings:
            if warning not in warned:
                say(f"journeykit: {file}: {warning}")
                warned.add(warning)
    return well
