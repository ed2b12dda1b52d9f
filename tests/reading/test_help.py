"""What the help says to write is written: the finding is gone, and nothing else is wrong at its place."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.finding import Finding
from journeykit.reading import Document, read_text
from tests.reading.test_mistakes import CASES


def keys(document: Document) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message) for finding in document.findings)


def written(document: Document, finding: Finding, text: str) -> Document:
    source = document.source
    start, end = source.offset(finding.start), source.offset(finding.end)
    return read_text(source.text[:start] + text + source.text[end:], source.name)


def check(document: Document) -> int:
    """Follow each suggestion of a document; how many there were."""
    followed = 0
    for finding in document.findings:
        for text in finding.suggestion:
            after = written(document, finding, text)
            new = keys(after) - keys(document)
            here = [one for one in after.findings if one.start == finding.start]
            where = f"{finding.message} | {finding.help} | {text}: {here}"
            assert (finding.rule, finding.message) not in {(one.rule, one.message) for one in here}, where
            if len(finding.suggestion) == 1:
                assert not [one for one in here if (one.rule, one.message) in new], where
            assert text in finding.help or any(word in finding.help for word in ("quotes", "space")), where
            followed += 1
    return followed


@pytest.mark.parametrize("title", CASES)
def test_a_suggestion_of_a_known_mistake_can_be_followed(title: str) -> None:
    check(read_text(CASES[title].text, "home.journey.yaml"))


def test_most_mistakes_have_one() -> None:
    documents = [read_text(case.text, "home.journey.yaml") for case in CASES.values()]
    assert sum(bool(finding.suggestion) for document in documents for finding in document.findings) > 100


def test_a_question_carries_what_it_asks() -> None:
    for case in CASES.values():
        for finding in read_text(case.text, "home.journey.yaml").findings:
            if asked := re.search(r"did you mean (.+)\?", finding.help):
                words = re.findall(r'"([^"]+)"', asked[1]) or [asked[1]]
                assert list(finding.suggestion) in (words, ["-"]) or finding.rule == "yaml-syntax", finding


VALUES = st.one_of(
    st.text(alphabet="0123456789.,%+-", min_size=1, max_size=6),
    st.text(alphabet="abcehlmnoprstuy -", min_size=1, max_size=12),
    st.from_regex(r"[0-9]{1,3} ?(m|min|hours|days|d|%|percent|weeks?)?", fullmatch=True),
    st.from_regex(r"day ?[0-9]{1,2}( [0-9]{1,2}(:[0-9]{2})?(am|pm)?)?", fullmatch=True),
    st.sampled_from(
        [
            "yes",
            "no",
            "True",
            "1e3",
            "0x1F",
            "007",
            "1.10",
            "~",
            '"3"',
            "'0,5'",
            "12.3.2026",
            "2026-3-2",
            "[a]",
            "{a: 1}",
        ]
    ),
)
TOUCHPOINT_KEYS = (
    "at", "lasts", "wait", "channel", "by", "place", "feeling", "satisfaction", "expected", "importance", "reach",
    "tags", "moment_of_truth", "outcome", "churn_risk", "evidence", "needs", "personal_data", "decision", "quote", "n",
)  # fmt: skip


@given(st.sampled_from(TOUCHPOINT_KEYS), VALUES)
def test_a_suggestion_for_any_value_can_be_followed(key: str, value: str) -> None:
    text = f"title: T\npersona: P\ntouchpoints:\n  - title: I call\n    {key}: {value}\n  - They come\n"
    check(read_text(text, "x.yaml"))


@given(
    st.sampled_from(("title", "lang", "updated", "review_every", "scale", "state", "team", "owner", "goals", "id")),
    VALUES,
)
def test_a_suggestion_for_any_value_of_a_journey_can_be_followed(key: str, value: str) -> None:
    lines = {"title": "T", "persona": "P", "touchpoints": "[I call, They come]", key: value}
    check(read_text("".join(f"{name}: {one}\n" for name, one in lines.items()), "x.yaml"))


@given(st.sampled_from(("value", "target", "n", "counts", "period", "source", "at", "kind")), VALUES)
def test_a_suggestion_for_any_value_of_a_kpi_can_be_followed(key: str, value: str) -> None:
    kpi = {"kind": "csat", key: value}
    lines = "".join(f"    {name}: {one}\n" for name, one in kpi.items()).replace("    ", "  - ", 1)
    check(read_text(f"title: T\npersona: P\ntouchpoints: [I call, They come]\nkpis:\n{lines}", "x.yaml"))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("reach: 30%", 0.3), ("reach: 30 %", 0.3), ("reach: .3", 0.3), ("reach: 0.3", 0.3), ("churn_risk: 30%", 0.3),
        ("importance: 4 #high", 4), ("importance: 4.5 #high", 4.5), ("moment_of_truth: true #yes", True),
    ],
)  # fmt: skip
def test_what_needs_no_help(line: str, value: object) -> None:
    text = f"title: T\npersona: P\ntouchpoints:\n  - title: I call\n    {line}\n  - They come\n"
    document = read_text(text, "x.yaml")
    assert document.journey is not None, document.findings
    assert getattr(document.journey.touchpoints[0], line.partition(":")[0]) == value


def test_the_text_with_its_quotes_keeps_the_feeling() -> None:
    document = read_text('title: T\npersona: P\ntouchpoints:\n  - "I call #2 support": calm\n  - They come\n', "x.yaml")
    assert document.journey is not None
    assert document.journey.touchpoints[0].title == "I call #2 support"
    assert document.journey.touchpoints[0].feeling == ("calm",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"a \\ud83d\\ude00 b"', "a \U0001f600 b"), ('"\\uD83D\\uDE00\\ud83d\\ude01"', "\U0001f600\U0001f601"),
        ('"\\\\ud83d\\\\ude00"', "\\ud83d\\ude00"), ("'\\ud83d\\uDE00'", "\\ud83d\\uDE00"),
        ("\\ud83d\\uDE00", "\\ud83d\\uDE00"),
    ],
)  # fmt: skip
def test_json_may_escape_characters_beyond_16_bits(written: str, meant: str) -> None:
    """`json.dumps` writes an emoji as the two escapes of a surrogate pair; JSON is YAML."""
    text = f"title: T  # \\ud83d\\ude02\npersona: P\ntouchpoints: [a, b]\nnote: {written}\nowner: me\n"
    document = read_text(text, "x.yaml")
    assert document.journey is not None, document.findings
    assert (document.journey.note, document.journey.owner) == (meant, "me")
    span = document.source.locate(("note",))
    assert text[span.start : span.end] == written


def test_half_of_a_pair_is_still_no_character() -> None:
    (finding,) = read_text('title: "a \\ud83d b"\npersona: P\ntouchpoints: [a, b]\n', "x.yaml").findings
    assert finding.rule == "yaml-syntax"
