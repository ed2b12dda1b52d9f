"""Diff a revision of git with another, or with the working folder."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from journeykit.comparing.journey_diff import JourneyDiff, correct_run, diff_journey
from journeykit.comparing.pairing import renamed
from journeykit.comparing.versions import FileSelection, FileSet, contents, of_revision, of_working_folder
from journeykit.errors import UsageError
from journeykit.git import Repository
from journeykit.output.paint import shown_name
from journeykit.project.diff import Diff, scores_of
from journeykit.project.reading import Targets
from journeykit.project.workspace import ScoringOptions, Workspace
from journeykit.reading import read_bytes
from journeykit.scoring import Scores

RANGE = re.compile(r"(.*?)(\.\.\.?)(.*)", re.DOTALL)


def diff_revisions(
    workspace: Workspace, targets: Targets, arguments: Sequence[str], options: ScoringOptions | None = None
) -> Diff:
    """Diff the revisions and paths that the arguments name, as `git diff` takes them."""
    return _RevisionDiff(workspace, targets, arguments, options).run()


class _RevisionDiff:
    """The diff of two versions of a repository."""

    def __init__(
        self, workspace: Workspace, targets: Targets, arguments: Sequence[str], options: ScoringOptions | None
    ) -> None:
        self._workspace, self._targets, self._options = workspace, targets, options
        self._repository = _around(arguments)
        self._old, self._new, self._paths = self._parsed(arguments)

    def _parsed(self, arguments: Sequence[str]) -> tuple[str, str | None, list[Path]]:
        """Return the old revision, the new one (None: the working folder) and the paths.

        If the first argument is a path and no revision, HEAD is compared for that path, as in git.
        """
        rest = [Path(argument) for argument in arguments[1:]]
        if not arguments:
            return "HEAD", None, [Path()]
        first, paths = arguments[0], rest or [Path()]
        match = RANGE.fullmatch(first)
        try:
            if match and not match[1].endswith("/") and first != ".." and not first.startswith("../"):
                old, new = match[1] or "HEAD", match[3] or "HEAD"
                self._repository.commit(new)
                self._repository.commit(old)
                return (first if match[2] == "..." else old), new, paths
            self._repository.commit(first)
            return first, None, paths
        except UsageError as error:
            path = Path(first)
            if not os.path.lexists(path) or (len(rest) == 1 and not path.is_dir() and not os.path.lexists(rest[0])):
                raise _neither(arguments, error) from None
            self._repository = Repository.around(path)
            return "HEAD", None, [path, *rest]

    def run(self) -> Diff:
        """Compare the two versions."""
        old, new, paths = self._versions()
        self._newer = new
        found = Diff(old.label, new.label, status=2 if self._missing(paths, old, new) else 0)
        if not old.files and not new.files and not found.status and not self._targets.allow_empty:
            raise UsageError(
                "no journey found in either version",
                "a journey is a file named *.journey.yaml, or any YAML file below a folder called journeys; "
                "include in journeykit.toml changes that",
            )
        alike = {path for path in old.files if new.commit and old.files[path] == new.files.get(path)}
        before, after = (self._contents(one, [*one.files.keys() - alike], found) for one in (old, new))
        same = {path for path in before if path in after and _lines(before[path]) == _lines(after[path])}
        found.unchanged += len(alike) + len(same)
        was, now = (self._read(*one, same, found) for one in ((old, before), (new, after)))
        self._pair(found, old, new, was, now)
        found.changes = correct_run(found.changes)
        return found

    def _versions(self) -> tuple[FileSet, FileSet, dict[str, Path]]:
        """Return both versions, and the named paths by their names from the root."""
        repository, settings = self._repository, self._workspace.settings
        paths = {repository.inside(Path(os.path.realpath(p)) if p.exists() else p): p for p in self._named()}
        choice = FileSelection(tuple(paths), settings.include, settings.exclude)
        if self._new is None:
            old = of_revision(repository, self._old, repository.commit(self._old), choice)
            return old, of_working_folder(repository, [*paths.values()], old.files, choice), paths
        label, start, end = self._old, self._old, repository.commit(self._new)
        if match := RANGE.fullmatch(self._old):  # A...B: from where B left A
            base = repository.merge_base(repository.commit(match[1] or "HEAD"), end)
            label, start = base[:10], base
        old = of_revision(repository, label, repository.commit(start), choice)
        return old, of_revision(repository, self._new, end, choice), paths

    def _named(self) -> list[Path]:
        """Return the paths: the root if the repository has no working folder and none is named."""
        return [self._repository.root] if self._repository.bare and self._paths == [Path()] else self._paths

    def _missing(self, paths: Mapping[str, Path], old: FileSet, new: FileSet) -> bool:
        """Report the named paths that are in neither version; return whether there are any."""
        known = {*old.files, *new.files}
        missing = [
            path
            for name, path in paths.items()
            if name != "." and not path.is_dir() and name not in known
            and not any(file.startswith(f"{name}/") for file in known)
        ]  # fmt: skip
        for path in missing:
            name = shown_name(str(path))
            help = f"two revisions are written with dots between them: {self._old}..{name}"
            help = help if self._is_revision(str(path)) else ""
            self._workspace.reporter.missing_file(f"{name}: no such file or folder in either version", help)
        return bool(missing)

    def _is_revision(self, name: str) -> bool:
        try:
            return bool(self._repository.commit(name))
        except UsageError:
            return False

    def _read(
        self, version: FileSet, texts: Mapping[str, bytes], same: Collection[str], found: Diff
    ) -> dict[str, Scores]:
        """Return the scores of the files that are journeys, by path; add the findings of the others."""
        scores_by_path = {}
        for path, data in texts.items():
            if path in same:
                continue
            document = read_bytes(
                data, path, self._workspace.settings.shared
            )  # its default id comes from the path alone
            name = version.name_of(path)
            findings = tuple(finding._replace(file=name) for finding in document.findings)
            document = document._replace(findings=findings, source=replace(document.source, name=name))
            found.add_findings(document, fails=version is self._newer)
            scores = scores_of(document, self._workspace, self._options)
            if scores is not None:
                scores_by_path[path] = scores
        return scores_by_path

    def _contents(self, version: FileSet, paths: list[str], found: Diff) -> dict[str, bytes]:
        if version.commit is not None:
            return contents(self._repository, version, sorted(paths))
        texts: dict[str, bytes] = {}
        for path in sorted(paths):
            try:
                texts |= contents(self._repository, version, [path])
            except OSError as error:
                name = shown_name(version.name_of(path))
                self._workspace.reporter.message(f"{name}: cannot be read: {error.strerror}")
                found.unread.append(version.name_of(path))
                found.status = 2
        return texts

    def _pair(
        self, found: Diff, old: FileSet, new: FileSet, before: dict[str, Scores], after: dict[str, Scores]
    ) -> None:
        """Pair the journeys, in the order of the new paths; a file that is no journey in one version has no pair."""
        removed = {path: scores.journey for path, scores in before.items() if path not in new.files}
        added = {path: scores.journey for path, scores in after.items() if path not in old.files}
        moved = renamed(removed, added)
        origin = {**{path: path for path in after if path in before}, **{to: path for path, to in moved.items()}}
        for path in sorted({*after, *removed} - set(moved)):
            if path in origin:
                found.add(diff_journey(origin[path], before[origin[path]], path, after[path]))
            elif path in added:
                found.add(JourneyDiff(None, path, None, after[path]))
            elif path in removed:
                found.add(JourneyDiff(path, None, before[path], None))


def _around(arguments: Sequence[str]) -> Repository:
    try:
        return Repository.around(Path(arguments[1]) if len(arguments) > 1 else Path())
    except UsageError as error:
        removed = [one for one in arguments if not os.path.lexists(one)]
        if len(arguments) == 2 and len(removed) == 1:
            raise UsageError(f"{removed[0]}: no such file, and {error.message}", error.help) from None
        raise UsageError(error.message, error.help or "name two files, or files in a repository") from None


def _neither(arguments: Sequence[str], error: UsageError) -> UsageError:
    """Return an argument that is no revision, and no file either."""
    if len(arguments) == 2 and os.path.lexists(arguments[0]):
        return UsageError(f"{arguments[1]}: no such file or folder")
    revision, colon, path = arguments[0].partition(":")
    if colon and revision and path:
        return UsageError(error.message, f"name the revision, then the file: {revision} {path}")
    help = "name two files, or a revision and files"
    return UsageError(f"{error.message}, and there is no such file", error.help or help)


def _lines(text: bytes) -> bytes:
    """Return a text with LF as line end, as a checkout may change line ends."""
    return text.replace(b"\r\n", b"\n")
