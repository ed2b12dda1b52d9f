"""Find when opportunities were done, and the last version of their file before work on them began."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from journeykit.errors import UsageError
from journeykit.git import Commit, Repository
from journeykit.model import Journey, Opportunity

MOST = 1000
"""The most commits of a file that are read."""

Read: TypeAlias = Callable[[bytes], Journey | None]
"""From the content of a file to its journey; None where it is none."""
_BLOCK = re.compile(
    rb"^opportunities:[ \t]*\n(?:(?:[ \t\-#][^\n]*)?\n)*(?:[ \t\-#][^\n]*)?(?=[A-Za-z\"']|\Z)", re.MULTILINE
)


class CommittedJourney(NamedTuple):
    """A committed version of a file."""

    commit: Commit
    content: bytes
    ideas: Mapping[str, Opportunity]
    """Its opportunities by id."""
    journey: Journey | None
    """None where it was not read, as its opportunities are those of the version after it."""


@dataclass
class StatusHistory:
    """The status of one opportunity over the versions of its file, read from the newest to the oldest."""

    opportunity: Opportunity
    seen: Opportunity
    """The opportunity in the oldest version that was read."""
    done: Commit | None = None
    still_done: bool = True
    oldest: CommittedJourney | None = None
    """The oldest version in which it was `doing` or `done`."""
    before: CommittedJourney | None = None
    """The last version before work on it began."""

    def look(self, version: CommittedJourney) -> None:
        """Read the next older version."""
        found = version.ideas.get(self.opportunity.id)
        if found is None or found.status not in ("doing", "done"):
            self.before = version
            self.seen = found or self.seen
            return
        self.seen, self.oldest = found, version
        self.still_done = self.still_done and found.status == "done"
        if self.still_done:
            self.done = version.commit


def status_histories(path: Path, done: Iterable[Opportunity], read: Read) -> tuple[list[StatusHistory], str]:
    """Return the status history of each opportunity, and where the history of the file ends if that is too early.

    UsageError where there is no history.
    """
    histories = [StatusHistory(one, one) for one in done]
    repository = Repository.around(path)
    for version in _versions(repository, path, read):
        for history in histories:
            if history.before is None:
                history.look(version)
        if all(history.before for history in histories):
            return histories, ""
    return histories, "the oldest version of a shallow clone" if repository.shallow else "the oldest version there is"


def _versions(repository: Repository, path: Path, read: Read) -> Iterator[CommittedJourney]:
    """Yield the committed versions of a file that are journeys, the newest first.

    Only first parents are followed: a merged branch counts as one change, and commits of parallel branches are no
    versions in between. A version is parsed only if its opportunities may differ from those of the version after it.
    """
    commits = repository.log(repository.inside(path), limit=MOST, mainline=True)
    if not commits:
        raise UsageError("not committed yet")
    kept = [commit for commit in commits if commit.blob is not None]
    ideas: Mapping[str, Opportunity] = {}
    before: bytes | None = None
    for commit, content in zip(kept, repository.blobs(commit.blob or "" for commit in kept), strict=True):
        block, journey = _block(content), None
        if block is None or block != before:
            journey = read(content)
            if journey is None:
                continue
            ideas = {one.id: one for one in journey.opportunities}
        before = block
        yield CommittedJourney(commit, content, ideas, journey)


def _block(content: bytes) -> bytes | None:
    """Return the lines of a file's opportunities; None if they cannot be found without parsing it.

    Parsing takes ten times as long as all else, and most commits do not change opportunities.
    """
    found = _BLOCK.findall(content)
    return found[0] if len(found) == 1 and b"&" not in found[0] and b"*" not in found[0] else None
