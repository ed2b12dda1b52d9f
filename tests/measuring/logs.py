"""A log of events as an engine counts it, row by row in Python: slow and plain."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from journeykit.data.questions import About, Activity, End, Found, Handoff, Label, Step, Way

FOLDER = Path(__file__).parents[1] / "data" / "logs"


class Event(NamedTuple):
    case: str
    at: int
    """Milliseconds."""
    order: int
    activity: str
    team: str = ""
    channel: str = ""


def sepsis() -> list[Event]:
    with (FOLDER / "sepsis.csv").open(encoding="utf-8", newline="") as file:
        return [
            Event(row["case_id"], milliseconds(row["timestamp"]), int(row["order"]), row["activity"],
                  "" if row["resource"] == "?" else row["resource"])
            for row in csv.DictReader(file)
        ]  # fmt: skip


def milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC).timestamp()) * 1000


def by_case(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The events of each case in their order, each counted once."""
    ordered = sorted(set(events), key=lambda one: (one.case, one.at, one.order))
    return {case: list(found) for case, found in groupby(ordered, key=lambda one: one.case)}


def found_of(events: Iterable[Event], labels: Mapping[str, str], name: str = "desk") -> Found:
    """What an engine counts of a log that is seen through labels, with each millisecond a bucket of its own."""
    cases = by_case(events)
    newest = max(one.at for case in cases.values() for one in case)
    raw: Counter[str] = Counter()
    with_label: Counter[str] = Counter()
    activities: Counter[tuple[str, str, str]] = Counter()
    steps: Counter[tuple[str, str, int]] = Counter()
    ends: Counter[tuple[str, int]] = Counter()
    ways: Counter[tuple[str, ...]] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    with_passed: Counter[tuple[str, str]] = Counter()
    for case in cases.values():
        raw.update(one.activity for one in case)
        with_label.update({one.activity for one in case})
        pairs = [(a.team, b.team) for a, b in pairwise(case) if a.team and b.team and a.team != b.team]
        passed.update(pairs)
        with_passed.update(set(pairs))
        mapped = [(id, one) for one in case if (id := labels.get(one.activity))]
        activities.update((id, one.channel, one.team) for id, one in mapped)
        runs = [(id, next(found)[1].at) for id, found in groupby(mapped, key=lambda pair: pair[0])]
        steps.update((a, b, after - before) for (a, before), (b, after) in pairwise(runs))
        if runs:
            ways[tuple(id for id, _ in runs)] += 1
            ends[runs[-1][0], newest - mapped[-1][1].at] += 1
    return Found(
        About(name, "python", cases=len(cases)),
        labels=tuple(Label(label, with_label[label], n) for label, n in raw.items()),
        activities=tuple(Activity(*key, n) for key, n in activities.items()),
        steps=tuple(Step(a, b, low, 1, n) for (a, b, low), n in steps.items()),
        ends=tuple(End(id, low, 1, n) for (id, low), n in ends.items()),
        ways=tuple(Way(way, n) for way, n in ways.items()),
        handoffs=tuple(Handoff(*pair, with_passed[pair], n) for pair, n in passed.items()),
    )
