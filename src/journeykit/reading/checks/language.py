"""Check that the language is a tag, not a name."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.finding import Advice
from journeykit.reading.checks import JourneyData
from journeykit.reading.faults import Fault, shown

NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "hungarian": "hu", "magyar": "hu", "slovenian": "sl",
    "slovene": "sl", "slovenščina": "sl", "turkish": "tr", "türkçe": "tr", "greek": "el", "ελληνικά": "el",
}  # fmt: skip
"""The languages with feeling words, in English and in their own words."""


def check(journey: JourneyData) -> Iterator[Fault]:
    """Report names of languages: no language tag in use today is longer than three letters."""
    lang = journey.root.data.get("lang")
    main = lang.partition("-")[0] if isinstance(lang, str) else ""
    if main.isascii() and main.isalpha() and 3 < len(main) <= 8:
        help, suggestion = tag_advice(main)
        yield Fault("bad-id", ("lang",), f'"{shown(lang)}" is not a language tag', help, "value", suggestion)


def tag_advice(name: str) -> Advice:
    """Return what to write instead of the name of a language."""
    tag = NAMES.get(name.casefold().strip())
    return Advice(f"did you mean {tag}?", (tag,)) if tag else Advice("write a BCP 47 tag such as en, de-AT, hu")
