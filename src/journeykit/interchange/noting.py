"""What several exports report: scores that are not written as they stand in the map, and stages that are not drawn."""

from __future__ import annotations

from collections.abc import Collection

from journeykit.interchange.carry import CarryReport, shown_value
from journeykit.interchange.given import shown_path
from journeykit.interchange.normal import field_values
from journeykit.model import Journey
from journeykit.model.journey import Place
from journeykit.scoring.results import Rated


def note_score(place: Place, rated: Rated, key: str, written: str, carry: CarryReport) -> None:
    """Note where a written score comes from, unless it is the satisfaction that the map states."""
    point, where = place.touchpoint, f"touchpoint {place.touchpoint.id}"
    stated = None if point.satisfaction is None else shown_value(point.satisfaction)
    if rated.source == "measured":
        carry.guess(where, key, "a survey with few answers" if rated.hidden else "a survey", written)
        if stated not in (None, written):
            path = shown_path((*place.path, "satisfaction"))
            carry.lose(path, stated, f"{written} is written, because of the survey", "Touchpoint.satisfaction")
    elif stated is None:
        carry.guess(where, key, ", ".join(point.feeling) or "no feeling", written)
    elif stated != written:
        carry.guess(where, key, stated, written)


def note_lines(journey: Journey, fields: Collection[str], carry: CarryReport) -> None:
    """Note the texts of some fields whose line breaks and runs of spaces become one space."""
    for path, field, value in field_values(journey):
        if field in fields and isinstance(value, str) and (line := " ".join(value.split())) != value:
            carry.guess(shown_path(path), field.partition(".")[2], value, line)


def lose_empty_stages(journey: Journey, carry: CarryReport, *keys: str) -> None:
    """Note the names (and other `keys`) of stages that are not drawn, because they have no touchpoints."""
    drawn = [bool(stage.touchpoints) for stage in journey.stages]
    paths = {("stages", number, key) for number, has in enumerate(drawn) for key in ("name", *keys) if not has}
    for path, field, value in field_values(journey):
        if path in paths:
            carry.lose(shown_path(path), value, "a stage without touchpoints is not drawn", field)
