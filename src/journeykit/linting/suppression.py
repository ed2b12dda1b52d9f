"""Suppression comments: `# journeykit: ignore[rule-id] reason` and `# journeykit: ignore-file[rule-id] reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from journeykit.rules import Hit
from journeykit.source import Node, Source, Span

_DIRECTIVE = re.compile(r"#\s*(?i:journeykit):\s*(?P<verb>[\w-]+)[ \t]*(?:\[(?P<ids>[^\]#]*)(?P<closed>\])?)?")
_NO_COMMENT = re.compile(r"(?:^|[\s\[{,])[&*!][^\s,\[\]{}]*\Z|^\ufeff?%[^#]*\Z", re.MULTILINE)
"""An anchor, alias, tag or directive that goes on."""
_VERBS = ("ignore", "ignore-file")


class Comment(NamedTuple):
    """A comment, from its # to the end of its line; `alone` if nothing else is on the line."""

    start: int
    text: str
    line: int
    alone: bool


class Mention(NamedTuple):
    """A rule named in a comment: `line` is that of the comment, or None where the whole file is meant.

    `comment` is where the comment starts.
    """

    id: str
    span: Span
    line: int | None
    comment: int


class Mistake(NamedTuple):
    """A comment that is meant to suppress something and cannot be parsed."""

    span: Span
    message: str


class _Places(NamedTuple):
    """Where a rule is named: for the whole file, and on lines, which are sorted."""

    for_file: list[Mention]
    lines: list[int]
    on_line: dict[int, list[Mention]]


@dataclass
class Suppressions:
    """What the comments of a file suppress. `used` collects the comments that suppressed something."""

    source: Source
    mentions: Sequence[Mention] = ()
    mistakes: Sequence[Mistake] = ()
    lone_lines: frozenset[int] = frozenset()
    used: set[Mention] = field(default_factory=set)

    @classmethod
    def of(cls, source: Source) -> Suppressions:
        """Parse the suppression comments of a source."""
        if source.root is None or not _DIRECTIVE.search(source.text):
            return cls(source)
        comments = comments_of(source)
        mentions: list[Mention] = []
        mistakes: list[Mistake] = []
        for comment in comments:
            for found in _DIRECTIVE.finditer(comment.text):
                _read(comment, found, mentions, mistakes)
        lone_lines = frozenset(comment.line for comment in comments if comment.alone)
        return cls(source, mentions, mistakes, lone_lines)

    def apply(self, rule: str, hit: Hit) -> tuple[tuple[Hit, ...], int]:
        """Return the hits to show for a hit of a rule, and how many are suppressed.

        A comment at the place of a summary suppresses all that it sums up; comments at its parts suppress these.
        """
        if not self.mentions:
            return (hit,), 0
        covered = [self.covers(rule, part) for part in hit.parts]  # each comment that applies counts as used
        if self.covers(rule, hit) and not (hit.first_only and not all(covered)):
            return (), max(1, len(covered))
        if not any(covered):
            return (hit,), 0
        left = tuple(part for part, is_covered in zip(hit.parts, covered, strict=True) if not is_covered)
        return left[:1] if hit.first_only else left, sum(covered)

    def covers(self, rule: str, hit: Hit) -> bool:
        """Return whether a comment suppresses a hit of a rule; the comment then counts as used."""
        return bool(self.mentions) and self._cover(rule, self._lines_for(hit))

    def covers_line(self, rule: str, line: int) -> bool:
        """Return whether a comment suppresses what a rule found on a line; the comment then counts as used."""
        return self._cover(rule, (line,))

    def _cover(self, rule: str, lines: Iterable[int]) -> bool:
        """Return whether comments cover some lines; the nearest for each line and those for the file count as used."""
        places = self._places.get(rule)
        if places is None:
            return False
        covering = list(places.for_file)
        for line in lines:
            nearest = bisect_right(places.lines, line) - 1
            if nearest >= 0 and places.lines[nearest] >= self._top(line):
                covering += places.on_line[places.lines[nearest]]
        self.used.update(covering)
        return bool(covering)

    @cached_property
    def _places(self) -> dict[str, _Places]:
        """Where each rule is named."""
        found: dict[str, _Places] = {}
        for mention in self.mentions:
            places = found.setdefault(mention.id, _Places([], [], {}))
            if mention.line is None:
                places.for_file.append(mention)
            else:
                places.on_line.setdefault(mention.line, []).append(mention)
        for places in found.values():
            places.lines.extend(sorted(places.on_line))
        return found

    def _top(self, line: int) -> int:
        """Return the first line whose comment applies to a line: the first of the lone comments directly above it."""
        return self._tops.get(line - 1, line)

    @cached_property
    def _tops(self) -> dict[int, int]:
        """The first line of each run of lone comments, by each of its lines."""
        tops: dict[int, int] = {}
        for line in sorted(self.lone_lines):
            tops[line] = tops.get(line - 1, line)
        return tops

    @cached_property
    def _texts(self) -> frozenset[Span]:
        return frozenset(_contents(self.source))

    def _lines_for(self, hit: Hit) -> set[int]:
        """Return the lines of a hit that comments may stand at: those of its place and of its key."""
        span = self.source.locate(hit.path, hit.part)
        lines = {self.source.position(span.start).line}
        if self.source.has(hit.path):
            lines.add(self.source.position(self.source.locate(hit.path, "key").start).line)
        if span in self._texts:  # after a text over several lines is the only place for a comment
            lines.add(self.source.position(span.end).line)
        return lines


