"""Findings on what stands in the text, where plain data no longer shows it."""

from __future__ import annotations

import re

from journeykit.finding import Finding, Severity, finding_at
from journeykit.reading.faults import Fault
from journeykit.reading.invisible import in_value
from journeykit.source import Path, Source, Span

UNREADABLE = frozenset(
    (
        "unknown-feeling", "unreadable-time", "unreadable-duration", "unreadable-date", "unreadable-figure",
        "wrong-type", "unknown-choice", "unknown-id", "bad-id",
    )
)  # fmt: skip
"""Rules that tell of a word or figure that nobody understands: a character that one cannot see may be why."""
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[./]([0-9]{4})")
_NUMBER = re.compile(r'"([0-9.]+)"')


def as_written(source: Source, span: Span, fault: Fault, path: Path) -> Finding:
    """The finding of a fault, which names a number as the file has it and a character that nobody sees."""
    message, help, suggestion = fault.message, fault.help, fault.suggestion
    if fault.rule in UNREADABLE and not source.text.isascii() and (odd := in_value(source.text, *span)):
        span, message, help = Span(odd.start, odd.end), f"{message}: it holds the character {odd.name}", odd.help
        suggestion = ()
    elif fault.rule == "unreadable-date" and (match := _MONTH_FIRST.fullmatch(source.text, *span)):
        message = _NUMBER.sub(f'"{match[0]}"', message, count=1)
        meant = f"{match[2]}-{int(match[1]):02}"
        help, suggestion = f"did you mean {meant}?", (meant,)
    return finding_at(source, span, fault.rule, Severity.ERROR, message, help, path, suggestion=suggestion)
