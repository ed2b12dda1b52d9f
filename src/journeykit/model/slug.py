"""Make ids from titles."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

_OTHER = re.compile(r"[^a-z0-9]+")
_ACCENTS = re.compile("[\u0300-\u0362]")
_TYPED = str.maketrans(dict.fromkeys("’‘‚“”„«»‹›–—…·", "-"))


@lru_cache(4096)
def slug(text: str) -> str:
    """Return a text as small ASCII letters, digits and hyphens, transliterated; "" if nothing remains."""
    if not text.isascii() and not (text := _without_accents(whole := text)).isascii():
        from anyascii import anyascii  # 0.4 MB of tables: only for the texts that need it

        text = anyascii(whole)
    return _OTHER.sub("-", text.lower()).strip("-")


def _without_accents(text: str) -> str:
    """Remove accents, and turn quotes and dashes into hyphens, as anyascii and `slug` would, without its tables."""
    return _ACCENTS.sub("", normalize("NFD", text.translate(_TYPED)))


class Ids:
    """Makes ids that differ from each other and from those of the file."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def make(self, text: object, otherwise: str) -> str:
        """Return the slug of a text, or of `otherwise` if it is empty, followed by `-2`, `-3` … if it is taken."""
        wanted = (slug(text) if isinstance(text, str) else "") or otherwise
        found, number = wanted, self._last.get(wanted, 1)
        while found in self._taken:
            number += 1
            found = f"{wanted}-{number}"
        self._last[wanted] = number
        self._taken.add(found)
        return found
