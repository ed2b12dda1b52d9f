"""The rules as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from journeykit.output.table import Column, Table
from journeykit.rules import Rule

OFF = "off"
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", OFF: "dim"}


def rules(known: Iterable[Rule], runs: Callable[[Rule], bool], grouped: bool = False) -> Table:
    """Return a row for each rule, family by family, with its severity and limits as they are in force.

    `runs` tells whether lint uses a rule; with `grouped` a family stands in the first of its rows only.
    """
    columns = [
        Column("family", "Family", empty="", drop_order=2),
        Column("id", "Rule"),
        Column("severity", "Severity", style=lambda word: STYLES[word]),
        Column("enabled", "", for_programs=True),
        Column("fix", "Fix", empty=""),
        Column("limits", "Limits", _limits, wraps=True, empty="", drop_order=1),
        Column("summary", "Finds", wraps=True),
        Column("plugin", "", for_programs=True),
    ]
    rows: list[list[Any]] = []
    before = ""
    for rule in sorted(known, key=lambda rule: rule.family):
        on = runs(rule)
        family = "" if grouped and rule.family == before else rule.family
        severity = rule.severity.word if on or not grouped else OFF
        limits = {name.replace("_", "-"): value for name, value in rule.limits.items()}
        rows.append([family, rule.id, severity, on, rule.fix, limits, rule.summary, rule.plugin or None])
        before = rule.family
    return Table("", columns, rows)


def _limits(limits: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} = {str(value).lower() if isinstance(value, bool) else value}" for name, value in limits.items()
    )
