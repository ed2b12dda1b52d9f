"""What measurements are in the file of a journey, and the fix that writes them.

Satisfaction of a touchpoint is its `measured`; NPS, CES, the satisfaction with the whole journey, times and shares are
KPIs. What an author states (feeling, satisfaction, expectation) is never touched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from journeykit.data.periods import is_complete
from journeykit.data.questions import About
from journeykit.fix import Change, Fix, Remove, Set
from journeykit.measuring.measurements import Measurement, scale_of, top_of
from journeykit.model import Journey, Measured
from journeykit.model.answers import DEFAULT_TOP, OWN_SCALES
from journeykit.model.improvement import Kpi
from journeykit.model.units import SECONDS
from journeykit.scoring.metrics import LOW_BASE
from journeykit.source import KeyPath

SATISFACTION = ("csat", "csat7", "rating")
"""Metrics that are satisfaction, the one that is written first if a touchpoint has several."""
SCALES = ("-2..2", "-3..3", "1..5", "1..7", "0..10", "1..10", "0..100")
"""Scales that the file can name for a touchpoint's survey."""
DIGITS = 6


class Written(NamedTuple):
    """A measurement and what the file says of it: at `path` the keys and values of `new`, where it had `old`."""

    measurement: Measurement
    path: KeyPath
    new: Mapping[str, Any]
    old: Mapping[str, Any]
    conflict: str = ""
    """Why it is not written without `--replace`: the file has another source or period."""

    @property
    def is_same(self) -> bool:
        """Whether the file says so already."""
        return all(self.old.get(key) == value for key, value in self.new.items()) and not self.outdated

    @property
    def outdated(self) -> tuple[str, ...]:
        """Keys of the file that would contradict the new ones."""
        return tuple(key for key in FIGURES if key in self.old and key not in self.new)


FIGURES = ("mean", "sd", "n", "counts", "value", "median", "p90", "k", "promoters", "passives", "detractors")
"""Keys that hold figures, of which those that a measurement does not have are taken out."""


def chosen_period(found: Sequence[Measurement], today: date) -> Measurement | None:
    """Return the measurement to write of one item's periods: the newest complete one with 30 answers, else with 5."""
    ordered = sorted((one for one in found if not one.suppressed and one.n), key=lambda one: one.cell.period)
    full = [one for one in ordered if (one.n or 0) >= LOW_BASE and is_complete(one.cell.period, today)]
    newest = max((one.cell.period for one in full or ordered), default="")
    return next((one for one in full or ordered if one.cell.period == newest), None)


def to_write(journey: Journey, found: Iterable[Measurement], today: date) -> list[Written]:
    """Return what the file should say by the measurements of everybody, in the order of the file."""
    groups: dict[tuple[str, str, str], list[Measurement]] = {}
    for one in found:
        if one.touchpoint is not None and not one.cell.segments:
            survey = one.touchpoint and one.cell.metric in SATISFACTION
            item = one.cell.item if one.definition.kind != "answer" else ""
            groups.setdefault((one.touchpoint, "" if survey else one.cell.metric, item), []).append(one)
    newest = [(key, new) for key, members in groups.items() if (new := chosen_period(_best(members), today))]
    paths = {place.touchpoint.id: place.path for place in journey.places}
    written: list[Written] = []
    for (touchpoint, metric, _), measured in newest:
        if not metric:
            written.append(_of_touchpoint(journey, measured, (*paths[touchpoint], "measured")))
        elif (kpi := _of_kpi(journey, measured, [other.path for other in written])) is not None:
            written.append(kpi)
    return written


def _best(members: Sequence[Measurement]) -> list[Measurement]:
    """Return the members of the metric that says most of satisfaction, where a touchpoint has several."""
    place = {metric: at for at, metric in enumerate(SATISFACTION)}
    best = min(place.get(one.cell.metric, 0) for one in members)
    return [one for one in members if place.get(one.cell.metric, 0) == best]


def _of_touchpoint(journey: Journey, one: Measurement, path: KeyPath) -> Written:
    old = journey.touchpoint(one.touchpoint or "").measured
    new = {**measured_of(one), **_scale(one, journey.scale), **_origin(one)}
    return Written(one, path, new, _plain(old), _conflict(old, one))


