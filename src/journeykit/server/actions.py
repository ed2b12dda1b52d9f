"""Code actions for findings: their fixes, suggested words, and comments that suppress them.

Each is tried on the text first, and offered only if it removes the finding and adds no error.
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
from journeykit.output.paint import one_line
from journeykit.reading.faults import PAGES
from journeykit.server.analysis import Analysis
from journeykit.server.diagnostics import diagnostic, span_of
from journeykit.server.edits import minimal_edit, text_edit
from journeykit.source import Position, Span

MAX_FINDINGS = 20
"""The most findings that one request handles, since each attempt reads the whole text."""
_IGNORES = re.compile(r"#\s*journeykit:\s*ignore\s*\[([^\]#]*)\]", re.IGNORECASE)

Candidate = tuple[str, Sequence[Edit], bool]
"""A possible action: a title, the edits, and whether the editor may apply it by default."""


FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.journeykit"
KINDS = (CodeActionKind.QuickFix, FIX_ALL)


def actions(analysis: Analysis, uri: str, span: Span, only: Sequence[str] | None = None) -> list[CodeAction]:
    """Return quick fixes for the findings in a span, and an action with all safe fixes, of the kinds in `only` if
    given.

    The action with all safe fixes is returned only if `only` asks for it, as editors do when a file is saved.
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
            title=one_line(title),
            kind=CodeActionKind.QuickFix,
            diagnostics=[diagnostic(analysis, finding)],
            is_preferred=preferred or None,
            edit=_workspace_edit(analysis, uri, edits),
        )
        for finding in islice(touched, MAX_FINDINGS)
        for title, edits, preferred in _candidates(analysis, finding)
    ]


def _safe_fixes(analysis: Analysis) -> list[Edit]:
    if not fixable(analysis.linted.findings):
        return []
    before = analysis.document.source.text
    after = apply_fixes(analysis.document, analysis.lint).document.source.text
    return [minimal_edit(before, after)] if after != before else []


def _workspace_edit(analysis: Analysis, uri: str, edits: Iterable[Edit]) -> WorkspaceEdit:
    return WorkspaceEdit(changes={uri: [text_edit(analysis, edit) for edit in edits]})


def _overlap(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _candidates(analysis: Analysis, finding: Finding) -> Iterator[Candidate]:
    if finding.fix and (edits := text_edits(analysis.document.source, finding.fix, analysis.document.shared)):
        yield finding.fix.title, edits, finding.fix.safe
    yield from (
        candidate for candidate in _suggestions(analysis, finding) if _is_effective(analysis, finding, candidate[1])
    )
    yield from islice(
        (candidate for candidate in _suppressions(analysis, finding) if _is_effective(analysis, finding, candidate[1])),
        1,
    )


def _suggestions(analysis: Analysis, finding: Finding) -> Iterator[Candidate]:
    """Yield an action for each suggestion of a finding, which replaces the text that the finding is about."""
    span = span_of(analysis, finding)
    for text in finding.suggestion:
        yield f"Write {text}", [Edit(span.start, span.end, text)], len(finding.suggestion) == 1


def _suppressions(analysis: Analysis, finding: Finding) -> Iterator[Candidate]:
    """Yield actions that add a suppression comment at the end of the line, or above it."""
    if finding.rule in PAGES or finding.rule == UNUSED_SUPPRESSION.id:
        return
    source, title = analysis.document.source, f"Ignore {finding.rule} here"
    line = finding.start.line
    text = source.lines[line - 1]
    start = source.offset(Position(line, 1))
    if ignores := _IGNORES.search(text):
        at = start + ignores.end(1)
        yield title, [Edit(at, at, f", {finding.rule}")], False
    comment = f"# journeykit: ignore[{finding.rule}]"
    end = start + len(text.rstrip())
    yield title, [Edit(end, start + len(text), f" {comment}")], False
    indent = text[: len(text) - len(text.lstrip())]
    yield title, [Edit(start, start, f"{indent}{comment}\n")], False


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
