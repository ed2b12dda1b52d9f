"""A journey file as blocks: keys and items with their comments, which can be moved, removed and inserted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeAlias

Side = Literal["ours", "base", "theirs"]


class LooseLine(NamedTuple):
    """A comment or an empty line (no text), `shift` columns to the right of the block that it belongs to."""

    shift: int
    text: str


Lines: TypeAlias = tuple[LooseLine, ...]


@dataclass(frozen=True)
class Atom:
    """A value that is not split further, as it is written.

    The column of its key or dash is 0 for `lines` after the first. `gap` and `comment` are before and after a value
    on one line; they are part of `lines` if there are several.
    """

    data: Any
    lines: tuple[str, ...]
    gap: str = " "
    comment: str = ""

    @property
    def is_short(self) -> bool:
        """Whether the value is on one line."""
        return len(self.lines) == 1

    def possible_comments(self) -> set[str]:
        """Return what may be a comment in a value over several lines; in a block scalar only its header has one."""
        lines = self.lines[:1] if self.lines[0].strip()[:1] in ("|", ">") else self.lines
        return {"#" + line.partition("#")[2].rstrip() for line in lines if "#" in line}


@dataclass(frozen=True)
class Blocks:
    """A mapping (`keyed`) or list over lines, `step` columns to the right of its key or dash.

    `inline` says that the first part is on the line of the dash. `comment` is after the key, `foot` are the comments
    at the end.
    """

    blocks: tuple[Block | Conflict, ...]
    keyed: bool
    step: int = 2
    inline: bool = False
    comment: str = ""
    foot: Lines = ()

    @property
    def resolved(self) -> list[Block]:
        """The parts that are no conflicts."""
        return [block for block in self.blocks if isinstance(block, Block)]


@dataclass(frozen=True)
class Block:
    """A key or an item with the comments above it (`head`), and those below a value that is not split (`foot`).

    Parts of two versions with the same `key` are the same part. `name` is the key in the data, `label` the key with its
    colon, or the dash, as it is written.
    """

    key: Hashable
    name: Any
    label: str
    value: Atom | Blocks
    head: Lines = ()
    foot: Lines = ()


@dataclass(frozen=True)
class Conflict:
    """The versions of a part that a person has to choose from; None where a version does not have it."""

    key: Hashable
    ours: Block | None
    base: Block | None
    theirs: Block | None
    head: Lines = ()

    def side(self, side: Side) -> Block | None:
        """Return one version."""
        found: Block | None = getattr(self, side)
        return found


def data_of(value: Atom | Blocks, side: Side = "ours") -> Any:
    """Return the data of a value, with one side of its conflicts."""
    if isinstance(value, Atom):
        return value.data
    blocks = list(sides(value.blocks, side))
    if value.keyed:
        return {block.name: data_of(block.value, side) for block in blocks} if blocks else None
    return [data_of(block.value, side) for block in blocks] if blocks else None


def sides(blocks: Iterable[Block | Conflict], side: Side) -> Iterator[Block]:
    """Yield the parts with one side of each conflict."""
    for block in blocks:
        if isinstance(block, Block):
            yield block
        elif found := block.side(side):
            yield found


def resolve(block: Block, side: Side) -> Block:
    """Return a part with one side of its conflicts."""
    if isinstance(block.value, Atom):
        return block
    inner = []
    for part in block.value.blocks:
        found = part if isinstance(part, Block) else part.side(side)
        if found is not None:
            found = found if isinstance(part, Block) else replace(found, head=(*part.head, *found.head))
            inner.append(resolve(found, side))
    return replace(block, value=replace(block.value, blocks=tuple(inner)))


def comments_in(block: Block) -> set[str]:
    """Return the comments of a part, but those in conflicts."""
    return {line.text for line in (*block.head, *block.foot) if line.text} | comments_of_value(block.value)


def comments_of_value(value: Atom | Blocks) -> set[str]:
    """Return the comments of a value, and what may be one in a value over several lines."""
    found = {value.comment.strip()} - {""}
    if isinstance(value, Atom):
        return found if value.is_short else found | value.possible_comments()
    found |= {line.text for line in value.foot if line.text}
    return found.union(*(comments_in(part) for part in value.blocks if isinstance(part, Block)))


def keep_comments(
    blocks: Blocks, keep: Callable[[str], bool], keep_once: Callable[[], Callable[[str], bool]]
) -> Blocks:
    """Remove the comments that `keep` refuses; it is asked for each in the order of the file.

    Of a conflict each side is asked for alone, by a new `keep_once`: a part that both versions moved to two places
    has the comments of both. Comments in values over several lines stay.
    """

    def kept(part: Block | Conflict) -> Block | Conflict:
        if isinstance(part, Conflict):
            ours, theirs = (block and _kept_block(block, keep_once(), keep_once) for block in (part.ours, part.theirs))
            return replace(part, ours=ours, theirs=theirs)
        return _kept_block(part, keep, keep_once)

    comment = _kept_comment(blocks.comment, keep)
    parts = tuple(map(kept, blocks.blocks))
    return replace(blocks, comment=comment, blocks=parts, foot=keep_lines(blocks.foot, keep))


def _kept_block(block: Block, keep: Callable[[str], bool], keep_once: Callable[[], Callable[[str], bool]]) -> Block:
    head = keep_lines(block.head, keep)
    if isinstance(block.value, Blocks):
        value: Atom | Blocks = keep_comments(block.value, keep, keep_once)
    else:
        value = replace(block.value, comment=_kept_comment(block.value.comment, keep))
    return replace(block, head=head, value=value, foot=keep_lines(block.foot, keep))


def keep_lines(lines: Lines, keep: Callable[[str], bool]) -> Lines:
    """Remove the comment lines that `keep` refuses."""
    return tuple(line for line in lines if not line.text or keep(line.text))


def _kept_comment(comment: str, keep: Callable[[str], bool]) -> str:
    return comment if not comment or keep(comment.strip()) else ""


def count_conflicts(value: Atom | Blocks) -> int:
    """Return the number of conflicts in a value."""
    if isinstance(value, Atom):
        return 0
    return sum(1 if isinstance(block, Conflict) else count_conflicts(block.value) for block in value.blocks)


def removed_by_one(value: Atom | Blocks) -> Iterator[Block]:
    """Yield what is in conflicts of which one version has nothing."""
    for part in value.blocks if isinstance(value, Blocks) else ():
        if isinstance(part, Block):
            yield from removed_by_one(part.value)
        elif one := (part.ours if part.theirs is None else part.theirs if part.ours is None else None):
            yield one


def find(group: Blocks, key: Hashable) -> Block | None:
    """Return the part with a key, if it is no conflict."""
    return next((block for block in group.blocks if isinstance(block, Block) and block.key == key), None)
