"""What happens in a log, event by event in Python: slow and plain, without buckets and without SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise
from statistics import median
from typing import Any, NamedTuple


class Event(NamedTuple):
    case: str
    at: int
    """Milliseconds."""
    activity: str
    team: str = ""
    channel: str = ""


def in_order(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The events of each case, each once; of one moment in the order that their activities usually have."""
    once = set(events)
    bounds: dict[str, list[int]] = defaultdict(list)
    for one in once:
        bounds[one.case].append(one.at)
    places: dict[str, list[int]] = defaultdict(list)
    for one in once:
        first, last = min(bounds[one.case]), max(bounds[one.case])
        if last > first:
            places[one.activity].append((one.at - first) * 1000 // (last - first))
    usual = {name: sum(found) / len(found) / 1000 for name, found in places.items()}

    def key(one: Event) -> tuple[Any, ...]:
        return one.case, one.at, usual.get(one.activity, 0.5), one.activity, one.channel, one.team

    return {case: list(found) for case, found in groupby(sorted(once, key=key), key=lambda one: one.case)}


def figures(events: Iterable[Event]) -> dict[str, Any]:
    """The figures of a log; nothing is hidden."""
    cases = in_order(events)
    with_it: Counter[str] = Counter()
    again: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    ways: Counter[tuple[str, ...]] = Counter()
    places: dict[str, list[float]] = defaultdict(list)
    steps: dict[tuple[str, str], list[int]] = defaultdict(list)
    handoffs: dict[tuple[str, str], list[int]] = defaultdict(list)
    neighbours = tied = moving = 0
    for case in cases.values():
        runs = [(name, next(found).at) for name, found in groupby(case, key=lambda one: one.activity)]
        way = tuple(name for name, _ in runs)
        ways[way] += 1
        with_it.update(set(way))
        again.update(name for name, n in Counter(way).items() if n > 1)
        starts[way[0]] += 1
        ends[way[-1]] += 1
        different = list(dict.fromkeys(way))
        for place, name in enumerate(different):
            if len(different) > 1:
                places[name].append(place / (len(different) - 1))
        for (a, before), (b, after) in pairwise(runs):
            steps[a, b].append(after - before)
        moves = [
            ((a.team, b.team), b.at - a.at)
            for a, b in pairwise(case)
            if a.team and b.team and a.team != b.team
        ]  # fmt: skip
        for pair, took in moves:
            handoffs[pair].append(took)
        moving += bool(moves)
        neighbours += len(case) - 1
        tied += sum(a.at == b.at for a, b in pairwise(case))
    waits: dict[str, list[int]] = defaultdict(list)
    for (a, _), times in steps.items():
        waits[a] += times
    return {
        "cases": len(cases), "events": sum(map(len, cases.values())), "with": with_it, "again": again,
        "starts": starts, "ends": ends, "ways": ways, "tied": (tied, neighbours), "moving": moving,
        "places": {name: sum(found) / len(found) for name, found in places.items()},
        "steps": {pair: len(took) for pair, took in steps.items()},
        "step medians": {pair: median(took) / 1000 for pair, took in steps.items()},
        "waits": {name: median(took) / 1000 for name, took in waits.items()},
        "handoffs": {pair: len(took) for pair, took in handoffs.items()},
    }  # fmt: skip
