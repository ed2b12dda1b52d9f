"""The journey's title, state, basis and persona, and its score as a number and a word. The track below the score
goes from 0 to 100 and shows the uncertainty band and a dot for the score. The plain mean is given in words only:
a second dot would suggest two different findings. Below are the persona's card and, beside it where there is room,
goals, expectations, where the journey starts and ends, and what day 0 is.
"""

from __future__ import annotations

from journeykit.charts import about_text, badge, persona
from journeykit.charts.lane import Band, View
from journeykit.charts.sections import COLUMN, purpose
from journeykit.drawing.scene import Group, Rect
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
        cards = _cards(view, left, bottom + view.unit * 5, width)
        marks += cards
        bottom = max(card.box().bottom for card in cards)
    return Band(bottom - top, tuple(marks))


def _cards(view: View, left: float, top: float, width: float) -> list[Group]:
    """Return the persona's card and the block about the purpose, beside each other if each has room for its columns."""
    sections = about_text.purpose(view.journey, view.labels)
    if not sections:
        return [persona.card(view, left, top, width)]
    gap = view.unit * 3
    lists = len(about_text.lists_of(view.journey, view.labels)) + 2
    columns = int(width // (COLUMN + view.unit * 8))
    own = max(1, min(len(sections), round(columns * len(sections) / (len(sections) + lists))))
    if columns - own < min(lists, 3):
        card = persona.card(view, left, top, width)
        return [card, purpose(view, sections, left, card.box().bottom + gap, width)]
    room = (width - gap) * own / min(columns, own + lists)
    cards = [
        persona.card(view, left, top, width - gap - room),
        purpose(view, sections, left + width - room, top, room),
    ]
    height = max(card.box().height for card in cards)
    return [_as_high(card, height) for card in cards]


def _as_high(card: Group, height: float) -> Group:
    panel, *rest = card.marks
    assert isinstance(panel, Rect)
    return card._replace(marks=(panel._replace(height=height), *rest))


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
