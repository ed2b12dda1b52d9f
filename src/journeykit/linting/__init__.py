"""Run the rules over a document: select rules, run them, locate and sort findings, apply suppressions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from journeykit import notebook
from journeykit.finding import Finding, finding_at
from journeykit.fix import Fix
from journeykit.linting.selection import Selection, known_rules
from journeykit.linting.suppression import Suppressions
from journeykit.linting.unused import unused_suppressions
from journeykit.reading import Document
from journeykit.reading.faults import PAGES
from journeykit.rules import Hit, Rule, Subject
from journeykit.scoring import Settings

__all__ = ["Failure", "Linted", "Selection", "finding_of", "known_rules", "lint", "page_ids", "page_of"]


class Failure(NamedTuple):
    """A custom rule that raised an exception on a file, and the exception."""

    rule: str
    plugin: str
    file: str
    error: str


@dataclass(frozen=True)
class Linted:
    """The findings in a document, or in several, sorted by position, and how many further ones comments suppress.

    `failures` are the custom rules that raised an exception; the findings of all others are there.
    """

    findings: tuple[Finding, ...]
    suppressed: int = 0
    failures: tuple[Failure, ...] = ()
    of_text: bool = True
    """Whether the findings follow from the text and the settings alone, and from no other file."""

    def _repr_html_(self) -> str | None:
        return notebook.view(self)


def lint(
    document: Document,
    selection: Selection | None = None,
    today: date | None = None,
    settings: Settings | None = None,
) -> Linted:
    """Lint a document; one that is not a valid journey has its errors as findings and no others.

    `today` is the day that dates are compared with, by default the current one. `settings` are those to score by, by
    default the journey's own. Never raises on the content of a journey.
    """
    if document.journey is None:
        return Linted(document.findings)
    selection = selection or Selection()
    rules = {rule.id: rule for rule in selection.rules_for(document.source.name)}
    personas = document.shared.personas.keys()
    subject = Subject(document.journey, document.source, today or date.today(), personas, rules, settings)
    suppressions = Suppressions.of(document.source)
    kept: list[Finding] = []
    failures: list[Failure] = []
    suppressed = 0
    for rule in rules.values():
        for hit in _plugin_hits(rule, subject, document, failures) if rule.plugin else subject.hits(rule.id):
            if hit.path[:2] in document.borrowed:  # found in the definitions that files share
                continue
            shown, hidden = suppressions.apply(rule.id, hit)
            suppressed += hidden
            kept += [finding_of(document, rule, one) for one in shown]
    selected = rules.keys() - {failure.rule for failure in failures}
    complaints, silenced = unused_suppressions(
        document.source, suppressions, selected, selection.known, more_rules=selection.config.lacks_plugins
    )
    findings = sorted(kept + complaints, key=lambda finding: finding.order)
    return Linted(tuple(findings), suppressed + silenced, tuple(failures))


def _plugin_hits(rule: Rule, subject: Subject, document: Document, failures: list[Failure]) -> Iterator[Hit]:
    """Yield what a custom rule finds; record its failure."""
    try:
        for hit in rule.check(subject):
            if not _well_formed(hit):
                raise TypeError(f"{hit!r} is no Hit with a path and texts, such as Hit(('title',), message, help)")
            for one in (hit, *hit.parts):  # so that a path that cannot be located is the failure of this rule
                finding_of(document, rule, one)
            yield hit
    except (Exception, SystemExit) as error:  # a rule that exits must not end the run, least of all with 0
        if os.environ.get("JOURNEYKIT_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        failures.append(Failure(rule.id, rule.plugin, document.source.name, what))


def _well_formed(hit: object) -> bool:
    """Return whether a hit of a custom rule has the types that a Hit declares."""
    return (
        isinstance(hit, Hit)
        and isinstance(hit.path, tuple)
        and all(isinstance(step, str | int | float) for step in hit.path)
        and isinstance(hit.message, str)
        and isinstance(hit.help, str)
        and isinstance(hit.fix, Fix | None)
        and isinstance(hit.parts, tuple)
        and all(map(_well_formed, hit.parts))
        and isinstance(hit.suggestion, tuple)
    )


def finding_of(document: Document, rule: Rule, hit: Hit) -> Finding:
    """Return the finding of a hit at its place in a document."""
    source, path = document.source, hit.path
    span = source.locate(path, hit.part)
    while not source.has(path):  # a key that is missing, or that a shorthand implies
        path = path[:-1]
    fix = hit.fix if hit.path[:1] not in document.borrowed else None  # no change of this file can fix it
    return finding_at(source, span, rule.id, rule.severity, hit.message, hit.help, path, fix, hit.suggestion)


def page_of(id: str, plugins: tuple[str, ...] | None = ()) -> str | None:
    """Return the page of a rule or of an error of `validate`; None if there is no such id."""
    rule = known_rules(plugins).get(id)
    return rule.page if rule else PAGES.get(id)


def page_ids(plugins: tuple[str, ...] | None = ()) -> tuple[str, ...]:
    """Return all ids that have a page: the rules family by family, then the errors of `validate`."""
    return (*known_rules(plugins), *PAGES)
