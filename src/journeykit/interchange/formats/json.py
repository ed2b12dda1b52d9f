"""JSON: the whole journey in one form, with every shorthand expanded and every id written.

`journeykit schema --normal` is its schema. It is a journey file too, as JSON is YAML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, ToWrite, dicts_in
from journeykit.interchange.normal import normal_data
from journeykit.scoring import Rated

SUFFIX = ".json"
OPTIONS = frozenset({"scores"})
SCORES = "_scores"
"""The key of what is computed; it is no field, and is passed over on import."""
CARRIES = frozenset("*")


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the journey as JSON."""
    del carry  # nothing is lost
    data = normal_data(asked.journey)
    if "scores" in asked.options:
        for point, rated in zip(_touchpoints(data), asked.rated, strict=True):
            point[SCORES] = _scores(rated)
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _touchpoints(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the touchpoints of a document, in order."""
    for part in (data, *dicts_in(data.get("stages"))):
        yield from dicts_in(part.get("touchpoints"))


def _scores(rated: Rated) -> dict[str, Any]:
    """Return the score of a touchpoint, named as in `journeykit score --output-format json`."""
    return {
        "score": rated.score,
        "half_width": rated.half_width,
        "coefficient": rated.coefficient,
        "source": rated.source,
        "suppressed": rated.hidden,
        "stated": rated.stated_score,
    }


def recognises(given: Given) -> bool:
    """Return whether a file is JSON with the keys of a journey."""
    return (given.text or "").lstrip()[:1] == "{" and _loaded(given) is not None


def read(given: Given) -> list[Draft]:
    """Return the journey of a JSON file; what the format does not know is left out later."""
    data = _loaded(given) or {}
    for point in _touchpoints(data):
        point.pop(SCORES, None)
    return [Draft(data, CarryReport(), given.stem)]


def _loaded(given: Given) -> dict[str, Any] | None:
    data = given.json
    is_journey = (
        isinstance(data, dict) and {"title", "persona"} <= data.keys() and {"stages", "touchpoints"} & set(data)
    )
    return data if is_journey else None
