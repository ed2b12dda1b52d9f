"""The few words of a draft that are none of the log: in the languages of the charts; English where one lacks them."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What happens in {name}",
        "persona": "Everyone in {name}",
        "day0": "the first event of a case",
        "next": "What happens next?",
        "ends": "It ends",
        "who": "all cases from {first} to {last}",
    },
    "de": {
        "title": "Was in {name} geschieht",
        "persona": "Alle in {name}",
        "day0": "das erste Ereignis eines Falls",
        "next": "Was geschieht als Nächstes?",
        "ends": "Es endet",
        "who": "alle Fälle vom {first} bis zum {last}",
    },
    "el": {
        "title": "Τι συμβαίνει στο {name}",
        "persona": "Όλοι στο {name}",
        "day0": "το πρώτο συμβάν μιας υπόθεσης",
        "next": "Τι συμβαίνει μετά;",
        "ends": "Τελειώνει",
        "who": "όλες οι υποθέσεις από {first} έως {last}",
    },
    "hu": {
        "title": "Mi történik itt: {name}",
        "persona": "Mindenki itt: {name}",
        "day0": "egy ügy első eseménye",
        "next": "Mi történik ezután?",
        "ends": "Véget ér",
        "who": "minden ügy {first} és {last} között",
    },
    "sl": {
        "title": "Kaj se dogaja v {name}",
        "persona": "Vsi v {name}",
        "day0": "prvi dogodek primera",
        "next": "Kaj se zgodi potem?",
        "ends": "Konča se",
        "who": "vsi primeri od {first} do {last}",
    },
    "tr": {
        "title": "{name} içinde neler oluyor",
        "persona": "{name} içindeki herkes",
        "day0": "bir vakanın ilk olayı",
        "next": "Sonra ne olur?",
        "ends": "Biter",
        "who": "{first} ile {last} arasındaki tüm vakalar",
    },
}


def words(lang: str) -> Mapping[str, str]:
    """Return the words of a language, by its tag."""
    return _WORDS.get(lang.split("-")[0].lower(), _WORDS["en"])
