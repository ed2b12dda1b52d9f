"""The words that charts add to a journey's own, in six languages: one module a language."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from math import copysign

LANGUAGES = ("en", "de", "el", "hu", "sl", "tr")
DIRECTIONS = frozenset({"ar", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left."""
MINUS = "\u2212"


class Labels:
    """The labels of one language; English where it has none."""

    def __init__(self, lang: str) -> None:
        primary = lang.split("-")[0].lower()
        self.lang = primary if primary in LANGUAGES else "en"
        self._words = _words(self.lang)
        self.direction = "rtl" if primary in DIRECTIONS else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """The label of a key such as `curve.low_point`, its gaps filled."""
        word = self._words[key]
        return word.format_map(values) if values else word

    def number(self, value: float, places: int = 0, sign: bool = False) -> str:
        """A number as the language writes it, with a true minus; `sign` puts a plus before what is above 0.

        Halves are rounded away from 0, as people do: 12.5 is 13 as 87.5 is 88.
        """
        return _number(value, places, sign, self._words["format.decimal"])

    def share(self, value: float) -> str:
        """A share of 1 in per cent, rounded down: what is not whole is not called so."""
        return self("format.percent", n=self.number(int(value * 100 + 1e-9)))

    def quoted(self, words: str) -> str:
        """Words within the quotation marks of the language."""
        return self("format.quoted", words=words)


@lru_cache(maxsize=1 << 12)
def _number(value: float, places: int, sign: bool, point: str) -> str:
    shown = f"{round(value + copysign(1e-9, value), places) + 0.0:.{places}f}"
    mark = MINUS if shown.startswith("-") else "+" if sign and float(shown) > 0 else ""
    return mark + shown.lstrip("-").replace(".", point)


@lru_cache(maxsize=len(LANGUAGES))
def _words(lang: str) -> dict[str, str]:
    table: dict[str, dict[str, str]] = import_module(f"{__name__}.{lang}").WORDS
    return {f"{part}.{key}": word for part, words in table.items() for key, word in words.items()}
