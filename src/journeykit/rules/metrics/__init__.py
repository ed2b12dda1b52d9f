"""Whether it is measured how the journey goes, in figures that one can build on, and without asking too much."""

from collections.abc import Iterator, Sequence

from journeykit.model import Evidence, Journey, Kpi
from journeykit.rules import Hit
from journeykit.source import Path

SURVEYS = ("csat", "nps", "ces", "rating")
"""The kinds of KPIs that customers are asked for."""
SPOKEN = frozenset({"phone", "in-person", "store", "video"})
"""Channels in which a question is part of the talk."""


def measured_kpis(journey: Journey) -> list[tuple[Path, Kpi]]:
    """The KPIs that have a figure, each with its path; one that has only a target is a plan."""
    return [(("kpis", number), kpi) for number, kpi in enumerate(journey.kpis) if _has_figure(kpi)]


def _has_figure(kpi: Kpi) -> bool:
    given = (kpi.value, kpi.median, kpi.p90, kpi.mean, kpi.promoters)
    return bool(kpi.counts) or any(figure is not None for figure in given)


def sources_of(journey: Journey) -> dict[str | None, Evidence]:
    """The sources of a journey by id."""
    return {source.id: source for source in journey.sources}


def once_if_all(hits: Sequence[Hit], looked_at: Sequence[object], key: str, message: str) -> Iterator[Hit]:
    """The hits; where each of several things that were looked at has one, a single one at the list's key."""
    if len(hits) == len(looked_at) > 1:
        yield Hit((key,), message, hits[0].help, part="key")
    else:
        yield from hits
