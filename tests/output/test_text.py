"""Numbers, safe text and widths as people see them."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.finding import Finding, Severity
from journeykit.output.numbers import duration, score_style
from journeykit.output.paint import Paint, one_line, printable, shown, shown_name, width
from journeykit.output.report import Report
from journeykit.output.summary import counted, fixed_summary, lint_summary
from journeykit.scoring.display import fixed, percent, signed
from journeykit.source import Position

MINUTE, HOUR, DAY = 60, 3600, 86400
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"), (0.5, "0.5 s"), (20, "20 s"), (59, "59 s"), (60, "1 min"), (90, "1.5 min"), (3599, "1 h"),
        (25 * MINUTE, "25 min"), (4 * HOUR, "4 h"), (23.5 * HOUR, "23.5 h"), (DAY - 1, "1 d"),
        (58, "58 s"), (18 * DAY, "18 d"),
        (41 * DAY, "41 d"), (71.04 * DAY, "71 d"),
        (89 * DAY, "89 d"), (90 * DAY, "3 mo"), (345 * DAY, "11.5 mo"), (2 * 365 * DAY, "2 y"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_the_unit_that_says_enough(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "text"), [(4.44, "+4.4"), (-12.5, "−12.5"), (0, "0.0"), (0.04, "0.0"), (-0.04, "0.0"), (0.05, "+0.1")]
)
def test_a_difference_has_a_sign_unless_it_is_none(value: float, text: str) -> None:
    assert signed(value) == text


def test_scores_and_shares() -> None:
    assert (fixed(58.349), percent(0.224), percent(1)) == ("58.3", "22.4 %", "100 %")
    assert [score_style(value) for value in (10, 50, 70, 90)] == ["red", "", "", "green"]


def test_a_number_has_its_noun() -> None:
    assert (counted(1, "journey"), counted(2, "journey"), counted(0, "journey")) == (
        "1 journey",
        "2 journeys",
        "0 journeys",
    )
    assert (counted(1234, "opportunity", "opportunities"), counted(1, "a", "b")) == ("1,234 opportunities", "1 a")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain é 你好 עברית 👩‍👩‍👧", "plain é 你好 עברית 👩‍👩‍👧"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\u202ertl\u2066\u200f", r"\u202ertl\u2066\u200f"),
        ("a\x00b\x7f\x9b", r"a\x00b\x7f\x9b"),
        ("half \ud800", r"half \ud800"),
        ("\ufefftab\t.", r"\ufefftab ."),
        ("[red]x[/nothing]", "[red]x[/nothing]"),
        ("a\u061cb\u200bc\u00ad\u2060", r"a\u061cb\u200bc\xad\u2060"),
        ("pass\u200dword \u200c", r"pass\u200dword \u200c"),
        ("می‌خواهم 👩\u200d💻 ❤\ufe0f\u200d🔥", "می‌خواهم 👩\u200d💻 ❤\ufe0f\u200d🔥"),
        ("👩\u200d\u200d💻", r"👩\u200d\u200d💻"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f \U000e0041",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f \\U000e0041",
        ),
    ],
)
def test_what_moves_the_cursor_is_shown_and_not_done(text: str, safe: str) -> None:
    assert shown(text) == safe


def test_no_format_character_is_invisible() -> None:
    """Those that stay are signs of Arabic, Syriac, Kaithi and Egyptian numbers and quadrats, which one sees."""
    formats = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    left = [letter for letter in formats if shown(f"a{letter}b") == f"a{letter}b"]
    assert {unicodedata.name(letter).split()[0] for letter in left} <= {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"}
    assert "\u061c" not in left


def test_the_last_look_lets_line_feeds_and_own_styles_through() -> None:
    painted = Paint(True)("bad", "bold", "red") + "\nnext é\n"
    assert printable(painted) == painted
    assert printable("a\x1b]0;X\a\x1b[2J\rb\tc") == r"a\x1b]0;X\x07\x1b[2J\x0db c".replace(" ", "\t")
    assert printable("\u202e\x1b[31m\x9b") == "\\u202e\x1b[31m\\x9b"


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    for made in (one_line(text), shown_name(text)):
        assert not [letter for letter in made if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]
        assert not [letter for letter in made if unicodedata.bidirectional(letter) in DIRECTIONS]
        made.encode("utf-8")
    assert "\n" not in one_line(text)
    assert "\n" not in shown_name(text)


def test_a_name_keeps_its_blanks_and_a_line_does_not() -> None:
    assert shown_name("a  b\n.yaml") == r"a  b\x0a.yaml"
    assert one_line(" a \n\n b\t c ") == "a b c"


def test_color_is_put_around_words_or_not() -> None:
    assert Paint()("word", "red", "bold") == "word"
    assert Paint(True)("word", "red", "bold") == "\x1b[31;1mword\x1b[0m"
    assert Paint(True)("", "red") == ""


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("é", 1), ("你好", 4), ("e\u0301", 1), ("", 0)])
def test_the_width_is_that_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


def test_large_numbers_of_the_last_lines_are_written_alike() -> None:
    info = Finding("a-rule", Severity.INFO, "m", "", "a.yaml", Position(1, 1), Position(1, 2))
    report = Report((info,) * 4000, 1000, show=Severity.WARNING)
    said = "1,000 journeys, nothing to report; not shown: 4,000 info (--show info), 2,000 suppressed, "
    said += "3,000 in the baseline."
    assert lint_summary(report, 2000, 3000) == said
    assert fixed_summary(Counter({"a-rule": 2000}), 1000) == "Fixed 2,000 of 3,000 findings: 2,000 a-rule."


@pytest.mark.parametrize(
    ("show", "fail_on", "said"),
    [
        (Severity.ERROR, Severity.WARNING, "no errors; not shown: 2 warnings (--show warning), 1 info (--show info)."),
        (
            Severity.ERROR,
            Severity.ERROR,
            "nothing to report; not shown: 2 warnings (--show warning), 1 info (--show info).",
        ),
        (Severity.WARNING, Severity.INFO, "2 warnings in 1 journey; not shown: 1 info (--show info)."),
    ],
)
def test_findings_that_fail_the_run_are_not_called_nothing(show: Severity, fail_on: Severity, said: str) -> None:
    found = (Severity.WARNING, Severity.WARNING, Severity.INFO)
    findings = tuple(Finding("a-rule", one, "m", "", "a.yaml", Position(1, 1), Position(1, 2)) for one in found)
    assert lint_summary(Report(findings, 1, show, fail_on=fail_on), 0).endswith(said)
    assert lint_summary(Report(findings[2:], 1, Severity.WARNING, fail_on=Severity.INFO), 0) == (
        "1 journey, no errors or warnings; not shown: 1 info (--show info)."
    )
