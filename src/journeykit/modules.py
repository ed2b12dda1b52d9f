"""The modules of a package: each is a rule, a lane, a check, a format or a command."""

from __future__ import annotations

import os
from collections.abc import Iterable


def names_in(folders: Iterable[str]) -> list[str]:
    """The names of the modules and packages in the folders of a package (its `__path__`), by alphabet.

    As `pkgutil.iter_modules` lists them, whose import alone takes longer than all our listings.
    """
    found = []
    for folder in folders:
        for entry in os.scandir(folder):
            name, ending = os.path.splitext(entry.name)  # noqa: PTH122  (pathlib takes ten times as long)
            whole = ending == ".py" if ending else os.path.isfile(f"{entry.path}/__init__.py")  # noqa: PTH113
            if whole and name != "__init__":
                found.append(name)
    return sorted(found)
