"""The pages of the rules in docs/rules, made from the rules themselves: an index, a page for each family, one for
what `validate` refuses. `python -m tests.rule_pages` brings them up to date."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import groupby
from pathlib import Path

from journeykit.drift import drift_rules
from journeykit.linting.unused import UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES
from journeykit.rules import Rule, all_rules

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
INDEX = """\
# Rules

What `journeykit lint` finds. `journeykit rules` lists the same with the settings of your repository, and
`journeykit explain RULE` prints a page in the terminal. You can change the severity and the limits of a rule and leave
rules out for some files: see [the settings](../configuration.md). A fix is **safe** (`--fix`) or **unsafe** (then also
`--unsafe-fixes`).

What `journeykit measure --check` finds has [rules of its own](drift.md).

The errors that make a file an invalid journey have [a page of their own](validate.md).
"""
DRIFT = """\
# Drift

Where a map and its data disagree: what `journeykit measure --check` finds ([measure](../measure.md)). A finding of a
log rests on at least 30 cases, and on a value outside of the 95 % interval and beyond the limit. `[drift.ID]` of [the
settings](../configuration.md) takes a `severity` and the limits, `ignore` leaves rules out (or all, as `drift`),
comments suppress findings and `--baseline` leaves known ones out, as of `lint`. Fixes take over what the data say:
they are **unsafe**, since they change what the map says.

The log is seen through the map: labels of one touchpoint are one, others are passed over. A *pass* is each time that
a touchpoint is left, or is the end. What would tell of fewer than five cases is left out.
"""
VALIDATE = """\
# What `validate` refuses

A file with one of these errors is not a valid journey: no rule runs on it, and neither comments nor a baseline suppress
the error.
"""


def pages() -> dict[str, str]:
    """The files of docs/rules by name, as the rules are now."""
    rules = [*all_rules().values(), UNUSED_SUPPRESSION]
    families = {name: list(group) for name, group in groupby(rules, lambda rule: rule.family)}
    index = [INDEX, *(_listed(family, group) for family, group in families.items())]
    made = {"README.md": "\n".join(index)}
    for family, group in families.items():
        made[f"{family}.md"] = "\n".join([f"# {family}\n\n{_about(family)}\n", *map(_page, group)])
    drift = list(drift_rules().values())
    made["drift.md"] = "\n".join([DRIFT, _table(drift, "drift.md"), *map(_page, drift)])
    made["validate.md"] = "\n".join([VALIDATE, *(f"## {id}\n\n{page.strip()}\n" for id, page in PAGES.items())])
    return made


def _about(family: str) -> str:
    if family == UNUSED_SUPPRESSION.family:
        return "The rule on suppression comments."
    text = import_module(f"journeykit.rules.{family}").__doc__ or ""
    return text.strip().rstrip(".") + "."


def _listed(family: str, rules: list[Rule]) -> str:
    return f"## [{family}]({family}.md)\n\n{_about(family)}\n\n{_table(rules, f'{family}.md')}"


def _table(rules: list[Rule], page: str) -> str:
    lines = ["| rule | severity | fix | finds |", "| --- | --- | --- | --- |"]
    for rule in rules:
        link = f"[{rule.id}]({page}#{rule.id})"
        lines.append(
            f"| {link} | {rule.severity.word} | {rule.fix or ''} | {rule.summary.replace('|', chr(92) + '|')} |"
        )
    return "\n".join(lines) + "\n"


def _page(rule: Rule) -> str:
    facts = [f"**{rule.severity.word}**", *([f"fix: {rule.fix}"] if rule.fix else [])]
    if rule.limits:
        facts.append(
            "limits: " + ", ".join(f"`{name.replace('_', '-')} = {value}`" for name, value in rule.limits.items())
        )
    page = re.sub(r"^(Why|Bad|Good):", r"**\1:**", rule.page, flags=re.MULTILINE)
    return f"## {rule.id}\n\n{' · '.join(facts)}\n\n{page}\n"


def refresh() -> None:
    """Write the pages; those of rules and families that are gone are removed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in fresh:
            path.unlink()
    for name, text in fresh.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    refresh()
