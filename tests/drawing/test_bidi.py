"""Mixed directions stand on the line as a browser shows them."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from journeykit.charts.frame import scene_of
from journeykit.drawing import icons, themes
from journeykit.drawing.bidi import mirrored, pieces
from journeykit.drawing.geometry import Box
from journeykit.drawing.rtl import mirrored as turned_page
from journeykit.drawing.scene import Group, Path, Scene, Text, walk
from journeykit.drawing.text import Typesetter
from journeykit.drawing.writers import figure
from tests.charts.maps import full, groups

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

LIGHT = themes.load("light")


def seen(line: str, from_right: bool) -> str:
    """The characters as they stand from the left."""
    return "".join(mirrored(text[::-1]) if turned else text for text, turned in pieces(line, from_right))


@pytest.mark.parametrize(
    ("line", "from_right", "shown"),
    [
        ("plain text", False, "plain text"),
        ("אבג", True, "גבא"),
        ("אבג abc דה", True, "הד abc גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("אב 12 גד", True, "דג 12 בא"),  # numbers are read from the left everywhere
        ("אב 1,234.5 גד", True, "דג 1,234.5 בא"),
        ("אב 12:30–13:00", True, "13:00–12:30 בא"),
        ("אבג (דה)", True, "(הד) גבא"),  # brackets open the other way
        ("אבג (abc) דה", True, "הד (abc) גבא"),
        ("abc (אב) def", False, "abc (בא) def"),
        ("מחיר: 25%", True, "25% :ריחמ"),
        ("Maya!", True, "!Maya"),
        ("אבג  ", False, "גבא  "),  # spaces at the end stay there
        ("ابج ١٢", True, "١٢ جبا"),
        ("", True, ""),
    ],
)
def test_lines_are_ordered_as_by_the_unicode_algorithm(line: str, from_right: bool, shown: str) -> None:
    assert seen(line, from_right) == shown


@given(st.text("abאב ج12٣()[].,:-%$\u05b0"), st.booleans())
def test_every_character_is_shown_once(line: str, from_right: bool) -> None:
    assert sorted("".join(text for text, _ in pieces(line, from_right))) == sorted(line)


def ink(scene: Scene) -> npt.NDArray[np.float64]:
    """How dark each half point from the left is."""
    image = Image.open(io.BytesIO(figure.write_png(scene, LIGHT, 144))).convert("L")
    darkness: npt.NDArray[np.float64] = 1 - np.asarray(image, dtype=np.float64).mean(axis=0) / 255
    return darkness


def apart(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    size = min(len(one), len(other))
    smooth = np.ones(9) / 9
    return float(np.abs(np.convolve(one[:size] - other[:size], smooth)).max())


@pytest.mark.parametrize("bold", [False, True])
def test_hebrew_is_drawn_from_the_right(bold: bool) -> None:
    """The same ink as the letters in the order of sight, one by one, would leave."""
    line = "שלוםם llll"
    letters = [PLAIN.label(character, 0, 30, 20, bold=bold) for character in "llll םםולש"]
    x, placed = 5.0, []
    for letter in letters:
        placed.append(letter._replace(x=x))
        x += letter.width
    sheet = Scene(width=x + 5, height=40, marks=tuple(placed), title="t")
    wanted = ink(sheet)
    drawn = ink(sheet._replace(marks=(PLAIN.label(line, 5, 30, 20, bold=bold),)))
    assert apart(drawn, wanted) < 0.03
    assert apart(drawn[::-1], wanted) > 0.06  # the measure would notice


def test_an_arrow_turns_round_with_the_page_and_a_telephone_does_not() -> None:
    arrow, phone = icons.sign("handoff", 10, 10, 24), icons.channel("phone", 10, 10, 24)
    turned = turned_page(Scene(width=100, height=50, marks=(arrow, phone), title="t"))
    [tip], [handset] = ([mark for mark, _ in walk(group)] for group in turned.marks if isinstance(group, Group))
    assert isinstance(tip, Path) and tip.commands[1][1:] == pytest.approx((100 - 10 - 20.8, 22))
    assert isinstance(handset, Path) and isinstance(drawn := walk(phone)[0].mark, Path)
    assert handset.commands == drawn.moved(handset.box().left - drawn.box().left, 0).commands


def test_a_line_of_numbers_belongs_to_its_paragraph() -> None:
    """The bracket that closes `(since 9:15)` in Hebrew stands at the left of its line."""
    (_, line) = PLAIN.block(["אני מחכה (מאז", "9:15)"], 5, 0, 20)
    assert line.from_right
    sheet = Scene(width=line.width + 10, height=60, marks=(line,), title="t")
    wanted = ink(sheet._replace(marks=(PLAIN.label("(9:15", 5, line.y, 20),)))
    assert apart(ink(sheet), wanted) < 0.03
    assert apart(ink(sheet._replace(marks=(PLAIN.label("9:15)", 5, line.y, 20),))), wanted) > 0.06


def test_a_map_for_readers_from_the_right_begins_at_the_right() -> None:
    """Columns, lane labels and the header's text; but pictures of things are not turned round."""
    english, arabic = (scene_of(full(4, lang=lang)) for lang in ("en", "ar"))
    assert (english.width, english.height) == (arabic.width, arabic.height)

    def lefts(scene: Scene) -> list[float]:
        return [group.box().left for group in groups(scene) if group.kind == "touchpoint"]

    assert lefts(english) == sorted(lefts(english))
    assert lefts(arabic) == sorted(lefts(arabic), reverse=True)

    def labels(scene: Scene) -> list[Box]:
        return [mark.box() for mark, _ in walk(scene) if isinstance(mark, Text) and mark.kind == "lane-label"]

    middle = english.width / 2
    assert labels(english) and all(box.right < middle for box in labels(english))
    assert labels(arabic) and all(box.left > middle for box in labels(arabic))

    def shapes(scene: Scene, kind: str) -> list[list[float]]:
        """Where the parts of each group lie within it."""
        return [
            sorted(mark.box().left - group.box().left for mark, _ in walk(group))
            for group in groups(scene)
            if group.kind == kind
        ]

    assert shapes(arabic, "icon") == [pytest.approx(shape, abs=1e-6) for shape in shapes(english, "icon")]
    again = turned_page(turned_page(english))
    assert [mark.box() for mark, _ in walk(again)] == [pytest.approx(mark.box(), abs=1e-6) for mark, _ in walk(english)]
