"""Check survey answers: on their scale, not more than people were asked, not more spread than the scale allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

from pydantic_core import PydanticCustomError

from journeykit.model import ScaleName, scale_bounds
from journeykit.model.answers import (
    DEFAULT_TOP,
    NPS_PARTS,
    ON_ANY_SCALE,
    OWN_SCALES,
    SHARES,
    WITHOUT_ANSWERS,
    largest_sd,
    scale_by_counts,
)
from journeykit.model.figures import read_figure
from journeykit.model.values import AnswerScale
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault


def check(journey: JourneyData) -> Iterator[Fault]:
    """Check KPIs, surveys at touchpoints, and sources."""
    sent = {}
    for source in journey.root.items("sources"):
        yield from _more_than_sent(source, source.number("n"), source.number("sent"), "n")
        sent[str(source.data.get("id"))] = source.number("sent")
    for kpi in journey.root.items("kpis"):
        total, key = _answers(kpi)
        yield from _more_than_sent(kpi, total, kpi.number("sent"), key)
        yield from _scale(kpi)
        yield from _top(kpi)
        yield from _asked(kpi)
        yield from _k_of_n(kpi)
        yield from share_faults(kpi)
    scale = journey.root.data.get("scale", "-2..2")
    for touchpoint in journey.touchpoints:
        if measured := touchpoint.child("measured"):
            total, key = _answers(measured)
            yield from _more_than_sent(measured, total, sent.get(str(measured.data.get("source"))), key)
            yield from _spread(measured, str(measured.data.get("scale") or scale))


def _answers(item: Item) -> tuple[float | None, str]:
    """Return the number of answers, and the key that gives it."""
    if (n := item.number("n")) is not None:
        return n, "n"
    parts = [item.number(key) for key in NPS_PARTS]
    if None not in parts:
        return sum(part for part in parts if part is not None), "promoters"
    counts = item.child("counts")
    numbers = [counts.number(key) for key in counts.data] if counts else []
    if not numbers or None in numbers:
        return None, "n"
    return sum(number for number in numbers if number is not None), "counts"


def _more_than_sent(item: Item, n: float | None, sent: float | None, key: str) -> Iterator[Fault]:
    if n is not None and sent is not None and n > sent:
        message = f"{n:g} answers, but only {sent:g} were asked"
        yield Fault("sums-differ", (*item.path, key), message, "correct the number of answers, or `sent`")


def _spread(measured: Item, scale: str) -> Iterator[Fault]:
    """Report a standard deviation larger than that of answers half at each end of the scale."""
    sd, n = measured.number("sd"), measured.number("n")
    if sd is None or scale not in get_args(ScaleName) or (n is not None and n < 2):
        return
    largest = largest_sd(*scale_bounds(scale), int(n or 2))  # type: ignore[arg-type]
    if sd > largest * (1 + 1e-6):
        who = f"{n:g} answers" if n else "answers"
        message = f"{who} on {scale} cannot have a standard deviation of {sd:g}; the largest is {largest:.4g}"
        yield Fault("out-of-range", (*measured.path, "sd"), message, "write the standard deviation on the same scale")


def _counted(kpi: Item) -> list[int] | None:
    """Return the answers that are counted, also 0 times; None if they cannot be read."""
    counts = kpi.child("counts")
    if counts is None:
        return None
    try:
        return [int(key) for key in counts.data]
    except (TypeError, ValueError):
        return None


def _scale(kpi: Item) -> Iterator[Fault]:
    kind, scale, counted = kpi.data.get("kind"), kpi.data.get("scale"), _counted(kpi)
    if not isinstance(kind, str) or (scale is not None and scale not in get_args(AnswerScale)):
        return
    if kind in OWN_SCALES:
        known = OWN_SCALES[kind]
        if scale is not None and scale not in known:
            other = "; effort asked on other scales is kind: ces1" if kind == "ces" else ""
            message = f"{kind} is asked on {' or '.join(known)}, not on {scale}"
            yield Fault("unknown-choice", (*kpi.path, "scale"), message, f"write scale: {known[0]}{other}")
            return
        scale = scale or known[0]
    elif kind in ON_ANY_SCALE:
        scale = scale or scale_by_counts(counted or [])
    elif scale is not None or counted is not None:
        key = "scale" if scale is not None else "counts"
        help = "remove it; csat, nps, ces, ces1 and rating have answers"
        yield Fault("unknown-key", (*kpi.path, key), f"{kind} has no answers on a scale", help, "key")
        return
    if not counted:
        return
    if scale is None:
        message = f"the scale of these answers is not stated: 1 to {max(counted)}, or more?"
        help = f"write their scale, such as scale: {_likely(max(counted))}, which decides what a good answer is"
        yield Fault("missing-key", (*kpi.path, "scale"), message, help)
        return
    low, high = scale_bounds(scale)
    counts = kpi.child("counts")
    for key in counts.data if counts else ():
        if not low <= int(key) <= high:
            message = f"{key} is no answer: {kind} answers go from {low:g} to {high:g}"
            help = f"count answers from {low:g} to {high:g}" + (", or give their scale" if kind in ON_ANY_SCALE else "")
            yield Fault("counts-off-scale", (*kpi.path, "counts", key), message, help, "key")


def _likely(highest: int) -> str:
    return next((scale for scale in get_args(AnswerScale) if scale_bounds(scale)[1] >= highest), "0..10")


def _top(kpi: Item) -> Iterator[Fault]:
    kind, top, counted = kpi.data.get("kind"), kpi.data.get("top"), _counted(kpi)
    if top is not None and kind != "csat":
        yield Fault("unknown-key", (*kpi.path, "top"), "only a csat counts its highest answers", "remove it", "key")
        return
    scale = kpi.data.get("scale") or scale_by_counts(counted or [])
    if kind != "csat" or scale not in get_args(AnswerScale):
        return
    low, high = scale_bounds(cast(AnswerScale, scale))
    if isinstance(top, int) and top > high - low:
        message = f"the {top} highest of {high - low + 1:g} answers are all of them"
        yield Fault("out-of-range", (*kpi.path, "top"), message, "say how many of the highest answers are satisfied")
    elif top is None and counted and scale not in DEFAULT_TOP:
        message = f"how many of the highest answers on {scale} count as satisfied is not stated"
        yield Fault("missing-key", (*kpi.path, "top"), message, "write top: 2 for the best two, or what you count")


def _asked(kpi: Item) -> Iterator[Fault]:
    """Report a number of people asked where cases are counted or timed: there would be a response rate of a log."""
    kind = kpi.data.get("kind")
    if kpi.data.get("sent") is not None and kind in WITHOUT_ANSWERS:
        help = "remove it; if it comes from a survey, say at its source how many were asked"
        yield Fault("unknown-key", (*kpi.path, "sent"), f"{kind} is about cases, of which nobody is asked", help, "key")


def _k_of_n(kpi: Item) -> Iterator[Fault]:
    k, n, kind = kpi.number("k"), kpi.number("n"), kpi.data.get("kind")
    if k is None:
        return
    path = (*kpi.path, "k")
    if kind not in SHARES:
        yield Fault("unknown-key", path, f"{kind} is no share of cases", "remove it", "key")
    elif twice := next((key for key in ("value", "counts") if kpi.data.get(key) is not None), None):
        yield Fault("one-form", path, f'"{twice}" and "k" say the same in two ways', "keep one of them", "key")
    elif n is None:
        yield Fault("missing-key", (*kpi.path, "n"), '"n" is missing: k of how many?', "add n, the number of cases")
    elif k > n:
        yield Fault("sums-differ", path, f"{k:g} of {n:g} is more than all", "correct k or n")


def share_faults(kpi: Item) -> Iterator[Fault]:
    """Report a share that is neither a percentage nor between 0 and 1, and an NPS that is not in points."""
    kind, a_mean = kpi.data.get("kind"), kpi.data.get("mean") is not None or kpi.data.get("median") is not None
    for key in ("value", "target"):
        raw = kpi.data.get(key)
        try:
            figure = None if raw is None else read_figure(raw)
        except PydanticCustomError:
            continue
        if not isinstance(figure, float):
            continue
        path = (*kpi.path, key)
        if kind in SHARES and figure >= 1 and not (a_mean and key == "target"):
            if figure == 1:
                yield Fault("out-of-range", path, "1 may be 1% or all", "write 1% or 100%")
            elif figure <= 100:
                percent = (f"{figure:g}%",)
                mean = "; a mean of marks is kind: rating" if kind == "csat" and figure <= 10 else ""
                yield Fault(
                    "out-of-range", path, f"{figure:g} is no share", f"write {figure:g}%{mean}", "value", percent
                )
            else:
                yield Fault("out-of-range", path, f"{figure:g} is no share", "write a share from 0% to 100%")
        elif kind == "nps" and 0 < abs(figure) < 1:
            message = f"{figure:g} is no NPS: promoters less detractors, in points from -100 to 100"
            yield Fault("out-of-range", path, message, f"write {100 * figure:g}")
