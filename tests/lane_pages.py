"""The sections on lanes in docs/charts.md: the docstrings of the lanes' modules.

`python -m tests.lane_pages` writes them.
"""

from __future__ import annotations

import re
from importlib import import_module

from journeykit.charts import lanes
from journeykit.charts.chart_types import CHARTS
from journeykit.charts.left_out import LEFT_OUT
from tests.readme import ROOT

PAGE = ROOT / "docs" / "charts.md"
_SECTIONS = re.compile(r"<!-- lanes -->\n(?:.*\n)*?<!-- end -->\n")


_LEFT_OUT = re.compile(r"<!-- left out -->\n(?:.*\n)*?<!-- end -->\n")


def order() -> list[str]:
    """Return the lanes as the charts have them from top to bottom, and then the others."""
    return list(dict.fromkeys([*(name for chart in CHARTS.values() for name in chart.lanes), *lanes.names()]))


def fresh(page: str) -> str:
    """Return the page with its sections on lanes as they should be."""
    sections = "".join(f"**`{name}`.** {_section(name)}\n\n" for name in order())
    page = _SECTIONS.sub(lambda _: f"<!-- lanes -->\n{sections}<!-- end -->\n", page)
    return _LEFT_OUT.sub(lambda _: f"<!-- left out -->\n{_left_out()}<!-- end -->\n", page)


def _left_out() -> str:
    """Return what pictures leave out on purpose: a row for each reason."""
    rows = ["| fields | left out of | because |", "| --- | --- | --- |"]
    for one in dict.fromkeys(LEFT_OUT.values()):
        fields = ", ".join(f"`{name}`" for name, other in LEFT_OUT.items() if other == one)
        where = " and ".join("the alt text" if place == "alt" else "the map" for place in one.where)
        rows.append(f"| {fields} | {where} | {one.why} |")
    return "\n".join(rows) + "\n"


def _section(name: str) -> str:
    return (import_module(f"{lanes.__name__}.{name}").__doc__ or "").strip()


def refresh() -> None:
    """Bring the page up to date."""
    PAGE.write_text(fresh(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    refresh()
