"""Draw the trend of a journey from its series."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from journeykit.charts.picture import Picture, draw_trend
from journeykit.errors import UsageError
from journeykit.files import read_found_file
from journeykit.measuring.series import Strip, check, strips
from journeykit.output.paint import shown_name
from journeykit.output.tables import ScoredJourney
from journeykit.project.measuring import LARGEST_SERIES, read_series
from journeykit.project.pictures import DrawnPicture, picture_target, write_picture

ENDING = ".measures.csv"


def strips_of(file: Path, journey: str) -> list[Strip]:
    """Return the series of a journey in a file. Raises UsageError if it cannot be read, or has none of the journey."""
    name = shown_name(str(file))
    rows = check(read_series(file), name)
    own = [row for row in rows if row["journey"] == journey]
    if rows and not own:
        known = ", ".join(sorted({shown_name(row["journey"]) for row in rows}))
        raise UsageError(f"{name}: has no row of the journey {journey}", f"it has rows of {known}")
    return strips(own, name)


def series_beside(file: Path) -> list[Path]:
    """Return the series in the folder of a map: files whose names end in `.measures.csv`."""
    try:
        return sorted(file.parent / name for name in os.listdir(file.parent) if name.endswith(ENDING))  # noqa: PTH208
    except OSError:
        return []


def strips_beside(file: Path, journey: str) -> tuple[list[Strip], list[str]]:
    """Return the series of a journey in the folder of its map, and what is wrong with files there."""
    found: list[Strip] = []
    faults: list[str] = []
    for path in series_beside(file):
        try:
            status = path.stat()
            rows = _rows_of(path, (status.st_mtime_ns, status.st_size, status.st_ino)).get(journey)
            found += strips(rows, shown_name(path.name)) if rows else []
        except (OSError, UnicodeDecodeError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or "it is not UTF-8"
            faults.append(f"{shown_name(path.name)}: cannot be read: {reason}")
        except UsageError as error:
            faults.append(error.message)
    return found, faults


@lru_cache(maxsize=64)
def _rows_of(path: Path, state: object) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a file by their journeys; `state` tells versions of the file apart."""
    del state
    found: dict[str, list[dict[str, str]]] = {}
    for row in check(read_found_file(path, LARGEST_SERIES).decode(), shown_name(path.name)):
        found.setdefault(row["journey"], []).append(row)
    return found


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
