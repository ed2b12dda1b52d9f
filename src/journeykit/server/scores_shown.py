"""Scores beside the text: of each touchpoint at the end of its line, of the journey and its stages above them."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import CodeLens, Command, InlayHint, Position, Range

from journeykit.scoring.display import shown
from journeykit.server.analysis import Analysis
from journeykit.source import KeyPath, Span


def inlay_hints(analysis: Analysis, span: Span) -> list[InlayHint]:
    """Return the score of each touchpoint whose title stands in a span, at the end of the title's line."""
    scores, partial = analysis.scores, analysis.partial
    if scores is None:
        return []
    found = []
    for item in partial.journey.touchpoints:
        rated = scores.by_id.get(str(item.data.get("id")))
        title = partial.source.locate((*item.path, "title"))
        if rated is None or rated.score is None or not span.start <= title.start <= span.end:
            continue
        text = partial.source.text
        end = text.find("\n", title.end)
        end = len(text) if end < 0 else end
        end = title.start + len(text[title.start : end].rstrip())
        found.append(
            InlayHint(_place(analysis, end), shown(rated.score), padding_left=True, tooltip="Score, from 0 to 100")
        )
    return found


def lenses(analysis: Analysis) -> list[CodeLens]:
    """Return the score of the journey above its title, and that of each stage above its name."""
    return list(_lenses(analysis))


def _lenses(analysis: Analysis) -> Iterator[CodeLens]:
    scores = analysis.scores
    if scores is None or scores.score is None:
        return
    lows = len(scores.low_points)
    words = [f"score {shown(scores.score)}", *([f"low points: {lows}"] if lows else [])]
    yield _lens(analysis, ("title",), " · ".join(words))
    for number, stage in enumerate(analysis.partial.journey.stages):
        mean = scores.stages[number].score if number < len(scores.stages) else None
        if mean is not None:
            yield _lens(analysis, (*stage.path, "name"), f"score {shown(mean)}")


def _lens(analysis: Analysis, path: KeyPath, text: str) -> CodeLens:
    start = analysis.partial.source.locate(path).start
    place = _place(analysis, start)
    return CodeLens(Range(place, place), Command(text, ""))


def _place(analysis: Analysis, offset: int) -> Position:
    return analysis.positions.range_of(Span(offset, offset)).start
