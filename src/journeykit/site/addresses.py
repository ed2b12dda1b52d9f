"""Names of folders of the site, and links from one page to another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from journeykit.site.entries import Entry
from journeykit.web.markup import Local

MOST = 60
"""The most characters of the name of a folder."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows takes for devices."""


def folder_name(text: str) -> str:
    """Return a name for a folder that every system takes, made of any text."""
    name = re.sub(r"[^\w-]+", "-", text.casefold()).strip("-_")[:MOST] or "x"
    return f"{name}-" if RESERVED.fullmatch(name) else name


def unique_names(texts: Sequence[str]) -> list[str]:
    """Return a name of a folder for each text, no two the same."""
    taken: set[str] = set()
    names = []
    for text in texts:
        base = folder_name(text)
        name = next(one for n in range(1, len(texts) + 2) if (one := base if n == 1 else f"{base}-{n}") not in taken)
        taken.add(name)
        names.append(name)
    return names


def addresses(entries: Sequence[Entry]) -> dict[int, str]:
    """Return the name of the folder of each journey: its id, with its folder before it if several have that id."""
    count = Counter(entry.id for entry in entries)
    wanted = [
        entry.id if count[entry.id] == 1 else f"{PurePath(entry.path).parent.name or 'journeys'}--{entry.id}"
        for entry in entries
    ]
    return {entry.number: name for entry, name in zip(entries, unique_names(wanted), strict=True)}


def way(page: str, to: str, anchor: str = "") -> Local:
    """Return the address of a page as a link on another one has it; both are paths from the root of the site.

    A folder stands for its `index.html`, which is written out: files that nobody serves have no default. A page whose
    own path begins with a slash is shown at any address, and its links lead from the root of the host.
    """
    target = f"{to}index.html" if not to or to.endswith("/") else to
    return Local(root_from(page) + quote(target) + (f"#{quote(anchor)}" if anchor else ""))


def root_from(page: str) -> str:
    """Return the way from a page to the root of the site."""
    return page[: page.rindex("/") + 1] if page.startswith("/") else "../" * page.count("/")
