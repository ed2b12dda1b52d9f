"""The page of the output formats names each of them."""

from __future__ import annotations

import re
from pathlib import Path

from journeykit.output.report import formats
from journeykit.output.table_report import table_formats

PAGE = Path(__file__).parents[2] / "docs" / "output.md"


def documented(heading: str) -> list[str]:
    """The formats in the table below a heading."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)


def test_every_format_of_findings_is_documented() -> None:
    assert documented("Findings") == formats()


def test_every_format_of_tables_is_documented() -> None:
    assert documented("Tables") == table_formats()
