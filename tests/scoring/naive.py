"""The scoring formulas written a second time: plainly, slowly, from plain data, sharing no code with the package."""

from __future__ import annotations

import math
from typing import Any

from scipy.stats import t as student

from tests.scoring.journeys import SCALES

VALENCE = {
    "proud": 1.5, "calm": 1.0, "frustrated": -1.5, "impatient": -1.0, "zufrieden": 1.0, "csalódott": -1.5,
    "meh": -0.5, "hopeful": 0.5, "Hopeful": 0.5,
}  # fmt: skip
"""The file's own "Hopeful" (0.5) goes before the built-in one (1)."""
WEIGHTS = {
    "balanced": (0.60, 0.10, 0.10, 0.15, 0.05),
    "mean": (1, 0, 0, 0, 0),
    "peak-end": (0, 0.25, 0.25, 0.50, 0),
}
LENGTHS = {"20min": 1200.0, "4h": 14400.0, "2d": 172800.0, "1w": 604800.0}


def percent(value: float, scale: str) -> float:
    low, high = SCALES[scale]
    return round(100 * (value - low) / (high - low), 6)


def feeling_score(words: list[str]) -> float:
    return round(50 + 25 * sum(VALENCE[word] for word in words) / len(words), 6)


def survey_of(point: dict[str, Any], data: dict[str, Any]) -> tuple[float, float | None, int | None, str] | None:
    """Mean, standard deviation, number and scale of what was measured."""
    survey = point.get("measured")
    if survey is None:
        return None
    scale = survey.get("scale", data["scale"])
    if "counts" not in survey:
        return survey["mean"], survey.get("sd"), survey.get("n"), scale
    answers = [value for value, count in survey["counts"].items() for _ in range(count)]
    if not answers:
        return None
    mean = sum(answers) / len(answers)
    if len(answers) == 1:
        return mean, None, 1, scale
    return mean, math.sqrt(sum((a - mean) ** 2 for a in answers) / (len(answers) - 1)), len(answers), scale


def people(ids: list[str], data: dict[str, Any]) -> int:
    return max([source.get("n", 0) for source in data["sources"] if source["id"] in ids], default=0)


def research(n: int) -> float:
    return max(5, 25 / math.sqrt(n)) if n else 25


def rate(point: dict[str, Any], data: dict[str, Any], source: str) -> tuple[float, float] | None:
    """S and u."""
    ids = point.get("evidence", data["evidence"])
    survey = survey_of(point, data)
    if survey and source != "stated":
        mean, sd, n, scale = survey
        low, high = SCALES[scale]
        if sd is not None and n is not None and n > 1:
            return percent(mean, scale), student.ppf(0.975, n - 1) * sd / math.sqrt(n) * 100 / (high - low)
        return percent(mean, scale), research(people(ids, data))
    if source == "measured":
        return None
    if "satisfaction" in point:
        return percent(point["satisfaction"], data["scale"]), research(people(ids, data))
    if "feeling" in point:
        return feeling_score(point["feeling"]), research(people(ids, data))
    return None


def weight(point: dict[str, Any]) -> float:
    return float(point.get("importance", 3) * point.get("reach", 1))


def coefficients(rated: list[tuple[dict[str, Any], float]], parts: tuple[float, ...]) -> list[float]:
    mean, peak, valley, end, first = parts
    values = [s for _, s in rated]
    total = sum(weight(p) for p, _ in rated)
    n = len(rated)
    highest = max(i for i in range(n) if values[i] == max(values))
    lowest = min(i for i in range(n) if values[i] == min(values))
    return [
        mean * weight(rated[i][0]) / total
        + peak * (i == highest)
        + valley * (i == lowest)
        + end * (i == n - 1)
        + first * (i == 0)
        for i in range(n)
    ]


def total_score(
    points: list[dict[str, Any]], data: dict[str, Any], source: str, parts: tuple[float, ...]
) -> tuple[float | None, float | None]:
    """J and u of J."""
    all_weight = sum(weight(p) for p in points)
    found = [(p, r) for p in points if (r := rate(p, data, source)) is not None]
    own_weight = sum(weight(p) for p, _ in found)
    if own_weight == 0 or own_weight / all_weight < 0.5 - 1e-9:
        return None, None
    c = coefficients([(p, s) for p, (s, _) in found], parts)
    j = sum(ci * s for ci, (_, (s, _)) in zip(c, found, strict=True))
    return j, math.sqrt(sum(ci**2 * u**2 for ci, (_, (_, u)) in zip(c, found, strict=True)))


