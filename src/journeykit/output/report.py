"""The result of `validate` or `lint`: the input of every findings format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from journeykit.finding import Finding, Severity
from journeykit.output.paint import Paint


@dataclass(frozen=True, repr=False, eq=False)
class Report:
    """All findings of a number of files; those less severe than `show` are counted but not listed.

    `names` are those of all files, with or without findings; findings less severe than `fail_on` do not make the
    command fail.
    """

    all_findings: tuple[Finding, ...]
    files: int
    show: Severity = Severity.INFO
    names: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    own_pages: Mapping[str, str] = field(default_factory=dict)
    """The pages of own rules, by id."""
    unsafe_fixes: bool = False
    """Whether unsafe fixes are requested too."""

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings to list: errors first, then by file and place."""
        listed = [finding for finding in self.all_findings if finding.severity >= self.show]
        return sorted(listed, key=lambda finding: (finding.severity < Severity.ERROR, *finding.order))

    @cached_property
    def counts(self) -> Counter[Severity]:
        """The number of findings of each severity, listed or not."""
        return Counter(finding.severity for finding in self.all_findings)

    def at_least(self, severity: Severity) -> int:
        """Return the number of findings of at least this severity."""
        return sum(count for found, count in self.counts.items() if found >= severity)


FOR_PEOPLE = ("full", "concise")
"""Formats whose lines are read by people, and by no program."""

Format = Callable[[Report, Paint], str]


def formats() -> list[str]:
    """Return the names of the findings formats: the one for people first, then by alphabet."""
    from journeykit.output import findings

    names = [name.replace("_", "-") for _, name, _ in iter_modules(findings.__path__)]
    return sorted(names, key=lambda name: (name != "full", name))


def findings_format(name: str) -> Format:
    """Return the function that writes a report in a format."""
    write: Format = _module(name).write
    return write


def shows_edits(name: str) -> bool:
    """Return whether a format includes the edits of text that each fix makes."""
    return getattr(_module(name), "EDITS", False)


def _module(name: str) -> ModuleType:
    return import_module(f"journeykit.output.findings.{name.replace('-', '_')}")
