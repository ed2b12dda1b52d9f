"""Whether measurements differ: of two periods, and of segments.

Simple samples are tested as `scoring.significance` tests two surveys: Welch for means, Agresti and Caffo for shares,
adjusted Wald for NPS. With weights, clusters or strata both sides bring their linearised standard error; respondents
who are in both periods bring their covariance, so that a panel is a paired test. Times are compared by the ratio of
their geometric means (Welch on logarithms). Of segments an overall test comes first (χ² of simple shares and NPS,
Welch's analysis of variance otherwise), and pairs are tested only where it finds something. All
comparisons of a run are corrected together (Holm, or Benjamini and Hochberg); intervals are of each alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise
from typing import NamedTuple

from journeykit.data.periods import is_complete, year_before
from journeykit.data.questions import Repeated
from journeykit.measuring import estimates
from journeykit.measuring.durations import Durations
from journeykit.measuring.estimates import Unit
from journeykit.measuring.measurements import Measurement, scale_of, top_of
from journeykit.measuring.samples import Code, Sample
from journeykit.scoring.distributions import chi2_p_value, f_p_value
from journeykit.scoring.metrics import nps_groups
from journeykit.scoring.significance import (
    CORRECTIONS,
    SURE,
    Delta,
    nps_delta,
    satterthwaite,
    share_delta,
    two_sided_normal,
    welch,
)
from journeykit.scoring.significance import Sample as Moments
from journeykit.scoring.student import Z, t_quantile, two_sided

SMALL = 2.0
"""Points below which a difference is too small to matter; a convention of this project."""
MANY = 100
"""From so many degrees of freedom on, differences with clusters use the normal distribution."""


@dataclass(frozen=True)
class Difference:
    """The difference of two measurements, later less earlier; of times the ratio."""

    before: Measurement
    after: Measurement
    statistic: str = ""
    unit: Unit | None = None
    delta: float | None = None
    low: float | None = None
    high: float | None = None
    """A single 95 % interval."""
    p: float | None = None
    """Of this comparison alone."""
    corrected: float | None = None
    """Corrected over everything that the run compares."""
    method: str = ""
    not_comparable: str = ""
    """Why the two are not compared, if so."""
    ratio: bool = False

    @property
    def points(self) -> float | None:
        """Its size in points of 0..100, or of NPS; None of times and scales."""
        if self.delta is None or self.unit not in ("points", "share", "nps"):
            return None
        return 100 * self.delta if self.unit == "share" else self.delta

    def verdict(self) -> str:
        """Return what may be said of it in words."""
        if self.not_comparable:
            return f"not comparable: {self.not_comparable}"
        if self.corrected is None or self.delta is None:
            return ""
        if self.corrected >= SURE:
            return "within chance"
        small = self.points is not None and abs(self.points) < SMALL
        return "more than chance, too small to matter" if small else "more than chance"


@dataclass(frozen=True)
class Overall:
    """The test whether segments of one column differ at all."""

    parts: tuple[Measurement, ...]
    column: str
    p: float
    method: str
    corrected: float | None = None


class _Side(NamedTuple):
    """One side of a comparison: value, standard error, degrees of freedom."""

    value: float
    error: float
    freedom: float


def difference(before: Measurement, after: Measurement, repeated: Iterable[Repeated] = ()) -> Difference:
    """Compare two measurements of other people; `repeated` has the answers of those who are in both."""
    plain = Difference(before, after)
    if reason := _not_comparable(before, after):
        return replace(plain, not_comparable=reason)
    if before.durations and after.durations:
        return _of_times(plain, before.durations, after.durations)
    if before.main is None or after.main is None:
        return plain
    plain = replace(plain, statistic=after.main.name, unit=after.main.unit)
    if before.sample is None or after.sample is None:
        return _of_shares(plain)
    both = list(repeated)
    if before.sample.is_simple and after.sample.is_simple and not both:
        return _of_simple(plain, before.sample, after.sample)
    return _of_estimates(plain, before.sample, after.sample, both)


def _not_comparable(before: Measurement, after: Measurement) -> str:
    """Return why two measurements are not of one kind, or cannot be told apart from chance."""
    one, other = before.definition, after.definition
    if before.suppressed or after.suppressed:
        return "too few answers"
    for was, now in (
        (before.cell.metric, after.cell.metric),
        (scale_of(one), scale_of(other)) if one.kind == other.kind == "answer" else ("", ""),
        (one.clock or "", other.clock or ""),
        (one.kind, other.kind),
        (one.note, other.note),
    ):
        if was != now:
            return f"{was or 'not said'} against {now or 'not said'}"
    if one.kind == "answer" and top_of(one) != top_of(other):
        return f"top {top_of(one)} against top {top_of(other)}"
    if min(before.n or 0, after.n or 0) < 5:
        return "too few answers"
    main, other_main = before.main, after.main
    if main and other_main and main.name != other_main.name:
        return f"{main.name} against {other_main.name}"
    if one.kind == "answer" and any("no spread" in (each.interval if each else "") for each in (main, other_main)):
        return "no spread: no interval"
    return ""


def _with(plain: Difference, found: Delta, method: str) -> Difference:
    return replace(plain, delta=found.delta, low=found.interval[0], high=found.interval[1], p=found.p, method=method)


def _of_shares(plain: Difference) -> Difference:
    before, after = plain.before, plain.after
    if before.main is None or after.main is None or before.main.value is None or after.main.value is None:
        return plain
    found = share_delta(before.main.value, before.n or 0, after.main.value, after.n or 0)
    return _with(plain, found, "Agresti-Caffo")


def _of_simple(plain: Difference, before: Sample, after: Sample) -> Difference:
    if plain.unit == "nps":
        return _with(plain, nps_delta(nps_groups(before.counts), nps_groups(after.counts)), "adjusted Wald")
    if plain.unit == "share":
        code = code_of(plain.after)
        shares = [one.estimate(code).value for one in (before, after)]
        return _with(plain, share_delta(shares[0], before.n, shares[1], after.n), "Agresti-Caffo")
    factor = _factor(plain.after)
    moments = [
        Moments(factor * one.estimate().value, factor * (one.estimate().sd or 0), one.n) for one in (before, after)
    ]
    return _with(plain, welch(*moments), "Welch")


def _of_estimates(plain: Difference, before: Sample, after: Sample, repeated: Sequence[Repeated]) -> Difference:
    """Compare linearised estimates, with the covariance of the people who are in both."""
    code, factor = code_of(plain.after), _factor(plain.after)
    sides = [_side(one, code, factor) for one in (before, after)]
    if None in sides:
        return replace(plain, not_comparable="too few clusters")
    was, now = (side for side in sides if side is not None)
    weighted = before.weighted or after.weighted or before.clustered or after.clustered
    shared = 0.0 if weighted else factor**2 * _covariance(before, after, code, repeated)
    error = math.sqrt(max(0.0, was.error**2 + now.error**2 - 2 * shared))
    delta = now.value - was.value
    if error == 0:
        return replace(plain, not_comparable="no spread: no interval")
    paired = bool(repeated) and not weighted
    if paired:
        freedom = min(before.n, after.n) - 1.0
    else:
        freedom = satterthwaite(was.error**2, was.freedom, now.error**2, now.freedom)
    normal = plain.unit != "points" and not (before.clustered or after.clustered or paired)
    normal = normal or ((before.clustered or after.clustered) and freedom >= MANY)
    times = Z if normal else t_quantile(0.975, freedom)
    p = two_sided_normal(delta / error) if normal else two_sided(abs(delta / error), freedom)
    people = sum(one.n for one in repeated)
    method = f"paired over {people:,} who are in both" if paired else "linearised"
    return _with(plain, Delta(delta, (delta - times * error, delta + times * error), p), method)


def _side(sample: Sample, code: Code, factor: float) -> _Side | None:
    found = sample.estimate(code)
    return None if found.error is None else _Side(factor * found.value, factor * found.error, found.freedom)


def _covariance(before: Sample, after: Sample, code: Code, repeated: Sequence[Repeated]) -> float:
    """Return the covariance of two means from the answers of those who are in both."""
    n = sum(one.n for one in repeated)
    if n < 2:
        return 0.0
    means = [sample.estimate(code).value for sample in (before, after)]
    products = math.fsum(one.n * (code(one.s) - means[0]) * (code(one.t) - means[1]) for one in repeated)
    return products * n / (n - 1) / (before.n * after.n)


def code_of(one: Measurement) -> Code:
    """Return what a score counts as in the main statistic."""
    main = one.main
    if main is None or main.unit not in ("nps", "share"):
        return float
    if main.unit == "nps":
        return estimates.promoter_code
    high, top = one.definition.high, top_of(one.definition) or 1
    return lambda score: float(score > high - top)


def _factor(one: Measurement) -> float:
    """Return by how much a step of the scale counts in the unit of the main statistic."""
    in_points = one.main is not None and one.main.unit == "points"
    return 100 / (one.definition.high - one.definition.low) if in_points else 1.0


def _of_times(plain: Difference, before: Durations, after: Durations) -> Difference:
    moments = [_logarithms(one) for one in (before, after)]
    plain = replace(plain, statistic="ratio of geometric means", unit="time", ratio=True)
    if any(one is None for one in moments):
        return replace(plain, not_comparable="times of 0 have no logarithm")
    was, now = (one for one in moments if one is not None)
    if was.sd == now.sd == 0:
        return replace(plain, not_comparable="no spread: no interval")
    found = welch(was, now)
    low, high = found.interval
    return _with(plain, Delta(math.exp(found.delta), (math.exp(low), math.exp(high)), found.p), "Welch on logarithms")


def _logarithms(durations: Durations) -> Moments | None:
    if any(one.total <= 0 for one in durations.buckets) or durations.n < 2:
        return None
    logs = [(math.log(one.total / one.n), one.n) for one in durations.buckets]
    mean = math.fsum(log * n for log, n in logs) / durations.n
    squares = math.fsum(n * (log - mean) ** 2 for log, n in logs)
    return Moments(mean, math.sqrt(squares / (durations.n - 1)), durations.n)


def period_changes(
    found: Iterable[Measurement], repeated: Iterable[Repeated] = (), today: date = date.max
) -> list[Difference]:
    """Compare the newest period of every item and segment with the one before, and with the same one a year before.

    A period that is not over on `today` is compared with none: its first days are no month. What differs from the
    period before may be the season; what differs from the same period a year before is not.
    """
    series: dict[tuple[object, ...], list[Measurement]] = {}
    for one in found:
        if not is_complete(one.cell.period, today):
            continue
        named = one.touchpoint is None or one.definition.kind != "answer"
        subject = (named, one.cell.item if named else one.touchpoint)
        series.setdefault((subject, one.cell.metric, one.cell.segments), []).append(one)
    asked_twice: dict[tuple[str, str, str, str], list[Repeated]] = {}
    for row in repeated:
        asked_twice.setdefault((row.item, row.metric, row.before, row.after), []).append(row)
    changes = []
    for members in series.values():
        ordered = sorted(members, key=lambda one: one.cell.period)
        pairs = [(was, now) for was, now in pairwise(ordered) if was.cell.period != now.cell.period][-1:]
        pairs += [(was, now) for before, now in pairs for was in a_year_before(now, ordered) if was is not before]
        for was, now in pairs:
            key = (now.cell.item, now.cell.metric, was.cell.period, now.cell.period)
            people = () if now.cell.segments else asked_twice.get(key, ())
            changes.append(difference(was, now, people))
    return changes


def a_year_before(one: Measurement, others: Iterable[Measurement]) -> list[Measurement]:
    """Return the first of some measurements that is of the same month, quarter or week of the year before, if any."""
    period = year_before(one.cell.period)
    return [each for each in others if period and each.cell.period == period][:1]


def segment_tests(found: Iterable[Measurement]) -> list[Overall]:
    """Test of each item and period whether the segments of one column differ at all."""
    tables: dict[tuple[str, str, str, str], list[Measurement]] = {}
    for one in found:
        if len(one.cell.segments) == 1 and not one.suppressed:
            column = one.cell.segments[0][0]
            tables.setdefault((one.cell.item, one.cell.metric, one.cell.period, column), []).append(one)
    tests = []
    for (*_, column), parts in tables.items():
        tested = _overall(parts, column) if len(parts) > 1 else None
        if tested is not None:
            tests.append(tested)
    return tests


def _overall(parts: Sequence[Measurement], column: str) -> Overall | None:
    """Test segments, of which those without a spread (too few clusters) are left out; None if fewer than two remain."""
    main = parts[0].main
    if main is None or main.unit == "time":
        return None
    if main.unit in ("share", "nps") and all(one.sample is None or one.sample.is_simple for one in parts):
        return Overall(tuple(parts), column, _chi2(parts), "χ²")
    sides = [(one, _side(one.sample, code_of(one), _factor(one))) for one in parts if one.sample]
    spread = [(one, side) for one, side in sides if side is not None and side.error]
    if len(spread) < 2:
        return None
    p = _welch_anova([side for _, side in spread])
    return Overall(tuple(one for one, _ in spread), column, p, "Welch's analysis of variance")


def _chi2(parts: Sequence[Measurement]) -> float:
    rows = [_categories(one) for one in parts]
    columns = [sum(column) for column in zip(*rows, strict=True)]
    used = [at for at, total in enumerate(columns) if total]
    whole = sum(columns)
    chi2 = math.fsum(
        (row[at] - sum(row) * columns[at] / whole) ** 2 / (sum(row) * columns[at] / whole)
        for row in rows
        for at in used
    )
    freedom = (len(rows) - 1) * (len(used) - 1)
    return chi2_p_value(chi2, freedom) if freedom else 1.0


def _categories(one: Measurement) -> list[float]:
    n = one.n or 0
    if one.sample and one.main and one.main.unit == "nps":
        ups, downs, n = nps_groups(one.sample.counts)
        return [ups, n - ups - downs, downs]
    share = (one.main.value if one.main else 0) or 0
    return [share * n, n - share * n]


def _welch_anova(sides: Sequence[_Side]) -> float:
    """Return p of Welch's test of several means with their standard errors (Biometrika 38, 1951)."""
    weights = [1 / side.error**2 for side in sides]
    total, k = math.fsum(weights), len(sides)
    mean = math.fsum(w * side.value for w, side in zip(weights, sides, strict=True)) / total
    between = math.fsum(w * (side.value - mean) ** 2 for w, side in zip(weights, sides, strict=True)) / (k - 1)
    lack = math.fsum((1 - w / total) ** 2 / side.freedom for w, side in zip(weights, sides, strict=True))
    f = between / (1 + 2 * (k - 2) / (k * k - 1) * lack)
    return f_p_value(f, k - 1, (k * k - 1) / (3 * lack))


