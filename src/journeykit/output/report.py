"""The result of validating or linting, as every findings format takes it."""

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
    """All findings over a number of files; those milder than `show` are counted but not listed.

    `names` are those of the files, also of files without findings; what is milder than `fail_on` does not make the
    command fail.
    """

    all_findings: tuple[Finding, ...]
    files: int
    show: Severity = Severity.INFO
    names: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    own_pages: Mapping[str, str] = field(default_factory=dict)
    """The pages of rules of a team's own, by id."""
    unsafe_fixes: bool = False
    """Whether fixes that are not safe are asked for too."""

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings to list: errors first, then by file and place."""
        listed = [finding for finding in self.all_findings if finding.severity >= self.show]
        return sorted(listed, key=lambda finding: (finding.severity < Severity.ERROR, *finding.order))

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many findings of each severity there are, listed or not."""
        return Counter(finding.severity for finding in self.all_findings)

    def at_least(self, severity: Severity) -> int:
        """Return how many findings are as bad as this, or worse."""
        return sum(count for found, count in self.counts.items() if found >= severity)


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
    """Return whether a format tells what each fix changes in the text."""
    return getattr(_module(name), "EDITS", False)


def _module(name: str) -> ModuleType:
    return import_module(f"journeykit.output.findings.{name.replace('-', '_')}")
