"""Read and write journeys in the formats of other programs: each module of `formats` is one.

Its docstring begins with what it is, in a line. It has `SUFFIX`, the ending of a written file; `read(given)` and
`recognises(given)` if it can be imported; `write(asked, carry)` and `CARRIES`, the fields that it has a place for, if
it can be exported; `OPTIONS` if `export` has options for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

from journeykit.interchange import formats
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, ToWrite

__all__ = [
    "Draft",
    "Given",
    "InterchangeFormat",
    "ToWrite",
    "format_names",
    "formats_that",
    "guess_format",
    "named_format",
]

EVERYTHING = "*"


class InterchangeFormat(NamedTuple):
    """A format: what it is called, how it is recognised, read and written, what it carries, and its options."""

    name: str
    suffix: str
    recognises: Callable[[Given], bool] | None
    read: Callable[[Given], list[Draft]] | None
    write: Callable[[ToWrite, CarryReport], bytes] | None
    carries: frozenset[str]
    options: frozenset[str]


@lru_cache(1)
def format_names() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(module.name.replace("_", "-") for module in iter_modules(formats.__path__))


@lru_cache
def named_format(name: str) -> InterchangeFormat:
    """Return a format by its name."""
    module: Any = import_module(f"{formats.__name__}.{name.replace('-', '_')}")
    return InterchangeFormat(
        name,
        module.SUFFIX,
        getattr(module, "recognises", None),
        getattr(module, "read", None),
        getattr(module, "write", None),
        getattr(module, "CARRIES", frozenset()),
        getattr(module, "OPTIONS", frozenset()),
    )


@lru_cache
def formats_that(way: str) -> tuple[str, ...]:
    """Return the names of the formats that can `read` or `write`, without importing them."""
    folder = Path(formats.__path__[0])
    texts = {name: folder / f"{name.replace('-', '_')}.py" for name in format_names()}
    return tuple(name for name, path in texts.items() if f"\ndef {way}(" in path.read_text(encoding="utf-8"))


ORDER: Mapping[str, int] = {"csv": 2, "markdown": 1}
"""Formats that are recognised by little, so that the others are asked before."""


def guess_format(given: Given) -> InterchangeFormat | None:
    """Return the format of a file by its content; None if no format recognises it."""
    for name in sorted(formats_that("read"), key=lambda name: ORDER.get(name, 0)):
        found = named_format(name)
        if found.recognises and found.recognises(given):
            return found
    return None
