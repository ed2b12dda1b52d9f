"""The texts of the site's own pages in the language that was asked for; English where it lacks one."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from journeykit.charts.locales import Labels
from journeykit.site.options import LANGUAGES


class Words:
    """The texts of one language, and the labels of charts in it."""

    def __init__(self, lang: str) -> None:
        self.labels = Labels(lang)
        self.lang = self.labels.lang if self.labels.lang in LANGUAGES else "en"
        self._texts = {**_texts("en"), **(_texts(self.lang) if self.lang != "en" else {})}

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled."""
        return self._texts[key].format_map(values) if values else self._texts[key]

    def count(self, key: str, n: int) -> str:
        """Return a text for a number of things: `key.one` for one of them, else `key.many`."""
        return self(f"{key}.{'one' if n == 1 else 'many'}", n=self.labels.number(n))

    def part(self, name: str) -> dict[str, str]:
        """Return the texts of a part by their keys without its name, with their placeholders."""
        return {key.removeprefix(f"{name}."): text for key, text in self._texts.items() if key.startswith(f"{name}.")}

    def score(self, value: float | None) -> str:
        """Return a score with one decimal at most, or a dash."""
        return "–" if value is None else self.labels.number(value)

    def delta(self, value: float | None) -> str:
        """Return a difference with its sign, or a dash."""
        return "–" if value is None else self.labels.number(value, 1, sign=True)


@lru_cache(maxsize=len(LANGUAGES))
def _texts(lang: str) -> dict[str, str]:
    texts: dict[str, str] = import_module(f"journeykit.site.locales.{lang}").TEXTS
    return texts
