"""What the map and the alt text leave out on purpose, and why; docs/charts.md has this list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class LeftOut(NamedTuple):
    """Why a field is left out, and where: in the `map`, in the `alt` text, or both."""

    why: str
    where: tuple[str, ...] = ("map", "alt")


def _all(names: Iterable[str], why: str, where: tuple[str, ...] = ("map", "alt")) -> dict[str, LeftOut]:
    return dict.fromkeys(names, LeftOut(why, where))


LEFT_OUT: Mapping[str, LeftOut] = {
    **_all(("Journey.journeykit",), "the version of the format says nothing about the journey"),
    **_all(
        ("Journey.id", "Persona.id", "Evidence.id", "Feedback.id", "Stage.id", "Touchpoint.id", "Opportunity.id"),
        "ids name things within the file; pictures show titles and numbers",
    ),
    **_all(
        ("ChannelDefinition.pros", "ChannelDefinition.cons", "ChannelDefinition.ideal_for"),
        "they help to choose a channel (`journeykit channels`) and are the same for every journey",
    ),
    **_all(
        ("Journey.scale", "Journey.feelings"), "how the file writes scores; charts show what follows, from 0 to 100"
    ),
    **_all(
        (
            "Scoring.profile", "Scoring.pain", "Scoring.critical", "Scoring.min_drop", "Scoring.min_prominence",
            "Scoring.minimum_base", "Weights.mean", "Weights.peak", "Weights.valley", "Weights.end", "Weights.first",
            "Evidence.correlation",
        ),
        "settings of the score; what follows from them is shown",
    ),
    **_all(
        ("Journey.data", "Touchpoint.data", "Kpi.data", "Kpi.from", "Kpi.to", "Kpi.any_of", "Kpi.none_of", "Kpi.is"),
        "where figures come from, for `journeykit measure`; charts show the figures",
    ),
    **_all(("LaneDefinition.icon",), "it is a sign for the eye", ("alt",)),
}  # fmt: skip
"""By part and field."""
