"""Every help of `validate` can be followed, or names no text: over broken files of each field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.finding import Finding
from journeykit.reading import Document, read_text
from journeykit.source import KeyOrValue, KeyPath
from tests.conftest import examples
from tests.reading.followed import WAYS, in_place, worse
from tests.reading.test_mistakes import CASES

MAP = (Path(__file__).parents[1] / "data" / "all_fields.journey.yaml").read_text(encoding="utf-8")
WRONG = (
    "3", "-1", "0.5", "1.5", "150", "1e3", "1e400", ".nan", "-.inf", "0x1F", "007", "1.10", "1_000", "1,5",
    "50 %", "150%", "-5%", "'3'", "\"0,5\"", "\"30%\"", "yes", "True", "~", "''", "[]", "{}", "[1]", "[a]",
    "[a, b]", "[[a]]", "{a: 1}", "{a: b}", "hello", "hello world", "Hello World", "12.3.2026", "2026-3-2",
    "2026-02-30", "03/2026", "2026-Q5", "January 2026", "today", "3 days", "3d", "3 m", "3m", "+3d", "-3d",
    "1h30", "2-3d", "day3", "day 3pm", "10:30", "9am", "week 2", "P3D", "PT", "Medium", "hgih", "none", "end",
    "Phone", "clam", "angry and sad", "'angry, sad'", "sehr gut", "😀", "1..5", "1-5", "german", "EN", "de_AT",
    "CSAT", "company", "ä", "Ä_ö", "x y z", "[angry, clam]", "talks", "call", "99999999999999999999",
)  # fmt: skip
KEYS = ("name", "description", "Id", "emotion", "date", "colour", "titel", "1", "''", "my own key", "x")
NAMELESS = re.compile(
    "|".join((
        r"write (one text|something|it out|the keys out|a number|a whole number|hours|a day (of|that)|top:|value:)",
        r"write their scale,|write the text that|write plain spaces instead",
        r"write (the standard deviation|it once|a feeling word;|a key, or|one item a line|a-z, 0-9 and hyphens, or)",
        r"write touchpoints?: below|write title:, persona: and touchpoints:",
        r"write \w+: .*…|write \{.*…|write \{.*\}, (such|with)",
        r"name |use a-z|start each item|put |keep |give |let |correct |move |check |indent |say how many |remove ",
        r"add (touchpoints: and|what|it under) |keys are whole numbers here",
            r"paths are written with |`journeykit (schema|feelings)`",
        r"make each word an item of its own|the feeling comes last: |offsets count from |is this part of the title",
        r"if that is its id, put it into quotes: |the first is on line |a text with a comma ",
        r".* (belongs to .*: check the indentation|is there already: keep one of them)$",
        r".* means its start, 00:00: add a time of day$",
    ))
)  # fmt: skip
"""Helps that say what to do and name no text that would be right as it stands."""


def follow(document: Document, finding: Finding) -> list[Document] | None:
    """Return the file after each text that a help names; None if it names none that this test can follow."""
    if finding.suggestion:
        return [in_place(document, finding, text) for text in finding.suggestion]
    found = [(way, match) for pattern, way in WAYS if (match := re.fullmatch(pattern, finding.help))]
    return [after for way, match in found for after in way(document, finding, match)] if found else None


def check(document: Document) -> int:
    """Follow all helps of a file, each on its own; the number of texts."""
    followed = 0
    for finding in document.findings:
        if finding.rule == "yaml-syntax" and not finding.suggestion:
            continue  # `test_mistakes` has their texts; what follows a syntax error is only known once it is gone
        texts = follow(document, finding)
        assert texts is not None or NAMELESS.match(finding.help), f"WAYS: how to follow {finding.help}"
        for after in texts or ():
            found = worse(document, after, finding)
            assert not found, (finding.path, finding.message, finding.help, found)
            followed += 1
    return followed


def paths(data: object, path: KeyPath = ()) -> list[tuple[KeyPath, KeyOrValue]]:
    found: list[tuple[KeyPath, KeyOrValue]] = [(path, "value")] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += [((*path, key), "key"), *paths(value, (*path, key))]
    elif isinstance(data, list):
        for number, value in enumerate(data):
            found += paths(value, (*path, number))
    return found


GOOD = read_text(MAP, "router.journey.yaml")
assert GOOD.yaml is not None
assert GOOD.journey is not None, GOOD.findings
PLACES = paths(GOOD.yaml.data)


def broken(path: KeyPath, part: KeyOrValue, text: str) -> Document:
    found = GOOD.source.locate(path, part)
    return read_text(MAP[: found.start] + text + MAP[found.end :], "router.journey.yaml")


@settings(max_examples=examples(400))
@given(st.sampled_from([path for path, part in PLACES if part == "value"]), st.sampled_from(WRONG))
def test_whoever_follows_the_help_on_a_value_is_better_off(path: KeyPath, text: str) -> None:
    check(broken(path, "value", text))


@settings(max_examples=examples(200))
@given(st.sampled_from([path for path, part in PLACES if part == "key"]), st.data())
def test_whoever_follows_the_help_on_a_key_is_better_off(path: KeyPath, data: st.DataObject) -> None:
    key = str(path[-1])
    slips = [key[:-1], key[1:], key + "s", key.upper(), key.replace("_", "-"), key[:1] + key, *KEYS]
    check(broken(path, "key", data.draw(st.sampled_from([slip for slip in slips if slip]))))


@pytest.mark.parametrize("title", CASES)
def test_whoever_follows_the_help_on_a_known_mistake_is_better_off(title: str) -> None:
    check(read_text(CASES[title].text, "home.journey.yaml"))


def test_a_followed_help_is_no_rare_thing() -> None:
    assert sum(check(broken(path, "value", "150%")) for path, part in PLACES[::3] if part == "value") > 30


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("kpis", 0, "kind"), "{a: 1}"), (("kpis", 0, "kind"), "[a]"), (("kpis", 0, "scale"), "{a: 1}"),
        (("stages", 0, "touchpoints", 0, "measured", "n"), "1e400"), (("kpis", 3, "k"), ".inf"),
        (("sources", 0, "n"), ".nan"),
        (("stages", 0, "touchpoints", 0, "measured", "scale"), "[1]"), (("kpis", 0, "counts"), "{1: 1e400}"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_a_finding_and_no_failure(path: KeyPath, text: str) -> None:
    assert broken(path, "value", text).findings
