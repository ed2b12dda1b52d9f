"""What changed between two versions of a journey: its touchpoints, its scores, its low points, its effort."""

from journeykit.comparing.comparison import Comparison, FieldDiff, LowPointDiff, TouchpointDiff, compare
from journeykit.comparing.matching import Pair, matched

__all__ = ["Comparison", "FieldDiff", "LowPointDiff", "Pair", "TouchpointDiff", "compare", "matched"]
