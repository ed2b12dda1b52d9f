"""Header of a difference: title, persona, change of the score, and names of the curves."""

from __future__ import annotations

from journeykit.charts.difference import signs
from journeykit.charts.difference.alt_text import certainty, counts, headline, score_of
from journeykit.charts.difference.layout import DifferenceLayout
from journeykit.charts.lane import Band
from journeykit.drawing.scene import Group
from journeykit.drawing.stack import Stack

BESIDE = 360.0
"""The least width of the text for the versions to be at its right."""
KEY = 280.0
APART = 40.0


def header(layout: DifferenceLayout, top: float) -> Band:
    """Lay out text and versions beside each other, or below each other in a narrow picture."""
    width = layout.right - layout.page
    beside = width - KEY - APART >= BESIDE
    words = Stack(layout.text, layout.page, top, width - KEY - APART if beside else width)
    _words(layout, words)
    key = Stack(
        layout.text,
        layout.right - KEY if beside else layout.page,
        top if beside else words.bottom + 3 * layout.unit,
        min(KEY, width),
    )
    _versions(layout, key)
    group = Group(marks=tuple(key.marks), id="versions", title=layout.labels("score.title"), kind="versions")
    return Band(max(words.bottom, key.bottom) - top, (*words.marks, group))


def _words(layout: DifferenceLayout, words: Stack) -> None:
    labels, size, comparison = layout.labels, layout.type, layout.comparison
    words.add(labels("difference.about"), size.caption, bold=True, color="accent", kind="about")
    words.space(layout.unit)
    title = comparison.new.journey.title
    words.add(title, layout.text.title_size(title, size.title, words.width), bold=True, kind="title")
    words.space(layout.unit / 2)
    words.add(comparison.new.journey.persona.name, size.body, color="muted", kind="about")
    words.space(2 * layout.unit)
    words.add(headline(comparison, labels), size.heading, bold=True, kind="headline")
    if sure := certainty(comparison, labels):
        words.add(sure, size.body, color="muted", kind="certainty")
    words.space(layout.unit)
    words.add(" · ".join(counts(comparison, labels)) or labels("difference.nothing"), size.body, kind="counts")


def _versions(layout: DifferenceLayout, key: Stack) -> None:
    """Add a sample of each curve with the name and score of its version."""
    size = layout.type
    for new, scores in ((False, layout.comparison.old), (True, layout.comparison.new)):
        key.space(2 * layout.unit)
        key.marks += signs.sample(new, key.x, key.bottom + 0.62 * size.body)
        indent = signs.SAMPLE + 8
        key.add(layout.names[new], size.body, bold=True, indent=indent, kind="version")
        shown = score_of(scores, layout.labels)
        mean = "" if scores.mean is None else layout.labels("score.mean", n=layout.labels.number(scores.mean))
        key.add(" · ".join(filter(None, (shown, mean))), size.body, color="muted", indent=indent, kind="version-score")
