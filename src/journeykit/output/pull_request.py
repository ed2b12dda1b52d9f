"""What differs between two versions of journeys, as a comment on a pull request: Markdown as GitHub and GitLab show it.

A reviewer sees one line and a table of the scores; what changed at which touchpoint is folded up below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journeykit.comparing.journeys import JourneyChange
from journeykit.output.markdown import escaped, in_html
from journeykit.output.numbers import signed
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table, as_markdown
from journeykit.output.tables.differences import (
    details,
    low_point_words,
    remarks,
    score_words,
    summary,
    verdict,
)

MOST = 60_000
"""Characters; GitHub takes comments of 65,536."""
ROWS = 100
"""Journeys in the table above."""
LONGEST = 100
"""Letters of a title."""


def comment(old: str, new: str, changes: Sequence[JourneyChange], unchanged: int, not_journeys: Sequence[str]) -> str:
    """The whole comment; `old` and `new` are what the versions are called."""
    blocks = [f"### Customer journeys: {summary(changes, unchanged)}\n", f"From {_name(old)} to {_name(new)}.\n"]
    if changes:
        shown = _most_changed(changes)
        blocks.append(as_markdown(_overview(shown)))
        if len(shown) < len(changes):
            blocks.append(f"These are the {len(shown)} whose scores differ most.\n")
        blocks.append("± is the uncertainty of a difference; scores are on 0 to 100, 50 is neutral.\n")
    if not_journeys:
        listed = "".join(f"- {_name(name)}\n" for name in not_journeys[:20])
        more = f"- and {counted(len(not_journeys) - 20, 'more file')}\n" if len(not_journeys) > 20 else ""
        blocks.append(f"**Not compared, as they are no valid journeys:**\n\n{listed}{more}")
    left = MOST - sum(map(len, blocks))
    left_out = 0
    for change in changes:
        block = _folded(change, (old, new))
        if not block:
            continue
        if len(block) > left:
            left_out += 1
            continue
        left -= len(block) + 1
        blocks.append(block)
    if left_out:
        blocks.append(f"The details of {counted(left_out, 'journey')} are too long for a comment.\n")
    return "\n".join(blocks)


def _name(name: str) -> str:
    return escaped(one_line(name))


def _overview(changes: Sequence[JourneyChange]) -> Table:
    columns = [
        Column("title", "Journey"), Column("score", "Score"), Column("delta", "Change", right=True),
        Column("verdict", "What that means"), Column("low_points", "Low points", empty=""),
    ]  # fmt: skip
    rows = []
    for change in changes:
        low = low_point_words(change.comparison) if change.comparison else ""
        rows.append([_title(change), score_words(change), _difference(change), verdict(change), low])
    return Table("", columns, rows)


def _title(change: JourneyChange) -> str:
    title = one_line(change.scores.journey.title)
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def _most_changed(changes: Sequence[JourneyChange]) -> list[JourneyChange]:
    """As many journeys as a table in a comment has room for, in their order: those whose scores differ most."""
    by_change = sorted(changes, key=lambda one: -abs((one.comparison and one.comparison.delta) or 0.0))
    kept = {id(one) for one in by_change[:ROWS]}
    return [one for one in changes if id(one) in kept]


def _difference(change: JourneyChange) -> str:
    found = change.comparison
    if found is None or found.delta is None:
        return ""
    return signed(found.delta) + (f" ± {found.half_width:.1f}" if found.half_width is not None else "")


def _folded(change: JourneyChange, versions: tuple[str, str]) -> str:
    """The details of one journey behind a line that can be opened; "" where there are none."""
    told = [f"- {escaped(one_line(line))}\n" for line in (*_renamed(change, versions), *remarks(change))]
    tables = [as_markdown(replace(table, title=""), heading=False) for table in _slim(details(change))]
    if not told and not tables:
        return ""
    title = in_html(_title(change))
    body = "\n".join(["".join(told), *tables] if told else tables)
    return f"<details>\n<summary>{title}: {_counts(change)}</summary>\n\n{body}\n</details>\n"


def _renamed(change: JourneyChange, versions: tuple[str, str]) -> list[str]:
    """That a file was renamed; of two files the first lines say it."""
    paths = change.old_file or "", change.new_file or ""
    return [f"file: {' → '.join(paths)}"] if change.comparison and len({*paths}) > 1 and paths != versions else []


def _slim(tables: Sequence[Table]) -> list[Table]:
    """Without the columns in which no row has anything."""
    made = []
    for table in tables:
        keep = [at for at in range(len(table.columns)) if any(row[at] not in (None, "") for row in table.rows)]
        columns = [replace(table.columns[at], title=table.columns[at].title or " ") for at in keep]
        made.append(replace(table, columns=columns, rows=[[row[at] for at in keep] for row in table.rows]))
    return made


def _counts(change: JourneyChange) -> str:
    """What the details tell of: 2 touchpoints changed, 1 added, 1 metric changed."""
    points = change.comparison.touchpoints if change.comparison else ()
    kinds = [point.kind for point in points]
    moved = sum(point.moved and point.kind == "same" for point in points)
    found = [(kinds.count("changed"), "changed"), (kinds.count("added"), "added"),
             (kinds.count("removed"), "removed"), (moved, "moved")]  # fmt: skip
    told = [f"{number} {word}" for number, word in found if number]
    parts = []
    if told:
        number, _, word = told[0].partition(" ")
        parts.append(", ".join([f"{counted(int(number), 'touchpoint')} {word}", *told[1:]]))
    if change.kpis:
        parts.append(f"{counted(len(change.kpis), 'metric')} changed")
    return "; ".join(parts) or "not the touchpoints"
