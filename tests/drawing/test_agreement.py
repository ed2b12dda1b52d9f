"""PNG and SVG are one picture: another renderer's drawing of the SVG lies on the PNG."""

from __future__ import annotations

import pytest

from journeykit.drawing import themes
from journeykit.drawing.scene import Mark
from tests.drawing import pixels, specimen

NEAR = 0.16
"""What smoothing of edges amounts to; a mark that is 3 points off is apart by twice as much."""

LIGHT = themes.load("light")
# pale grounds made dark, so that a shift of them is seen as well
STARK = LIGHT._replace(colors={**LIGHT.colors, "panel": "#222222", "bad-area": "#222222"})


@pytest.mark.parametrize("name", themes.NAMES)
def test_png_and_svg_agree(name: str) -> None:
    theme, scene = themes.load(name), specimen.scene()
    assert pixels.apart(pixels.of_svg(scene, theme), pixels.of_png(scene, theme)) < NEAR


@pytest.mark.parametrize("number", range(len(specimen.LEAVES)))
@pytest.mark.parametrize("shift", [(3, 0), (0, 3)])
def test_a_mark_that_moved_would_be_noticed(number: int, shift: tuple[float, float]) -> None:
    moved: list[Mark] = list(specimen.LEAVES)
    moved[number] = moved[number].moved(*shift)
    stayed = pixels.of_svg(specimen.scene(), STARK)
    assert pixels.apart(stayed, pixels.of_png(specimen.scene(leaves=tuple(moved)), STARK)) > 1.5 * NEAR


def test_every_part_of_the_specimen_is_drawn() -> None:
    """Nothing is missing in both alike: each group of marks darkens its own place."""
    picture = pixels.of_png(specimen.scene(), LIGHT)
    for group in specimen.scene().marks:
        for mark in group.marks:  # type: ignore[union-attr]
            left, top, right, bottom = (round(2 * side) for side in mark.box())
            assert picture[top : bottom + 1, left : right + 1].min() < 0.98, mark.kind
