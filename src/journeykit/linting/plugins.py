"""Custom rules: load them from files and modules that the settings name, and from installed packages.

A plugin is loaded once in a process. A broken plugin raises a ConfigError that names it.
"""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
import sys
import traceback
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

from journeykit.config import is_file
from journeykit.errors import ConfigError
from journeykit.files import LARGEST_SETTINGS, read_regular_file
from journeykit.finding import Severity
from journeykit.reading.faults import PAGES
from journeykit.rules import Rule

GROUP = "journeykit.rules"
"""The group of entry points under which packages offer rules: the name is the family, the value a module."""


class Plugin(NamedTuple):
    """Where custom rules come from: the name in messages, the family, and the module's name or the file."""

    label: str
    family: str
    target: str


def own_rules(plugins: tuple[str, ...], known: dict[str, Rule]) -> dict[str, Rule]:
    """Return the rules of plugins by id; `known` are the rules whose ids and families are taken."""
    found: dict[str, Rule] = {}
    for plugin in (*map(_named, plugins), *entry_points()):
        for rule in _rules_of(plugin):
            _check_names(rule, {**known, **found})
            found[rule.id] = rule
    return found


def _named(target: str) -> Plugin:
    """Return a plugin of the settings. Its family is named after its file or module (or the parent of `rules`)."""
    if is_file(target):
        return Plugin(target, _dashed(Path(target).stem), target)
    parts = [part for part in target.split(".") if part != "rules"] or [target]
    return Plugin(target, _dashed(parts[-1]), target)


def _dashed(name: str) -> str:
    return name.replace("_", "-").lower()


def _check_names(rule: Rule, taken: dict[str, Rule]) -> None:
    families = {one.family for one in taken.values()}
    if rule.id in taken or rule.id in PAGES:
        whose = (taken[rule.id].plugin if rule.id in taken else "") or "journeykit"
        raise ConfigError(
            f'plugin {rule.plugin}: there is a rule "{rule.id}" of {whose} already', "give it another name"
        )
    if rule.id in families or rule.family in taken or "all" in (rule.id, rule.family):
        name = rule.family if rule.family in taken else rule.id
        raise ConfigError(f'plugin {rule.plugin}: "{name}" is the name of something else', "give it another name")


@lru_cache
def _rules_of(plugin: Plugin) -> tuple[Rule, ...]:
    rules = tuple(_rules_in(_loaded(plugin), plugin))
    if not rules:
        raise ConfigError(f"plugin {plugin.label}: no rule in it", "write @rule(Severity.WARNING) above each function")
    return rules


def _rules_in(module: ModuleType, plugin: Plugin) -> Iterator[Rule]:
    checks = [one for one in vars(module).values() if isinstance(one, FunctionType) and hasattr(one, "severity")]
    for check in checks:
        if check.__module__ == module.__name__:
            yield _rule(check, module, plugin)
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        if not found.name.startswith("_"):
            family = _dashed(found.name) if found.ispkg else plugin.family
            inner = Plugin(plugin.label, family, f"{module.__name__}.{found.name}")
            yield from _rules_in(_imported(inner), inner)


def _rule(check: FunctionType, module: ModuleType, plugin: Plugin) -> Rule:
    """Return the rule that a function declares; its page is the docstring, or that of a module of its name."""
    id = _dashed(check.__name__)
    severity, fix = getattr(check, "severity", None), getattr(check, "fix", None)
    if not isinstance(severity, Severity) or fix not in (None, "safe", "unsafe"):
        message = f"plugin {plugin.label}: rule {id}: @rule takes a Severity, and perhaps fix as safe or unsafe"
        raise ConfigError(message, "write @rule(Severity.WARNING)")
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", id):
        raise ConfigError(f'plugin {plugin.label}: "{check.__name__}" is no name for a rule', "write it as long_note")
    limits = [one for one in inspect.signature(check).parameters.values() if one.kind is one.KEYWORD_ONLY]
    if any(not isinstance(one.default, (bool, int, float, str)) for one in limits):
        message = f"plugin {plugin.label}: rule {id}: a limit is no number, text, true or false"
        raise ConfigError(message, "give each keyword a default, as in words: int = 60")
    alone = Path(module.__file__ or "").stem == check.__name__ and module.__doc__
    doc = alone or check.__doc__ or f"A rule of {plugin.label}."
    return Rule(id, plugin.family, severity, check, doc, fix, plugin.label)


