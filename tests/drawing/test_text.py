"""Measured text agrees with what matplotlib draws; wrapping fits, and loses nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from unicodedata import category, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font, LoadFlags

from journeykit.drawing import arabic, fonts
from journeykit.drawing.clusters import clusters
from journeykit.drawing.geometry import union
from journeykit.drawing.hyphens import HYPHEN
from journeykit.drawing.scene import ASCENT, DESCENT
from journeykit.drawing.text import LINE_HEIGHT, Typesetter, block_height, visible
from journeykit.drawing.writers.renderer import SHAPES_TEXT

PLAIN = Typesetter()
"""Sets text in DejaVu Sans."""

STYLES = [(False, False), (True, False), (False, True), (True, True)]
SENTENCES = [
    "Her laptop wasn't ready.",
    "AVATAR To Te Ty We Yo VA LT fi ffl — “quoted”",
    "$5 to $10 ^up _down \\ <b>",
    "Árvíztűrő tükörfúrógép",
    "Çok şaşkın ığdır İstanbul",
    "Καλημέρα, τι κάνετε;",
    "Žalosten začetek čakanja",
    "Привет, как дела?",
    "שלום עולם",
]
POINTED = ["שָׁלוֹם", "مَرْحَبًا"]
ARABIC = ["مرحبا بالعالم", "السلام عليكم ورحمة الله", "لا إله", "کتابخانهٔ ملی"]

words = st.text(st.sampled_from("abcdefgWMi-/.,é日本、「」ő\u0301👍\u200d🏽אم "), max_size=60)


def drawn_width(text: str, bold: bool, italic: bool) -> float:
    """In ems, by matplotlib's own font engine: the ink between two bars, less that between bars alone."""
    font = FT2Font(str(fonts.shipped(bold=bold, italic=italic).path))
    font.set_size(1000, 72)
    features = {"features": ("-liga",)} if SHAPES_TEXT else {}

    def ink(line: str) -> float:
        font.set_text(line, 0.0, flags=LoadFlags.NO_HINTING, **features)  # type: ignore[arg-type]
        return font.get_width_height()[0] / 64 / 1000

    return ink(f"|{text}|") - ink("||")


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize(("bold", "italic"), STYLES)
def test_measured_is_as_wide_as_matplotlib_draws_it(text: str, bold: bool, italic: bool) -> None:
    assert PLAIN.measure(text, 1, bold=bold, italic=italic) == pytest.approx(drawn_width(text, bold, italic), abs=2e-3)


@pytest.mark.skipif(not SHAPES_TEXT, reason="this matplotlib does not shape Arabic")
@pytest.mark.parametrize("text", ARABIC + POINTED)
@pytest.mark.parametrize("bold", [False, True])
def test_joined_and_pointed_letters_are_measured_as_drawn(text: str, bold: bool) -> None:
    assert PLAIN.measure(text, 1, bold=bold) == pytest.approx(drawn_width(text, bold, False), rel=0.01)


@pytest.mark.parametrize("text", ARABIC)
def test_joined_letters_are_those_of_the_text(text: str) -> None:
    shaped = arabic.joined(text)
    assert shaped != text
    assert normalize("NFKC", shaped) == normalize("NFKC", text)


def test_an_emoji_sequence_is_one_emoji_wide() -> None:
    for emoji in ("👩‍💻", "🇭🇺", "👍🏽", "😀\u200d😁", "❤️\u200d🔥"):
        assert PLAIN.measure(emoji, 1) == pytest.approx(1.25), emoji
    assert PLAIN.measure("日本語", 1) == pytest.approx(3)


def test_size_bold_and_kerning_count() -> None:
    assert PLAIN.measure("Journey", 18) == pytest.approx(2 * PLAIN.measure("Journey", 9))
    assert PLAIN.measure("Journey", 9, bold=True) > PLAIN.measure("Journey", 9)
    assert PLAIN.measure("AV", 9) < PLAIN.measure("A", 9) + PLAIN.measure("V", 9)
    assert PLAIN.measure("", 9) == 0


@given(st.text())
@example("\x00\x1b[31m\x7f\x85\u2028\ud800\ufffe\ufeff\u202e\r\n\t")
def test_visible_text_is_one_line_that_any_format_can_hold(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\u202a-\u202e]", shown)
    shown.encode("utf-8")


def test_control_characters_are_shown_not_hidden() -> None:
    assert visible("a\x07b\x1b[31m") == "a\\x07b\\x1b[31m"
    assert visible("lone \ud83d half") == "lone \\ud83d half"
    assert visible("two\r\nlines\tand") == "two lines and"
    assert visible("e\u0301") == "é"
    assert visible("$5 <b> \\alpha ^_ &amp;") == "$5 <b> \\alpha ^_ &amp;"


def bare(text: str) -> str:
    return "".join(visible(text).replace("\u200b", "").split(" "))


