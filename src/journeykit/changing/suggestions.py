"""Fix typing errors: write the one text that a finding suggests in place of what it is about.

Unlike other fixes, these are needed where a file is no journey yet: an unknown key, id or word, a number in quotes, a
time in another notation. What is written is read again, and kept only if the finding is gone and no error is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from journeykit.changing.edits import Edit, apply_edits
from journeykit.finding import Finding
from journeykit.fix import Fix, Replacement
from journeykit.linting import Linted
from journeykit.reading import Document, read_text
from journeykit.reading.faults import PAGES

MAX_ROUNDS = 10
"""How often a text is read again for what one mistake hid of others."""
MAX_TRIES = 40
"""Texts that are read in one round, to find out which suggestions help."""

Relint = Callable[[Document], Linted]


class AppliedSuggestions(NamedTuple):
    """A document with suggestions written into it, what lint says of it, and the fixed findings counted by rule."""

    document: Document
    linted: Linted
    applied: Counter[str]


def is_suggested(finding: Finding) -> bool:
    """Return whether there is one text that may be meant, and no other fix."""
    return len(finding.suggestion) == 1 and finding.fix is None


def write_suggestions(document: Document, linted: Linted, relint: Relint) -> AppliedSuggestions:
    """Write all suggestions that help, and those that these uncover."""
    applied = Counter[str]()
    for _ in range(MAX_ROUNDS):
        chosen = _helpful(document, linted, relint)
        if not chosen:
            break
        applied.update(finding.rule for finding in chosen)
        document = _with(document, chosen)
        linted = relint(document)
    return AppliedSuggestions(document, linted, applied)


def with_suggestions(document: Document, linted: Linted, relint: Relint, tried: bool) -> tuple[Finding, ...]:
    """Return the findings, with an unsafe fix where one text may be meant; with its edit too if it is to be `tried`."""
    helpful = {id(finding) for finding in _helpful(document, linted, relint)} if tried else set()

    def with_fix(finding: Finding) -> Finding:
        if not is_suggested(finding) or (tried and id(finding) not in helpful):
            return finding
        text = finding.suggestion[0]
        edits = (Replacement(finding.start, finding.end, text),) if tried else ()
        return finding._replace(fix=Fix(f"Write {text}", (), safe=False), edits=edits)

    return tuple(map(with_fix, linted.findings))


def _helpful(document: Document, linted: Linted, relint: Relint) -> list[Finding]:
    """Return the findings whose suggestions help, tried together; where one of them does not, in halves."""
    groups = [_apart([finding for finding in linted.findings if is_suggested(finding)])]
    found: list[Finding] = []
    for _ in range(MAX_TRIES):
        if not groups or not (group := groups.pop(0)):
            break
        if _helps(linted, [*found, *group], relint(_with(document, [*found, *group]))):
            found += group
        elif len(group) > 1:
            groups += [group[: len(group) // 2], group[len(group) // 2 :]]
    return found


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings whose places do not overlap; of two that do, the first."""
    chosen: list[Finding] = []
    for finding in sorted(findings, key=lambda one: (one.start, one.end)):
        if not chosen or chosen[-1].end <= finding.start:
            chosen.append(finding)
    return chosen


def _with(document: Document, findings: Sequence[Finding]) -> Document:
    source = document.source
    edits = [Edit(source.offset(one.start), source.offset(one.end), one.suggestion[0]) for one in findings]
    return read_text(apply_edits(source.text, sorted(edits)), source.name, document.shared)


def _helps(before: Linted, fixed: Sequence[Finding], after: Linted) -> bool:
    """Return whether no error is new, and nothing is found again that was to be fixed."""
    was = Counter(map(_key, before.findings)) - Counter(map(_key, fixed))
    now = Counter(_key(one) for one in after.findings if one.rule in PAGES)
    counts, left = (Counter(one.rule for one in linted.findings) for linted in (before, after))
    rules = {one.rule for one in fixed if one.rule not in PAGES}
    places = {(one.rule, one.path) for one in after.findings}
    fewer = all(left[rule] <= counts[rule] for rule in rules)
    return not now - was and fewer and not any((one.rule, one.path) in places for one in fixed if one.rule in rules)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message
