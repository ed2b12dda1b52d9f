"""What changed between two versions of a journey: its touchpoints and other parts, scores, low points, effort."""

from journeykit.comparing.comparison import Comparison, LowPointDiff, TouchpointDiff, compare
from journeykit.comparing.field_diff import FieldDiff
from journeykit.comparing.matching import Pair, matched
from journeykit.comparing.parts import PartDiff

__all__ = ["Comparison", "FieldDiff", "LowPointDiff", "Pair", "PartDiff", "TouchpointDiff", "compare", "matched"]
