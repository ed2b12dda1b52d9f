"""Journeys of a site that need not be made again: what other pages need of them, and the checksums of their files.

The store is that of `project/cache.py`, which nobody else can write. The files themselves are those of the old site:
one is taken over only if it is what the store says, so that nobody can bring a page into a site by its folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from journeykit.drawing.themes import NAMES
from journeykit.errors import JourneykitError
from journeykit.files import MEBIBYTE, read_regular_file
from journeykit.finding import Finding
from journeykit.git import Repository
from journeykit.project.cache import PARTS, Store, decode, encode, open_store
from journeykit.project.history import day_of
from journeykit.project.lint_cache import CLASSES as FINDING_CLASSES
from journeykit.project.lint_cache import IRRELEVANT
from journeykit.project.trends import strips_beside
from journeykit.project.workspace import Workspace
from journeykit.site.entries import Change, Entry, Figure, Persona, Point, Said, Step, Todo
from journeykit.site.folder import Manifest, NewFolder
from journeykit.site.options import SiteOptions
from journeykit.site.pages.journey import filled

PACKAGES = (*PARTS, "charts", "comparing", "drawing", "output", "project", "site", "web")
CLASSES = {one.__name__: one for one in (Change, Entry, Figure, Persona, Point, Said, Step, Todo)} | FINDING_CLASSES
LARGEST = 1024 * MEBIBYTE
INDEX = "index.html"


class Made(NamedTuple):
    """A file that was read: its journey, or that it is a draft, and what is wrong with it."""

    entry: Entry | None = None
    draft: str = ""
    findings: tuple[Finding, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """The files of the journey with their checksums; none if they depend on more than its text."""


class Kept:
    """The journeys that the old site has, for those whose files did not change."""

    def __init__(
        self, workspace: Workspace, options: SiteOptions, target: Path, old: Manifest, folder: NewFolder,
        numbers: Mapping[str, int], work: str,
    ) -> None:  # fmt: skip
        """Open the store; `work` is the folder below the new one where a journey lies by its number."""
        self._target, self._old, self._folder, self._numbers, self._work = target, old, folder, numbers, work
        self.store = _store(workspace, options)
        self._commits = _Commits() if options.history else None

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
            data = [encode(made.entry, CLASSES), dict(made.files), head]
            return data if decode(data[0], CLASSES) == made.entry else None
        except (TypeError, ValueError, KeyError):
            return None

    def decode(self, data: Any) -> Made:
        """Take over the files of a journey; raise ValueError if the old site does not have them as they were made."""
        if isinstance(data, str):
            return Made(draft=data)
        plain, files, head = data
        entry = decode(plain, CLASSES)
        if self._commits and self._commits.changed(Path(entry.path), head):
            raise ValueError(entry.path)
        if any(strips_beside(Path(entry.path), entry.id)):
            raise ValueError(entry.path)  # it depends on more than its text now
        number, address = self._numbers[entry.path], self._old.journeys[entry.file]
        root = self._target / "journey" / address
        if Path(os.path.realpath(root)) != root:
            raise ValueError(root)  # a link to anywhere
        for name, checksum in files.items():
            if f"journey/{address}/{name}" not in self._old.files or _checksum_of(root, name) != checksum:
                raise ValueError(name)
        for name in files:
            self._folder.take(root / name, f"{self._work}/{number}/{name}")
        return Made(entry._replace(number=number), files=tuple(files.items()))


class KeptComparisons:
    """The pages of compared journeys that the old site has, for groups of which no file changed."""

    def __init__(
        self, workspace: Workspace, options: SiteOptions, target: Path, old: Manifest, folder: NewFolder
    ) -> None:
        """Open the store, which has the checksum of each page by its name and the texts of its journeys."""
        self._target, self._old, self._folder = target, old, folder
        self._store = _store(workspace, options, "compared")

    def take(self, name: str, group: Sequence[Entry]) -> bool:
        """Take over a page if the old site has it as it was made of these journeys; return whether it has."""
        if name not in self._old.files or not self._store:
            return False
        file = self._target / name
        made = self._store.get(self._key(name, group))
        if made is None or Path(os.path.realpath(file)) != file or _checksum_of(self._target, name) != made:
            return False
        self._folder.take(file, name)
        self._folder.files.add(name)
        return True

    def add(self, name: str, group: Sequence[Entry], page: bytes) -> None:
        """Note a page that was made."""
        if self._store.keeps:
            self._store.add({self._key(name, group): checksum(name, page)})

    def save(self) -> None:
        """Keep what was noted."""
        self._store.save()

    def _key(self, name: str, group: Sequence[Entry]) -> str:
        texts = [hashlib.sha256(read_regular_file(one.path)).digest() for one in group]
        return self._store.key_of(name, b"".join(texts))


class _Commits:
    """The commits since journeys were made: the history of a file that none of them changed is as it was."""

    def __init__(self) -> None:
        self._tops: dict[Path, Path] = {}
        """The folder of the repository that a folder lies in."""
        self._found: dict[Path, tuple[Repository | None, str]] = {}
        """The repositories and their commits, by these folders."""
        self._touched: dict[tuple[Path, str], frozenset[str] | None] = {}

    def head(self, file: Path) -> str:
        """Return the commit that the repository of a file is at."""
        return self._at(file)[2]

    def changed(self, file: Path, head: str) -> bool:
        """Return whether the history of a file may differ from what it was when HEAD was another commit."""
        top, repository, now = self._at(file)
        if head == now:
            return False
        if repository is None:
            return True
        if (top, head) not in self._touched:
            self._touched[top, head] = repository.touched(head, now)
        touched = self._touched[top, head]
        try:
            return touched is None or repository.inside(file) in touched
        except JourneykitError:
            return True

    def _at(self, file: Path) -> tuple[Path, Repository | None, str]:
        folder = Path(os.path.abspath(file)).parent  # noqa: PTH100
        if folder not in self._tops:
            self._tops[folder] = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
        top = self._tops[folder]
        if top not in self._found:
            self._found[top] = _head_of(top)
        return top, *self._found[top]


def _head_of(folder: Path) -> tuple[Repository | None, str]:
    try:
        repository = Repository.around(folder)
        return repository, repository.commit("HEAD")
    except JourneykitError:  # no git, no repository, or no commit
        return None, "none"


def checksum(name: str, data: bytes) -> str:
    """Return the checksum of a file of a journey; what the page says of other journeys does not count."""
    return hashlib.blake2b(filled(data, "") if name == INDEX else data, digest_size=16).hexdigest()


def _checksum_of(root: Path, name: str) -> str:
    try:
        if len(PurePosixPath(name).parts) > 1 and (root / name).parent.is_symlink():
            return ""
        return checksum(name, read_regular_file(root / name, LARGEST, follow=False))
    except OSError:
        return ""


def _store(workspace: Workspace, options: SiteOptions, kind: str = "site") -> Store:
    """Return the store of a kind of this program, these settings and this day."""
    if options.formats or options.theme not in NAMES or (options.history and day_of(options.since) is None):
        return Store()  # pictures of other writers, a theme in files, a revision that may move
    settings = {key: value for key, value in workspace.settings.values().items() if key not in IRRELEVANT}
    where = str(workspace.settings.path), str(workspace.root), os.getcwd()  # noqa: PTH109
    given = options._replace(include=frozenset())._asdict(), sorted(options.include)
    show = workspace.settings.show
    return open_store(workspace, kind, where, settings, show, given, str(workspace.today), packages=PACKAGES)
