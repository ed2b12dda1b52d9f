"""Settings of a repository: found upward from the working folder, read, checked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from journeykit.errors import ConfigError
from journeykit.reading.discovery import INCLUDE
from journeykit.reading.faults import did_you_mean

FILE = "journeykit.toml"
LISTS = ("include", "exclude", "select", "ignore")
Level = Literal["error", "warning", "info"]


def _dashed(name: str) -> str:
    return name.replace("_", "-")


class Config(BaseModel):
    """What a `journeykit.toml` may say; keys are written with hyphens."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_dashed, populate_by_name=True)

    include: tuple[str, ...] = INCLUDE
    """Patterns of files that are journeys when a folder is named."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders that are passed over when a folder is named."""
    select: tuple[str, ...] = ("all",)
    """Rules, families or `all` that lint uses."""
    ignore: tuple[str, ...] = ()
    """Rules or families that lint leaves out."""
    show: Level = "warning"
    """The mildest findings that lint prints."""
    fail_on: Level = "warning"
    """The mildest findings that make lint fail."""
    profile: Literal["balanced", "mean", "peak-end"] | None = None
    """The scoring profile of journeys that name none."""
    source: Literal["best", "stated", "measured"] = "best"
    """Which value of a touchpoint is scored."""
    theme: str = "light"
    """The theme of charts."""
    path: Path | None = Field(None, exclude=True)
    """The file that this was read from."""

    def overridden(self, **given: Any) -> Config:
        """These settings with what was given on the command line; None is what was not."""
        return self.model_copy(update={name: value for name, value in given.items() if value is not None})


def load_config(explicit: Path | None = None, isolated: bool = False, start: Path | None = None) -> Config:
    """The settings in force: a named file, none, or the nearest upward from `start` (the working folder)."""
    if isolated:
        return Config()
    if explicit is not None:
        return _read(explicit)
    folder = (start or Path.cwd()).absolute()
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            return _read(parent / FILE)
        project = parent / "pyproject.toml"
        if project.is_file() and _speaks_of_us(project):
            return _read(project)
    return Config()


def _speaks_of_us(project: Path) -> bool:
    """Whether a pyproject.toml has our table; where one without it is broken, that is not for us to say."""
    try:
        text = project.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return False
    if "journeykit" not in text:
        return False
    try:
        return "journeykit" in tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError:
        return "[tool.journeykit" in text


def _read(path: Path) -> Config:
    try:
        table: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not readable as TOML: {error}") from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("journeykit", {})
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: tool.journeykit must be a table")
    if "path" in table:
        raise _unknown(path, "path")
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        raise _complaint(path, error) from None
    theme = path.parent / config.theme if config.theme.endswith(".toml") else config.theme
    return config.model_copy(update={"path": path, "theme": str(theme)})


def _complaint(path: Path, error: ValidationError) -> ConfigError:
    """The first thing that is wrong with a configuration, in our own words."""
    first = error.errors(include_url=False)[0]
    key = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return _unknown(path, key)
    if first["type"] == "literal_error":
        return ConfigError(f'{path}: "{key}" must be {first["ctx"]["expected"]}, not {first["input"]!r}')
    expected = "a list of texts" if key in LISTS else "text"
    return ConfigError(f'{path}: "{key}" must be {expected}, not {first["input"]!r}')


def _unknown(path: Path, key: str) -> ConfigError:
    keys = [_dashed(name) for name in Config.model_fields if name != "path"]
    return ConfigError(f'{path}: unknown key "{key}"', did_you_mean(key, keys, f"known: {', '.join(keys)}"))
