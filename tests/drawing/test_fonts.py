"""The reader of font files agrees with fontTools, and no file, however broken, gets past it otherwise."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import matplotlib
import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from journeykit.__main__ import main
from journeykit.drawing import fonts, runs, themes
from journeykit.drawing.scene import Scene
from journeykit.drawing.text import Typesetter, missing
from journeykit.drawing.writers import figure
from journeykit.errors import JourneykitError
from tests.conftest import examples

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

SHIPPED = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
STYLES = [(False, False), (True, False), (False, True), (True, True)]


def built(path: Path, characters: str, *, advance: int = 500, outlines: bool = True) -> Path:
    """A small font of squares."""
    names = [".notdef", *(f"u{ord(character):x}" for character in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): f"u{ord(character):x}" for character in characters})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((400, 0), (400, 400), (0, 400)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (advance, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if not outlines:
        del builder.font["glyf"], builder.font["loca"]
    builder.save(path)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The font folder of a machine that has no fonts yet."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(fonts, "_folders", lambda: [folder])
    for cached in (fonts.fallback, fonts.colored, fonts._installed, fonts._opened, runs.width):
        cached.cache_clear()
    return folder


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    yield
    for cached in (fonts.fallback, fonts.colored, fonts._installed, fonts._opened, runs.width):
        cached.cache_clear()


PAY = "title: I pay 💳\npersona: Dana 💳\ntouchpoints: [{title: I pay 💳}, {title: b}]\n"

# the font of last resort has a box for every character there is; it must never be taken for a font of letters
LETTERS = [path for path in sorted(SHIPPED.glob("*.ttf")) if "LastResort" not in path.name]


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_every_character_has_the_glyph_and_width_that_fonttools_reads(path: Path) -> None:
    theirs = TTFont(io.BytesIO(path.read_bytes()), lazy=True)
    order, widths, em = theirs.getReverseGlyphMap(), theirs["hmtx"], theirs["head"].unitsPerEm
    ours = fonts.Face(path)
    characters = theirs.getBestCmap()
    for code, name in characters.items():
        assert ours.glyph(chr(code)) == order[name]
    for code in list(characters)[::7]:
        if category(chr(code)) != "Mn":
            assert ours.advance(chr(code)) == pytest.approx(widths[characters[code]][0] / em)
    absent = [code for code in range(0x20, 0x3000, 13) if code not in characters]
    assert not any(ours.glyph(chr(code)) for code in absent)


@pytest.mark.parametrize(("bold", "italic"), STYLES)
def test_kerning_is_the_fonts_own(bold: bool, italic: bool) -> None:
    face = fonts.shipped(bold=bold, italic=italic)
    theirs = TTFont(io.BytesIO(face.path.read_bytes()), lazy=True)
    names, em = theirs.getBestCmap(), theirs["head"].unitsPerEm
    pairs = theirs["kern"].kernTables[0].kernTable
    letters = [chr(code) for code in (*range(33, 127), *range(0xC0, 0x180))]
    checked = 0
    for left in letters:
        for right in letters:
            wanted = pairs.get((names[ord(left)], names[ord(right)]), 0)
            assert face.kerning(left, right) == pytest.approx(wanted / em)
            checked += wanted != 0
    assert checked > 50


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(150), deadline=None)
@given(cut=st.integers(0, 3000), at=st.integers(0, 2999), junk=st.binary(max_size=40))
def test_a_broken_font_file_is_refused_not_crashed_on(tmp_path: Path, cut: int, at: int, junk: bytes) -> None:
    sound = tmp_path / "sound.ttf"
    if not sound.exists():
        built(sound, "abกข")
    data = sound.read_bytes()
    broken = tmp_path / "broken.ttf"
    broken.write_bytes((data[:at] + junk + data[at + len(junk) :])[: max(cut, at)])
    try:
        face = fonts.Face(broken)
    except (OSError, ValueError):
        return
    for character in "abกข\U0001f600":
        face.advance(character)
        face.kerning(character, "a")


def test_a_character_that_dejavu_lacks_is_set_in_a_font_of_the_machine(machine: Path) -> None:
    built(machine / "Thai.ttf", "กข", advance=700)
    [latin, thai] = runs.runs("abกข", False, False, None)
    assert latin.text == "ab" and latin.face is fonts.shipped()
    assert thai.face is not None and thai.face.path.name == "Thai.ttf"
    assert thai.text == "กข" and thai.width == pytest.approx(1.4)
    assert PLAIN.measure("กข", 10) == pytest.approx(14)
    assert runs.missing(["abกข"], None) == []


def test_a_mark_takes_no_room_whatever_its_font_says(machine: Path) -> None:
    built(machine / "Thai.ttf", "ก\u0e31", advance=700)
    assert PLAIN.measure("ก\u0e31", 10) == pytest.approx(7)


def test_a_font_of_bitmaps_or_a_broken_one_is_passed_over(machine: Path) -> None:
    built(machine / "A-bitmaps.ttf", "ก", outlines=False)
    (machine / "B-broken.ttf").write_bytes(b"not a font")
    built(machine / "C-sound.ttf", "ก")
    [run] = runs.runs("ก", False, False, None)
    assert run.face is not None and run.face.path.name == "C-sound.ttf"


def test_plain_fonts_come_before_bold_and_slanted_ones(machine: Path) -> None:
    for name in ("A-Bold", "A-Italic", "B-Mono", "C-Regular"):
        built(machine / f"{name}.ttf", "ก")
    [run] = runs.runs("ก", False, False, None)
    assert run.face is not None and run.face.path.name == "C-Regular.ttf"


def test_what_no_font_has_is_named_with_what_to_install(machine: Path) -> None:
    assert not list(machine.iterdir())
    found = runs.missing(["plain", "กข ก", "日本の", "ok 👍🏽"], None)
    assert [(gap.scripts, gap.characters) for gap in found] == [
        (("CJK", "Hiragana"), ("日", "本", "の")),
        (("Thai",), ("ก", "ข")),
        (("emoji",), ("👍🏽",)),
    ]
    scene = Scene(width=9, height=9, marks=(PLAIN.label("กข ก", 0, 0, 9),), title="日本")
    assert missing(scene, None) == runs.missing(["กข ก"], None) != []
    cjk, thai, emoji = (gap.message for gap in found)
    assert "these CJK and Hiragana characters: 日 本 の (U+65E5, U+672C, U+306E)" in cjk and "Noto Sans CJK" in cjk
    (gap,) = runs.missing(["日本、", "「カー。」", "（ア", "・て", "Ａ"], None)
    assert gap.font == "Noto Sans CJK" and "these CJK, Hiragana and Katakana characters: " in gap.message
    assert [gap.font for gap in runs.missing(["𐘀", "𐰀", "𞤀", "ᎣᏏ", "ꯀ", "⏛"], None)] == [
        "Noto Sans Adlam", "Noto Sans Cherokee", "Noto Sans Linear A", "Noto Sans Meetei Mayek", "Noto Sans Old Turkic",
        "a font that has them",
    ]  # fmt: skip
    assert "Thai characters" in thai and "Noto Sans Thai" in thai
    assert "emoji" in emoji and "Symbola" in emoji


@pytest.mark.usefixtures("machine")
def test_symbols_that_are_shown_as_pictures_are_emoji_and_others_of_no_script() -> None:
    """A symbol's name begins with its looks: "white heavy check mark" is no character of a script "White"."""
    found = {gap.scripts[0]: gap for gap in runs.missing(["I pay 💳 ✅", "⏛"], None)}
    assert found["emoji"].characters == ("💳", "✅") and found[""].characters == ("⏛",)
    assert "draw these characters: ⏛" in found[""].message and "a font that has them" in found[""].message


