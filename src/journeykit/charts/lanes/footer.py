"""About the map, small and last: the sources that it rests on, with the numbers by which other lanes name them,
questions asked at no touchpoint, changes and their results, what happens to personal data, who made the map, and how
often it is reviewed.
"""

from __future__ import annotations

from journeykit.charts.about_text import about_map
from journeykit.charts.lane import Band, View
from journeykit.charts.sections import sections_within
from journeykit.drawing.scene import Group


def lay_out(view: View, top: float) -> Band | None:
    columns = view.columns
    sections = [] if columns.after else about_map(view.journey, view.labels)
    if not sections:
        return None
    size = view.type.caption
    width = columns.right - columns.left
    marks, bottom = sections_within(view, sections, columns.left, top, width, size)
    label = view.labels("lanes.footer")
    return Band(bottom - top, (Group(marks=tuple(marks), id="about", kind="about"),), label, of_row=False)