def prominence(y: list[float], first: int, last: int) -> float | None:
    """Of the flat top y[first..last]; None if it is none. Both sides are walked up to the next higher value."""
    if first == 0 or last == len(y) - 1 or y[first - 1] >= y[first] or y[last + 1] >= y[last]:
        return None
    sides = []
    for step, i in ((-1, first), (1, last)):
        lowest = y[i]
        while 0 <= i < len(y) and y[i] <= y[first]:
            lowest = min(lowest, y[i])
            i += step
        sides.append(lowest)
    return y[first] - max(sides)


def importance_prime(points: list[dict[str, Any]], i: int) -> float:
    """Of the i-th rated point."""
    more = i == 0 or i == len(points) - 1 or points[i].get("moment_of_truth", False)
    return float(min(5, points[i].get("importance", 3) + more))


def turns(values: list[float], end: float, sign: int) -> list[tuple[int, int, float | None]]:
    """Flat runs as (first, last, prominence of the maximum (sign 1) or the minimum (sign -1))."""
    y = [sign * v for v in (50, *values, end)]
    found, i = [], 0
    while i < len(values):
        k = i
        while k + 1 < len(values) and values[k + 1] == values[i]:
            k += 1
        found.append((i, k, prominence(y, i + 1, k + 1)))
        i = k + 1
    return found


def low_points(points: list[dict[str, Any]], values: list[float]) -> list[dict[str, Any]]:
    found = []
    for first, last, depth in turns(values, 100, -1):
        s = values[first]
        if not (s < 40 or (depth is not None and depth >= 12.5 - 1e-7 and s < 75)):
            continue
        severity = max(
            100 * importance_prime(points, i) / 5 * points[i].get("reach", 1)
            * (0.5 * min(max((50 - s) / 50, 0), 1) + 0.5 * (depth or 0) / 100)
            for i in range(first, last + 1)
        )  # fmt: skip
        kind = "critical" if s <= 25 else "pain" if s < 40 else "dip"
        span = tuple(points[i]["id"] for i in range(first, last + 1))
        found.append({"span": span, "score": s, "kind": kind, "prominence": depth or 0.0, "severity": severity})
    found.sort(key=lambda low: (-round(low["severity"], 6), -round(low["prominence"], 6), round(low["score"], 6)))
    return found


def peaks(points: list[dict[str, Any]], values: list[float], data: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for first, last, height in turns(values, 0, 1):
        s = values[first]
        if height is None or height < 12.5 - 1e-7 or s < 75:
            continue
        gaps = []
        for point in points[first : last + 1]:
            expected = point.get("expected")
            if expected is not None:
                word = isinstance(expected, str)
                gaps.append(s - (feeling_score([expected]) if word else percent(expected, data["scale"])))
        gap = max(gaps) if gaps else None
        wow = s >= 90 and gap is not None and gap >= 25 - 1e-7
        found.append({"id": points[first]["id"], "prominence": height, "gap": gap, "wow": wow})
    return found


def length(point: dict[str, Any], key: str) -> float:
    return LENGTHS[point[key]] if key in point else 0.0


def channels(point: dict[str, Any]) -> set[str]:
    given = point.get("channel", [])
    names = {"e-mail": "email", "telephone": "phone"}
    return {names.get(c, c) for c in ([given] if isinstance(given, str) else given)} - {"none", "self"}


def effort(points: list[dict[str, Any]]) -> dict[str, Any]:
    real = [channels(p) for p in points if channels(p)]
    waiting = 0.0
    for p in points:
        wait, lasts = length(p, "wait"), length(p, "lasts")
        waiting += max(wait, lasts) if p.get("channel") == "none" else wait
    times = [(float(p["at"][1:-1]) * 86400, length(p, "lasts")) for p in points if "at" in p]
    return {
        "touchpoints": len(points),
        "customer_contacts": sum(
            1 for p in points if (channels(p) or not p.get("channel")) and p.get("by", "customer") == "customer"
        ),
        "channel_switches": sum(1 for i in range(1, len(real)) if not real[i] & real[i - 1]),
        "elapsed": max(at + lasts for at, lasts in times) - times[0][0] if len(times) > 1 else None,
        "waiting": waiting,
        "handoffs": sum(1 for p in points for step in p.get("backstage", []) if "from" in step),
    }


def churn(points: list[dict[str, Any]]) -> float | None:
    p = {"none": 0, "low": 0.05, "medium": 0.15, "high": 0.30}
    given = [(point["churn_risk"], point.get("reach", 1)) for point in points if "churn_risk" in point]
    stay = 1.0
    for risk, reach in given:
        stay *= 1 - (p[risk] if isinstance(risk, str) else risk) * reach
    return 100 * (1 - stay) if given else None
