"""Settings of a repository: found upward from the working folder, read, checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from journeykit.errors import ConfigError, UsageError
from journeykit.files import LARGEST_SETTINGS, leads_inside, read_regular_file, read_toml
from journeykit.reading.discovery import INCLUDE
from journeykit.reading.faults import did_you_mean
from journeykit.reading.shared import WEIGHTING, Shared, faults_in
from journeykit.toml_values import as_written, dotted, lists, table, tables, text, texts, truth

if TYPE_CHECKING:
    from journeykit.data.sources import Source as DataSource

FILE = "journeykit.toml"
Level = Literal["error", "warning", "info"]
Profile = Literal["balanced", "mean", "peak-end"]
Source = Literal["best", "stated", "measured"]
Tables: TypeAlias = Mapping[str, Mapping[str, Any]]
DataSources: TypeAlias = Mapping[str, "DataSource"]
OwnRules = Literal["all", "installed", "none"]
NOT_KEYS = ("path", "overridden_names", "shared", "own_rules")
NO_PLUGINS = "JOURNEYKIT_NO_PLUGINS"
"""The variable of the environment that turns own rules off."""


def _own_rules() -> OwnRules:
    return "none" if os.environ.get(NO_PLUGINS) else "all"


def _dashed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")  # `import_`, as `import` is a word of Python


@dataclass(frozen=True)
class Config:
    """The settings of a `journeykit.toml`, where keys are written with hyphens.

    Names of rules and their limits are checked where rules are known, by `linting`.
    """

    include: tuple[str, ...] = INCLUDE
    """Patterns of files that are journeys when a folder is named."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders that are passed over when a folder is named."""
    force_exclude: bool = False
    """Whether `exclude` holds for named files and folders too."""
    select: tuple[str, ...] = ("all",)
    """Rules, families or `all` that lint uses."""
    ignore: tuple[str, ...] = ()
    """Rules or families that lint leaves out."""
    show: Level = "warning"
    """The mildest findings that lint prints."""
    fail_on: Level = "warning"
    """The mildest findings that make lint fail."""
    profile: Profile | None = None
    """The scoring profile of journeys that name none."""
    source: Source = "best"
    """Which value of a touchpoint is scored."""
    theme: str = "light"
    """The theme of charts."""
    page: str = "none"
    """The paper or slide that charts of `render` fill."""
    plugins: tuple[str, ...] = ()
    """Own rules: Python files and folders (absolute), or names of modules."""
    baseline: str | None = None
    """The file of the findings that lint leaves out."""
    cache_dir: str | None = None
    """The folder in which results are kept, below that of the settings; by default the user's cache folder."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Patterns of files, as in a .gitignore beside the settings, with the rules and families left out there."""
    rules: Tables = field(default_factory=dict)
    """By rule: its `severity` and its limits."""
    drift: Tables = field(default_factory=dict)
    """By rule of `measure --check`: its `severity` and its limits."""
    scoring: Mapping[str, Any] = field(default_factory=dict)
    """Scoring of journeys that say nothing of their own, in the shape of a journey's `scoring`."""
    channels: Tables = field(default_factory=dict)
    """Channels that all journeys may use, in the shape of a journey's `channels`."""
    feelings: Mapping[str, Any] = field(default_factory=dict)
    """Feeling words that all journeys may use, with their valence."""
    personas: Tables = field(default_factory=dict)
    """Personas that journeys name by id, in the shape of a journey's `persona`."""
    data: DataSources = field(default_factory=dict)
    """Sources of measured data, by name."""
    import_: Tables = field(default_factory=dict)
    """`columns`: headers of spreadsheets, and the fields that they are."""
    site: Mapping[str, Any] = field(default_factory=dict)
    """What `site` and `serve` make pages with, as the options of their names."""
    path: Path | None = None
    """The file that this was read from."""
    overridden_names: frozenset[str] = frozenset()
    """Names of the settings that the command line overrides."""
    own_rules: OwnRules = field(default_factory=_own_rules)
    """Whose own rules may be loaded: those of `plugins` and of installed packages, of installed packages only, none.

    `plugins` are code of the repository, which is run only where somebody asked for its rules.
    """
    shared: Shared = field(default_factory=Shared)
    """Definitions and scoring that journeys take over; the command line does not change them."""

    def overridden(self, **given: Any) -> Config:
        """Return these settings with those of the command line, of which None are not given."""
        overrides = {name: value for name, value in given.items() if value is not None}
        if "profile" in overrides:
            overrides["scoring"] = {key: value for key, value in self.scoring.items() if key not in WEIGHTING}
        return replace(self, **overrides, overridden_names=frozenset(overrides))

    def with_own_rules(self, own_rules: OwnRules) -> Config:
        """Return these settings with other own rules allowed; JOURNEYKIT_NO_PLUGINS still turns all of them off."""
        return self if self.own_rules == "none" else replace(self, own_rules=own_rules)

    @property
    def active_plugins(self) -> tuple[str, ...] | None:
        """The plugins to load; None if those of installed packages are to be left out too."""
        return {"all": self.plugins, "installed": (), "none": None}[self.own_rules]

    @property
    def lacks_plugins(self) -> bool:
        """Whether settings and comments may name rules of plugins that are not loaded."""
        return self.own_rules == "none" or (self.own_rules == "installed" and bool(self.plugins))

    def where(self, *keys: str) -> str:
        """Return the name of a setting for messages: the file and the key."""
        return f"{self.path or FILE}: {dotted(keys)}"

    def values(self) -> dict[str, Any]:
        """Return the settings by the keys of the file, plain values before tables."""
        named = {_dashed(one.name): getattr(self, one.name) for one in fields(self) if one.name not in NOT_KEYS}
        named["scoring"] = {_dashed(key): value for key, value in self.scoring.items()}
        named["data"] = {name: source.shown() for name, source in self.data.items()}
        given = {key: value for key, value in named.items() if value is not None and value != {}}
        return dict(sorted(given.items(), key=lambda pair: isinstance(pair[1], Mapping)))


