"""Fixes made in the text of a file, each whole or not at all, and held against what they were meant to do."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from journeykit.changing import adding
from journeykit.changing.edits import Edit, applied
from journeykit.changing.removing import remove
from journeykit.changing.sheet import Sheet, UnfitError
from journeykit.changing.targets import Delete, Insert, Rename, Target, collapsed, expected, targets, touched
from journeykit.finding import Finding
from journeykit.fix import Fix, Replacement
from journeykit.linting import Linted
from journeykit.linting.suppression import Comment, comments_of
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.document import read_built
from journeykit.reading.shared import NOTHING_SHARED
from journeykit.reading.yaml_builder import Built
from journeykit.reading.yaml_text import build
from journeykit.source import Path, Source, Span

MAX_ROUNDS = 100
"""How often a file is judged anew; what one fix uncovers or makes room for is mended in the next round."""


def text_edits(source: Source, fix: Fix, shared: Shared = NOTHING_SHARED) -> tuple[Edit, ...]:
    """The changes of the text that make a fix, in its order; none where it cannot be made without further loss.

    A fix is made only where the new text says exactly the old data with the changes made, is a journey, and has all
    comments but those that end the lines taken out; one on a line of its own always stays. `shared` is what the
    document was read with.
    """
    return _Fixing(source, shared, build(source.text)).of([fix])


@dataclass(frozen=True)
class Fixed:
    """A document with fixes made, what lint says of it then, and how many findings of each rule were mended."""

    document: Document
    linted: Linted
    made: Counter[str] = field(default_factory=Counter)


def fixed(document: Document, judge: Callable[[Document], Linted], unsafe: bool = False) -> Fixed:
    """Make all fixes of a document that `judge` offers, and those that these make room for; `unsafe` ones if asked."""
    linted, made = judge(document), Counter[str]()
    seen = {document.source.text}
    for _ in range(MAX_ROUNDS):
        mended, edits = _round(document, [one for one in linted.findings if one.fix and (one.fix.safe or unsafe)])
        text = applied(document.source.text, edits)
        if not mended or text in seen:
            break
        seen.add(text)
        made.update(finding.rule for finding in mended)
        document = read_text(text, document.source.name, document.shared)
        linted = judge(document)
    return Fixed(document, linted, made)


def offered(document: Document, findings: Sequence[Finding], unsafe: bool = True) -> tuple[Finding, ...]:
    """The findings, each with the edits of its fix; without a fix where it cannot be made in this text.

    Each is tried. Unless `unsafe` ones are asked for, these keep their fix where it has its place in the text, and get
    no edits: they are only counted, and reading a new text for each would take longer than all else.
    """
    if not any(finding.fix for finding in findings):
        return tuple(findings)
    fixing = _Fixing.of_document(document)
    asked = [finding for finding in findings if finding.fix and (unsafe or finding.fix.safe)]
    edits = {id(finding): fixing.written([finding.fix])[0] for finding in fixing.possible(asked) if finding.fix}

    def with_edits(finding: Finding) -> Finding:
        if id(finding) in edits:
            return finding._replace(edits=_placed(document.source, edits[id(finding)]))
        only_counted = finding.fix and not (unsafe or finding.fix.safe)
        return finding if only_counted and fixing.has_place(finding.fix) else finding._replace(fix=None)

    return tuple(map(with_edits, findings))


def _round(document: Document, findings: Sequence[Finding]) -> tuple[list[Finding], tuple[Edit, ...]]:
    """What is mended at once: the findings whose fixes are not in each other's way, and the edits that do it."""
    if not findings:
        return [], ()
    fixing = _Fixing.of_document(document)
    chosen = fixing.apart(findings)
    if edits := fixing.edits(chosen):
        return chosen, edits
    possible = fixing.possible(findings)
    chosen = fixing.apart(possible)
    if edits := fixing.edits(chosen):
        return chosen, edits
    return next((([finding], edits) for finding in possible if (edits := fixing.edits([finding]))), ([], ()))


MAX_TRIES = 64
"""How many new texts are read to find out which of a file's fixes can be made."""


