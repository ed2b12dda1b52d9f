"""Definitions shared by the files of a repository, which are added to a file's data before it is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from journeykit.reading.faults import Fault
from journeykit.source import KeyPath
from journeykit.vocabulary.feelings import fold


class Completed(NamedTuple):
    """A file's data with the shared definitions; `borrowed` are the paths of those that were added."""

    data: dict[Any, Any]
    borrowed: frozenset[KeyPath] = frozenset()


class Shared(NamedTuple):
    """Channels by id, feelings with their valence, personas by id, and scoring, in the shapes of a journey file."""

    channels: Mapping[str, Any] = {}
    feelings: Mapping[str, Any] = {}
    personas: Mapping[str, Any] = {}
    scoring: Mapping[str, Any] = {}

    def added_to(self, data: dict[Any, Any]) -> Completed:
        """Add the shared definitions to a file's data.

        What the file itself defines takes precedence; values of the wrong shape are left as they are.
        """
        found = dict(data)
        borrowed = {path for path, value in self._missing_in(data) if _put(found, path, value)}
        return Completed(found, frozenset(borrowed))

    def _missing_in(self, data: dict[Any, Any]) -> Iterator[tuple[KeyPath, Any]]:
        if isinstance(persona := data.get("persona"), str) and persona in self.personas:
            yield ("persona",), {"id": persona, **self.personas[persona]}
        channels, feelings, scoring = (_table(data, key) for key in ("channels", "feelings", "scoring"))
        for id, channel in self.channels.items():
            if channels.get(id) is None:
                yield ("channels", id), channel
        words = {fold(word) for word in feelings if isinstance(word, str)}
        for word, valence in self.feelings.items():
            if fold(word) not in words:
                yield ("feelings", word), valence
        weighted = any(scoring.get(key) is not None for key in WEIGHTING)
        for key, value in self.scoring.items():
            if scoring.get(key) is None and not (weighted and key in WEIGHTING):
                yield ("scoring", key), value


WEIGHTING = ("profile", "weights")
"""Keys of `scoring` that exclude each other."""
NOTHING_SHARED = Shared()


def _table(data: Mapping[Any, Any], key: str) -> Mapping[Any, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _put(data: dict[Any, Any], path: KeyPath, value: Any) -> bool:
    """Set the value at a path of one or two steps, without changing the mappings of the file's data."""
    key, *below = path
    if not below:
        data[key] = value
        return True
    table = data.get(key)
    if not isinstance(table, (dict, type(None))):
        return False
    data[key] = {**(table or {}), below[0]: value}
    return True


def faults_in(shared: Shared) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the mistakes in shared definitions: the path as in `Shared`, a message, what to do.

    A small journey is built from them, so that messages are the same as in a journey file.
    """
    tables = {"channels": shared.channels, "feelings": shared.feelings, "scoring": shared.scoring}
    for fault in _faults({key: dict(value) for key, value in tables.items()}):
        yield fault.path, fault.message, fault.help
    for id, persona in shared.personas.items():
        if not isinstance(persona, dict):
            yield ("personas", id), "a persona is a table", f"write [personas.{id}] and below it name = …"
            continue
        for fault in _faults({"persona": {"id": id, **persona}}):
            path = () if fault.path == ("persona", "id") else fault.path[1:]
            yield ("personas", id, *path), fault.message, fault.help


def _faults(data: dict[str, Any]) -> list[Fault]:
    from pydantic import ValidationError

    from journeykit.model import Journey
    from journeykit.model.normalisation import normalise
    from journeykit.reading.checks import JourneyData, all_checks
    from journeykit.reading.schema import schema_faults

    data = {"title": "T", "persona": "P", "touchpoints": ["a", "b"], **data}
    normal = normalise(data)
    faults: list[Fault] = []
    try:
        Journey.from_normalised(normal.data)
    except ValidationError as error:
        faults += schema_faults(error, normal.data, data, True)
    journey_data = JourneyData(data, normal)
    return faults + [fault for check in all_checks() for fault in check(journey_data)]
