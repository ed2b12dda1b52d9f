"""Turn faults into findings: at their place in the text, each once, with values quoted as the file writes them.

The data does not always show how a value is written: `1.10` is the number 1.1, and a no-break space looks like a space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from journeykit.finding import Advice, Finding, Severity, finding_at
from journeykit.model.normalisation import model_path
from journeykit.reading import schema_types as types
from journeykit.reading.faults import Fault
from journeykit.reading.invisible import in_value
from journeykit.reading.yaml_builder import ParsedYaml
from journeykit.reading.yaml_faults import YamlFault
from journeykit.source import KeyPath, Position, Source, Span

UNREADABLE = frozenset(
    (
        "unknown-feeling", "unreadable-time", "unreadable-duration", "unreadable-date", "unreadable-figure",
        "wrong-type", "unknown-choice", "unknown-id", "unknown-key", "bad-id",
    )
)  # fmt: skip
"""Rules on a word or figure that cannot be read; the cause may be an invisible character."""
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[./]([0-9]{4})")
_QUOTED_NUMBER = re.compile(r'"([0-9.]+)"')
_PLAIN = re.compile(r"[-+.\w]{1,60}")
_COMMENT = re.compile(r"[ \t]+#[^\s#!][^\r\n\"\\]*")


def yaml_findings(source: Source, faults: Iterable[YamlFault]) -> list[Finding]:
    """Return a finding for each fault of the YAML."""
    return [
        finding_at(source, Span(fault.start, fault.end), fault.rule, Severity.ERROR, fault.message, fault.help)
        for fault in faults
    ]


CONSEQUENCES = frozenset(
    ("missing-key", "too-short", "stages-or-touchpoints", "unknown-id", "decision-shares", "sums-differ", "one-form")
)
"""Rules that report something missing: where the YAML itself is wrong, it may be what could not be read."""


def data_findings(source: Source, faults: Iterable[Fault], parsed: ParsedYaml) -> list[Finding]:
    """Return the findings on the data: each mistake once, without consequences of mistakes in the YAML."""
    found: list[Finding] = []
    seen: set[object] = set()
    ignored = set(CONSEQUENCES) if parsed.recovered else set()
    if any(fault.rule == "duplicate-key" for fault in parsed.faults):
        ignored.add("unknown-id")
    damaged = _DamagedText(source, parsed)
    for fault in faults:
        span = source.locate(fault.path, fault.part)
        place = (span, fault.rule, fault.message)  # an alias has the same mistake at several paths
        if fault.path in seen or place in seen or fault.rule in ignored or damaged.touches(span):
            continue
        seen.update((fault.path, place))
        path = fault.path if fault.rule != "missing-key" or source.has(fault.path) else fault.path[:-1]
        found.append(_data_finding(source, span, fault, path))
    return found


class _DamagedText:
    """The spans of a text where the YAML is wrong; for a syntax error the whole line."""

    def __init__(self, source: Source, parsed: ParsedYaml) -> None:
        spans = []
        for fault in parsed.faults:
            spans.append((fault.start, max(fault.end, fault.damage_end, fault.start + 1)))
            if fault.mask:
                line = source.position(fault.start).line
                spans.append((source.offset(Position(line, 1)), source.offset(Position(line + 1, 1))))
                spans.append((fault.mask.start, fault.mask.end))
        spans.sort()
        self.starts = [start for start, _ in spans]
        self.ends = list(accumulate((end for _, end in spans), max))

    def touches(self, span: Span) -> bool:
        """Return whether a span overlaps or adjoins damaged text."""
        at = bisect_right(self.starts, span.end)
        return at > 0 and span.start < self.ends[at - 1]


def _data_finding(source: Source, span: Span, fault: Fault, path: KeyPath) -> Finding:
    """Return the finding of a fault."""
    message, advice = fault.message, Advice(fault.help, fault.suggestion)
    written = source.text[span.start : span.end]
    if fault.rule in UNREADABLE and not source.text.isascii() and (odd := in_value(source.text, *span)):
        span, message = Span(odd.start, odd.end), f"{message}: it holds the character {odd.name}"
        advice = Advice(odd.help, odd.suggestion)
    elif fault.rule == "unreadable-date" and (match := _MONTH_FIRST.fullmatch(written)):
        message = _QUOTED_NUMBER.sub(f'"{written}"', message, count=1)
        month = f"{match[2]}-{int(match[1]):02}"
        if " is not a day" not in message:  # which a month is not enough for
            advice = Advice(f"did you mean {month}?", (month,))
    elif fault.number and _PLAIN.fullmatch(written):
        message = message.replace(fault.number, written)
        advice = _quoting(source, span, fault, path, advice)
    return finding_at(
        source, span, fault.rule, Severity.ERROR, message, advice.help, path, suggestion=advice.suggestion
    )


def _quoting(source: Source, span: Span, fault: Fault, path: KeyPath, advice: Advice) -> Advice:
    """Return the advice to quote a number as the file writes it, with the comment after it if that belongs to it."""
    written = source.text[span.start : span.end]
    pattern = types.pattern(model_path(path))
    if pattern and not re.fullmatch(pattern, written):
        return Advice("use a-z, 0-9 and hyphens")
    if comment := _COMMENT.match(source.text, span.end):
        return Advice(advice.help.replace(fault.number, written + comment[0].rstrip()))
    suggestion = (text.replace(fault.number, written) for text in advice.suggestion)
    return Advice(advice.help.replace(fault.number, written), tuple(suggestion))
