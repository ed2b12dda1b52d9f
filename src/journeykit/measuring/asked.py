"""What a log is asked for a journey: its touchpoints, and the KPIs that are computed from events."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.data.questions import Definition, Found, Having, Span, Wanted
from journeykit.measuring.labels import labels_of
from journeykit.model import Journey, Kpi


def kpis_of(journey: Journey, source: str) -> Iterator[Kpi]:
    """Yield the KPIs that are computed from the events of a source."""
    for kpi in journey.kpis:
        if (kpi.from_ or kpi.any_of or kpi.none_of) and source in (kpi.data or journey.data):
            yield kpi


def asked_of_log(journey: Journey, source: str, wanted: Wanted) -> Wanted:
    """Return the questions to a log, with the rows and periods of `wanted`."""
    kpis = list(kpis_of(journey, source))
    return wanted._replace(
        questions=wanted.questions | {"events", "handoffs"},
        labels=labels_of(journey, source),
        spans={kpi.id: Span((kpi.from_,), (kpi.to,)) for kpi in kpis if kpi.from_ and kpi.to},
        having={kpi.id: Having(kpi.any_of, kpi.none_of) for kpi in kpis if kpi.any_of or kpi.none_of},
    )


def with_definitions(found: Found, journey: Journey, source: str) -> Found:
    """Return the answers with the definitions of the KPIs that were asked for."""
    return found._replace(definitions=(*found.definitions, *map(_definition, kpis_of(journey, source))))


def _definition(kpi: Kpi) -> Definition:
    if kpi.from_:
        note = f"from the first event of {kpi.from_} to the first later one of {kpi.to}"
        return Definition(kpi.id, kpi.id, "time", clock="calendar", note=note)
    labels = " or ".join(f'"{label}"' for label in (kpi.any_of or kpi.none_of))
    return Definition(kpi.id, kpi.id, "share", note=f"cases {'with' if kpi.any_of else 'without'} {labels}")
