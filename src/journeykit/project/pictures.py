"""Draw journeys into files: one picture each, one of several journeys, of two versions, or of a history."""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from mmap import mmap
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from journeykit.charts.picture import FORMATS, Picture, draw_difference, draw_history, draw_overlay, draw_pages
from journeykit.errors import JourneykitError, UsageError
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted
from journeykit.output.tables import ScoredJourney
from journeykit.project.documents import DOCUMENTS
from journeykit.project.outside import images_of
from journeykit.project.reading import STDIN, ReadResult, Targets, find_files, work_on_each
from journeykit.project.scoring import score_document
from journeykit.project.workspace import Reporter, ScoringOptions, Workspace
from journeykit.project.writing import make_folder, numbered, write_found
from journeykit.reading import Document
from journeykit.reading.document import file_stem

if TYPE_CHECKING:
    from journeykit.comparing import Comparison
    from journeykit.comparing.history import History
    from journeykit.comparing.journey_diff import JourneyDiff

MINIMUM = 4
"""The number of journeys from which on a second process is faster."""
OVERLAY = "overlay"
RASTER = ("png", "pdf")
"""Formats whose writer must not be forked."""


class DrawnPicture(NamedTuple):
    """A picture that was written to `target`, or the error that prevented it.

    `pages` is the number of files, numbered from 1, that the picture takes.
    """

    target: Path
    file: str
    error: str = ""
    help: str = ""
    warnings: tuple[str, ...] = ()
    pages: int = 1

    @property
    def names(self) -> str:
        """The files that were written, for a message."""
        if self.pages == 1:
            return shown_name(str(self.target))
        first, last = (shown_name(str(numbered(self.target, page))) for page in (1, self.pages))
        return f"{first} to {last}"


Plan = dict[str, list[tuple[Picture, Path]]]
"""The pictures of each journey, by its name, and the files that they are written to."""


def draw_each(
    workspace: Workspace,
    targets: Targets,
    pictures: Sequence[Picture],
    output: Path | None = None,
    options: ScoringOptions | None = None,
) -> ReadResult[list[DrawnPicture]]:
    """Draw every journey; a picture that cannot be drawn does not stop the others."""
    files, missing = find_files(workspace, targets)
    names = [targets.stdin_name if file == STDIN else str(file) for file in files]
    draw = partial(
        _draw_document,
        workspace=workspace,
        options=options,
        planned=plan(names, pictures, output),
        counter=_Counter(names, workspace.reporter),
        named=targets.named | _named(output),
    )
    raster = any(picture.format in RASTER for picture in pictures)
    try:
        return work_on_each(workspace, targets, files, missing, draw, MINIMUM, spawn=raster)
    finally:
        workspace.reporter.finish_progress()


def plan(names: Sequence[str], pictures: Sequence[Picture], output: Path | None) -> Plan:
    """Return the file of each picture: beside its journey, in a folder, or the one file that is named.

    Raises UsageError if a file cannot hold its picture, or would have to hold several.
    """
    ending = output.suffix.lstrip(".").lower() if output is not None and not output.is_dir() else ""
    single = ending in {picture.format for picture in pictures}
    if (ending in FORMATS or ending in DOCUMENTS) and not single:
        raise UsageError(f"{output} is no {pictures[0].format}", "leave out --format, or name another file")
    if single and len(names) * len(pictures) > 1:
        raise UsageError(f"{output} can hold one picture only", "name a folder with -o, or one journey")
    planned: Plan = {}
    taken: dict[Path, tuple[str, Path]] = {}
    for name in names:
        for picture in pictures:
            target = output if single and output is not None else _beside(name, picture, output)
            if found := taken.get(_anywhere(target)):
                other, first = found
                same = "" if first == target else f", which is {first} where case does not count"
                message = f"{other} and {name} would both be drawn to {target}{same}"
                raise UsageError(message, "draw them into two folders")
            taken[_anywhere(target)] = name, target
            planned.setdefault(name, []).append((picture, target))
    return planned


def _anywhere(target: Path) -> Path:
    """Return one path for names that are one on systems that ignore case or compose accents, where it may be copied."""
    return target.with_name(unicodedata.normalize("NFC", target.name).casefold())


def _beside(file: str, picture: Picture, folder: Path | None) -> Path:
    variant = ("" if picture.chart == "map" else f"-{picture.chart}") + ("" if picture.axis == "order" else "-time")
    return (folder or Path(file).parent) / f"{file_stem(file)}{variant}.{picture.format}"


