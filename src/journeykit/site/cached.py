"""Journeys of a site that need not be made again: what other pages need of them, and the checksums of their files.

The store is that of `project/cache.py`, which nobody else can write. The files themselves are those of the old site:
one is taken over only if it is what the store says, so that nobody can bring a page into a site by its folder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.drawing.themes import NAMES
from journeykit.errors import JourneykitError
from journeykit.files import read_regular_file
from journeykit.finding import Finding
from journeykit.project.cache import PARTS, Store, decode, encode, open_store
from journeykit.project.history import day_of
from journeykit.project.lint_cache import CLASSES as FINDING_CLASSES
from journeykit.project.lint_cache import IRRELEVANT
from journeykit.project.repositories import Repositories
from journeykit.project.trends import series_beside, strips_beside
from journeykit.project.workspace import Workspace
from journeykit.site.entries import Change, Entry, Figure, Persona, Point, Said, Step, Todo
from journeykit.site.folder import LARGEST, Known, NewFolder, OldSite, checksum
from journeykit.site.options import SiteOptions
from journeykit.site.pages.journey import filled
from journeykit.site.portfolio import Portfolio

PACKAGES = (*PARTS, "charts", "comparing", "drawing", "output", "project", "site", "web")
CLASSES = {one.__name__: one for one in (Change, Entry, Figure, Persona, Point, Said, Step, Todo)} | FINDING_CLASSES
INDEX = "index.html"


class Made(NamedTuple):
    """A file that was read: its journey, or that it is a draft, and what is wrong with it."""

    entry: Entry | None = None
    draft: str = ""
    findings: tuple[Finding, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """The files of the journey with their checksums; none if they depend on more than its text."""
    kept: str = ""
    """The folder in the old site that has these files; empty if they were made."""
    mark: str = ""
    """The checksum of what other pages need of the journey; empty if it was not kept."""


class Kept:
    """The journeys that the old site has, for those whose files did not change."""

    def __init__(
        self, workspace: Workspace, options: SiteOptions, old: OldSite, numbers: Mapping[str, int],
        repositories: Repositories,
    ) -> None:  # fmt: skip
        """Open the store."""
        self._old, self._numbers = old, numbers
        self.store = _store(workspace, options)
        self._commits = _Commits(repositories) if options.history else None
        self._has_series: dict[Path, bool] = {}
        """Whether there are series in a folder: it is listed once, and not for each of its maps."""

    def encode(self, made: Made) -> Any:
        """Return a journey as plain data; None if it must be made each time."""
        if made.findings:
            return None
        if made.draft:
            return made.draft
        if made.entry is None or not made.files:
            return None
        try:
            head = self._commits.head(Path(made.entry.path)) if self._commits else ""
            data = [encode(made.entry, CLASSES), dict(made.files), head, mark_of(made.entry)]
            return data if decode(data[0], CLASSES) == made.entry else None
        except (TypeError, ValueError, KeyError):
            return None

    def decode(self, data: Any) -> Made:
        """Return a journey of the old site; raise ValueError if that does not have its files as they were made."""
        if isinstance(data, str):
            return Made(draft=data)
        plain, files, head, mark = data
        entry = decode(plain, CLASSES)
        if self._commits and self._commits.changed(Path(entry.path), head):
            raise ValueError(entry.path)
        if self._depends_on_series(Path(entry.path), entry.id):
            raise ValueError(entry.path)  # it depends on more than its text now
        root = f"journey/{self._old.manifest.journeys[entry.file]}"
        for name, made in files.items():
            if self._made(f"{root}/{name}", name) != made:
                raise ValueError(name)
        entry = entry._replace(number=self._numbers[entry.path])
        return Made(entry, files=tuple(files.items()), kept=root, mark=mark)

    def _depends_on_series(self, file: Path, id: str) -> bool:
        if file.parent not in self._has_series:
            self._has_series[file.parent] = bool(series_beside(file))
        return self._has_series[file.parent] and any(strips_beside(file, id))

    def _made(self, name: str, inner: str) -> str:
        """Return the checksum of a file as it was made; what the page says of other journeys does not count."""
        if inner != INDEX:
            return self._old.checksum(name)
        if known := self._old.as_left(name):
            return known.made
        if name not in self._old.present:
            return ""
        return checksum(filled(read_regular_file(self._old.path / name, LARGEST, follow=False), ""))


class LastBuild:
    """What the last build left in a folder: its files, and of which journeys the pages of them all were made."""

    def __init__(self, workspace: Workspace, options: SiteOptions, folder: NewFolder) -> None:
        """Open the store, and tell the old site what its files were."""
        self._folder, old = folder, folder.old
        self._store = _store(workspace, options, "site-files", str(old.path))
        files, (made_of, names) = self._store.get("last") or ({}, ("", ()))
        self.whole: Sequence[str] = names
        """The names of the pages of all journeys that the old site has."""
        self._made_of = made_of
        old.known = {name: Known(sum_, tuple(stamp), *more) for name, (sum_, stamp, *more) in files.items()}

    def take_whole(self, key: str) -> bool:
        """Take over the pages of all journeys if they were made of the same; return whether they were."""
        if not key or key != self._made_of or not all(map(self._folder.old.as_left, self.whole)):
            return False
        self._folder.kept.update(dict.fromkeys(self.whole))
        return True

    def save(self, key: str, whole: Sequence[str]) -> None:
        """Keep what the site is now that it is in its place."""
        if self._store.keeps:
            self._store.add({"last": [dict(self._folder.left()), [key, list(whole) if key else []]]})
            self._store.save()


def mark_of(entry: Entry) -> str:
    """Return a checksum of all that other pages need of a journey; raise TypeError for what cannot be kept."""
    return checksum(json.dumps(encode(entry._replace(number=0), CLASSES)).encode())


def key_of(portfolio: Portfolio, made: Sequence[Made], baseline: bool) -> str:
    """Return a checksum of what the pages of all journeys are made of besides the settings; empty if there is none.

    With a `baseline` the journeys have other findings than they were kept with.
    """
    marks = {one.entry.number: one.mark for one in made if one.entry}
    try:
        entries = [
            [portfolio.addresses[one.number], mark_of(one) if baseline else marks[one.number] or mark_of(one)]
            for one in portfolio.entries
        ]
    except TypeError:
        return ""
    described = repr((entries, portfolio.unreadable, portfolio.left, portfolio.commit))
    return checksum(described.encode("utf-8", "surrogatepass"))


class KeptComparisons:
    """The pages of compared journeys that the old site has, for groups of which no file changed."""

    def __init__(self, workspace: Workspace, options: SiteOptions, folder: NewFolder) -> None:
        """Open the store, which has the checksum of each page by its name and the texts of its journeys."""
        self._folder = folder
        self._store = _store(workspace, options, "compared")

    def take(self, name: str, group: Sequence[Entry]) -> bool:
        """Take over a page if the old site has it as it was made of these journeys; return whether it has."""
        if not self._store:
            return False
        made = self._store.get(self._key(name, group))
        if made is None or self._folder.old.checksum(name) != made:
            return False
        self._folder.take(name, name)
        return True

    def add(self, name: str, group: Sequence[Entry], page: bytes) -> None:
        """Note a page that was made."""
        if self._store.keeps:
            self._store.add({self._key(name, group): checksum(page)})

    def save(self) -> None:
        """Keep what was noted."""
        self._store.save()

    def _key(self, name: str, group: Sequence[Entry]) -> str:
        texts = [hashlib.sha256(read_regular_file(one.path)).digest() for one in group]
        return self._store.key_of(name, b"".join(texts))


class _Commits:
    """The commits since journeys were made: the history of a file that none of them changed is as it was."""

    def __init__(self, repositories: Repositories) -> None:
        self._repositories = repositories
        self._touched: dict[tuple[Path, str], frozenset[str] | None] = {}

    def head(self, file: Path) -> str:
        """Return the commit that the repository of a file is at; `none` without one."""
        repository = self._repositories.around(file)
        try:
            return repository.head if repository else "none"
        except JourneykitError:  # no commit
            return "none"

    def changed(self, file: Path, head: str) -> bool:
        """Return whether the history of a file may differ from what it was when HEAD was another commit."""
        now = self.head(file)
        if head == now:
            return False
        repository = self._repositories.around(file)
        if repository is None or now == "none":
            return True
        if (repository.root, head) not in self._touched:
            self._touched[repository.root, head] = repository.touched(head, now)
        touched = self._touched[repository.root, head]
        try:
            return touched is None or repository.inside(file) in touched
        except JourneykitError:
            return True


def _store(workspace: Workspace, options: SiteOptions, kind: str = "site", *more: object) -> Store:
    """Return the store of a kind of this program, these settings and this day."""
    if options.formats or options.theme not in NAMES or (options.history and day_of(options.since) is None):
        return Store()  # pictures of other writers, a theme in files, a revision that may move
    settings = {key: value for key, value in workspace.settings.values().items() if key not in IRRELEVANT}
    where = str(workspace.settings.path), str(workspace.root), os.getcwd()  # noqa: PTH109
    given = options._asdict() | {"include": sorted(options.include), "charts": sorted(options.charts)}
    show = workspace.settings.show
    return open_store(workspace, kind, where, settings, show, given, str(workspace.today), *more, packages=PACKAGES)
