"""What stands beside journeys, mangled: fonts, logos, themes, settings and baselines."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import matplotlib

from tests.conftest import EXAMPLES
from tests.fuzz.mutation import mutated
from tests.fuzz.program import folder, run
from tests.test_hostile_repository import chunk, png

THEME = """\
base = "light"
[colors]
good = "#117733"
[type]
body = 11
[spacing]
unit = 4
[font]
family = "Own"
regular = "font.ttf"
[logo]
file = "logo.svg"
png = "logo.png"
title = "We"
"""
SETTINGS = """\
include = ["*.journey.yaml"]
exclude = ["old/**"]
theme = "brand.toml"
baseline = "known.json"
show = "info"
fail-on = "error"
ignore = ["bad-start"]
[rules.long-note]
severity = "error"
words = 80
[per-file-ignores]
"*.journey.yaml" = ["missing-note"]
[channels.kiosk]
name = "Kiosk"
ideal_for = "small parcels"
[feelings]
meh = -0.5
[scoring]
pain = 45
"""
BASELINE = """\
{"version": 1, "findings": {"a.journey.yaml": {"missing-note": ["0123456789abcdef"], "bad-start": ["x", "y"]}}}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20"><path d="M0 0H9"/></svg>'
TEXTS = {"brand.toml": THEME, "journeykit.toml": SETTINGS, "known.json": BASELINE, "logo.svg": LOGO}
DRAWN = ("font.ttf", "logo.png", "logo.svg")
KINDS = (*DRAWN, "brand.toml", "journeykit.toml", "known.json")


@cache
def whole_font() -> bytes:
    """Return DejaVu Sans."""
    return (Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf").read_bytes()


@cache
def small_png() -> bytes:
    """Return a grey picture of 4 by 4 pixels."""
    return png(4, 4, chunk(b"IDAT", zlib.compress(b"\0" * 52)))


def font_changes(random: Random) -> list[Any]:
    """Return changes in a font's directory, or at the start of a table: an offset and bytes in hexadecimal."""
    font = whole_font()
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}
    changes = []
    for _ in range(random.choice((1, 1, 2, 5))):
        entry = tables[random.choice((b"cmap", b"kern", b"hmtx", b"hhea", b"head", b"glyf", b"name"))]
        start = struct.unpack_from(">I", font, entry + 8)[0]
        at = random.choice((entry + random.randrange(16), start + random.randrange(60), start + random.randrange(4000)))
        size = random.choice((1, 2, 4))
        changes.append([at, random.choice((b"\xff" * size, b"\0" * size, random.randbytes(size))).hex()])
    return changes


def damaged_font(changes: list[Any], size: int) -> bytes:
    """Return the font with changes, cut to a size."""
    font = bytearray(whole_font())
    for at, change in changes:
        new = bytes.fromhex(change)
        font[at : at + len(new)] = new
    return bytes(font[:size])


def damaged_asset(random: Random) -> Any:
    """Return which file beside a journey is damaged, and how; the bytes of a small file are written as Latin-1."""
    name = random.choice(KINDS)
    case = {
        "file": name,
        "journey": random.choice(sorted(EXAMPLES.glob("*.yaml"))).read_text(encoding="utf-8"),
        "format": random.choice(("svg", "svg", "png", "pdf")) if name in DRAWN else "svg",
    }
    if name == "font.ttf":
        size = len(whole_font())
        size = random.randrange(size) if random.random() < 0.1 else size
        return {**case, "changes": font_changes(random), "size": size}
    whole = small_png() if name == "logo.png" else TEXTS[name].encode()
    return {**case, "bytes": mutated(random, [whole, whole, whole]).decode("latin-1")}


def check_asset(case: Any) -> str:
    """Check that a damaged file beside a journey is at most a mistake of the user."""
    name: str = case["file"]
    files = {file: text.encode() for file, text in TEXTS.items()}
    files |= {"logo.png": small_png(), "font.ttf": whole_font()}
    is_font = name == "font.ttf"
    files[name] = damaged_font(case["changes"], case["size"]) if is_font else case["bytes"].encode("latin-1")
    files["a.journey.yaml"] = case["journey"].encode()
    with folder() as here:
        for file, data in files.items():
            (here / file).write_bytes(data)
        for args in (("render", "--format", case["format"]), ("lint", "--no-plugins"), ("score",)):
            done = run(*args)
            assert done.status in (0, 1, 2), (name, args, done.err)
            assert done.status != 2 or done.err, (name, args)
    return name