def picture_target(file: str, picture: Picture, output: Path | None) -> Path:
    """Return the file of one picture: the one that is named, else beside its journey or in the named folder."""
    ((_, target),) = plan([file], [picture], output)[file]
    return target


def write_picture(target: Path, data: bytes, output: Path | None) -> None:
    """Write one picture."""
    _write(target, data, _named(output))


def _named(output: Path | None) -> frozenset[Path]:
    """Return the part of the output path that the user named; links below it are not followed."""
    return frozenset() if output is None else frozenset((output,))


def _draw_document(
    document: Document,
    workspace: Workspace,
    options: ScoringOptions | None,
    planned: Plan,
    counter: _Counter,
    named: frozenset[Path],
) -> list[DrawnPicture]:
    if (scored := score_document(document, workspace, options)) is None:
        return []
    images, problems = images_of(scored.journey, Path(scored.file), workspace)
    drawn = [
        _draw(scored, picture._replace(images=images), target, named, problems)
        for picture, target in planned[scored.file]
    ]
    counter.step(scored.file)
    return drawn


def _draw(
    scored: ScoredJourney, picture: Picture, target: Path, named: frozenset[Path], problems: Sequence[str] = ()
) -> DrawnPicture:
    try:
        return _written(_pages(scored, picture), scored.file, target, named, problems)
    except JourneykitError as error:
        return DrawnPicture(target, scored.file, error.message, error.help)


def _written(
    pages: Iterator[tuple[bytes, list[str]]],
    file: str,
    target: Path,
    named: frozenset[Path],
    problems: Sequence[str] = (),
) -> DrawnPicture:
    """Write all pages; a single one keeps the file's own name."""
    warnings = [*problems]
    number = 0
    begun = list(islice(pages, 2))
    for number, (data, remarks) in enumerate(chain(begun, pages), 1):
        _write(numbered(target, number) if len(begun) > 1 else target, data, named)
        warnings += remarks
    return DrawnPicture(target, file, warnings=tuple(warnings), pages=number)


def _pages(scored: ScoredJourney, picture: Picture) -> Iterator[tuple[bytes, list[str]]]:
    if write := DOCUMENTS.get(picture.format):
        yield write([(scored.journey, scored.scores)], picture), []
    else:
        yield from draw_pages(scored.journey, scored.scores, picture)


def draw_document(
    workspace: Workspace, scored: Sequence[ScoredJourney], picture: Picture, target: Path
) -> DrawnPicture:
    """Write journeys into one file; raise UsageError if it cannot hold them."""
    data, problems = document_of(workspace, scored, picture)
    _write(target, data, _named(target))
    return DrawnPicture(target, str(target), warnings=tuple(problems))


def document_of(workspace: Workspace, scored: Sequence[ScoredJourney], picture: Picture) -> tuple[bytes, list[str]]:
    """Return journeys in one document, and why pictures of theirs are left out."""
    found = [images_of(one.journey, Path(one.file), workspace) for one in scored]
    pairs = [(one.journey, one.scores) for one in scored]
    problems = dict.fromkeys(problem for _, more in found for problem in more)
    return DOCUMENTS[picture.format](pairs, picture, [images for images, _ in found]), list(problems)


def _write(target: Path, data: bytes, named: frozenset[Path]) -> None:
    make_folder(target.parent)
    write_found(target, data, named)


class _Counter:
    """Counts finished journeys in memory that forked processes share; the first process reports, after a second."""

    def __init__(self, names: Sequence[str], reporter: Reporter) -> None:
        self.process, self.reporter = os.getpid(), reporter
        self.started = time.monotonic()
        self.numbers = {name: number for number, name in enumerate(names)}
        self.done = mmap(-1, max(len(names), 1))

    def __reduce__(self) -> tuple[type[_Counter], tuple[Sequence[str], Reporter]]:
        """Return a counter that reports nothing, for a process that is started anew and shares no memory."""
        return _Counter, (tuple(self.numbers), Reporter())

    def step(self, name: str) -> None:
        """Count one journey."""
        self.done[self.numbers[name]] = 1
        if self.process == os.getpid() and time.monotonic() - self.started > 1:
            self.reporter.progress(self.done[:].count(1), len(self.numbers))


