"""The last line of the output of `validate` and `lint`."""

from __future__ import annotations

from journeykit.finding import Severity
from journeykit.output.report import Report

_MANY = {Severity.INFO: "info"}


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def validate_summary(report: Report) -> str:
    """Return how many files were checked, and what was wrong with them."""
    errors = report.counts[Severity.ERROR]
    if not errors:
        return f"{counted(report.files, 'journey')}, all valid." if report.files != 1 else "1 journey, valid."
    bad = len({finding.file for finding in report.all_findings})
    files = f"{bad} of {report.files:,} files" if report.files > 1 else "1 file"
    return f"{counted(errors, 'error')} in {files}."


def lint_summary(report: Report, suppressed: int, baselined: int = 0) -> str:
    """Return how many findings there are, and how many of them were not printed."""
    counts = report.counts
    listed = [
        counted(counts[severity], severity.word if severity is not Severity.INFO else "info finding")
        for severity in sorted(Severity, reverse=True)
        if counts[severity] and severity >= report.show
    ]
    noun = "file" if counts[Severity.ERROR] else "journey"  # a file with errors may not be a journey
    found = f"{' and '.join(listed)} in {counted(report.files, noun)}" if listed else (
        f"{counted(report.files, noun)}, {_nothing(report)}"
    )  # fmt: skip
    hidden = [
        f"{counted(counts[severity], severity.word, _MANY.get(severity, ''))} (--show {severity.word})"
        for severity in sorted(Severity, reverse=True)
        if counts[severity] and severity < report.show
    ]
    if suppressed:
        hidden.append(f"{suppressed:,} suppressed")
    if baselined:
        hidden.append(f"{baselined:,} in the baseline")
    return found + (f"; not shown: {', '.join(hidden)}" if hidden else "") + "."


def _nothing(report: Report) -> str:
    """Return the summary of a run that lists nothing, which findings that are not shown may make fail."""
    if not report.at_least(report.fail_on):
        return "nothing to report"
    return "no errors" if report.show is Severity.ERROR else "no errors or warnings"
