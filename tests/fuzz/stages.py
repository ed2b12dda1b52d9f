"""What holds of every input at every stage: read, lint, score, compare, draw, format, fix and print."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree

from journeykit.changing import apply_fixes
from journeykit.changing.fmt import format_journey
from journeykit.charts.picture import Picture, draw_pages
from journeykit.errors import UsageError
from journeykit.linting import Linted, Selection, lint
from journeykit.output.paint import Paint
from journeykit.output.report import Report, findings_format, formats
from journeykit.output.textconv import textconv
from journeykit.reading import Document, read_bytes, read_text
from journeykit.scoring import score, settings_for
from journeykit.vocabulary.channels import canonical_channel

NAME = "fuzzed.journey.yaml"
TODAY = date(2026, 11, 30)
SELECTION = Selection()


def judge(document: Document) -> Linted:
    """Lint by all rules of journeykit."""
    return lint(document, SELECTION, TODAY)


def check(data: bytes, *, pictures: bool = True) -> str:
    """Check one input and return how far it came; AssertionError or whatever else is raised is a fault."""
    document = read_bytes(data, NAME)
    assert (document.journey is None) == bool(document.findings)
    source = document.source
    for finding in document.findings:
        assert (1, 1) <= finding.start <= finding.end, finding
        assert finding.lines == tuple(source.lines[finding.start.line - 1 : finding.end.line])
    linted = judge(document)
    assert not linted.failures
    check_formats(Report(linted.findings, 1, names=(NAME,)))
    if document.journey is None:
        return "refused"
    try:
        scores = score(document.journey, settings_for(document.journey))
    except UsageError:
        return "not scored"
    if scores.score is not None:
        assert 0 <= scores.score <= 100
    assert_printable(textconv(document, settings_for(document.journey)))
    check_layout(document)
    check_fixes(document)
    if pictures:
        check_pictures(document, scores)
    return "drawn"


def check_formats(report: Report) -> None:
    """Every format of findings is what it says it is, and nothing in it is a command to a terminal."""
    for name in formats():
        text = findings_format(name)(report, Paint())
        text.encode("utf-8")
        assert_printable(text)
        if name in ("json", "gitlab", "sarif"):
            json.loads(text)
        elif name == "json-lines":
            [json.loads(line) for line in text.split("\n") if line]
        elif name == "junit":
            ElementTree.fromstring(text)
        elif name == "github":
            assert all(line.startswith(("::error ", "::warning ", "::notice")) for line in text.splitlines()), text


def assert_printable(text: str) -> None:
    """Assert that nothing in a text moves the cursor, or reorders or hides what stands in it."""
    bad = {letter for letter in text if letter != "\n" and (letter < " " or "\x7f" <= letter <= "\x9f")}
    bad |= set(text) & set(
        "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )
    assert not bad, sorted(map(ascii, bad))


def check_layout(document: Document) -> None:
    """Formatting keeps the data, and formatting again changes nothing."""
    found = format_journey(document)
    if found.broken:
        return
    again = read_text(found.text, NAME)
    assert again.journey is not None and document.journey is not None
    before, after = (_with_channel_ids(one.model_dump()) for one in (document.journey, again.journey))
    assert before == after, "formatting changed the journey"
    assert format_journey(again).text == found.text, "formatting is not idempotent"


def _with_channel_ids(value: Any) -> Any:
    """Return a value with the ids of channels in place of their other names, which formatting writes."""
    if isinstance(value, dict):
        return {key: _with_channel_ids(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_channel_ids(inner) for inner in value]
    return canonical_channel(value) or value if isinstance(value, str) else value


def check_fixes(document: Document) -> None:
    """Fixes leave a journey, and fixing again makes none."""
    for unsafe in (False, True):
        fixed = apply_fixes(document, judge, unsafe)
        assert fixed.document.journey is not None, "a fix broke the journey"
        again = apply_fixes(fixed.document, judge, unsafe)
        assert again.document.source.text == fixed.document.source.text, "fixing again changes more"


def check_pictures(document: Document, scores: Any) -> None:
    """Every chart is well-formed and holds nothing that runs or is loaded."""
    assert document.journey is not None
    for chart in ("map", "curve", "blueprint"):
        try:
            pages = list(draw_pages(document.journey, scores, Picture("svg", chart)))
        except UsageError:  # too long for one picture
            continue
        for data, _ in pages:
            check_svg(data)


def check_svg(data: bytes) -> None:
    """An SVG is XML without scripts, handlers, or anything that is loaded; it links to web pages and mailboxes only."""
    for element in ElementTree.fromstring(data).iter():
        tag = element.tag.rpartition("}")[2]
        assert tag not in ("script", "foreignObject", "iframe", "set", "animate"), tag
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            assert not local.lower().startswith("on"), name
            may_be = ("https://", "http://", "mailto:") if tag == "a" else ("#", "data:image/")
            assert local != "href" or value.startswith(may_be), value
