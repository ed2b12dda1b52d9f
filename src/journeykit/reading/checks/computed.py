"""Check how KPIs are computed from data: in one way, which fits their kind."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.model.answers import COMPUTED
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault


def check(journey: JourneyData) -> Iterator[Fault]:
    """Report `from` without `to`, several ways to compute one figure, and a way that gives another kind of figure."""
    for kpi in journey.root.items("kpis"):
        given = [key for key in COMPUTED if kpi.data.get(key) is not None]
        wrong = [key for key in given if isinstance(kind := kpi.data.get("kind"), str) and kind not in COMPUTED[key]]
        for key in wrong:
            help = f"remove it, or write kind: {' or '.join(COMPUTED[key])}"
            yield Fault("unknown-key", (*kpi.path, key), f"{kind} is not computed by `{key}`", help, "key")
        if not wrong:
            yield from _one_way(kpi, given)


def _one_way(kpi: Item, given: list[str]) -> Iterator[Fault]:
    ways = [key for key in given if key != "to" or "from" not in given]
    if len(ways) > 1:
        message = f'"{ways[0]}" and "{ways[1]}" say in two ways how it is computed'
        yield Fault("one-form", (*kpi.path, ways[1]), message, "keep one of them", "key")
    elif ("from" in given) != ("to" in given):
        missing = "to" if "from" in given else "from"
        message = f'a time has a "from" and a "to"; "{missing}" is missing'
        yield Fault("missing-key", (*kpi.path, missing), message, f"add {missing}: the id of a touchpoint")
