"""Guess what a duration, time or date in another notation means: why it is not valid, and what to write.

Used only for texts that are not valid.
"""

from __future__ import annotations

import re
from datetime import datetime

from journeykit.model.units import SECONDS
from journeykit.model.values import Hint


def _meant(text: str) -> Hint:
    return Hint("", f"did you mean {text}?", (text,))


def _write(reason: str, text: str, more: str = "") -> Hint:
    return Hint(reason, f"write {text}{more}", (text,))


LONGEST_TEXT = 60
"""Characters; a longer text is not a misspelled time."""

_UNIT_WORDS = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "min", "minute": "min", "minutes": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "wk": "w", "week": "w", "weeks": "w",
    "mon": "mo", "month": "mo", "months": "mo", "yr": "y", "yrs": "y", "year": "y", "years": "y",
}  # fmt: skip
_LOOSE = re.compile(r"([+-]?)\s*([0-9]+(?:[.,][0-9]+)?)\s*([A-Za-z]+)\.?")
_PART = re.compile(r"\s*(?:and|,)?\s*([0-9]{1,9}(?:[.,][0-9]+)?)\s*([A-Za-z]+)\.?", re.IGNORECASE)
_RANGE = re.compile(r"([0-9.]+)\s*[A-Za-z]*\s*(?:-|–|\.\.|to)\s*([0-9.]+)\s*([A-Za-z]+)\.?")
_DAY = re.compile(r"[Dd]ay\s*([+-]?)\s*([0-9]{1,9})(?:\s*(?:,|at)?\s*([0-9]{1,2})(?::([0-9]{2}))?\s*(?:h|o'clock)?)?")
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*([AaPp])?\.?(?:[Mm]\.?)?")
_ABOUT = re.compile(r"(?:~|≈|(?:about|around|approx\.?|ca\.?|circa)\s)\s*((?:day -?[0-9]|[+-][0-9]).{0,20})")
_DAY_RANGE = re.compile(r"[Dd]ay\s*(-?[0-9]{1,9})\s*(?:-|–|\.\.|to)\s*(?:[Dd]ay\s*)?-?[0-9]{1,9}")
_DAY_CLOCK = re.compile(r"[Dd]ay\s*(-?[0-9]{1,9}),?\s*(?:at\s)?\s*([0-9]{1,2})(?::([0-9]{2}))?\s*([AaPp])\.?[Mm]\.?")
_UNIT_DAY = re.compile(r"([+-]?)([0-9]{1,9})\s*(d|days?)[ ,]+([0-9]{1,2}):([0-9]{2})")
_D_PLUS = re.compile(r"[DdTt]\s*([+-])\s*([0-9]{1,9})")
_COUNTED = re.compile(r"(week|month|year|hour|minute)\s*([+-]?)([0-9]{1,9})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})\.?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})\.?")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def duration_hint(text: str, usual: str) -> Hint:
    """Return what a text in place of a duration may mean."""
    if len(text) > LONGEST_TEXT:
        return Hint("", usual)
    if text[:1] in ("+", "-") and text[1:2].isdigit():
        rest = text[1:].strip()
        _, help, suggestion = duration_hint(rest, "")
        return Hint("a duration has no sign", help, suggestion) if help else _write("a duration has no sign", rest)
    if (match := _RANGE.fullmatch(text)) and (unit := _unit(match[3])):
        longer = f"{match[2]}{unit}"
        return Hint("a range is not one length", f"write one of them, such as {longer}", (longer,))
    if total := _compound(text):
        return _write("a duration is one number and one unit", total)
    if unit := _unit(text):
        return _write("the number is missing", f"1{unit}")
    return _unit_hint(text, "", usual)


