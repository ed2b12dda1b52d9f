"""Numbers lie on the scale they are given on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from journeykit.model import ScaleName, scale_bounds
from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault
from journeykit.source import Path

SCALES = get_args(ScaleName)
ANSWERS = {"csat": (1, 7), "nps": (0, 10), "ces": (1, 7)}
"""The values that answers to the usual questions can have."""


def check(facts: Facts) -> Iterator[Fault]:
    """Satisfaction, expectation and targets on the journey's scale, survey answers on theirs."""
    scale = facts.root.data.get("scale", "-2..2")
    for touchpoint in facts.touchpoints:
        for key in ("satisfaction", "expected"):
            yield from _off(touchpoint, key, scale)
        if measured := touchpoint.child("measured"):
            yield from _measured(measured, scale)
    for opportunity in facts.root.items("opportunities"):
        if target := opportunity.child("target"):
            for id in target.data:
                yield from _off(target, id, scale)
    for kpi in facts.root.items("kpis"):
        if isinstance(kind := kpi.data.get("kind"), str) and kind in ANSWERS:
            yield from _counts(kpi, *ANSWERS[kind], f"{kind} answers go", kpi=True)
        elif counts := kpi.child("counts"):
            yield from _twice(counts)


def _measured(measured: Item, scale: Any) -> Iterator[Fault]:
    own = measured.data.get("scale") or scale
    has_mean, has_counts = (measured.data.get(key) is not None for key in ("mean", "counts"))
    if has_mean and has_counts:
        yield Fault(
            "one-form",
            (*measured.path, "counts"),
            "give either mean or counts, not both",
            "keep the counts",
            "key",
        )
    elif not has_mean and not has_counts:
        yield Fault(
            "missing-key",
            (*measured.path, "mean"),
            '"mean" or "counts" is missing',
            "add mean: …, or counts: {…}",
        )
    yield from _off(measured, "mean", own)
    if own in SCALES:
        low, high = scale_bounds(own)
        yield from _counts(measured, low, high, "the scale goes")


def _counts(item: Item, low: float, high: float, what: str, *, kpi: bool = False) -> Iterator[Fault]:
    counts = item.child("counts")
    if counts is None:
        return
    yield from _twice(counts)
    whole = [count for count in counts.data.values() if isinstance(count, int)]
    if len(whole) == len(counts.data) and sum(whole) == 0:
        help = "write value: count for each answer, or remove the key"
        yield Fault("out-of-range", (*item.path, "counts"), "no answer is counted", help, "key")
    for value in counts.data:
        if isinstance(value, int) and not low <= value <= high:
            message = f"{value} is no answer: {what} from {low:g} to {high:g}"
            help = f"count answers from {low:g} to {high:g}" + ("" if kpi else ", or give their scale with scale:")
            yield Fault("counts-off-scale", (*counts.path, value), message, help, "key")


def _twice(counts: Item) -> Iterator[Fault]:
    """`{"5": 2, 5: 1}`: two keys to YAML, one answer to the models, which would keep the last."""
    seen: set[float] = set()
    for key in counts.data:
        try:
            answer = float(key)
        except ValueError:
            continue  # no answer at all, which is said elsewhere
        if answer in seen:
            help = "write it once, without quotes, with the sum of both"
            yield Fault("duplicate-key", (*counts.path, key), f"the answer {answer:g} is given twice", help, "key")
        seen.add(answer)


def _off(item: Item, key: Any, scale: Any) -> Iterator[Fault]:
    value = item.number(key)
    if value is None or scale not in SCALES or value != value or abs(value) == float("inf"):
        return
    low, high = scale_bounds(scale)
    if not low <= value <= high:
        path: Path = (*item.path, key)
        help = f"write a number from {low:g} to {high:g}, or choose another scale"
        yield Fault("out-of-range", path, f"{value:g} is not on the scale {scale}", help)
