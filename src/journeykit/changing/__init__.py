"""Changes to the text of files that leave everything else as it is: fixes and layout."""

from journeykit.changing.edits import Edit, applied

__all__ = ["Edit", "applied"]