def moment_hint(text: str, usual: str) -> Hint:
    """Return what a text in place of a time may mean."""
    if len(text) > LONGEST_TEXT:
        return Hint("", usual)
    if match := _DAY.fullmatch(text):
        sign = "-" if match[1] == "-" else ""
        clock = f" {int(match[3]):02}:{match[4] or '00'}" if match[3] else ""
        return _meant(f"day {sign}{match[2]}{clock}")
    if match := _ABOUT.fullmatch(text):
        return _write("a time is exact", match[1])
    if match := _DAY_RANGE.fullmatch(text):
        return _write("a range is not one time", f"day {match[1]}", ", and how long it takes under lasts:")
    if match := _DAY_CLOCK.fullmatch(text):
        hour = int(match[2]) % 12 + 12 * (match[4] in "Pp")
        return _meant(f"day {match[1]} {hour:02}:{match[3] or '00'}")
    if match := _UNIT_DAY.fullmatch(text):
        sign = "-" if match[1] == "-" else ""
        return _meant(f"day {sign}{match[2]} {int(match[4]):02}:{match[5]}")
    if match := _D_PLUS.fullmatch(text):
        return _meant(f"{match[1]}{match[2]}d")
    if match := _COUNTED.fullmatch(text):
        return _meant(f"{match[2] or '+'}{match[3]}{_unit(match[1])}")
    if iso := _calendar(text):
        return _meant(iso)
    if _MONTH.fullmatch(text):
        return _first_day(text)
    if (match := _CLOCK.fullmatch(text)) and (match[2] or match[3]):
        hour = int(match[1]) % 12 + 12 * (match[3] in "Pp") if match[3] else int(match[1])
        return _write("a time of day needs a day", f"day 0 {hour:02}:{match[2] or '00'}")
    if text[:1] in ("+", "-") and (total := _compound(text[1:])):
        return _write("an offset is one number and one unit", f"{text[0]}{total}")
    loose = _LOOSE.fullmatch(text)
    if loose and not loose[1] and loose[3] in SECONDS and "," not in loose[2]:
        after, before = f"+{loose[2]}{loose[3]}", f"-{loose[2]}{loose[3]}"
        help = f"write {after} (after day 0) or {before} (before it)"
        return Hint("an offset needs a sign", help, (after, before))
    return _unit_hint(text, "+", usual)


def day_hint(text: str, usual: str) -> Hint:
    """Return what a text in place of a date may mean."""
    if len(text) > LONGEST_TEXT:
        return Hint("", usual)
    if iso := _calendar(text.strip()):
        return _meant(iso)
    if _MONTH.fullmatch(text.strip()):
        return _first_day(text.strip())
    return Hint("", usual)


def figure_hint(text: str, usual: str) -> Hint:
    """Return what a text in place of a figure may mean."""
    if len(text) > LONGEST_TEXT:
        return Hint("", usual)
    if re.fullmatch(r"-?[0-9]+,[0-9]+ ?%?", text):
        return _write("the decimal sign is a point", text.replace(",", "."))
    if total := _compound(text):
        return _write("a duration is one number and one unit", total)
    return _unit_hint(text, "", usual)


def _first_day(month: str) -> Hint:
    return Hint("the day is missing", f"write a day, such as {month}-01", (f"{month}-01",))


def _unit_hint(text: str, sign: str, usual: str) -> Hint:
    if match := _LOOSE.fullmatch(text):
        amount, mark = match[2].replace(",", "."), match[1] or sign
        if match[3].lower() == "m":
            minutes, months = f"{mark}{amount}min", f"{mark}{amount}mo"
            return Hint("m could be minutes or months", f"write {minutes} or {months}", (minutes, months))
        if unit := _unit(match[3]):
            return _meant(f"{mark}{amount}{unit}")
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text) and len(text) < 20:
        mark = sign if text[0].isdigit() else ""
        forms = tuple(f"{mark}{text}{unit}" for unit in ("min", "h", "d"))
        return Hint("a number needs a unit", f"write {forms[0]}, {forms[1]} or {forms[2]}", forms)
    return Hint("", usual)


def _unit(word: str) -> str:
    """Return the unit that a word names; "" if there is none."""
    word = word.lower()
    return word if word in SECONDS else _UNIT_WORDS.get(word, "")


def _compound(text: str) -> str:
    """Convert `1h 30min` and `1h30` to one number and one unit; "" if the text has another form."""
    if match := re.fullmatch(r"([0-9]{1,3})\s*h\s*([0-9]{1,2})", text):
        return f"{int(match[1]) * 60 + int(match[2])}min"
    found: list[tuple[float, str]] = []
    at = 0
    while match := _PART.match(text, at):
        found.append((float(match[1].replace(",", ".")), _unit(match[2])))
        at = match.end()
    if at < len(text) or len(found) < 2 or not all(unit for _, unit in found):
        return ""
    smallest = min((unit for _, unit in found), key=lambda unit: SECONDS[unit])
    return f"{sum(amount * SECONDS[unit] for amount, unit in found) / SECONDS[smallest]:.10g}{smallest}"


def _calendar(text: str) -> str:
    """Convert a date in another order or with words to ISO 8601; "" if it is none, or ambiguous."""
    if match := _YEAR_FIRST.fullmatch(text):
        parts = (match[1], match[2], match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        parts = (match[3], match[2], match[1])
    else:
        for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"):
            try:
                return datetime.strptime(text, form).date().isoformat()
            except ValueError:
                continue
        return ""
    try:
        return datetime(*map(int, parts)).date().isoformat()  # type: ignore[arg-type]
    except ValueError:
        return ""