def _read(comment: Comment, found: re.Match[str], mentions: list[Mention], mistakes: list[Mistake]) -> None:
    verb, ids = found["verb"].lower(), found["ids"]
    span = Span(comment.start + found.start(), comment.start + found.end())
    if verb not in _VERBS:
        if ids is not None or verb.startswith("ignore"):
            mistakes.append(Mistake(span, f'"{verb}" is not understood'))
    elif ids is None or not found["closed"] or not ids.strip(" ,"):
        mistakes.append(Mistake(span, "no rule is named"))
    else:
        at = comment.start + found.start("ids")
        for part in re.finditer(r"[^\s,]+(?:\s+[^\s,]+)*", ids):
            place = Span(at + part.start(), at + part.end())
            mentions.append(Mention(part[0], place, None if verb == "ignore-file" else comment.line, comment.start))


def comments_of(source: Source) -> list[Comment]:
    """Return all comments of a source, in order."""
    return list(_comments(source, _contents(source, "#"))) if "#" in source.text else []


def _contents(source: Source, holding: str = "") -> list[Span]:
    """Return the spans of the keys and scalar values that contain a text, in order."""
    if source.root is None:
        return []
    return sorted({_content(source.text, span) for span in _scalars(source.root, source.text, holding)})


def _comments(source: Source, scalars: Sequence[Span]) -> Iterator[Comment]:
    """Yield all comments: a # that is not inside a key, value, anchor, tag or directive.

    YAML 1.2 asks for white space before it; parsers read `"text"# comment` and `}# comment` too.
    """
    text, at = source.text, 0
    starts = [span.start for span in scalars]
    while (at := text.find("#", at)) >= 0:
        before = bisect_right(starts, at) - 1
        if before >= 0 and at < scalars[before].end:
            at = scalars[before].end
        elif at and not text[at - 1].isspace() and _NO_COMMENT.search(text, text.rfind("\n", 0, at) + 1, at):
            at += 1
        else:
            position = source.position(at)
            line = source.lines[position.line - 1]
            comment = line[position.column - 1 :]
            yield Comment(at, comment, position.line, not line[: position.column - 1].strip())
            at += len(comment)


def _content(text: str, scalar: Span) -> Span:
    """Return the span of a scalar's text; for a block scalar (| or >) that is what is below its first line."""
    if text[scalar.start : scalar.start + 1] not in ("|", ">"):
        return scalar
    line_end = re.compile(r"[\r\n]").search(text, scalar.start, scalar.end)
    return Span(line_end.start() if line_end else scalar.end, scalar.end)


def _scalars(root: Node, text: str, holding: str) -> Iterator[Span]:
    """Yield the spans of the keys and scalar values that contain a text, in no order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        children = node.children
        if text.find(holding, node.start, node.end) < 0:
            continue
        if children is None:
            yield Span(node.start, node.end)
        elif isinstance(children, Mapping):
            for entry in children.values():
                if node.start <= entry.start < node.end:  # an alias has the children of what it names
                    yield Span(entry.start, entry.end)
                    waiting.append(entry.value)
        else:
            waiting += [child for child in children if node.start <= child.start < node.end]