def measured_of(one: Measurement) -> dict[str, Any]:
    """Return the figures of answers: counts, or of weighted ones mean, standard deviation and effective number."""
    sample = one.sample
    assert sample
    if sample.is_simple:
        return {"counts": {_whole(score): n for score, n in one.counts.items() if n}}
    found = sample.estimate()
    n = effective_number(one)
    return {"mean": _round(found.value), "sd": _round(found.sd or 0.0), "n": n}


def effective_number(one: Measurement) -> int:
    """Return so many simple answers as are as exact: Kish's number, or fewer where clusters say so."""
    sample = one.sample
    assert sample
    found = sample.estimate()
    base = sample.effective_n
    if sample.clustered and found.error and found.sd:
        base = min(base, (found.sd / found.error) ** 2)
    return max(1, math.floor(base + 1e-9))


def _scale(one: Measurement, default: str) -> dict[str, str]:
    scale = scale_of(one.definition)
    return {} if scale == default or scale not in SCALES else {"scale": scale}


def _origin(one: Measurement) -> dict[str, str]:
    return {"source": one.source} | ({"period": one.cell.period} if one.cell.period else {})


def _plain(part: Measured | Kpi | None) -> dict[str, Any]:
    """Return what a part of the file says, in plain data."""
    if part is None:
        return {}
    return {key: _value(getattr(part, key)) for key in part.model_fields_set}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_whole(key): one for key, one in value.items() if one}
    return str(value) if type(value).__module__.startswith("journeykit") else value


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _round(number: float) -> float:
    return _whole(round(number, DIGITS))


def _conflict(old: Measured | Kpi | None, one: Measurement) -> str:
    """Return why an old figure is not replaced unasked."""
    if old is None or not any(getattr(old, key, None) is not None for key in FIGURES):
        return ""
    was = (old.source or "no source", old.period or "no period")
    now = (one.source, one.cell.period or "no period")
    return "" if was == now else f"the file has {', '.join(was)}; the data have {', '.join(now)}"


def _of_kpi(journey: Journey, one: Measurement, taken: Sequence[KeyPath]) -> Written | None:
    """Return what a KPI should say: the one of this kind and touchpoint, or one that names the time or share."""
    at = next((at for at, kpi in enumerate(journey.kpis) if _is_of(journey, kpi, one)), None)
    figures = _kpi_figures(one)
    if figures is None or (at is None and one.definition.kind != "answer"):
        return None
    if at is not None:
        kpi = journey.kpis[at]
        return Written(one, ("kpis", at), {**figures, **_origin(one)}, _plain(kpi), _conflict(kpi, one))
    number = len(journey.kpis) + sum(path[0] == "kpis" and path[1] >= len(journey.kpis) for path in taken)  # type: ignore[operator]
    kind = _kind(one)
    ids = {kpi.id for kpi in journey.kpis} | {"kpis"}
    new: dict[str, Any] = {"id": f"{kind}-{one.touchpoint or one.source}"} if kind in ids or one.touchpoint else {}
    new["kind"] = kind
    if one.touchpoint:
        new["at"] = [one.touchpoint]
    return Written(one, ("kpis", number), {**new, **figures, **_origin(one)}, {})


def _kind(one: Measurement) -> str:
    return "csat" if one.cell.metric == "csat7" else one.cell.metric


def _is_of(journey: Journey, kpi: Kpi, one: Measurement) -> bool:
    if one.definition.kind != "answer":
        return one.cell.item in (kpi.is_, kpi.id) and (not kpi.data or one.source in kpi.data)
    at = journey.touchpoint_ids(kpi.at)
    return kpi.kind == _kind(one) and at == ((one.touchpoint,) if one.touchpoint else ())


