"""The words that charts add to a journey's own, in six languages: one module a language."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from journeykit.scoring.display import percent, rounded, shown

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

    def number(self, value: float, places: int | None = None, sign: bool = False) -> str:
        """A number as the language writes it, with a true minus; `sign` puts a plus before what is above 0.

        It has so many places; by default one, or none where that would be a 0. Rounded as everywhere: see
        `journeykit.scoring.display`.
        """
        return _number(value, places, sign, self._words["format.decimal"])

    def share(self, value: float) -> str:
        """A share of 1 in per cent; what is not whole is not called so."""
        return self("format.percent", n=percent(value).removesuffix(" %").replace(".", self._words["format.decimal"]))

    def quoted(self, words: str) -> str:
        """Words within the quotation marks of the language."""
        return self("format.quoted", words=words)


@lru_cache(maxsize=1 << 12)
def _number(value: float, places: int | None, sign: bool, point: str) -> str:
    text = shown(value) if places is None else f"{rounded(value, places):f}"
    mark = MINUS if text.startswith("-") else "+" if sign and float(text) > 0 else ""
    return mark + text.lstrip("-").replace(".", point)


@lru_cache(maxsize=len(LANGUAGES))
def _words(lang: str) -> dict[str, str]:
    table: dict[str, dict[str, str]] = import_module(f"{__name__}.{lang}").WORDS
    return {f"{part}.{key}": word for part, words in table.items() for key, word in words.items()}
