"""Lint journeys: run the rules that the settings select, and make or preview fixes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from journeykit.errors import UsageError
from journeykit.linting import Linted, Selection, lint
from journeykit.project.baseline import Unknown, without_known
from journeykit.project.fixing import FixOptions, fix_document
from journeykit.project.lint_cache import as_data, from_data, lint_store
from journeykit.project.outside import check_outside
from journeykit.project.reading import Cached, ReadResult, Targets, read_each, read_each_cached
from journeykit.project.workspace import Workspace
from journeykit.reading import Document


class LintRun(NamedTuple):
    """The result for each file, and the findings that are not in the baseline."""

    read: ReadResult[Linted]
    selection: Selection
    left: Unknown


def lint_document(document: Document, workspace: Workspace, selection: Selection) -> Linted:
    """Return what lint finds in a document by the settings of a project."""
    journey = document.journey
    scoring = None if journey is None else workspace.scoring_settings(journey)
    linted = lint(document, selection, workspace.today, scoring)
    outside = check_outside(document, workspace)
    findings = tuple(sorted((*linted.findings, *outside.findings), key=lambda finding: finding.order))
    return replace(linted, findings=findings, of_text=not outside.named) if outside.named else linted


def lint_each(workspace: Workspace, targets: Targets, options: FixOptions, *, write_baseline: bool = False) -> LintRun:
    """Lint journeys; raise UsageError if the settings select no rule."""
    selection = workspace.selection()
    if not selection.rules:
        raise UsageError("no rule is left to run", "select others, or ignore fewer")
    relint: Callable[[Document], Linted] = partial(lint_document, workspace=workspace, selection=selection)
    work = partial(_fixed, relint=relint, options=replace(options, named=targets.named))
    if options.fix or options.diff:
        read = read_each(workspace, targets, work, picklable=True)
    else:
        store = lint_store(workspace, selection, options.unsafe or options.edits)
        read = read_each_cached(workspace, targets, work, Cached(store, as_data, from_data))
    if options.diff:
        return LintRun(read, selection, Unknown(tuple(finding for one in read.results for finding in one.findings)))
    return LintRun(read, selection, without_known(workspace.settings, selection, read, write_baseline))


def _fixed(document: Document, relint: Callable[[Document], Linted], options: FixOptions) -> Linted:
    linted = relint(document)
    if not any(finding.fix or finding.suggestion for finding in linted.findings):
        return linted
    return fix_document(document, linted, relint, options)
