"""One journey as a table: what `journeykit show` prints under the curve."""

from __future__ import annotations

from typing import Any

from journeykit.charts.locales import Labels
from journeykit.model import Journey
from journeykit.output.numbers import score_style
from journeykit.output.table import Column, Table
from journeykit.output.tables import ScoredJourney
from journeykit.scoring import Scores
from journeykit.scoring.display import fixed
from journeykit.vocabulary.channels import channel_name


def touchpoints(scored: ScoredJourney) -> Table:
    """Return a row for each touchpoint, in order, below the name of its stage."""
    journey, scores = scored.journey, scored.scores
    labels = Labels(journey.lang)
    columns = [
        Column("number", "#", right=True), Column("at", "When", empty="", drop_order=4),
        Column("title", "Touchpoint", wraps=True), Column("channel", "Channel", wraps=True, drop_order=2),
        Column("feeling", "Feeling", ", ".join, wraps=True, drop_order=1),
        Column("score", "Score", fixed, right=True, style=score_style), Column("mark", "", wraps=True, empty=""),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    headings: dict[int, str] = {}
    stage = None
    for place, rated in zip(journey.places, scores.touchpoints, strict=True):
        point = place.touchpoint
        if place.stage is not stage and not journey.is_flat:
            headings[len(rows)] = place.stage.name
        rows.append(
            [
                place.number, str(point.at) if point.at else "",
                point.title, ", ".join(_channel(journey, id) for id in point.channel), list(point.feeling),
                rated.score, _mark(scores, point.id, point.moment_of_truth, labels),
            ]
        )  # fmt: skip
        stage = place.stage
    keep = [at for at in range(len(columns)) if any(row[at] not in (None, "", []) for row in rows)]
    return Table("", [columns[at] for at in keep], [[row[at] for at in keep] for row in rows], headings)


def _channel(journey: Journey, id: str) -> str:
    return channel_name(id, journey.lang, journey.own_channel_name(id))


def _mark(scores: Scores, id: str, moment_of_truth: bool, labels: Labels) -> str:
    """Return what is special about a touchpoint: low point, peak, moment of truth."""
    marks = [f"▼{low.rank} {labels(f'curve.{low.kind}')}" for low in scores.low_points if id in low.span]
    marks += [f"▲ {labels('curve.wow' if peak.wow else 'curve.peak')}" for peak in scores.peaks if id in peak.span]
    return ", ".join([*marks, *([f"◆ {labels('touchpoints.moment_of_truth')}"] if moment_of_truth else [])])
