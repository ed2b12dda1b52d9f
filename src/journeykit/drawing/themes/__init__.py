"""Themes: colors of roles, sizes of text, unit of spacing. A theme is a module here or a TOML file of the user"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, get_args

from journeykit.drawing.fonts import Family
from journeykit.drawing.scene import Role
from journeykit.drawing.themes.assets import FONT_KEYS, LOGO_KEYS, Logo, family, logo
from journeykit.errors import ConfigError, UsageError
from journeykit.files import read_toml

NAMES = ("light", "dark", "print")
SMALLEST = 7.0
"""The least size of text in points."""

COLOR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

_GROUNDS: tuple[Role, ...] = (
    "page",
    "panel",
    "panel-strong",
    "accent-soft",
    "good-soft",
    "neutral-soft",
    "bad-soft",
    "star-soft",
    "good-area",
    "bad-area",
)
LINES: tuple[Role, ...] = ("line-1", "line-2", "line-3", "line-4", "line-5", "line-6")
"""Colors of the curves of an overlay, in order."""
PAIRS: tuple[tuple[Role, Role], ...] = (
    *(("ink", ground) for ground in _GROUNDS),
    *(("muted", ground) for ground in _GROUNDS),
    *(("accent", ground) for ground in ("page", "panel", "panel-strong", "accent-soft")),
    *(("good-ink", ground) for ground in ("page", "panel", "good-soft")),
    *(("bad-ink", ground) for ground in ("page", "panel", "bad-soft")),
    *((line, "page") for line in LINES),
    ("on-accent", "accent"),
    ("on-good", "good"),
    ("on-neutral", "neutral"),
    ("on-bad", "bad"),
    ("on-star", "star"),
)
"""Text colors and their backgrounds, with a contrast of at least 4.5 : 1 in all themes (WCAG 2.2, AA)."""


class TypeScale(NamedTuple):
    """Sizes of text in points."""

    caption: float
    """Axis labels, units, notes."""
    body: float
    """Normal text."""
    lead: float
    """Titles of columns."""
    heading: float
    """Headings."""
    title: float
    """Title of the picture."""
    figure: float
    """Large numbers, such as the score."""


class Theme(NamedTuple):
    """The appearance of a scene.

    `unit` is the unit of spacing in points. `hatching` maps roles of fills to the role of the lines that are drawn
    over them, so that they are distinct without colors.
    """

    name: str
    colors: Mapping[Role, str]
    type: TypeScale
    unit: float
    hatching: Mapping[Role, Role]
    font: Family | None = None
    """Font of the user instead of DejaVu Sans."""
    logo: Logo | None = None


@lru_cache(maxsize=16)
def load(theme: str | Path = "light") -> Theme:
    """Return a theme by its name, or from a TOML file.

    A file contains what differs from the theme that it names with `base` (by default `light`). Raises UsageError
    for an unknown name or a file that cannot be read, ConfigError for invalid content.
    """
    if isinstance(theme, str) and theme in NAMES:
        return _built(theme, _ours(theme), theme)
    path = Path(theme)
    if isinstance(theme, str) and path.suffix != ".toml":
        from difflib import get_close_matches

        near = get_close_matches(theme, NAMES, 1)
        raise UsageError(
            f"there is no theme {theme!r}",
            f"did you mean {near[0]!r}?" if near else f"themes: {', '.join(NAMES)}, or a .toml file of your own",
        )
    try:
        own = read_toml(path)
    except OSError as fault:
        raise UsageError(f"cannot read the theme {path}: {fault.strerror or fault}") from fault
    except ValueError as fault:
        raise ConfigError(f"{path}: {fault}") from fault
    base = own.pop("base", "light")
    if base not in NAMES:
        raise ConfigError(f"{path}: there is no theme {base!r} to build on", f"themes: {', '.join(NAMES)}")
    ours = _ours(base)
    for part in own.keys() | ours.keys():
        if not isinstance(own.get(part, {}), dict):
            raise ConfigError(f"{path}: {part} must be a table")
    return _built(path.stem, _over(ours, own), str(path), path.parent)


def _ours(name: str) -> dict[str, Any]:
    theme: dict[str, Any] = import_module(f"{__name__}.{name}").THEME
    return theme if name == "light" else _over(_ours("light"), theme)


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Merge a theme into the theme it is based on."""
    return {part: {**base.get(part, {}), **own.get(part, {})} for part in (base | own)}


def _built(name: str, parts: dict[str, Any], where: str, folder: Path = Path()) -> Theme:
    roles = get_args(Role)
    sizes = TypeScale._fields
    _check_keys(where, "", parts, ["colors", "type", "spacing", "hatching", "font", "logo"])
    _check_keys(where, "colors.", parts["colors"], roles, whole=True)
    _check_keys(where, "type.", parts["type"], sizes, whole=True)
    _check_keys(where, "spacing.", parts["spacing"], ["unit"], whole=True)
    hatching = parts.get("hatching", {})
    _check_keys(where, "hatching.", hatching, roles)
    for role, color in parts["colors"].items():
        if not isinstance(color, str) or not COLOR.fullmatch(color):
            raise ConfigError(f"{where}: colors.{role} is {color!r}, not a color such as '#2a4b8d'")
    for role, line in hatching.items():
        if line not in roles:
            raise ConfigError(f"{where}: hatching.{role} names {line!r}, which is no role")
    for size, value in parts["type"].items():
        _check_number(f"{where}: type.{size}", value, SMALLEST)
    _check_number(f"{where}: spacing.unit", parts["spacing"]["unit"], 1.0)
    _check_keys(where, "font.", parts.get("font", {}), FONT_KEYS)
    _check_keys(where, "logo.", parts.get("logo", {}), LOGO_KEYS)
    return Theme(
        name=name,
        colors={role: color.lower() for role, color in parts["colors"].items()},
        type=TypeScale(**{size: float(parts["type"][size]) for size in sizes}),
        unit=float(parts["spacing"]["unit"]),
        hatching=hatching,
        font=family(parts.get("font", {}), folder, where),
        logo=logo(parts.get("logo", {}), folder, where),
    )


def _check_keys(
    where: str, prefix: str, given: Mapping[str, Any], known: list[str] | tuple[str, ...], whole: bool = False
) -> None:
    for key in given:
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, known, 1)
            raise ConfigError(
                f"{where}: there is no {prefix}{key} in a theme",
                f"did you mean {prefix}{near[0]}?" if near else "",
            )
    for key in known if whole else ():
        if key not in given:
            raise ConfigError(f"{where}: {prefix}{key} is missing")


def _check_number(what: str, value: object, least: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= 200:
        raise ConfigError(f"{what} is {value!r}, not a number of points from {least:g} to 200")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21, as defined by WCAG 2.2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
