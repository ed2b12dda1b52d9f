"""Check that numbers are on their scale."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, get_args

from pydantic_core import PydanticCustomError

from journeykit.model import ScaleName, scale_bounds
from journeykit.model.fields import Leaf
from journeykit.model.meaning import OnScale
from journeykit.model.normalisation import model_path
from journeykit.model.values import read_answer
from journeykit.reading import schema_types as types
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault

SCALES = get_args(ScaleName)


def check(journey: JourneyData) -> Iterator[Fault]:
    """Check satisfaction, expectation and targets on the journey's scale, and survey answers on their own."""
    scale = journey.root.data.get("scale", "-2..2")
    for leaf in journey.leaves(OnScale):
        yield from _off(leaf, types.scale_at(model_path(leaf.path), leaf.holder, scale))
    for touchpoint in journey.touchpoints:
        if measured := touchpoint.child("measured"):
            yield from _measured(measured, scale)
    for kpi in journey.root.items("kpis"):
        if kpi.child("counts"):
            yield from _counts(kpi)


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
    if own in SCALES:
        low, high = scale_bounds(own)
        yield from _counts(measured, low, high)


def _counts(item: Item, low: float = -inf, high: float = inf) -> Iterator[Fault]:
    counts = item.child("counts")
    if counts is None:
        return
    yield from _twice(counts)
    whole = [count for count in counts.data.values() if isinstance(count, int)]
    if len(whole) == len(counts.data) and sum(whole) == 0:
        help = "write value: count for each answer, or remove the key"
        yield Fault("out-of-range", (*item.path, "counts"), "no answer is counted", help, "key")
    for key, answer in _answers(counts):
        if not low <= answer <= high:
            message = f"{answer} is no answer: the scale goes from {low:g} to {high:g}"
            help = f"count answers from {low:g} to {high:g}, or give their scale with scale:"
            yield Fault("counts-off-scale", (*counts.path, key), message, help, "key")


def _answers(counts: Item) -> Iterator[tuple[Any, int]]:
    """Yield the keys of counts with their answers, in quotes or not; invalid keys are skipped."""
    for key in counts.data:
        try:
            yield key, read_answer(key)
        except PydanticCustomError:
            continue


def _twice(counts: Item) -> Iterator[Fault]:
    """Report answers given twice, as in `{"5": 2, 5: 1}`: two keys in YAML, one in the models."""
    seen: set[int] = set()
    for key, answer in _answers(counts):
        if answer in seen:
            help = "write it once, with the sum of both"
            yield Fault("duplicate-key", (*counts.path, key), f"the answer {answer} is given twice", help, "key")
        seen.add(answer)


def _off(leaf: Leaf, scale: Any) -> Iterator[Fault]:
    value = leaf.value
    if type(value) not in (int, float) or scale not in SCALES or value != value or abs(value) == float("inf"):
        return
    low, high = scale_bounds(scale)
    if not low <= value <= high:
        help = f"write a number from {low:g} to {high:g}, or choose another scale"
        yield Fault("out-of-range", leaf.path, f"{value:g} is not on the scale {scale}", help)
