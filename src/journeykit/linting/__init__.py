"""Running the rules over a document: select, run, locate, suppress, sort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from journeykit.finding import Finding, finding_at
from journeykit.linting.selection import Selection, known_rules
from journeykit.linting.suppression import Suppressions
from journeykit.linting.unused import unused_suppressions
from journeykit.reading import Document
from journeykit.reading.faults import PAGES
from journeykit.rules import Hit, Rule, Subject
from journeykit.source import Source

__all__ = ["Linted", "Selection", "known_rules", "lint", "page_ids", "page_of"]


@dataclass(frozen=True)
class Linted:
    """What linting found in one document, in order of place, and how much of it comments suppress."""

    findings: tuple[Finding, ...]
    suppressed: int = 0


def lint(document: Document, selection: Selection | None = None, today: date | None = None) -> Linted:
    """Judge a document; one that is no journey has its errors and nothing else. Never raises on a journey's content.

    `today` is the day that dates are held against; by default the day it is.
    """
    if document.journey is None:
        return Linted(document.findings)
    selection = selection or Selection()
    subject = Subject(document.journey, document.source, today or date.today())
    suppressions = Suppressions.of(document.source)
    kept: list[Finding] = []
    suppressed = 0
    for rule in selection.rules:
        for hit in rule.check(subject):
            if suppressions.covers(rule.id, hit):
                suppressed += 1
            else:
                kept.append(_finding(document.source, rule, hit))
    complaints, silenced = unused_suppressions(document.source, suppressions, selection.ids, known_rules())
    findings = sorted(kept + complaints, key=lambda finding: finding.order)
    return Linted(tuple(findings), suppressed + silenced)


def _finding(source: Source, rule: Rule, hit: Hit) -> Finding:
    span = source.locate(hit.path, hit.part)
    path = hit.path
    while not source.has(path):  # a key that is missing, or that a shorthand stands for
        path = path[:-1]
    return finding_at(source, span, rule.id, rule.severity, hit.message, hit.help, path, hit.fix)


def page_of(id: str) -> str | None:
    """The page of a rule or of something that `validate` refuses; None if there is no such id."""
    rule = known_rules().get(id)
    return rule.page if rule else PAGES.get(id)


def page_ids() -> tuple[str, ...]:
    """All ids that have a page: the rules family by family, then what `validate` refuses."""
    return (*known_rules(), *PAGES)