class _SourceLoader(SourceFileLoader):
    """Compiles a file each time: compiled code beside it may be of an older text of the same second and length."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


def _loaded(plugin: Plugin) -> ModuleType:
    if not is_file(plugin.target):
        return _imported(plugin)
    from importlib.util import module_from_spec, spec_from_file_location

    path = Path(plugin.target)
    file = path / "__init__.py" if path.is_dir() else path
    if not file.is_file():
        help = "add an empty __init__.py" if path.is_dir() else "names of files start at the folder of the settings"
        raise ConfigError(f"plugin {plugin.label}: there is no file {file}", help)
    name = "journeykit_plugin" + re.sub(r"\W", "_", str(path))
    folders = [str(path)] if path.is_dir() else None
    loader = _SourceLoader(name, str(file))
    spec = spec_from_file_location(name, file, loader=loader, submodule_search_locations=folders)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise _broken(plugin, error) from None
    return module


def _imported(plugin: Plugin) -> ModuleType:
    try:
        return import_module(plugin.target)
    except (Exception, SystemExit) as error:
        raise _broken(plugin, error) from None


def _broken(plugin: Plugin, error: BaseException) -> ConfigError:
    """Return the error for a plugin that failed to import, with the line of its own code that raised."""
    if os.environ.get("JOURNEYKIT_TRACEBACK"):
        raise error
    if isinstance(error, ModuleNotFoundError) and error.name and f"{plugin.target}.".startswith(f"{error.name}."):
        help = 'install it beside journeykit, or name a file: plugins = ["tools/our_rules.py"]'
        return ConfigError(f"plugin {plugin.label}: there is no module {error.name}", help)
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "importlib" not in one.filename]
    place = f"{frames[-1].filename}:{frames[-1].lineno}: " if frames and frames[-1].filename != __file__ else ""
    if isinstance(error, SyntaxError):
        place = f"{error.filename}:{error.lineno}: "
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    message = f"plugin {plugin.label} cannot be imported: {place}{type(error).__name__}: {reason}"
    return ConfigError(message, "JOURNEYKIT_TRACEBACK=1 shows where")


@lru_cache(1)
def entry_points() -> tuple[Plugin, ...]:
    """Return the plugins of installed packages, by name; ten times faster than importlib.metadata."""
    found: set[Plugin] = set()
    for folder in _installed_in():
        try:
            names = os.listdir(folder)  # noqa: PTH208 - as below
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                found.update(_offered(f"{folder}/{name}/entry_points.txt"))
    return tuple(sorted(found))


def _installed_in() -> list[str]:
    """Return the folders that packages are installed in: `sys.path` without the working folder, which Python puts
    first for `python -m`. A repository must not pass for an installed package.
    """
    first, *others = sys.path or [""]
    here = not first or os.path.realpath(first) == os.path.realpath(os.curdir)
    return [folder for folder in (others if here else [first, *others]) if folder]


def _offered(file: str) -> list[Plugin]:
    try:
        data = read_regular_file(file, LARGEST_SETTINGS)
    except OSError:
        return []
    if GROUP.encode() not in data:
        return []
    from configparser import ConfigParser, Error

    parser = ConfigParser(delimiters=("=",), interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(data.decode("utf-8"))
    except (Error, UnicodeDecodeError):
        return []
    offered = parser.items(GROUP) if parser.has_section(GROUP) else []
    package = Path(file).parent.name.partition("-")[0]
    return [Plugin(f"{package} ({name} = {value})", _dashed(name), value) for name, value in offered]