@given(words, st.floats(5, 300), st.sampled_from(STYLES))
@example("MMaMiM", 9.0, (False, False))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, width: float, style: tuple[bool, bool]) -> None:
    """What is added is a hyphen at the end of a line, where a word goes on in the next."""
    bold, italic = style
    lines = PLAIN.wrap(text, 9, width, bold=bold, italic=italic)
    for line in lines:
        assert PLAIN.measure(line, 9, bold=bold, italic=italic) <= width + 1e-6 or len(clusters(line)) == 1
        assert line.strip(" ") == line and line
    assert not lines or not lines[-1].endswith(HYPHEN)
    written = "".join(bare(line.removesuffix(HYPHEN)) for line in lines)
    assert normalize("NFC", written) == normalize("NFC", bare(text))


@given(words, st.floats(5, 300))
def test_no_line_begins_in_the_middle_of_a_character(text: str, width: float) -> None:
    for line in PLAIN.wrap(text, 9, width)[1:]:
        starts_whole = category(line[0]) not in ("Mn", "Me", "Mc") and line[0] not in "\u200d🏽"
        # a mark may begin a line only where it began a word of its own
        assert starts_whole or f" {line[0]}" in f" {visible(text)}"


@given(words, st.floats(20, 200), st.integers(1, 4))
def test_cut_to_so_many_lines_it_says_so_with_an_ellipsis(text: str, width: float, most: int) -> None:
    whole, cut = PLAIN.wrap(text, 9, width), PLAIN.wrap(text, 9, width, max_lines=most)
    assert len(cut) == min(most, len(whole))
    if len(whole) > most:
        assert cut[:-1] == whole[: most - 1] and cut[-1].endswith("…")
        assert PLAIN.measure(cut[-1], 9) <= width + 1e-6
    else:
        assert cut == whole


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 40, ["one two", "three"]),
        ("self-service portal", 40, ["self-", "service", "portal"]),
        ("phone/email", 40, ["phone/", "email"]),
        ("by e-mail today", 30, ["by", "e-mail", "today"]),
        ("until 2026-10-12", 60, ["until", "2026-10-12"]),
        ("band 66.9–69.5", 50, ["band", "66.9–69.5"]),
        ("-5 to -10", 25, ["-5 to", "-10"]),
        ("first\n\nsecond\nthird", 300, ["first", "second", "third"]),
        ("日本語の文章。", 36, ["日本語の", "文章。"]),
        ("日本語文。", 36, ["日本語", "文。"]),
        ("상담원을 기다린다", 40, ["상담원을", "기다린다"]),
        ("고객센터에전화한다", 40, ["고객센터", "에전화한", "다"]),
        ("电话打不通,我等", 37, ["电话打不", "通,我等"]),
        ("カスタマーセンター", 36, ["カスタ", "マーセン", "ター"]),
        ("「日本」", 27, ["「日", "本」"]),
        ("  spaces   between  ", 300, ["spaces between"]),
        ("", 100, []),
        (" \n ", 100, []),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: float, lines: list[str]) -> None:
    assert PLAIN.wrap(text, 9, width) == lines


def test_a_word_too_long_is_broken_but_never_a_character() -> None:
    lines = PLAIN.wrap("W" * 80, 9, 100)
    assert "".join(lines) == "W" * 80 and len(lines) > 5
    family = "👩‍👩‍👧‍👦"
    assert PLAIN.wrap(family * 3, 9, 12) == [family] * 3
    assert PLAIN.wrap("🇭🇺🇸🇮🇹🇷", 9, 12) == ["🇭🇺", "🇸🇮", "🇹🇷"]


@given(st.text())
def test_clusters_are_the_whole_text(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_a_block_fits_the_height_it_is_given() -> None:
    assert LINE_HEIGHT >= ASCENT + DESCENT
    marks = PLAIN.block(["Ő first", "gyj second", "third"], 10, 100, 9)
    box = union(mark.box() for mark in marks)
    assert box.top >= 100 and box.bottom <= 100 + block_height(3, 9)
    assert not marks[0].box().overlaps(marks[1].box())
    assert [mark.width for mark in marks] == [PLAIN.measure(mark.text, 9) for mark in marks]


def test_a_label_shows_and_measures_the_same_text() -> None:
    mark = PLAIN.label("bell\x07", 0, 0, 9)
    assert (mark.text, mark.width) == ("bell\\x07", PLAIN.measure("bell\\x07", 9))


def test_measuring_loads_no_library() -> None:
    code = (
        "import sys; from journeykit.drawing.text import Typesetter; from journeykit.drawing.writers import svg;"
        "Typesetter().wrap('Ő 日本 مرحبا \U0001f44d \u0e01', 9, 20);"
        "print([m for m in ('matplotlib', 'numpy', 'PIL', 'fontTools') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_scripts_that_know_no_italics_stand_upright() -> None:
    assert [
        PLAIN.label(words, 0, 0, 9, italic=True).italic
        for words in ("cited", "again 😀", "сказано", "قيل", "נאמר", "引用")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
