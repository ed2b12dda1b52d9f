"""Fonts and logos of themes. Their files are read and checked when the theme is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from struct import unpack_from
from typing import Any, Literal, NamedTuple

from journeykit.drawing.fonts import Face, Family
from journeykit.errors import ConfigError
from journeykit.files import read_regular_file

FONT_KEYS = ("family", "regular", "bold", "italic", "bold-italic")
LOGO_KEYS = ("file", "png", "title")
HEAVY = 2_000_000
"""The most bytes of a logo, which every picture contains."""
MOST_PIXELS = 16_000_000
"""Of a logo; a file of a few kilobytes can ask for gigabytes of memory."""
PNG = b"\x89PNG\r\n\x1a\n"
NAME = re.compile(r"[\w .-]+")


class Logo(NamedTuple):
    """An image above the title. `png` is for PNG and PDF; None if the theme has only an SVG."""

    data: bytes
    form: Literal["png", "svg"]
    png: bytes | None
    ratio: float
    """Width divided by height."""
    title: str


def family(given: Mapping[str, Any], folder: Path, where: str) -> Family | None:
    """Return the font of a theme's `[font]` table, or None. Raises ConfigError."""
    if not given:
        return None
    if "regular" not in given:
        raise ConfigError(f"{where}: font.regular is missing", "it names the font's file, a .ttf or .otf")
    paths = {key: _path(given, key, folder, f"{where}: font.{key}") for key in FONT_KEYS[1:] if key in given}
    for key, path in paths.items():
        try:
            fits = Face(path).drawable
        except (OSError, ValueError) as fault:
            raise ConfigError(f"{where}: font.{key}: cannot read {path}: {_reason(fault)}") from fault
        if not fits:
            raise ConfigError(f"{where}: font.{key}: {path} has no outlines to draw")
    name = given.get("family", paths["regular"].stem)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ConfigError(f"{where}: font.family is {name!r}, not a name such as 'Inter'")
    regular = paths["regular"]
    bold, italic = paths.get("bold", regular), paths.get("italic", regular)
    return Family(name, regular, bold, italic, paths.get("bold-italic", bold))


def logo(given: Mapping[str, Any], folder: Path, where: str) -> Logo | None:
    """Return the logo of a theme's `[logo]` table, or None. Raises ConfigError."""
    if not given:
        return None
    if "file" not in given:
        raise ConfigError(f"{where}: logo.file is missing", "it names the logo's file, an .svg or .png")
    title = given.get("title", "")
    if not isinstance(title, str):
        raise ConfigError(f"{where}: logo.title is {title!r}, not text")
    data = _image(given, "file", folder, where)
    png = _image(given, "png", folder, where) if "png" in given else data if data.startswith(PNG) else None
    if png is not None and not png.startswith(PNG):
        raise ConfigError(f"{where}: logo.png is no PNG file")
    if data.startswith(PNG):
        width, height = unpack_from(">II", data, 16) if len(data) > 24 else (0, 0)
    else:
        width, height = _svg_size(data, where)
    if not 0 < width < 1e6 or not 0 < height < 1e6:
        raise ConfigError(f"{where}: logo.file has no size")
    return Logo(data, "png" if data.startswith(PNG) else "svg", png, width / height, title)


def _image(given: Mapping[str, Any], key: str, folder: Path, where: str) -> bytes:
    path = _path(given, key, folder, f"{where}: logo.{key}")
    try:
        data = read_regular_file(path)
    except OSError as fault:
        raise ConfigError(f"{where}: logo.{key}: cannot read {path}: {_reason(fault)}") from fault
    if len(data) > HEAVY:
        raise ConfigError(f"{where}: logo.{key}: {path} has more than 2 MB, which every picture would carry along")
    if data.startswith(PNG) and len(data) > 24:
        width, height = unpack_from(">II", data, 16)
        if width * height > MOST_PIXELS:
            raise ConfigError(
                f"{where}: logo.{key}: {path} has {width} × {height} pixels",
                f"a logo has {MOST_PIXELS:,} pixels at most",
            )
    return data


def _svg_size(data: bytes, where: str) -> tuple[float, float]:
    """Return width and height of an SVG, or else those of its view box."""
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as fault:
        raise ConfigError(f"{where}: logo.file is neither a PNG nor a well-formed SVG") from fault
    if root.tag.rpartition("}")[2] != "svg":
        raise ConfigError(f"{where}: logo.file is neither a PNG nor an SVG")
    box = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    sizes = [re.fullmatch(r"(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?", root.get(key, "")) for key in ("width", "height")]
    if sizes[0] and sizes[1]:
        return float(sizes[0][1]), float(sizes[1][1])
    return (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)


def _path(given: Mapping[str, Any], key: str, folder: Path, what: str) -> Path:
    name = given[key]
    if not isinstance(name, str) or not name or "\0" in name:
        raise ConfigError(f"{what} is {name!r}, not the name of a file")
    try:
        return folder / Path(name).expanduser()
    except RuntimeError as fault:  # ~ of somebody who does not exist
        raise ConfigError(f"{what}: {name}: {fault}") from fault


def _reason(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or "not a TrueType or OpenType font"
