"""What stands beside journeys, mangled: fonts, logos, themes, settings and baselines."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path
from random import Random

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
KINDS = ("font", "logo.svg", "logo.png", "brand.toml", "journeykit.toml", "known.json")


@cache
def whole_font() -> bytes:
    """Return DejaVu Sans."""
    return (Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf").read_bytes()


@cache
def small_png() -> bytes:
    """Return a grey picture of 4 by 4 pixels."""
    return png(4, 4, chunk(b"IDAT", zlib.compress(b"\0" * 52)))


def damaged_font(random: Random) -> bytes:
    """Return a font with changes in its directory, at the start of a table, or cut."""
    font = bytearray(whole_font())
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {bytes(font[at : at + 4]): at for at in range(12, 12 + 16 * count, 16)}
    for _ in range(random.choice((1, 1, 2, 5))):
        entry = tables[random.choice((b"cmap", b"kern", b"hmtx", b"hhea", b"head", b"glyf", b"name"))]
        start = struct.unpack_from(">I", font, entry + 8)[0]
        at = random.choice((entry + random.randrange(16), start + random.randrange(60), start + random.randrange(4000)))
        size = random.choice((1, 2, 4))
        font[at : at + size] = random.choice((b"\xff" * size, b"\0" * size, random.randbytes(size)))
    return bytes(font[: random.randrange(len(font))] if random.random() < 0.1 else font)


def check_assets(seed: int) -> str:
    """Check that a damaged file beside a journey is at most a mistake of the user."""
    random = Random(seed)
    kind = random.choice(KINDS)
    texts = {"brand.toml": THEME, "journeykit.toml": SETTINGS, "known.json": BASELINE, "logo.svg": LOGO}
    with folder() as here:
        (here / "a.journey.yaml").write_bytes(random.choice(sorted(EXAMPLES.glob("*.yaml"))).read_bytes())
        for name, text in texts.items():
            data = text.encode()
            (here / name).write_bytes(mutated(random, [data, data, data]) if name == kind else data)
        (here / "font.ttf").write_bytes(damaged_font(random) if kind == "font" else whole_font())
        whole = small_png()
        (here / "logo.png").write_bytes(mutated(random, [whole, whole]) if kind == "logo.png" else whole)
        command = random.choice(("svg", "svg", "png", "pdf")) if kind in ("font", "logo.png", "logo.svg") else "svg"
        for args in (("render", "--format", command), ("lint", "--no-plugins"), ("score",)):
            done = run(*args)
            assert done.status in (0, 1, 2), (kind, args, done.err)
            assert done.status != 2 or done.err, (kind, args)
    return kind