class Comparisons(NamedTuple):
    """All comparisons of a run, corrected together."""

    changes: tuple[Difference, ...] = ()
    overall: tuple[Overall, ...] = ()
    pairs: tuple[Difference, ...] = ()
    correction: str = "holm"
    """One of `scoring.significance.CORRECTIONS`."""

    @property
    def number(self) -> int:
        """How many p-values were corrected together."""
        tested = (*self.changes, *self.pairs)
        return sum(one.p is not None for one in tested) + len(self.overall)


def compare(changes: Sequence[Difference], tests: Sequence[Overall], correction: str = "holm") -> Comparisons:
    """Correct all comparisons of a run together; pairs of segments are tested where the overall test finds some."""
    first = _corrected(changes, tests, (), correction)
    telling = [one for one in first.overall if one.corrected is not None and one.corrected < SURE]
    pairs = [difference(was, now) for one in telling for was, now in combinations(one.parts, 2)]
    return _corrected(changes, tests, pairs, correction)


def _corrected(
    changes: Sequence[Difference], tests: Sequence[Overall], pairs: Sequence[Difference], correction: str
) -> Comparisons:
    groups: Mapping[str, Sequence[Difference | Overall]] = {"change": changes, "overall": tests, "pair": pairs}
    p_values: Mapping[tuple[str, int], float] = {
        (kind, at): one.p for kind, group in groups.items() for at, one in enumerate(group) if one.p is not None
    }
    found = CORRECTIONS[correction](p_values)
    return Comparisons(
        tuple(replace(one, corrected=found.get(("change", at))) for at, one in enumerate(changes)),
        tuple(replace(one, corrected=found[("overall", at)]) for at, one in enumerate(tests)),
        tuple(replace(one, corrected=found.get(("pair", at))) for at, one in enumerate(pairs)),
        correction,
    )
