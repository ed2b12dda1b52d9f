"""Threads that draw at the same time with different fonts give the pictures that they give one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import matplotlib
import pytest

from journeykit.charts.frame import scene_of
from journeykit.drawing import fonts, runs, text, themes
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers import figure, svg
from tests.charts.maps import full

ROUNDS = 3


def family(name: str, upright: str) -> fonts.Family:
    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    regular, bold = folder / f"{upright}.ttf", folder / f"{upright}-Bold.ttf"
    return fonts.Family(name, regular, bold, regular, bold)


LIGHT = themes.load("light")
THEMES = [
    LIGHT,
    LIGHT._replace(font=family("Serif", "DejaVuSerif")),
    themes.load("print"),
    LIGHT._replace(font=family("Mono", "DejaVuSansMono")),
]


def forget() -> None:
    for cached in (runs.width, runs._tables, text._wrapped, text._fitting_size):
        cached.cache_clear()


def as_svg(theme: Theme) -> bytes:
    return svg.write(scene_of(full(5), theme=theme), theme).encode()


def as_png(theme: Theme) -> bytes:
    return figure.write_png(scene_of(full(3), chart="curve", theme=theme), theme, 36)


def as_pdf(theme: Theme) -> bytes:
    return figure.write_pdf(scene_of(full(3), chart="curve", theme=theme), theme)


@pytest.fixture
def often() -> Iterator[None]:
    """Switch between threads very often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often")
@pytest.mark.parametrize("draw", [as_svg, as_png, as_pdf])
def test_threads_with_different_fonts_do_not_disturb_each_other(draw: Callable[[Theme], bytes]) -> None:
    expected = [draw(theme) for theme in THEMES]
    assert len(set(expected)) == len(THEMES)
    start = Barrier(len(THEMES))

    def drawn(theme: Theme) -> list[bytes]:
        start.wait()
        return [draw(theme) for _ in range(ROUNDS)]

    forget()
    with ThreadPoolExecutor(len(THEMES)) as pool:
        assert [*pool.map(drawn, THEMES)] == [[one] * ROUNDS for one in expected]
