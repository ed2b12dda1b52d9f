"""What drift rules judge: a journey beside the figures of its data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from journeykit.data.questions import About
from journeykit.fix import Change, Fix
from journeykit.measuring.estimates import Statistic
from journeykit.measuring.log import Log
from journeykit.measuring.measurements import Measurement
from journeykit.model import Journey, Place
from journeykit.scoring.display import grouped, percent
from journeykit.source import Source

LEAST = 30
"""The least number of cases or answers of a finding."""


@dataclass(frozen=True)
class Evidence:
    """What the data say of a journey: its logs, and the measurements of surveys, times and shares."""

    logs: tuple[Log, ...] = ()
    measurements: Sequence[Measurement] = ()
    ignored: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By source, the labels that belong on no map."""
    abouts: Mapping[str, About] = field(default_factory=dict)
    """What was read of each source."""

    def spoken_of(self) -> frozenset[str]:
        """Return the ids of the touchpoints that some source speaks of."""
        answered = {one.touchpoint for one in self.measurements if one.touchpoint}
        return frozenset(answered.union(*(log.seen for log in self.logs)))


@dataclass(frozen=True)
class Subject:
    """A journey, its text and its evidence."""

    journey: Journey
    source: Source
    evidence: Evidence
    today: date

    def seen(self) -> Iterator[tuple[Log, Place]]:
        """Yield each log with each touchpoint of the map that it has events of."""
        for log in self.evidence.logs:
            for place in self.journey.places:
                if place.touchpoint.id in log.seen:
                    yield log, place


def differs(found: Statistic | None, stated: float, limit: float) -> bool:
    """Return whether a stated share is outside of the measured one's interval, and further away than the limit."""
    if found is None or found.value is None or found.low is None or found.high is None or (found.n or 0) < LEAST:
        return False
    return not found.low <= stated <= found.high and abs(stated - found.value) > limit + 1e-9


def exceeds(found: Statistic | None, limit: float) -> bool:
    """Return whether a measured share is larger than a limit, by more than chance."""
    return found is not None and found.low is not None and (found.n or 0) >= LEAST and found.low > limit


def told(found: Statistic, log: Log, of: str = "cases") -> str:
    """Return a measured share in words, with its interval, base and source."""
    assert found.value is not None and found.low is not None and found.high is not None
    low, high = percent(found.low).removesuffix(" %"), percent(found.high)
    return f"{percent(found.value)} (95 % CI {low} to {high}, {grouped(found.n or 0)} {of} of {log.source})"


def takes_over(title: str, changes: Iterable[Change]) -> Fix:
    """Return a fix that writes what the data say; it changes the meaning of the map."""
    return Fix(title, tuple(changes), safe=False)


def as_share(value: float) -> float:
    """Return a share as it is written into a map."""
    return round(value, 2)
