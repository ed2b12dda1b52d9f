"""Drift: where a map and its data disagree.

`drift/rules/<id with underscores>.py` is one rule, as in `journeykit.rules`: a generator of hits, whose module's
docstring is its page and whose keyword arguments are limits that a team may set (`[drift.RULE]`). A finding rests on
at least 30 cases, and on a value outside of the 95 % interval and beyond the limit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pkgutil import iter_modules

from journeykit.config import Config
from journeykit.drift import rules
from journeykit.drift.subject import Evidence, Subject
from journeykit.finding import Finding, Severity
from journeykit.linting import Linted, finding_of
from journeykit.linting.adjusting import adjusted
from journeykit.linting.suppression import Suppressions
from journeykit.linting.unused import DRIFT_FAMILY
from journeykit.reading import Document
from journeykit.rules import Rule, load_rule

__all__ = ["DROP", "Evidence", "drift", "drift_rules", "rules_for"]

DROP = "measured-drop"
"""The rule that `--fail-on-drop` makes an error."""


@lru_cache(1)
def drift_rules() -> Mapping[str, Rule]:
    """Return all rules by id."""
    names = [name for _, name, _ in iter_modules(rules.__path__)]
    found = [load_rule(f"{rules.__name__}.{name}", DRIFT_FAMILY, name.replace("_", "-")) for name in names]
    return {rule.id: rule for rule in found}


def rules_for(config: Config, *, fail_on_drop: bool = False) -> dict[str, Rule]:
    """Return the rules with the severities and limits of the settings, without those that `ignore` names."""
    found = adjusted(drift_rules(), config, DRIFT_FAMILY)
    if fail_on_drop:
        found[DROP] = replace(found[DROP], severity=Severity.ERROR)
    return {id: rule for id, rule in found.items() if not {id, DRIFT_FAMILY} & {*config.ignore}}


def drift(document: Document, evidence: Evidence, selected: Collection[Rule], today: date) -> Linted:
    """Return where a document and its data disagree, and how many findings comments suppress.

    A file that is no valid journey has its errors as findings and no others.
    """
    if document.journey is None:
        return Linted(document.findings)
    subject = Subject(document.journey, document.source, evidence, today)
    suppressions = Suppressions.of(document.source)
    kept: list[Finding] = []
    suppressed = 0
    for rule in selected:
        for hit in rule.check(subject):
            shown, hidden = suppressions.apply(rule.id, hit)
            suppressed += hidden
            kept += [finding_of(document, rule, one) for one in shown]
    return Linted(tuple(sorted(kept, key=lambda finding: finding.order)), suppressed, of_text=False)
