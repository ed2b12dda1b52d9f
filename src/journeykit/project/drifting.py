"""Where journeys and their data disagree: findings, and fixes that take over what the data say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from journeykit.drift import Evidence, drift, rules_for
from journeykit.linting import Linted
from journeykit.output.tables.measures import MeasuredJourney
from journeykit.project.baseline import Unknown, findings_left
from journeykit.project.fixing import FixOptions, fix_document
from journeykit.project.measuring import MeasureRun
from journeykit.project.workspace import Workspace
from journeykit.reading import Document
from journeykit.rules import Rule


class DriftRun(NamedTuple):
    """What drift rules found in each measured journey, and the findings that are not in the baseline."""

    results: list[Linted]
    left: Unknown


def drift_each(
    workspace: Workspace,
    run: MeasureRun,
    options: FixOptions,
    *,
    fail_on_drop: bool = False,
    write_baseline: bool = False,
) -> DriftRun:
    """Judge measured journeys by the drift rules of the settings, and make or preview their fixes."""
    selected = rules_for(workspace.settings, fail_on_drop=fail_on_drop)
    selection = workspace.selection()
    results: list[Linted] = []
    checked: dict[str, frozenset[str]] = {}
    for one in run.measured:
        ignored = selection.ignored_in(one.file)
        rules = [rule for rule in selected.values() if not {rule.id, rule.family} & {*ignored}]
        checked[one.document.source.name] = frozenset(rule.id for rule in rules)
        ask = partial(_drift_of, one=one, rules=rules, workspace=workspace)
        results.append(fix_document(one.document, ask(one.document), ask, options))
    findings = tuple(finding for one in results for finding in one.findings)
    if options.diff:
        return DriftRun(results, Unknown(findings))
    return DriftRun(results, findings_left(workspace.settings, findings, checked, write_baseline))


def _drift_of(document: Document, one: MeasuredJourney, rules: Sequence[Rule], workspace: Workspace) -> Linted:
    """Return the drift of a document, which may be the fixed text of a measured one."""
    journey = document.journey
    if journey is None:
        return Linted(document.findings)
    sources = workspace.settings.data
    evidence = Evidence(
        tuple(replace(log, journey=journey) for log in one.logs),
        one.measurements,
        {log.source: sources[log.source].passed_over for log in one.logs if log.source in sources},
        one.abouts,
    )
    return drift(document, evidence, rules, one.today)
