"""The line that ends a run."""

from __future__ import annotations

from journeykit.finding import Severity
from journeykit.output.report import Report


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def validate_summary(report: Report) -> str:
    """How many files were checked, and what was wrong with them."""
    errors = report.counts[Severity.ERROR]
    if not errors:
        return f"{counted(report.files, 'journey')}, all valid." if report.files != 1 else "1 journey, valid."
    bad = len({finding.file for finding in report.all_findings})
    files = f"{bad} of {report.files:,} files" if report.files > 1 else "1 file"
    return f"{counted(errors, 'error')} in {files}."
