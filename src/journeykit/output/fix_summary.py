"""What is said of fixes at the end of a run: how many were made, and how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from journeykit.finding import Finding
from journeykit.output.summary import counted


def fixed_summary(made: Counter[str], left: int) -> str:
    """Return how many findings were fixed, by rule; "" where none."""
    if not made:
        return ""
    by_rule = ", ".join(f"{count:,} {rule}" for rule, count in sorted(made.items()))
    return f"Fixed {made.total():,} of {counted(made.total() + left, 'finding')}: {by_rule}."


def refused_summary(refused: Counter[str]) -> str:
    """Return how many fixes that were asked for could not be made, by reason; "" where none."""
    by_reason = ", ".join(f"{count:,} {reason}" for reason, count in refused.most_common())
    return f"{counted(refused.total(), 'fix', 'fixes')} not made: {by_reason}." if refused else ""


def fixable_summary(findings: Sequence[Finding], unsafe: bool, fixing: bool = False) -> str:
    """Return how many findings the options for fixing would mend; "" where none."""
    asked, more = _fixable(findings, unsafe)
    if fixing:  # what was asked for is done
        return f"{more:,} more fixable with --unsafe-fixes." if more else ""
    if not asked:
        return f"{more:,} fixable with --fix --unsafe-fixes." if more else ""
    option = "--fix --unsafe-fixes" if unsafe else "--fix"
    return f"[*] {asked:,} fixable with {option}" + (f", {more:,} more with --unsafe-fixes." if more else ".")


def would_fix_summary(made: Counter[str], findings: Sequence[Finding], unsafe: bool) -> str:
    """Return what fixing would do, and what it would not."""
    by_rule = ", ".join(f"{count:,} {rule}" for rule, count in sorted(made.items()))
    would = f"Would fix {counted(made.total(), 'finding')}: {by_rule}" if made else "Nothing would be fixed"
    more = _fixable(findings, unsafe)[1]
    return would + (f"; {more:,} more with --unsafe-fixes." if more else ".")


def _fixable(findings: Sequence[Finding], unsafe: bool) -> tuple[int, int]:
    """Return how many findings have a fix that is asked for, and one that is not."""
    fixes = [finding.fix for finding in findings if finding.fix]
    asked = sum(fix.safe or unsafe for fix in fixes)
    return asked, len(fixes) - asked
