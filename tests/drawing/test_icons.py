"""Icons stay in their square, differ from one another, and can be made any size."""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from journeykit.drawing import icons, themes
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Group, Path, Scene, Text, walk
from journeykit.drawing.text import Typesetter
from journeykit.drawing.writers import figure
from journeykit.vocabulary.channels import channels

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

LIGHT = themes.load("light")


def picture(icon: Group, size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    scene = Scene(width=size, height=size, marks=(icon,), title="")
    image = Image.open(io.BytesIO(figure.write_png(scene, LIGHT, 72))).convert("L")
    return np.asarray(image, dtype=np.int16)


def test_every_channel_known_out_of_the_box_has_its_icon() -> None:
    assert set(icons.CHANNELS) == set(channels())


@pytest.mark.parametrize("name", [*icons.CHANNELS, "own"])
def test_a_channels_icon_fills_its_square_and_stays_in_it(name: str) -> None:
    box = icons.channel(name, 100, 50, 14).box()
    half_stroke = icons.STROKE * 14 / icons.GRID / 2
    assert Box(100, 50, 114, 64).holds(box.grown(half_stroke), 0.1)
    assert max(box.width, box.height) > 9


@pytest.mark.parametrize("name", list(icons.SIGNS))
def test_a_sign_stays_in_its_square(name: str) -> None:
    box = icons.sign(name, 0, 0, 24).box()
    assert Box(0, 0, 24, 24).holds(box.grown(icons.STROKE / 2), 0.6)


def test_at_14_points_no_two_channels_look_alike() -> None:
    drawn = {name: picture(icons.channel(name, 1, 1, 14), 16) for name in [*icons.CHANNELS, "own"]}
    for one, other in combinations(drawn, 2):
        assert np.abs(drawn[one] - drawn[other]).mean() > 10, (one, other)


def test_in_grey_no_two_faces_look_alike() -> None:
    drawn = {level: picture(icons.face(level, 8, 8, 14), 16) for level in icons.FACES}
    for one, other in combinations(drawn, 2):
        assert np.abs(drawn[one] - drawn[other]).mean() > 4, (one, other)


def test_mouths_turn_from_down_to_up() -> None:
    """The middle of the mouth lies above its ends where the customer is unhappy, below where happy."""

    def bend(level: icons.Level) -> float:
        [mouth] = [icons.FACES[level].mouth]
        commands = [command for command in icons._lines(mouth) if command[0] in "MC"]
        start, curve = commands[0], commands[-1]
        return (curve[2] if curve[0] == "C" else start[2]) - start[2]  # type: ignore[misc]

    bends = [bend(level) for level in ("very-unhappy", "unhappy", "neutral", "happy", "very-happy")]
    assert bends == sorted(bends) and bends[0] < bends[1] < 0 == bends[2] < bends[3] < bends[4]


@pytest.mark.parametrize("rank", [1, 9, 10, 27])
def test_the_rank_of_a_low_point_fits_its_shield_and_can_be_read(rank: int) -> None:
    marker = icons.low_point(PLAIN, rank, 50, 50, 18)
    [shield] = [mark for mark in marker.marks if isinstance(mark, Path)]
    [number] = [mark for mark in marker.marks if isinstance(mark, Text)]
    assert number.text == str(rank) and number.size >= themes.SMALLEST
    assert shield.box().left <= number.box().left and number.box().right <= shield.box().right
    assert Box(41, 41, 59, 59).holds(marker.box(), 0.6)


def test_a_title_makes_a_icon_an_image_with_a_name() -> None:
    named, plain = icons.channel("phone", 0, 0, 14, title="Phone"), icons.channel("phone", 0, 0, 14)
    assert (named.title, named.role) == ("Phone", "img")
    assert (plain.title, plain.role) == ("", "")
    assert [mark for mark, _ in walk(named)] == [mark for mark, _ in walk(plain)]
