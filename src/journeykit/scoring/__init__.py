"""Score a journey: touchpoints, stages, the whole, low points, peaks, effort and opportunities.

All scores are on 0..100; 50 is neutral: expectations just met. The journey's score J is a weighted mean of its rated
touchpoints in which the highest, the lowest, the last and the first one count a little more:

    J = .60·M + .10·max E + .10·min E + .15·E_n + .05·E_1        (profile balanced; M weighs by importance · reach)

with E = M + reach · (S − M): the score S of a touchpoint for the average customer, who may not meet it.

Data goes one way: rating (a touchpoint's S and its uncertainty) → aggregate (J) → scores (all results for one journey)
→ curve (low points, peaks, drops) and improvement (the gain of opportunities).
"""

from journeykit.model import Journey
from journeykit.scoring.display import word
from journeykit.scoring.improvement import opportunities, worth
from journeykit.scoring.results import (
    Drop,
    Effort,
    Exit,
    LowPoint,
    Peak,
    Rated,
    RatedOpportunity,
    Saving,
    StageScore,
)
from journeykit.scoring.scores import Scores, score
from journeykit.scoring.settings import CUSTOM, PROFILES, Settings, settings_for
from journeykit.scoring.simulation import simulate

__all__ = [
    "CUSTOM", "PROFILES", "Drop", "Effort", "Exit", "LowPoint", "Peak", "Rated", "RatedOpportunity", "Saving",
    "Scores", "Settings", "StageScore", "drops", "low_points", "opportunities", "peaks", "score", "settings_for",
    "simulate", "word", "worth",
]  # fmt: skip


def low_points(journey: Journey, settings: Settings | None = None) -> tuple[LowPoint, ...]:
    """Return the journey's low points, the worst first."""
    return score(journey, settings).low_points


def peaks(journey: Journey, settings: Settings | None = None) -> tuple[Peak, ...]:
    """Return the journey's peaks in order."""
    return score(journey, settings).peaks


def drops(journey: Journey, settings: Settings | None = None) -> tuple[Drop, ...]:
    """Return neighbouring touchpoints between which the score falls steeply, in order."""
    return score(journey, settings).drops
