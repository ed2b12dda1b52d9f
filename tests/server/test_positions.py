"""Places as the protocol counts them."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position, PositionEncodingKind

from journeykit.server.positions import Positions
from journeykit.source import Source, Span

TEXT = "aé🎉b\r\nsecond\rthird"
COLUMNS = {
    PositionEncodingKind.Utf8: {0: 0, 1: 1, 2: 3, 3: 7, 4: 8},
    PositionEncodingKind.Utf16: {0: 0, 1: 1, 2: 2, 3: 4, 4: 5},
    PositionEncodingKind.Utf32: {0: 0, 1: 1, 2: 2, 3: 3, 4: 4},
}


@pytest.mark.parametrize("encoding", COLUMNS)
def test_columns_are_counted_in_the_unit_that_was_agreed_upon(encoding: PositionEncodingKind) -> None:
    places = Positions(Source("a", TEXT), encoding)
    for offset, column in COLUMNS[encoding].items():
        assert places.position(offset) == Position(0, column)
        assert places.offset(Position(0, column)) == offset


def test_every_offset_that_is_a_place_comes_back() -> None:
    for encoding in COLUMNS:
        places = Positions(Source("a", TEXT), encoding)
        for offset in (*range(5), *range(6, len(TEXT) + 1)):
            assert places.offset(places.position(offset)) == offset


def test_lines_end_as_in_editors_and_not_at_other_separators() -> None:
    places = Positions(Source("a", "a\u2028b\x0cc\nd"))
    assert places.position(6) == Position(1, 0)
    assert places.offset(Position(0, 3)) == 3


def test_what_lies_beyond_is_the_end() -> None:
    places = Positions(Source("a", TEXT))
    assert places.offset(Position(0, 99)) == 4
    assert places.offset(Position(99, 0)) == len(TEXT)
    assert Positions(Source("a", "")).offset(Position(3, 3)) == 0


def test_half_of_a_pair_is_its_start() -> None:
    assert Positions(Source("a", TEXT)).offset(Position(0, 3)) == 2


def test_a_byte_order_mark_moves_the_first_line_only() -> None:
    places = Positions(Source("a", "ab\ncd"), marked=True)
    assert places.range_of(Span(0, 4)).start == Position(0, 1)
    assert places.position(4) == Position(1, 1)
    assert [places.offset(Position(0, column)) for column in (0, 1, 2)] == [0, 0, 1]
