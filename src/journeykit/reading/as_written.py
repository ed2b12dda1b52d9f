"""Findings that name a value as the file writes it, where the data no longer shows that.

`1.10` is the number 1.1, and a no-break space looks like a space.
"""

from __future__ import annotations

import re

from journeykit.finding import Advice, Finding, Severity, finding_at
from journeykit.model.normal import model_path
from journeykit.reading import schema_types as types
from journeykit.reading.faults import Fault
from journeykit.reading.invisible import in_value
from journeykit.source import Path, Source, Span

UNREADABLE = frozenset(
    (
        "unknown-feeling", "unreadable-time", "unreadable-duration", "unreadable-date", "unreadable-figure",
        "wrong-type", "unknown-choice", "unknown-id", "bad-id",
    )
)  # fmt: skip
"""Rules on a word or figure that cannot be read, which an invisible character may be the cause of."""
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[./]([0-9]{4})")
_QUOTED_NUMBER = re.compile(r'"([0-9.]+)"')
_PLAIN = re.compile(r"[-+.\w]{1,60}")
_COMMENT = re.compile(r"[ \t]+#[^\s#!][^\r\n\"\\]*")


def as_written(source: Source, span: Span, fault: Fault, path: Path) -> Finding:
    """Return the finding of a fault."""
    message, advice = fault.message, Advice(fault.help, fault.suggestion)
    written = source.text[span.start : span.end]
    if fault.rule in UNREADABLE and not source.text.isascii() and (odd := in_value(source.text, *span)):
        span, message = Span(odd.start, odd.end), f"{message}: it holds the character {odd.name}"
        advice = Advice(odd.help, odd.suggestion)
    elif fault.rule == "unreadable-date" and (match := _MONTH_FIRST.fullmatch(written)):
        message = _QUOTED_NUMBER.sub(f'"{written}"', message, count=1)
        month = f"{match[2]}-{int(match[1]):02}"
        advice = Advice(f"did you mean {month}?", (month,))
    elif fault.number and _PLAIN.fullmatch(written):
        message = message.replace(fault.number, written)
        advice = _quoting(source, span, fault, path, advice)
    return finding_at(
        source, span, fault.rule, Severity.ERROR, message, advice.help, path, suggestion=advice.suggestion
    )


def _quoting(source: Source, span: Span, fault: Fault, path: Path, advice: Advice) -> Advice:
    """Return the advice to quote a number as it is written, with what would become a comment behind the quotes."""
    written = source.text[span.start : span.end]
    pattern = types.pattern(model_path(path))
    if pattern and not re.fullmatch(pattern, written):
        return Advice("use a-z, 0-9 and hyphens")
    if comment := _COMMENT.match(source.text, span.end):
        return Advice(advice.help.replace(fault.number, written + comment[0].rstrip()))
    suggestion = (text.replace(fault.number, written) for text in advice.suggestion)
    return Advice(advice.help.replace(fault.number, written), tuple(suggestion))
