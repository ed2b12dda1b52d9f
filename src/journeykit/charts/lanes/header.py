"""The journey's title, state, basis and persona, and its score as a number and a word. The track below the score
goes from 0 to 100 and shows the uncertainty band and a dot for the score. The plain mean is given in words only:
a second dot would suggest two different findings. The persona's card is below.
"""

from __future__ import annotations

from journeykit.charts import badge, persona
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Group
from journeykit.drawing.stack import Stack

BADGE = 208.0
MEASURE = 620.0
"""The most width of the note; longer lines are hard to read."""


def lay_out(view: View, top: float) -> Band:
    left, right = view.columns.page, view.columns.right
    width = right - left
    beside = width >= MEASURE * 0.9
    room = width - BADGE - view.unit * 10 if beside else width
    words = Stack(view.text, left, top, room)
    _words(view, words)
    marks = words.marks
    bottom = words.bottom
    if beside:
        score = badge.badge(view, right - BADGE, top, BADGE)
        bottom = max(bottom, top + score.height)
    else:
        score = badge.badge(view, left, bottom + view.unit * 4, min(BADGE, width))
        bottom += view.unit * 4 + score.height
    marks.append(Group(marks=score.marks, id="score", title=view.labels("score.title"), kind="score"))
    if not view.slim:
        card = persona.card(view, left, bottom + view.unit * 5, width)
        marks.append(card)
        bottom += view.unit * 5 + card.box().height
    return Band(bottom - top, tuple(marks))


def _words(view: View, words: Stack) -> None:
    journey, labels, size = view.journey, view.labels, view.type
    about = [labels(f"state.{journey.state}"), labels(f"basis.{journey.basis}"), labels(f"status.{journey.status}")]
    if journey.owner:
        about.append(labels("header.owner", name=journey.owner))
    if journey.updated:
        about.append(labels("header.updated", date=journey.updated.isoformat()))
    if view.slim:
        # however long, a title stays a title beside what is written under it
        large = max(size.heading, view.text.title_size(journey.title, size.title * 0.75, words.width))
        words.add(journey.title, large, bold=True, kind="title")
        words.space(view.unit)
        words.add(" · ".join([journey.persona.name, *about[:2]]), size.body, color="muted", kind="about")
        return
    words.add(" · ".join(about), size.caption, bold=True, color="accent", kind="about")
    words.space(view.unit)
    large = view.text.title_size(journey.title, size.title * badge.POSTER, words.width)
    words.add(journey.title, large, bold=True, kind="title")
    if journey.note:
        words.space(view.unit * 1.5)
        words.width = min(words.width, MEASURE)
        words.add(journey.note, size.lead * 1.1, color="muted", kind="note")
