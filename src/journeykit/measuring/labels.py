"""Which touchpoint a label of the data stands for: the one whose `data` names it, else the one named like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeykit.model import Journey
from journeykit.model.slug import slug


class TouchpointLabels(Mapping[str, str]):
    """The touchpoint of each label of one source, looked up label by label.

    A label belongs to the touchpoint whose `data` names it. A touchpoint that names no label of the source has the
    label that is its id, or whose slug is. Iterating gives the labels that are named, and those ids.
    """

    def __init__(self, journey: Journey, source: str) -> None:
        self.named: dict[str, str] = {}
        self.by_id: dict[str, str] = {}
        for touchpoint in journey.touchpoints:
            if source in touchpoint.data:
                for label in touchpoint.data[source]:
                    self.named.setdefault(label.strip(), touchpoint.id)
            else:
                self.by_id[touchpoint.id] = touchpoint.id

    def __getitem__(self, label: str) -> str:
        label = label.strip()
        if label in self.named:
            return self.named[label]
        return self.by_id[label] if label in self.by_id else self.by_id[slug(label)]

    def __iter__(self) -> Iterator[str]:
        yield from self.named
        yield from (id for id in self.by_id if id not in self.named)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def labels_of(journey: Journey, source: str) -> TouchpointLabels:
    """Return the touchpoints of the labels of a source."""
    return TouchpointLabels(journey, source)
