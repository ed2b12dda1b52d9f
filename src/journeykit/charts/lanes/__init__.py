"""The lanes of charts: each module is one lane, with a function `lay_out(view, top)` that returns a Band or None.

A lane is found by the name of its module. The module's docstring is its section in docs/charts.md.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from journeykit.charts.lane import Lane
from journeykit.errors import UsageError


@cache
def names() -> tuple[str, ...]:
    """Return the names of all lanes."""
    return tuple([module.name for module in iter_modules(__path__)])


@cache
def find(name: str) -> Lane:
    """Return a lane by its name. Raise UsageError if there is none."""
    if name not in names():
        from difflib import get_close_matches

        near = get_close_matches(name.casefold(), names(), n=1, cutoff=0.6)
        hint = f'did you mean "{near[0]}"? ' if near else ""
        raise UsageError(f"there is no lane {name!r}", f"{hint}lanes: {', '.join(names())}")
    return cast(Lane, import_module(f"{__name__}.{name}").lay_out)
