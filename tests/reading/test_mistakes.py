"""Broken files: one finding for each mistake, at its place, that says what is wrong and what to do."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from journeykit.finding import Finding, Severity
from journeykit.reading import read_bytes, read_text
from journeykit.reading.faults import PAGES

FOLDER = Path(__file__).parent / "mistakes"
MARK = re.compile(r"( *)(\^+|!)( \.\.\.)? ([\w-]+) \| (.*) \| (.*)")


class Expected(NamedTuple):
    line: int
    column: int
    end: int | None
    rule: str
    message: str
    help: str


class Case(NamedTuple):
    text: str
    expected: list[Expected]


def cases() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            title, _, body = block.partition("\n")
            assert title not in found, title
            found[title] = case(body.rstrip("\n"))
    return found


def case(body: str) -> Case:
    lines: list[str] = []
    expected: list[Expected] = []
    for line in body.split("\n"):
        if (mark := MARK.fullmatch(line)) and lines:
            column = len(mark[1]) + 1
            end = None if mark[3] else column + (0 if mark[2] == "!" else len(mark[2]))
            expected.append(Expected(len(lines), column, end, mark[4], mark[5], mark[6]))
        else:
            lines.append(line)
    return Case("\n".join(lines) + "\n", expected)


CASES = cases()


def as_expected(finding: Finding) -> Expected:
    end = finding.end.column if finding.end.line == finding.start.line else None
    return Expected(finding.start.line, finding.start.column, end, finding.rule, finding.message, finding.help)


@pytest.mark.parametrize("title", CASES)
def test_exactly_the_marked_mistakes_are_found(title: str) -> None:
    case = CASES[title]
    document = read_text(case.text, "home.journey.yaml")
    assert [as_expected(finding)[:4] for finding in document.findings] == [e[:4] for e in case.expected]
    for finding, expected in zip(document.findings, case.expected, strict=True):
        assert expected.message in finding.message
        assert expected.help in finding.help
    assert case.expected
    assert document.journey is None


@pytest.mark.parametrize("title", CASES)
def test_the_same_with_windows_line_ends(title: str) -> None:
    case = CASES[title]
    findings = read_text(case.text.replace("\n", "\r\n"), "home.journey.yaml").findings
    assert [as_expected(finding)[:4] for finding in findings] == [e[:4] for e in case.expected]


@pytest.mark.parametrize("title", CASES)
def test_every_finding_is_complete(title: str) -> None:
    for finding in read_text(CASES[title].text, "home.journey.yaml").findings:
        assert finding.severity is Severity.ERROR
        assert finding.rule in PAGES
        assert finding.message and not finding.message.endswith(".")
        assert finding.help, "what is to be done?"
        assert finding.lines[0] == CASES[title].text.split("\n")[finding.start.line - 1]


def test_there_is_an_example_of_every_rule() -> None:
    shown = {expected.rule for case in CASES.values() for expected in case.expected}
    elsewhere = {
        "not-utf-8",
        "too-large",
        "too-deep",
        "alias-bomb",
        "unknown-journey",
        "circular-journey",
        "unknown-source",
    }
    assert shown | elsewhere == set(PAGES)
    assert len(CASES) >= 60


def only(data: bytes | str) -> Finding:
    document = read_bytes(data if isinstance(data, bytes) else data.encode(), "home.journey.yaml")
    assert document.journey is None
    (finding,) = document.findings
    return finding


def test_latin_1() -> None:
    finding = only("title: Ein Café öffnet\npersona: Anna\ntouchpoints: [a, b]\n".encode("latin-1"))
    assert (finding.rule, finding.start, finding.end) == ("not-utf-8", (1, 15), (1, 16))
    assert "0xe9" in finding.message and "UTF-8" in finding.help


def test_what_is_readable_of_a_latin_1_file_is_judged_too() -> None:
    document = read_bytes("title: Ein Café\npersona: Ünal\ntouchpoints: [a, b]\nstauts: live\n".encode("latin-1"), "x")
    assert [(finding.rule, finding.start) for finding in document.findings] == [
        ("not-utf-8", (1, 15)),
        ("unknown-key", (4, 1)),
    ]


def test_utf_16() -> None:
    finding = only("title: x\n".encode("utf-16"))
    assert finding.rule == "not-utf-8" and "UTF-16" in finding.message


def test_a_file_over_four_mebibytes() -> None:
    text = b"title: a\npersona: b\ntouchpoints: [a, b]\n#"
    assert read_bytes(text + b" " * (4 * 1024 * 1024 - len(text)), "x").journey is not None
    finding = only(text + b" " * (4 * 1024 * 1024 - len(text) + 1))
    assert finding.rule == "too-large" and "4 MiB" in finding.message


@pytest.mark.parametrize(("depth", "rules"), [(64, {"wrong-type"}), (65, {"too-deep"})])
def test_nesting(depth: int, rules: set[str]) -> None:
    text = "title: a\npersona: b\ntouchpoints: [a, b]\nnote: " + "[" * (depth - 1) + "]" * (depth - 1)
    findings = read_text(text, "x").findings
    assert {finding.rule for finding in findings} == rules
    if depth == 65:
        assert findings[0].start == (4, 7 + 63)


def test_nesting_through_an_alias_counts_in_full() -> None:
    text = "a: &a " + "[" * 40 + "]" * 40 + "\nb: " + "[" * 30 + "*a" + "]" * 30
    assert only(text).rule == "too-deep"


def test_an_alias_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    finding = only("\n".join(lines))
    assert finding.rule == "alias-bomb" and "100,000" in finding.message
    assert finding.start.line == 6


def test_more_values_than_a_journey_has_are_no_bomb() -> None:
    finding = only("title: a\npersona: b\ntouchpoints: [" + "a, " * 100_001 + "]\n")
    assert finding.rule == "too-large" and "100,000" in finding.message


def test_parts_of_an_hour_in_iso_notation() -> None:
    document = read_text(
        "title: a\npersona: b\ntouchpoints:\n  - {title: a, lasts: PT0.5H, at: +P1.5D}\n  - End\n", "x"
    )
    assert document.journey is not None
    first, _ = document.journey.touchpoints
    assert first.lasts is not None and first.lasts.seconds == 1800
    assert first.at is not None and first.at.seconds == 1.5 * 86400


def test_no_touchpoint_gets_the_id_that_ends_a_journey() -> None:
    document = read_text("title: a\npersona: b\ntouchpoints: [I call, End]\n", "x")
    assert document.journey is not None
    assert [touchpoint.id for touchpoint in document.journey.touchpoints] == ["i-call", "end-2"]


def test_aliases_within_reason_are_allowed() -> None:
    text = "title: &t Home\npersona: *t\ntouchpoints:\n  - &c {title: I call, channel: phone}\n  - They come: &f sad\n"
    document = read_text(text + "  - {title: I wait, feeling: *f}\n", "x")
    assert document.findings == ()
    assert document.journey is not None and document.journey.persona.name == "Home"


def test_the_same_mistake_seen_through_an_alias_is_one_finding() -> None:
    text = "title: a\npersona: b\ntouchpoints:\n  - &c {title: I call, feeling: sda}\n  - *c\n  - *c\n"
    finding = only(text)
    assert (finding.rule, finding.start) == ("unknown-feeling", (4, 33))


def test_findings_come_in_the_order_of_their_places() -> None:
    for case in CASES.values():
        places = [finding.start for finding in read_text(case.text, "x").findings]
        assert places == sorted(places)


def test_a_control_character() -> None:
    finding = only("title: a\x07b\npersona: b\ntouchpoints: [a, b]\n")
    assert (finding.rule, finding.start, finding.end) == ("yaml-syntax", (1, 9), (1, 10))
    assert "U+0007" in finding.message
