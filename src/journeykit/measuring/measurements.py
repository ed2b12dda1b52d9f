"""The measurement of each cell: its statistics, base, missing answers and remarks, from what an engine counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol, TypeVar

from journeykit.data.questions import Cell, Definition, Found, Missing, MissingKind, Refused, Time
from journeykit.measuring import estimates
from journeykit.measuring.durations import Bucket, Durations, open_quantile, survival
from journeykit.measuring.estimates import Statistic
from journeykit.measuring.samples import Sample
from journeykit.model.answers import DEFAULT_TOP
from journeykit.scoring.metrics import LOW_BASE

WIDE = 0.10
"""A share whose interval is wider than ± this has a low base, too (convention of this project)."""
CENSORED = 0.05
"""From this share of open cases on, times are Kaplan and Meier's."""
ANY = "*"
"""The item of a definition that holds for every label of the data."""
UNANSWERED = 0.20
"""A question that more people leave open is said to be so."""
EASY = 5
"""Answers of 1..7 from here on say that it was easy."""
NOT_GIVEN: tuple[MissingKind, ...] = ("blank", "dont know", "no answer", "unreadable", "out of scale")


class _InCell(Protocol):
    @property
    def cell(self) -> Cell: ...


Row = TypeVar("Row", bound=_InCell)


@dataclass(frozen=True)
class Measurement:
    """What is known of one cell; of a suppressed one only that it is there."""

    source: str
    cell: Cell
    definition: Definition
    statistics: tuple[Statistic, ...] = ()
    n: int | None = None
    """Valid answers, or cases that are over; None if suppressed."""
    effective_n: float | None = None
    """Kish's effective n; None without weights."""
    clusters: int | None = None
    counts: Mapping[float, int] = field(default_factory=dict)
    missing: Mapping[MissingKind, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    response_rate: float | None = None
    reach: Statistic | None = None
    """The share of those who met it, from "not applicable"; a proposal."""
    notes: tuple[str, ...] = ()
    suppressed: bool = False
    touchpoint: str | None = None
    """The touchpoint that the item stands for; "" for the whole journey, None if there is none."""
    sample: Sample | None = field(default=None, repr=False)
    """The counted answers, for comparisons and edits; None of times, shares and if suppressed."""
    durations: Durations | None = field(default=None, repr=False)

    @property
    def main(self) -> Statistic | None:
        """The statistic that stands for the measurement; None if suppressed."""
        return self.statistics[0] if self.statistics else None

    @property
    def weighted(self) -> bool:
        """Whether answers have weights."""
        return self.effective_n is not None

    @cached_property
    def low_base(self) -> bool:
        """Whether its main statistic rests on so few answers that it is shown with a warning."""
        return self.main is not None and has_low_base(self.main)

    @property
    def is_extreme(self) -> bool:
        """Whether all answered alike as far as a statistic shows, so that it tells what each of them answered."""
        alike = len([n for n in self.counts.values() if n]) == 1
        return alike or any(_is_extreme(one) for one in self.statistics)


def has_low_base(one: Statistic) -> bool:
    """Return whether a statistic rests on few answers, or is a share that is known to ± 10 points only."""
    return (one.n is not None and one.n < LOW_BASE) or (one.unit == "share" and (one.half_width or 0) > WIDE)


def _is_extreme(one: Statistic) -> bool:
    bounds = {"share": (0, 1), "nps": (-100, 100), "points": (0, 100)}
    return one.value in bounds.get(one.unit, ())


def measurements(found: Found) -> list[Measurement]:
    """Return a measurement of each cell that has answers or cases, in the order of items, periods and segments."""
    kinds = {(one.item, one.metric): one for one in found.definitions}
    order = {key: place for place, key in enumerate(kinds)}
    made = [*_of_answers(found, kinds), *_of_times(found, kinds), *_of_shares(found, kinds)]

    def place(one: Measurement) -> tuple[object, ...]:
        cell = one.cell
        return order.get((cell.item, cell.metric), len(order)), cell.item, cell.metric, cell.segments, cell.period

    return sorted(made, key=place)


def _by_cell(rows: Iterable[Row]) -> dict[Cell, list[Row]]:
    found: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.cell].append(row)
    return found


def _definition(kinds: Mapping[tuple[str, str], Definition], cell: Cell) -> Definition:
    """Return the definition of a cell's item: its own, or that of all items, which data name by their labels."""
    own = kinds.get((cell.item, cell.metric))
    return own or kinds[ANY, cell.metric]._replace(item=cell.item)


