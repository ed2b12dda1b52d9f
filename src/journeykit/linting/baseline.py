"""The baseline: findings that were there when a team began to lint, and that are left out until they are fixed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.errors import UsageError
from journeykit.files import read_regular_file
from journeykit.finding import Finding, fingerprints
from journeykit.reading.faults import PAGES

NAME = "journeykit-baseline.json"
VERSION = 1

Marks = Mapping[str, Mapping[str, frozenset[str]]]
"""Fingerprints by file (from the baseline's folder, with forward slashes) and rule."""
CheckedRules = Mapping[str, frozenset[str]]
"""The files that were linted, named as in findings, with the ids of the rules that ran on each."""


class Remainder(NamedTuple):
    """The findings that are not in a baseline, how many are in it, and how many of its entries are no longer found."""

    findings: tuple[Finding, ...]
    known: int
    stale: int


@dataclass(frozen=True)
class Baseline:
    """Known findings by their fingerprints. Errors of `validate` are never among them."""

    path: Path
    marks: Marks = field(default_factory=dict)

    def without_known(self, findings: Iterable[Finding], checked: CheckedRules) -> Remainder:
        """Remove known findings. An entry is stale if its rule ran and did not find it, or its file is gone."""
        new: list[Finding] = []
        seen: set[tuple[str, str, str]] = set()
        for finding, entry in self._entries(findings):
            if entry and entry[2] in self.marks.get(entry[0], {}).get(entry[1], ()):
                seen.add(entry)
            else:
                new.append(finding)
        waiting = self._waiting(checked)
        stale = [entry for entry in self._all() if entry not in seen and entry not in waiting]
        return Remainder(tuple(new), len(seen), len(stale))

    def renewed(self, findings: Iterable[Finding], checked: CheckedRules) -> Baseline:
        """Return a baseline of findings; entries whose file or rule was not checked this time stay in it."""
        entries = {entry for _, entry in self._entries(findings) if entry}
        entries |= self._waiting(checked)
        marks: dict[str, dict[str, frozenset[str]]] = {}
        for file, rule, mark in entries:
            rules = marks.setdefault(file, {})
            rules[rule] = rules.get(rule, frozenset()) | {mark}
        return replace(self, marks=marks)

    @property
    def text(self) -> str:
        """The text of the file: sorted, one fingerprint a line, so that diffs stay small."""
        found = {file: {rule: sorted(marks) for rule, marks in rules.items()} for file, rules in self.marks.items()}
        sorted_rules = {file: dict(sorted(rules.items())) for file, rules in sorted(found.items())}
        return json.dumps({"version": VERSION, "findings": sorted_rules}, ensure_ascii=False, indent=2) + "\n"

    @property
    def size(self) -> int:
        """The number of findings in it."""
        return sum(1 for _ in self._all())

    def _entries(self, findings: Iterable[Finding]) -> Iterator[tuple[Finding, tuple[str, str, str] | None]]:
        """Yield each finding with its file, rule and fingerprint, or with None if it cannot be in a baseline."""
        findings = list(findings)
        here = [finding._replace(file=self._name(finding.file)) for finding in findings]
        for finding, named, mark in zip(findings, here, fingerprints(here), strict=True):
            yield finding, None if finding.rule in PAGES else (named.file, finding.rule, mark)

    def _all(self) -> Iterator[tuple[str, str, str]]:
        for file, rules in self.marks.items():
            for rule, marks in rules.items():
                for mark in marks:
                    yield file, rule, mark

    def _waiting(self, checked: CheckedRules) -> set[tuple[str, str, str]]:
        """Return the entries that were not checked this time and whose files still exist."""
        ran = {self._name(file): rules for file, rules in checked.items()}
        there = {file for file in self.marks if file in ran or (self.path.parent / file).exists()}
        return {entry for entry in self._all() if entry[0] in there and entry[1] not in ran.get(entry[0], ())}

    def _name(self, file: str) -> str:
        return os.path.relpath(file, self.path.parent).replace(os.sep, "/")


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raise UsageError if the file is missing or is not a baseline."""
    try:
        data: Any = json.loads(read_regular_file(path).decode("utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such baseline", "journeykit lint --write-baseline makes it") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not a baseline: {_why(error)}", AGAIN) from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), dict):
        raise UsageError(f"{path}: not a baseline: it has no findings", AGAIN)
    if data.get("version") != VERSION:
        raise UsageError(f"{path}: a baseline of version {data.get('version')}, not {VERSION}", AGAIN)
    try:
        marks = {
            file: {rule: _texts(found) for rule, found in rules.items()} for file, rules in data["findings"].items()
        }
    except (AttributeError, TypeError):
        raise UsageError(f"{path}: not a baseline: findings are lists by file and rule", AGAIN) from None
    return Baseline(path, marks)


def _why(error: Exception) -> str:
    """Return why a file is not JSON, with the place where that is known."""
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return "nested too deep" if isinstance(error, RecursionError) else "a number is too long"


def _texts(found: Any) -> frozenset[str]:
    if not isinstance(found, list) or not all(isinstance(mark, str) for mark in found):
        raise TypeError
    return frozenset(found)


AGAIN = "if it is one, remove it and write it again with journeykit lint --write-baseline"
