"""Drawing many pictures: which file each goes to, on how many cores, what went wrong."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from journeykit.charts.picture import FORMATS, Picture, draw_pages
from journeykit.cli.console import make_folder, say, write_bytes
from journeykit.cli.forking import can_fork
from journeykit.errors import JourneykitError, UsageError
from journeykit.output.paint import shown_name
from journeykit.output.tables import Scored

MANY = 8
"""From how many pictures on further processes pay for their start; where they have to import, raster pictures."""


class Job(NamedTuple):
    """A picture of a journey, and where it goes."""

    scored: Scored
    picture: Picture
    target: Path


class Outcome(NamedTuple):
    """What came of a job: where the picture is, or why there is none."""

    target: Path
    file: str
    error: str = ""
    help: str = ""
    warnings: tuple[str, ...] = ()
    pages: int = 1
    """Over how many files, numbered from 1, the picture goes."""


def plan(all_scored: list[Scored], pictures: list[Picture], output: Path | None) -> list[Job]:
    """Where each picture goes: beside its journey, into a folder, or to the one file that is named."""
    ending = output.suffix.lstrip(".").lower() if output is not None and not output.is_dir() else ""
    single = ending in {picture.format for picture in pictures}
    if ending in FORMATS and not single:
        raise UsageError(f"{output} is no {pictures[0].format}", "leave out --format, or name another file")
    if single and len(all_scored) * len(pictures) > 1:
        raise UsageError(f"{output} can hold one picture only", "name a folder with -o, or one journey")
    jobs: list[Job] = []
    taken: dict[Path, str] = {}
    for scored in all_scored:
        for picture in pictures:
            target = output if single and output is not None else _beside(scored, picture, output)
            if target in taken:
                raise UsageError(
                    f"{taken[target]} and {scored.file} would both be drawn to {target}", "draw them into two folders"
                )
            taken[target] = scored.file
            jobs.append(Job(scored, picture, target))
    return jobs


def _beside(scored: Scored, picture: Picture, folder: Path | None) -> Path:
    name = Path(scored.file).name
    for ending in (".yaml", ".yml", ".journey"):
        name = name.removesuffix(ending)
    variant = ("" if picture.chart == "map" else f"-{picture.chart}") + ("" if picture.axis == "order" else "-time")
    return (folder or Path(scored.file).parent) / f"{name}{variant}.{picture.format}"


def draw_all(jobs: list[Job], quiet: bool) -> list[Outcome]:
    """Draw every job; one that fails is told of, and the others go on."""
    raster = sum(job.picture.format != "svg" for job in jobs)
    cores = min(os.cpu_count() or 1, len(jobs))
    with _progress(len(jobs), quiet) as step:
        # a copy of this process starts at once, where a new one has everything to import
        forking = can_fork()
        if cores == 1 or (len(jobs) if forking else raster) < MANY:
            return [step(_run(job)) for job in jobs]
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(cores, mp_context=get_context("fork" if forking else "spawn")) as pool:
            return [step(outcome) for outcome in pool.map(_run, jobs, chunksize=2)]


def _run(job: Job) -> Outcome:
    file = job.scored.file
    warnings: list[str] = []
    number = 0
    try:
        pages = draw_pages(job.scored.journey, job.scored.scores, job.picture)
        begun = list(islice(pages, 2))  # one page keeps the file's own name
        for number, (data, told) in enumerate(chain(begun, pages), 1):
            make_folder(job.target.parent)
            write_bytes(_numbered(job.target, number) if len(begun) > 1 else job.target, data)
            warnings += told
    except JourneykitError as error:
        return Outcome(job.target, file, error.message, error.help)
    return Outcome(job.target, file, warnings=tuple(warnings), pages=number)


def _numbered(target: Path, page: int) -> Path:
    return target.with_stem(f"{target.stem}-{page}")


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[Outcome], Outcome]]:
    """A line on the terminal that counts, for work of more than a second."""
    started, done = time.monotonic(), 0
    shown = not quiet and sys.stderr.isatty()

    def step(outcome: Outcome) -> Outcome:
        nonlocal done
        done += 1
        if shown and time.monotonic() - started > 1:
            sys.stderr.write(f"\r{done} of {total} pictures drawn\x1b[K")
            sys.stderr.flush()
        return outcome

    try:
        yield step
    finally:
        if shown and time.monotonic() - started > 1:
            sys.stderr.write("\r\x1b[K")


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
