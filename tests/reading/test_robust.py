"""Whatever a file holds, reading it ends in a document: it never raises, hangs or crashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.reading import Document, read_bytes, read_text
from journeykit.reading.faults import PAGES
from tests.conftest import examples, slow
from tests.forks import python

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))]
JUNK = [
    "null", "~", "true", "-1", "1e400", ".nan", "-.inf", "[]", "{}", "[1, [2]]", "{a: b}", "{1: 2}", "''", "' '",
    "2024-13-45", "!!int ''", "!!float x", "!x y", "!", "*a", "&a b", "&a", "*", "|", ">", "> x", "- x", "? a", ": b",
    "<<: {a: b}", "<<", "0x1F", "9" * 5000, "day " + "9" * 5000, "9" * 5000 + "%", "\x00", "\x07", "\u2028", "\x85",
    "\ud800", '"\\ud800"', '"\\ud83d\\ude00"', '"\\x"', "\t", "%", "%YAML 1.1", "%TAG ! x", "@", "`", "'", '"', "[",
    "{", "]", "}", ": ", "#", " #", "---", "...", "- - -", "? ? ?", "{null: 1}", "{true: 1}", "{[a]: 1}", "{1.5: 2}",
    "{.nan: 1}", "{? a}", "1_000", "day 3", "+5min", "P1D", "85%", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00",
    "é", "İ", "日本", "\ufeff", "\ufffe", "k" * 2000, "1h 30min", "2-3d", "1..5", "-2..2", "- a: *a", "&a [*a]", "\\",
]  # fmt: skip


def check(document: Document) -> None:
    """What holds of every document."""
    assert (document.journey is None) == bool(document.findings)
    last = len(document.source.lines)
    for finding in document.findings:
        assert finding.rule in PAGES
        assert finding.message and len(finding.message) < 500
        assert len(finding.help) < 1000
        assert (1, 1) <= finding.start <= finding.end
        assert finding.end.line <= last
        assert finding.lines == tuple(document.source.lines[finding.start.line - 1 : finding.end.line])


@given(st.binary(max_size=200))
@settings(max_examples=examples(300), deadline=None)
def test_random_bytes(data: bytes) -> None:
    check(read_bytes(data, "x.yaml"))


@given(st.text(max_size=200))
@settings(max_examples=examples(300), deadline=None)
def test_random_text(text: str) -> None:
    check(read_text(text, "x.yaml"))


@given(
    st.lists(st.sampled_from([*JUNK, "\n", "\n  ", "\n- ", ": ", ", ", "a", " ", "title: ", "\r\n", "\r"]), max_size=40)
)
@settings(max_examples=examples(400), deadline=None)
def test_random_yaml(pieces: list[str]) -> None:
    check(read_text("".join(pieces), "x.yaml"))


@given(st.text(st.characters(categories=["Cs", "Cc", "Zl", "Zp", "Co", "Cn"]), min_size=1, max_size=5), st.data())
@settings(max_examples=examples(60), deadline=None)
def test_odd_characters_anywhere(odd: str, data: st.DataObject) -> None:
    text = EXAMPLES[-1]
    at = data.draw(st.integers(0, len(text)))
    check(read_text(text[:at] + odd + text[at:], "x.yaml"))


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A real journey, damaged a few times."""
    text = draw(st.sampled_from(EXAMPLES))
    for _ in range(draw(st.integers(1, 5))):
        lines = text.split("\n")
        at, line = draw(st.integers(0, len(text))), draw(st.integers(0, len(lines) - 1))
        end = min(len(text), at + draw(st.sampled_from([0, 1, 5, 60, 600])))
        match draw(st.sampled_from(["delete", "double", "junk", "value", "value", "swap", "indent", "ends"])):
            case "delete":
                text = text[:at] + text[end:]
            case "double":
                text = text[:end] + text[at:end] + text[end:]
            case "junk":
                text = text[:at] + draw(st.sampled_from(JUNK)) + text[end:]
            case "value":
                key, colon, _ = lines[line].partition(": ")
                lines[line] = key + colon + draw(st.sampled_from(JUNK))
                text = "\n".join(lines)
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[line], lines[other] = lines[other], lines[line]
                text = "\n".join(lines)
            case "indent":
                lines[line] = draw(st.sampled_from([" ", "  ", "\t", "- "])) + lines[line]
                text = "\n".join(lines)
            case "ends":
                text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\n "])), draw(st.sampled_from([1, -1])))
    return text


@given(mangled())
@settings(max_examples=examples(400), deadline=None)
def test_mangled_journeys(text: str) -> None:
    check(read_text(text, "x.journey.yaml"))


