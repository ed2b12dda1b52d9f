"""Where journeykit comes from: the repository that built the package that is installed, and its pages."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

from journeykit._version import __version__


@cache
def repository() -> str | None:
    """Return the address of the repository; None if the package does not say it, as in a clone."""
    try:
        addresses = metadata("journeykit-core").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    named = dict(entry.partition(", ")[::2] for entry in addresses)
    return named.get("Homepage")


def documentation(page: str, heading: str) -> str | None:
    """Return the address of a heading of a page in the version that is installed."""
    home = repository()
    return f"{home}/blob/v{__version__}/{page}#{heading}" if home else None
