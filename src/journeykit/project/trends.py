"""Draw the trend of a journey from its series."""

from __future__ import annotations

from pathlib import Path

from journeykit.charts.picture import Picture, draw_trend
from journeykit.errors import UsageError
from journeykit.measuring.series import Strip, check, strips
from journeykit.output.paint import shown_name
from journeykit.output.tables import ScoredJourney
from journeykit.project.measuring import read_series
from journeykit.project.pictures import DrawnPicture, picture_target, write_picture


def strips_of(file: Path, journey: str) -> list[Strip]:
    """Return the series of a journey in a file. Raises UsageError if it cannot be read, or has none of the journey."""
    name = shown_name(str(file))
    rows = check(read_series(file), name)
    own = [row for row in rows if row["journey"] == journey]
    if rows and not own:
        known = ", ".join(sorted({shown_name(row["journey"]) for row in rows}))
        raise UsageError(f"{name}: has no row of the journey {journey}", f"it has rows of {known}")
    return strips(own, name)


def trend_bytes(scored: ScoredJourney, series: Path, picture: Picture) -> tuple[bytes, list[str]]:
    """Return the picture of a series, and warnings."""
    return draw_trend(scored.journey, strips_of(series, scored.journey.id), picture)


def trend_text(scored: ScoredJourney, series: Path) -> str:
    """Return the text alternative of the picture of a series."""
    from journeykit.charts.trend.chart import trend_of

    return trend_of(scored.journey, strips_of(series, scored.journey.id)).description


def draw_trend_file(scored: ScoredJourney, series: Path, picture: Picture, output: Path | None) -> DrawnPicture:
    """Draw a series into a file: the one that is named, else beside the journey."""
    data, warnings = trend_bytes(scored, series, picture)
    target = picture_target(scored.file, picture, output)
    write_picture(target, data, output)
    return DrawnPicture(target, scored.file, warnings=tuple(warnings))
