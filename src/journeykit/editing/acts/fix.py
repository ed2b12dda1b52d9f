"""Make a fix of a finding: `finding`, its number among those of the state, and `fix`, the number of the fix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeykit.changing import apply_edits
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.quick_fixes import edits_of, quick_fixes
from journeykit.editing.refusal import IN_TEXT, ActRefusedError, MalformedError


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with a finding mended."""
    number, choice = act.get("finding"), act.get("fix")
    if type(number) is not int or not 0 <= number < len(analysis.findings):
        raise MalformedError("there is no such finding")
    finding = analysis.findings[number]
    known = list(quick_fixes(finding))
    if type(choice) is not int or not 0 <= choice < len(known):
        raise MalformedError("the finding has no such fix")
    edits = edits_of(analysis, finding, known[choice])
    if not edits:
        raise ActRefusedError("this fix cannot be made safely here", IN_TEXT, finding.start.line)
    text = apply_edits(analysis.document.source.text, edits)
    return Made.of(analysis, analysis.read(text), f"{known[choice].title} ({finding.rule})")
