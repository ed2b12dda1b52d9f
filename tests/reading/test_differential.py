"""Texts are read as YAML 1.2 says: compared with ruamel's own loader, and both parsers with each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from journeykit.reading import yaml_events
from journeykit.reading.yaml_builder import ParsedYaml
from journeykit.reading.yaml_text import parse_yaml
from tests.conftest import examples
from tests.reading.styles import documents, same

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
CORE_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
CORE_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def ruamel_load(text: str) -> Any:
    """By ruamel's pure loader, without what it has beyond the core schema: dates, `1_000`, `0b1`."""
    yaml = YAML(typ="safe", pure=True)
    prefix = "tag:yaml.org,2002:"
    construct = yaml.constructor

    def only(pattern: re.Pattern[str], otherwise: Any) -> Any:
        return lambda loader, node: otherwise(loader, node) if pattern.fullmatch(node.value) else node.value

    table = dict(construct.yaml_constructors)
    table[prefix + "timestamp"] = lambda _, node: node.value
    table[prefix + "int"] = only(CORE_INT, table[prefix + "int"])
    table[prefix + "float"] = only(CORE_FLOAT, table[prefix + "float"])
    construct.yaml_constructors = table
    return yaml.load(text)


@given(documents())
@settings(max_examples=examples(250), deadline=None)
def test_generated_yaml_is_read_as_it_is_meant(document: tuple[Any, str]) -> None:
    data, text = document
    built = parse_yaml(text)
    assert built.faults == []
    assert same(built.data, data)
    assert same(built.data, ruamel_load(text))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_read_as_ruamel_reads_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert same(parse_yaml(text).data, ruamel_load(text))


SCALARS = st.one_of(
    st.from_regex(r"[-+]?[0-9._eExXoObBaAnNiIfF:T ]{1,10}", fullmatch=True),
    st.sampled_from(
        ["yes", "No", "on", "OFF", "null", "NULL", "Null", "nUll", "~", "True", "tRUE", ".inf", "-.INF", "+.inf",
         "0o17", "0o8", "0x1F", "0b1", "017", "-0", "+1", "1.", ".5", "-.5", "1e5", "1E-3", "1_0", "1:30", "2026-01-02",
         "2026-01-02T03:04:05Z", "1.2.3", "..", "-", "--", "-.", "+", "0.", "00", "=", "1e", ".e1", "12e03", "-2E+05"]
    ),
)  # fmt: skip


@given(SCALARS.filter(lambda text: text.strip() == text and ": " not in text and not text.endswith(":") and text))
@settings(max_examples=examples(300), deadline=None)
def test_plain_scalars_mean_what_the_core_schema_says(text: str) -> None:
    def core(text: str) -> Any:
        if text in ("null", "Null", "NULL", "~"):
            return None
        if text.lower() in ("true", "false") and text in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return text.lower() == "true"
        if CORE_INT.fullmatch(text):
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        if CORE_FLOAT.fullmatch(text):
            return float(re.sub(r"\.(inf|nan)", r"\1", text, flags=re.IGNORECASE))
        return text

    built = parse_yaml(f"a: {text}\n")
    if not built.faults:
        assert same(built.data, {"a": core(text)})


@pytest.mark.parametrize("text", ["9" * 301, "-" + "9" * 5000, "0x" + "f" * 5000, "1e400", "9" * 5000 + ".0"])
def test_giant_numbers_become_infinite_and_do_not_raise(text: str) -> None:
    value = parse_yaml(f"a: {text}").data["a"]
    assert abs(value) == float("inf") and (value < 0) == text.startswith("-")


def by_ruamel(text: str) -> ParsedYaml:
    """The text built from ruamel's events, as where PyYAML has no libyaml."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_events, "_libyaml", lambda: None)
        return parse_yaml(text)


@given(documents())
@settings(max_examples=examples(150), deadline=None)
def test_both_parsers_give_the_same(document: tuple[Any, str]) -> None:
    _, text = document
    other, usual = by_ruamel(text), parse_yaml(text)
    assert same(other.data, usual.data)
    assert other.root == usual.root
    assert other.faults == usual.faults


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_both_parsers_give_the_same_for_the_examples(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    other, usual = by_ruamel(text), parse_yaml(text)
    assert (other.data, other.root, other.faults) == (usual.data, usual.root, [])


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_breaks_of_yaml_1_1_are_text(char: str) -> None:
    text = (
        f"a: one{char}two # c{char}d\nb{char}: \"x{char}y\"\nc: {{d: e{char}f}}\ng: |\n  h{char}i\n  j\nk: '{char}'\n"
    )
    for built in (parse_yaml(text), by_ruamel(text)):
        assert built.faults == []
        c, g = {"d": f"e{char}f"}, f"h{char}i\nj\n"
        assert built.data == {"a": f"one{char}two", f"b{char}": f"x{char}y", "c": c, "g": g, "k": char}


@given(document=documents(), char=st.sampled_from("\x85\u2028\u2029"))
@settings(max_examples=examples(60), deadline=None)
def test_a_comment_with_such_a_break_changes_nothing(document: tuple[Any, str], char: str) -> None:
    data, text = document
    if not text.rstrip().endswith("..."):
        text = text.rstrip("\n") + f"\n# {char}\n"
        assert same(parse_yaml(text).data, data)
