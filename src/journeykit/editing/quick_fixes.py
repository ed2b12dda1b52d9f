"""What would mend a finding: its fix, the words that may be meant, and a comment that leaves it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from journeykit.changing import Edit, apply_edits, text_edits
from journeykit.editing.analysis import Analysis
from journeykit.finding import Finding
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES
from journeykit.source import Position

_IGNORES = re.compile(r"#\s*journeykit:\s*ignore\s*\[([^\]#]*)\]", re.IGNORECASE)


class Candidate(NamedTuple):
    """A possible fix: its title, its edits of the text, and whether it may be made without a look at it."""

    title: str
    edits: Sequence[Edit]
    safe: bool


def own_fix(analysis: Analysis, finding: Finding) -> Iterator[Candidate]:
    """Yield the fix of a finding, where it can be made in this text."""
    if finding.fix and (edits := text_edits(analysis.document.source, finding.fix, analysis.document.shared)):
        yield Candidate(finding.fix.title, edits, finding.fix.safe)


def suggestions(analysis: Analysis, finding: Finding) -> Iterator[Candidate]:
    """Yield a fix for each suggestion of a finding, which replaces the text that the finding is about."""
    source = analysis.document.source
    start, end = source.offset(finding.start), source.offset(finding.end)
    for text in finding.suggestion:
        yield Candidate(f"Write {text}", [Edit(start, end, text)], len(finding.suggestion) == 1)


def suppressions(analysis: Analysis, finding: Finding) -> Iterator[Candidate]:
    """Yield fixes that add a suppression comment at the end of the line, or above it."""
    if finding.rule in PAGES or finding.rule == UNUSED_SUPPRESSION.id:
        return
    source, title = analysis.document.source, f"Ignore {finding.rule} here"
    line = finding.start.line
    text = source.lines[line - 1]
    start = source.offset(Position(line, 1))
    if ignores := _IGNORES.search(text):
        at = start + ignores.end(1)
        yield Candidate(title, [Edit(at, at, f", {finding.rule}")], False)
    comment = f"# journeykit: ignore[{finding.rule}]"
    end = start + len(text.rstrip())
    yield Candidate(title, [Edit(end, start + len(text), f" {comment}")], False)
    indent = text[: len(text) - len(text.lstrip())]
    line_break = "\r\n" if "\r\n" in source.text else "\r" if "\r" in source.text else "\n"
    yield Candidate(title, [Edit(start, start, f"{indent}{comment}{line_break}")], False)


def is_effective(analysis: Analysis, finding: Finding, edits: Sequence[Edit]) -> bool:
    """Return whether the edits remove a finding and add no error."""
    edited = analysis.read(apply_edits(analysis.document.source.text, edits))
    was, now = analysis.document.findings, edited.findings
    if finding.rule not in PAGES and edited.journey is not None:
        was, now = analysis.linted.findings, analysis.lint(edited, finding.rule).findings
    before, after = _counted(was), _counted(now)
    return after[finding.rule, finding.message] < before[finding.rule, finding.message] and not after - before


def _counted(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message) for finding in findings)
