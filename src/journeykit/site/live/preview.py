"""The journeys of a served site as they are now: read again when their files change, pages made when asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.errors import JourneykitError
from journeykit.files import read_found_file
from journeykit.finding import Finding, Severity
from journeykit.project import Project
from journeykit.project.linting import lint_document
from journeykit.project.reading import Targets, find_files
from journeykit.project.repositories import Repositories
from journeykit.project.trends import series_beside
from journeykit.reading import read_bytes
from journeykit.reading.document import MAX_BYTES, file_stem
from journeykit.site.addresses import addresses, unique_names
from journeykit.site.build import assets, compare_pages, others, with_comparisons
from journeykit.site.collecting import Subject, shown_path, subject_of
from journeykit.site.entries import Entry
from journeykit.site.frame import Frame
from journeykit.site.options import SiteOptions
from journeykit.site.pages import pages
from journeykit.site.pages.journey import completed, filled, journey_files
from journeykit.site.portfolio import Left, Portfolio
from journeykit.site.publishing import is_draft
from journeykit.site.words import Words
from journeykit.source import Position
from journeykit.web.markup import written


class Event(NamedTuple):
    """What a page is told."""

    name: str
    data: dict[str, Any]
    build: int


class _File(NamedTuple):
    """A file as it was read last; `subject` is of its last good text, None if there was none."""

    state: object
    """What tells whether the file changed."""
    subject: Subject | None
    findings: tuple[Finding, ...]
    broken: bool
    draft: bool = False


class Preview:
    """A project whose pages can be asked for at any time, by several threads."""

    def __init__(self, load: Callable[[], Project], targets: Targets, options: SiteOptions) -> None:
        """Read all journeys; `load` returns the project by its settings as they are."""
        self._load, self._targets, self._options = load, targets, options
        self._lock = threading.RLock()
        self._files: dict[str, _File] = {}
        self._numbers: dict[str, int] = {}
        self._buffers: dict[str, bytes] = {}
        self._made: dict[str, bytes] = {}
        self.build = 0
        self.project = load()
        self._frame = Frame(options.title, Words(options.lang), options.theme, live=True)
        self._portfolio = Portfolio((), {}, options)
        self.update()

    @property
    def portfolio(self) -> Portfolio:
        """The journeys as they are now."""
        return self._portfolio

    def paths(self) -> list[Path]:
        """Return the files and folders that are watched."""
        return [*(self._targets.paths or (self.project.root,))]

    def reload(self) -> list[Event]:
        """Read the settings and all files anew; settings with mistakes leave everything as it is."""
        with self._lock:
            try:
                self.project = self._load()
            except JourneykitError as error:
                return [Event("broken", {"file": "journeykit.toml", "findings": [_mistake(error)]}, self.build)]
            self._files = {name: one._replace(state=None) for name, one in self._files.items()}
            events = self.update()
            return [Event("settings", {"build": self.build}, self.build), *events]

    def buffer(self, file: str, text: bytes | None) -> list[Event]:
        """Take the unsaved text of a file instead of what is on disk; None takes the file again."""
        with self._lock:
            if text is None:
                self._buffers.pop(file, None)
            else:
                self._buffers[file] = text
            return self.update()

    def file_of(self, name: str) -> str | None:
        """Return the file of a journey by the name of its folder."""
        with self._lock:
            portfolio = self._portfolio
            return next((one.path for one in portfolio.entries if portfolio.addresses[one.number] == name), None)

    @property
    def frame(self) -> Frame:
        """What all pages have in common."""
        return self._frame

    def link_to_editor(self, *, read_only: bool) -> None:
        """Lead from all pages to the editor, which is served with them."""
        with self._lock:
            self._frame = self._frame._replace(edit="watch" if read_only else "edit")
            self._made.clear()

    def editable(self) -> dict[str, str]:
        """Return the files by the names of their pages; what is no journey has a name made from that of its file."""
        with self._lock:
            portfolio = self._portfolio
            found = {portfolio.addresses[one.number]: one.path for one in portfolio.entries}
            others = [file for file in self._files if file not in found.values()]
            names = unique_names([*found, *(file_stem(file) for file in others)])[len(found) :]
            return {**found, **dict(zip(names, others, strict=True))}

    def title_of(self, file: str) -> str:
        """Return the title of the journey in a file, as it was when it was one; "" if it never was."""
        with self._lock:
            known = self._files.get(file)
            return known.subject.journey.title if known and known.subject else ""

    def is_broken(self, file: str) -> bool:
        """Return whether a file is no journey now."""
        with self._lock:
            known = self._files.get(file)
            return known is not None and known.broken

    def name_of(self, file: Path) -> str | None:
        """Return the name under which a file of the site is known; None if it has none."""
        with self._lock:
            wanted = file.resolve()
            return next((name for name in self._files if Path(name).resolve() == wanted), None)

    def address_of(self, file: Path) -> str:
        """Return the page of a file's journey, else the first page."""
        with self._lock:
            wanted = file.resolve()
            for one in self._portfolio.entries:
                if Path(one.path).resolve() == wanted:
                    return f"/{self._portfolio.address(one)}"
            return "/"

    def update(self) -> list[Event]:
        """Read what changed, and return what pages should be told; nothing if nothing changed."""
        with self._lock:
            try:
                paths, _ = find_files(self.project, replace(self._targets, allow_empty=True))
            except JourneykitError:  # a folder that is away for a moment
                paths = []
            names = [str(path) for path in paths]
            before = self._files
            found = {name: self._read(name) for name in names}
            if found == before:
                return []
            self._files = found
            self.build += 1
            self._made.clear()
            was = {one.path: one for one in self._portfolio.entries}
            self._portfolio = self._collected()
            return [*self._events(before, was)] if self.build > 1 else []

    def _read(self, name: str) -> _File:
        known = self._files.get(name)
        held = self._buffers.get(name)
        try:
            status = Path(name).stat()
            beside = [_state(one) for one in series_beside(Path(name))]
            state: object = (held, status.st_mtime_ns, status.st_size, status.st_ino, beside)
            if known is not None and known.state == state:
                return known
            data = read_found_file(name, MAX_BYTES) if held is None else held
        except OSError as error:
            finding = Finding(
                "unreadable", Severity.ERROR, error.strerror or "cannot be read", "", name, _START, _START
            )
            return _File(None, known.subject if known else None, (finding,), True)
        document = read_bytes(data, name, self.project.settings.shared)
        if document.journey is None:
            return _File(state, known.subject if known else None, document.findings, True)
        if is_draft(document.journey) and "drafts" not in self._options.include:
            return _File(state, None, (), False, True)
        linted = lint_document(document, self.project, self.project.selection()).findings
        number = self._numbers.setdefault(name, len(self._numbers))
        text, once = document.source.text, Repositories()  # a commit may come before the next request
        subject = subject_of(number, name, document.journey, text, linted, self.project, self._options, once)
        return _File(state, completed(subject, self._options), linted, False)

    def _collected(self) -> Portfolio:
        entries = [one.subject.entry for one in self._files.values() if one.subject]
        broken = tuple(
            finding._replace(file=shown_path(finding.file, self.project))
            for one in self._files.values()
            if one.broken
            for finding in one.findings
        )
        left = Left(tuple(name for name, one in self._files.items() if one.draft))
        return with_comparisons(Portfolio(entries, addresses(entries), self._options, broken, left))

    def _events(self, before: Mapping[str, _File], was: Mapping[str, Entry]) -> Iterator[Event]:
        portfolio = self._portfolio
        now = {one.path: one for one in portfolio.entries}
        changed = [one for path, one in now.items() if was.get(path) is None or self._differs(path, before)]
        for name, file in self._files.items():
            old = before.get(name)
            if file.broken and (old is None or old.state != file.state):
                yield Event("broken", self._broken(name, file), self.build)
            elif old is not None and old.broken and not file.broken:
                yield Event("mended", {"file": shown_path(name, self.project), "build": self.build}, self.build)
        for path, one in was.items():
            if path not in now:
                yield Event("removed", {"id": one.id, "build": self.build}, self.build)
        if changed or was.keys() - now.keys():
            pages = [f"/{portfolio.address(one)}" for one in changed]
            journeys = [_journey(one, was.get(one.path)) for one in changed]
            yield Event("changed", {"build": self.build, "pages": [*pages, "/"], "journeys": journeys}, self.build)

    def _differs(self, path: str, before: Mapping[str, _File]) -> bool:
        old, new = before.get(path), self._files[path]
        return old is None or (old.state != new.state and not new.broken)

    def _broken(self, name: str, file: _File) -> dict[str, Any]:
        page = f"/{self._portfolio.address(file.subject.entry)}" if file.subject else ""
        return {
            "file": shown_path(name, self.project), "page": page, "path": str(Path(name).resolve()),
            "findings": [_finding(one) for one in file.findings],
        }  # fmt: skip

    def broken(self) -> list[Event]:
        """Return what is wrong now, for a page that was just opened."""
        with self._lock:
            return [
                Event("broken", self._broken(name, one), self.build) for name, one in self._files.items() if one.broken
            ]

    def page(self, path: str) -> bytes | None:
        """Return the file at a path from the root of the site; None if there is none."""
        with self._lock:
            if path not in self._made and (data := self._make(path)) is not None:
                self._made[path] = data
            return self._made.get(path)

    def _make(self, path: str) -> bytes | None:
        if path.startswith("journey/"):
            return self._journey_file(path)
        if path.startswith("assets/"):
            for name, data in assets(self._options):
                if name == path:
                    return data
        source: Iterator[tuple[str, bytes]]
        if path.startswith("compare/"):
            source = compare_pages(self.project, self._portfolio, self._frame)
        else:
            source = pages(self._portfolio, self._frame)
        return next((data for name, data in source if name == path), None)

    def _journey_file(self, path: str) -> bytes | None:
        _, folder, *rest = path.split("/")
        portfolio, wanted = self._portfolio, "/".join(rest)
        for at, entry in enumerate(portfolio.entries):
            subject = self._files[entry.path].subject
            if portfolio.addresses[entry.number] != folder or subject is None:
                continue
            made = journey_files(subject, self._frame, self._options.formats, self._options.edit_url, folder)
            for name, data in made:
                if name == wanted:
                    return filled(data, written(*others(portfolio, self._frame, at)))
        return None


_START = Position(1, 1)


def _state(file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return str(file), status.st_mtime_ns, status.st_size


def _journey(entry: Entry, was: Entry | None) -> dict[str, Any]:
    counts = {level.word: 0 for level in sorted(Severity, reverse=True)}
    for one in entry.findings:
        counts[one.severity.word] += 1
    return {"id": entry.id, "score": entry.score, "was": was.score if was else None, "findings": counts}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule, "line": one.start.line, "column": one.start.column, "message": one.message, "help": one.help,
    }  # fmt: skip


def _mistake(error: JourneykitError) -> dict[str, Any]:
    return {"rule": "settings", "line": 1, "column": 1, "message": error.message, "help": error.help}
