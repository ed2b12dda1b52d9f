"""Leave known findings out of a run of lint, or write the baseline that holds them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from journeykit.config import Config
from journeykit.finding import Finding
from journeykit.linting import Linted, Selection
from journeykit.linting.baseline import NAME, Baseline, CheckedRules, read_baseline
from journeykit.project.reading import ReadResult
from journeykit.project.writing import make_folder, write_bytes, write_found, write_inside
from journeykit.reading.discovery import repository
from journeykit.reading.faults import PAGES


class Unknown(NamedTuple):
    """The findings that are not in the baseline, and how many are.

    `stale` counts entries that are found no longer; `written` those of a baseline that was written.
    """

    findings: tuple[Finding, ...]
    known: int = 0
    stale: int = 0
    written: int | None = None
    path: Path | None = None


def without_known(settings: Config, selection: Selection, read: ReadResult[Linted], write: bool) -> Unknown:
    """Return the findings of lint to report."""
    findings = tuple(finding for one in read.results for finding in one.findings)
    return findings_left(settings, findings, _checked_rules(selection, read), write)


def findings_left(settings: Config, findings: tuple[Finding, ...], checked: CheckedRules, write: bool) -> Unknown:
    """Return the findings to report; UsageError if the baseline does not exist, or cannot be read or written.

    `checked` are the rules that ran on each file: what others found before stays in the baseline.
    """
    name = settings.baseline
    if not write and not name:  # an empty name on the command line shows everything
        return Unknown(findings)
    path = Path(name or NAME)
    if write:
        old = read_baseline(path) if path.is_file() else Baseline(path)
        new = old.renewed(findings, checked)
        _write(path, new.text.encode("utf-8", "backslashreplace"), settings)
        refused = tuple(finding for finding in findings if finding.rule in PAGES)
        return Unknown(refused, written=new.size, path=path)
    left = read_baseline(path).without_known(findings, checked)
    return Unknown(left.findings, left.known, left.stale, path=path)


def _write(path: Path, data: bytes, settings: Config) -> None:
    """Write a baseline; one that the settings name must lie in their repository."""
    if "baseline" in settings.overridden_names:
        make_folder(path.parent)
        return write_bytes(path, data)
    if settings.path is None or not settings.baseline:
        return write_found(path, data, frozenset())
    folder = settings.path.parent
    return write_inside(repository(folder) or folder, path, data)


def _checked_rules(selection: Selection, read: ReadResult[Linted]) -> CheckedRules:
    """Return which rules ran on which files; none on a file that is no journey."""
    checked = {}
    for name, one in zip(read.names, read.results, strict=True):
        if not any(finding.rule in PAGES for finding in one.findings):
            failed = {failure.rule for failure in one.failures}
            checked[name] = frozenset(rule.id for rule in selection.rules_for(name)) - failed
    return checked
