"""A diff of journeys as a comment on a pull request, in the Markdown of GitHub and GitLab.

A reviewer sees one line and a table of the scores; curves and changed touchpoints are in collapsed sections below.
The curves are drawn with block characters, since comments and job summaries show only pictures that are on a server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.output.curve import curve
from journeykit.output.markdown import escaped, in_html
from journeykit.output.paint import Paint, one_line
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table, as_markdown
from journeykit.output.tables.diff import (
    details,
    low_point_words,
    remarks,
    score_words,
    summary,
    verdict,
)
from journeykit.output.tables.part_diff import part_rows
from journeykit.scoring.display import fixed, signed

MOST = 60_000
"""The most characters of a comment; GitHub accepts 65,536."""
ROWS = 100
"""The most journeys in the table."""
LONGEST = 100
"""The most characters of a title."""
LINES, LONGEST_LINE = 20, 300
"""The most lines of a list, and their most characters."""
WIDE = 80
"""The columns of the curves, which a comment shows without scrolling."""
MOST_OF_CURVES = 8_000
"""The most characters of a journey's curves; longer ones are not readable."""


def comment(
    old: str, new: str, changes: Sequence[JourneyDiff], unchanged: int, not_journeys: Sequence[str],
    failed: Sequence[str] = (),
) -> str:  # fmt: skip
    """Return the whole comment.

    `old` and `new` are the names of the versions, `failed` the gates that are missed.
    """
    names = _names(changes)
    blocks = [f"### Customer journeys: {summary(changes, unchanged)}\n", f"From {_name(old)} to {_name(new)}.\n"]
    if failed:
        blocks.append(_listed("Gates that are missed:", failed, "gate"))
    if changes:
        shown = _most_changed(changes)
        blocks.append(as_markdown(_overview(shown, names)))
        if len(shown) < len(changes):
            blocks.append(f"These are the {len(shown)} whose scores differ most.\n")
        blocks.append("± is the uncertainty of a difference; scores are on 0 to 100, 50 is neutral.\n")
    if not_journeys:
        blocks.append(_listed("Not compared, as they are no valid journeys:", not_journeys, "file"))
    folded, left_out = _details(changes, (old, new), names, MOST - sum(map(len, blocks)))
    blocks += folded
    if left_out:
        blocks.append(f"The details of {counted(left_out, 'journey')} are too long for a comment.\n")
    return "\n".join(blocks)


def _listed(heading: str, lines: Sequence[str], kind: str) -> str:
    items = "".join(f"- {_name(_cut(line, LONGEST_LINE))}\n" for line in lines[:LINES])
    more = f"- and {counted(len(lines) - LINES, f'more {kind}')}\n" if len(lines) > LINES else ""
    return f"**{heading}**\n\n{items}{more}"


def _name(name: str) -> str:
    return escaped(one_line(name))


def _overview(changes: Sequence[JourneyDiff], names: Mapping[int, str]) -> Table:
    columns = [
        Column("title", "Journey"), Column("score", "Score"), Column("delta", "Diff", right=True),
        Column("verdict", "What that means"), Column("low_points", "Low points", empty=""),
    ]  # fmt: skip
    rows = []
    for change in changes:
        low = low_point_words(change.comparison) if change.comparison else ""
        rows.append([names[id(change)], score_words(change), _difference(change), verdict(change), low])
    return Table("", columns, rows)


