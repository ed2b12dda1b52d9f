"""Make a fix of a finding: `finding`, its number among those of the state, and `fix`, the number of the fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from journeykit.changing import apply_edits
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.quick_fixes import is_effective, own_fix, suggestions, suppressions
from journeykit.editing.refusal import ActRefusedError, MalformedError
from journeykit.finding import Finding
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES


class Offer(NamedTuple):
    """A fix as it is offered, before it is tried: its kind, its title and whether the meaning of the map stays."""

    kind: str
    title: str
    safe: bool


def offers(finding: Finding) -> Iterator[Offer]:
    """Yield the fixes of a finding, in the order of their numbers."""
    if finding.fix:
        yield Offer("fix", finding.fix.title, finding.fix.safe)
    for text in finding.suggestion:
        yield Offer("suggestion", f"Write {text}", len(finding.suggestion) == 1)
    if finding.rule not in PAGES and finding.rule != UNUSED_SUPPRESSION.id:
        yield Offer("suppression", f"Ignore {finding.rule} here", False)


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with a finding mended."""
    number, choice = act.get("finding"), act.get("fix")
    if type(number) is not int or not 0 <= number < len(analysis.findings):
        raise MalformedError("there is no such finding")
    finding = analysis.findings[number]
    known = list(offers(finding))
    if type(choice) is not int or not 0 <= choice < len(known):
        raise MalformedError("the finding has no such fix")
    offer = known[choice]
    source = {"fix": own_fix, "suggestion": suggestions, "suppression": suppressions}[offer.kind]
    for candidate in source(analysis, finding):
        if candidate.title == offer.title and (offer.kind == "fix" or is_effective(analysis, finding, candidate.edits)):
            text = apply_edits(analysis.document.source.text, candidate.edits)
            return Made.of(analysis, analysis.read(text), f"{offer.title} ({finding.rule})")
    raise ActRefusedError("this fix cannot be made safely here", "change it in the text", finding.start.line)
