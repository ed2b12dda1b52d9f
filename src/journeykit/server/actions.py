"""Code actions for findings: their fixes, suggested words, and comments that suppress them.

Each is tried on the text first, and offered only where the finding goes and no error comes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lsprotocol.types import CodeAction, CodeActionKind, WorkspaceEdit

from journeykit.changing import Edit, apply_edits, apply_fixes, fixable, text_edits
from journeykit.finding import Finding
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES
from journeykit.server.analysis import Analysis
from journeykit.server.diagnostics import diagnostic, span_of
from journeykit.server.edits import change, text_edit
from journeykit.source import Position, Span

MAX_FINDINGS = 20
"""Findings that one request handles, as each attempt reads the whole text."""
_IGNORES = re.compile(r"#\s*journeykit:\s*ignore\s*\[([^\]#]*)\]", re.IGNORECASE)

Way = tuple[str, Sequence[Edit], bool]
"""A title, the edits, and whether an editor may prefer it."""


FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.journeykit"
KINDS = (CodeActionKind.QuickFix, FIX_ALL)


def actions(analysis: Analysis, uri: str, span: Span, only: Sequence[str] | None = None) -> list[CodeAction]:
    """Return quick fixes for the findings in a span, and all safe fixes at once; only of the kinds in `only`, if given.

    All at once is for those who ask for it, as editors do when a file is saved.
    """
    found = _quick_fixes(analysis, uri, span) if _wanted(CodeActionKind.QuickFix, only) else []
    if only and _wanted(FIX_ALL, only) and (edits := _safe_fixes(analysis)):
        found.append(CodeAction("Make all safe fixes", FIX_ALL, edit=_workspace_edit(analysis, uri, edits)))
    return found


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Return whether a kind of action is requested, by its own name or a more general one."""
    return only is None or any(kind == one or not one or kind.startswith(f"{one}.") for one in only)


def _quick_fixes(analysis: Analysis, uri: str, span: Span) -> list[CodeAction]:
    touched = [finding for finding in analysis.findings if _overlap(span_of(analysis, finding), span)]
    return [
        CodeAction(
            title=title,
            kind=CodeActionKind.QuickFix,
            diagnostics=[diagnostic(analysis, finding)],
            is_preferred=preferred or None,
            edit=_workspace_edit(analysis, uri, edits),
        )
        for finding in islice(touched, MAX_FINDINGS)
        for title, edits, preferred in _ways(analysis, finding)
    ]


def _safe_fixes(analysis: Analysis) -> list[Edit]:
    if not fixable(analysis.linted.findings):
        return []
    before = analysis.document.source.text
    after = apply_fixes(analysis.document, analysis.judge).document.source.text
    return [change(before, after)] if after != before else []


def _workspace_edit(analysis: Analysis, uri: str, edits: Iterable[Edit]) -> WorkspaceEdit:
    return WorkspaceEdit(changes={uri: [text_edit(analysis, edit) for edit in edits]})


def _overlap(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _ways(analysis: Analysis, finding: Finding) -> Iterator[Way]:
    if finding.fix and (edits := text_edits(analysis.document.source, finding.fix, analysis.document.shared)):
        yield finding.fix.title, edits, finding.fix.safe
    yield from (way for way in _meant(analysis, finding) if _helps(analysis, finding, way[1]))
    yield from islice((way for way in _ignoring(analysis, finding) if _helps(analysis, finding, way[1])), 1)


def _meant(analysis: Analysis, finding: Finding) -> Iterator[Way]:
    """Yield an action for each suggestion of a finding, which replaces the text that the finding is about."""
    span = span_of(analysis, finding)
    for text in finding.suggestion:
        yield f"Write {text}", [Edit(span.start, span.end, text)], len(finding.suggestion) == 1


def _ignoring(analysis: Analysis, finding: Finding) -> Iterator[Way]:
    """Yield actions that add a suppression comment at the end of the line, or above it."""
    if finding.rule in PAGES or finding.rule == UNUSED_SUPPRESSION.id:
        return
    source, title = analysis.document.source, f"Ignore {finding.rule} here"
    line = finding.start.line
    written = source.lines[line - 1]
    start = source.offset(Position(line, 1))
    if ignores := _IGNORES.search(written):
        at = start + ignores.end(1)
        yield title, [Edit(at, at, f", {finding.rule}")], False
    comment = f"# journeykit: ignore[{finding.rule}]"
    end = start + len(written.rstrip())
    yield title, [Edit(end, start + len(written), f" {comment}")], False
    indent = written[: len(written) - len(written.lstrip())]
    yield title, [Edit(start, start, f"{indent}{comment}\n")], False


def _helps(analysis: Analysis, finding: Finding, edits: Sequence[Edit]) -> bool:
    """Return whether the edits remove a finding and add no error."""
    after = analysis.read(apply_edits(analysis.document.source.text, edits))
    was, now = analysis.document.findings, after.findings
    if finding.rule not in PAGES and after.journey is not None:
        was, now = analysis.linted.findings, analysis.judge(after, finding.rule).findings
    before, left = _counted(was), _counted(now)
    return left[finding.rule, finding.message] < before[finding.rule, finding.message] and not left - before


def _counted(findings: Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message) for finding in findings)
