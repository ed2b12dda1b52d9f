"""What is wrong with the YAML itself, and how to read on behind it."""

from __future__ import annotations

from typing import NamedTuple


class Blank(NamedTuple):
    """A stretch of text, and the character to overwrite it with, so that reading can go on behind a mistake."""

    start: int
    end: int
    filler: str = "x"

    def over(self, text: str) -> str:
        """Return the text with the stretch overwritten; all offsets stay."""
        return text[: self.start] + self.filler * (self.end - self.start) + text[self.end :]


class Fault(NamedTuple):
    """Something wrong with the YAML itself, from offset `start` to `end` of the text."""

    rule: str
    message: str
    help: str
    start: int
    end: int
    blank: Blank | None = None
    """How to read on; None where nothing behind the mistake could be trusted."""
    spoils: int = 0
    """Where the value that is spoilt by it ends, if that is behind `end`."""


class Stop(Exception):  # noqa: N818
    """Reading cannot go on; the fault says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault
