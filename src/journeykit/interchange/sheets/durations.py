"""Durations as people write them: `~8 min`, `2-3 days`, `1 Stunde`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from journeykit.interchange.sheets.cells import number_in, text_of, value_of
from journeykit.interchange.sheets.columns import Column
from journeykit.model.times import seconds_of

_UNITS: Mapping[str, str] = {
    "s": "s|sec|secs|second|seconds|sek|sekunde|sekunden|másodperc|sekund|sekunda|saniye|δευτερόλεπτα|秒",
    "min": "min|mins|minute|minutes|minuten|perc|minut|minuta|minuti|dakika|dk|λεπτά|λεπτό|分",
    "h": "h|hr|hrs|hour|hours|std|stunde|stunden|óra|ur|ura|uri|ure|saat|ώρα|ώρες|時間",
    "d": "d|day|days|tag|tage|tagen|nap|dan|dni|dneva|gün|μέρα|μέρες|ημέρα|ημέρες|日",
    "w": "w|wk|week|weeks|woche|wochen|hét|teden|tedna|tedne|tednov|hafta|εβδομάδα|εβδομάδες|週間",
    "mo": "mo|month|months|monat|monate|monaten|hónap|mesec|meseca|mesece|mesecev|ay|μήνας|μήνες|ヶ月",
    "y": "y|yr|year|years|jahr|jahre|jahren|év|leto|leta|let|yıl|έτος|χρόνια|年",
}
_WRITTEN = re.compile(
    r"[~≈ca. ]*?(\d+(?:[.,]\d+)?)\s*(?:(?:-|–|to|bis)\s*(\d+(?:[.,]\d+)?))?\s*([^\W\d_]+)\.?", re.IGNORECASE
)


def duration_in(cell: Any) -> str | None:
    """Return the duration of a cell in the notation of the format, of a range the mean; None if it is none."""
    if isinstance(cell, (timedelta, time)):
        return str(value_of(cell, Column("", (), "duration")))
    text = text_of(cell).strip()
    if seconds_of(text) is not None:
        return text
    match = _WRITTEN.fullmatch(text)
    unit = next((unit for unit, words in _UNITS.items() if match and match[3].casefold() in words.split("|")), None)
    if match is None or unit is None:
        return None
    low = number_in(match[1])
    high = number_in(match[2]) if match[2] else low
    return None if low is None or high is None else f"{(low + high) / 2:g}{unit}"
