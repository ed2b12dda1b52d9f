"""Settings of a repository: found upward from the working folder, read, checked."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from journeykit.errors import ConfigError
from journeykit.reading.discovery import INCLUDE
from journeykit.reading.faults import did_you_mean

if TYPE_CHECKING:
    from pydantic import ValidationError

FILE = "journeykit.toml"
LISTS = ("include", "exclude", "select", "ignore")
Level = Literal["error", "warning", "info"]


def _dashed(name: str) -> str:
    return name.replace("_", "-")


@dataclass(frozen=True)
class Config:
    """What a `journeykit.toml` may say; keys are written with hyphens.

    Pydantic checks it, but only where there is a file to check: a model would cost its time at every start.
    """

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
    path: Path | None = None
    """The file that this was read from."""

    def overridden(self, **given: Any) -> Config:
        """These settings with what was given on the command line; None is what was not."""
        return replace(self, **{name: value for name, value in given.items() if value is not None})

    def values(self) -> dict[str, Any]:
        """What is set, by the keys of the file."""
        named = {_dashed(field.name): getattr(self, field.name) for field in fields(self) if field.name != "path"}
        return {key: value for key, value in named.items() if value is not None}


KEYS = tuple(_dashed(field.name) for field in fields(Config) if field.name != "path")


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
    import tomllib

    try:
        return "journeykit" in tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError:
        return "[tool.journeykit" in text


def _read(path: Path) -> Config:
    import tomllib

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
    for key in table:
        if key not in KEYS:
            raise _unknown(path, key)
    config = _checked(path, table)
    theme = path.parent / config.theme if config.theme.endswith(".toml") else config.theme
    return replace(config, path=path, theme=str(theme))


def _checked(path: Path, table: dict[str, Any]) -> Config:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Config).validate_python({key.replace("-", "_"): value for key, value in table.items()})
    except ValidationError as error:
        raise _complaint(path, error) from None


def _complaint(path: Path, error: ValidationError) -> ConfigError:
    """The first thing that is wrong with a configuration, in our own words."""
    first = error.errors(include_url=False)[0]
    key = _dashed(str(first["loc"][0]))
    if first["type"] == "literal_error":
        return ConfigError(f'{path}: "{key}" must be {first["ctx"]["expected"]}, not {first["input"]!r}')
    expected = "a list of texts" if key in LISTS else "text"
    help = f'write {key} = ["{first["input"]}"]' if key in LISTS and isinstance(first["input"], str) else ""
    return ConfigError(f'{path}: "{key}" must be {expected}, not {first["input"]!r}', help)


def _unknown(path: Path, key: str) -> ConfigError:
    if key == "tool" and path.name == FILE:
        return ConfigError(f"{path}: [tool.journeykit] belongs into pyproject.toml", "write the keys at the top here")
    return ConfigError(f'{path}: unknown key "{key}"', did_you_mean(key, KEYS, f"known: {', '.join(KEYS)}"))
