"""The content of a text, as far as it can be read, even if it is not a valid journey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeykit.model.normalisation import normalise
from journeykit.reading.checks import JourneyData
from journeykit.reading.document import file_stem
from journeykit.reading.shared import NOTHING_SHARED, Shared
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import Source


@dataclass(frozen=True, eq=False)
class PartialDocument:
    """The plain data of a text and the spans of its values; empty if the text cannot be parsed."""

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
        """Return the file's own definitions under `feelings` or `channels`."""
        return _named(self.data.get(key))

    def known(self, key: str) -> dict[str, Any]:
        """Return the file's own definitions under `feelings` or `channels`, and those that the settings share."""
        return _named(self.journey.root.data.get(key))


def _named(value: Any) -> dict[str, Any]:
    return {name: held for name, held in value.items() if isinstance(name, str)} if isinstance(value, dict) else {}


def read_partial(text: str, name: str, shared: Shared = NOTHING_SHARED) -> PartialDocument:
    """Read a text as far as it can be read. Never raises."""
    text = text.removeprefix("\ufeff")
    built = parse_yaml(text)
    data = built.data if built.root is not None and isinstance(built.data, dict) else {}
    completed = shared.added_to(data).data
    normal = normalise(completed, file_stem(name))
    return PartialDocument(
        Source(name, text, built.root, normal.aliases), data, JourneyData(completed, normal), len(built.faults)
    )
