"""Which results of lint are cached, and how findings are plain data."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from journeykit.config import is_file
from journeykit.files import read_regular_file
from journeykit.finding import Finding, Severity
from journeykit.fix import Fix, Remove, Replacement, Set
from journeykit.linting import Linted, Selection
from journeykit.project.cache import Store, decode, encode, open_store
from journeykit.project.workspace import Workspace
from journeykit.source import Position

IRRELEVANT = ("include", "exclude", "force-exclude", "show", "fail-on", "theme", "page", "baseline", "cache-dir")
"""Settings on which no finding depends."""
PURE = frozenset(
    ("__future__", "bisect", "collections", "dataclasses", "datetime", "enum", "fractions", "functools", "itertools",
     "journeykit", "math", "operator", "re", "statistics", "string", "textwrap", "typing", "unicodedata")
)  # fmt: skip
"""Modules that give an own rule no access to anything but its arguments."""
IMPURE = frozenset(("open", "exec", "eval", "compile", "input", "__import__", "globals", "getattr", "vars", "random"))
"""Names that would give it access."""
CLOCK = frozenset(("now", "utcnow", "today"))


def lint_store(workspace: Workspace, selection: Selection, edits: bool) -> Store:
    """Return the store of findings; an empty one if a rule runs that may depend on anything else."""
    own = _own_rules(workspace, selection)
    if own is None:
        return Store()
    settings = {key: value for key, value in workspace.settings.values().items() if key not in IRRELEVANT}
    where = str(workspace.settings.path), os.getcwd()  # patterns of files are relative to both  # noqa: PTH109
    return open_store(
        workspace, "lint", where, settings, workspace.settings.own_rules, str(workspace.today), edits, own
    )


def _own_rules(workspace: Workspace, selection: Selection) -> list[str] | None:
    """Return the content of the own rules as checksums; None if they may depend on anything else."""
    if not any(rule.plugin for rule in selection.known.values()):
        return []
    plugins = workspace.settings.active_plugins or ()
    if {rule.plugin for rule in selection.known.values() if rule.plugin} - set(plugins):
        return None  # of an installed package, or a module: its content is anywhere on the path
    checksums = []
    for name in plugins:
        if not is_file(name):
            return None
        for file in _files_of(Path(name)):
            try:
                data = read_regular_file(file)
            except OSError:
                return None
            if not _is_pure(data):
                return None
            checksums.append(sha256(str(file).encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest())
    return checksums


def _files_of(plugin: Path) -> Iterator[Path]:
    if plugin.is_dir():
        yield from sorted(plugin.rglob("*.py"))
    else:
        yield plugin


def _is_pure(data: bytes) -> bool:
    """Return whether a module can depend on nothing but the journey and the day, by what it imports and calls."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return all(map(_is_pure_node, ast.walk(tree)))


def _is_pure_node(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return all(_is_pure_module(alias.name) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or _is_pure_module(node.module or "")
    if isinstance(node, ast.Name):
        return node.id not in IMPURE
    if isinstance(node, ast.Attribute):
        of_clock = isinstance(node.value, (ast.Name, ast.Attribute)) and _last(node.value) in ("date", "datetime")
        return not (node.attr.startswith("__") or (node.attr in CLOCK and of_clock))
    return True


def _is_pure_module(name: str) -> bool:
    parts = name.split(".")
    return parts[0] in PURE and parts[:2] not in (
        ["journeykit", "git"],
        ["journeykit", "files"],
        ["journeykit", "project"],
    )


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


CLASSES = {one.__name__: one for one in (Finding, Fix, Position, Remove, Replacement, Set, Severity)}
"""The classes that findings are made of."""


def as_data(linted: Linted) -> Any:
    """Return a result as plain data; None if it would not be read back as it is."""
    if type(linted) is not Linted or linted.failures or not linted.of_text:
        return None
    try:
        data = [linted.suppressed, encode(linted.findings, CLASSES)]
        return data if from_data(data) == linted else None
    except (TypeError, ValueError):
        return None


def from_data(data: Any) -> Linted:
    """Return the result that was written as plain data."""
    suppressed, findings = data
    return Linted(decode(findings, CLASSES), suppressed)
