"""Summaries at the end of a run of `validate` and `lint`: what was found, and what was or can be fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from journeykit.finding import Finding, Severity
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


def fixed_summary(applied: Counter[str], left: int) -> str:
    """Return how many findings were fixed, by rule; "" if there are none."""
    if not applied:
        return ""
    by_rule = ", ".join(f"{count:,} {rule}" for rule, count in sorted(applied.items()))
    return f"Fixed {applied.total():,} of {counted(applied.total() + left, 'finding')}: {by_rule}."


def refused_summary(refused: Counter[str]) -> str:
    """Return how many selected fixes could not be made, by reason; "" where none."""
    by_reason = ", ".join(f"{count:,} {reason}" for reason, count in refused.most_common())
    return f"{counted(refused.total(), 'fix', 'fixes')} not made: {by_reason}." if refused else ""


def fixable_summary(findings: Sequence[Finding], unsafe: bool, fixing: bool = False) -> str:
    """Return how many findings the options for fixing would fix; "" where none."""
    chosen, more = _fixable(findings, unsafe)
    if fixing:  # the selected fixes are made
        return f"{more:,} more fixable with --unsafe-fixes." if more else ""
    if not chosen:
        return f"{more:,} fixable with --fix --unsafe-fixes." if more else ""
    option = "--fix --unsafe-fixes" if unsafe else "--fix"
    return f"[*] {chosen:,} fixable with {option}" + (f", {more:,} more with --unsafe-fixes." if more else ".")


def would_fix_summary(applied: Counter[str], findings: Sequence[Finding], unsafe: bool) -> str:
    """Return which findings would be fixed, and how many more need --unsafe-fixes."""
    by_rule = ", ".join(f"{count:,} {rule}" for rule, count in sorted(applied.items()))
    would = f"Would fix {counted(applied.total(), 'finding')}: {by_rule}" if applied else "Nothing would be fixed"
    more = _fixable(findings, unsafe)[1]
    return would + (f"; {more:,} more with --unsafe-fixes." if more else ".")


def _fixable(findings: Sequence[Finding], unsafe: bool) -> tuple[int, int]:
    """Return how many findings have a selected fix, and a fix that is not selected."""
    fixes = [finding.fix for finding in findings if finding.fix]
    chosen = sum(fix.safe or unsafe for fix in fixes)
    return chosen, len(fixes) - chosen
