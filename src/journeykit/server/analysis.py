"""The results for a text in the editor, with the positions that the editor counts in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import PositionEncodingKind

from journeykit.editing import analysis
from journeykit.editing.analysis import Rules
from journeykit.server.positions import MARK, Positions

__all__ = ["Analysis", "Rules"]


@dataclass(frozen=True)
class Analysis(analysis.Analysis):
    """A text in the editor, whose positions are counted in `encoding`."""

    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16

    @cached_property
    def positions(self) -> Positions:
        """Conversion between offsets and the positions of the editor."""
        return Positions(self.document.source, self.encoding, self.text.startswith(MARK))
