"""Code actions for findings: their fixes, suggested words, and comments that suppress them.

Each is tried on the text first, and offered only if it removes the finding and adds no error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lsprotocol.types import CodeAction, CodeActionKind, WorkspaceEdit

from journeykit.changing import Edit, apply_fixes, fixable
from journeykit.changing.edits import minimal_edit
from journeykit.editing.quick_fixes import edits_of, quick_fixes
from journeykit.finding import Finding
from journeykit.output.paint import one_line
from journeykit.server.analysis import Analysis
from journeykit.server.diagnostics import diagnostic, span_of
from journeykit.server.edits import text_edit
from journeykit.source import Span

MAX_FINDINGS = 20
"""The most findings that one request handles, since each attempt reads the whole text."""

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
        for title, preferred, edits in _made(analysis, finding)
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


def _made(analysis: Analysis, finding: Finding) -> Iterator[tuple[str, bool, Sequence[Edit]]]:
    for one in quick_fixes(finding):
        if edits := edits_of(analysis, finding, one):
            yield one.title, one.safe, edits
