"""Three-way merges of journeys, touchpoint by touchpoint and key by key."""

from journeykit.changing.merging.block_writer import Markers
from journeykit.changing.merging.merge import Merged, merge_texts

__all__ = ["Markers", "Merged", "merge_texts"]
