"""The journey's score as a number, a word, and a dot on a track from 0 to 100 with its uncertainty band."""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.charts.locales import Labels
from journeykit.drawing.icons import Level
from journeykit.drawing.scene import Circle, Mark, Rect, Role
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import first_baseline, line_step
from journeykit.scoring import Scores

TRACK = 6.0
POSTER = 1.5
"""Factor by which title and score are larger in a map, which is read from a distance."""


def level(score: float | None) -> Level:
    """Return the face of a score, with limits at 25 (critical), 40, 60 and 80."""
    if score is None:
        return "unrated"
    score = round(score, 6)
    if score < 40:
        return "very-unhappy" if score <= 25 else "unhappy"
    return "neutral" if score < 60 else "happy" if score < 80 else "very-happy"


def side(score: float) -> Role:
    """Return the color of a score."""
    return "bad" if score < 40 else "neutral" if score < 60 else "good"


def badge(view: View, x: float, top: float, width: float) -> Band:
    """Return the badge, `width` points wide, its top left corner at (x, top)."""
    labels, size, scores = view.labels, view.type, view.scores
    stack = Stack(view.text, x, top, width)
    stack.add(labels("score.title"), size.caption, bold=True, color="accent", kind="badge")
    if scores.score is None or scores.word is None:
        stack.add(labels.no_score(scores.withheld), size.body, color="muted", kind="badge")
        return Band(stack.height, tuple(stack.marks))
    figure = size.figure * (1 if view.slim else POSTER)
    baseline = stack.bottom + first_baseline(figure)
    number = view.text.label(labels.number(scores.score), x, baseline, figure, bold=True, kind="score")
    word = view.text.label(
        labels(f"score.{scores.word}"), x + number.width + 8, number.y, size.heading, kind="score-word"
    )
    stack.marks += [number, word]
    stack.bottom += line_step(figure)
    stack.marks += _track(view, x, stack.bottom + TRACK / 2, width)
    stack.bottom += TRACK + 6
    stack.add(" · ".join(score_notes(view.scores, view.labels)), size.caption, color="muted", kind="badge")
    return Band(stack.height, tuple(stack.marks))


def score_notes(scores: Scores, labels: Labels) -> list[str]:
    """Return the mean, how sure the score is, and what it lacks."""
    notes = []
    if scores.mean is not None:
        notes.append(labels("score.mean", n=labels.number(scores.mean)))
    if scores.band:
        low, high = map(labels.number, scores.band)
        notes.append(labels("score.interval" if scores.band_kind == "interval" else "score.band", low=low, high=high))
    if scores.partial:
        notes.append(labels("score.partial", share=labels.share(scores.coverage)))
    if scores.rests_on:
        notes.append(labels("score.rests_on"))
    return notes


def _track(view: View, x: float, y: float, width: float) -> list[Mark]:
    """Return the track with the uncertainty band and a dot for the score."""
    scores = view.scores
    assert scores.score is not None

    def at(score: float) -> float:
        return x + width * score / 100

    marks: list[Mark] = [
        Rect(x=x, y=y - TRACK / 2, width=width, height=TRACK, radius=TRACK / 2, fill="panel-strong", kind="track")
    ]
    color = side(scores.score)
    if scores.band:
        low, high = scores.band
        marks.append(
            Rect(x=at(low), y=y - TRACK / 2, width=at(high) - at(low), height=TRACK, radius=TRACK / 2, fill=color,
                 opacity=0.45, kind="band")
        )  # fmt: skip
    marks.append(
        Circle(x=at(scores.score), y=y, radius=5, fill=color, stroke="page", stroke_width=1.5, kind="score-dot")
    )
    return marks
