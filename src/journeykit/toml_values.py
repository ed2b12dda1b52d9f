"""Values of a TOML file: each is checked for its shape, and a wrong one is an error that names its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeykit.errors import ConfigError


def dotted(keys: tuple[str, ...]) -> str:
    """Return a key of a TOML file with the tables above it, quoted if TOML requires it."""
    return ".".join(key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"' for key in keys)


def as_written(value: Any) -> str:
    """Return a wrong value for a message: plain values as TOML has them, lists and tables by name."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "a table"
    return repr(value) if isinstance(value, str) else str(value).lower()


def texts(path: Path, keys: tuple[str, ...], value: Any) -> tuple[str, ...]:
    key = dotted(keys)
    if isinstance(value, list):
        wrong = [one for one in value if not isinstance(one, str)]
        if not wrong:
            return tuple(value)
        raise ConfigError(f'{path}: "{key}" must be a list of texts, not {as_written(wrong[0])}')
    help = f'write {key} = ["{value}"]' if isinstance(value, str) else ""
    raise ConfigError(f'{path}: "{key}" must be a list of texts, not {as_written(value)}', help)


def text(path: Path, keys: tuple[str, ...], value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ConfigError(f'{path}: "{dotted(keys)}" must be text, not {as_written(value)}')


def truth(path: Path, keys: tuple[str, ...], value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ConfigError(f'{path}: "{dotted(keys)}" must be true or false, not {as_written(value)}')


def table(path: Path, keys: tuple[str, ...], value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    key = dotted(keys)
    message = f'{path}: "{key}" must be a table, not {as_written(value)}'
    raise ConfigError(message, f"write [{key}], and its keys below it")


def tables(path: Path, keys: tuple[str, ...], value: Any) -> dict[str, dict[str, Any]]:
    return {key: table(path, (*keys, key), one) for key, one in table(path, keys, value).items()}


def lists(path: Path, keys: tuple[str, ...], value: Any) -> dict[str, tuple[str, ...]]:
    return {key: texts(path, (*keys, key), one) for key, one in table(path, keys, value).items()}
