"""What lint finds in the maps, by rule and by journey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from journeykit.finding import Finding
from journeykit.site.addresses import way
from journeykit.site.entries import Entry
from journeykit.site.frame import Frame, heading, nothing, page, section
from journeykit.site.parts import Column, Row, cell, cut, journey_link, table
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Element, Node, element

AT = "findings/index.html"
MOST = 500
"""The most findings of the list."""


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page of findings."""
    words = frame.words
    parts: list[Node | None] = [heading(words("findings.title"), element("p", words("findings.lead"), class_="lead"))]
    found = [(entry, finding) for entry in portfolio.entries for finding in entry.findings]
    if portfolio.unreadable:
        parts.append(_invalid(portfolio, frame))
    if found:
        counts = Counter((finding.rule, finding.severity) for _, finding in found)
        rows = [
            Row([cell(element("code", rule)), cell(severity_mark(frame, severity.word), by=-float(severity)),
                 cell(str(n))])
            for (rule, severity), n in sorted(counts.items(), key=lambda one: (-one[0][1], -one[1], one[0][0]))
        ]  # fmt: skip
        columns = [Column(words("column.rule")), Column(words("column.severity_of")),
                   Column(words("column.findings"), "n")]  # fmt: skip
        parts.append(section("rules", words("findings.rules"), table(frame, words("findings.rules"), columns, rows)))
        parts.append(_list(portfolio, frame, found))
    elif not portfolio.unreadable:
        parts.append(nothing(words("findings.none")))
    yield AT, page(frame, AT, words("findings.title"), *parts, part="findings")


def severity_mark(frame: Frame, severity: str) -> Element:
    """Return a severity as a word."""
    return element(
        "span", frame.words(f"finding.{severity}"), class_=f"mark {'bad' if severity == 'error' else ''}".strip()
    )


def _invalid(portfolio: Portfolio, frame: Frame) -> Element:
    words = frame.words
    columns = [Column(words("column.file")), Column(words("column.message"))]
    rows = [Row([cell(_place(frame, one)), cell(*message(one))]) for one in portfolio.unreadable[:MOST]]
    title = words("findings.invalid")
    return section(
        "invalid", title, table(frame, title, columns, rows), cut(frame, AT, len(rows), len(portfolio.unreadable))
    )


def _place(frame: Frame, finding: Finding) -> Node:
    return element("span", f"{finding.file}, {frame.words('findings.line', line=finding.start.line)}")


def message(finding: Finding) -> list[Node]:
    """Return what a finding says, and what to do."""
    help = [element("small", *with_code(finding.help))] if finding.help else []
    return [*with_code(finding.message), *help]


def with_code(text: str) -> list[Node]:
    """Return a text in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [text]  # a backtick of somebody's words
    return [element("code", part) if place % 2 else part for place, part in enumerate(parts) if part]


def _list(portfolio: Portfolio, frame: Frame, found: list[tuple[Entry, Finding]]) -> Element:
    words = frame.words
    columns = [
        Column(words("column.journey")), Column(words("column.place"), "n"), Column(words("column.message")),
        Column(words("column.rule")), Column(words("column.severity_of")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(journey_link(portfolio, AT, entry)),
                cell(_line(portfolio, frame, entry, one), by=float(one.start.line)),
                cell(*message(one)),
                cell(element("code", one.rule)),
                cell(severity_mark(frame, one.severity.word), by=-float(one.severity)),
            ]
        )
        for entry, one in found[:MOST]
    ]
    title = words("findings.files")
    return section("list", title, table(frame, title, columns, rows), cut(frame, AT, len(found[:MOST]), len(found)))


def _line(portfolio: Portfolio, frame: Frame, entry: Entry, one: Finding) -> Node:
    text = frame.words("findings.line", line=one.start.line)
    if "source" not in entry.variants:
        return text
    return element("a", text, href=way(AT, f"{portfolio.address(entry)}source/", f"L{one.start.line}"))
