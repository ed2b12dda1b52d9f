"""The plain data of a text and the places of its values, also if the text is no journey yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeykit.model.normalisation import normalise
from journeykit.reading.checks import JourneyData
from journeykit.reading.shared import NOTHING_SHARED, Shared
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import Source


@dataclass(frozen=True)
class Outline:
    """The data of a text and its places; empty if the text cannot be read at all."""

    source: Source
    data: dict[Any, Any]
    journey: JourneyData
    faults: int
    """The number of YAML errors that were skipped."""

    @property
    def lang(self) -> str:
        """The primary language subtag of the journey, such as `en`."""
        return str(self.data.get("lang") or "en").partition("-")[0].lower()

    def own(self, key: str) -> dict[str, Any]:
        """Return the definitions of the file itself under `feelings` or `channels`."""
        return _named(self.data.get(key))

    def known(self, key: str) -> dict[str, Any]:
        """Return the definitions beside the built-in ones: its own, and those that the settings share."""
        return _named(self.journey.root.data.get(key))


def _named(value: Any) -> dict[str, Any]:
    return {name: held for name, held in value.items() if isinstance(name, str)} if isinstance(value, dict) else {}


def outline_of(text: str, name: str, shared: Shared = NOTHING_SHARED) -> Outline:
    """Read a text as far as it can be read. Never raises."""
    text = text.removeprefix("\ufeff")
    built = parse_yaml(text)
    data = built.data if built.root is not None and isinstance(built.data, dict) else {}
    completed = shared.added_to(data).data
    normal = normalise(completed, name)
    return Outline(
        Source(name, text, built.root, normal.aliases), data, JourneyData(completed, normal), len(built.faults)
    )
