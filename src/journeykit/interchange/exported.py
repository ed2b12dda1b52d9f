"""Write a journey in another format, and report what that format has no place for."""

from __future__ import annotations

from typing import NamedTuple

from journeykit.interchange import EVERYTHING, InterchangeFormat
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import ToWrite, shown_path
from journeykit.interchange.normal import field_values
from journeykit.interchange.reading_back import note_changes
from journeykit.model import Journey
from journeykit.scoring import Settings


class Exported(NamedTuple):
    """The bytes of the exported file, and the report of what was carried."""

    data: bytes
    carry: CarryReport


def export(
    journey: Journey,
    form: InterchangeFormat,
    file_id: str = "",
    *,
    settings: Settings | None = None,
    options: frozenset[str] = frozenset(),
) -> Exported:
    """Return a journey in a format that can be written.

    `file_id` is the id that follows from the name of its file; `settings` say how it is scored.
    """
    assert form.write
    carry = CarryReport()
    written = form.write(ToWrite(journey, settings, options), carry)
    if form.read and EVERYTHING not in form.carries:
        note_changes(journey, form, written, carry)
    lost = {one.where for one in carry.lost}
    for path, field, value in field_values(journey, file_id):
        where = shown_path(path)
        if EVERYTHING in form.carries or field in form.carries:
            carry.carried += where not in lost
        else:
            carry.lose(where, value, f"{form.name} has no place for it", field)
    return Exported(written, carry)