def _names(changes: Sequence[JourneyDiff]) -> dict[int, str]:
    """Return the titles of journeys, with their files where a title repeats; by the identity of their change."""
    titles = [_cut(one_line(change.scores.journey.title), LONGEST) for change in changes]
    often = Counter(titles)
    return {
        id(change): title if often[title] == 1 else f"{title} ({_cut(one_line(change.file), LONGEST)})"
        for change, title in zip(changes, titles, strict=True)
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _most_changed(changes: Sequence[JourneyDiff]) -> list[JourneyDiff]:
    """Return the journeys whose scores differ most, as many as a comment has space for, in their order."""
    by_change = sorted(changes, key=lambda one: -abs((one.comparison and one.comparison.delta) or 0.0))
    kept = {id(one) for one in by_change[:ROWS]}
    return [one for one in changes if id(one) in kept]


def _difference(change: JourneyDiff) -> str:
    found = change.comparison
    if found is None or found.delta is None:
        return ""
    return signed(found.delta) + (f" ± {fixed(found.half_width)}" if found.half_width is not None else "")


def _details(
    changes: Sequence[JourneyDiff], versions: tuple[str, str], names: Mapping[int, str], left: int
) -> tuple[list[str], int]:
    """Return the collapsed sections, in at most `left` characters, and for how many journeys they are left out.

    Curves are included only if everything else fits.
    """
    room = left - sum(len(_folded(change, versions, names)) + 1 for change in changes)
    sections, left_out = [], 0
    for change in changes:
        block = _folded(change, versions, names)
        drawn = _folded(change, versions, names, _curves(change))
        if len(drawn) - len(block) <= room:
            room -= len(drawn) - len(block)
            block = drawn
        if len(block) > left:
            left_out += 1
        elif block:
            left -= len(block) + 1
            sections.append(block)
    return sections, left_out


def _curves(change: JourneyDiff) -> str:
    """Return both curves, one above the other; "" if they look the same, and for a removed journey."""
    if change.new is None:
        return ""
    versions = [("Before", change.old), ("After", change.new)] if change.old else [("New", change.new)]
    drawn = [curve(scores, WIDE, Paint()) for _, scores in versions]
    if len({*drawn}) < len(drawn) or all(one.score is None for _, scores in versions for one in scores.touchpoints):
        return ""
    panels = [
        f"{word}, journey score {'–' if scores.score is None else f'{fixed(scores.score)}'}\n\n{picture}"
        for (word, scores), picture in zip(versions, drawn, strict=True)
    ]
    text = "\n".join(panels) + "\nBelow each curve: touchpoints by number (#), and ▼ low points, 1 the worst\n"
    return f"```text\n{text}```\n" if len(text) <= MOST_OF_CURVES else ""


def _folded(change: JourneyDiff, versions: tuple[str, str], names: Mapping[int, str], curves: str = "") -> str:
    """Return the details of a journey in a collapsed section; "" if there are none."""
    items = [f"- {escaped(one_line(line))}\n" for line in (*_renamed(change, versions), *remarks(change))]
    tables = [as_markdown(replace(table, title=""), heading=False) for table in _slim(details(change))]
    parts = [part for part in ("".join(items), curves, *tables) if part]
    if not parts:
        return ""
    title = in_html(names[id(change)])
    body = "\n".join(parts)
    return f"<details>\n<summary>{title}: {_counts(change)}</summary>\n\n{body}\n</details>\n"


def _renamed(change: JourneyDiff, versions: tuple[str, str]) -> list[str]:
    """Return a line that says that a file was renamed; for two files the first lines say it."""
    paths = change.old_file or "", change.new_file or ""
    return [f"file: {' → '.join(paths)}"] if change.comparison and len({*paths}) > 1 and paths != versions else []


def _slim(tables: Sequence[Table]) -> list[Table]:
    """Return a table without its empty columns."""
    slim = []
    for table in tables:
        keep = [at for at in range(len(table.columns)) if any(row[at] not in (None, "") for row in table.rows)]
        columns = [replace(table.columns[at], title=table.columns[at].title or " ") for at in keep]
        slim.append(replace(table, columns=columns, rows=[[row[at] for at in keep] for row in table.rows]))
    return slim


def _counts(change: JourneyDiff) -> str:
    """Return a summary of the details: 2 touchpoints changed, 1 added, 1 metric changed."""
    if change.comparison is None:
        return counted(len(change.scores.touchpoints), "touchpoint")
    points = change.comparison.touchpoints
    kinds = [point.kind for point in points]
    moved = sum(point.moved and point.kind == "same" for point in points)
    found = [(kinds.count("changed"), "changed"), (kinds.count("added"), "added"),
             (kinds.count("removed"), "removed"), (moved, "moved")]  # fmt: skip
    items = [f"{number} {word}" for number, word in found if number]
    parts = []
    if items:
        number, _, word = items[0].partition(" ")
        parts.append(", ".join([f"{counted(int(number), 'touchpoint')} {word}", *items[1:]]))
    if change.kpis:
        parts.append(f"{counted(len(change.kpis), 'metric')} changed")
    if others := len(list(part_rows(change))):
        parts.append(f"{counted(others, 'other part')} changed")
    return "; ".join(parts) or "not the touchpoints"
