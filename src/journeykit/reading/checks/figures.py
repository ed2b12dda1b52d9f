"""Check that the figures of a KPI have one form, fit its kind and add up; and the weights of the scoring."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from journeykit.model.answers import BOUNDS, FIGURES, NPS_PARTS, SHARES, TIMES
from journeykit.model.figures import Figure, Percent, read_figure
from journeykit.model.times import Duration
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault
from journeykit.source import KeyPath


def check(journey: JourneyData) -> Iterator[Fault]:
    """Check forms, sums and units of KPIs, sums of survey answers, and the weights of `scoring`."""
    for kpi in journey.root.items("kpis"):
        yield from _forms(kpi)
        yield from _sums(kpi)
        for key in FIGURES:
            yield from unit_faults(kpi, key)
    for touchpoint in journey.touchpoints:
        if measured := touchpoint.child("measured"):
            yield from _sums(measured)
    if scoring := journey.root.child("scoring"):
        yield from _weights(scoring)


def _forms(kpi: Item) -> Iterator[Fault]:
    parts = [key for key in NPS_PARTS if kpi.data.get(key) is not None]
    forms = [key for key in ("value", "counts", *parts[:1]) if kpi.data.get(key) is not None]
    if len(forms) > 1:
        message = f'"{forms[0]}" and "{forms[1]}" say the same in two ways'
        yield Fault("one-form", (*kpi.path, forms[1]), message, "keep one of them", "key")
    elif parts and len(parts) < 3:
        missing = next(key for key in NPS_PARTS if key not in parts)
        yield Fault(
            "missing-key",
            (*kpi.path, missing),
            f'"{missing}" is missing',
            "give promoters, passives and detractors",
        )


def _sums(kpi: Item) -> Iterator[Fault]:
    n = kpi.number("n")
    if n is None:
        return
    parts = [kpi.number(key) for key in NPS_PARTS]
    if all(part is not None for part in parts):
        total, what = sum(part for part in parts if part is not None), "promoters + passives + detractors"
    elif counts := kpi.child("counts"):
        numbers = [counts.number(key) for key in counts.data]
        if not numbers or not all(isinstance(number, int) for number in numbers):
            return
        total, what = sum(number for number in numbers if number is not None), "the counts"
    else:
        return
    if total != n:
        yield Fault(
            "sums-differ",
            (*kpi.path, "n"),
            f"n is {n}, but {what} make {total}",
            f"write n: {total}, or remove it",
        )


def figure_help(kind: object, key: str) -> str:
    """Return what to write as a figure of a KPI of this kind; "" where the kind is unknown."""
    if kind in TIMES:
        return "write a duration, such as 25min, 4h or 30d"
    if kind in SHARES and key in ("value", "target"):
        return "write a share such as 85%"
    if not isinstance(kind, str) or kind in SHARES:
        return ""
    if bounds := BOUNDS.get(kind):
        return f"write a number from {bounds[0]:g} to {bounds[1]:g}"
    return "write a number"


def unit_faults(kpi: Item, key: str) -> Iterator[Fault]:
    kind, raw = kpi.data.get("kind"), kpi.data.get(key)
    if raw is None:
        return
    try:
        figure: Figure = read_figure(raw)
    except PydanticCustomError:
        return
    path: KeyPath = (*kpi.path, key)
    if kind in TIMES and not isinstance(figure, Duration):
        yield Fault("wrong-type", path, f'"{key}" of {kind} is a time', figure_help(kind, key))
    elif kind not in TIMES and isinstance(figure, Duration):
        yield Fault("wrong-type", path, f'"{key}" of {kind} is not a time', figure_help(kind, key) or "write a number")
    elif isinstance(figure, Percent) and kind in SHARES and not 0 <= figure.share <= 1:
        yield Fault("out-of-range", path, f"{figure} is not between 0% and 100%", "write a share from 0% to 100%")
    elif isinstance(figure, float):
        low, high = BOUNDS.get(str(kind), (float("-inf"), float("inf")))
        if not low <= figure <= high:
            message = f"{kind} goes from {low:g} to {high:g}, and is {figure:g} here"
            yield Fault("out-of-range", path, message, f"write a number from {low:g} to {high:g}")


def _weights(scoring: Item) -> Iterator[Fault]:
    weights = scoring.child("weights")
    if weights is None:
        return
    if scoring.data.get("profile") is not None:
        yield Fault(
            "bad-weights", weights.path, "give either a profile or weights, not both", "remove one of them", "key"
        )
        return
    shares = [weights.share(key) for key in weights.data]
    total = sum(share for share in shares if share is not None)
    if None not in shares and abs(total - 1) > 1e-6:  # else the weight itself is reported
        message = f"the weights sum to {total:.4g}, not 1"
        yield Fault("bad-weights", weights.path, message, "let mean, peak, valley, end and first sum to 1", "key")
