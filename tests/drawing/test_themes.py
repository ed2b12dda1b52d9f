"""Themes: readable for everyone, complete, and clear about what is wrong with one's own."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from journeykit.charts.frame import scene_of
from journeykit.drawing import themes
from journeykit.drawing.scene import Role, Scene, Text, walk
from journeykit.drawing.writers import figure, svg
from journeykit.errors import ConfigError, UsageError
from tests.charts.maps import bare
from tests.drawing.test_fonts import built

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of Color Vision
# Deficiency, IEEE TVCG 15 (2009), severity 1.0, on linear light; and a printer or screen without colors
EYES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey": ((0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722)),
    "common": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def linear(color: str) -> list[float]:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(rgb: list[float]) -> float:
    """Luminance, 0 to 1."""
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def lightness(rgb: list[float]) -> float:
    """CIE L*, 0 to 100."""
    y = luminance(rgb)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("name", themes.NAMES)
@pytest.mark.parametrize(("text", "ground"), themes.PAIRS)
def test_text_can_be_read_on_its_ground(name: str, text: Role, ground: Role) -> None:
    colors = themes.load(name).colors
    assert themes.contrast(colors[text], colors[ground]) >= 4.5


def test_contrast_is_the_one_of_wcag() -> None:
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert themes.contrast("#123456", "#123456") == 1


def seen(color: str, eye: str) -> list[float]:
    """A color in linear light as an eye sees it."""
    light = linear(color)
    return [min(1.0, max(0.0, sum(w * v for w, v in zip(row, light, strict=True)))) for row in EYES[eye]]


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", themes.NAMES)
def test_good_and_bad_differ_in_lightness_for_every_eye_and_in_grey(name: str, eye: str) -> None:
    colors = themes.load(name).colors
    assert abs(lightness(seen(colors["good"], eye)) - lightness(seen(colors["bad"], eye))) >= 18


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", themes.NAMES)
def test_text_keeps_its_contrast_for_every_eye(name: str, eye: str) -> None:
    """WCAG asks 4.5 : 1 of what common eyes see; those that lack a color are left with 3.5 : 1 at the least."""
    colors = themes.load(name).colors
    for text, ground in themes.PAIRS:
        low, high = sorted(luminance(seen(colors[role], eye)) for role in (text, ground))
        assert (high + 0.05) / (low + 0.05) >= (4.5 if eye == "common" else 3.5), (text, ground)


@pytest.mark.parametrize("name", themes.NAMES)
def test_lines_and_marks_stand_off_the_page(name: str) -> None:
    """3 : 1 for what carries meaning without being text (WCAG 2.2, 1.4.11)."""
    colors = themes.load(name).colors
    for role in ("ink", "muted", "accent", "good-ink", "bad", "bad-ink"):
        assert themes.contrast(colors[role], colors["page"]) >= 3


@pytest.mark.parametrize("name", themes.NAMES)
def test_every_role_has_a_color_and_no_text_is_too_small(name: str) -> None:
    theme = themes.load(name)
    assert set(theme.colors) == set(get_args(Role))
    scale = theme.type
    assert 7 <= scale.caption < scale.body < scale.lead < scale.heading < scale.title < scale.figure


def test_print_has_no_color() -> None:
    for color in themes.load("print").colors.values():
        assert color[1:3] == color[3:5] == color[5:7]
    assert themes.load("print").hatching


def test_an_unknown_theme_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no theme 'drak'") as caught:
        themes.load("drak")
    assert caught.value.help == "did you mean 'dark'?"
    with pytest.raises(UsageError) as caught:
        themes.load("zzz")
    assert "light, dark, print" in caught.value.help
    with pytest.raises(UsageError, match="cannot read the theme"):
        themes.load("nowhere.toml")


def test_ones_own_theme_says_only_what_differs(tmp_path: Path) -> None:
    own = tmp_path / "house.toml"
    own.write_text('base = "dark"\n[colors]\naccent = "#FF8800"\n[type]\nbody = 10\n', encoding="utf-8")
    theme, dark = themes.load(own), themes.load("dark")
    assert (theme.name, theme.colors["accent"], theme.type.body) == ("house", "#ff8800", 10)
    assert {**theme.colors, "accent": ""} == {**dark.colors, "accent": ""}
    assert themes.load(str(own)) == theme


@pytest.mark.parametrize(
    ("content", "message", "help"),
    [
        ('[colors]\nacent = "#ff8800"', "no colors.acent", "colors.accent"),
        ('[colors]\naccent = "orange"', "not a color", ""),
        ("[colors]\naccent = 5", "not a color", ""),
        ("[type]\nbody = 6", "from 7 to 200", ""),
        ("[type]\nbody = true", "from 7 to 200", ""),
        ("[type]\nbody = nan", "from 7 to 200", ""),
        ("[spacing]\nunit = 0", "from 1 to 200", ""),
        ("[hatching]\nbad = 'blue'", "no role", ""),
        ("[hatching]\nbad = []", "no role", ""),
        ("[color]\nx = 1", "no color", ""),
        ("colors = 3", "must be a table", ""),
        ('base = "drak"', "no theme 'drak'", "light, dark, print"),
        ("base = [1]", "no theme", ""),
        ("[colors", "not readable as TOML", ""),
    ],
)
def test_what_is_wrong_with_a_theme_is_said(tmp_path: Path, content: str, message: str, help: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        themes.load(own)
    assert "own.toml" in caught.value.message and message in caught.value.message
    assert help in caught.value.help


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """A theme with a font twice as wide as DejaVu Sans and a red logo."""
    letters = "".join(chr(code) for code in range(0x20, 0x7F)) + "–·−→"
    built(tmp_path / "Wide.ttf", letters, advance=1200)
    Image.new("RGB", (60, 20), "red").save(tmp_path / "logo.png")
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="red"/></svg>'
    )
    theme = tmp_path / "house.toml"
    theme.write_text(
        '[font]\nfamily = "Wide"\nregular = "Wide.ttf"\n[logo]\nfile = "logo.svg"\npng = "logo.png"\ntitle = "ACME"\n'
    )
    themes.load.cache_clear()
    yield theme
    themes.load.cache_clear()


def test_a_font_of_ones_own_is_measured_and_drawn(house: Path) -> None:
    theme, journey = themes.load(house), bare(2)
    before = scene_of(journey)
    scene = scene_of(journey, theme=theme)
    assert "Wide" in svg.write(scene, theme).split("font-family=")[1][:20]

    def a_letter(scene: Scene) -> float:
        titles = (mark for mark, _ in walk(scene) if isinstance(mark, Text) and mark.kind == "title")
        return next(mark.width / mark.size / len(mark.text) for mark in titles)

    assert a_letter(scene) == pytest.approx(1.2)
    assert a_letter(before) < 0.7
    pdf = figure.write_pdf(scene, theme)
    assert set(re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", pdf)) - {b"DejaVuSans", b"DejaVuSans-Bold"}
    assert figure.write_png(scene, theme) != figure.write_png(scene, themes.load("light"))
    again = scene_of(journey, theme=themes.load("light"))
    assert a_letter(again) == a_letter(before)  # the next picture is set as ever


def test_an_svg_holds_its_font_and_logo_itself(house: Path) -> None:
    theme = themes.load(house)
    scene = scene_of(bare(2), theme=theme)
    root = ElementTree.fromstring(svg.write(scene, theme))
    space = "{http://www.w3.org/2000/svg}"
    (style,) = [element.text or "" for element in root.iter(f"{space}style")]
    for data in re.findall(r"url\(data:font/ttf;base64,([^)]+)\)", style):
        assert {ord("I"), ord("w")} <= TTFont(io.BytesIO(b64decode(data))).getBestCmap().keys()
    assert "font-weight: bold" in style and style.count("url(") == style.count("url(data:")
    (image,) = root.iter(f"{space}image")
    assert (image.get("href") or "").startswith("data:image/svg+xml;base64,")
    assert float(image.get("width", "")) == pytest.approx(3 * float(image.get("height", "")))
    assert svg.write(scene, theme) == svg.write(scene_of(bare(2), theme=theme), theme)


def test_the_logo_stands_at_the_top_of_png_and_pdf(house: Path) -> None:
    theme = themes.load(house)
    scene = scene_of(bare(2), theme=theme)
    (logo,) = [mark.box() for mark, _ in walk(scene) if mark.kind == "logo"]
    assert all(logo.bottom <= mark.box().top for mark, _ in walk(scene) if isinstance(mark, Text))
    image = Image.open(io.BytesIO(figure.write_png(scene, theme, 72))).convert("RGB")
    for at in ((logo.left + 2, logo.top + 2), (logo.right - 2, logo.bottom - 2)):
        assert image.getpixel((round(at[0]), round(at[1]))) == (255, 0, 0)
    assert image.getpixel((round(logo.left) - 3, round(logo.top) + 4)) == (255, 255, 255)
    assert image.getpixel((round(logo.left) + 4, round(logo.bottom) + 3)) == (255, 255, 255)
    assert b"/Subtype /Image" in figure.write_pdf(scene, theme)


def test_an_svg_logo_alone_is_for_svg_alone(house: Path) -> None:
    house.write_text('[logo]\nfile = "logo.svg"\n')
    theme = themes.load(house)
    scene = scene_of(bare(2), theme=theme)
    assert "<image" in svg.write(scene, theme)
    with pytest.raises(UsageError, match="logo is an SVG") as caught:
        figure.write_png(scene, theme)
    assert "png = 'logo.png'" in caught.value.help


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[font]\nfamily = "Inter"', "font.regular is missing"),
        ('[font]\nregular = "nowhere.ttf"', "cannot read .*nowhere.ttf: No such file"),
        ('[font]\nregular = "logo.png"', "cannot read .*logo.png: not a TrueType or OpenType font"),
        ("[font]\nregular = 5", "not the name of a file"),
        ('[font]\nregular = "Wide.ttf"\nfamily = "a\'; }"', "not a name such as"),
        ('[font]\nregulr = "Wide.ttf"', "no font.regulr"),
        ('[logo]\ntitle = "x"', "logo.file is missing"),
        ('[logo]\nfile = "nowhere.svg"', "cannot read .*nowhere.svg"),
        ('[logo]\nfile = "Wide.ttf"', "neither a PNG nor a well-formed SVG"),
        ('[logo]\nfile = "logo.svg"\npng = "logo.svg"', "logo.png is no PNG"),
        ('[logo]\nfile = "logo.svg"\ntitle = 3', "logo.title is 3"),
        ('[logo]\nfil = "logo.svg"', "no logo.fil"),
    ],
)
def test_what_is_wrong_with_a_font_or_logo_is_said(house: Path, content: str, message: str) -> None:
    house.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        themes.load(house)
    assert "house.toml" in caught.value.message


def test_the_documented_theme_has_keys_that_there_are(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "fonts").mkdir()
    for name in re.findall(r'"(fonts/[^"]+)"', shown):
        built(tmp_path / name, "abc")
    for name in ("logo.svg", "logo@4x.png"):
        Image.new("RGB", (60, 20), "red").save(tmp_path / name, format="png")
    (tmp_path / "house.toml").write_text(shown, encoding="utf-8")
    theme = themes.load(tmp_path / "house.toml")
    assert theme.colors["accent"] == "#7a1fa2" and theme.font and theme.font.name == "Inter" and theme.logo
    roles = set(re.findall(r"`([a-z][\w-]*)`", text.partition("## Roles")[2]))
    assert roles - {"line-1", "line-6"} <= set(get_args(Role))
