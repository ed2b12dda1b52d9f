"""The order in which new keys are put into a part."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.model.normalisation import model_path
from journeykit.reading import schema_types
from journeykit.source import KeyPath


def order_of_keys(path: KeyPath) -> Sequence[str]:
    """Return the keys of a part in the order of the format; none for what is no part."""
    model = schema_types.model_at(model_path(path))
    return schema_types.keys_of(model) if model else ()
