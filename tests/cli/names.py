"""The commands by what they take, as their own signatures say."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

from journeykit.cli import commands, name_of

ENDLESS = ("serve",)
"""Commands that run until they are stopped, which have tests of their own."""


def commands_with(parameter: str) -> list[str]:
    """The names of the commands that have an argument or an option."""
    return [
        name_of(name)
        for _, name, _ in iter_modules(commands.__path__)
        if name not in ENDLESS
        and parameter in inspect.signature(import_module(f"{commands.__name__}.{name}").command).parameters
    ]
