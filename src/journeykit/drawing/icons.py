"""Icons, faces and markers, drawn for this program on a grid of 24 units.

Emoji are no substitute: many fonts lack them, and they look different in each.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from journeykit.drawing.geometry import Command, circle, ellipse, mapped, rounded, shifted
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path, Role
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import SMALLEST

GRID = 24.0
STROKE = 1.9
"""Width of strokes in units of the grid."""


class Icon(NamedTuple):
    """Strokes and filled parts on the grid."""

    strokes: tuple[Command, ...]
    fills: tuple[Command, ...] = ()


@cache
def _lines(drawing: str) -> tuple[Command, ...]:
    """Parse path data such as `M3 6L12 13`."""
    out: list[Command] = []
    for step, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", drawing):
        out.append((step, *map(float, numbers.split())))
    return tuple(out)


def _dots(*places: tuple[float, float], radius: float = 1.35) -> tuple[Command, ...]:
    return tuple(step for x, y in places for step in circle(x, y, radius))


def _star(x: float, y: float, radius: float) -> tuple[Command, ...]:
    """Return a star with five points, from the sines and cosines of fifths of a circle, outer and inner in turn."""
    fifths = (
        (0, -1), (0.2351, -0.3236), (0.9511, -0.309), (0.3804, 0.1236), (0.5878, 0.809),
        (0, 0.4), (-0.5878, 0.809), (-0.3804, 0.1236), (-0.9511, -0.309), (-0.2351, -0.3236),
    )  # fmt: skip
    points = [(x + radius * dx, y + radius * dy) for dx, dy in fifths]
    return (("M", *points[0]), *(("L", *point) for point in points[1:]), ("Z",))


GENERIC = Icon(circle(12, 12, 8.5), _dots((12, 12), radius=3))

CHANNELS: dict[str, Icon] = {
    "phone": Icon(
        _lines(
            "M5.5 3L9 3L11 8L8.6 9.9C9.8 12.4 11.6 14.2 14.1 15.4L16 13L21 15L21 18.5C21 19.9 19.9 21 18.5 21"
            "C10 20.6 3.4 14 3 5.5C3 4.1 4.1 3 5.5 3Z"
        )
    ),
    "email": Icon(rounded(2.5, 5, 19, 14.5, 2.2) + _lines("M3.2 6.8L12 13.6L20.8 6.8")),
    "social": Icon(
        circle(6, 12, 2.9)
        + circle(17.8, 5.6, 2.9)
        + circle(17.8, 18.4, 2.9)
        + _lines("M8.6 10.6L15.2 7M8.6 13.4L15.2 17")
    ),
    "chat": Icon(
        _lines(
            "M5 2.5L14.5 2.5C15.9 2.5 17 3.6 17 5L17 10C17 11.4 15.9 12.5 14.5 12.5L9 12.5L5 16L5 12.5"
            "C3.6 12.5 2.5 11.4 2.5 10L2.5 5C2.5 3.6 3.6 2.5 5 2.5Z"
            "M20 8.4C21 8.8 21.5 9.7 21.5 10.8L21.5 15C21.5 16.4 20.4 17.5 19 17.5L19 21L15 17.5L10.5 17.5"
        )
    ),
    "chatbot": Icon(
        rounded(4.2, 8, 15.6, 12, 3) + _lines("M12 8L12 5M1.6 12.5L1.6 15.5M22.4 12.5L22.4 15.5M9.5 16.8L14.5 16.8"),
        _dots((12, 3.6), (8.9, 12.9), (15.1, 12.9), radius=1.5),
    ),
    "sms": Icon(
        _lines(
            "M6 3.5L18 3.5C19.7 3.5 21 4.8 21 6.5L21 13.5C21 15.2 19.7 16.5 18 16.5L12.5 16.5L7.5 21L7.5 16.5L6 16.5"
            "C4.3 16.5 3 15.2 3 13.5L3 6.5C3 4.8 4.3 3.5 6 3.5ZM7.5 8.2L16.5 8.2M7.5 12L13 12"
        )
    ),
    "self-service": Icon(
        _lines(
            "M9.6 14.4L9.6 4.4C9.6 3.3 10.4 2.5 11.4 2.5C12.4 2.5 13.2 3.3 13.2 4.4L13.2 10.4L17.9 11.4"
            "C19.4 11.7 20.2 12.9 20 14.3L19.3 18.3C18.9 20.2 17.6 21.5 15.8 21.5L12.9 21.5"
            "C11.4 21.5 10.4 20.9 9.5 19.7L5 13.9C4 12.4 5.8 10.9 7.2 12.1L9.6 14.4"
        )
    ),
    "in-person": Icon(
        circle(7.8, 7.4, 3.3)
        + circle(16.2, 7.4, 3.3)
        + _lines(
            "M1.8 20C1.8 16.2 4.2 14 7.8 14C9.5 14 11 14.6 12 15.6C13 14.6 14.5 14 16.2 14C19.8 14 22.2 16.2 22.2 20"
        )
    ),
    "web": Icon(circle(12, 12, 9.3) + ellipse(12, 12, 4, 9.3) + _lines("M2.9 12L21.1 12")),
    "app": Icon(rounded(6.2, 2, 11.6, 20, 2.6) + _lines("M10.4 18.4L13.6 18.4")),
    "portal": Icon(
        rounded(2.3, 3.5, 19.4, 17, 2.2)
        + _lines("M2.3 8L21.7 8M7.8 20.3C7.8 17.8 9.4 16.6 12 16.6C14.6 16.6 16.2 17.8 16.2 20.3")
        + circle(12, 12.6, 2)
    ),
    "letter": Icon(_lines("M3 9.8L12 3L21 9.8L21 20.5L3 20.5ZM3.2 10.2L12 16L20.8 10.2")),
    "video": Icon(rounded(2, 6, 13.2, 12, 2.4) + _lines("M15.4 10.9L22 7L22 17L15.4 13.1")),
    "store": Icon(
        _lines(
            "M4.5 12L4.5 21L19.5 21L19.5 12M3 8.8L5 3.2L19 3.2L21 8.8M3 8.8C3 12.4 9 12.4 9 8.8"
            "C9 12.4 15 12.4 15 8.8C15 12.4 21 12.4 21 8.8M9.8 21L9.8 16L14.2 16L14.2 21"
        )
    ),
    "referral": Icon(
        circle(8.4, 7.6, 3.5)
        + _lines("M1.8 20.5C1.8 16.4 4.4 14.2 8.4 14.2C12.4 14.2 15 16.4 15 20.5M15 8.6L22 8.6M19 5.4L22 8.6L19 11.8")
    ),
    "sign": Icon(_lines("M12 2L12 4.6M12 12L12 22M8.4 22L15.6 22M4 4.6L17 4.6L21 8.3L17 12L4 12Z")),
    "ad": Icon(
        _lines(
            "M3 9.4L3 14.2L7.6 14.2L17.4 19L17.4 4.6L7.6 9.4ZM7.2 14.4L8.6 20.6L11.8 20.6L10.8 16"
            "M20.6 9.4C21.8 10.6 21.8 13 20.6 14.2"
        )
    ),
    "print": Icon(
        _lines(
            "M4.8 2.3L14.8 2.3L19.2 6.7L19.2 21.7L4.8 21.7ZM14.6 2.5L14.6 7L19 7"
            "M8.2 11.4L15.8 11.4M8.2 14.6L15.8 14.6M8.2 17.8L12.6 17.8"
        )
    ),
    "review": Icon(
        rounded(2.2, 3.5, 19.6, 17, 2.2) + _lines("M14.6 8.6L18 8.6M14.6 12L18 12M6.2 16.6L18 16.6"),
        _star(8.9, 10, 4),
    ),
    "self": Icon(circle(12, 7.6, 4.4) + _lines("M3.6 21.4C3.6 16.8 7 14.4 12 14.4C17 14.4 20.4 16.8 20.4 21.4")),
    "none": Icon(
        _lines(
            "M6 2.5L18 2.5M6 21.5L18 21.5M7.8 2.5L7.8 6.4C7.8 9.6 12 10.4 12 12C12 10.4 16.2 9.6 16.2 6.4L16.2 2.5"
            "M7.8 21.5L7.8 17.6C7.8 14.4 12 13.6 12 12C12 13.6 16.2 14.4 16.2 17.6L16.2 21.5"
        ),
        _lines("M9.2 20.3C9.2 18 14.8 18 14.8 20.3Z"),
    ),
}
"""Icons by the ids of channels. Silence (`none`) is an hourglass."""

SIGNS: dict[str, Icon] = {
    "star": Icon(_star(12, 12.8, 9.6), _star(12, 12.8, 9.6)),
    "diamond": Icon(_lines("M12 2.2L21.8 12L12 21.8L2.2 12Z"), _lines("M12 2.2L21.8 12L12 21.8L2.2 12Z")),
    "decision": Icon(_lines("M12 2L22 12L12 22L2 12Z")),
    "lock": Icon(
        rounded(4.5, 10.5, 15, 11, 2.2) + _lines("M7.8 10.5L7.8 7C7.8 1.6 16.2 1.6 16.2 7L16.2 10.5"),
        _dots((12, 16), radius=1.7),
    ),
    "clock": Icon(circle(12, 12, 9.3) + _lines("M12 6.4L12 12L15.8 14.2")),
    "handoff": Icon(_lines("M2.5 12L20.8 12M14.2 5.4L20.8 12L14.2 18.6")),
    "bulb": Icon(
        _lines(
            "M9 17.4C9 14.8 5.6 13.4 5.6 9C5.6 5.2 8.4 2.4 12 2.4C15.6 2.4 18.4 5.2 18.4 9C18.4 13.4 15 14.8 15 17.4Z"
            "M9.8 21.4L14.2 21.4"
        )
    ),
    "rise": Icon(_lines("M12 21L12 4M5.4 10.4L12 3.6L18.6 10.4")),
    "fall": Icon(_lines("M12 3L12 20M5.4 13.6L12 20.4L18.6 13.6")),
    "exit": Icon(_lines("M13.5 3L4 3L4 21L13.5 21M9.5 12L21.5 12M16.5 6.8L21.5 12L16.5 17.2")),
    "pin": Icon(
        _lines("M12 22C7 16.4 4.6 12.6 4.6 9.4C4.6 5 7.8 2 12 2C16.2 2 19.4 5 19.4 9.4C19.4 12.6 17 16.4 12 22Z"),
        _dots((12, 9.4), radius=2.6),
    ),
    "pain": Icon(_lines("M13.6 2L5 13.4L11 13.4L9.4 22L19 9.8L12.6 9.8Z")),
    "link": Icon(
        _lines(
            "M9.8 14.2C11.4 15.8 14 15.8 15.6 14.2L20 9.8C21.6 8.2 21.6 5.6 20 4C18.4 2.4 15.8 2.4 14.2 4L12.8 5.4"
            "M14.2 9.8C12.6 8.2 10 8.2 8.4 9.8L4 14.2C2.4 15.8 2.4 18.4 4 20C5.6 21.6 8.2 21.6 9.8 20L11.2 18.6"
        )
    ),
    "journey": Icon(
        _lines("M4.5 19.5C4.5 11 11.5 17.5 12 12C12.5 6.5 19.5 13 19.5 4.5"),
        _dots((4.5, 19.5), (19.5, 4.5), radius=2.6),
    ),
    "system": Icon(
        ellipse(12, 5.6, 8, 3.2) + _lines("M4 5.6L4 18.4C4 22.7 20 22.7 20 18.4L20 5.6M4 12C4 16.3 20 16.3 20 12")
    ),
}
"""Icons of other things by name. star: wow; diamond: moment of truth; bulb: opportunity; rise, fall: change;
exit: end of the journey; pin: place; system: tool behind the scenes; pain: what hurts; link: address; journey: a
journey of its own."""

ALONG = frozenset({"handoff", "exit", "journey"})
"""Signs that point in the direction of reading and are mirrored with it."""

Level: TypeAlias = Literal["very-unhappy", "unhappy", "neutral", "happy", "very-happy", "unrated"]


class _Face(NamedTuple):
    fill: Role
    rim: Role
    features: Role
    mouth: str
    brows: str = ""
    open_mouth: bool = False


FACES: dict[Level, _Face] = {
    "very-unhappy": _Face(
        "bad", "bad", "on-bad", "M7.4 17.6C8.8 13.4 15.2 13.4 16.6 17.6", "M5.8 8.4L9.4 6.4M18.2 8.4L14.6 6.4"
    ),
    "unhappy": _Face("page", "bad", "bad-ink", "M7.8 16.8C9.4 14.6 14.6 14.6 16.2 16.8"),
    "neutral": _Face("page", "neutral", "ink", "M8 15.8L16 15.8"),
    "happy": _Face("page", "good", "good-ink", "M7.6 14.6C9.2 17.4 14.8 17.4 16.4 14.6"),
    "very-happy": _Face("good", "good", "on-good", "M6.8 13.4C7.4 19.8 16.6 19.8 17.2 13.4Z", open_mouth=True),
    "unrated": _Face("page", "neutral", "muted", ""),
}


def _placed(drawing: tuple[Command, ...], x: float, y: float, scale: float) -> tuple[Command, ...]:
    return shifted(_scaled(drawing, scale), x, y)


@lru_cache(maxsize=1 << 9)
def _scaled(drawing: tuple[Command, ...], scale: float) -> tuple[Command, ...]:
    return mapped(drawing, lambda x, y: (x * scale, y * scale))


def _drawn(icon: Icon, size: float, color: Role) -> tuple[Mark, ...]:
    scale = size / GRID
    strokes = Path(
        commands=_scaled(icon.strokes, scale),
        stroke=color,
        stroke_width=STROKE * scale,
        caps="round",
        kind="icon",
    )
    if not icon.fills:
        return (strokes,)
    return strokes, Path(commands=_scaled(icon.fills, scale), fill=color, kind="icon")


@lru_cache(maxsize=1 << 8)
def _channel(name: str, size: float, color: Role) -> tuple[Mark, ...]:
    return _drawn(CHANNELS.get(name, GENERIC), size, color)


@lru_cache(maxsize=1 << 8)
def _sign(name: str, size: float, color: Role) -> tuple[Mark, ...]:
    return _drawn(SIGNS[name], size, color)


def channel(name: str, x: float, y: float, size: float, color: Role = "ink", title: str = "") -> Group:
    """Return the icon of a channel, its top left corner at (x, y); a generic one for an unknown channel."""
    marks = _channel(name, size, color)
    return Group(marks=marks, title=title, role="img" if title else "", kind="icon", at=(x, y))


def sign(name: str, x: float, y: float, size: float, color: Role = "ink", title: str = "") -> Group:
    """Return a sign by its name in `SIGNS`, its top left corner at (x, y). Raises KeyError."""
    marks = _sign(name, size, color)
    kind = "arrow" if name in ALONG else "icon"
    return Group(marks=marks, title=title, role="img" if title else "", kind=kind, at=(x, y))


def face(level: Level, x: float, y: float, size: float, title: str = "") -> Group:
    """Return a face centred at (x, y), `size` points across. Mouth and fill both show the level."""
    return Group(marks=_face(level, size), title=title, role="img" if title else "", kind="face", at=(x, y))


@lru_cache(maxsize=1 << 6)
def _face(level: Level, size: float) -> tuple[Mark, ...]:
    look = FACES[level]
    scale, corner = size / GRID, -size / 2
    rim = 1.7 * scale
    marks: list[Mark] = [
        Circle(
            x=0.0,
            y=0.0,
            radius=size / 2 - rim / 2,
            fill=look.fill,
            stroke=look.rim,
            stroke_width=rim,
            dash=(2.4 * scale, 2.4 * scale) if level == "unrated" else (),
            kind="face",
        )
    ]
    eyes = _dots((8.4, 10.2), (15.6, 10.2), radius=1.55) if level != "unrated" else ()
    mouth = _lines(look.mouth)
    filled = eyes + mouth if look.open_mouth else eyes
    strokes = _lines(look.brows) + (() if look.open_mouth else mouth)
    if level == "unrated":
        strokes = _lines("M8.6 12L15.4 12")
    if filled:
        marks.append(Path(commands=_placed(filled, corner, corner, scale), fill=look.features, kind="face"))
    if strokes:
        marks.append(
            Path(
                commands=_placed(strokes, corner, corner, scale),
                stroke=look.features,
                stroke_width=STROKE * scale,
                caps="round",
                kind="face",
            )
        )
    return tuple(marks)


HEAD = 4.0
"""Length of the tip of an arrow."""


def change(x: float, start: float, end: float, color: Role) -> tuple[Line, Path]:
    """Return a dotted arrow from an old to a new height: its line and its tip."""
    foot = end - HEAD if end > start else end + HEAD
    tip: tuple[Command, ...] = (("M", x, end), ("L", x - 0.7 * HEAD, foot), ("L", x + 0.7 * HEAD, foot), ("Z",))
    line = Line(
        x1=x, y1=start, x2=x, y2=foot, stroke=color, stroke_width=1.1, dash=(1, 2.5), caps="round", kind="change"
    )
    return line, Path(commands=tip, fill=color, kind="change")


SHIELD = "M4.6 1.5L19.4 1.5C20.3 1.5 21 2.2 21 3.1L21 14.6L12 22.5L3 14.6L3 3.1C3 2.2 3.7 1.5 4.6 1.5Z"


def low_point(
    text: Typesetter,
    rank: int,
    x: float,
    y: float,
    size: float,
    title: str = "",
    *,
    fill: Role = "bad",
    ink: Role = "on-bad",
) -> Group:
    """Return the marker of a low point: its rank in a shield centred at (x, y), `size` points high."""
    half = size / 2
    shield = _lines(SHIELD)
    digits = max(SMALLEST, (0.56 if rank < 10 else 0.42) * size)
    number = text.label(str(rank), x, y + 0.27 * digits, digits, bold=True, color=ink, anchor="middle", kind="rank")
    marks = (
        Path(commands=_placed(shield, x - half, y - half, size / GRID), fill=fill, kind="low-point"),
        number,
    )
    return Group(marks=marks, title=title, role="img" if title else "", kind="low-point")


def resolved(x: float, y: float, size: float, title: str = "") -> Group:
    """Return the marker of a resolved low point: a hollow shield with a tick, centred at (x, y)."""
    scale, half = size / GRID, size / 2
    shield = _placed(_lines(SHIELD), x - half, y - half, scale)
    tick = _placed(_lines("M7.4 10.4L10.8 14.2L16.8 6.8"), x - half, y - half, scale)
    marks = (
        Path(commands=shield, fill="page", stroke="good-ink", stroke_width=1.0, kind="low-point"),
        Path(commands=tick, stroke="good-ink", stroke_width=1.4, caps="round", kind="low-point"),
    )
    return Group(marks=marks, title=title, role="img" if title else "", kind="icon")
