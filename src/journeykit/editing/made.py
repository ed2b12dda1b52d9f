"""What an act leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from journeykit.editing.analysis import Analysis
from journeykit.reading import Document


class Made(NamedTuple):
    """The text after an act, and what the act is called where it can be undone.

    `notes` say what changed besides, such as references. `others` are new texts of other files.
    """

    analysis: Analysis
    label: str = ""
    notes: tuple[str, ...] = ()
    others: Mapping[Path, str] = MappingProxyType({})

    @classmethod
    def of(cls, analysis: Analysis, document: Document, label: str, notes: tuple[str, ...] = ()) -> Made:
        """Return what a document is after an act; it need not be read again."""
        after = replace(analysis, text=document.source.text)
        after.__dict__["document"] = document
        return cls(after, label, notes)
