"""Format scores, severities, differences and shares: only this module rounds them.

They are rounded to one decimal, halves away from zero; ".0" is omitted in sentences and pictures and kept in columns of
tables. So 52.5 is 52.5 in a finding, a table, a chart and its alt text.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
_DUST = 6
"""Decimals of scores; further digits are rounding errors."""
_MOST = 6


def rounded(value: float, places: int = 1) -> Decimal:
    """Round to so many decimals, halves away from zero; never minus zero."""
    exact = Decimal(f"{value:.{_DUST}f}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return exact if exact else abs(exact)


def shown(value: float, places: int = 1) -> str:
    """Return a number in a sentence, with at most so many decimals: 52.5, 75."""
    text = f"{rounded(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: float) -> str:
    """Return a number that is no score, with at most two decimals and commas between thousands: 1,284, 4.35."""
    whole, point, decimals = shown(value, 2).partition(".")
    return f"{int(whole):,}".replace("-", MINUS) + point + decimals if whole != "-0" else f"{MINUS}0{point}{decimals}"


def fixed(value: float) -> str:
    """Return a number in a column, with one decimal: 52.5, 75.0."""
    return f"{rounded(value):f}"


def signed(value: float) -> str:
    """Return a difference: +4.4, −12.5; 0.0 has no sign."""
    number = rounded(value)
    return f"{'+' if number > 0 else MINUS if number else ''}{abs(number):f}"


def beside(value: float, limit: float) -> str:
    """Return a number that is compared with a limit, with enough decimals to show on which side of it the number is.

    49.96 beside 50 is "49.96", never "50".
    """
    for places in range(1, _MOST):
        if (rounded(value, places) > rounded(limit, _MOST)) - (rounded(value, places) < rounded(limit, _MOST)) == (
            value > limit
        ) - (value < limit):
            return shown(value, places)
    return shown(value, _MOST)


def percent(share: float) -> str:
    """Return a share of 0..1 in a sentence: 22 %, 82.4 %; "0 %" and "100 %" are exact."""
    return f"{shown(_inside(share))} %"


def fixed_percent(share: float) -> str:
    """Return a share of 0..1 in a column: 22.0 %, 82.4 %."""
    return f"{fixed(_inside(share))} %"


def _inside(share: float) -> float:
    """Return a share in per cent, from 0.1 to 99.9 unless it is exactly 0 or 100."""
    hundredths = 100 * share
    if 0 < hundredths < 100:
        hundredths = min(max(hundredths, 0.1), 99.9)
    return hundredths


def word(score: float) -> str:
    """Return a score of 0..100 in a word: poor below 40, mixed below 60, good below 80, else excellent."""
    score = round(score, _DUST)
    return "poor" if score < 40 else "mixed" if score < 60 else "good" if score < 80 else "excellent"
