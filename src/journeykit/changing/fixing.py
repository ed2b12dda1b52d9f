"""Apply fixes to the text of a file. Each fix is applied completely or not at all, and the result is checked."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from journeykit.changing import adding
from journeykit.changing.data import same_data
from journeykit.changing.edits import Edit, apply_edits
from journeykit.changing.order import FREE, layout_at
from journeykit.changing.parsed_text import NotEditableError, ParsedText
from journeykit.changing.removing import remove
from journeykit.changing.targets import Delete, FixTargets, Insert, Rename, Target, collapse, expected_data
from journeykit.finding import Finding
from journeykit.fix import Fix, Replacement
from journeykit.linting import Linted
from journeykit.linting.suppression import Comment, comments_of
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.document import read_parsed
from journeykit.reading.shared import NOTHING_SHARED
from journeykit.reading.yaml_builder import ParsedYaml
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import KeyPath, Source, Span

MAX_ROUNDS = 100
"""How often a file is linted again; what one fix uncovers or makes possible is fixed in the next round."""
MAX_TRIES = 128
"""How many new texts of a file are read at most to find out which of its fixes can be applied."""


class Refusal(StrEnum):
    """Why a fix is not applied."""

    STYLE = "written in a way that cannot be changed safely"
    COMMENT = "would lose a comment"
    MEANING = "would change something else too"
    INVALID = "would make it no valid journey"
    LIMIT = "not tried, as too many others failed"
    CYCLE = "undone by another fix"


@dataclass(frozen=True)
class FixResult:
    """A document with fixes applied, what lint finds in it then, and how many fixes were applied, by rule.

    `refused` counts the fixes that were asked for and not applied, by reason.
    """

    document: Document
    linted: Linted
    applied: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def fixable(findings: Iterable[Finding], unsafe: bool = False) -> list[Finding]:
    """Return the findings whose fixes are applied for `--fix`, with `unsafe` for `--unsafe-fixes` too.

    The one list for the command line and for editors: the fixes of all findings, also of those that are not shown.
    """
    return [finding for finding in findings if finding.fix and (finding.fix.safe or unsafe)]


def apply_fixes(document: Document, relint: Callable[[Document], Linted], unsafe: bool = False) -> FixResult:
    """Apply all fixes that `relint` finds for a document, and those that become possible then.

    Fixes of different values are applied together. If that fails, half of them are tried, so that a fix that cannot be
    applied costs a few readings of the text and does not stop the others.
    """
    linted, applied = relint(document), Counter[str]()
    seen = {document.source.text}
    budget = Budget(MAX_TRIES)
    refused: Counter[str] = Counter()
    for rounds in range(MAX_ROUNDS + 1):
        findings = fixable(linted.findings, unsafe)
        fixes = Fixes.of_document(document, budget)
        if rounds == MAX_ROUNDS or not (chosen := fixes.largest_set(findings)):
            reasons = (fixes.refusals.get(id(finding), Refusal.LIMIT) for finding in findings)
            refused = Counter(reason.value for reason in reasons)
            break
        text = apply_edits(document.source.text, fixes.edits)
        if text in seen:
            refused = Counter({Refusal.CYCLE.value: len(findings)})
            break
        seen.add(text)
        applied.update(finding.rule for finding in chosen)
        document = read_text(text, document.source.name, document.shared)
        linted = relint(document)
    return FixResult(document, linted, applied, refused)


def with_edits(document: Document, findings: Sequence[Finding], unsafe: bool = True) -> tuple[Finding, ...]:
    """Return the findings, each with the edits of its fix; without a fix where it cannot be applied in this text.

    Each fix is tried. Without `unsafe`, an unsafe fix stays where the text has its place, and gets no edits: it is only
    counted, and reading a new text for each would take longer than all else.
    """
    if not any(finding.fix for finding in findings):
        return tuple(findings)
    fixes = Fixes.of_document(document, Budget(MAX_TRIES))
    possible = fixes.possible(fixable(findings, unsafe))
    edits = {id(finding): fixes.written([finding.fix])[0] for finding in possible if finding.fix}

    def finding_with_edits(finding: Finding) -> Finding:
        if id(finding) in edits:
            return finding._replace(edits=_replacements(document.source, edits[id(finding)]))
        only_counted = finding.fix and not (unsafe or finding.fix.safe)
        return finding if only_counted and fixes.has_place(finding) else finding._replace(fix=None)

    return tuple(map(finding_with_edits, findings))


def text_edits(source: Source, fix: Fix, shared: Shared = NOTHING_SHARED, *, ordered: bool = False) -> tuple[Edit, ...]:
    """Return the edits of the text that make a fix, in its order; none where it cannot be applied without further loss.

    A fix is applied only if the new text has exactly the old data with the changes, is a journey, and has all
    comments but those that end the lines taken out; one on a line of its own always stays. `shared` is what the
    document was read with. `ordered` puts new keys where the format has them, and not at the end.
    """
    return Fixes(source, shared, parse_yaml(source.text), Budget(1)).attempt([fix], ordered=ordered).edits


@dataclass
class Budget:
    """How many new texts may still be read to find out which fixes can be applied."""

    tries: int


class FixAttempt(NamedTuple):
    """The edits that make fixes together, or why they cannot be applied."""

    edits: tuple[Edit, ...] = ()
    refusal: Refusal = Refusal.STYLE


class Fixes:
    """The fixes of one text, and what is known of those that cannot be applied."""

    def __init__(self, source: Source, shared: Shared, built: ParsedYaml, budget: Budget) -> None:
        self.source, self.shared, self.budget = source, shared, budget
        self.parsed = ParsedText(source.text, built.root, built.data) if built.root and not built.faults else None
        self.refusals: dict[int, Refusal] = {}
        """Why fixes cannot be applied, by the id() of their findings."""
        self.edits: tuple[Edit, ...] = ()
        """The edits of the largest set of fixes."""

    @classmethod
    def of_document(cls, document: Document, budget: Budget) -> Fixes:
        """Return the fixes of a text that was read already."""
        return cls(document.source, document.shared, document.yaml or parse_yaml(document.source.text), budget)

    @cached_property
    def comments(self) -> list[Comment]:
        """All comments of the text, in its order."""
        return comments_of(self.source)

    @cached_property
    def _comment_starts(self) -> list[int]:
        return [comment.start for comment in self.comments]

    def largest_set(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings whose fixes can be applied together; `edits` makes them."""
        for group in self._independent(findings):
            if chosen := self._together(group):
                return chosen
        return []

    def possible(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings whose fixes can be applied, not all of them together."""
        return [finding for group in self._independent(findings) for finding in self._together(group)]

    def _independent(self, findings: Sequence[Finding]) -> Iterator[list[Finding]]:
        """Split findings into groups whose fixes change different values."""
        rest = [(finding, targets) for finding in findings if (targets := self._targets(finding))]
        while rest:
            group, others = [], []
            taken: set[KeyPath] = set()
            above: set[KeyPath] = set()
            for finding, targets in rest:
                paths = targets.paths_of()
                parts = {path[:length] for path in (*paths, *targets.appended) for length in range(1, len(path) + 1)}
                if taken.isdisjoint(parts) and above.isdisjoint(paths):
                    taken.update(paths)
                    above |= parts
                    group.append(finding)
                else:
                    others.append((finding, targets))
            yield group
            rest = others

    def _together(self, group: list[Finding]) -> list[Finding]:
        """Return as many findings of a group as can be fixed together: half of it is tried where all of it fails."""
        self.edits = ()
        if chosen := self._tried([], group):
            return chosen
        ready = [finding for finding in group if self.has_place(finding)]
        return self._halved([], ready, whole_failed=len(ready) == len(group))

    def _tried(self, chosen: list[Finding], more: list[Finding]) -> list[Finding]:
        """Return `more` if it can be fixed together with `chosen`, else nothing."""
        if self.budget.tries <= 0:
            self.refusals |= {id(finding): Refusal.LIMIT for finding in more}
            return []
        self.budget.tries -= 1
        attempt = self.attempt([finding.fix for finding in (*chosen, *more) if finding.fix])
        if not attempt.edits:
            self.refusals |= {id(finding): attempt.refusal for finding in more}
            return []
        self.edits = attempt.edits
        return more

    def _halved(self, chosen: list[Finding], more: list[Finding], whole_failed: bool = False) -> list[Finding]:
        """Return as many findings of `more` as can be fixed together with `chosen`, by trying halves."""
        if not more:
            return []
        if not whole_failed and (found := self._tried(chosen, more)):
            return found
        if len(more) == 1:
            return []
        if self.budget.tries <= 0:
            self.refusals |= {id(finding): Refusal.LIMIT for finding in more}
            return []
        middle = len(more) // 2
        first = self._halved(chosen, more[:middle])
        return first + self._halved([*chosen, *first], more[middle:], whole_failed=len(first) == middle > 1)

    def attempt(self, fixes: Sequence[Fix], *, ordered: bool = False) -> FixAttempt:
        """Make fixes together and check the new text."""
        if self.parsed is None or not fixes:
            return FixAttempt()
        try:
            edits, gone, found = self.written(fixes, ordered=ordered)
            text, data = apply_edits(self.source.text, edits), expected_data(self.parsed.data, found)
        except (NotEditableError, ValueError):
            return FixAttempt()
        if refusal := self._refusal(text, data, gone):
            return FixAttempt((), refusal)
        return FixAttempt(tuple(edits))

    def written(self, fixes: Sequence[Fix], *, ordered: bool = False) -> tuple[list[Edit], list[Span], list[Target]]:
        """Return the edits that make fixes, the spans that are removed, and their targets; nothing is checked yet.

        `ordered` puts new keys where the format has them, and not at the end.
        """
        assert self.parsed
        targets = FixTargets(self.parsed, self.source)
        for fix in fixes:
            targets.add(fix.changes)
        found = collapse(self.parsed, targets.found)
        return *_edits_for(self.parsed, found, ordered), found

    def has_place(self, finding: Finding) -> bool:
        """Return whether the text has the places that a fix changes, written so that it can be applied without loss.

        This is what can be seen without reading a new text; else the reason is in `refusals`.
        """
        try:
            edits, gone, _ = self.written([finding.fix]) if self.parsed and finding.fix else ([], [], [])
        except (NotEditableError, ValueError):
            edits, gone = [], []
        refusal = None if edits else Refusal.STYLE
        if self._loses_comment(edits, gone):
            refusal = Refusal.COMMENT
        elif self.parsed and any(self.parsed.is_shared(edit.start, edit.end) for edit in edits):
            refusal = Refusal.MEANING
        if refusal:
            self.refusals[id(finding)] = refusal
        return refusal is None

    def _loses_comment(self, edits: Sequence[Edit], gone: Sequence[Span]) -> bool:
        """Return whether edits lose a comment; in the spans `gone` only a comment on a line of its own counts."""
        removed = [comment for edit in edits for comment in self._within(edit.start, edit.end)]
        may_go = {comment.start for start, end in gone for comment in self._within(start, end) if not comment.alone}
        kept = "\n".join(edit.text for edit in edits) if removed else ""
        return any(comment.start not in may_go and comment.text not in kept for comment in removed)

    def _within(self, start: int, end: int) -> list[Comment]:
        """Return the comments between two offsets."""
        starts = self._comment_starts
        return self.comments[bisect_left(starts, start) : bisect_left(starts, end)]

    def _targets(self, finding: Finding) -> FixTargets | None:
        """Return the targets of a finding's fix, None where the text has no place for one."""
        if self.parsed and finding.fix:
            targets = FixTargets(self.parsed, self.source)
            try:
                targets.add(finding.fix.changes)
            except NotEditableError:
                pass
            else:
                return targets
        self.refusals[id(finding)] = Refusal.STYLE
        return None

    def _refusal(self, text: str, data: Any, gone: Sequence[Span]) -> Refusal | None:
        """Check a new text: its data, and all comments but those after what is removed. Return why it fails."""
        built = parse_yaml(text)
        if built.root is None or built.faults or not same_data(built.data, data):
            return Refusal.MEANING
        document = read_parsed(text, built, self.source.name, self.shared)
        lost = {comment.start for start, end in gone for comment in self._within(start, end) if not comment.alone}
        if [one.text for one in comments_of(document.source)] != [c.text for c in self.comments if c.start not in lost]:
            return Refusal.COMMENT
        return Refusal.INVALID if document.journey is None else None


def _edits_for(parsed: ParsedText, found: Sequence[Target], ordered: bool) -> tuple[list[Edit], list[Span]]:
    edits: list[Edit] = []
    gone: list[Span] = []
    for target in found:
        if isinstance(target, Rename):
            edits += adding.rename(parsed, target)
        elif not isinstance(target, Insert | Delete):
            edits += adding.replace(parsed, target)
    for parent, inserts in _by_parent(parsed, [one for one in found if isinstance(one, Insert)]):
        layout = layout_at(parent) if ordered else FREE
        edits += adding.insert(parsed, parent, [one for one in inserts if isinstance(one, Insert)], layout)
    for parent, deletes in _by_parent(parsed, [one for one in found if isinstance(one, Delete)]):
        removal = remove(parsed, parent, {one.path[-1] for one in deletes})
        edits += removal.edits
        gone += removal.gone
    return sorted((edit for edit in edits if edit.text or edit.end > edit.start), key=lambda edit: edit[:2]), gone


def _by_parent(parsed: ParsedText, found: Sequence[Insert | Delete]) -> Iterator[tuple[KeyPath, list[Insert | Delete]]]:
    """Group targets by their collection, in the order of the file."""
    order = sorted(found, key=lambda one: parsed.node(one.path[:-1]).start)
    for parent, group in groupby(order, key=lambda one: one.path[:-1]):
        yield parent, list(group)


def _replacements(source: Source, edits: Sequence[Edit]) -> tuple[Replacement, ...]:
    return tuple(Replacement(source.position(start), source.position(end), text) for start, end, text in edits)
