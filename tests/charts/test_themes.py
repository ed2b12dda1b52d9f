"""Themes: readable for everyone, complete, and clear about what is wrong with one's own."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from journeykit.charts import themes
from journeykit.charts.scene import Role
from journeykit.errors import ConfigError, UsageError

# Viénot, Brettel and Mollon 1999, on linear light: what those without red or green cones see
DEFICIENCIES = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lightness(rgb: list[float]) -> float:
    """CIE L*, 0 to 100."""
    y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("name", themes.NAMES)
@pytest.mark.parametrize(("text", "ground"), themes.PAIRS)
def test_text_can_be_read_on_its_ground(name: str, text: Role, ground: Role) -> None:
    colours = themes.load(name).colours
    assert themes.contrast(colours[text], colours[ground]) >= 4.5


def test_contrast_is_the_one_of_wcag() -> None:
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert themes.contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("name", themes.NAMES)
def test_good_and_bad_differ_in_lightness_for_every_eye_and_in_grey(name: str) -> None:
    colours = themes.load(name).colours
    good, bad = linear(colours["good"]), linear(colours["bad"])
    assert abs(lightness(good) - lightness(bad)) >= 20
    for matrix in DEFICIENCIES.values():
        seen = [[sum(w * v for w, v in zip(row, rgb, strict=True)) for row in matrix] for rgb in (good, bad)]
        assert abs(lightness(seen[0]) - lightness(seen[1])) >= 20


@pytest.mark.parametrize("name", themes.NAMES)
def test_lines_and_marks_stand_off_the_page(name: str) -> None:
    """3 : 1 for what carries meaning without being text (WCAG 2.2, 1.4.11)."""
    colours = themes.load(name).colours
    for role in ("ink", "muted", "accent", "good-ink", "bad", "bad-ink"):
        assert themes.contrast(colours[role], colours["page"]) >= 3


@pytest.mark.parametrize("name", themes.NAMES)
def test_every_role_has_a_colour_and_no_text_is_too_small(name: str) -> None:
    theme = themes.load(name)
    assert set(theme.colours) == set(get_args(Role))
    scale = theme.type
    assert 7 <= scale.caption < scale.body < scale.lead < scale.heading < scale.title < scale.figure


def test_print_has_no_colour() -> None:
    for colour in themes.load("print").colours.values():
        assert colour[1:3] == colour[3:5] == colour[5:7]
    assert themes.load("print").hatching


def test_an_unknown_theme_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no theme 'drak'") as caught:
        themes.load("drak")
    assert caught.value.help == "Did you mean 'dark'?"
    with pytest.raises(UsageError) as caught:
        themes.load("zzz")
    assert "light, dark, print" in caught.value.help
    with pytest.raises(UsageError, match="cannot read the theme"):
        themes.load("nowhere.toml")


def test_ones_own_theme_says_only_what_differs(tmp_path: Path) -> None:
    own = tmp_path / "house.toml"
    own.write_text('base = "dark"\n[colours]\naccent = "#FF8800"\n[type]\nbody = 10\n', encoding="utf-8")
    theme, dark = themes.load(own), themes.load("dark")
    assert (theme.name, theme.colours["accent"], theme.type.body) == ("house", "#ff8800", 10)
    assert {**theme.colours, "accent": ""} == {**dark.colours, "accent": ""}
    assert themes.load(str(own)) == theme


@pytest.mark.parametrize(
    ("content", "message", "help"),
    [
        ('[colours]\nacent = "#ff8800"', "no colours.acent", "colours.accent"),
        ('[colours]\naccent = "orange"', "not a colour", ""),
        ("[colours]\naccent = 5", "not a colour", ""),
        ("[type]\nbody = 6", "from 7 to 200", ""),
        ("[type]\nbody = true", "from 7 to 200", ""),
        ("[type]\nbody = nan", "from 7 to 200", ""),
        ("[spacing]\nunit = 0", "from 1 to 200", ""),
        ("[hatching]\nbad = 'blue'", "no role", ""),
        ("[hatching]\nbad = []", "no role", ""),
        ("[color]\nx = 1", "no color", ""),
        ("colours = 3", "must be a table", ""),
        ('base = "drak"', "no theme 'drak'", "light, dark, print"),
        ("base = [1]", "no theme", ""),
        ("[colours", "not valid TOML", ""),
    ],
)
def test_what_is_wrong_with_a_theme_is_said(tmp_path: Path, content: str, message: str, help: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        themes.load(own)
    assert "own.toml" in caught.value.message and message in caught.value.message
    assert help in caught.value.help
