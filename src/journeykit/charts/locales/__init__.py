"""Labels of charts in six languages, one module a language.

A label that a language lacks is shown in English.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from journeykit.scoring.display import percent, rounded, shown

LANGUAGES = ("en", "de", "el", "hu", "sl", "tr")
DIRECTIONS = frozenset({"ar", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left."""
QUOTATION_MARKS = tuple('"“”„‟«»‹›「『')
QUOTED = {
    language: form
    for form, languages in {
        "«{words}»": "ar fa es it no nb nn pt ru uk be hy ca",
        "«\u00a0{words}\u00a0»": "fr",
        "„{words}“": "cs sk bg mk is et lt",
        "„{words}”": "pl ro hr bs sr nl",
        "”{words}”": "sv fi",
        "»{words}«": "da",
        "「{words}」": "ja",
    }.items()
    for language in languages.split()
}
"""How languages without labels of their own quote; those that are not here do as English does."""
MINUS = "\u2212"


class Labels:
    """The labels of one language; those of English for a language that has no module."""

    def __init__(self, lang: str) -> None:
        primary = lang.split("-")[0].lower()
        self.lang = primary if primary in LANGUAGES else "en"
        self._words = _words(self.lang)
        self._quoted = QUOTED.get(primary, self._words["format.quoted"])
        self.direction = "rtl" if primary in DIRECTIONS else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """Return the label of a key such as `curve.low_point` with its placeholders filled."""
        word = self._words[key]
        return word.format_map(values) if values else word

    def spelled(self, part: str, word: str) -> str:
        """Return the label of a key or a choice of the file; the word itself, spelled out, where it has none."""
        if self.knows(part, word):
            return self(f"{part}.{word}")
        return word.replace("_", " ").replace("-", " ").capitalize()

    def knows(self, part: str, word: str) -> bool:
        """Return whether a key or a choice of the file has a label."""
        return f"{part}.{word}" in _words("en")

    def number(self, value: float, places: int | None = None, sign: bool = False) -> str:
        """Return a number as the language writes it, with a minus sign; `sign` adds a plus to positive numbers.

        `places` is the number of decimals; by default one, or none if it would be 0. Numbers are rounded by
        `journeykit.scoring.display`.
        """
        return _number(value, places, sign, self._words["format.decimal"])

    def no_score(self, withheld: bool) -> str:
        """Return why a journey has no score: too little is rated, or what is has too few answers to be shown."""
        return self("score.withheld" if withheld else "score.none")

    def unrated(self, hidden: bool) -> str:
        """Return why a touchpoint shows no score: it has none, or its survey has too few answers."""
        return self("metrics.too_few" if hidden else "curve.unrated")

    def share(self, value: float) -> str:
        """Return a share of 1 in per cent; only 1 itself is shown as 100%."""
        return self("format.percent", n=percent(value).removesuffix(" %").replace(".", self._words["format.decimal"]))

    def quoted(self, words: str) -> str:
        """Return words in the quotation marks of the language, or as they are if they begin with some of their own."""
        return words if words.startswith(QUOTATION_MARKS) else self._quoted.format(words=words)


@lru_cache(maxsize=1 << 12)
def _number(value: float, places: int | None, sign: bool, point: str) -> str:
    text = shown(value) if places is None else f"{rounded(value, places):f}"
    mark = MINUS if text.startswith("-") else "+" if sign and float(text) > 0 else ""
    return mark + text.lstrip("-").replace(".", point)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _words("en")[key]


@lru_cache(maxsize=len(LANGUAGES))
def _words(lang: str) -> dict[str, str]:
    table: dict[str, dict[str, str]] = import_module(f"{__name__}.{lang}").WORDS
    words = {f"{part}.{key}": word for part, words in table.items() for key, word in words.items()}
    return words if lang == "en" else _Words(words)
