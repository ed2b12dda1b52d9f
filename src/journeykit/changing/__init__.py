"""Edit journey files and leave everything else as it is: fixes, canonical layout and merges."""

from journeykit.changing.edits import Edit, apply_edits
from journeykit.changing.fixing import FixResult, apply_fixes, fixable, text_edits, with_edits

__all__ = ["Edit", "FixResult", "apply_edits", "apply_fixes", "fixable", "text_edits", "with_edits"]
