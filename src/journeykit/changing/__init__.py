"""Changes to the text of files that leave everything else as it is: fixes and layout."""

from journeykit.changing.edits import Edit, applied
from journeykit.changing.fixing import Fixed, fixed, offered, text_edits

__all__ = ["Edit", "Fixed", "applied", "fixed", "offered", "text_edits"]
