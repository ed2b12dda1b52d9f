"""JSON: the whole journey in one form, with every shorthand expanded and every id written.

`journeykit schema --normal` is its schema. It is a journey file too, as JSON is YAML.
"""

from __future__ import annotations

import json

from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given
from journeykit.interchange.normal import normal_data
from journeykit.model import Journey

SUFFIX = ".json"
CARRIES = frozenset("*")


def write(journey: Journey, carry: CarryReport) -> bytes:
    """Return the journey as JSON."""
    del carry  # nothing is lost
    return (json.dumps(normal_data(journey), indent=2, ensure_ascii=False) + "\n").encode()


def recognises(given: Given) -> bool:
    """Return whether a file is JSON with the keys of a journey."""
    return (given.text or "").lstrip()[:1] == "{" and _loaded(given) is not None


def read(given: Given) -> list[Draft]:
    """Return the journey of a JSON file; what the format does not know is left out later."""
    data = _loaded(given) or {}
    return [Draft(data, CarryReport(), given.stem)]


def _loaded(given: Given) -> dict[str, object] | None:
    try:
        data = json.loads(given.text or "")
    except (ValueError, RecursionError):
        return None
    is_journey = (
        isinstance(data, dict) and {"title", "persona"} <= data.keys() and {"stages", "touchpoints"} & set(data)
    )
    return data if is_journey else None