@pytest.mark.parametrize("cut", range(0, 100, 3))
def test_a_journey_cut_off_anywhere(cut: int) -> None:
    text = EXAMPLES[1]
    document = read_text(text[: len(text) * cut // 100], "x.journey.yaml")
    check(document)


@pytest.mark.parametrize("junk", JUNK)
def test_every_value_as_junk(junk: str) -> None:
    keys = (
        "title",
        "persona",
        "touchpoints",
        "stages",
        "scale",
        "day0",
        "feelings",
        "kpis",
        "privacy",
        "scoring",
        "id",
    )
    for key in keys:
        check(read_text(f"title: a\npersona: b\ntouchpoints: [a, b]\n{key}: {junk}\n", "x"))
        check(read_text(f"{key}: {junk}\ntouchpoints:\n  - a\n", "x"))
    for key in (
        "title",
        "at",
        "lasts",
        "feeling",
        "expected",
        "measured",
        "decision",
        "churn_risk",
        "backstage",
        "tags",
    ):
        check(read_text(f"title: a\npersona: b\ntouchpoints:\n  - title: c\n    {key}: {junk}\n  - d\n", "x"))


HEAD = "title: a\npersona: b\ntouchpoints:\n"
MANY = 200_000
BOMBS = {
    "brackets": "'[' * MANY",
    "braces": "'{' * MANY",
    "dashes": "'- ' * MANY",
    "question marks": "'? ' * MANY",
    "colons": "': ' * MANY",
    "lists nested line by line": r"''.join(' ' * n + '-\n' for n in range(1500))",
    "mappings nested line by line": r"''.join(' ' * n + 'a:\n' for n in range(1500))",
    "brackets behind a line separator": "'\u2028' + '[' * MANY",
    "quotes": "'\"' * MANY",
    "a key of 4 MiB": "'k' * FULL",
    "a quoted key of 4 MiB": "'\"' + 'k' * (FULL - 10) + '\": v'",
    "spaces": "' ' * FULL",
    "line ends": r"'\n' * FULL",
    "carriage returns": r"'\r' * FULL",
    "line separators": "'\u2028' * MANY",
    "lists in a list": "'[' + '[],' * MANY",
    "aliases of aliases": r"""'\n'.join(['a0: &a0 [x,x,x,x,x,x,x,x,x]']
        + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)])""",
    "merges of merges": r"""'a0: &a0 {x: 1}\n'
        + '\n'.join(f'a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}' for n in range(1, 60))""",
    "a key given 90,000 times, far down": r"'#' + 'x' * (FULL // 2) + '\n' + 'a: b\n' * (MANY * 9 // 20)",
    "45,000 unknown keys": r"''.join(f'key{n}: 1\n' for n in range(MANY * 9 // 40))",
    "45,000 unknown aliases": r"''.join(f'a{n}: *x\n' for n in range(MANY * 9 // 40))",
    "25,000 unknown feelings": r"HEAD + ''.join(f' - x{n}: feeling{n}\n' for n in range(MANY // 8))",
    "9,000 unknown ids of 9,000": r"""HEAD + ''.join(f' - {{id: x{n}, title: a}}\n' for n in range(MANY * 9 // 200))
        + 'opportunities: [{title: x, at: [' + ','.join(f'y{n}' for n in range(MANY * 9 // 200)) + ']}]'""",
    "45,000 equal titles": r"HEAD + ' - a\n' * (MANY * 9 // 40)",
    "90,000 wrong types": r"HEAD + ' - 5\n' * (MANY * 9 // 20)",
    "a text with a colon on every line": r"'a: b: c\n' * MANY",
    "an unclosed bracket on every line": r"'a: [\n' * MANY",
    "an unclosed quote on every line": r"'a: \'x\n' * MANY",
    "a duration of many parts": r"HEAD + ' - {title: a, lasts: ' + '1h ' * MANY + '}\n - b\n'",
    "a feeling of many words": r"HEAD + ' - a: ' + 'sad, ' * MANY + 'sad\n - b\n'",
    "a tag of 4 MiB": "'a: !' + 'x' * FULL",
    "anchors": "'a: ' + '&a ' * MANY + 'x'",
    "a number of 4 MiB": "'a: ' + '9' * FULL",
}
"""Expressions, so that the process that reads them makes them too: a crash there is a failure here. The names give the
sizes of whole ones."""

READ = """
from journeykit.reading import read_text
FULL, MANY, HEAD = 4 * 1024 * 1024, 200_000, {head!r}
document = read_text(({expression})[:FULL], "x")
assert (document.journey is None) == bool(document.findings)
print(document.findings[0].rule if document.findings else "valid")
"""


@pytest.mark.parametrize("part", [6, slow(1)], ids=["a sixth", "whole"])
@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_goes_off(name: str, part: int) -> None:
    run = python(READ.format(part=part, head=HEAD, expression=BOMBS[name]))
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.strip() in {*PAGES, "valid"}


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? "])
def test_endless_nesting_is_told_at_the_first_level_too_many(opening: str) -> None:
    (finding,) = read_text(opening * MANY, "x").findings
    assert finding.rule == "too-deep"
    assert finding.start == (1, 64 * len(opening) + 1)


def test_an_id_that_never_ends_does_not_flood_the_hint_for_another() -> None:
    text = (
        f"title: T\npersona: P\ntouchpoints:\n  - {{title: A, id: {'9' * 5000}x}}\n  - title: B\n"
        "opportunities:\n  - {title: O, at: [nowhere]}\n"
    )
    document = read_text(text, "x.yaml")
    check(document)
    assert any(finding.help == "known: b" for finding in document.findings)
