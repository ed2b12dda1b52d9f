"""Real journeys, mangled: bytes, lines, words of YAML and values where others belong."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.conftest import EXAMPLES, ROOT

JUNK = [
    "null", "~", "true", "-1", "1e400", ".nan", "-.inf", "[]", "{}", "{a: b}", "''", "!!int ''", "!x y", "*a", "&a b",
    "|", ">", "- x", "? a", ": b", "<<: {a: b}", "0x1F", "9" * 5000, "\x00", "\x07", "\x1b[2J", "\u2028", "\x85",
    '"\\ud800"', "\t", "%YAML 1.1", "@", "`", "'", '"', "[", "{", "]", "}", ": ", "#", " #", "---", "...", "85%", "P1D",
    "day 3", "+5min", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "İ", "日本", "\ufeff", "\ufffe", "k" * 2000,
    "1h 30min", "2-3d", "-2..2", "- a: *a", "\\", "\u202e", "\u200b", "\U000e0041", "#journeykit: ignore[all]", "5/7",
    " # journeykit: ignore[bad-ending, missing-note] x", "\r", "\r\n",
    "\u200f", "👩\u200d💻", "1.10", "007", "1e3", "no", "off",
]  # fmt: skip


def seeds(*folders: Path) -> list[bytes]:
    """Return the real journeys that are mangled, and those in the folders."""
    files = [
        *EXAMPLES.glob("*.yaml"),
        *(path for folder in folders for path in folder.glob("*.yaml")),
        *(ROOT / "tests").rglob("*.journey.yaml"),
        *(ROOT / "tests/rules").rglob("*.yaml"),
    ]
    return [path.read_bytes() for path in sorted(files) if path.stat().st_size < 30_000]


def mutated(random: Random, originals: list[bytes]) -> bytes:
    """Return a journey with one to six changes."""
    data = random.choice(originals)
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        data = random.choice((_lines, _lines, _words, _words, _bytes, _splice))(random, data, originals)
    return data[:200_000]


def _lines(random: Random, data: bytes, _: list[bytes]) -> bytes:
    """Drop, double, move, indent or join lines."""
    lines = data.split(b"\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    kind = random.randrange(6)
    if kind == 0:
        del lines[at : at + random.randint(1, 4)]
    elif kind == 1:
        lines.insert(other, lines[at])
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 3:
        lines[at] = b" " * random.randint(1, 4) + lines[at]
    elif kind == 4:
        lines[at] = lines[at].lstrip()
    else:
        lines[at : at + 2] = [b" ".join(lines[at : at + 2])]
    return b"\n".join(lines)


def _words(random: Random, data: bytes, _: list[bytes]) -> bytes:
    """Put a word of YAML, or another value, in some place or in place of a value."""
    junk = random.choice(JUNK).encode("utf-8", "surrogatepass")
    if random.random() < 0.5 and b": " in data:
        parts = data.split(b": ")
        at = random.randrange(1, len(parts))
        rest = parts[at].partition(b"\n")
        parts[at] = junk + rest[1] + rest[2]
        return b": ".join(parts)
    at = random.randrange(len(data) + 1)
    return data[:at] + junk + data[at:]


def _bytes(random: Random, data: bytes, _: list[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    kind = random.randrange(3)
    if kind == 0:
        return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[at + random.randint(1, 30) :]
    return data[:at]


def _splice(random: Random, data: bytes, originals: list[bytes]) -> bytes:
    """Continue with the lines of another journey."""
    mine, others = data.split(b"\n"), random.choice(originals).split(b"\n")
    return b"\n".join(mine[: random.randrange(len(mine) + 1)] + others[random.randrange(len(others)) :])
