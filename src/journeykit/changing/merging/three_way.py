"""Merge three versions of a block: take what one side changed; what both changed differently is a conflict."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from journeykit.changing.data import same_data
from journeykit.changing.emitter import inline
from journeykit.changing.merging.block_parser import close_brackets, open_brackets
from journeykit.changing.merging.blocks import (
    Atom,
    Block,
    Blocks,
    Conflict,
    Lines,
    LooseLine,
    comments_in,
    comments_of_value,
    data_of,
)
from journeykit.changing.merging.item_matching import match_items
from journeykit.changing.merging.normal_forms import in_same_form
from journeykit.changing.merging.ordering import merged_comments, merged_order

Value = Atom | Blocks


class Three(NamedTuple):
    """The versions of one part; None where a version does not have it."""

    base: Block | None
    ours: Block | None
    theirs: Block | None


@dataclass(frozen=True)
class Merger:
    """The options of a merge: whether theirs is first where both added, and the keys of parts that become conflicts."""

    theirs_first: bool = False
    left_open: frozenset[Hashable] = frozenset()

    def part(self, three: Three) -> Block | Conflict | None:
        """Merge a part; return None if it is removed."""
        base, ours, theirs = three
        if ours and theirs:
            return self.both(base, ours, theirs)
        one = ours or theirs
        if one is None:
            return None
        if one.key not in self.left_open:
            if base is None:
                return one
            if same_data(_content(base), _content(one)) and not _has_new_comment(base, one):
                return None
        return _conflict(base, ours, theirs)

    def both(self, base: Block | None, ours: Block, theirs: Block) -> Block | Conflict:
        """Merge a part that both versions have."""
        if ours.key in self.left_open and not same_data(_content(ours), _content(theirs)):
            return _conflict(base, ours, theirs)
        if not self.left_open or isinstance(ours.value, Atom) or isinstance(theirs.value, Atom):
            if ours in (base, theirs):
                return theirs if ours == base else ours
            if theirs == base:
                return ours
        base, ours, theirs = in_same_form(base, ours, theirs)
        if base is None and not _same_title(ours, theirs):
            return _conflict(base, ours, theirs)
        label = _label(base, ours, theirs)
        value, more = self.value(base.value if base else None, ours.value, theirs.value, behind_dash=ours.label == "-")
        if value is None or label is None:
            return _conflict(base, ours, theirs)
        head = merged_comments(base.head if base else (), ours.head, theirs.head)
        foot = merged_comments(base.foot if base else (), ours.foot, theirs.foot)
        return Block(ours.key, label.name, label.label, value, (*head, *more), foot)

    def value(self, base: Value | None, ours: Value, theirs: Value, *, behind_dash: bool) -> tuple[Value | None, Lines]:
        """Merge a value; return None for a conflict, and the comments that have no place after it."""
        if ours == theirs:
            return ours, ()
        if isinstance(ours, Atom) and isinstance(theirs, Atom):
            leaf = _leaf(base if isinstance(base, Atom) else None, ours, theirs)
            if leaf or not (isinstance(ours.data, dict) and isinstance(theirs.data, dict)):
                return leaf or (None, ())
        one, other, old = (_block_collection(value, behind_dash) for value in (ours, theirs, base))
        if one is None or other is None or one.keyed != other.keyed:
            chosen = _only_change(base, ours, theirs)
            return (chosen if chosen and _keeps_comments(base, ours, theirs, chosen) else None), ()
        if old is None or old.keyed != one.keyed:
            old = replace(one, blocks=(), foot=(), comment="")
        group, more = self.group(old, one, other)
        if isinstance(ours, Atom) and isinstance(theirs, Atom) and (again := close_brackets(group)):
            return again, more
        return group, more

    def group(self, base: Blocks, ours: Blocks, theirs: Blocks) -> tuple[Blocks, Lines]:
        """Merge a mapping or list."""
        if not ours.keyed and not any(_keyed(group) for group in (base, ours, theirs)):
            base, ours, theirs = match_items(base, ours, theirs)
        old, one, other = (_by_key(group) for group in (base, ours, theirs))
        merged: dict[Hashable, Block | Conflict] = {}
        for key in {**one, **other}:
            part = self.part(Three(old.get(key), one.get(key), other.get(key)))
            if part and not _is_emptied(part):
                merged[key] = part
        order = merged_order(list(old), list(one), list(other), merged, theirs_first=self.theirs_first)
        return collection_of(base, ours, theirs, tuple(merged[key] for key in order))


def collection_of(
    base: Blocks, ours: Blocks, theirs: Blocks, blocks: tuple[Block | Conflict, ...]
) -> tuple[Blocks, Lines]:
    """Return a collection of merged parts with the merged comments of the collection itself."""
    shape = theirs if (ours.step, ours.inline) == (base.step, base.inline) else ours
    foot = merged_comments(base.foot, ours.foot, theirs.foot)
    comment, more = _comment(base.comment, ours.comment, theirs.comment)
    if comment and shape.inline:  # a comment cannot follow a dash
        comment, more = "", (LooseLine(0, comment.strip()), *more)
    return replace(ours, blocks=blocks, step=shape.step, inline=shape.inline, comment=comment, foot=foot), more


def _is_emptied(part: Block | Conflict) -> bool:
    """Return whether one version removed the rest of what the other left of a collection."""
    return isinstance(part, Block) and isinstance(part.value, Blocks) and not part.value.blocks


def _keyed(group: Blocks) -> bool:
    return any(block.key is not None for block in group.blocks)


def _by_key(group: Blocks) -> dict[Hashable, Block]:
    return {block.key: block for block in group.blocks if isinstance(block, Block)}


def _only_change(base: Value | None, ours: Value, theirs: Value) -> Value | None:
    """Return the version that alone changed the data; None if both did."""
    if base is None or same_data(data_of(base), data_of(theirs)):
        return ours if base or same_data(data_of(ours), data_of(theirs)) else None
    if same_data(data_of(base), data_of(ours)):
        return theirs
    return ours if same_data(data_of(ours), data_of(theirs)) else None


def _keeps_comments(base: Value | None, ours: Value, theirs: Value, chosen: Value) -> bool:
    """Return whether a version has the comments that the other one added."""
    other = theirs if chosen is ours else ours
    return comments_of_value(other) <= comments_of_value(chosen) | (comments_of_value(base) if base else set())


def _block_collection(value: Value | None, behind_dash: bool) -> Blocks | None:
    """Return a block collection, or a flow collection as one."""
    if not isinstance(value, Atom):
        return value
    group = open_brackets(value)
    return replace(group, inline=behind_dash, comment=value.comment) if group else None


def _content(block: Block) -> Any:
    return (block.name, data_of(block.value))


def _has_new_comment(base: Block, one: Block) -> bool:
    """Return whether a part has a comment that the base does not have."""
    return not comments_in(one) <= comments_in(base)


def _same_title(ours: Block, theirs: Block) -> bool:
    """Return whether two new parts with one id have the same title."""
    titles = [data.get("title") if isinstance(data, dict) else None for _, data in (_content(ours), _content(theirs))]
    return titles[0] == titles[1]


def _label(base: Block | None, ours: Block, theirs: Block) -> Block | None:
    """Return the version whose key is taken; keys differ only where they are the titles of short touchpoints."""
    if ours.name == theirs.name:
        return theirs if base and base.label == ours.label else ours
    if base is None or base.name not in (ours.name, theirs.name):
        return None
    return theirs if base.name == ours.name else ours


def _conflict(base: Block | None, ours: Block | None, theirs: Block | None) -> Conflict:
    """Return a conflict; comments above the part are merged above the conflict, unless a version has them inside."""
    key = next(one.key for one in (ours, theirs) if one)
    if ours and theirs and not _moved_comments(ours, theirs):
        head = merged_comments(base.head if base else (), ours.head, theirs.head)
        return Conflict(key, _without_head(ours), _without_head(base), _without_head(theirs), head)
    return Conflict(key, ours, base, theirs)


def _moved_comments(ours: Block, theirs: Block) -> set[str]:
    """Return the comments that are above the part in one version and inside it in the other."""
    above, inside = set[str](), set[str]()
    for one in (ours, theirs):
        above |= {line.text for line in one.head if line.text}
        inside |= comments_in(replace(one, head=()))
    return above & inside


def _without_head(block: Block | None) -> Block | None:
    return replace(block, head=()) if block else None


def _leaf(base: Atom | None, ours: Atom, theirs: Atom) -> tuple[Atom, Lines] | None:
    """Merge a value that is not split; None for a conflict."""
    old = base or Atom(object(), ("",))
    chosen = _choose(old, ours, theirs)
    if chosen is None:
        return None
    if not all(one.is_short for one in (chosen, old, ours, theirs)):
        same = (one for one in (chosen, ours, theirs) if same_data(one.data, chosen.data))  # only laid out differently
        return next(((one, ()) for one in same if _keeps_comments(base, ours, theirs, one)), None)
    comment, more = _comment(old.comment, ours.comment, theirs.comment)
    return replace(chosen, comment=comment), more


def _choose(base: Atom, ours: Atom, theirs: Atom) -> Atom | None:
    if same_data(ours.data, theirs.data):
        return theirs if ours.lines == base.lines else ours
    if same_data(base.data, ours.data):
        return theirs
    if same_data(base.data, theirs.data):
        return ours
    return _list(base, ours, theirs)


def _comment(base: str, ours: str, theirs: str) -> tuple[str, Lines]:
    """Merge the comments after a value; the second is for a line of its own where both versions wrote one."""
    one, other, old = ours.strip(), theirs.strip(), base.strip()
    if one in (old, other):
        return (theirs if one == old else ours), ()
    if other in (old, ""):
        return ours, ()
    return (ours, (LooseLine(0, other),)) if one else (theirs, ())


def _list(base: Atom, ours: Atom, theirs: Atom) -> Atom | None:
    """Merge words in a flow list that both versions added to or removed from."""
    if not (isinstance(ours.data, list) or isinstance(theirs.data, list)):
        return None
    words = [_words(one.data) for one in (base, ours, theirs)]
    if any(not isinstance(word, str | int | float) for found in words for word in found):
        return None
    old, one, other = words
    if any(len(set(found)) < len(found) for found in words) or not (ours.is_short and theirs.is_short):
        return None
    gone = (set(old) - set(one)) & (set(old) - set(other))
    if gone and set(one) - set(old) and set(other) - set(old):  # both replaced a word
        return None
    kept = [word for word in {*one, *other} if word not in old or (word in one and word in other)]
    order = merged_order(old, one, other, kept)
    return replace(ours, data=order, lines=(inline(order),)) if order else None


def _words(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data] if isinstance(data, str) else []
