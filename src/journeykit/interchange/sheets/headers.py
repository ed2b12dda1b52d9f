"""What the headers of other people's tables mean, in many languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from journeykit.interchange.sheets.columns import sheet_plans


def _read_synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return the headers of each field, from the file beside this module."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in Path(__file__).with_name("headers.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).extend(filter(None, (word.strip() for word in line.split("|"))))
    return {name: tuple(words) for name, words in found.items()}


SYNONYMS = _read_synonyms()
"""The headers that people write, by the field that they mean."""
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_STAGES = (
    ("backstage", re.compile(r"back ?stage|arka sahne|zaodrj|παρασκην|バックステージ|coulisse|unsichtbar|nevidn")),
    ("frontstage", re.compile(r"front ?stage|on ?stage|\bon sahne|vorderbuhne|προσκην|フロントステージ|sichtbar|vidn")),
)
"""Words anywhere in a header that say on which side of the line of visibility something is done."""
NUMBER_SIGNS = ("#", "№", "＃")
_BEFORE = re.compile(
    r"^(?:the|customer s|user s|customers|users|customer|user|client|guest|patient|my|your|their|key|main|primary|ux"
    r"|system|likely|possible|potential|felhasznaloi|felhasznalo|ugyfel|vasarloi|vasarlo|uporabnikov[aeio]?"
    r"|uporabnisk[aeio]|strankin[aeio]?|kullanici|kullanicinin|musteri|musterinin|主要な?|主な|ユーザーの?|顧客の?|利用者の?"
    r"|(?:kunden|nutzer|benutzer|anwender|klant)(?= ?[a-z]{3})) ?"
)
_BEHIND = re.compile(
    r" (?:de[sr] (?:nutzer|kunde|benutzer|anwender)(?:in|s|n|innen)?|of the (?:user|customer)|to explore|involved"
    r"|identified|encountered|observed|experienced|felt|used|taken|needed|for improvement|(?:του )?(?:πελατη|χρηστη)"
    r"|uporabnika|uporabnikov|stranke|strank|(?:du |des |de l )?(?:clients?|utilisateurs?)"
    r"|(?:del |do |de |dell )?(?:cliente|usuario|utente)|van de (?:klant|gebruiker)"
    r"|(?:suppose|ressenti|rencontre|propose|identifie)e?s?)$"
)
"""What stands before or behind the word that matters."""


def folded_header(text: str) -> str:
    """Return a header as it is compared: without case, accents, punctuation and emoji."""
    text = text.casefold().replace("ı", "i").replace("ß", "ss").replace("ø", "o")
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not _is_accent(one))
    text = unicodedata.normalize("NFC", text).replace("ς", "σ")
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _is_accent(character: str) -> bool:
    """Return whether a character is an accent; the marks of kana (が) are none."""
    return unicodedata.combining(character) > 0 and character not in "\u3099\u309a"


@cache
def _index() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, words in SYNONYMS.items():
        for word in words:
            found.setdefault(folded_header(word), name)
    return found


@lru_cache(1 << 16)  # a long file is asked several times whether it has a table
def meaning_of(header: str) -> str | None:
    """Return the field that a header means; None if it is not known.

    What stands in brackets is left out where the whole is not known, and of `Pain / Problem` the first part counts.
    """
    index = _index()
    if header.strip() in NUMBER_SIGNS:
        return "number"
    for text in _forms(header):
        folded = folded_header(text)
        bare = _BEHIND.sub("", folded)
        for form in (folded, _BEFORE.sub("", folded), bare, _BEFORE.sub("", bare)):
            if found := index.get(form) or _of_its_end(form):
                return found
    whole = folded_header(header)
    return next((field for field, words in _STAGES if words.search(whole)), None)


def _of_its_end(folded: str) -> str | None:
    """Return the field of the word at the end of a Japanese header, which has no spaces: `改善の機会`."""
    if not _JAPANESE.search(folded):
        return None
    ends = (folded[at:] for at in range(1, len(folded) - 1))
    return next((found for end in ends if (found := _index().get(end)) is not None), None)


def _forms(header: str) -> Iterable[str]:
    yield header
    bare = re.sub(r"[(（\[].*?[)）\]]", " ", header)
    yield bare
    yield from re.split(r"[/&+,|:\n]| and | und | és | in | ve | και | et | y | e | en |・", bare)


@cache
def own_headers() -> Mapping[str, str]:
    """Return the keys of touchpoints by the headers of our own workbook and by their names in the format."""
    found = {}
    for column in sheet_plans()[0].columns:
        found[folded_header(column.header)] = ".".join(column.path)
        found[folded_header(".".join(column.path))] = ".".join(column.path)
    return found
