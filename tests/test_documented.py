"""Everything that a user can choose is documented: formats, charts, commands and their options.

Lanes are in tests/charts/test_lanes.py, settings in test_configuration_page.py, rules in test_rule_pages.py.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
import typer

from journeykit.charts.chart_types import CHARTS
from journeykit.cli import commands
from journeykit.output.report import formats
from journeykit.output.table_report import table_formats
from tests.conftest import ROOT

COMMANDS = [name for _, name, _ in iter_modules(commands.__path__) if name not in ("git_merge", "git_textconv")]
"""The commands that people call; git calls the others."""


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("heading", "names"), [("Findings", formats()), ("Tables", table_formats())])
def test_every_format_is_documented(heading: str, names: list[str]) -> None:
    section = page("output.md").split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)
    assert rows == names, f"docs/output.md, {heading}: a row for each format, in this order"


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_documented(name: str) -> None:
    assert f"| `{name}`" in page("charts.md"), f"docs/charts.md: add a row for `{name}`"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name: str) -> None:
    rows = [line.split("|")[1] for line in page("commands.md").splitlines() if line.startswith("| `")]
    assert any(f"`{name.replace('_', '-')}`" in row for row in rows), "docs/commands.md: add a row for it"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help(name: str) -> None:
    app = typer.Typer(add_completion=False)
    app.command()(import_module(f"{commands.__name__}.{name}").command)
    parameters = [one for one in typer.main.get_command(app).params if one.name != "help"]
    assert len(parameters) == len(inspect.signature(import_module(f"{commands.__name__}.{name}").command).parameters)
    silent = [one.name for one in parameters if not (getattr(one, "help", "") or "").strip()]
    assert silent == [], "these options have no help"
