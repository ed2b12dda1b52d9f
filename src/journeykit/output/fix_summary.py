"""Summaries of fixes at the end of a run: how many were made, and how many more are possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from journeykit.finding import Finding
from journeykit.output.summary import counted


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
