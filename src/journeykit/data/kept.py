"""The events of a log's cases as an engine keeps them, and what is asked of them in its words of SQL.

There are two forms: `data/windows.py`, for every engine, and `data/lists.py`. What they keep has the same names:

- `jk_events`: k (the case), t, ts and te (moments: of the event, and the first and last of its case), r, h, g
  (numbers of label, channel and team; -1 where these are not known)
- `jk_runs`: k, ts, t, c (the number of the activity), h, g, nr (a number that grows within the case), and pt, pc, ph,
  pg of the event before it in the case
- `jk_ways`: way (numbers of activities, with commas), n
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from journeykit.data.engines import Engine


class Codes(NamedTuple):
    """Numbers that stand for the activities while runs are counted."""

    names: tuple[str, ...]
    """The activity, or the touchpoint that it stands for, by its number: in the order that ties have."""
    labels: dict[str, int]
    """The number of a label's activity; labels that are passed over have none."""


class Words(NamedTuple):
    """The texts of a log, each by its number in the kept events: sorted by their code points."""

    labels: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    """Pairs of channel and team; "" where one is not known."""
    channels: tuple[str, ...]
    teams: tuple[str, ...]

    def pair(self, channel: int, team: int) -> tuple[str, str]:
        """Return the texts of two numbers."""
        return self.channels[channel] if channel >= 0 else "", self.teams[team] if team >= 0 else ""


class Log(NamedTuple):
    """The rows of a log before they are kept."""

    engine: Engine
    base: str
    """The rows, as SQL: k, t, the columns as they are written, and a, ch, tm as they are read."""
    written: Sequence[str]
    """The columns of activity, channel and team, as aliases."""
    read: str
    """What is written in them, each once, as SQL: these columns, and a, ch, tm."""
    case: str
    """What tells the cases apart."""
    orders: Sequence[str]
    """What orders events of one moment."""
    words: Words
    events: int
    moments: tuple[int, int]
    """Between which all events lie."""


class Kept(ABC):
    """The events of a log's cases, kept by an engine. What is asked of them is returned as SQL."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.engine = log.engine
        self.words = log.words

    @property
    def coded(self) -> str:
        """The numbers of the words of `b`, with its columns a, ch and tm, as SQL after FROM: v.r, u.h, u.g."""
        words, bind = self.words, self.engine.bind
        labels = ", ".join(f"({bind(label)}, {place})" for place, label in enumerate(words.labels))
        channels = {channel: place for place, channel in enumerate(words.channels)} | {"": -1}
        teams = {team: place for place, team in enumerate(words.teams)} | {"": -1}
        pairs = ", ".join(
            f"({bind(channel)}, {bind(team)}, {channels[channel]}, {teams[team]})" for channel, team in words.pairs
        )
        return (
            f"JOIN (VALUES {labels}) v(label, r) ON v.label = b.a "
            f"JOIN (VALUES {pairs}) u(channel, team, h, g) ON u.channel = b.ch AND u.team = b.tm"
        )

    def numbers(self, codes: Codes) -> list[int]:
        """Return the number of the activity of each label; -1 of those that are passed over."""
        return [codes.labels.get(label, -1) for label in self.words.labels]

    # What is kept.

    @abstractmethod
    def keep_events(self, starts: str) -> None:
        """Keep the events, each once: of all cases, or of those that begin with one of some numbers of labels."""

    @abstractmethod
    def keep_runs(self, codes: Codes, name: str) -> None:
        """Keep the events as activities in their order, with those before them."""

    def keep_starts(self) -> None:  # noqa: B027
        """Keep the first events of the runs of `jk_runs`, where these are not found faster."""

    # What is asked.

    @abstractmethod
    def labels_of_cases(self) -> str:
        """Return the labels of each case, each once: r."""

    @abstractmethod
    def lengths(self) -> str:
        """Return the number of events of each case, and its first and last moment: n, t0, t1."""

    @abstractmethod
    def constant(self, kind: str) -> str:
        """Return how many cases have two events with a known channel (`h`) or team (`g`), and of these a single one.

        Its columns are constant and many.
        """

    @abstractmethod
    def neighbours(self, name: str) -> str:
        """Return the events of `jk_runs`, or of what `keep_runs` kept under another name, that have one before them."""

    @abstractmethod
    def last_events(self) -> str:
        """Return the last activity of each case, and its moment: c, t."""

    @abstractmethod
    def steps(self) -> str:
        """Return the steps from run to run: a, t0 and c, t of the later one; `keep_starts` comes first."""

    @abstractmethod
    def ways(self) -> str:
        """Return the sequences of runs, and how many cases have each: way, n; `keep_starts` comes first."""

    @abstractmethod
    def placed(self) -> str:
        """Return the activities of the ways: c, pos and many (the place among the different ones; how many these are).

        And n (the cases that this is true of), again (1 where it has two or more runs); `jk_ways` has to be kept.
        """

    @abstractmethod
    def met(self, way: Sequence[str]) -> str:
        """Return when the cases of a way begin, and first meet each activity: c, t0, t1; `keep_starts` comes first."""
