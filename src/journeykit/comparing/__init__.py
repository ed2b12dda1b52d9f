"""What changed between two versions of a journey: its touchpoints, its scores, its low points, its effort."""

from journeykit.comparing.comparison import Change, Comparison, LowPointChange, TouchpointChange, compare
from journeykit.comparing.matching import Pair, matched

__all__ = ["Change", "Comparison", "LowPointChange", "Pair", "TouchpointChange", "compare", "matched"]
