"""Match renamed files: those of two versions that hold the same journey at different paths."""

from __future__ import annotations

from collections.abc import Mapping

from journeykit.comparing.matching import dice
from journeykit.model import Journey
from journeykit.vocabulary.feelings import fold

ALIKE = 0.5
"""Files at least so similar are one that was renamed, as in git."""
MOST = 10_000
"""The most pairs whose titles are compared; of more, only ids are."""


def renamed(removed: Mapping[str, Journey], added: Mapping[str, Journey]) -> dict[str, str]:
    """Match renamed files: return the new path of each, by the id of its journey, then by similarity.

    `removed` has the journeys that only the old version has, `added` those that only the new one has, by their paths.
    """
    found: dict[str, str] = {}
    ids = {journey.id: path for path, journey in added.items()}
    for path, journey in removed.items():
        if (same := ids.pop(journey.id, None)) is not None:
            found[path] = same
    left = [path for path in removed if path not in found]
    right = [path for path in added if path not in found.values()]
    if not left or not right or len(left) * len(right) > MOST:
        return found
    old, new = (
        {path: _titles(journeys[path]) for path in paths} for journeys, paths in ((removed, left), (added, right))
    )
    alike = sorted((-dice(old[one], new[other]), one, other) for one in left for other in right)
    taken: set[str] = set()
    for likeness, one, other in alike:
        if -likeness >= ALIKE and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _titles(journey: Journey) -> frozenset[str]:
    titles = (journey.title, *(touchpoint.title for touchpoint in journey.touchpoints))
    return frozenset(map(fold, titles))
