"""The modules of a package, listed without Python's own tool for it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from journeykit.modules import names_in


@pytest.mark.parametrize(
    "package", ["cli.commands", "charts", "charts.lanes", "reading.checks", "rules", "rules.persona", "output.findings"]
)
def test_the_names_are_those_that_python_lists(package: str) -> None:
    folders = import_module(f"journeykit.{package}").__path__
    assert names_in(folders) == sorted(module.name for module in pkgutil.iter_modules(folders))


def test_what_is_no_module_is_left_out(tmp_path: Path) -> None:
    for name in (
        "b.py",
        "a.py",
        "__init__.py",
        "data.toml",
        "notes",
        "c.py.orig",
        "package/__init__.py",
        "folder/x.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    assert names_in([str(tmp_path)]) == ["a", "b", "package"]
