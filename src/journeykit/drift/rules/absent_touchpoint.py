"""A touchpoint names labels of the data that hardly any case has.

Finds `data` of a touchpoint for a log in which fewer than five cases have one of its labels.

Why: a label was renamed, mistyped, or is gone; figures that silently stop are worse than none. What a step of the
service that nobody meets any more needs is a smaller map.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import LEAST, Subject
from journeykit.finding import Advice, Severity
from journeykit.reading.faults import nearest
from journeykit.rules import Hit, rule


@rule(Severity.WARNING)
def absent_touchpoint(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each such touchpoint, at its labels."""
    for log in subject.evidence.logs:
        known = [one.label for one in log.found.labels if one.cases >= log.minimum_base]
        for place in subject.journey.places:
            labels = place.touchpoint.data.get(log.source)
            if labels and log.cases >= LEAST and log.cases_with[place.touchpoint.id] < log.minimum_base:
                advice = nearest(labels[0], known) if len(labels) == 1 else Advice()
                yield Hit(
                    (*place.path, "data", log.source),
                    f"fewer than {log.minimum_base} cases of {log.source} have {_listed(labels)}",
                    advice.help or "correct the labels, or remove what no longer happens",
                )


def _listed(labels: tuple[str, ...]) -> str:
    shown = [f'"{label}"' for label in labels[:3]]
    return " or ".join(shown) if len(labels) <= 3 else f"one of {len(labels)} labels"
