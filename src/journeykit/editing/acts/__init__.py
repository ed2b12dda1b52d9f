"""What a person does to a map: one module = one act, with a function `make`.

An act gets the text as it is and what was asked for, and returns the new text. It changes only the lines that have to
change, or is refused with words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.refusal import MalformedError

NAMES = tuple(sorted(name.removesuffix("_") for _, name, _ in iter_modules(__path__)))
"""The words of `do`."""


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return what an act makes of a text. Raises ActRefusedError."""
    name = act.get("do")
    if name not in NAMES:
        raise MalformedError(f'there is no act "{name}"', f"one of {', '.join(NAMES)}")
    module = import_module(f"{__name__}.{name}")
    made: Callable[[Analysis, Mapping[str, Any]], Made] = module.make
    return made(analysis, act)


def make_all(analysis: Analysis, acts: Sequence[Mapping[str, Any]]) -> Made:
    """Return what several acts make of a text, each of what the one before it left. Raises ActRefusedError."""
    made = Made(analysis)
    for act in acts:
        following = make(made.analysis, act)
        others = {**made.others, **following.others}
        made = Made(following.analysis, made.label or following.label, (*made.notes, *following.notes), others)
    return made
