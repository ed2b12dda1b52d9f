"""Select the rules that run on a file, with their severities and limits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from journeykit.config import Config
from journeykit.errors import ConfigError, UsageError
from journeykit.linting.adjusting import adjusted
from journeykit.linting.plugins import own_rules
from journeykit.linting.unused import DRIFT, DRIFT_FAMILY, UNUSED_SUPPRESSION
from journeykit.reading.faults import PAGES, did_you_mean
from journeykit.reading.gitignore import Pattern, decide, parse
from journeykit.rules import Rule, all_rules

ALL = "all"


@lru_cache
def known_rules(plugins: tuple[str, ...] | None = ()) -> dict[str, Rule]:
    """Return all rules by id: ours, the one that judges suppressions, and own ones of plugins and installed packages.

    With None for plugins, there are no own rules at all.
    """
    ours = {**all_rules(), UNUSED_SUPPRESSION.id: UNUSED_SUPPRESSION}
    return ours if plugins is None else {**ours, **own_rules(plugins, ours)}


@dataclass(frozen=True)
class Selection:
    """Names of rules, families, or `all`, and the settings of the rules.

    The most specific name wins: an id over its family over `all`, and `ignore` over an equal name. Raises UsageError
    for an unknown name, ConfigError for one in the settings.
    """

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    config: Config = field(default_factory=Config)

    def __post_init__(self) -> None:
        for key in ("select", "ignore"):
            if self.config.lacks_plugins and key not in self.config.overridden_names:
                continue  # the settings may name rules of plugins that are not loaded
            for name in getattr(self, key):
                _check(name, self.known)
        for pattern, names in self.config.per_file_ignores.items():
            for name in names:
                self._check_setting(name, "per-file-ignores", pattern)

    @classmethod
    def of(cls, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
        """Return a selection from lists whose items may hold several names with commas; no `select` means all."""
        return cls(_split(select) or (ALL,), _split(ignore))

    @classmethod
    def configured(cls, config: Config) -> Selection:
        """Return the selection of the settings, including those of the command line."""
        selection = cls(config=config)
        for key in {"select", "ignore"} - config.overridden_names:
            for name in _split(getattr(config, key)):
                selection._check_setting(name, key)
        return cls(_split(config.select) or (ALL,), _split(config.ignore), config)

    def narrowed(self, names: Iterable[str]) -> Selection:
        """Return a selection of all rules of these names, with the severities and limits of this one."""
        wanted = _split(names)
        return Selection(wanted or (ALL,), (), self.config.overridden(select=wanted))

    def _check_setting(self, name: str, *keys: str) -> None:
        if self.config.lacks_plugins:
            return
        try:
            _check(name, self.known)
        except UsageError as error:
            raise ConfigError(f"{self.config.where(*keys)}: {error.message}", error.help) from None

    @cached_property
    def known(self) -> Mapping[str, Rule]:
        """All rules by id, with the severities and limits of the settings."""
        return adjusted(known_rules(self.config.active_plugins), self.config)

    def includes(self, rule: Rule) -> bool:
        """Return whether a rule is selected."""
        return _specificity(rule, self.select) > _specificity(rule, self.ignore)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The selected rules, for files without settings of their own."""
        return tuple(rule for rule in self.known.values() if self.includes(rule))

    def rules_for(self, file: str) -> tuple[Rule, ...]:
        """Return the rules to run on a file, given by its path from the working folder."""
        names = self.ignored_in(file)
        return tuple(rule for rule in self.rules if not _specificity(rule, names)) if names else self.rules

    def ignored_in(self, file: str) -> tuple[str, ...]:
        """Return the rules and families that the settings leave out for a file."""
        if not self._per_file or self.config.path is None:
            return ()
        path = os.path.relpath(file, self.config.path.parent).replace(os.sep, "/")
        if path.startswith("../"):
            return ()
        steps = [str(one) for one in Path(path).parents if one != Path()]
        return tuple(
            name
            for patterns, names in self._per_file
            if any(decide(patterns, one, one != path) for one in (path, *steps))
            for name in names
        )

    @cached_property
    def _per_file(self) -> list[tuple[list[Pattern], tuple[str, ...]]]:
        return [(parse([pattern]), names) for pattern, names in self.config.per_file_ignores.items()]


def _specificity(rule: Rule, names: tuple[str, ...]) -> int:
    """Return how specifically names select a rule: 3 its id, 2 its family, 1 all, 0 not at all."""
    return 3 if rule.id in names else 2 if rule.family in names else int(ALL in names)


def _split(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for text in texts for part in text.split(",") if (name := part.strip()))


def _check(name: str, rules: Mapping[str, Rule]) -> None:
    families = dict.fromkeys(rule.family for rule in rules.values())
    if name in rules or name in families or name in (ALL, DRIFT_FAMILY) or name in DRIFT:
        return
    if name in PAGES:
        raise UsageError(
            f'"{name}" is not a rule: a file with such an error is no journey', f"journeykit explain {name}"
        )
    help = did_you_mean(name, [*rules, *families, ALL], f"the families are {', '.join(families)}")
    raise UsageError(f'there is no rule or family "{name}"', help)
