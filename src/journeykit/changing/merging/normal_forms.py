"""Normal forms: spell out touchpoints, goals and personas that the versions wrote in different forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from journeykit.changing.merging.blocks import Atom, Block, Blocks


class _Short:
    """Marks the key of a short touchpoint; it equals no key of a file."""


SHORT = _Short()


def in_same_form(base: Block | None, ours: Block, theirs: Block) -> tuple[Block | None, Block, Block]:
    """Return the versions unchanged if they have one form, else all spelled out."""
    forms = {_form(one) for one in (base, ours, theirs) if one}
    if len(forms) == 1 or (name := _names(ours, theirs)) is None:
        return base, ours, theirs
    return _long(base, name) if base else None, _long(ours, name), _long(theirs, name)


def _form(block: Block) -> str:
    if isinstance(block.value, Atom):
        return "text" if isinstance(block.value.data, str) else "brackets"
    return "short" if any(part.key is SHORT for part in block.value.blocks) else "long"


def _names(ours: Block, theirs: Block) -> str | None:
    """Return the key that a plain text has when it is spelled out."""
    if ours.key == "persona":
        return "name"
    if not ours.label.startswith("-"):
        return None
    for one in (ours, theirs):
        if isinstance(one.value, Blocks) and one.value.keyed:
            keys: set[Any] = {part.name for part in one.value.blocks if isinstance(part, Block)}
            if "goal" in keys:
                return "goal"
            if "title" in keys or _form(one) == "short":
                return "title"
    return None


def _long(block: Block, name: str) -> Block:
    value = block.value
    inline = block.label == "-"
    if isinstance(value, Atom):
        if not isinstance(value.data, str) or not value.is_short:
            return block
        title = Block(name, name, f"{name}:", replace(value, gap=" "))
        return replace(block, value=Blocks((title,), keyed=True, inline=inline))
    parts: list[Any] = []
    for part in value.blocks:
        parts += _spelled_out(part) if isinstance(part, Block) and part.key is SHORT else [part]
    return replace(block, value=replace(value, blocks=tuple(parts)))


def _spelled_out(part: Block) -> list[Block]:
    """Split `I call: frustrated # why` into a title with the comment, and a feeling."""
    feeling = part.value
    comment = feeling.comment if isinstance(feeling, Atom) and feeling.is_short else ""
    title = Atom(part.name, (part.label.rstrip(" \t").removesuffix(":").rstrip(" \t"),), " ", comment)
    found = [Block("title", "title", "title:", title, part.head)]
    if isinstance(feeling, Atom) and feeling.data is not None:
        below = replace(feeling, comment="") if feeling.is_short else feeling
        found.append(Block("feeling", "feeling", "feeling:", below, (), part.foot))
    return found
