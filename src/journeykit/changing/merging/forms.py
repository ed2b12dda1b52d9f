"""Touchpoints, goals and personas that versions wrote in different forms, spelled out where both changed them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from journeykit.changing.merging.blocks import Chunk, Group, Leaf


class _Short:
    """Marks the key of a short touchpoint; no key of a file equals it."""


SHORT = _Short()


def alike(base: Chunk | None, ours: Chunk, theirs: Chunk) -> tuple[Chunk | None, Chunk, Chunk]:
    """The same versions, all spelled out if they are not of one form."""
    forms = {_form(one) for one in (base, ours, theirs) if one}
    if len(forms) == 1 or (name := _names(ours, theirs)) is None:
        return base, ours, theirs
    return _long(base, name) if base else None, _long(ours, name), _long(theirs, name)


def _form(chunk: Chunk) -> str:
    if isinstance(chunk.value, Leaf):
        return "text" if isinstance(chunk.value.data, str) else "brackets"
    return "short" if any(part.key is SHORT for part in chunk.value.chunks) else "long"


def _names(ours: Chunk, theirs: Chunk) -> str | None:
    """The key under which a plain text stands when it is spelled out."""
    if ours.key == "persona":
        return "name"
    if not ours.label.startswith("-"):
        return None
    for one in (ours, theirs):
        if isinstance(one.value, Group) and one.value.keyed:
            keys: set[Any] = {part.name for part in one.value.chunks if isinstance(part, Chunk)}
            if "goal" in keys:
                return "goal"
            if "title" in keys or _form(one) == "short":
                return "title"
    return None


def _long(chunk: Chunk, name: str) -> Chunk:
    value = chunk.value
    inline = chunk.label == "-"
    if isinstance(value, Leaf):
        if not isinstance(value.data, str) or not value.is_short:
            return chunk
        title = Chunk(name, name, f"{name}:", replace(value, gap=" "))
        return replace(chunk, value=Group((title,), keyed=True, inline=inline))
    parts: list[Any] = []
    for part in value.chunks:
        parts += _spelled_out(part) if isinstance(part, Chunk) and part.key is SHORT else [part]
    return replace(chunk, value=replace(value, chunks=tuple(parts)))


def _spelled_out(part: Chunk) -> list[Chunk]:
    """`I call: frustrated # why` as a title, with the comment, and a feeling."""
    feeling = part.value
    comment = feeling.comment if isinstance(feeling, Leaf) and feeling.is_short else ""
    title = Leaf(part.name, (part.label.rstrip(" \t").removesuffix(":").rstrip(" \t"),), " ", comment)
    found = [Chunk("title", "title", "title:", title, part.head)]
    if isinstance(feeling, Leaf) and feeling.data is not None:
        below = replace(feeling, comment="") if feeling.is_short else feeling
        found.append(Chunk("feeling", "feeling", "feeling:", below, (), part.foot))
    return found
