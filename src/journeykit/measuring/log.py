"""A log of events seen through the map: what is reached, what follows, how long it takes, and what the map allows.

Labels of one touchpoint are one, others are passed over. Cases are the base of reach, ends and ways; passes (each time
that a touchpoint is left or is the end) the base of what comes next. What fewer than `minimum_base` cases or passes
make up, or what could be computed from the rest, is left out (`Counted`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

from journeykit.data.questions import Found
from journeykit.measuring.durations import Bucket, Durations, Quantile
from journeykit.measuring.estimates import Statistic, proportion
from journeykit.model import Journey
from journeykit.model.meaning import END
from journeykit.scoring.settings import LEAST_BASE

GOES_ON = 0.05
"""A wait is told if at least this share of the cases of a touchpoint goes on."""
FINE = 1000
"""From so many cases on, a share in whole percent does not tell how many of them are few."""


Key = TypeVar("Key")


class Wait(NamedTuple):
    """The time from a touchpoint to the next one, in seconds, and how many such steps there are."""

    median: Quantile
    p90: Quantile
    n: int


class Next(NamedTuple):
    """What follows a touchpoint: another one, or `end`."""

    to: str
    share: Statistic
    n: int


class Fit(NamedTuple):
    """The shares of moves and of ways that the map allows; None where there are fewer than the minimum base."""

    moves: Statistic | None
    ways: Statistic | None


class Handover(NamedTuple):
    """Two teams, and the share of cases that pass from one to the other."""

    before: str
    after: str
    share: Statistic


@dataclass(frozen=True)
class Log:
    """The log of one source, seen through a journey."""

    journey: Journey
    found: Found
    minimum_base: int = LEAST_BASE

    @property
    def source(self) -> str:
        """The name of the source."""
        return self.found.about.name

    @cached_property
    def cases(self) -> int:
        """All cases, also those without any touchpoint of the map."""
        seen = sum(way.n for way in self.found.ways)
        return max(self.found.about.cases or 0, seen)

    @cached_property
    def seen(self) -> frozenset[str]:
        """The ids of the touchpoints that the log has events of."""
        ids = {one.id for one in self.journey.touchpoints}
        return frozenset(id for way in self.found.ways for id in way.activities if id in ids)

    @cached_property
    def cases_with(self) -> Counter[str]:
        """The number of cases that have a touchpoint."""
        found: Counter[str] = Counter()
        for way in self.found.ways:
            for id in set(way.activities):
                found[id] += way.n
        return found

    def reach(self, id: str) -> Statistic | None:
        """Return the share of cases that reach a touchpoint; None where it is hidden, or the log has no cases."""
        return self._share("reach", self.cases_with[id], self.cases)

    def share_of_cases(self, k: int) -> Statistic | None:
        """Return so many cases as a share of all; None where it is hidden."""
        return self._share("share of cases", k, self.cases)

    @cached_property
    def _steps(self) -> Mapping[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for step in self.found.steps:
            found.setdefault(step.a, Counter())[step.b] += step.n
        return found

    @cached_property
    def ends(self) -> Counter[str]:
        """The number of cases whose last touchpoint it is."""
        return self.found.cases_by_end()

    def passes(self, id: str) -> int:
        """Return how often a touchpoint is left, or is the end."""
        return sum(self._steps.get(id, Counter()).values()) + self.ends[id]

    def moves(self, id: str) -> Counter[str]:
        """Return how often each touchpoint follows, `end` among them; counts of few are not to be shown."""
        found = Counter(self._steps.get(id, Counter()))
        if self.ends[id]:
            found[END] = self.ends[id]
        return found

    def following(self, id: str) -> tuple[Next, ...]:
        """Return what follows a touchpoint, the most frequent first, without what is hidden."""
        base, moves = self.passes(id), self.moves(id)
        if base < self.minimum_base:
            return ()
        return tuple(
            Next(to, proportion("share", moves[to], base), moves[to])
            for to in self._shown(moves)
        )  # fmt: skip

    def share_of(self, id: str, to: Iterable[str]) -> Statistic | None:
        """Return the share of the passes of a touchpoint that go on to others; None where it is hidden."""
        moves = self.moves(id)
        return self._share("share", sum(moves[one] for one in to), self.passes(id))

    def durations(self, id: str) -> Durations:
        """Return the times from a touchpoint to the next."""
        return Durations.of(self._buckets.get(id, ()))

    @cached_property
    def _buckets(self) -> Mapping[str, list[Bucket]]:
        found: dict[str, list[Bucket]] = {}
        for step in self.found.steps:
            found.setdefault(step.a, []).append(durations_bucket(step.low, step.width, step.n))
        return found

    def wait(self, id: str) -> Wait | None:
        """Return the time until the next touchpoint; None where few go on."""
        times = self.durations(id)
        if times.n < max(self.minimum_base, GOES_ON * self.cases_with[id]):
            return None
        return Wait(times.with_interval(0.5), times.with_interval(0.9), times.n)

    @cached_property
    def finished(self) -> Counter[str]:
        """The number of cases that ended at a touchpoint: those are open whose last event is younger than most waits.

        A case is open if it came to its last touchpoint less long ago than 90 % of the cases there wait for the next.
        """
        found: Counter[str] = Counter()
        limits = {id: self._usual_wait(id) for id in self.ends}
        for end in self.found.ends:
            if end.low / 1000 >= limits[end.activity]:
                found[end.activity] += end.n
        return found

    def _usual_wait(self, id: str) -> float:
        wait = self.wait(id)
        return 0.0 if wait is None or wait.p90.value is None else wait.p90.value

    def end_share(self, id: str) -> Statistic | None:
        """Return the share of finished cases that end at a touchpoint; None where it is hidden."""
        return self._share("share of ends", self.finished[id], sum(self.finished.values()))

    def order(self, before: str, after: str) -> tuple[int, int]:
        """Return in how many cases `after` comes before `before` for the first time, and how many have both."""
        against = self._earlier[after, before]
        return against, against + self._earlier[before, after]

    @cached_property
    def _earlier(self) -> Counter[tuple[str, str]]:
        """By two touchpoints, the number of cases in which the first comes first."""
        found: Counter[tuple[str, str]] = Counter()
        for way in self.found.ways:
            firsts = tuple(dict.fromkeys(way.activities))
            for place, first in enumerate(firsts):
                for later in firsts[place + 1 :]:
                    found[first, later] += way.n
        return found

    def channels(self, id: str) -> Counter[str]:
        """Return the number of events of a touchpoint by channel, where it is known."""
        found: Counter[str] = Counter()
        for one in self.found.activities:
            if one.activity == id and one.channel:
                found[one.channel] += one.n
        return found

    @cached_property
    def handovers(self) -> tuple[Handover, ...]:
        """Pairs of teams with the share of cases that pass from one to the other, the most frequent first."""
        found = [
            Handover(one.before, one.after, share)
            for one in self.found.handoffs
            if (share := self.share_of_cases(one.cases))
        ]
        return tuple(sorted(found, key=lambda one: (-(one.share.value or 0), one.before, one.after)))

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        """By touchpoint, what the map lets follow: the next ones in order, skipping those that not all reach and those
        the log does not know, and the options of decisions.
        """
        places = {one.id: at for at, one in enumerate(self.journey.touchpoints)}
        return {id: frozenset(self._after(at, places)) for id, at in places.items()}

    def _after(self, at: int, places: Mapping[str, int]) -> Iterator[str]:
        """Yield what may follow the touchpoint at a place."""
        touchpoints = self.journey.touchpoints
        waiting, known = [at + 1], {at + 1}
        leaving = [at]
        while waiting or leaving:
            if leaving:  # a decision is taken at a touchpoint that was met
                decision = touchpoints[leaving.pop()].decision
                for option in decision.options if decision else ():
                    target = len(touchpoints) if option.to == END else places.get(option.to)
                    if target is not None and target not in known:
                        known.add(target)
                        waiting.append(target)
                continue
            here = waiting.pop()
            if here >= len(touchpoints):
                yield END
                continue
            touchpoint = touchpoints[here]
            unknown = touchpoint.id not in self.seen
            if unknown:
                leaving.append(here)
            else:
                yield touchpoint.id
            if (unknown or touchpoint.reach < 1) and here + 1 not in known:
                known.add(here + 1)
                waiting.append(here + 1)

    @cached_property
    def usual_ways(self) -> tuple[tuple[tuple[str, ...], Statistic, bool], ...]:
        """The ways of enough cases, the most frequent first: touchpoints, share of all cases, whether allowed."""
        counts = Counter({way.activities: way.n for way in self.found.ways if way.activities})
        counts[()] = self.cases - sum(counts.values())
        return tuple(
            (way, proportion("share of cases", counts[way], self.cases), self._allows(way))
            for way in self._shown(counts) if way
        )  # fmt: skip

    def _allows(self, way: Sequence[str]) -> bool:
        return all(b in self.allowed.get(a, ()) for a, b in pairwise(way))

    @cached_property
    def fit(self) -> Fit:
        """How much of what happens the map allows."""
        moves = allowed_moves = ways = allowed_ways = 0
        for way in self.found.ways:
            if not way.activities:
                continue
            steps = [b in self.allowed.get(a, ()) for a, b in pairwise(way.activities)]
            moves += way.n * len(steps)
            allowed_moves += way.n * sum(steps)
            ways += way.n
            allowed_ways += way.n * all(steps)
        return Fit(self._share("moves", allowed_moves, moves), self._share("ways", allowed_ways, ways))

    def _shown(self, counts: Counter[Key]) -> list[Key]:
        return shown_counts(counts, self.minimum_base)

    def _share(self, name: str, k: int, n: int) -> Statistic | None:
        return share_of_many(name, k, n, self.minimum_base)


def shown_counts(counts: Counter[Key], minimum_base: int) -> list[Key]:
    """Return what may be shown of counts whose sum is known: nothing of few, nor what tells them as the rest."""
    shown = [one for one, n in counts.most_common() if n >= minimum_base]
    rest = sum(counts.values()) - sum(counts[one] for one in shown)
    while shown and 0 < rest < minimum_base:
        rest += counts[shown.pop()]
    return shown


def share_of_many(name: str, k: int, n: int, minimum_base: int) -> Statistic | None:
    """Return a share of cases; None if it would tell of few; without a trace of few others if they are hidden."""
    few = range(1, minimum_base)
    if n < minimum_base or k in few:
        return None
    if n - k in few:
        return proportion(name, n, n)._replace(value=1.0) if n >= FINE else None
    return proportion(name, k, n)


def durations_bucket(low: int, width: int, n: int) -> Bucket:
    """Return n durations of at least `low` and less than `low + width` milliseconds as seconds, spread evenly."""
    most = low + max(width - 1, 0)
    return Bucket(low / 1000, most / 1000, n, n * (low + most) / 2000)
