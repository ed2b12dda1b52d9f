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

from journeykit import model
from journeykit.changing.fmt import format_journey
from journeykit.charts.chart_types import CHARTS
from journeykit.cli import commands, name_of
from journeykit.finding import Severity
from journeykit.linting import lint
from journeykit.model.base import Part
from journeykit.output.report import formats
from journeykit.output.table_report import table_formats
from journeykit.reading import Document, read_text
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
    assert any(f"`{name_of(name)}`" in row for row in rows), "docs/commands.md: add a row for it"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help(name: str) -> None:
    app = typer.Typer(add_completion=False)
    app.command()(import_module(f"{commands.__name__}.{name}").command)
    parameters = [one for one in typer.main.get_command(app).params if one.name != "help"]
    assert len(parameters) == len(inspect.signature(import_module(f"{commands.__name__}.{name}").command).parameters)
    silent = [one.name for one in parameters if not (getattr(one, "help", "") or "").strip()]
    assert silent == [], "these options have no help"


def whole_map() -> Document:
    """The map with which docs/format.md begins."""
    section = page("format.md").split("\n## A whole map\n", 1)[1]
    return read_text(section.split("```yaml\n", 1)[1].split("```", 1)[0], "returns.journey.yaml")


def test_the_map_in_the_format_is_valid_formatted_and_has_no_error() -> None:
    document = whole_map()
    assert document.journey is not None, document.findings
    assert format_journey(document).text == document.source.text
    assert [one.rule for one in lint(document).findings if one.severity is Severity.ERROR] == []


def test_the_map_in_the_format_has_every_part_of_it() -> None:
    waiting: list[object] = [whole_map().journey]
    used: set[str] = set()
    for one in waiting:
        if isinstance(one, Part):
            used.add(type(one).__name__)
            waiting += [getattr(one, name) for name in one.model_fields_set]
        elif isinstance(one, tuple):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
    parts = {name for name, part in inspect.getmembers(model, inspect.isclass) if issubclass(part, Part)}
    assert parts - used == {"ChannelDefinition", "Image", "Weights"}
