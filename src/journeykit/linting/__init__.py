"""Running the rules over a document: select, run, locate, suppress, sort."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from journeykit.finding import Finding, finding_at
from journeykit.fix import Fix
from journeykit.linting.selection import Selection, known_rules
from journeykit.linting.suppression import Suppressions
from journeykit.linting.unused import unused_suppressions
from journeykit.reading import Document
from journeykit.reading.faults import PAGES
from journeykit.rules import Hit, Rule, Subject

__all__ = ["Failure", "Linted", "Selection", "known_rules", "lint", "page_ids", "page_of"]


class Failure(NamedTuple):
    """An own rule that raised on a file, and what."""

    rule: str
    plugin: str
    file: str
    error: str


@dataclass(frozen=True)
class Linted:
    """What linting found in one document, in order of place, and how much of it comments suppress.

    `failures` are own rules that could not judge it; what the others found is there.
    """

    findings: tuple[Finding, ...]
    suppressed: int = 0
    failures: tuple[Failure, ...] = ()


def lint(document: Document, selection: Selection | None = None, today: date | None = None) -> Linted:
    """Judge a document; one that is no journey has its errors and nothing else. Never raises on a journey's content.

    `today` is the day that dates are held against; by default the day it is.
    """
    if document.journey is None:
        return Linted(document.findings)
    selection = selection or Selection()
    subject = Subject(document.journey, document.source, today or date.today(), document.shared.personas.keys())
    suppressions = Suppressions.of(document.source)
    rules = selection.rules_for(document.source.name)
    kept: list[Finding] = []
    failures: list[Failure] = []
    suppressed = 0
    for rule in rules:
        for hit, finding in _hits(rule, subject, document, failures):
            if suppressions.covers(rule.id, hit):
                suppressed += 1
            else:
                kept.append(finding)
    selected = {rule.id for rule in rules}.difference(failure.rule for failure in failures)
    complaints, silenced = unused_suppressions(
        document.source, suppressions, selected, selection.known, more_rules=selection.config.lacks_plugins
    )
    findings = sorted(kept + complaints, key=lambda finding: finding.order)
    return Linted(tuple(findings), suppressed + silenced, tuple(failures))


def _hits(rule: Rule, subject: Subject, document: Document, failures: list[Failure]) -> Iterator[tuple[Hit, Finding]]:
    """What a rule finds, but for what is wrong with definitions that files share; an own rule may fail."""
    try:
        for hit in rule.check(subject):
            if rule.plugin and not _well_formed(hit):
                raise TypeError(f"{hit!r} is no Hit with a path and texts, such as Hit(('title',), message, help)")
            if hit.path[:2] not in document.borrowed:
                yield hit, _finding(document, rule, hit)
    except (Exception, SystemExit) as error:  # a rule that exits must not end the run, least of all with 0
        if not rule.plugin or os.environ.get("JOURNEYKIT_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        failures.append(Failure(rule.id, rule.plugin, document.source.name, what))


def _well_formed(hit: object) -> bool:
    """Whether an own rule yields what ours are held to by the types."""
    return (
        isinstance(hit, Hit)
        and isinstance(hit.path, tuple)
        and isinstance(hit.message, str)
        and isinstance(hit.help, str)
        and isinstance(hit.fix, Fix | None)
    )


def _finding(document: Document, rule: Rule, hit: Hit) -> Finding:
    source, path = document.source, hit.path
    span = source.locate(path, hit.part)
    while not source.has(path):  # a key that is missing, or that a shorthand stands for
        path = path[:-1]
    fix = hit.fix if hit.path[:1] not in document.borrowed else None  # nothing in this file would mend it
    return finding_at(source, span, rule.id, rule.severity, hit.message, hit.help, path, fix)


def page_of(id: str, plugins: tuple[str, ...] | None = ()) -> str | None:
    """The page of a rule or of something that `validate` refuses; None if there is no such id."""
    rule = known_rules(plugins).get(id)
    return rule.page if rule else PAGES.get(id)


def page_ids(plugins: tuple[str, ...] | None = ()) -> tuple[str, ...]:
    """All ids that have a page: the rules family by family, then what `validate` refuses."""
    return (*known_rules(plugins), *PAGES)
