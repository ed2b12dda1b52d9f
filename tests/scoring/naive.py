"""The scoring formulas written a second time: plainly, slowly, from plain data, sharing no code with the package."""

from __future__ import annotations

import math
from typing import Any

from scipy.stats import t as student

from tests.scoring.journeys import SCALES

VALENCE = {
    "proud": 1.5, "calm": 1.0, "frustrated": -1.5, "impatient": -0.5, "zufrieden": 1.0, "csalódott": -1.0,
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


ASKING = ("interview", "survey", "observation", "review")
Ground = tuple[str, str | None]


def people(ids: list[str], data: dict[str, Any]) -> tuple[int, str | None]:
    """How many in the largest source that asks customers, and which that is."""
    best: tuple[int, str | None] = (0, None)
    for source in data["sources"]:
        if source["id"] in ids and source.get("kind") in ASKING and source.get("n", 0) > best[0]:
            best = (source["n"], source["id"])
    return best


def research(n: int) -> float:
    return max(5, 25 / math.sqrt(n)) if n else 25


def rate(point: dict[str, Any], data: dict[str, Any], source: str) -> tuple[float, float, Ground] | None:
    """S, u and what it rests on."""
    survey = survey_of(point, data)
    if survey and source != "stated":
        mean, sd, n, scale = survey
        low, high = SCALES[scale]
        if sd is None:
            sd = math.sqrt((high - mean) * (mean - low)) if low < mean < high else 0
        u = 25.0
        if n is not None and n >= 5 and sd / (high - low) > 1e-8:
            u = student.ppf(0.975, n - 1) * sd / math.sqrt(n) * 100 / (high - low)
        return percent(mean, scale), u, ("survey", point["measured"].get("source"))
    if source == "measured" or not ("satisfaction" in point or "feeling" in point):
        return None
    n, id = people(point.get("evidence", data["evidence"]), data)
    if "satisfaction" in point:
        return percent(point["satisfaction"], data["scale"]), research(n), ("judged", id)
    return feeling_score(point["feeling"]), research(n), ("judged", id)


def rho(one: Ground, other: Ground, data: dict[str, Any]) -> float:
    """Between two different touchpoints."""
    if one != other:
        return 0
    if one[0] == "judged":
        return 1
    stated: list[float] = [source.get("correlation", 0.4) for source in data["sources"] if source["id"] == one[1]]
    return stated[0] if stated else 0.4


def base(point: dict[str, Any], data: dict[str, Any], source: str) -> int | None:
    """How many answers the score rests on."""
    survey = survey_of(point, data)
    return survey[2] if survey and source != "stated" else None


def weight(point: dict[str, Any]) -> float:
    return float(point.get("importance", 3) * point.get("reach", 1))


def landmarks(rated: list[tuple[dict[str, Any], float]]) -> tuple[int, int, int, int]:
    """Indexes of peak, valley, end and first among points with a reach above 0."""
    total = sum(weight(p) for p, _ in rated)
    mean = sum(weight(p) * s for p, s in rated) / total
    effects = [round(mean + p.get("reach", 1) * (s - mean), 6) for p, s in rated]
    highest = max(i for i in range(len(rated)) if effects[i] == max(effects))
    lowest = min(i for i in range(len(rated)) if effects[i] == min(effects))
    return highest, lowest, len(rated) - 1, 0


def coefficients(rated: list[tuple[dict[str, Any], float]], parts: tuple[float, ...]) -> list[float]:
    """Of points with a reach above 0."""
    total = sum(weight(p) for p, _ in rated)
    c = [parts[0] * weight(p) / total for p, _ in rated]
    for k, part in zip(landmarks(rated), parts[1:], strict=True):
        reach = rated[k][0].get("reach", 1)
        c[k] += part * reach
        for i, (p, _) in enumerate(rated):
            c[i] += part * (1 - reach) * weight(p) / total
    return c


def withheld(points: list[dict[str, Any]], data: dict[str, Any], source: str) -> bool:
    """Whether half of the rated weight or more is that of surveys of fewer than five answers."""
    rated = [p for p in points if rate(p, data, source) is not None]
    hidden = sum(weight(p) for p in rated if base(p, data, source) in range(5))
    return hidden > 0 and hidden >= sum(map(weight, rated)) / 2 - 1e-9


def total_score(
    points: list[dict[str, Any]], data: dict[str, Any], source: str, parts: tuple[float, ...]
) -> tuple[float | None, float | None]:
    """J and u of J."""
    all_weight = sum(weight(p) for p in points)
    found = [(p, r) for p in points if weight(p) and (r := rate(p, data, source)) is not None]
    own_weight = sum(weight(p) for p, _ in found)
    if own_weight == 0 or own_weight / all_weight < 0.5 - 1e-9 or withheld(points, data, source):
        return None, None
    c = coefficients([(p, s) for p, (s, _, _) in found], parts)
    j = sum(ci * s for ci, (_, (s, _, _)) in zip(c, found, strict=True))
    square = 0.0
    for i, (_, (_, u, ground)) in enumerate(found):
        for k, (_, (_, other_u, other)) in enumerate(found):
            square += c[i] * c[k] * u * other_u * (1 if i == k else rho(ground, other, data))
    return j, math.sqrt(square)


def delta(
    old: list[dict[str, Any]], new: list[dict[str, Any]], data: dict[str, Any], source: str, parts: tuple[float, ...]
) -> tuple[float, float] | None:
    """ΔJ and its u; both versions are points of the same ids."""
    (j_old, u_old), (j_new, u_new) = (total_score(points, data, source, parts) for points in (old, new))
    if j_old is None or j_new is None or u_old is None or u_new is None:
        return None
    sides = []
    for points in (old, new):
        met = [(p, r) for p in points if weight(p) and (r := rate(p, data, source)) is not None]
        c = coefficients([(p, r[0]) for p, r in met], parts)
        sides.append({p["id"]: (ci, *r) for ci, (p, r) in zip(c, met, strict=True)})
    before, after = sides
    same = [id for id in after if id in before and before[id][1:] == after[id][1:]]
    shared = 0.0
    for i in same:
        for k in same:
            (ci, _, ui, ground), (ck, _, uk, other) = after[i], before[k]
            shared += ci * ck * ui * uk * (1 if i == k else rho(ground, other, data))
    return j_new - j_old, math.sqrt(max(0, u_old**2 + u_new**2 - 2 * shared))


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


def importance_prime(point: dict[str, Any], met: list[dict[str, Any]]) -> float:
    """Of a point, where these are the rated ones that anybody meets."""
    more = (met and point in (met[0], met[-1])) or point.get("moment_of_truth", False)
    return float(min(5, point.get("importance", 3) + bool(more)))


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
    """Of rated points that anybody meets, as the peaks are."""
    found = []
    for first, last, depth in turns(values, 100, -1):
        s = values[first]
        if not (s < 40 or (depth is not None and depth >= 12.5 - 1e-7 and s < 75)):
            continue
        severity = max(
            100 * importance_prime(points[i], points) / 5 * points[i].get("reach", 1)
            * (0.5 * min(max((50 - s) / 50, 0), 1) + 0.5 * (depth or 0) / 100)
            for i in range(first, last + 1)
        )  # fmt: skip
        kind = "critical" if s <= 20 else "pain" if s < 40 else "dip"
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
    elapsed = max(at + lasts for at, lasts in times) - times[0][0] if len(times) > 1 else None
    longest = max(length(p, key) for p in points for key in ("wait", "lasts")) if points else 0
    return {
        "touchpoints": len(points),
        "customer_contacts": sum(
            1 for p in points if (channels(p) or not p.get("channel")) and p.get("by", "customer") == "customer"
        ),
        "channel_switches": sum(1 for i in range(1, len(real)) if not real[i] & real[i - 1]),
        "elapsed": None if elapsed is None else max(elapsed, longest),
        "elapsed_at_least": elapsed is not None and longest > elapsed,
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
