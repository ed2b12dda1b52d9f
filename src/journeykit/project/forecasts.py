"""Simulate journeys as they would be after some opportunities."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from journeykit.comparing.forecast import Forecast, forecast
from journeykit.errors import UsageError
from journeykit.output.tables import ScoredJourney
from journeykit.output.tables.opportunities import OPEN, Wanted
from journeykit.reading.faults import did_you_mean

ALL_OPEN = "open"
MOST = 8
"""Ids that a message lists."""


def forecasts_of(all_scored: Sequence[ScoredJourney], texts: Sequence[str], wanted: Wanted) -> list[Forecast]:
    """Return the forecast of each journey that has one of the named opportunities.

    `texts` are ids with commas between, or `open` for all open ones that `wanted` takes. Raises UsageError if an id is
    unknown, or nothing can be simulated.
    """
    words = dict.fromkeys(word for text in texts for part in text.split(",") if (word := part.strip()))
    known = sorted({one.id for scored in all_scored for one in scored.journey.opportunities})
    for word in words:
        if word not in known and word != ALL_OPEN:
            listed = f"there are {_listed(known)}" if known else "there are none"
            raise UsageError(f'no opportunity has the id "{word}"', did_you_mean(word, (*known, ALL_OPEN), listed))
    every = (forecast(one.file, one.scores, _ids(one, words.keys(), wanted)) for one in all_scored)
    found = [one for one in every if one is not None]
    if all_scored and not any(one.simulated for one in found):
        raise UsageError(*_why_none([idle.id for one in found for idle in one.idle]))
    return found


def _ids(scored: ScoredJourney, words: Collection[str], wanted: Wanted) -> set[str]:
    """Return the ids of a journey's opportunities that are named."""
    return {
        one.id
        for one in scored.journey.opportunities
        if one.id in words or (ALL_OPEN in words and one.status in OPEN and wanted.takes(scored.journey, one))
    }


def _why_none(idle: Sequence[str]) -> tuple[str, str]:
    if not idle:
        return "there is no open opportunity to simulate", "name others by their ids: journeykit opportunities has them"
    aim = "say what satisfaction is aimed at (target: {touchpoint: 1})"
    return f"nothing can be simulated of {_listed(idle)}", f"{aim}, or what becomes unnecessary (removes: [touchpoint])"


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST]) + (", …" if len(ids) > MOST else "")
