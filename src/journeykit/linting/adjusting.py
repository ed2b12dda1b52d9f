"""Apply settings to rules: `[rules.long-note]` with a `severity` and the rule's own limits."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from journeykit.config import Config
from journeykit.errors import ConfigError
from journeykit.finding import Severity
from journeykit.reading.faults import PAGES, did_you_mean
from journeykit.rules import Rule
from journeykit.toml_values import as_written

SEVERITY = "severity"
LISTED = {"rules": "rules", "drift": "explain"}
"""By table of the settings, the command that lists its rules."""


def adjusted(rules: Mapping[str, Rule], config: Config, key: str = "rules") -> dict[str, Rule]:
    """Return the rules with the severities and limits of a table of the settings; ConfigError for unknown names."""
    found = dict(rules)
    for id, table in getattr(config, key).items():
        if id not in rules:
            if config.lacks_plugins:
                continue
            raise _unknown_rule(id, rules, config, key)
        rule = rules[id]
        limits = {name.replace("-", "_"): value for name, value in table.items() if name != SEVERITY}
        for name, value in table.items():
            if name != SEVERITY:
                _check_limit(rule, name, value, config, key)
        severity = Severity.of(table[SEVERITY]) if SEVERITY in table else rule.severity
        found[id] = replace(rule, severity=severity, check=partial(rule.check, **limits))
    return found


def _unknown_rule(id: str, rules: Mapping[str, Rule], config: Config, key: str) -> ConfigError:
    message, help = f'there is no rule "{id}"', did_you_mean(id, rules, f"journeykit {LISTED[key]} lists them")
    if id in PAGES:
        message, help = f'"{id}" is not a rule: a file with such an error is no journey', "remove it"
    elif id in {rule.family for rule in rules.values()}:
        message, help = f'"{id}" is a family of rules, not a rule', "name the rules that are meant"
    return ConfigError(f"{config.where(key, id)}: {message}", help)


def _check_limit(rule: Rule, key: str, value: Any, config: Config, table: str) -> None:
    known = [name.replace("_", "-") for name in rule.limits]
    default = rule.limits.get(key.replace("-", "_"))
    where = config.where(table, rule.id, key)
    if default is None or "_" in key:
        otherwise = f"it has {', '.join(known)}, and severity" if known else "it has no limits, only a severity"
        raise ConfigError(f"{where}: {rule.id} has no such limit", did_you_mean(key, [*known, SEVERITY], otherwise))
    if isinstance(value, (int, float)) and value < 0 and not rule.plugin:
        raise ConfigError(f'{where}: "{key}" must not be negative', f"the default is {as_written(default)}")
    wanted, kinds = _KINDS[_kind(rule, key.replace("-", "_"))]
    fits = isinstance(value, kinds) and isinstance(value, bool) == isinstance(default, bool)
    if not fits or (isinstance(value, float) and not math.isfinite(value)):
        raise ConfigError(
            f'{where}: "{key}" must be {wanted}, not {as_written(value)}', f"the default is {as_written(default)}"
        )


def _kind(rule: Rule, name: str) -> type:
    """Return the type of a limit: that of its default, or float where it is declared so (`days: float = 1`)."""
    declared = inspect.signature(rule.check).parameters[name].annotation
    return float if declared in (float, "float") else type(rule.limits[name])


_KINDS: dict[type, tuple[str, tuple[type, ...]]] = {
    bool: ("true or false", (bool,)),
    int: ("a whole number", (int,)),
    float: ("a number", (int, float)),
    str: ("text", (str,)),
}
