"""What the baseline does to a run of lint: known findings are left out, or all that there is now is written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from journeykit.cli.console import emit
from journeykit.cli.inputs import Inputs
from journeykit.config import Config
from journeykit.finding import Finding
from journeykit.linting import Linted, Selection
from journeykit.linting.baseline import NAME, Baseline, Judged, read_baseline
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted
from journeykit.reading.faults import PAGES

__all__ = ["NAME", "Left", "held_against_baseline"]


class Left(NamedTuple):
    """The findings to report, how many the baseline holds, and what to say of it."""

    findings: tuple[Finding, ...]
    known: int = 0
    remarks: tuple[str, ...] = ()


def held_against_baseline(config: Config, selection: Selection, inputs: Inputs[Linted], write: bool) -> Left:
    """What remains to be reported; UsageError where the baseline is not there, or is none."""
    findings = tuple(finding for one in inputs.made for finding in one.findings)
    if not write and not config.baseline:  # an empty name on the command line shows everything
        return Left(findings)
    path = Path(config.baseline or NAME)
    judged = _judged(selection, inputs)
    if write:
        old = read_baseline(path) if path.is_file() else Baseline(path)
        new = old.renewed(findings, judged)
        emit(new.text, path)
        refused = tuple(finding for finding in findings if finding.rule in PAGES)
        remark = f"{shown_name(str(path))} holds {counted(new.size, 'finding')} now"
        return Left(refused, 0, (remark + ("" if config.baseline else f"; lint with --baseline {path}") + ".",))
    left = read_baseline(path).without_known(findings, judged)
    return Left(left.findings, left.known, _of_stale(left.stale, shown_name(str(path))))


def _of_stale(number: int, path: str) -> tuple[str, ...]:
    """What is found no longer makes no run fail: it is news that somebody mended it."""
    if not number:
        return ()
    are, them = ("is", "it") if number == 1 else ("are", "them")
    entries = counted(number, "entry", "entries")
    return (f"{entries} of {path} {are} found no longer; --write-baseline takes {them} out.",)


def _judged(selection: Selection, inputs: Inputs[Linted]) -> Judged:
    """Which rules ran on which files; none on a file that is no journey."""
    judged = {}
    for name, one in zip(inputs.names, inputs.made, strict=True):
        if not any(finding.rule in PAGES for finding in one.findings):
            failed = {failure.rule for failure in one.failures}
            judged[name] = frozenset(rule.id for rule in selection.rules_for(name)) - failed
    return judged