class _Fixing:
    """The fixes of one text."""

    def __init__(self, source: Source, shared: Shared, built: Built) -> None:
        self.source, self.shared = source, shared
        self.sheet = Sheet(source.text, built.root, built.data) if built.root and not built.faults else None

    @classmethod
    def of_document(cls, document: Document) -> _Fixing:
        """The fixes of a text that was read already."""
        return cls(document.source, document.shared, document.built or build(document.source.text))

    @cached_property
    def comments(self) -> list[Comment]:
        """All comments of the text, in its order."""
        return comments_of(self.source)

    def apart(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those whose fixes change different values; of two that do not, the first."""
        taken: set[Path] = set()
        above: set[Path] = set()
        chosen = []
        for finding in findings:
            paths = [path for target in self._targets(finding.fix) for path in touched(target)]
            parts = {path[:length] for path in paths for length in range(1, len(path) + 1)}
            if paths and taken.isdisjoint(parts) and above.isdisjoint(paths):
                taken.update(paths)
                above |= parts
                chosen.append(finding)
        return chosen

    def possible(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those whose fixes can be made; many are tried at once, and what `MAX_TRIES` leave open is left out."""
        groups: list[list[Finding]] = []
        rest = [finding for finding in findings if finding.fix]
        while rest and len(groups) < MAX_TRIES and (group := self.apart(rest)):
            groups.append(group)
            told = set(map(id, group))
            rest = [finding for finding in rest if id(finding) not in told]
        found = []
        for _ in range(MAX_TRIES):
            if not groups:
                break
            group = groups.pop(0)
            if self.edits(group):
                found += group
            elif len(group) > 1:
                groups += [group[: len(group) // 2], group[len(group) // 2 :]]
        return found

    def edits(self, findings: Sequence[Finding]) -> tuple[Edit, ...]:
        """The edits that make all the fixes; none where one of them cannot be made."""
        return self.of([finding.fix for finding in findings if finding.fix])

    def of(self, fixes: Sequence[Fix]) -> tuple[Edit, ...]:
        """As `edits`, of the fixes themselves."""
        if self.sheet is None or not fixes:
            return ()
        try:
            edits, gone, found = self.written(fixes)
            text = applied(self.source.text, edits)
            ok = self._holds(text, expected(self.sheet.data, found), gone)
        except (UnfitError, ValueError):
            return ()
        return tuple(edits) if ok else ()

    def written(self, fixes: Sequence[Fix]) -> tuple[list[Edit], list[Span], list[Target]]:
        """The edits that make fixes, the stretches that go, and what is meant by it; nothing is checked yet."""
        assert self.sheet
        found = [one for fix in fixes for one in targets(self.sheet, self.source, fix.changes)]
        found = collapsed(self.sheet, found)
        return *_written(self.sheet, found), found

    def has_place(self, fix: Fix | None) -> bool:
        """Whether the text has the places that a fix changes, in a style in which it can be made."""
        try:
            return self.sheet is not None and fix is not None and bool(self.written([fix])[0])
        except (UnfitError, ValueError):
            return False

    def _targets(self, fix: Fix | None) -> list[Target]:
        try:
            return targets(self.sheet, self.source, fix.changes) if self.sheet and fix else []
        except UnfitError:
            return []

    def _holds(self, text: str, data: Any, gone: Sequence[Span]) -> bool:
        """Whether a new text says what it is meant to, and has all comments but those behind what is taken out."""
        built = build(text)
        if built.root is None or built.faults or not same_data(built.data, data):
            return False
        starts = [one.start for one in self.comments]
        lost = {at for start, end in gone for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]}
        kept = [one.text for one in self.comments if one.alone or one.start not in lost]
        document = read_built(text, built, self.source.name, self.shared)
        return document.journey is not None and [one.text for one in comments_of(document.source)] == kept


def _written(sheet: Sheet, found: Sequence[Target]) -> tuple[list[Edit], list[Span]]:
    edits: list[Edit] = []
    gone: list[Span] = []
    for target in found:
        if isinstance(target, Rename):
            edits += adding.rename(sheet, target)
        elif not isinstance(target, Insert | Delete):
            edits += adding.replace(sheet, target)
    for parent, inserts in _by_parent(sheet, [one for one in found if isinstance(one, Insert)]):
        edits += adding.insert(sheet, parent, [one for one in inserts if isinstance(one, Insert)])
    for parent, deletes in _by_parent(sheet, [one for one in found if isinstance(one, Delete)]):
        removal = remove(sheet, parent, {one.path[-1] for one in deletes})
        edits += removal.edits
        gone += removal.gone
    return sorted((edit for edit in edits if edit.text or edit.end > edit.start), key=lambda edit: edit[:2]), gone


def _by_parent(sheet: Sheet, found: Sequence[Insert | Delete]) -> Iterator[tuple[Path, list[Insert | Delete]]]:
    """Targets by the collection they change, in the order of the file."""
    order = sorted(found, key=lambda one: sheet.node(one.path[:-1]).start)
    for parent, group in groupby(order, key=lambda one: one.path[:-1]):
        yield parent, list(group)


def same_data(one: Any, other: Any) -> bool:
    """Whether two values are equal, types included; the order of keys makes no difference."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_data(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same_data, one, other))
    return bool(one == other)


def _placed(source: Source, edits: Sequence[Edit]) -> tuple[Replacement, ...]:
    return tuple(Replacement(source.position(start), source.position(end), text) for start, end, text in edits)