def _of_answers(found: Found, kinds: Mapping[tuple[str, str], Definition]) -> Iterable[Measurement]:
    products, units = _by_cell(found.products), _by_cell(found.units)
    missing, refused = _by_cell(found.missing), _by_cell(found.refused)
    for cell, scores in _by_cell(found.scores).items():
        sample = Sample(
            tuple(scores), tuple(products.get(cell, ())), tuple(units.get(cell, ())),
            weighted=bool(found.about.weight), clustered=bool(found.about.cluster),
        )  # fmt: skip
        definition = _definition(kinds, cell)
        yield _with_missing(
            Measurement(
                found.about.name,
                cell,
                definition,
                _answer_statistics(sample, definition),
                sample.n,
                sample.effective_n if sample.weighted else None,
                sample.clusters,
                sample.counts,
                sample=sample,
            ),
            missing.get(cell, ()),
            refused.get(cell, ()),
        )


def _answer_statistics(sample: Sample, definition: Definition) -> tuple[Statistic, ...]:
    low, high = definition.low, definition.high
    if definition.metric == "nps":
        return (estimates.net_promoter_score(sample),)
    if definition.metric in ("ces", "ces1"):
        average = estimates.mean(sample, low, high, "scale")
        if definition.metric == "ces1":
            return (average,)
        return average, estimates.share_of(sample, "share of 5 to 7", lambda score: float(score >= EASY))
    average = estimates.mean(sample, low, high, "points")
    top = top_of(definition)
    if definition.metric == "rating" or top is None:
        return (average,)
    return average, estimates.top_box(sample, high, top)


def scale_of(definition: Definition) -> str:
    """Return the scale of answers as the format writes it: 1..5."""
    return f"{definition.low:g}..{definition.high:g}"


def top_of(definition: Definition) -> int | None:
    """Return how many of the highest answers count as satisfied; None where that is not stated and not agreed on."""
    return definition.top or DEFAULT_TOP.get(scale_of(definition))


def _with_missing(one: Measurement, missing: Iterable[Missing], refused: Iterable[Refused]) -> Measurement:
    """Return a measurement with its missing answers, response rate and the reach they speak for."""
    kinds: dict[MissingKind, int] = {row.kind: row.n for row in missing if row.n}
    n = one.n or 0
    not_given = sum(kinds.get(kind, 0) for kind in NOT_GIVEN)
    notes = []
    asked, met = kinds.get("no answer", 0), kinds.get("not applicable", 0)
    if not_given > UNANSWERED * (n + not_given) and not asked:
        notes.append(f"{100 * not_given / (n + not_given):.0f} % of those asked did not answer")
    return replace(
        one,
        missing=kinds,
        refused={row.reason: row.n for row in refused if row.n},
        response_rate=n / (n + asked) if asked else None,
        reach=estimates.proportion("reach", n, n + met) if met else None,
        notes=(*one.notes, *notes),
    )


def _of_times(found: Found, kinds: Mapping[tuple[str, str], Definition]) -> Iterable[Measurement]:
    missing, refused = _by_cell(found.missing), _by_cell(found.refused)
    for cell, rows in _by_cell(found.times).items():
        buckets = [_bucket(row) for row in rows]
        durations = Durations.of(buckets)
        still_open = sum(one.n for one in buckets if one.open)
        definition = _definition(kinds, cell)
        statistics, notes = _time_statistics(durations, buckets, still_open, definition)
        yield _with_missing(
            Measurement(
                found.about.name, cell, definition, statistics, durations.n, notes=notes, durations=durations,
            ),
            missing.get(cell, ()),
            refused.get(cell, ()),
        )  # fmt: skip


def _bucket(row: Time) -> Bucket:
    return Bucket(row.least / 1000, row.most / 1000, row.n, row.total / 1000, row.open)


def _time_statistics(
    durations: Durations, buckets: list[Bucket], still_open: int, definition: Definition
) -> tuple[tuple[Statistic, ...], tuple[str, ...]]:
    """Return the statistics of a time: first Kaplan and Meier's if more than a few cases are open."""
    found: list[Statistic] = []
    notes = [f"{still_open:,} still open"] if still_open else []
    n = durations.n + still_open
    if still_open > CENSORED * n:
        steps = survival(buckets)
        for name, share in (("median", 0.5), ("90th percentile", 0.9)):
            quantile = open_quantile(steps, share)
            found.append(estimates.quantile_statistic(f"{name} with open cases", quantile, n, "Brookmeyer-Crowley"))
    if durations.n:
        found += estimates.time_statistics(durations)
    if definition.target is not None and durations.n:
        within = durations.within(definition.target / 1000)
        found.append(estimates.proportion("share within the target", round(within), durations.n))
    return tuple(found), tuple(notes)


def _of_shares(found: Found, kinds: Mapping[tuple[str, str], Definition]) -> Iterable[Measurement]:
    for row in found.shares:
        if not row.n:
            continue
        definition = _definition(kinds, row.cell)
        notes = [definition.note] if definition.note else []
        notes += [f"{row.unknown:,} cannot be told"] if row.unknown else []
        yield Measurement(
            found.about.name, row.cell, definition, (estimates.proportion("share", row.k, row.n),), row.n,
            notes=tuple(notes),
        )  # fmt: skip
