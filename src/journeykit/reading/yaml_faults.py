"""Mistakes in the YAML itself, and how to continue after them."""

from __future__ import annotations

from typing import NamedTuple


class Mask(NamedTuple):
    """A span of text, and the character to overwrite it with, so that parsing can continue after a mistake."""

    start: int
    end: int
    filler: str = "x"

    def apply(self, text: str) -> str:
        """Return the text with the span overwritten; offsets do not change."""
        return text[: self.start] + self.filler * (self.end - self.start) + text[self.end :]


class YamlFault(NamedTuple):
    """A mistake in the YAML itself, from offset `start` to `end` of the text."""

    rule: str
    message: str
    help: str
    start: int
    end: int
    mask: Mask | None = None
    """How to continue; None if what follows the mistake could not be trusted."""
    damage_end: int = 0
    """Where the value that it damages ends, if that is after `end`."""


class YamlError(Exception):
    """Parsing cannot continue; `fault` says why."""

    def __init__(self, fault: YamlFault) -> None:
        super().__init__(fault.message)
        self.fault = fault
