"""Find maps that are written as text: a heading for each stage, below it labels such as `**Actions:**` with texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from journeykit.errors import UsageError
from journeykit.interchange.sheets.book import MOST_CELLS, Sheet
from journeykit.interchange.sheets.headers import meaning_of
from journeykit.interchange.sheets.tables import CONTENT, FEW
from journeykit.output.paint import shown_name

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_BOLD = re.compile(r"^\s*(?:\d+[.)]\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)([^:：]*)$")
"""A line in bold, which people write for a heading: `**Stage 1: Discovery** (at home)`."""
_BOLD_LABEL = re.compile(
    r"^\s*(?:[-*+•]\s+)?(?:\*\*|__)([^:：*]{2,40})(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*(.*)$"
)
_LABEL = re.compile(r"^\s*[-*+•]\s+([^:：*]{2,40})[:：](?:\s+(.*))?$")
_STAGE = re.compile(r"^\W*(?:\d+[.):]|\w+ \d+\b)")
"""A heading that counts: `Stage 1: …`, `3. …`."""
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
BELOW_HEADINGS = 7
"""The level of a line in bold."""
DESCRIPTION = "Description"
"""What a text below a heading is called that has no label."""


@dataclass
class _Section:
    """A heading, its line, and the texts below it by their labels."""

    level: int
    heading: str
    line: int
    texts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """The fields that its labels mean."""
        return {meaning for label in self.texts if (meaning := meaning_of(label)) in CONTENT and meaning is not None}


class Outline(NamedTuple):
    """A map as a table of its stages, the headings above it, and the lines between them and the first stage."""

    headings: tuple[str, ...]
    above: tuple[str, ...]
    sheet: Sheet


def outlines_in(text: str, name: str) -> Iterator[Outline]:
    """Yield the maps that a Markdown text has as headings with labels.

    Raises UsageError, with the name of the file, for a map whose table would be too large.
    """
    above: list[_Section] = []
    run: list[_Section] = []
    for section in [*_sections(text), _Section(0, "", 0)]:
        if run and section.level < run[0].level:
            if _is_map(run):
                yield _outline(above, run, name)
            run = []
        if len(run) == 1 and section.fields and section.level > run[0].level:
            above, run = [*above, *run], []  # what stood there is about the whole map
        if section.fields and (not run or section.level == run[0].level):
            run.append(section)
        elif not run:
            above = [*(one for one in above if one.level < section.level), section]


def _sections(text: str) -> Iterator[_Section]:
    """Yield the headings of a text; one below a stage that is itself a label, as `#### Actions`, is that."""
    open_, label, fenced = _Section(0, "", 0), DESCRIPTION, False
    for number, line in enumerate(text.splitlines(), 1):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced or not line.strip() or _RULE.match(line):
            continue
        elif heading := _heading(line):
            level, words = heading
            if open_.level and level > open_.level and meaning_of(words) in CONTENT:
                label = words
                open_.texts.setdefault(label, [])
                continue
            yield open_
            open_, label = _Section(level, words, number), DESCRIPTION
        elif labelled := _labelled(line):
            label, rest = labelled
            open_.texts.setdefault(label, []).extend([rest] if rest else [])
        else:
            open_.texts.setdefault(label, []).append(line.strip())
    yield open_


def _heading(line: str) -> tuple[int, str] | None:
    if match := _HEADING.match(line):
        return len(match[1]), match[2]
    if (match := _BOLD.match(line)) and not match[1].rstrip().endswith((":", "：")):
        return BELOW_HEADINGS, (match[1] + match[2]).strip()
    return None


def _labelled(line: str) -> tuple[str, str] | None:
    """Return the label of a line and its text; without bold only a label that is known."""
    if match := _BOLD_LABEL.match(line):
        return match[1].strip(), match[2].strip()
    if (match := _LABEL.match(line)) and meaning_of(match[1]) in CONTENT:
        return match[1].strip(), (match[2] or "").strip()
    return None


def _is_map(run: list[_Section]) -> bool:
    """Return whether sections are the stages of a map: several, with actions or numbers, and with several fields."""
    fields = set().union(*(one.fields for one in run))
    counted = all(_STAGE.match(one.heading) for one in run)
    return len(run) > 1 and len(fields) >= FEW and (counted or bool(fields & {"action", "step", "touchpoint"}))


def _outline(above: list[_Section], run: list[_Section], name: str) -> Outline:
    labels = list(dict.fromkeys(label for one in run for label in one.texts))
    if len(run) * len(labels) > MOST_CELLS:
        what = f"{len(run):,} headings with {len(labels):,} different labels are too many"
        raise UsageError(f"{shown_name(name)}: {what}", "import a part of it")
    rows: list[list[str | None]] = [["Stage", *labels]]
    rows += [[one.heading, *("\n".join(one.texts.get(label, ())) or None for label in labels)] for one in run]
    lines = [
        text if label == DESCRIPTION else f"{label}: {text}"
        for one in above
        for label, texts in one.texts.items()
        for text in texts
    ]
    places = ("", *(f"line {one.line}" for one in run))
    return Outline(tuple(one.heading for one in above), tuple(lines), Sheet("", rows, places))