def draw_overlays(
    scored: Sequence[ScoredJourney], pictures: Sequence[Picture], output: Path | None
) -> list[DrawnPicture]:
    """Draw journeys over each other, once for each format; raise UsageError if that is not possible."""
    if output is not None and len(pictures) > 1 and _names_picture(output, pictures):
        raise UsageError(f"{output} can hold one picture only", "name a folder with -o, or one format")
    drawn = []
    for picture in pictures:
        pages = draw_overlay([(one.journey, one.scores) for one in scored], picture)
        target = _overlay_target(picture, output)
        drawn.append(_written(pages, str(target), target, _named(output)))
    return drawn


def _names_picture(output: Path, pictures: Sequence[Picture]) -> bool:
    return output.suffix.lstrip(".").lower() in {picture.format for picture in pictures}


def _overlay_target(picture: Picture, output: Path | None) -> Path:
    """Return the named file, else `overlay` in the named folder or the working folder."""
    if output is not None and _names_picture(output, [picture]):
        return output
    variant = "-time" if picture.axis == "time" else ""
    return (output or Path()) / f"{OVERLAY}{variant}.{picture.format}"


def check_target(target: Path) -> None:
    """Raise UsageError if pictures of differences cannot be written to `target`."""
    format = _format_of(target)
    if target == STDIN:
        raise UsageError("--chart writes a file, not standard output", "name a file that ends in .svg, .png or .pdf")
    if format and format not in FORMATS:
        raise UsageError(
            f"{target}: this is not the name of a picture", f"end it in {', '.join(f'.{name}' for name in FORMATS)}"
        )


def _format_of(target: Path) -> str:
    return "" if target.is_dir() else target.suffix.removeprefix(".").lower()


def draw_differences(
    changes: Sequence[JourneyDiff], target: Path, theme: str, old: str = "", new: str = ""
) -> list[DrawnPicture]:
    """Draw every journey that differs: into the named file, or as SVGs in a folder.

    `old` and `new` name the versions. Raises UsageError if one file is named for several journeys.
    """
    pairs = [(change.file, change.comparison) for change in changes if change.comparison]
    if _format_of(target) in FORMATS:
        if len(pairs) > 1:
            raise UsageError(f"{counted(len(pairs), 'journey')} differ, and {target} holds one", "name a folder")
        targets = [(target, comparison) for _, comparison in pairs]
    else:
        targets = [(target / f"{stem}.svg", one) for stem, one in _stems(pairs)]
    drawn = []
    for path, comparison in targets:
        picture = Picture(path.suffix[1:].lower(), theme=theme)
        data, warnings = draw_difference(comparison, picture, _version_names(old, new, comparison))
        _write(path, data, _named(target))
        drawn.append(DrawnPicture(path, str(path), warnings=tuple(warnings)))
    return drawn


def _version_names(old: str, new: str, comparison: Comparison) -> tuple[str, str] | None:
    """Return the names of the versions; None if two files' titles or states say more."""
    same = PurePath(old) == PurePath(new)
    was, now = comparison.old.journey, comparison.new.journey
    differ = (was.title, was.state) != (now.title, now.state)
    files = all(Path(name).is_file() for name in (old, new))
    return None if same or (files and differ) else (old, new)


def _stems(pairs: list[tuple[str, Comparison]]) -> Iterator[tuple[str, Comparison]]:
    """Yield a unique file name for each picture, made of the journey's id."""
    taken: set[str] = set()
    for _, comparison in pairs:
        id = comparison.new.journey.id
        stem = next(name for n in range(len(taken) + 1) if (name := f"{id}-{n + 1}" if n else id) not in taken)
        taken.add(stem)
        yield stem, comparison


def draw_histories(found: Sequence[History], target: Path, theme: str) -> DrawnPicture:
    """Draw one history; raise UsageError if there is not exactly one, or the file is no picture."""
    form = target.suffix.lstrip(".").lower()
    if form not in FORMATS:
        raise UsageError(f"{shown_name(str(target))} is no picture", f"end it in one of: {', '.join(FORMATS)}")
    if len(found) != 1:
        raise UsageError(f"{shown_name(str(target))} can hold one history only", "name one file, or leave out --chart")
    data, warnings = draw_history(found[0], Picture(form, theme=theme))
    _write(target, data, _named(target))
    return DrawnPicture(target, found[0].file, warnings=tuple(warnings))