_FIELDS = {_dashed(one.name): one.name for one in fields(Config) if one.name not in NOT_KEYS}
KEYS = tuple(_FIELDS)


def load_config(explicit: Path | None = None, isolated: bool = False, start: Path | None = None) -> Config:
    """Return the settings of a named file, the defaults, or those of the nearest file upward from `start`."""
    if isolated and explicit is not None:
        raise UsageError("--config names a settings file, --isolated reads none", "give one of them")
    if isolated:
        return Config()
    if explicit is not None:
        return _read(explicit, named=True)
    folder = (start or Path.cwd()).absolute()
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            return _read(parent / FILE)
        project = parent / "pyproject.toml"
        if project.is_file() and _has_our_table(project):
            return _read(project)
    return Config()


def _has_our_table(project: Path) -> bool:
    """Return whether a pyproject.toml has our table; one that cannot be parsed counts if it names the table."""
    try:
        text = read_regular_file(project, LARGEST_SETTINGS).decode("utf-8-sig", "replace")
    except OSError:
        return False
    if "journeykit" not in text:
        return False
    import tomllib

    try:
        return "journeykit" in tomllib.loads(text).get("tool", {})
    except (ValueError, RecursionError):
        return "[tool.journeykit" in text


def _read(path: Path, *, named: bool = False) -> Config:
    try:
        table: Any = read_toml(path, named=named)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        help = "save the file as UTF-8" if str(error) == "not UTF-8" else ""
        raise ConfigError(f"{path}: {error}", help) from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("journeykit", {})
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: tool.journeykit must be a table")
    for key in table:
        if key not in KEYS:
            raise _unknown(path, key)
    path = path.absolute()
    return _complete(path, _checked(path, table))


def _checked(path: Path, table: dict[str, Any]) -> Config:
    """Return the settings of a table whose keys are known; ConfigError for the first value of a wrong shape."""
    annotations = {one.name: str(one.type) for one in fields(Config)}
    given = {}
    for key, value in table.items():
        name = _FIELDS[key]
        shape = SHAPES.get(annotations[name].removesuffix(" | None"))
        given[name] = _one_of(path, key, value) if shape is None else shape(path, (key,), value)
    return Config(**given)


def _one_of(path: Path, key: str, value: Any) -> Any:
    """Return one of the words that a setting takes."""
    words = WORDS[key]
    if value not in words:
        expected = f"{', '.join(map(repr, words[:-1]))} or {words[-1]!r}"
        raise ConfigError(f'{path}: "{key}" must be {expected}, not {as_written(value)}')
    return value


