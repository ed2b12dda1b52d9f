"""Whoever follows the help on broken YAML has the file that was meant: the mistake is gone, and nothing is lost.

Two ways to break a good map: a text is written without the quotes that it needs, and a line loses or gains a character.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.finding import Finding
from journeykit.reading import Document, read_text
from tests.conftest import examples

MAP = """\
title: I get my line fixed
persona:
  name: Maria
  note: She works at home
  wants: [to be online, to know when]
goals:
  - I am online again
  - goal: I know when they come
    kpi: calls
sources:
  - {id: talks, kind: interview, n: 8, who: Ten talks}
stages:
  - name: Before
    note: All that is before
    touchpoints:
      - I call: frustrated
      - title: I wait
        feeling: sad
        why: Too few people
      - {title: I ask again, feeling: calm, thinks: Well then}
  - name: After
    touchpoints:
      - They come: relieved
      - title: 'They say "done"'
        feeling: [calm, relieved]
        quote: "It's done, at last"
opportunities:
  - title: We tell when we come
    at: [they-come]
kpis:
  - {id: calls, kind: rate, value: 20%}
"""
SLOTS = (
    "title: {I get my line fixed}", "note: {She works at home}", "[{to be online}, to",
    "[to be online, {to know when}]", "- {I am online again}", "goal: {I know when they come}",
    "who: {Ten talks}}", "note: {All that is before}", "- {I call}: frustrated", "title: {I wait}",
    "why: {Too few people}", "{title: {I ask again}, feeling", "thinks: {Well then}}", "- {They come}: relieved",
    "title: {We tell when we come}",
)  # fmt: skip
"""Where a text stands in the map, in braces."""
BEFORE = ("@", "%", "*", "* ", "&", "& ", "? ", "`", "!", "[a] ", "{a} ", '"Yes" ', "'Yes' ", "#", ", ", ">5 ", "|", "")
WITHIN = (
    ": ",
    " #",
    ', "so": ',
    " it's: ",
    r" \d: ",
    " http://a.example: ",
    " 10:30: ",
    " - ",
    "; ",
    " [x] ",
    " (x): ",
    "",
)
REST = ("", " and a long rest" * 12)
TEXTS = st.tuples(*map(st.sampled_from, (BEFORE, ("a", "Two words", "Ügyfél"), WITHIN, ("b", "more words"), REST))).map(
    "".join
)


RULES = ("yaml-syntax", "text-cut", "custom-tag")


class Slot(NamedTuple):
    """A place for a text in the map: what is before it, the text that is there, and what follows."""

    before: str
    text: str
    after: str


def slot(pattern: str) -> Slot:
    found = re.fullmatch(r"(.*)\{([^{}]+)\}(.*)", pattern)
    assert found
    left, text, right = found.groups()
    assert MAP.count(left + text + right) == 1, pattern
    start = MAP.index(left + text + right) + len(left)
    return Slot(MAP[:start], text, MAP[start + len(text) :])


def read(text: str) -> Document:
    return read_text(text, "a.journey.yaml")


def data(document: Document) -> Any:
    assert document.yaml is not None
    return document.yaml.data


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


NAMED = re.compile(
    r"(?:write|put the (?:whole )?text into (?:one pair of )?quotes:) (?P<text>.+?)(?:; or leave a space after # .*)?"
)
"""A help that names what has to be there."""
QUOTES = re.compile(
    r"put the (?:whole |title|text|).*into (?:one pair of )?quotes.*|.*needs quotes|.*needs double quotes around it"
    r"|write one text|check quotes, colons and indentation|write something.*|check the commas and brackets"
)
"""A help that names no text, but quotes, or what is to be checked: who wrote the text knows it."""


def follow(place: Slot, text: str, help: str) -> str:
    """Return the map after what a help says about a text without quotes."""
    named = NAMED.fullmatch(help)
    if not named:
        assert QUOTES.fullmatch(help), help
        return place.before + single(text) + place.after
    before, after, wanted = place.before, place.after, named["text"]
    if key := re.search(r"([a-z]+): $", before):  # `write key: text` stands for both
        before = before.removesuffix(key[0]) if wanted.startswith(key[0]) else before
    rest = after.partition("\n")[0]
    if rest.startswith(":") and wanted.endswith(rest):  # and `write title: feeling`
        after = after.removeprefix(rest)
    return before + wanted + after


@settings(max_examples=examples(200))
@given(st.sampled_from(SLOTS), TEXTS)
def test_a_text_that_needs_quotes_is_saved_by_the_help(pattern: str, text: str) -> None:
    place = slot(pattern)
    meant = read(place.before + single(text) + place.after)
    assert meant.yaml is not None
    broken = read(place.before + text + place.after)
    mine = [one for one in broken.findings if one.start.line == place.before.count("\n") + 1]
    if not mine or not (mine[0].rule in RULES or mine[0].help.startswith("put the ")):
        return  # YAML as it stands, or a title with a feeling: what `test_help_words` follows
    after = read(follow(place, text, mine[0].help))
    assert after.findings == meant.findings, (mine[0].message, mine[0].help)
    assert data(after) == data(meant), (mine[0].message, mine[0].help)


def broken_lines() -> list[tuple[int, str, str]]:
    """Return each line with a mistake in it: its number from 0, the mistake, and what the line is then."""
    found = []
    for number, line in enumerate(MAP.splitlines()):
        indent = line[: len(line) - len(line.lstrip())]
        for name, other in {
            "no space after a colon": re.sub(r": (?=\w)", ":", line, count=1),
            "no space after a dash": re.sub(r"- (?=\w)", "-", line, count=1),
            "no colon": re.sub(r":( |$)", r"\1", line, count=1),
            "a tab": "\t" + line[2:] if indent else line,
            "one space more": " " + line,
            "one space less": line[1:] if indent else line,
            "no bracket at the end": re.sub(r"[]}]$", "", line),
            "no quote at the end": re.sub(r"[\"']$", "", line),
            "no quote at the start": re.sub(r": [\"']", ": ", line),
            "an apostrophe in quotes": re.sub(r"done\"?'$", "it's done'", line),
            "twice": f"{line}\n{line}" if re.match(r" *[a-z]+: \S", line) else line,
        }.items():
            if other != line:
                found.append((number, name, other))
    return found


RESTORED = (
    "use spaces", "align it", "remove the spaces", "add it", "close it with", "check ", "indent it",
    "all - of a list stand", "write key: value", "put the whole text", "start it with -", "inside ", "a text with",
    "leave a space after the colon;",
)  # fmt: skip
"""Helps that say where or what to mend, and whoever knows the map does."""


@pytest.mark.parametrize(("number", "name", "line"), broken_lines())
def test_a_broken_line_is_mended_by_its_help(number: int, name: str, line: str) -> None:
    lines = MAP.splitlines()
    document = read("\n".join((*lines[:number], line, *lines[number + 1 :])) + "\n")
    found = [one for one in document.findings if one.rule in ("yaml-syntax", "duplicate-key")]
    if not found:  # still YAML, with another meaning: what `test_help_words` follows
        return
    finding = found[0]
    where = finding.start.line - 1
    assert abs(where - number) <= 1 or "align" in finding.help or "check" in finding.help, (name, finding)
    after = mended(lines, number, line, finding)
    assert after.findings == (), (finding.message, finding.help)
    assert data(after) == data(read(MAP))


def mended(lines: list[str], number: int, line: str, finding: Finding) -> Document:
    """Return the map after what the help of a finding says about a line."""
    help, now = finding.help, line.splitlines()
    if finding.rule == "duplicate-key":
        del now[finding.start.line - 1 - number]
    elif help.startswith("write key: value") or help.startswith(RESTORED):
        now = [lines[number]]
    else:
        named = re.fullmatch(r"write (.+)", help)
        assert named, help
        kept = re.match(r" *" if named[1].startswith("- ") else r" *(?:- +)*", line)
        assert kept
        in_braces = "{" in line  # where the finding is about one of the keys
        start, end = (finding.start.column - 1, finding.end.column - 1) if in_braces else (kept.end(), len(line))
        now = [line[:start] + named[1] + line[end:]]
    return read("\n".join((*lines[:number], *now, *lines[number + 1 :])) + "\n")
