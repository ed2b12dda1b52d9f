"""Three versions of a block made one: what one side changed is taken, what both changed differently clashes."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from journeykit.changing.data import same_data
from journeykit.changing.merging.blocks import Chunk, Clash, Group, Leaf, Line, Lines, data_of, remarks, remarks_of
from journeykit.changing.merging.cutting import closed, opened
from journeykit.changing.merging.forms import alike
from journeykit.changing.merging.ordering import both_lines, in_order
from journeykit.changing.merging.same_items import keyed_alike
from journeykit.changing.written import inline

Value = Leaf | Group


class Three(NamedTuple):
    """The versions of one part; None where it is not there."""

    base: Chunk | None
    ours: Chunk | None
    theirs: Chunk | None


@dataclass(frozen=True)
class Merger:
    """What a merge goes by: whether what theirs added stands first, and the keys of parts that are left to a person."""

    theirs_first: bool = False
    left_open: frozenset[Hashable] = frozenset()

    def part(self, three: Three) -> Chunk | Clash | None:
        """One part; None where it is removed."""
        base, ours, theirs = three
        if ours and theirs:
            return self.both(base, ours, theirs)
        one = ours or theirs
        if one is None:
            return None
        if one.key not in self.left_open:
            if base is None:
                return one
            if same_data(_said(base), _said(one)) and not _commented(base, one):
                return None
        return _clash(base, ours, theirs)

    def both(self, base: Chunk | None, ours: Chunk, theirs: Chunk) -> Chunk | Clash:
        """A part that both versions have."""
        if ours.key in self.left_open and not same_data(_said(ours), _said(theirs)):
            return _clash(base, ours, theirs)
        if not self.left_open or isinstance(ours.value, Leaf) or isinstance(theirs.value, Leaf):
            if ours in (base, theirs):
                return theirs if ours == base else ours
            if theirs == base:
                return ours
        base, ours, theirs = alike(base, ours, theirs)
        if base is None and not _same_title(ours, theirs):
            return _clash(base, ours, theirs)
        label = _label(base, ours, theirs)
        value, more = self.value(base.value if base else None, ours.value, theirs.value, behind_dash=ours.label == "-")
        if value is None or label is None:
            return _clash(base, ours, theirs)
        head = both_lines(base.head if base else (), ours.head, theirs.head)
        foot = both_lines(base.foot if base else (), ours.foot, theirs.foot)
        return Chunk(ours.key, label.name, label.label, value, (*head, *more), foot)

    def value(self, base: Value | None, ours: Value, theirs: Value, *, behind_dash: bool) -> tuple[Value | None, Lines]:
        """A value (None where the versions clash), and comments that have no place beside it any more."""
        if ours == theirs:
            return ours, ()
        if isinstance(ours, Leaf) and isinstance(theirs, Leaf):
            leaf = _leaf(base if isinstance(base, Leaf) else None, ours, theirs)
            if leaf or not (isinstance(ours.data, dict) and isinstance(theirs.data, dict)):
                return leaf or (None, ())
        one, other, old = (_as_group(value, behind_dash) for value in (ours, theirs, base))
        if one is None or other is None or one.keyed != other.keyed:
            chosen = _one_of(base, ours, theirs)
            return (chosen if chosen and _keeps_remarks(base, ours, theirs, chosen) else None), ()
        if old is None or old.keyed != one.keyed:
            old = replace(one, chunks=(), foot=(), comment="")
        group, more = self.group(old, one, other)
        if isinstance(ours, Leaf) and isinstance(theirs, Leaf) and (again := closed(group)):
            return again, more
        return group, more

    def group(self, base: Group, ours: Group, theirs: Group) -> tuple[Group, Lines]:
        """A mapping or list."""
        if not ours.keyed and not any(_keyed(group) for group in (base, ours, theirs)):
            base, ours, theirs = keyed_alike(base, ours, theirs)
        old, one, other = (_by_key(group) for group in (base, ours, theirs))
        merged: dict[Hashable, Chunk | Clash] = {}
        for key in {**one, **other}:
            part = self.part(Three(old.get(key), one.get(key), other.get(key)))
            if part and not _is_emptied(part):
                merged[key] = part
        order = in_order(list(old), list(one), list(other), merged, theirs_first=self.theirs_first)
        return around(base, ours, theirs, tuple(merged[key] for key in order))


def around(base: Group, ours: Group, theirs: Group, chunks: tuple[Chunk | Clash, ...]) -> tuple[Group, Lines]:
    """A collection of these parts: where it stands, and the comments that belong to it."""
    shape = theirs if (ours.step, ours.inline) == (base.step, base.inline) else ours
    foot = both_lines(base.foot, ours.foot, theirs.foot)
    comment, more = _remark(base.comment, ours.comment, theirs.comment)
    if comment and shape.inline:  # no place behind a dash
        comment, more = "", (Line(0, comment.strip()), *more)
    return replace(ours, chunks=chunks, step=shape.step, inline=shape.inline, comment=comment, foot=foot), more


def _is_emptied(part: Chunk | Clash) -> bool:
    """Whether one version took out what the other left of a collection."""
    return isinstance(part, Chunk) and isinstance(part.value, Group) and not part.value.chunks


def _keyed(group: Group) -> bool:
    return any(chunk.key is not None for chunk in group.chunks)


def _by_key(group: Group) -> dict[Hashable, Chunk]:
    return {chunk.key: chunk for chunk in group.chunks if isinstance(chunk, Chunk)}


def _one_of(base: Value | None, ours: Value, theirs: Value) -> Value | None:
    """The version that alone says something new."""
    if base is None or same_data(data_of(base), data_of(theirs)):
        return ours if base or same_data(data_of(ours), data_of(theirs)) else None
    if same_data(data_of(base), data_of(ours)):
        return theirs
    return ours if same_data(data_of(ours), data_of(theirs)) else None


def _keeps_remarks(base: Value | None, ours: Value, theirs: Value, chosen: Value) -> bool:
    """Whether a version has the comments that the other one added."""
    other = theirs if chosen is ours else ours
    return remarks_of(other) <= remarks_of(chosen) | (remarks_of(base) if base else set())


def _as_group(value: Value | None, behind_dash: bool) -> Group | None:
    """A collection over lines, also of one in brackets."""
    if not isinstance(value, Leaf):
        return value
    group = opened(value)
    return replace(group, inline=behind_dash, comment=value.comment) if group else None


def _said(chunk: Chunk) -> Any:
    return (chunk.name, data_of(chunk.value))


def _commented(base: Chunk, one: Chunk) -> bool:
    """Whether a part has a comment that it had not."""
    return not remarks(one) <= remarks(base)


def _same_title(ours: Chunk, theirs: Chunk) -> bool:
    """Whether what both added under one id is meant to be the same."""
    titles = [data.get("title") if isinstance(data, dict) else None for _, data in (_said(ours), _said(theirs))]
    return titles[0] == titles[1]


def _label(base: Chunk | None, ours: Chunk, theirs: Chunk) -> Chunk | None:
    """The version whose key is taken: it is the title of a short touchpoint, else all have the same."""
    if ours.name == theirs.name:
        return theirs if base and base.label == ours.label else ours
    if base is None or base.name not in (ours.name, theirs.name):
        return None
    return theirs if base.name == ours.name else ours


def _clash(base: Chunk | None, ours: Chunk | None, theirs: Chunk | None) -> Clash:
    """The versions as they are; comments above that are the same in both stand above the conflict."""
    key = next(one.key for one in (ours, theirs) if one)
    if ours and theirs:
        head = both_lines(base.head if base else (), ours.head, theirs.head)
        return Clash(key, _bare(ours), _bare(base), _bare(theirs), head)
    return Clash(key, ours, base, theirs)


def _bare(chunk: Chunk | None) -> Chunk | None:
    return replace(chunk, head=()) if chunk else None


def _leaf(base: Leaf | None, ours: Leaf, theirs: Leaf) -> tuple[Leaf, Lines] | None:
    """A value that is not taken apart; None where the versions clash."""
    old = base or Leaf(object(), ("",))
    chosen = _chosen(old, ours, theirs)
    if chosen is None:
        return None
    if not all(one.is_short for one in (chosen, old, ours, theirs)):
        return (chosen, ()) if _keeps_remarks(base, ours, theirs, chosen) else None
    comment, more = _remark(old.comment, ours.comment, theirs.comment)
    return replace(chosen, comment=comment), more


def _chosen(base: Leaf, ours: Leaf, theirs: Leaf) -> Leaf | None:
    if same_data(ours.data, theirs.data):
        return theirs if ours.lines == base.lines else ours
    if same_data(base.data, ours.data):
        return theirs
    if same_data(base.data, theirs.data):
        return ours
    return _list(base, ours, theirs)


def _remark(base: str, ours: str, theirs: str) -> tuple[str, Lines]:
    """A comment behind a value, and the other one, for a line of its own, where both versions wrote one."""
    one, other, old = ours.strip(), theirs.strip(), base.strip()
    if one in (old, other):
        return (theirs if one == old else ours), ()
    if other in (old, ""):
        return ours, ()
    return (ours, (Line(0, other),)) if one else (theirs, ())


def _list(base: Leaf, ours: Leaf, theirs: Leaf) -> Leaf | None:
    """Words in brackets to which both versions added, or from which both took."""
    if not (isinstance(ours.data, list) or isinstance(theirs.data, list)):
        return None
    words = [_words(one.data) for one in (base, ours, theirs)]
    if any(not isinstance(word, str | int | float) for found in words for word in found):
        return None
    old, one, other = words
    if any(len(set(found)) < len(found) for found in words) or not (ours.is_short and theirs.is_short):
        return None
    gone = (set(old) - set(one)) & (set(old) - set(other))
    if gone and set(one) - set(old) and set(other) - set(old):  # both put something else in its place
        return None
    kept = [word for word in {*one, *other} if word not in old or (word in one and word in other)]
    order = in_order(old, one, other, kept)
    return replace(ours, data=order, lines=(inline(order),)) if order else None


def _words(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data] if isinstance(data, str) else []
