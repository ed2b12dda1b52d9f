"""Find journeys, read each of them, and collect results and findings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from journeykit.config import Config
from journeykit.errors import MissingFileError, UsageError
from journeykit.files import RefusedError, read_found_file, read_named_file, read_stream
from journeykit.finding import Finding
from journeykit.output.paint import shown_name
from journeykit.project.processes import run_in_parts
from journeykit.project.workspace import Workspace
from journeykit.reading import Document, Shared, discover, read_bytes
from journeykit.reading.discovery import INCLUDE, is_excluded
from journeykit.reading.document import MAX_BYTES

if TYPE_CHECKING:
    from journeykit.project.cache import Store

STDIN = Path("-")
UNNAMED = "stdin"
"""What messages call standard input where no name is given for it."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Targets:
    """The files and folders to work on; `-` is standard input, which messages call `stdin_name`.

    Without paths it is the project's root. `allow_empty` says that finding no journey is no error.
    """

    paths: tuple[Path, ...] = ()
    stdin_name: str = UNNAMED
    allow_empty: bool = False

    @property
    def has_stdin(self) -> bool:
        """Whether standard input is among the paths."""
        return STDIN in self.paths

    def name_of(self, path: Path) -> str:
        """Return how messages name a file."""
        return self.stdin_name if path == STDIN else str(path)

    @cached_property
    def stdin(self) -> bytes:
        """The bytes of standard input, which can be read only once; UsageError if they are too many."""
        try:
            return read_stream(sys.stdin.buffer)
        except RefusedError as error:
            raise UsageError(f"standard input is {error.strerror}", "split the journey") from None

    @property
    def named(self) -> frozenset[Path]:
        """The paths that the user gave, which are followed if they are links; without any, the working folder."""
        return frozenset(self.paths or (Path(),))


class ReadResult(NamedTuple, Generic[Result]):
    """The result for each file that could be opened, in the order of the files, and what is wrong with the files.

    `names` belong to `results`; `failed` counts the files that could not be opened.
    """

    results: list[Result]
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: int = 0


def find_files(workspace: Workspace, targets: Targets) -> tuple[list[Path], int]:
    """Return the files to read, and how many named paths do not exist or folders cannot be read.

    Raises MissingFileError if none of the named paths exists, UsageError if they hold no journey.
    """
    settings = workspace.settings
    paths = paths_of(workspace, targets)
    found = discover((path for path in paths if path != STDIN), settings.include, settings.exclude)
    files = ([STDIN] if STDIN in paths else []) + found.files
    for path in found.missing:
        message = f"{shown_name(str(path))}: no such file or folder"
        if not files and path == found.missing[-1]:
            raise MissingFileError(message)
        workspace.reporter.missing_file(message)
    for folder, reason in found.unreadable:
        workspace.reporter.message(f"{shown_name(str(folder))}: cannot be read: {reason}")
    excluded = len(paths) < len(targets.paths)  # all named files are passed over, as the settings say
    if not files and not found.unreadable and not targets.allow_empty and not excluded:
        raise UsageError("no journey found", _why_nothing(found.others, settings))
    return files, len(found.missing) + len(found.unreadable)


def paths_of(workspace: Workspace, targets: Targets) -> tuple[Path, ...]:
    """Return the named paths, but for those that `exclude` matches if it holds for named files too.

    Standard input is excluded by the name that is given for it.
    """
    settings = workspace.settings
    paths = targets.paths or (workspace.root,)
    if not settings.force_exclude:
        return paths
    unnamed = {STDIN} if targets.stdin_name == UNNAMED else set()
    return tuple(
        path for path in paths if path in unnamed or not is_excluded(Path(targets.name_of(path)), settings.exclude)
    )


def _why_nothing(others: list[Path], settings: Config) -> str:
    own = settings.include != INCLUDE and f"include asks for {', '.join(settings.include)}"
    if not others:
        what = own or "a journey is a file named *.journey.yaml, or any YAML file below a folder called journeys"
        return f"{what}; what .gitignore names is passed over"
    listed = ", ".join(shown_name(str(path)) for path in others[:5]) + (" …" if len(others) > 5 else "")
    advice = f"change the settings: {own}" if own else 'set include = ["*.yaml"] in journeykit.toml'
    return f"other YAML files were seen: {listed}; name them, or {advice}"


