"""GitHub-flavoured Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from journeykit.output.markdown import escaped
from journeykit.output.table import Table, as_markdown
from journeykit.output.table_report import Screen, TableReport


def write(report: TableReport, screen: Screen) -> str:
    """Return the report's blocks as Markdown, or its own Markdown."""
    del screen
    return report.markdown() if report.markdown else "\n".join(_blocks(report))


def _blocks(report: TableReport) -> Iterator[str]:
    """Yield the blocks; tables below a text need no heading of their own."""
    below_text = False
    for block in report.blocks:
        if isinstance(block, Table):
            yield as_markdown(replace(block, title="") if below_text else block)
        else:
            below_text = True
            yield _section(block)


def _section(text: str) -> str:
    heading, *remarks = (escaped(line.strip()) for line in text.splitlines())
    lines = [f"### {heading}", ""] if remarks else [f"### {heading}"]
    return "\n".join([*lines, *(f"- {remark}" for remark in remarks)]) + "\n"
