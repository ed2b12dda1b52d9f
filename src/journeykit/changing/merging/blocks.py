"""A journey file as blocks of lines: keys and items with their comments, that can be moved, left out and put in."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeAlias

Side = Literal["ours", "base", "theirs"]


class Line(NamedTuple):
    """A comment, or an empty line (no text), `shift` columns right of what it belongs to."""

    shift: int
    text: str


Lines: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True)
class Leaf:
    """A value that is not taken apart, as it is written.

    `lines` are its own, further ones relative to the column of the key or dash. `gap` and `comment` stand before and
    behind a value on one line; of one over several lines they are in `lines`.
    """

    data: Any
    lines: tuple[str, ...]
    gap: str = " "
    comment: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it stands on one line."""
        return len(self.lines) == 1

    def possible_comments(self) -> set[str]:
        """What may be a comment in a value over several lines: a block text has room for one behind its header."""
        lines = self.lines[:1] if self.lines[0].strip()[:1] in ("|", ">") else self.lines
        return {"#" + line.partition("#")[2].rstrip() for line in lines if "#" in line}


@dataclass(frozen=True)
class Group:
    """A mapping (`keyed`) or list over lines: `step` columns right of its key or dash, its first part behind the dash
    (`inline`) or below; `comment` stands behind the key, `foot` are the comments that end it."""

    chunks: tuple[Chunk | Clash, ...]
    keyed: bool
    step: int = 2
    inline: bool = False
    comment: str = ""
    foot: Lines = ()

    @property
    def unclashed(self) -> list[Chunk]:
        """The parts in which nothing clashes yet."""
        return [chunk for chunk in self.chunks if isinstance(chunk, Chunk)]


@dataclass(frozen=True)
class Chunk:
    """A key or an item with the comments above it and, behind a value that is not taken apart, below it.

    `key` says which parts of two versions are the same; `name` is the key in the data; `label` is the key with its
    colon, or the dash, as it is written.
    """

    key: Hashable
    name: Any
    label: str
    value: Leaf | Group
    head: Lines = ()
    foot: Lines = ()


@dataclass(frozen=True)
class Clash:
    """What two versions made of the same part where only a person can choose; None where it is not there."""

    key: Hashable
    ours: Chunk | None
    base: Chunk | None
    theirs: Chunk | None
    head: Lines = ()

    def side(self, side: Side) -> Chunk | None:
        """One version of it."""
        found: Chunk | None = getattr(self, side)
        return found


def data_of(value: Leaf | Group, side: Side = "ours") -> Any:
    """What a value says; where versions clash, what one side says."""
    if isinstance(value, Leaf):
        return value.data
    chunks = list(sides(value.chunks, side))
    if value.keyed:
        return {chunk.name: data_of(chunk.value, side) for chunk in chunks} if chunks else None
    return [data_of(chunk.value, side) for chunk in chunks] if chunks else None


def sides(chunks: Iterable[Chunk | Clash], side: Side) -> Iterator[Chunk]:
    """The parts with one side of each that clashes."""
    for chunk in chunks:
        if isinstance(chunk, Chunk):
            yield chunk
        elif found := chunk.side(side):
            yield found


def one_sided(chunk: Chunk, side: Side) -> Chunk:
    """A part in which nothing clashes any more."""
    if isinstance(chunk.value, Leaf):
        return chunk
    inner = []
    for part in chunk.value.chunks:
        found = part if isinstance(part, Chunk) else part.side(side)
        if found is not None:
            found = found if isinstance(part, Chunk) else replace(found, head=(*part.head, *found.head))
            inner.append(one_sided(found, side))
    return replace(chunk, value=replace(chunk.value, chunks=tuple(inner)))


def remarks(chunk: Chunk) -> set[str]:
    """The comments of a part in which nothing clashes; of a value over several lines, each line that may hold one."""
    return {line.text for line in (*chunk.head, *chunk.foot) if line.text} | remarks_of(chunk.value)


def remarks_of(value: Leaf | Group) -> set[str]:
    """The comments of a value."""
    found = {value.comment.strip()} - {""}
    if isinstance(value, Leaf):
        return found if value.is_short else found | value.possible_comments()
    found |= {line.text for line in value.foot if line.text}
    return found.union(*(remarks(part) for part in value.chunks if isinstance(part, Chunk)))


def without_comments(group: Group, texts: Collection[str]) -> Group:
    """A collection without some comments, where nothing clashes; those within a value over several lines stay."""

    def without(part: Chunk | Clash) -> Chunk | Clash:
        if isinstance(part, Clash):
            return part
        if isinstance(part.value, Group):
            value: Leaf | Group = without_comments(part.value, texts)
        else:
            value = replace(part.value, comment=_without(part.value.comment, texts))
        head, foot = lines_without(part.head, texts), lines_without(part.foot, texts)
        return replace(part, head=head, foot=foot, value=value)

    chunks, foot = tuple(map(without, group.chunks)), lines_without(group.foot, texts)
    return replace(group, chunks=chunks, comment=_without(group.comment, texts), foot=foot)


def _without(comment: str, texts: Collection[str]) -> str:
    return "" if comment.strip() in texts else comment


def lines_without(lines: Lines, texts: Collection[str]) -> Lines:
    """Lines without some comments."""
    return tuple(line for line in lines if not line.text or line.text not in texts)


def clashes(value: Leaf | Group) -> int:
    """How many parts clash."""
    if isinstance(value, Leaf):
        return 0
    return sum(1 if isinstance(chunk, Clash) else clashes(chunk.value) for chunk in value.chunks)


def pick(group: Group, key: Hashable) -> Chunk | None:
    """The part with a key, where nothing clashes yet."""
    return next((chunk for chunk in group.chunks if isinstance(chunk, Chunk) and chunk.key == key), None)
