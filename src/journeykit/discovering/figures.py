"""The figures of a log: reach, place, waits, ways, handoffs. Nothing of fewer cases than the minimum base is in them.

Definitions: a run is neighbouring events of one activity; steps, waits and ways are between runs, and a step takes from
the first event of one run to the first of the next. The place of an activity is 0 where it is the first of a case's
different activities, 1 where it is the last (Borda's count by first appearance), and the mean of that over the cases
that have it beside another one. The share of a step has the base of all who pass, also of those who end there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from journeykit.data.buckets import width
from journeykit.data.questions import Found, Moves, Placed
from journeykit.measuring.durations import Bucket, quantile
from journeykit.measuring.log import GOES_ON, durations_bucket, share_of_many, shown_counts
from journeykit.model.meaning import END
from journeykit.scoring.settings import LEAST_BASE

LEAST_REACH = 0.05
SHARE_OF_TIED = 0.9
"""Activities that are tied in so large a share of the cases of each may be one touchpoint."""
SHARE_OF_SINGLE = 0.9
SHARE_OF_ODD = 0.01


class Times(NamedTuple):
    """Durations in seconds: half of them, and nine of ten, are at most so long."""

    median: float
    p90: float
    n: int


class ActivityFigures(NamedTuple):
    """What is known of one activity; None is not shown, as it would tell of few cases."""

    label: str
    cases: int | None
    reach: float | None
    returns: float | None
    """The share of its cases that come back to it."""
    starts: float | None
    """The share of all cases that begin with it."""
    ends: float | None
    place: float
    wait: Times | None
    """The time until the next run."""
    channels: Mapping[str, float]
    """Shares of its events whose channel is known."""
    teams: Mapping[str, float]


class StepFigures(NamedTuple):
    """What follows an activity: another one, or the end of the case."""

    before: str
    after: str
    n: int
    share: float
    """Of all who pass `before`."""
    times: Times | None


class WayFigures(NamedTuple):
    """A sequence of runs, its cases and their share of all."""

    labels: tuple[str, ...]
    n: int
    share: float


class MoveFigures(NamedTuple):
    """Two teams, or channels: how often and in how many cases the second follows the first."""

    before: str
    after: str
    n: int
    cases: int
    times: Times | None


@dataclass(frozen=True)
class CourseFigures:
    """The figures of the log of one source."""

    found: Found
    minimum_base: int = LEAST_BASE
    min_reach: float = LEAST_REACH
    last: tuple[str, ...] = ()
    """The activities that a case may end with; () says nothing of it."""

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.found.about.name

    @property
    def events(self) -> int:
        """The number of events, each counted once."""
        return sum(one.n for one in self.found.labels)

    @property
    def cases(self) -> int:
        """The number of cases."""
        return self.found.about.cases or 0

    # Activities.

    @cached_property
    def cases_with(self) -> Counter[str]:
        """The cases of each activity."""
        return self._placed(lambda one: one.n)

    def _placed(self, value: Callable[[Placed], int]) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in self.found.course.placed:
            found[one.activity] += value(one)
        return found

    @cached_property
    def starts(self) -> Counter[str]:
        """The cases that begin with an activity."""
        return +self._placed(lambda one: one.n if one.position == 0 else 0)

    @cached_property
    def ends(self) -> Counter[str]:
        """The cases that end with an activity."""
        return self.found.cases_by_end()

    @cached_property
    def places(self) -> Mapping[str, float]:
        """The place of each activity."""
        n = self._placed(lambda one: one.n if one.many > 1 else 0)
        sums: dict[str, float] = defaultdict(float)
        for one in self.found.course.placed:
            if one.many > 1:
                sums[one.activity] += one.n * one.position / (one.many - 1)
        return {name: sums[name] / n[name] if n[name] else 0.0 for name in self.cases_with}

    @cached_property
    def activities(self) -> tuple[ActivityFigures, ...]:
        """The activities that may be told, in the order of their places."""
        again = self._placed(lambda one: one.returns)
        first, last = set(shown_counts(self.starts, self.minimum_base)), set(shown_counts(self.ends, self.minimum_base))
        names = [name for name, n in self.cases_with.items() if n >= self.minimum_base]
        return tuple(
            ActivityFigures(
                name,
                None if 0 < self.cases - self.cases_with[name] < self.minimum_base else self.cases_with[name],
                self._share(self.cases_with[name], self.cases),
                self._share(again[name], self.cases_with[name]),
                self._told(self.starts, name, first), self._told(self.ends, name, last),
                self.places[name], self.wait(name), self.values(name, "channel"), self.values(name, "team"),
            )
            for name in sorted(names, key=lambda name: (self.places[name], name))
        )  # fmt: skip

    def _told(self, counts: Counter[str], name: str, shown: Iterable[str]) -> float | None:
        """Return the share of all cases; 0 where there is none; None where it is hidden."""
        return 0.0 if not counts[name] else counts[name] / self.cases if name in shown else None

    def _share(self, k: int, n: int) -> float | None:
        found = share_of_many("share", k, n, self.minimum_base)
        return found.value if found else None

    def is_main(self, one: ActivityFigures) -> bool:
        """Return whether enough cases reach an activity for it to be a touchpoint."""
        return self.cases_with[one.label] >= self.min_reach * self.cases

    @cached_property
    def main(self) -> tuple[ActivityFigures, ...]:
        """The activities that are touchpoints."""
        return tuple(filter(self.is_main, self.activities))

    @property
    def rare(self) -> tuple[ActivityFigures, ...]:
        """The other activities that may be told."""
        return tuple(one for one in self.activities if not self.is_main(one))

    @property
    def hidden_activities(self) -> int:
        """The number of activities of few cases."""
        return len(self.cases_with) - len(self.activities)

    def values(self, name: str, key: str) -> dict[str, float]:
        """Return the shares of channels or teams of an activity's events, the largest first."""
        counts: Counter[str] = Counter()
        for one in self.found.activities:
            if one.activity == name and getattr(one, key):
                counts[getattr(one, key)] += one.n
        total = sum(counts.values())
        return {value: counts[value] / total for value in shown_counts(counts, self.minimum_base)}

    # Steps.

    @cached_property
    def _buckets(self) -> Mapping[tuple[str, str], list[tuple[int, int]]]:
        found = defaultdict(list)
        for one in self.found.steps:
            found[one.a, one.b].append((one.low, one.n))
        return found

    @cached_property
    def moves(self) -> Mapping[str, Counter[str]]:
        """By activity, how often each other one follows, and the end."""
        found: dict[str, Counter[str]] = {name: Counter() for name in self.cases_with}
        for (a, b), buckets in self._buckets.items():
            found[a][b] += sum(n for _, n in buckets)
        for name, n in self.ends.items():
            found[name][END] += n
        return found

    def passes(self, name: str) -> int:
        """Return how often an activity is left, or is the end."""
        return sum(self.moves[name].values())

    def following(self, name: str) -> list[StepFigures]:
        """Return what follows an activity, the most frequent first, without what is hidden."""
        moves, base = self.moves[name], self.passes(name)
        return [
            StepFigures(name, to, moves[to], moves[to] / base, self.times(self._buckets.get((name, to), ())))
            for to in shown_counts(moves, self.minimum_base)
        ]

    @cached_property
    def steps(self) -> tuple[StepFigures, ...]:
        """All steps that may be told, by the place of what they leave."""
        return tuple(step for one in self.activities for step in self.following(one.label) if step.after != END)

    @property
    def hidden_steps(self) -> int:
        """The number of pairs of activities whose step is not told."""
        return len(self._buckets) - len(self.steps)

    def wait(self, name: str) -> Times | None:
        """Return the time until the next run; None where few cases go on."""
        found = self.times(one for (a, _), buckets in self._buckets.items() if a == name for one in buckets)
        return found if found and found.n >= GOES_ON * self.cases_with[name] else None

    def times(self, buckets: Iterable[tuple[int, int]]) -> Times | None:
        """Return the median and the 90 % of buckets of milliseconds, by their lower ends; None where there are few."""
        counts: Counter[int] = Counter()  # what is counted in several groups is one bucket
        for low, n in buckets:
            counts[low] += n
        known = sorted((low, n) for low, n in counts.items() if low >= 0)
        ends = list(accumulate(n for _, n in known))
        if not ends or ends[-1] < self.minimum_base:
            return None

        def bucket_at(place: int) -> Bucket:  # of a large log there are hundreds of thousands
            low, n = known[place]
            return durations_bucket(low, width(low), n)

        return Times(quantile(ends, bucket_at, 0.5), quantile(ends, bucket_at, 0.9), ends[-1])

    # Cases.

    @cached_property
    def ways(self) -> tuple[WayFigures, ...]:
        """The most frequent ways."""
        counts = Counter({one.activities: one.n for one in self.found.ways if one.n >= self.minimum_base})
        few = self.cases - sum(counts.values())
        if 0 < few < self.minimum_base and counts:  # the rest would be told by what is shown
            counts.pop(min(counts, key=lambda way: (counts[way], way)))
        return tuple(WayFigures(way, n, n / self.cases) for way, n in counts.most_common())

    @property
    def hidden_ways(self) -> int:
        """The number of ways that are not told."""
        return self.found.course.ways - len(self.ways)

    @cached_property
    def length(self) -> Times | None:
        """How long a case takes."""
        return self.times((one.low, one.n) for one in self.found.course.lengths)

    @property
    def single(self) -> int:
        """The number of cases of one event."""
        return sum(one.n for one in self.found.course.lengths if one.single)

    @cached_property
    def unfinished(self) -> tuple[int, int] | None:
        """How many cases that ended elsewhere are open, and how many left; None without `last`, 0 for few.

        A case is open if its last event is younger than 90 % of the waits after that activity.
        """
        if not self.last:
            return None
        is_open = left = 0
        for end in self.found.ends:
            if end.activity in self.last:
                continue
            wait = self.wait(end.activity)
            if wait and end.low / 1000 < wait.p90:
                is_open += end.n
            else:
                left += end.n
        return self._unless_few(is_open), self._unless_few(left)

    def _unless_few(self, n: int) -> int:
        return n if n >= self.minimum_base else 0

    # Teams and channels.

    def pairs(self, moves: Moves) -> list[MoveFigures]:
        """Return the changes of team or channel that may be told, the most frequent first."""
        buckets = defaultdict(list)
        for one in moves.times:
            buckets[one.before, one.after].append((one.low, one.n))
        found = [
            MoveFigures(one.before, one.after, one.n, one.cases, self.times(buckets[one.before, one.after]))
            for one in moves.pairs
            if one.cases >= self.minimum_base
        ]
        return sorted(found, key=lambda one: (-one.n, one.before, one.after))

    def share_of_moving(self, moves: Moves) -> float | None:
        """Return the share of cases with at least one change."""
        return self._share(moves.cases, self.cases)

    def handoffs_after(self, name: str) -> list[MoveFigures]:
        """Return the changes of team between a run and the next, the most frequent first."""
        buckets = defaultdict(list)
        for one in self.found.course.teams.times:
            if one.activity == name:
                buckets[one.before, one.after].append((one.low, one.n))
        found = []
        for (before, after), parts in buckets.items():
            n = sum(n for _, n in parts)
            if n >= self.minimum_base:
                found.append(MoveFigures(before, after, n, 0, self.times(parts)))
        return sorted(found, key=lambda one: (-one.n, one.before, one.after))

    # What to be careful about.

    @property
    def tied(self) -> float:
        """The share of neighbours of the same moment."""
        tie = self.found.about.tied
        return tie.tied / tie.neighbours if tie and tie.neighbours else 0.0

    @cached_property
    def tied_together(self) -> tuple[tuple[str, str], ...]:
        """Activities that stand at the same moment in nearly all of their cases."""
        return tuple(
            (one.a, one.b)
            for one in self.found.course.tied
            if one.cases >= self.minimum_base
            and one.cases >= SHARE_OF_TIED * max(self.cases_with[one.a], self.cases_with[one.b])
        )

    @property
    def odd(self) -> float:
        """The share of events of a time that cannot be right."""
        return self.found.course.odd / self.events if self.events else 0.0
