"""The format for people: each finding with its underlined text, and what to do."""

from __future__ import annotations

from journeykit.finding import Finding, Severity
from journeykit.output.paint import Paint, one_line, shown, shown_name, width
from journeykit.output.report import Report

STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
WIDEST = 110
"""The longest line of text; longer ones are cut around the finding."""


def write(report: Report, paint: Paint) -> str:
    """Return a block of lines for each finding."""
    return "".join(_block(finding, paint, report.unsafe_fixes) + "\n" for finding in report.findings)


def _block(finding: Finding, paint: Paint, unsafe: bool) -> str:
    style = STYLES[finding.severity]
    number = str(finding.start.line)
    gutter = " " * len(number)
    bar = paint("|", "blue")
    label = paint(f"{finding.severity.word}[{finding.rule}]", style, "bold")
    head = f"{label}: {fixable_mark(finding, paint, unsafe)}{paint(one_line(finding.message), 'bold')}\n"
    place = f"{gutter}{paint('-->', 'blue')} {shown_name(finding.file)}:{finding.start.line}:{finding.start.column}\n"
    before, marked, after = _cut(finding)
    line = f"{paint(number, 'blue')} {bar} {before}{marked}{after}".rstrip() + "\n"
    under = " " * width(before) + paint("^" * max(1, width(marked)), style, "bold")
    help = f"{gutter} {paint('=', 'blue')} {paint('help', 'bold')}: {one_line(finding.help)}\n" if finding.help else ""
    return f"{head}{place}{gutter} {bar}\n{line}{gutter} {bar} {under}\n{help}"


def fixable_mark(finding: Finding, paint: Paint, unsafe: bool) -> str:
    """Return the mark of what --fix (with --unsafe-fixes, if given) can fix, with a space; else ""."""
    fixable = finding.fix and finding.edits and (finding.fix.safe or unsafe)
    return f"[{paint('*', 'cyan')}] " if fixable else ""


def _cut(finding: Finding) -> tuple[str, str, str]:
    """Return the first line of a finding in three parts: before it, the finding, and after it."""
    line = finding.lines[0] if finding.lines else ""
    start = finding.start.column - 1
    end = finding.end.column - 1 if finding.end.line == finding.start.line else len(line)
    before, marked, after = (
        shown(part) for part in (line[:start], line[start : max(end, start)], line[max(end, start) :])
    )
    if len(before) + len(marked) + len(after) > WIDEST:
        if len(before) > WIDEST // 2:
            before = "…" + before[-WIDEST // 2 :]
        if len(marked) > WIDEST // 2:
            marked = marked[: WIDEST // 2] + "…"
        after = after[: max(0, WIDEST - len(before) - len(marked))] + ("…" if after else "")
    return before, marked, after
