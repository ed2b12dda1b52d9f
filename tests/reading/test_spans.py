"""The span of every path is the text that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.model import Journey
from journeykit.reading import read_bytes, read_text
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import KeyPath, Position, Source, Span
from tests.conftest import examples
from tests.reading.styles import documents, mappings, same
from tests.reading.test_differential import ruamel_load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES}


def paths(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every path in plain data, with its value."""
    yield path, data
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from paths(value, (*path, key))


def trimmed(value: Any) -> Any:
    """Without white space at the end of texts, as block scalars are shown."""
    if isinstance(value, dict):
        return {key: trimmed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [trimmed(item) for item in value]
    return value.rstrip() if isinstance(value, str) else value


def read_again(text: str, span: Span, source: Source) -> Any:
    """What the text of a span means by itself, put back into its column."""
    return ruamel_load(" " * (source.position(span.start).column - 1) + text[span.start : span.end] + "\n")


def check(source: Source, data: Any) -> None:
    text = source.text
    for path, value in paths(data):
        if not path:
            continue
        span = source.locate(path)
        shown = text[span.start : span.end]
        assert shown == shown.strip() and shown, path
        if "*" not in shown:  # of an alias, only its name stands here
            assert same(trimmed(read_again(text, span, source)), trimmed(value)), path
        if isinstance(value, (dict, list)) and value and shown[0] not in "*[{":
            children = [
                source.locate((*path, step)) for step in (value if isinstance(value, dict) else range(len(value)))
            ]
            assert span.end == children[-1].end, path
        if isinstance(path[-1], str):
            key = source.locate(path, "key")
            assert same(ruamel_load(text[key.start : key.end]), path[-1]), path
            assert key.end <= span.start, path


@given(documents(aliases=False))
@settings(max_examples=examples(250), deadline=None)
def test_spans_of_generated_yaml(document: tuple[Any, str]) -> None:
    data, text = document
    check(Source("x", text, parse_yaml(text).root), data)


@given(documents(), st.sampled_from(["\r\n", "\n"]))
@settings(max_examples=examples(150), deadline=None)
def test_spans_with_aliases_and_windows_line_ends(document: tuple[Any, str], end: str) -> None:
    data, text = document
    text = text.replace("\n", end)
    built = parse_yaml(text)
    assert same(built.data, data)
    source = Source("x", text, built.root)
    for path, value in paths(data):
        span = source.locate(path)
        shown = text[span.start : span.end]
        if path and not isinstance(value, (dict, list)) and not shown.startswith("*"):
            assert same(trimmed(ruamel_load(shown.replace("\r\n", "\n"))), trimmed(value)), path


@pytest.mark.parametrize("name", TEXTS)
def test_spans_of_the_examples(name: str) -> None:
    source = read_text(TEXTS[name], name).source
    check(source, parse_yaml(TEXTS[name]).data)


@given(st.data())
@settings(max_examples=examples(40), deadline=None)
def test_an_example_in_any_style_is_the_same_journey(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(TEXTS)))
    plain = parse_yaml(TEXTS[name]).data
    _, text = data.draw(documents(st.just(plain)))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    document = read_bytes((mark + text).replace("\n", end).encode(), name)
    assert document.findings == ()
    assert document.journey == Journey.model_validate({"id": name.removesuffix(".journey.yaml"), **plain})


@given(documents(mappings))
@settings(max_examples=examples(100), deadline=None)
def test_positions_count_lines_and_columns_as_editors_do(document: tuple[Any, str]) -> None:
    _, text = document
    source = Source("x", text)
    lines = text.split("\n")
    for offset in range(0, len(text) + 1, max(1, len(text) // 50)):
        before = text[:offset]
        position = Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
        assert source.position(offset) == position
        assert source.offset(position) == offset
    assert source.lines == [line.rstrip("\r") for line in lines]


DOCUMENT = """\
title: &t Café au lait # 1
persona: {name: "Anna", facts: {age: 3, job: }}
"note" : |
  one
  two

touchpoints:
- I call: [ sad, 'it''s' ]
  at:
- - x
-
- *t
"""


@pytest.mark.parametrize(
    ("path", "part", "shown"),
    [
        (("title",), "value", "Café au lait"),
        (("title",), "key", "title"),
        (("persona",), "value", '{name: "Anna", facts: {age: 3, job: }}'),
        (("persona", "name"), "value", '"Anna"'),
        (("persona", "facts"), "key", "facts"),
        (("persona", "facts", "job"), "value", "job"),
        (("note",), "key", '"note"'),
        (("note",), "value", "|\n  one\n  two"),
        (("touchpoints", 0, "I call"), "value", "[ sad, 'it''s' ]"),
        (("touchpoints", 0, "I call", 1), "value", "'it''s'"),
        (("touchpoints", 0, "I call", 1), "key", "'it''s'"),
        (("touchpoints", 0, "at"), "value", "at"),
        (("touchpoints", 1), "value", "- x"),
        (("touchpoints", 2), "value", "-"),
        (("touchpoints", 3), "value", "*t"),
        ((), "value", "title"),
        (("owner",), "value", "title"),
        (("persona", "quote"), "value", "name"),
        (("touchpoints", 0, "lasts"), "value", "I call"),
        (("touchpoints", 9), "value", "- I call: [ sad, 'it''s' ]\n  at:\n- - x\n-\n- *t"),
        (("title", "deeper", 0), "value", "Café au lait"),
    ],
)  # fmt: skip
def test_where_a_path_leads(path: KeyPath, part: Any, shown: str) -> None:
    source = Source("x", DOCUMENT, parse_yaml(DOCUMENT).root)
    span = source.locate(path, part)
    assert DOCUMENT[span.start : span.end] == shown


def test_a_shorthand_is_found_under_the_names_of_the_model() -> None:
    text = "title: a\npersona: Anna\ngoals: [be online]\ntouchpoints:\n  - I call: sad\n  - They come\n"
    source = read_text(text, "x").source

    def shown(*path: str | int, part: Any = "value") -> str:
        span = source.locate(path, part)
        return text[span.start : span.end]

    assert shown("persona", "name") == "Anna"
    assert shown("goals", 0, "goal") == "be online"
    assert shown("touchpoints", 0, "title") == "I call"
    assert shown("touchpoints", 0, "feeling") == "sad"
    assert shown("touchpoints", 0, "feeling", part="key") == "sad"
    assert shown("touchpoints", 1, "title") == "They come"
    assert shown("touchpoints", 1, "feeling") == "They come"


def test_a_source_without_spans_points_at_its_beginning() -> None:
    assert Source("x", "abc").locate(("a",)) == Span(0, 0)
    assert not Source("x", "abc").has(("a",))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_every_sort(end: str) -> None:
    source = Source("x", f"a{end}bc\u2028d{end}")
    assert source.lines == ["a", "bc\u2028d", ""]
    assert source.position(len("a" + end + "bc")) == (2, 3)
    assert source.position(10_000) == (3, 1)
    assert source.offset(Position(2, 99)) == len(source.text)
