"""The versions of a journey over the commits of its file, each scored by the same settings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from journeykit import notebook
from journeykit.comparing.score_delta import score_delta
from journeykit.git import Commit
from journeykit.model import Journey
from journeykit.reading import Shared, read_bytes
from journeykit.scoring import Settings, score
from journeykit.scoring.uncertainty import Contribution

State: TypeAlias = Literal["journey", "invalid", "deleted"]


@dataclass(frozen=True)
class VersionScores:
    """The scores of a version of a file, on 0..100. If it is no journey, `fault` says why."""

    title: str = ""
    lang: str = "en"
    score: float | None = None
    half_width: float | None = None
    mean: float | None = None
    peak: float | None = None
    valley: float | None = None
    is_future: bool = False
    """Whether it is a plan."""
    touchpoints: int = 0
    rated: int = 0
    contributions: Mapping[str, Contribution] = field(default_factory=dict)
    """Contributions of touchpoints to the score and its uncertainty, by id."""
    rests_on: tuple[str, ...] = ()
    """Ids of the touchpoints that the score rests on although too few answers hide them."""
    low_points: tuple[tuple[str, str], ...] = ()
    """The id and kind of each, the worst first."""
    peaks: tuple[str, ...] = ()
    fault: str = ""
    line: int | None = None
    """The line of the fault."""

    @property
    def withheld(self) -> bool:
        """Whether there is no score because it would reveal hidden scores."""
        return self.mean is None and bool(self.rests_on)

    @property
    def critical(self) -> int:
        """The number of critical low points."""
        return sum(kind == "critical" for _, kind in self.low_points)


@dataclass(frozen=True)
class JourneyVersion:
    """A file at a commit, or in the working folder, where `commit` is None."""

    commit: Commit | None
    path: str
    scores: VersionScores | None
    """None where the file was deleted."""
    delta: float | None = None
    """ΔJ to the previous version that has a score."""
    sure: bool | None = None
    """Whether `delta` is larger than its uncertainty; None if that cannot be judged."""
    renamed_from: str | None = None

    @property
    def state(self) -> State:
        """Whether the file is a journey, something else, or missing."""
        return "deleted" if self.scores is None else "invalid" if self.scores.fault else "journey"

    @property
    def score(self) -> float | None:
        """J."""
        return self.scores.score if self.scores else None


@dataclass(frozen=True)
class History:
    """The versions of one file, the oldest first."""

    file: str
    versions: tuple[JourneyVersion, ...]
    older: int | None = 0
    """The number of older versions that are left out; None if it is unknown."""
    shallow: bool = False
    """Whether the clone ends before the history does."""

    @property
    def last(self) -> VersionScores | None:
        """The newest version that is a journey."""
        return next((one.scores for one in reversed(self.versions) if one.scores and one.state == "journey"), None)

    @property
    def title(self) -> str:
        """The title of the newest version that is a journey."""
        return self.last.title if self.last else ""

    def _repr_html_(self) -> str | None:
        return notebook.view(self)


def score_version(data: bytes, file: str, shared: Shared, settings: Settings) -> VersionScores:
    """Return the scores of a text; never raises."""
    document = read_bytes(data, PurePosixPath(file).name, shared)
    if document.journey is None:
        first = next(iter(document.findings))
        return VersionScores(fault=first.message, line=first.start.line)
    scores = score(document.journey, settings)
    return VersionScores(
        title=document.journey.title, lang=document.journey.lang, score=scores.score, half_width=scores.half_width,
        mean=scores.mean, is_future=scores.is_future, contributions=scores.contributions,
        rests_on=scores.rests_on,
        peak=scores.peak, valley=scores.valley, touchpoints=len(scores.touchpoints), rated=scores.n,
        low_points=tuple((low.id, low.kind) for low in sorted(scores.low_points, key=lambda low: low.rank)),
        peaks=tuple(peak.id for peak in scores.peaks),
    )  # fmt: skip


def newest_journey(texts: Iterable[bytes], file: str, shared: Shared) -> Journey | None:
    """Return the first of several texts that is a journey; its settings are those by which all are scored."""
    documents = (read_bytes(data, PurePosixPath(file).name, shared) for data in texts)
    return next((document.journey for document in documents if document.journey), None)


def versions(
    commits: Sequence[Commit],
    scores_by_blob: Mapping[str, VersionScores],
    working: tuple[str, VersionScores | None] | None,
) -> tuple[JourneyVersion, ...]:
    """Return the versions of a file, the oldest first.

    `commits` are the newest first, `scores_by_blob` the scores by the ids of blobs, `working` the path and the scores
    of what is not committed.
    """
    found = [
        JourneyVersion(commit, commit.path, scores_by_blob[commit.blob] if commit.blob else None)
        for commit in reversed(commits)
    ]
    if working:
        found.append(JourneyVersion(None, *working))
    return tuple(_compared(found))


def _compared(found: Iterable[JourneyVersion]) -> Iterator[JourneyVersion]:
    before: VersionScores | None = None
    path: str | None = None
    for version in found:
        renamed = path if path not in (None, version.path) else None
        path = version.path
        scores = version.scores
        if scores is None or scores.score is None:
            yield JourneyVersion(version.commit, version.path, scores, renamed_from=renamed)
            continue
        step = score_delta(before, scores) if before else None
        delta = round(step.delta, 6) if step else None
        sure = step.beyond_uncertainty if step else None
        yield JourneyVersion(version.commit, version.path, scores, delta, sure, renamed)
        before = scores


def blob_ids(data: bytes, like: str) -> set[str]:
    """Return the ids that git may give a text, by its line ends and by those that it stores; hashed as `like` is."""
    make: Callable[[bytes], hashlib._Hash] = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    texts = {data, data.replace(b"\r\n", b"\n")}
    return {make(b"blob %d\0" % len(text) + text).hexdigest() for text in texts}
