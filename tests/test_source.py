"""Lines, columns and places; the spans themselves are tested with the reading that makes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journeykit.finding import Finding, Severity, finding_at
from journeykit.source import Entry, Node, Position, Source, Span

TEXTS = st.text(st.sampled_from("ab\n\r\u2028é😀 "), max_size=30)


@given(TEXTS, st.integers(-3, 40))
def test_a_position_leads_back_to_its_offset(text: str, offset: int) -> None:
    source = Source("x", text)
    clipped = max(0, min(offset, len(text)))
    position = source.position(offset)
    assert position.line >= 1 and position.column >= 1
    assert source.offset(position) == clipped


@given(TEXTS)
def test_lines_are_those_of_yaml_and_editors(text: str) -> None:
    lines = Source("x", text).lines
    assert lines == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_finding_has_the_lines_it_stands_on(text: str, start: int, end: int) -> None:
    source = Source("x", text)
    found = finding_at(source, Span(start, end), "rule", Severity.ERROR, "message")
    assert found.start <= found.end
    assert found.lines == tuple(source.lines[found.start.line - 1 : found.end.line])


def test_columns_count_characters_not_bytes() -> None:
    assert Source("x", "😀é\tx").position(3) == Position(1, 4)


def test_has() -> None:
    root = Node(0, 9, {"a": Entry(0, 1, Node(3, 6, [Node(4, 5)]))})
    source = Source("x", "a: [b]", root)
    assert source.has(()) and source.has(("a",)) and source.has(("a", 0))
    assert (
        not source.has(("b",))
        and not source.has(("a", 1))
        and not source.has(("a", "b"))
        and not source.has(("a", 0, 0))
    )
    assert source.locate(("a", 0, "deeper")) == Span(4, 5)
    assert source.locate(("a", -1)) == Span(3, 6)


def test_findings_sort_by_file_and_place_and_then_the_worse_first() -> None:
    def finding(file: str, line: int, severity: Severity) -> Finding:
        return Finding("rule", severity, "m", "", file, Position(line, 1), Position(line, 2))

    first, second = finding("a", 1, Severity.ERROR), finding("a", 1, Severity.INFO)
    third, fourth = finding("a", 2, Severity.ERROR), finding("b", 1, Severity.ERROR)
    assert sorted([fourth, third, second, first], key=lambda one: one.order) == [first, second, third, fourth]


def test_severities() -> None:
    assert [Severity.of(severity.word) for severity in Severity] == list(Severity)
    assert Severity.INFO < Severity.WARNING < Severity.ERROR