def read_each(
    workspace: Workspace, targets: Targets, work: Callable[[Document], Result], *, picklable: bool = False
) -> ReadResult[Result]:
    """Read every journey and return what `work` makes of it; its text and spans are not kept.

    A file that cannot be opened is reported, and the others go on. Many files are read in several processes if the
    results are `picklable` at little cost.
    """
    files, missing = find_files(workspace, targets)
    read = partial(_read_part, shared=workspace.settings.shared, targets=targets, work=work)
    with gc_paused():
        parts = run_in_parts(files, read) if picklable and STDIN not in files else [read(files)]
    return _collected(workspace, parts, missing)


class Cached(NamedTuple, Generic[Result]):
    """A store of results, and how a result is plain data; `encode` returns None for one that is not to be kept."""

    store: Store
    encode: Callable[[Result], Any]
    decode: Callable[[Any], Result]


def read_each_cached(
    workspace: Workspace, targets: Targets, work: Callable[[Document], Result], cached: Cached[Result]
) -> ReadResult[Result]:
    """Do as `read_each`, but read only files that the store has no results for; all findings are those of `work`."""
    files, missing = find_files(workspace, targets)
    found = _stored(files, targets, cached) if cached.store else {}
    left = [path for path in files if path not in found]
    kept = cached if cached.store.keeps else None
    read = partial(_read_part, shared=workspace.settings.shared, targets=targets, work=work, cached=kept)
    with gc_paused():
        parts = run_in_parts(left, read) if STDIN not in left else [read(left)]
    for part in parts:
        cached.store.add(part.encoded)
    cached.store.save()
    results = dict(chain.from_iterable(zip(part.names, part.results, strict=True) for part in parts))
    results.update((targets.name_of(path), result) for path, result in found.items())
    names = [name for path in files if (name := targets.name_of(path)) in results]
    merged = _Part([results[name] for name in names], names, [], [one for part in parts for one in part.messages], {})
    return _collected(workspace, [merged], missing)


def _stored(files: Sequence[Path], targets: Targets, cached: Cached[Result]) -> dict[Path, Result]:
    """Return the results that the store has for files as they are now."""
    found = {}
    for path in files:
        try:
            data = cached.store.get(cached.store.key_of(targets.name_of(path), _bytes_of(path, targets)))
        except OSError:
            continue  # reported when it is read
        if data is not None:
            with suppress(KeyError, TypeError, ValueError):
                found[path] = cached.decode(data)
    return found


def work_on_each(
    workspace: Workspace,
    targets: Targets,
    files: Sequence[Path],
    missing: int,
    work: Callable[[Document], Result],
    minimum: int,
    *,
    spawn: bool,
) -> ReadResult[Result]:
    """Do as `read_each` for files that were found and work that takes long: in processes from `minimum` files on."""
    read = partial(_read_part, shared=workspace.settings.shared, targets=targets, work=work)
    with gc_paused():
        parts = [read(files)] if STDIN in files else run_in_parts(files, read, minimum, spawn=spawn)
    return _collected(workspace, parts, missing)


def _collected(workspace: Workspace, parts: Sequence[_Part[Result]], missing: int) -> ReadResult[Result]:
    for message in chain.from_iterable(part.messages for part in parts):
        workspace.reporter.message(message)
    return ReadResult(
        [result for part in parts for result in part.results],
        tuple(name for part in parts for name in part.names),
        tuple(finding for part in parts for finding in part.findings),
        missing + sum(len(part.messages) for part in parts),
    )


class _Part(NamedTuple, Generic[Result]):
    """The results for some of the files; `messages` say which could not be opened."""

    results: list[Result]
    names: list[str]
    findings: list[Finding]
    messages: list[str]
    encoded: dict[str, Any]
    """Results as plain data, by the keys of their files."""


def _read_part(
    files: Sequence[Path],
    shared: Shared,
    targets: Targets,
    work: Callable[[Document], Result],
    cached: Cached[Result] | None = None,
) -> _Part[Result]:
    part: _Part[Result] = _Part([], [], [], [], {})
    for path in files:
        name = targets.name_of(path)
        try:
            data = _bytes_of(path, targets)
        except OSError as error:
            part.messages.append(f"{shown_name(str(path))}: cannot be read: {error.strerror}")
            continue
        document = read_bytes(data, name, shared)
        result = work(document)
        part.names.append(name)
        part.findings.extend(document.findings)
        part.results.append(result)
        if cached is not None and (plain := cached.encode(result)) is not None:
            part.encoded[cached.store.key_of(name, data)] = plain
    return part


def _bytes_of(path: Path, targets: Targets) -> bytes:
    if path == STDIN:
        return targets.stdin
    return read_named_file(path, MAX_BYTES) if path in targets.named else read_found_file(path, MAX_BYTES)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector while many files are read: documents hold no cycles, and it takes a third of the
    time."""
    import gc

    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # later collections need not look at what exists now
        gc.enable()