def _kpi_figures(one: Measurement) -> dict[str, Any] | None:
    """Return the figures of a KPI; None where it has no such kind."""
    main = one.main
    if one.definition.kind == "share" and main and main.value is not None:
        return {"k": round(main.value * (one.n or 0)), "n": one.n}
    if one.definition.kind == "time":
        return _time_figures(one)
    if one.sample is None or main is None or main.value is None:
        return None
    kind, scale = _kind(one), scale_of(one.definition)
    extra: dict[str, Any] = {}
    if kind not in OWN_SCALES or scale != OWN_SCALES[kind][0]:
        extra["scale"] = scale
    if kind == "csat" and top_of(one.definition) != DEFAULT_TOP.get(scale):
        extra["top"] = top_of(one.definition)
    if one.sample.is_simple:
        return {"counts": {_whole(score): n for score, n in one.counts.items() if n}, **extra}
    number = effective_number(one)
    if kind == "nps":
        return {"value": _round(main.value), "n": number}
    if kind == "csat":
        box = next((each for each in one.statistics if each.unit == "share"), None)
        return None if box is None or box.value is None else {"value": f"{100 * box.value:.4f}%", "n": number, **extra}
    if kind == "rating":
        return {"mean": _round(one.sample.estimate().value), "n": number, **extra}
    return {"mean": _round(main.value), "n": number, **extra}


def _time_figures(one: Measurement) -> dict[str, Any] | None:
    names = {"median": one.statistics[0] if one.statistics else None}
    names["p90"] = next((each for each in one.statistics if each.name.startswith("90th")), None)
    found = {key: duration_text(each.value) for key, each in names.items() if each and each.value is not None}
    clock = {"clock": one.definition.clock} if one.definition.clock else {}
    return {**found, "n": one.statistics[0].n, **clock} if "median" in found else None


def duration_text(seconds: float) -> str:
    """Return a duration as the format writes it, in the largest unit that is exact, else with two decimals: 8.72d."""
    whole = max(0, round(seconds))
    sizes = [(unit, SECONDS[unit]) for unit in ("d", "h", "min")]
    for unit, size in sizes:
        if size <= whole < 100 * size and whole % size == 0:
            return f"{whole // size}{unit}"
    for unit, size in sizes:
        if whole >= 2 * size:
            return f"{whole / size:.2f}".rstrip("0").rstrip(".") + unit
    return f"{whole}s"


def fix_of(journey: Journey, written: Iterable[Written], abouts: Mapping[str, About]) -> Fix | None:
    """Return one fix that writes measurements and the sources that they come from; None if nothing changes."""
    changes: list[Change] = []
    names: dict[str, None] = {}
    for one in written:
        names[one.measurement.source] = None
        if not one.is_same:
            changes += _changes(one)
    if not changes:
        return None
    new_sources = 0
    for name in names:
        at = next((at for at, source in enumerate(journey.sources) if source.id == name), None)
        changes += _source_changes(
            journey, name, abouts[name], len(journey.sources) + new_sources if at is None else at
        )
        new_sources += at is None
    return Fix("Write what was measured", tuple(changes), safe=False)


def _changes(one: Written) -> Iterable[Change]:
    if not one.old or (one.outdated and one.path[-1] == "measured"):
        yield Set(one.path, {key: _as_written(key, value) for key, value in one.new.items()})
        return
    for key in one.outdated:
        yield Remove((*one.path, key))
    for key, value in one.new.items():
        if one.old.get(key) != value:
            yield Set((*one.path, key), _as_written(key, value))


def _as_written(key: str, value: Any) -> Any:
    """Return a year without the quotes that a text of digits needs."""
    return int(value) if key == "period" and value.isdigit() else value


def _source_changes(journey: Journey, name: str, about: About, at: int) -> Iterable[Change]:
    """Return the changes of a source's entry: its number of answers or cases, and its last day."""
    old = journey.sources[at] if at < len(journey.sources) else None
    new: dict[str, Any] = {} if old else {"id": name, "kind": about.evidence or "survey"}
    number = about.cases or about.used
    if number:
        new["n"] = number
    elif about.hidden and old and old.n is not None:  # it is not true any more, and nothing else is told
        yield Remove(("sources", at, "n"))
    if about.last:
        new["date"] = about.last.isoformat()
    if old is None:
        yield Set(("sources", at), new)
        return
    for key, value in new.items():
        if getattr(old, key) != value:
            yield Set(("sources", at, key), value)
