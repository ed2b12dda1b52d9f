"""The report of an import or an export for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap

from journeykit.interchange.carry import CarryReport, Guessed
from journeykit.output.paint import one_line
from journeykit.output.summary import counted

SHOWN = 20
"""How many lost and how many guessed values are listed one by one."""
PARTS = {
    "Evidence": "source", "FrontstageStep": "frontstage step", "Step": "backstage step", "Kpi": "KPI",
    "ChannelDefinition": "channel", "LaneDefinition": "lane", "Measured": "survey",
}  # fmt: skip
"""What the parts of a journey are called, where their name is not the word."""
MOST = 60
"""How many characters of a value are shown."""


def seen_table(carry: CarryReport) -> str:
    """Return what was found in a file, and what it was taken for."""
    return "".join(_columns([(one_line(found), "→", taken) for found, taken in carry.read]))


def carry_text(carry: CarryReport, *, grouped: bool) -> str:
    """Return what was lost and guessed, and the numbers; `grouped` counts the lost values by field."""
    lines = _lost_by_field(carry) if grouped else _lost(carry)
    guessed = [(f"  {one.where}", one.field, _change(one)) for one in carry.guessed[:SHOWN]]
    if guessed:
        lines += ["Changed or guessed:\n", *_columns(guessed), *_more(len(carry.guessed))]
    numbers = [f"{counted(carry.carried, 'value')} carried"]
    numbers += [f"{len(carry.guessed)} changed or guessed"] if carry.guessed else []
    numbers += [f"{len(carry.lost)} lost"] if carry.lost else ["none lost"]
    return "".join([*lines, ", ".join(numbers) + "."])


def _lost(carry: CarryReport) -> list[str]:
    rows = [(f"  {one.where}", _short(one.value), one.why) for one in carry.lost[:SHOWN]]
    return ["Lost:\n", *_columns(rows), *_more(len(carry.lost))] if rows else []


def _change(one: Guessed) -> str:
    """Return what became of a value; one that stays as it is was put into a field that it may not be meant for."""
    return _short(one.new) if one.old == one.new else f"{_short(one.old) or '–'} → {_short(one.new)}"


def _lost_by_field(carry: CarryReport) -> list[str]:
    """Return how many values of each field were lost, a line for each part of a journey."""
    counts: dict[str, Counter[str]] = {}
    for one in carry.lost:
        part, _, key = one.field.partition(".")
        counts.setdefault(part, Counter())[key] += 1
    lines = []
    for part, keys in counts.items():
        listed = ", ".join(f"{key} {number}" for key, number in keys.most_common())
        name = f"  {PARTS.get(part, part.lower())}  "
        lines += [f"{line}\n" for line in wrap(listed, 100, initial_indent=name, subsequent_indent=" " * len(name))]
    return ["Lost, by field (--report FILE says why):\n", *lines] if lines else []


def _more(count: int) -> list[str]:
    return [f"  and {count - SHOWN} more: --report FILE lists all\n"] if count > SHOWN else []


def _short(value: str) -> str:
    text = one_line(value)
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows with their columns below each other."""
    if not rows:
        return []
    widths = [min(max(len(row[at]) for row in rows), MOST) for at in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    ]
