"""All journeys of a site, and the questions that its pages ask of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from journeykit.finding import Finding
from journeykit.site.entries import Entry, Point, Todo
from journeykit.site.options import SiteOptions

OPEN = ("doing", "planned", "idea")
LEAST = 3
"""A mean of fewer touchpoints says little, and is shown so."""
LOW = 40.0
UNKNOWN = 101.0
"""What stands for a score that is not known where scores are sorted, the worst first."""


class Left(NamedTuple):
    """What was not published."""

    drafts: tuple[str, ...] = ()
    quotes: int = 0
    personal: int = 0


class Mean(NamedTuple):
    """A weighted mean of scores with the half-width of its band.

    The errors are taken to go together, as those of one author do, so that the band is not too narrow.
    """

    n: int
    score: float | None
    half_width: float | None


@dataclass(frozen=True)
class Group:
    """The touchpoints that have a channel, an owner, a phase in common."""

    key: str
    name: str
    members: Sequence[tuple[Entry, Point]]
    todos: int

    @cached_property
    def mean(self) -> Mean:
        """The mean of the touchpoints by their weight."""
        return mean_of((one.score, one.half_width, one.weight) for _, one in self.members)

    @property
    def below(self) -> float | None:
        """The share of the rated touchpoints that score below 40."""
        rated = [one.score for _, one in self.members if one.score is not None]
        return sum(score < LOW for score in rated) / len(rated) if rated else None

    @property
    def critical(self) -> int:
        """The number of critical low points."""
        return sum(one.kind == "critical" for _, one in self.members)

    @property
    def worst(self) -> list[tuple[Entry, Point]]:
        """The three worst low points."""
        return by_severity(self.members)[:3]


@dataclass(frozen=True)
class Portfolio:
    """All journeys that are published."""

    entries: Sequence[Entry]
    addresses: Mapping[int, str]
    """The name of each journey's folder, by its number."""
    options: SiteOptions
    unreadable: Sequence[Finding] = ()
    """What is wrong with files that are no journeys."""
    left: Left = field(default_factory=Left)
    pairs: Sequence[tuple[Entry, Entry]] = ()
    """Journeys that are compared."""
    overlays: Sequence[tuple[Entry, ...]] = ()
    """Journeys that are laid over each other."""
    commit: str = ""
    """The commit of git that the files are at; empty if they are in no repository, or git is not asked."""

    def address(self, entry: Entry) -> str:
        """Return the path of a journey's page from the root of the site."""
        return f"journey/{self.addresses[entry.number]}/"

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Journeys by their ids."""
        return {one.id: one for one in self.entries}

    @cached_property
    def current(self) -> list[Entry]:
        """Journeys of today that are not retired."""
        return [one for one in self.entries if one.current]

    @cached_property
    def points(self) -> list[tuple[Entry, Point]]:
        """The touchpoints of today's journeys."""
        return [(entry, point) for entry in self.current for point in entry.points]

    @cached_property
    def low_points(self) -> list[tuple[Entry, Point]]:
        """The low points of today's journeys, the worst first."""
        return by_severity(self.points)

    @cached_property
    def todos(self) -> list[tuple[Entry, Todo]]:
        """All opportunities of journeys that are not retired, as they are ranked."""
        return [(entry, todo) for entry in self.entries if entry.status != "retired" for todo in entry.todos]

    @cached_property
    def score(self) -> Mean:
        """The mean score of today's journeys, each counting the same."""
        return mean_of((one.score, one.half_width, 1.0) for one in self.current)

    def groups(self, key: Callable[[Entry, Point], Iterable[tuple[str, str]]]) -> list[Group]:
        """Return the touchpoints by keys, with the group that hurts most first."""
        members: dict[str, list[tuple[Entry, Point]]] = defaultdict(list)
        names: dict[str, str] = {}
        for entry, point in self.points:
            for id, name in key(entry, point):
                members[id].append((entry, point))
                names.setdefault(id, name)
        found = [Group(id, names[id], of, self._open_at(of)) for id, of in members.items()]
        return sorted(found, key=lambda one: (-one.critical, or_last(one.mean.score), one.name.casefold()))

    def _open_at(self, members: Sequence[tuple[Entry, Point]]) -> int:
        places = {(entry.number, point.id) for entry, point in members}
        return sum(
            todo.status in OPEN and any((entry.number, id) in places for id in todo.at)
            for entry in {entry.number: entry for entry, _ in members}.values()
            for todo in entry.todos
        )


def mean_of(values: Iterable[tuple[float | None, float | None, float]]) -> Mean:
    """Return the weighted mean of scores, each with its half-width and its weight."""
    rated = [(score, wide or 0.0, weight) for score, wide, weight in values if score is not None]
    total = math.fsum(weight for *_, weight in rated)
    if not total:
        return Mean(len(rated), None, None)
    return Mean(
        len(rated),
        math.fsum(score * weight for score, _, weight in rated) / total,
        math.fsum(wide * weight for _, wide, weight in rated) / total,
    )


def by_severity(points: Iterable[tuple[Entry, Point]]) -> list[tuple[Entry, Point]]:
    """Return low points, the worst first, in the order of `journeykit low-points`."""
    found = [pair for pair in points if pair[1].severity is not None]
    return sorted(found, key=lambda pair: (-round(pair[1].severity or 0.0, 6), round(pair[1].score or 0.0, 6)))


def or_last(value: float | None) -> float:
    """Return a score to sort by, the worst first; what is not known comes last."""
    return UNKNOWN if value is None else value
