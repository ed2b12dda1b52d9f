"""Write blocks as lines, with conflicts between markers."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, TypeAlias

from journeykit.changing.merging.block_parser import ParsedFile
from journeykit.changing.merging.blocks import Atom, Block, Blocks, Conflict, Lines, Side, resolve


class ConflictLines(NamedTuple):
    """The lines of a conflict in each version."""

    ours: tuple[str, ...]
    base: tuple[str, ...]
    theirs: tuple[str, ...]


Piece: TypeAlias = str | ConflictLines


class Markers(NamedTuple):
    """How conflicts are marked: names of the versions, length of the markers, whether the common version is shown."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"
    size: int = 7
    with_base: bool = False


def write_blocks(sheets: ParsedFile) -> list[Piece]:
    """Return a whole file line by line."""
    return [*_comments(sheets.above, 0), *_group(sheets.root, 0)]


def one_side(pieces: list[Piece], side: Side) -> str:
    """Return the text with one side of each conflict."""
    lines = [line for piece in pieces for line in ([piece] if isinstance(piece, str) else getattr(piece, side))]
    return "".join(f"{line}\n" for line in lines)


def with_markers(pieces: list[Piece], markers: Markers) -> str:
    """Return the text with all sides of each conflict between markers."""
    lines: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            lines.append(piece)
            continue
        lines += [_mark("<", markers.ours, markers.size), *piece.ours]
        if markers.with_base:
            lines += [_mark("|", markers.base, markers.size), *piece.base]
        lines += ["=" * markers.size, *piece.theirs, _mark(">", markers.theirs, markers.size)]
    return "".join(f"{line}\n" for line in lines)


def _mark(sign: str, name: str, size: int) -> str:
    return f"{sign * size} {name}".rstrip()


def _comments(lines: Lines, column: int) -> list[Piece]:
    return [" " * max(0, column + line.shift) + line.text if line.text else "" for line in lines]


def _group(group: Blocks, column: int) -> list[Piece]:
    column += group.step
    pieces = [piece for block in group.blocks for piece in _part(block, column)]
    return [*pieces, *_comments(group.foot, column)]


def _part(part: Block | Conflict, column: int) -> list[Piece]:
    if isinstance(part, Block):
        return _chunk(part, column)
    sides = (_of(part, "ours", column), _of(part, "base", column), _of(part, "theirs", column))
    return [*_comments(part.head, column), ConflictLines(*sides)]


def _of(clash: Conflict, side: Side, column: int) -> tuple[str, ...]:
    block = clash.side(side)
    lines = _chunk(resolve(block, side), column) if block else []
    return tuple(line for line in lines if isinstance(line, str))


def _chunk(block: Block, column: int) -> list[Piece]:
    pad, value = " " * column, block.value
    head = _comments(block.head, column)
    if isinstance(value, Atom):
        lines = [f"{pad}{block.label}{value.gap}{value.lines[0]}{value.comment}".rstrip()]
        lines += [pad + line if line else "" for line in value.lines[1:]]
        return [*head, *lines, *_comments(block.foot, column)]
    if not value.inline or not value.blocks:
        return [*head, pad + block.label + value.comment, *_group(value, column)]
    return [*head, *_behind_dash(block, value, column)]


def _behind_dash(block: Block, value: Blocks, column: int) -> list[Piece]:
    """Return an item whose first part is on the line of its dash."""
    pieces = _group(value, column)
    at = next(n for n, piece in enumerate(pieces) if not isinstance(piece, str) or not _is_loose(piece))
    above = [piece.lstrip(" ") for piece in pieces[:at] if isinstance(piece, str)]
    moved_keys: list[Piece] = [" " * column + line if line else "" for line in above]
    first = pieces[at]
    if isinstance(first, str):
        return [*moved_keys, _dashed(first, column), *pieces[at + 1 :]]
    if all(any(not _is_loose(line) for line in side) for side in (first.ours, first.theirs)):
        sides = [_first_dashed(side, column) for side in first]
        return [*moved_keys, ConflictLines(*sides), *pieces[at + 1 :]]
    whole = replace(block, head=())  # one side begins with another key: the whole item is the conflict
    return [
        ConflictLines(*(_of(Conflict(None, whole, whole, whole), side, column) for side in ("ours", "base", "theirs")))
    ]


def _first_dashed(lines: tuple[str, ...], column: int) -> tuple[str, ...]:
    at = next((n for n, line in enumerate(lines) if not _is_loose(line)), None)
    return lines if at is None else (*lines[:at], _dashed(lines[at], column), *lines[at + 1 :])


def _dashed(line: str, column: int) -> str:
    return f"{line[:column]}-{line[column + 1 :]}"


def _is_loose(line: str) -> bool:
    return not line.strip() or line.lstrip(" ").startswith("#")
