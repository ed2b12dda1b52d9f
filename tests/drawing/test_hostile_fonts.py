"""Fonts that are made to cost time or to break where text is laid out."""

from __future__ import annotations

import struct
from pathlib import Path

import matplotlib
import pytest

from journeykit.drawing import fonts
from journeykit.drawing.fonts import Face


def with_table(tag: bytes, table: bytes, into: Path) -> Path:
    """Write DejaVu Sans with another table at its end."""
    font = bytearray((Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf").read_bytes())
    count = struct.unpack_from(">H", font, 4)[0]
    entry = next(at for at in range(12, 12 + 16 * count, 16) if font[at : at + 4] == tag)
    struct.pack_into(">II", font, entry + 8, len(font), len(table))
    into.write_bytes(bytes(font) + table)
    return into


def test_ranges_that_overlap_are_read_once(tmp_path: Path) -> None:
    count = 8_000
    body = struct.pack(">HHH", 0, 2 * count, 0) + b"\0" * 6 + struct.pack(">H", 65535) * count + b"\0\0"
    body += struct.pack(">H", 0) * count * 2 + struct.pack(">H", 2) * count
    table = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HH", 4, 65535) + body + b"\0\1" * 100
    face = Face(with_table(b"cmap", table, tmp_path / "font.ttf"))
    assert len(face._ranges[0]) <= 65536


def test_pairs_that_overlap_are_read_once(tmp_path: Path) -> None:
    table = struct.pack(">HH", 0, 65535) + struct.pack(">HHHH", 0, 0, 1, 60_000) + b"\0" * (6 + 6 * 60_000)
    table += struct.pack(">HHHH", 0, 0, 1, 60_000) + b"\0" * 100
    with pytest.raises(ValueError, match="not a font"):
        Face(with_table(b"kern", table, tmp_path / "font.ttf"))


def test_a_table_of_characters_that_is_cut_is_no_font(tmp_path: Path) -> None:
    table = (
        struct.pack(">HHHHI", 0, 1, 3, 10, 12)
        + struct.pack(">HHIII", 12, 0, 40, 0, 3)
        + struct.pack(">IIII", 65, 90, 1, 97)
    )
    with pytest.raises(ValueError, match="without metrics"):
        Face(with_table(b"cmap", table, tmp_path / "font.ttf"))


def test_a_file_that_is_too_large_is_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "LARGEST", 1000)
    with pytest.raises(ValueError, match="larger than any font"):
        Face(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf")
