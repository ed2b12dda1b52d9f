"""What would mend a finding: its fix, the words that may be meant, and a comment that leaves it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from journeykit.changing import Edit, apply_edits, text_edits
from journeykit.changing.parsed_text import line_break_of
from journeykit.editing.analysis import Analysis
from journeykit.finding import Finding
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES
from journeykit.source import Position

_IGNORES = re.compile(r"#\s*journeykit:\s*ignore\s*\[([^\]#]*)\]", re.IGNORECASE)


class QuickFix(NamedTuple):
    """What may mend a finding: its title, and whether it may be made without a look at it. It is not tried yet."""

    title: str
    safe: bool
    ways: Callable[[Analysis, Finding], Iterator[Sequence[Edit]]]
    """Yields the edits of the text that make it, the best first."""


def quick_fixes(finding: Finding) -> Iterator[QuickFix]:
    """Yield what may mend a finding, in the order in which it is offered."""
    if finding.fix:
        yield QuickFix(finding.fix.title, finding.fix.safe, _own)
    for text in finding.suggestion:
        yield QuickFix(f"Write {text}", len(finding.suggestion) == 1, partial(_suggested, text=text))
    if finding.rule not in PAGES and finding.rule != UNUSED_SUPPRESSION.id:
        yield QuickFix(f"Ignore {finding.rule} here", False, _suppressed)


def edits_of(analysis: Analysis, finding: Finding, fix: QuickFix) -> Sequence[Edit]:
    """Return the edits that mend a finding and add no error; none where that cannot be done in this text."""
    ways = fix.ways(analysis, finding)
    return next((edits for edits in ways if fix.ways is _own or _is_effective(analysis, finding, edits)), ())


def _own(analysis: Analysis, finding: Finding) -> Iterator[Sequence[Edit]]:
    if finding.fix and (edits := text_edits(analysis.document.source, finding.fix, analysis.document.shared)):
        yield edits


def _suggested(analysis: Analysis, finding: Finding, text: str) -> Iterator[Sequence[Edit]]:
    """Replace the text that the finding is about."""
    source = analysis.document.source
    yield [Edit(source.offset(finding.start), source.offset(finding.end), text)]


def _suppressed(analysis: Analysis, finding: Finding) -> Iterator[Sequence[Edit]]:
    """Add a suppression comment at the end of the line, or above it."""
    source, line = analysis.document.source, finding.start.line
    text = source.lines[line - 1]
    start = source.offset(Position(line, 1))
    if ignores := _IGNORES.search(text):
        at = start + ignores.end(1)
        yield [Edit(at, at, f", {finding.rule}")]
    comment = f"# journeykit: ignore[{finding.rule}]"
    end = start + len(text.rstrip())
    yield [Edit(end, start + len(text), f" {comment}")]
    indent = text[: len(text) - len(text.lstrip())]
    yield [Edit(start, start, f"{indent}{comment}{line_break_of(source.text)}")]


def _is_effective(analysis: Analysis, finding: Finding, edits: Sequence[Edit]) -> bool:
    """Return whether the edits remove a finding and add no error."""
    edited = analysis.read(apply_edits(analysis.document.source.text, edits))
    was, now = analysis.document.findings, edited.findings
    if finding.rule not in PAGES and edited.journey is not None:
        was, now = analysis.linted.findings, analysis.lint(edited, finding.rule).findings
    before, after = _counted(was), _counted(now)
    return after[finding.rule, finding.message] < before[finding.rule, finding.message] and not after - before


def _counted(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message) for finding in findings)
