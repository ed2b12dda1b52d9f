"""The carry report: what came over from one format to another, what was lost, and what was guessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Lost(NamedTuple):
    """A value that has no place in the other format, where it stood, and why it was left out."""

    where: str
    value: str
    why: str
    field: str = ""
    """The field, such as `Touchpoint.pains`, where the other format has no place for it."""


class Guessed(NamedTuple):
    """A value that was written in another way, or put into a field that it may not have been meant for."""

    where: str
    field: str
    old: str
    new: str


@dataclass
class CarryReport:
    """What an import or an export carried: the number of values, and the list of what it did not carry as it was."""

    carried: int = 0
    lost: list[Lost] = field(default_factory=list)
    guessed: list[Guessed] = field(default_factory=list)
    read: list[tuple[str, str]] = field(default_factory=list)
    """What was found, and what it was taken for, such as the columns of a table."""

    def lose(self, where: str, value: object, why: str, field: str = "") -> None:
        """Note a value that was left out."""
        self.lost.append(Lost(where, shown_value(value), why, field))

    def guess(self, where: str, field: str, old: object, new: object) -> None:
        """Note a value that was changed."""
        self.guessed.append(Guessed(where, field, shown_value(old), shown_value(new)))

    def see(self, found: str, taken_for: str) -> None:
        """Note what something in the file was taken for."""
        self.read.append((found, taken_for))


def carry_json(reports: Sequence[CarryReport]) -> str:
    """Return the reports of one file as one report for programs, in JSON."""
    document = {
        "version": 1,
        "carried": sum(report.carried for report in reports),
        "lost": [{"where": one.where, "value": one.value, "why": one.why} for report in reports for one in report.lost],
        "guessed": [
            {"where": one.where, "field": one.field, "from": one.old, "to": one.new}
            for report in reports
            for one in report.guessed
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def shown_value(value: object) -> str:
    """Return a value as text for the report."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(shown_value, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown_value(one)}" for key, one in value.items())
    return str(value)
