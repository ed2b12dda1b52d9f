"""Rules on KPIs, goals and surveys: whether figures are complete and reliable, and whether customers are asked well."""

from collections.abc import Iterator

from journeykit.model import Evidence, Journey, Kpi, Measured
from journeykit.source import KeyPath

SURVEYS = ("csat", "nps", "ces", "rating")
"""The kinds of KPIs that come from questions to customers."""
SPOKEN = frozenset({"phone", "in-person", "store", "video"})
"""Channels in which a question is part of the conversation."""


def measured_kpis(journey: Journey) -> list[tuple[KeyPath, Kpi]]:
    """Return the KPIs that have a figure, each with its path. One that has only a target is a plan."""
    return [(("kpis", number), kpi) for number, kpi in enumerate(journey.kpis) if _has_figure(kpi)]


def _has_figure(kpi: Kpi) -> bool:
    given = (kpi.value, kpi.k, kpi.median, kpi.p90, kpi.mean, kpi.promoters)
    return bool(kpi.counts) or any(figure is not None for figure in given)


def sources_of(journey: Journey) -> dict[str | None, Evidence]:
    """Return the sources of a journey by id."""
    return {source.id: source for source in journey.sources}


def figures(journey: Journey) -> Iterator[tuple[KeyPath, Kpi | Measured]]:
    """Yield what is measured at touchpoints and the KPIs that have a figure, each with its path."""
    for place in journey.places:
        if place.touchpoint.measured:
            yield (*place.path, "measured"), place.touchpoint.measured
    yield from measured_kpis(journey)


def base_of(figure: Kpi | Measured) -> tuple[int | None, str]:
    """Return how many answers or cases a figure rests on (None if it does not say), and the key that says so."""
    if figure.n is not None:
        return figure.n, "n"
    if figure.counts:
        return sum(figure.counts.values()), "counts"
    votes = (figure.promoters, figure.passives, figure.detractors) if isinstance(figure, Kpi) else ()
    given = [count for count in votes if count is not None]
    return (sum(given), "promoters") if given else (None, "n")
