"""The model of a journey: frozen pydantic models, without input or output."""

from journeykit.model.figures import Figure, Percent
from journeykit.model.improvement import Change, Kpi, Opportunity
from journeykit.model.journey import (
    ChannelDefinition,
    Evidence,
    Feedback,
    Goal,
    Journey,
    LaneDefinition,
    Persona,
    Place,
    Privacy,
    Scope,
    Scoring,
    Stage,
    Weights,
)
from journeykit.model.references import Image, Link
from journeykit.model.times import Duration, Moment
from journeykit.model.touchpoint import Decision, FrontstageStep, Measured, Need, Option, Step, Touchpoint
from journeykit.model.values import ScaleName, scale_bounds

__all__ = [
    "Change", "ChannelDefinition", "Decision", "Duration", "Evidence", "Feedback", "Figure", "FrontstageStep", "Goal",
    "Image", "Journey", "Kpi", "LaneDefinition", "Link", "Measured", "Moment", "Need", "Opportunity", "Option",
    "Percent", "Persona", "Place", "Privacy", "ScaleName", "Scope", "Scoring", "Stage", "Step", "Touchpoint",
    "Weights", "scale_bounds",
]  # fmt: skip
