"""One line for each finding, for editors and grep: `file:line:column: severity[rule] message`.

As in the full format, `[*]` before the message marks what --fix can fix.
"""

from __future__ import annotations

from journeykit.output.findings.full import STYLES, fixable_mark
from journeykit.output.paint import Paint, one_line, shown_name
from journeykit.output.report import Report


def write(report: Report, paint: Paint) -> str:
    """Return a line for each finding."""
    lines = []
    for finding in report.findings:
        place = f"{shown_name(finding.file)}:{finding.start.line}:{finding.start.column}:"
        label = paint(f"{finding.severity.word}[{finding.rule}]", STYLES[finding.severity])
        help = f" ({one_line(finding.help)})" if finding.help else ""
        mark = fixable_mark(finding, paint, report.unsafe_fixes)
        lines.append(f"{paint(place, 'bold')} {label} {mark}{one_line(finding.message)}{help}\n")
    return "".join(lines)
