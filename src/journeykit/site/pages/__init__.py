"""One module is one kind of page; each yields the paths of its pages from the root of the site, and their bytes."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.site.frame import Frame
from journeykit.site.portfolio import Portfolio


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield all pages but those of single journeys."""
    from journeykit.site.pages import (
        about,
        changes,
        channels,
        data,
        findings,
        home,
        kpis,
        missing,
        opportunities,
        personas,
        search,
        weakest,
        words,
    )

    shown = [home, weakest, opportunities, changes, kpis, findings, personas, channels, words, search, about]
    for module in shown if frame.single else [*shown, data, missing]:
        yield from module.pages(portfolio, frame)
