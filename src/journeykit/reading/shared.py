"""Definitions that the files of a repository share: added to a file's data before anything else looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from journeykit.reading.faults import Fault
from journeykit.source import Path
from journeykit.vocabulary.feelings import fold


class Completed(NamedTuple):
    """A file's data with what is shared; `borrowed` are the paths of what the file itself does not say."""

    data: dict[Any, Any]
    borrowed: frozenset[Path] = frozenset()


class Shared(NamedTuple):
    """Channels by id, feelings with their valence, personas by id, and scoring, in the shapes of a journey file."""

    channels: Mapping[str, Any] = {}
    feelings: Mapping[str, Any] = {}
    personas: Mapping[str, Any] = {}
    scoring: Mapping[str, Any] = {}

    def added_to(self, data: dict[Any, Any]) -> Completed:
        """Return what the file itself says wins; where that has the wrong shape it is left as it is."""
        found = dict(data)
        borrowed = {path for path, value in self._missing_in(data) if _put(found, path, value)}
        return Completed(found, frozenset(borrowed))

    def _missing_in(self, data: dict[Any, Any]) -> Iterator[tuple[Path, Any]]:
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
"""Keys of the scoring of which a file has one."""
NOTHING_SHARED = Shared()


def _table(data: Mapping[Any, Any], key: str) -> Mapping[Any, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _put(data: dict[Any, Any], path: Path, value: Any) -> bool:
    """Put a value at a path of one or two steps, without changing the tables that the file's data holds."""
    key, *below = path
    if not below:
        data[key] = value
        return True
    table = data.get(key)
    if not isinstance(table, (dict, type(None))):
        return False
    data[key] = {**(table or {}), below[0]: value}
    return True


def faults_in(shared: Shared) -> Iterator[tuple[Path, str, str]]:
    """Yield what is wrong with shared definitions: the path as in `Shared`, a message, what to do.

    A small journey is made of them, so that the same is said as where they stand in a journey.
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
    from journeykit.model.normal import normalise
    from journeykit.reading.checks import Facts, all_checks
    from journeykit.reading.schema import schema_faults

    data = {"title": "T", "persona": "P", "touchpoints": ["a", "b"], **data}
    normal = normalise(data)
    faults: list[Fault] = []
    try:
        Journey.from_normal(normal.data)
    except ValidationError as error:
        faults += schema_faults(error, normal.data, True)
    facts = Facts(data, normal)
    return faults + [fault for check in all_checks() for fault in check(facts)]