def _sources(path: Path, keys: tuple[str, ...], value: Any) -> DataSources:
    from journeykit.data.sources import read_sources

    return read_sources(path, keys, value)


SHAPES: Mapping[str, Callable[[Path, tuple[str, ...], Any], Any]] = {
    "bool": truth, "str": text, "tuple[str, ...]": texts, "Tables": tables, "Mapping[str, Any]": table,
    "Mapping[str, tuple[str, ...]]": lists, "DataSources": _sources,
}  # fmt: skip
"""How values are checked, by the annotations of `Config`; what is not listed is one of `WORDS`."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "show": get_args(Level), "fail-on": get_args(Level), "profile": get_args(Profile), "source": get_args(Source),
}  # fmt: skip


def _complete(path: Path, config: Config) -> Config:
    """Return settings with file names resolved from their folder; ConfigError if shared definitions are invalid."""
    written = {key.replace("-", "_"): key for key in config.scoring}
    scoring = {key: config.scoring[as_written] for key, as_written in written.items()}
    config = replace(config, path=path, scoring=scoring)
    _check_rules(config)
    _check_import(config)
    if config.profile and (twice := next((key for key in WEIGHTING if key in config.scoring), None)):
        raise ConfigError(f'{config.where("scoring", twice)}: "profile" is given too', "keep one of them")
    profile = {"profile": config.profile} if config.profile else {}
    shared = Shared(config.channels, config.feelings, config.personas, {**profile, **scoring})
    for place, message, help in faults_in(shared) if shared != Shared() else ():
        keys = [written.get(str(step), str(step)) if place[0] == "scoring" else str(step) for step in place]
        raise ConfigError(f"{config.where(*keys)}: {message}", help)
    folder = path.parent
    return replace(
        config,
        shared=shared,
        theme=str(folder / config.theme) if config.theme.endswith(".toml") else config.theme,
        cache_dir=config.cache_dir and _inside(folder, config),
        baseline=config.baseline and str(folder / config.baseline),
        plugins=tuple(str(folder / one) if is_file(one) else one for one in config.plugins),
    )


def _inside(folder: Path, config: Config) -> str:
    """Return the cache folder; a repository must not choose one outside of it."""
    path = os.path.normpath(folder / (config.cache_dir or ""))
    if Path(path) == folder or not leads_inside(folder, Path(path)):
        message = f"{config.where('cache-dir')}: {config.cache_dir} is not a folder below that of the settings"
        raise ConfigError(message, "JOURNEYKIT_CACHE_DIR may name any folder")
    return path


def is_file(plugin: str) -> bool:
    """Return whether a plugin is named as a file or folder, not as a module."""
    return plugin.endswith(".py") or "/" in plugin or "\\" in plugin


def _check_rules(config: Config) -> None:
    tables = [("rules", *one) for one in config.rules.items()] + [("drift", *one) for one in config.drift.items()]
    for key, id, settings in tables:
        level = settings.get("severity", "error")
        if level not in get_args(Level):
            help = f'to switch it off: ignore = ["{id}"]' if level in ("off", "none", "ignore", False) else ""
            message = (
                f"{config.where(key, id, 'severity')} must be 'error', 'warning' or 'info', not {as_written(level)}"
            )
            raise ConfigError(message, help or did_you_mean(level, get_args(Level)))


def _check_import(config: Config) -> None:
    for key, columns in config.import_.items():
        if key != "columns":
            raise ConfigError(f"{config.where('import', key)}: unknown key", "known: columns")
        for header, name in columns.items():
            if not isinstance(name, str):
                message = f"{config.where('import', key, header)} must be the name of a field, not {as_written(name)}"
                raise ConfigError(message, f'write [import.columns], and below it {dotted((header,))} = "why"')


def _unknown(path: Path, key: str) -> ConfigError:
    if key == "tool" and path.name == FILE:
        return ConfigError(f"{path}: [tool.journeykit] belongs into pyproject.toml", "write the keys at the top here")
    return ConfigError(f'{path}: unknown key "{key}"', did_you_mean(key, KEYS, f"known: {', '.join(KEYS)}"))
