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
from journeykit.scoring.uncertainty import Statement

State: TypeAlias = Literal["journey", "invalid", "deleted"]


@dataclass(frozen=True)
class VersionScores:
    """What a version's text says of the experience; scores on 0..100. Where `fault` says why, it is no journey."""

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
    statements: Mapping[str, Statement] = field(default_factory=dict)
    """What the score and its uncertainty are made of, by touchpoint id."""
    rests_on: tuple[str, ...] = ()
    """Ids of the touchpoints that the score rests on although too few answers hide them."""
    low_points: tuple[tuple[str, str], ...] = ()
    """The id and kind of each, the worst first."""
    peaks: tuple[str, ...] = ()
    fault: str = ""
    line: int | None = None
    """Where the fault stands."""

    @property
    def withheld(self) -> bool:
        """Whether there is no score since it would tell little else than what is hidden."""
        return self.mean is None and bool(self.rests_on)

    @property
    def critical(self) -> int:
        """How many low points are critical."""
        return sum(kind == "critical" for _, kind in self.low_points)


@dataclass(frozen=True)
class JourneyVersion:
    """A file at a commit, or in the working folder, where `commit` is None."""

    commit: Commit | None
    path: str
    verdict: VersionScores | None
    """None where the file was deleted."""
    delta: float | None = None
    """ΔJ to the last version before it that has a score."""
    sure: bool | None = None
    """Whether that is more than what is uncertain about it; None where it cannot be judged."""
    renamed_from: str | None = None

    @property
    def state(self) -> State:
        """Whether there is a journey, something else, or nothing."""
        return "deleted" if self.verdict is None else "invalid" if self.verdict.fault else "journey"

    @property
    def score(self) -> float | None:
        """J."""
        return self.verdict.score if self.verdict else None


@dataclass(frozen=True)
class History:
    """The versions of one file, the oldest first."""

    file: str
    versions: tuple[JourneyVersion, ...]
    older: int | None = 0
    """How many older versions are left out; None if some are, and it is not known how many."""
    shallow: bool = False
    """Whether the clone ends before the history does."""

    @property
    def last(self) -> VersionScores | None:
        """The newest version that is a journey."""
        return next((one.verdict for one in reversed(self.versions) if one.verdict and one.state == "journey"), None)

    @property
    def title(self) -> str:
        """The journey's title, as it was last."""
        return self.last.title if self.last else ""

    def _repr_html_(self) -> str | None:
        return notebook.view(self)


def score_version(data: bytes, file: str, shared: Shared, settings: Settings) -> VersionScores:
    """Return what a text says when it is scored; never raises."""
    document = read_bytes(data, PurePosixPath(file).name, shared)
    if document.journey is None:
        first = next(iter(document.findings))
        return VersionScores(fault=first.message, line=first.start.line)
    scores = score(document.journey, settings)
    return VersionScores(
        title=document.journey.title, lang=document.journey.lang, score=scores.score, half_width=scores.half_width,
        mean=scores.mean, is_future=scores.is_future, statements=scores.statements,
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
    commits: Sequence[Commit], verdicts: Mapping[str, VersionScores], working: tuple[str, VersionScores | None] | None
) -> tuple[JourneyVersion, ...]:
    """Return versions, the oldest first, out of commits, the newest first, and what is not committed: path and verdict.

    `verdicts` are by the ids of blobs.
    """
    found = [
        JourneyVersion(commit, commit.path, verdicts[commit.blob] if commit.blob else None)
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
        verdict = version.verdict
        if verdict is None or verdict.score is None:
            yield JourneyVersion(version.commit, version.path, verdict, renamed_from=renamed)
            continue
        step = score_delta(before, verdict) if before else None
        delta = round(step.delta, 6) if step else None
        sure = step.beyond_uncertainty if step else None
        yield JourneyVersion(version.commit, version.path, verdict, delta, sure, renamed)
        before = verdict


def blob_ids(data: bytes, like: str) -> set[str]:
    """Return the ids that git may give a text, by its line ends and by those that it stores; hashed as `like` is."""
    make: Callable[[bytes], hashlib._Hash] = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    texts = {data, data.replace(b"\r\n", b"\n")}
    return {make(b"blob %d\0" % len(text) + text).hexdigest() for text in texts}
