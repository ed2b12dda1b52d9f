"""The header of a difference: whose journey, how its score moved, and what the two curves are called."""

from __future__ import annotations

from journeykit.charts.difference import signs
from journeykit.charts.difference.sheet import Sheet
from journeykit.charts.difference.words import certainty, counts, headline, score_of
from journeykit.charts.lane import Band
from journeykit.drawing.scene import Group
from journeykit.drawing.stack import Stack

BESIDE = 360.0
"""The words need this much for the versions to stand at their right."""
KEY = 280.0
APART = 40.0


def heading(sheet: Sheet, top: float) -> Band:
    """Words and versions beside each other, or under one another where it is narrow."""
    width = sheet.right - sheet.page
    beside = width - KEY - APART >= BESIDE
    words = Stack(sheet.text, sheet.page, top, width - KEY - APART if beside else width)
    _words(sheet, words)
    key = Stack(
        sheet.text,
        sheet.right - KEY if beside else sheet.page,
        top if beside else words.bottom + 3 * sheet.unit,
        min(KEY, width),
    )
    _versions(sheet, key)
    group = Group(marks=tuple(key.marks), id="versions", title=sheet.labels("score.title"), kind="versions")
    return Band(max(words.bottom, key.bottom) - top, (*words.marks, group))


def _words(sheet: Sheet, words: Stack) -> None:
    labels, size, comparison = sheet.labels, sheet.type, sheet.comparison
    words.add(labels("difference.about"), size.caption, bold=True, colour="accent", kind="about")
    words.space(sheet.unit)
    title = comparison.new.journey.title
    words.add(title, sheet.text.title_size(title, size.title, words.width), bold=True, kind="title")
    words.space(sheet.unit / 2)
    words.add(comparison.new.journey.persona.name, size.body, colour="muted", kind="about")
    words.space(2 * sheet.unit)
    words.add(headline(comparison, labels), size.heading, bold=True, kind="headline")
    if sure := certainty(comparison, labels):
        words.add(sure, size.body, colour="muted", kind="certainty")
    words.space(sheet.unit)
    words.add(" · ".join(counts(comparison, labels)) or labels("difference.nothing"), size.body, kind="counts")


def _versions(sheet: Sheet, key: Stack) -> None:
    """A sample of each curve with the version's name and score."""
    size = sheet.type
    for new, scores in ((False, sheet.comparison.old), (True, sheet.comparison.new)):
        key.space(2 * sheet.unit)
        key.marks += signs.sample(new, key.x, key.bottom + 0.62 * size.body)
        indent = signs.SAMPLE + 8
        key.add(sheet.names[new], size.body, bold=True, indent=indent, kind="version")
        shown = score_of(scores, sheet.labels)
        mean = "" if scores.mean is None else sheet.labels("score.mean", n=sheet.labels.number(scores.mean))
        key.add(" · ".join(filter(None, (shown, mean))), size.body, colour="muted", indent=indent, kind="version-score")
