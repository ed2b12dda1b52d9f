"""A three-way merge of journeys: of what is said, in the text of the file, so that comments and layout stay.

Touchpoints are the same by id, then title, then likeness, wherever they moved; each of their keys is merged for
itself. What cannot be cut into keys and items over lines is not merged here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeykit.changing.data import same_data
from journeykit.changing.merging.blocks import Group, Side, clashes, data_of, lines_without, without_comments
from journeykit.changing.merging.cutting import Sheets, cut
from journeykit.changing.merging.naming import named, names_of, own_names, replaced_by_both
from journeykit.changing.merging.ordering import both_lines
from journeykit.changing.merging.three_way import Merger
from journeykit.changing.merging.touchpoints import Roots, with_merged_touchpoints
from journeykit.changing.merging.writing import Markers, Piece, marked, one_side, written
from journeykit.changing.sheet import UnfitError
from journeykit.finding import Finding
from journeykit.linting.suppression import comments_of
from journeykit.model import Journey
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.shared import NOTHING_SHARED
from journeykit.reading.yaml_text import build

__all__ = ["Markers", "Merged", "merged"]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Merged(NamedTuple):
    """A merged text with the number of its conflicts; `findings` tell why it is no journey although none is left."""

    text: str
    conflicts: int = 0
    findings: tuple[Finding, ...] = ()


class _Text(NamedTuple):
    """A version: its document, and how its text starts, ends its lines, and ends."""

    document: Document
    mark: str
    line_break: str
    ending: str
    lines: str


def merged(
    base: str, ours: str, theirs: str, name: str, shared: Shared = NOTHING_SHARED, markers: Markers | None = None
) -> Merged | None:
    """Merge two versions that come of a common one (empty if both added the file); None where it cannot be done.

    That is so where a version is no journey, or is written in a way that cannot be merged key by key: with anchors,
    or as a whole in brackets. What is given back says what both versions say: it was read again to see.
    """
    versions = [_read(text, name, shared) for text in (base, ours, theirs)]
    if any(one.document.journey is None for one in versions[1:]):
        return None
    if versions[0].document.journey is None and base.strip("\ufeff \r\n"):
        return None
    try:
        return _Merge(versions, name, shared, markers or Markers()).run()
    except UnfitError:
        return None


def _read(text: str, name: str, shared: Shared) -> _Text:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    found = _LINE_BREAK.search(text)
    lines = _LINE_BREAK.sub("\n", text)
    ending = "\n" if lines.endswith("\n") or not lines else ""
    return _Text(
        read_text(text, name, shared), mark, found[0] if found else "\n", ending, lines if ending else lines + "\n"
    )


@dataclass(frozen=True)
class _Try:
    """What one way to merge gives."""

    root: Group
    pieces: list[Piece]
    documents: tuple[Document, ...]
    """Of the text with our side of each conflict, and with theirs; one where nothing clashes."""

    @property
    def document(self) -> Document:
        return self.documents[0]

    @property
    def conflicts(self) -> int:
        return sum(not isinstance(piece, str) for piece in self.pieces)

    @property
    def is_good(self) -> bool:
        return self.conflicts > 0 or self.document.journey is not None


class _Merge:
    def __init__(self, versions: list[_Text], name: str, shared: Shared, markers: Markers) -> None:
        self.versions, self.name, self.shared, self.markers = versions, name, shared, markers
        base, ours, theirs = (one.document.journey for one in versions)
        assert ours is not None
        assert theirs is not None
        self.journeys: tuple[Journey | None, Journey, Journey] = (base, ours, theirs)
        self.names = [own_names(base), *(names_of(versions[0].document, one.document) for one in versions[1:])]
        documents = [one.document for one in versions]
        self.replaced = replaced_by_both(documents, self.names)
        for key, others in self.replaced.items():
            for names, other in zip(self.names[1:], others, strict=True):
                names.touchpoints[names.touchpoints.index(other)] = key
        self.comments = [_comments(one) for one in documents]
        self.sheets = [cut(one.lines) if one.lines.strip() else _nothing() for one in versions]
        self.roots = Roots(
            *(
                named(sheets.root, names) if sheets.root.chunks else sheets.root
                for sheets, names in zip(self.sheets, self.names, strict=True)
            )
        )

    def run(self) -> Merged:
        open_keys = frozenset(self.replaced)
        first = found = self.attempt(Merger(left_open=open_keys))
        if doubled := self.doubled(found.root):
            open_keys |= doubled
            first = found = self.attempt(Merger(left_open=open_keys))
            if self.doubled(found.root):
                raise UnfitError("a title would be there twice")
        if not found.is_good:  # times that would go back
            found = self.attempt(Merger(theirs_first=True, left_open=open_keys))
        if (found.conflicts or not found.is_good) and (keys := self.missed(first.documents)):
            found = self.attempt(Merger(left_open=open_keys | keys))
        return self.told(found if found.is_good else first)

    def attempt(self, merger: Merger) -> _Try:
        roots = with_merged_touchpoints(merger, self.roots)
        root, more = merger.group(*roots)
        above = (*both_lines(*(sheets.above for sheets in self.sheets)), *more)
        if removed := self.removed_comments():
            above, root = lines_without(above, removed), without_comments(root, removed)
        pieces = written(Sheets(above, root))
        sides: tuple[Side, ...] = ("ours", "theirs") if clashes(root) else ("ours",)
        texts = [self.checked(root, pieces, side) for side in sides]
        self.check_touchpoints(root)
        documents = tuple(read_text(text, self.name, self.shared) for text in texts)
        self.check_comments(documents)
        return _Try(root, pieces, documents)

    def checked(self, root: Group, pieces: list[Piece], side: Side) -> str:
        """The text with one side of each conflict, which must say what it is meant to."""
        text = one_side(pieces, side)
        built = build(text)
        if built.faults or not same_data(built.data, data_of(root, side)):
            raise UnfitError("the text would say something else")
        return text

    def check_touchpoints(self, root: Group) -> None:
        """No touchpoint may be lost that a version added, or that both kept."""
        said = {title for side in ("ours", "theirs") for title in _titles(data_of(root, side))}
        base, ours, theirs = (
            dict(zip(names.touchpoints, journey.touchpoints if journey else (), strict=True))
            for names, journey in zip(self.names, self.journeys, strict=True)
        )
        for key in {**ours, **theirs}:
            versions = [side[key] for side in (ours, theirs) if key in side]
            if (len(versions) == 2 or key not in base) and not any(one.title in said for one in versions):
                raise UnfitError("a touchpoint would be lost")

    def removed_comments(self) -> set[str]:
        """Comments that one version removed and that the other may have at another key or item than the base."""
        base, ours, theirs = self.comments
        return {text for text, count in base.items() if count == 1 and {ours[text], theirs[text]} == {0, 1}}

    def check_comments(self, documents: Sequence[Document]) -> None:
        """Raise UnfitError if a comment is lost that both versions have or that one added, or if one is doubled."""
        base, ours, theirs = self.comments
        sides = [_comments(document) for document in documents]
        merged = sides[0] | sides[-1]
        for comment in ours | theirs:
            most, least = max(ours[comment], theirs[comment]), min(ours[comment], theirs[comment])
            removed = max(0, base[comment] - least)
            if merged[comment] < most - removed:
                raise UnfitError("a comment would be lost")
            if len(sides) == 1 and merged[comment] > max(most, base[comment]):
                raise UnfitError("a comment would be there twice")

    def doubled(self, root: Group) -> frozenset[Hashable]:
        """The touchpoints whose title the merged text has more often than either version."""
        versions = [
            dict(zip(names.touchpoints, journey.touchpoints if journey else (), strict=True))
            for names, journey in zip(self.names[1:], self.journeys[1:], strict=True)
        ]
        known = [Counter(_folded(one.title) for one in version.values()) for version in versions]
        sides: tuple[Side, ...] = ("ours", "theirs")
        merged = [Counter(map(_folded, _titles(data_of(root, side)))) for side in sides]
        twice = {title for side in merged for title, count in side.items() if count > max(one[title] for one in known)}
        return frozenset(
            key for version in versions for key, one in version.items() if twice and _folded(one.title) in twice
        )

    def missed(self, documents: Sequence[Document]) -> frozenset[Hashable]:
        """The touchpoints whose ids are asked for and not there: one version removed them, the other needs them."""
        unknown = ((one, found) for one in documents for found in one.findings if found.rule == "unknown-id")
        ids = {self.value(one, found) for one, found in unknown}
        return frozenset(
            key
            for names, journey in zip(self.names, self.journeys, strict=True)
            for key, touchpoint in zip(names.touchpoints, journey.touchpoints if journey else (), strict=True)
            if touchpoint.id in ids
        )

    def value(self, document: Document, finding: Finding) -> str:
        source = document.source
        return source.text[source.offset(finding.start) : source.offset(finding.end)].strip("'\"")

    def told(self, found: _Try) -> Merged:
        base, ours, theirs = self.versions
        text = marked(found.pieces, self.markers)
        if not (theirs.ending if ours.ending == base.ending else ours.ending):
            text = text.removesuffix("\n")
        line_break = theirs.line_break if ours.line_break == base.line_break else ours.line_break
        text = ours.mark + text.replace("\n", line_break)
        return Merged(text, found.conflicts, () if found.conflicts else found.document.findings)


def _comments(document: Document) -> Counter[str]:
    return Counter(comment.text.strip() for comment in comments_of(document.source))


def _folded(title: str) -> str:
    return " ".join(title.split())


def _nothing() -> Sheets:
    return Sheets((), Group((), keyed=True, step=0))


def _titles(data: object) -> list[str]:
    """All titles of touchpoints; those of a text that may be no journey."""
    from journeykit.model.normal import normalise

    if not isinstance(data, dict):
        return []
    stages = normalise(data).data["stages"]
    lists = [stage.get("touchpoints") or [] for stage in stages if isinstance(stage, dict)] if stages else []
    return [item["title"] for items in lists for item in items if isinstance(item, dict) and "title" in item]