@pytest.mark.usefixtures("machine")
def test_render_says_once_what_no_font_can_draw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pay.journey.yaml"
    file.write_text(PAY, encoding="utf-8")
    again = tmp_path / "again.journey.yaml"
    again.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    formats = ["-f", "png", "-f", "pdf", "-f", "svg"]
    monkeypatch.setattr("sys.argv", ["journeykit", "render", "--isolated", *formats, str(file), str(again)])
    with pytest.raises(SystemExit) as done:
        main()

    said = capsys.readouterr().err
    assert done.value.code == 0
    assert said.count("no font on this machine can draw these emoji: 💳 (U+1F4B3)") == 1
    assert said.count("Install an emoji font") == 1 and runs.REPLACEMENT in said


def test_east_asian_text_and_emoji_measure_alike_on_every_machine(machine: Path) -> None:
    bare = PLAIN.measure("日本語 👍🏽 한국", 10)
    built(machine / "CJK.ttf", "日本語한국👍", advance=700)
    fonts._installed.cache_clear()
    fonts.fallback.cache_clear()
    runs.width.cache_clear()
    assert PLAIN.measure("日本語 👍🏽 한국", 10) == bare == pytest.approx(10 * (5 + 1.25 + 2 * 0.3179), abs=0.01)


def test_without_the_shipped_font_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "__file__", str(tmp_path / "fonts.py"))
    fonts._shipped.cache_clear()
    with pytest.raises(JourneykitError, match="font DejaVuSans"):
        fonts.shipped()
    fonts._shipped.cache_clear()


def test_a_bold_text_is_set_in_the_bold_of_a_font_of_the_machine(machine: Path) -> None:
    built(machine / "Thai-Regular.ttf", "กข", advance=700)
    built(machine / "Thai-Bold.ttf", "ก", advance=900)
    assert (PLAIN.measure("ก", 10), PLAIN.measure("ก", 10, bold=True)) == pytest.approx((7, 9))
    assert PLAIN.measure("ข", 10, bold=True) == pytest.approx(7)  # which has no bold


def test_emoji_are_drawn_in_colors_or_named_as_missing() -> None:
    """With a font of color emoji, as most desktops have one, and without."""
    shown = PLAIN.label("\U0001f4d5\U0001f469\u200d\U0001f4bb", 10, 40, 30)  # a red book and a woman at her computer
    assert shown.width == pytest.approx(2 * 1.25 * 30)
    scene = Scene(width=100, height=60, marks=(shown,), title="t")
    image = Image.open(io.BytesIO(figure.write_png(scene, themes.load("light"), 72))).convert("RGB")
    pixels = np.asarray(image, dtype=int)
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    colorful = [int((spread[10:50, x : x + 37] > 60).sum()) for x in (10, 48)]
    if fonts.colored("\U0001f4d5") and not fonts.fallback("\U0001f4d5"):
        assert min(colorful) > 50
        assert b"/Subtype /Image" in figure.write_pdf(scene, themes.load("light"))
    else:
        assert max(colorful) == 0
    if not (fonts.colored("\U0001f4d5") or fonts.fallback("\U0001f4d5")):
        assert [gap.scripts for gap in missing(scene, None)] == [("emoji",)]
