"""Merge three versions of a journey by their data and keep comments and layout of the text.

Touchpoints are matched by id, then title, then likeness, wherever they were moved; each of their keys is merged on its
own. A text that cannot be split into keys and items over lines is not merged here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeykit.changing.data import same_data
from journeykit.changing.merging.block_parser import ParsedFile, parse_blocks
from journeykit.changing.merging.block_writer import Markers, Piece, one_side, with_markers, write_blocks
from journeykit.changing.merging.blocks import (
    Blocks,
    Side,
    comments_in,
    count_conflicts,
    data_of,
    keep_comments,
    keep_lines,
    removed_by_one,
)
from journeykit.changing.merging.ordering import merged_comments
from journeykit.changing.merging.three_way import Merger
from journeykit.changing.merging.touchpoint_keys import keys_in, keys_of_base, replaced_by_both, with_keys
from journeykit.changing.merging.touchpoints import Roots, merge_touchpoints
from journeykit.changing.parsed_text import NotEditableError
from journeykit.finding import Finding
from journeykit.linting.suppression import comments_of
from journeykit.model import Journey, Touchpoint
from journeykit.model.normalisation import normalise
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.shared import NOTHING_SHARED

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Merged(NamedTuple):
    """A merged text and the number of its conflicts. `findings` say why it is no journey although it has none."""

    text: str
    conflicts: int = 0
    findings: tuple[Finding, ...] = ()


class _Text(NamedTuple):
    """A version: its document, byte order mark, line break, last line break, and its text with LF line breaks."""

    document: Document
    mark: str
    line_break: str
    ending: str
    lines: str


def merge_texts(
    base: str, ours: str, theirs: str, name: str, shared: Shared = NOTHING_SHARED, markers: Markers | None = None
) -> Merged | None:
    """Merge two versions of a file; `base` is their common version, empty if both added the file.

    Return None if a version is no journey or cannot be merged by keys: it has anchors, or is in brackets as a whole.
    The result was read again: it has the data and the comments of both versions.
    """
    versions = [_read(text, name, shared) for text in (base, ours, theirs)]
    if any(one.document.journey is None for one in versions[1:]):
        return None
    if versions[0].document.journey is None and base.strip("\ufeff \r\n"):
        return None
    try:
        return _Merge(versions, name, shared, markers or Markers()).run()
    except NotEditableError:
        return None


def _read(text: str, name: str, shared: Shared) -> _Text:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    found = _LINE_BREAK.search(text)
    lines = _LINE_BREAK.sub("\n", text)
    ending = "\n" if lines.endswith("\n") or not lines else ""
    lines = lines if ending else lines + "\n"
    return _Text(read_text(lines, name, shared), mark, found[0] if found else "\n", ending, lines)


@dataclass(frozen=True)
class MergeAttempt:
    """The result of one attempt."""

    root: Blocks
    pieces: list[Piece]
    documents: tuple[Document, ...]
    """The text with our side of all conflicts and with theirs; only one without conflicts."""

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
    """A merge of three versions."""

    def __init__(self, versions: list[_Text], name: str, shared: Shared, markers: Markers) -> None:
        self.versions, self.name, self.shared, self.markers = versions, name, shared, markers
        base, ours, theirs = (one.document.journey for one in versions)
        assert ours is not None
        assert theirs is not None
        self.journeys: tuple[Journey | None, Journey, Journey] = (base, ours, theirs)
        self.keys = [keys_of_base(base), *(keys_in(versions[0].document, one.document) for one in versions[1:])]
        documents = [one.document for one in versions]
        self.replaced = replaced_by_both(documents, self.keys)
        for key, others in self.replaced.items():
            for keys, other in zip(self.keys[1:], others, strict=True):
                keys.touchpoints[keys.touchpoints.index(other)] = key
        self.comments = [_comments(one) for one in documents]
        self.files = [
            parse_blocks(one.lines, one.document.yaml) if one.lines.strip() else _empty_file() for one in versions
        ]
        self.roots = Roots(
            *(
                with_keys(file.root, keys) if file.root.blocks else file.root
                for file, keys in zip(self.files, self.keys, strict=True)
            )
        )

    def run(self) -> Merged:
        """Try up to four ways to merge; return the first that is good."""
        open_keys = frozenset(self.replaced)
        first = found = self.attempt(Merger(left_open=open_keys))
        if doubled := self.doubled(found.root):
            open_keys |= doubled
            first = found = self.attempt(Merger(left_open=open_keys))
            if self.doubled(found.root):
                raise NotEditableError("a title would be there twice")
        if not found.is_good:  # times may go back in this order
            found = self.attempt(Merger(theirs_first=True, left_open=open_keys))
        if (found.conflicts or not found.is_good) and (needed := self.needed(first.documents)):
            found = self.attempt(Merger(left_open=open_keys | needed))
        return self.result(found if found.is_good else first)

    def attempt(self, merger: Merger) -> MergeAttempt:
        """Merge and check the result."""
        roots = merge_touchpoints(merger, self.roots)
        root, more = merger.group(*roots)
        above = (*merged_comments(*(file.above for file in self.files)), *more)
        keep = self.comments_to_keep()
        above, root = keep_lines(above, keep), keep_comments(root, keep, self.comments_once)
        pieces = write_blocks(ParsedFile(above, root))
        sides: tuple[Side, ...] = ("ours", "theirs") if count_conflicts(root) else ("ours",)
        documents = tuple(self.check_data(root, pieces, side) for side in sides)
        self.check_touchpoints(root)
        self.check_comments(root, documents)
        return MergeAttempt(root, pieces, documents)

    def check_data(self, root: Blocks, pieces: list[Piece], side: Side) -> Document:
        """Read the text with one side of each conflict. Raise NotEditableError if it does not say what was merged."""
        document = read_text(one_side(pieces, side), self.name, self.shared)
        parsed = document.yaml
        if parsed is None or parsed.faults or not same_data(parsed.data, data_of(root, side)):
            raise NotEditableError("the text would say something else")
        return document

    def check_touchpoints(self, root: Blocks) -> None:
        """Raise NotEditableError if a touchpoint is lost that a version added, or that both have."""
        present = {title for side in ("ours", "theirs") for title in _titles(data_of(root, side))}
        base, ours, theirs = self._touchpoints()
        for key in {**ours, **theirs}:
            versions = [side[key] for side in (ours, theirs) if key in side]
            if (len(versions) == 2 or key not in base) and not any(one.title in present for one in versions):
                raise NotEditableError("a touchpoint would be lost")

    def comments_to_keep(self) -> Callable[[str], bool]:
        """Return the test that each comment of the merged file has to pass, in its order.

        What one version removed does not come back from its new place; what all versions have once is kept once.
        """
        base, ours, theirs = self.comments
        removed = {text for text, count in base.items() if count == 1 and {ours[text], theirs[text]} == {0, 1}}
        is_first = self.comments_once()
        return lambda text: is_first(text) and text not in removed

    def comments_once(self) -> Callable[[str], bool]:
        """Return the test that refuses a comment after its first time, if all versions have it once."""
        base, ours, theirs = self.comments
        seen: set[str] = set()

        def keep(text: str) -> bool:
            is_kept = not (text in seen and base[text] == ours[text] == theirs[text] == 1)
            seen.add(text)
            return is_kept

        return keep

    def check_comments(self, root: Blocks, documents: Sequence[Document]) -> None:
        """Raise NotEditableError if a comment is lost that both versions have or one added, or if one is doubled.

        A part that one version removed, and that is left in a conflict, may have comments that are elsewhere too.
        """
        base, ours, theirs = self.comments
        sides = [_comments(document) for document in documents]
        merged = sides[0] | sides[-1]
        left = Counter(comment for block in removed_by_one(root) for comment in comments_in(block))
        for comment in ours | theirs:
            most, least = max(ours[comment], theirs[comment]), min(ours[comment], theirs[comment])
            removed = max(0, base[comment] - least)
            if merged[comment] < most - removed:
                raise NotEditableError("a comment would be lost")
            if merged[comment] > max(most, base[comment]) + left[comment]:
                raise NotEditableError("a comment would be there twice")

    def doubled(self, root: Blocks) -> frozenset[Hashable]:
        """Return the touchpoints whose title is in the merged text more often than in either version."""
        versions = self._touchpoints()[1:]
        known = [Counter(_one_space(one.title) for one in version.values()) for version in versions]
        sides: tuple[Side, ...] = ("ours", "theirs")
        merged = [Counter(map(_one_space, _titles(data_of(root, side)))) for side in sides]
        twice = {title for side in merged for title, count in side.items() if count > max(one[title] for one in known)}
        return frozenset(
            key for version in versions for key, one in version.items() if twice and _one_space(one.title) in twice
        )

    def _touchpoints(self) -> list[dict[Hashable, Touchpoint]]:
        """Return the touchpoints of each version by their keys."""
        return [
            dict(zip(keys.touchpoints, journey.touchpoints if journey else (), strict=True))
            for keys, journey in zip(self.keys, self.journeys, strict=True)
        ]

    def needed(self, documents: Sequence[Document]) -> frozenset[Hashable]:
        """Return the touchpoints that one version removed and the other refers to."""
        unknown = ((one, found) for one in documents for found in one.findings if found.rule == "unknown-id")
        ids = {self.value(one, found) for one, found in unknown}
        return frozenset(key for version in self._touchpoints() for key, one in version.items() if one.id in ids)

    def value(self, document: Document, finding: Finding) -> str:
        """Return the value that a finding is about."""
        source = document.source
        return source.text[source.offset(finding.start) : source.offset(finding.end)].strip("'\"")

    def result(self, found: MergeAttempt) -> Merged:
        """Return the text with conflict markers, and the line breaks and end of the side that changed them."""
        base, ours, theirs = self.versions
        text = with_markers(found.pieces, self.markers)
        if not (theirs.ending if ours.ending == base.ending else ours.ending):
            text = text.removesuffix("\n")
        line_break = theirs.line_break if ours.line_break == base.line_break else ours.line_break
        text = ours.mark + text.replace("\n", line_break)
        return Merged(text, found.conflicts, () if found.conflicts else found.document.findings)


def _comments(document: Document) -> Counter[str]:
    return Counter(comment.text.strip() for comment in comments_of(document.source))


def _one_space(title: str) -> str:
    return " ".join(title.split())


def _empty_file() -> ParsedFile:
    return ParsedFile((), Blocks((), keyed=True, step=0))


def _titles(data: object) -> list[str]:
    """Return the titles of all touchpoints in data that may be no journey."""
    if not isinstance(data, dict):
        return []
    stages = normalise(data).data["stages"]
    lists = [stage.get("touchpoints") or [] for stage in stages if isinstance(stage, dict)] if stages else []
    return [item["title"] for items in lists for item in items if isinstance(item, dict) and "title" in item]
