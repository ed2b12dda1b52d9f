"""Word lists for the rules that read text: who speaks in a title, and with whose words.

One data file per language; for a language without one, `words` gives None and such rules are silent. A list that
misses a word costs a finding, one that has a word too many makes a false one, so the lists lean to the first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.vocabulary.feelings import LANGUAGES, fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[,;:–—(]| - ")
_OPENING_QUOTE = tuple("\"'“”„«»‘‚")
_NEVER = re.compile(r"(?!)")
_LONGEST = 500
"""Characters of a text that are looked at: more than any title has, and few enough for every pattern."""


class FirstPerson(NamedTuple):
    """How a language marks "I", "we", "my" and "our".

    Where a verb or a possessed thing carries the person (Hungarian, Slovenian, Turkish, Greek), `verb` and `own`
    match its ending. `others` are words that only look like such a form, `nouns` are stems that do: what follows
    those is held against `own`.
    """

    words: frozenset[str]
    verb: re.Pattern[str]
    own: re.Pattern[str]
    others: frozenset[str]
    nouns: tuple[str, ...]

    def marks(self, word: str) -> bool:
        """Whether a folded word is in the first person."""
        if word in self.words:
            return True
        if word in self.others:
            return False
        stem = next((noun for noun in self.nouns if word.startswith(noun)), None)
        if stem is not None:
            return bool(self.own.fullmatch("x" + word[len(stem) :]))
        return bool(self.verb.fullmatch(word) or self.own.fullmatch(word))


class Words(NamedTuple):
    """The word lists of one language. The methods take text as it was written."""

    lang: str
    first_person: FirstPerson
    company: re.Pattern[str]
    wishes: re.Pattern[str]
    company_subjects: re.Pattern[str]
    judgements: frozenset[str]

    def is_first_person(self, text: str) -> bool:
        """Whether somebody speaks of themselves: "I get my router fixed"."""
        return any(self.first_person.marks(word) for word in _WORD.findall(_folded(text, self.lang)))

    def company_word(self, text: str) -> str | None:
        """The first word that companies use and customers do not, such as "onboarding"."""
        return _said(self.company.search(_folded(text, self.lang)))

    def wish(self, text: str) -> str | None:
        """The word that makes a text say what will or should be, such as "will".

        Only in the main clause and not in a question: "I ask when they will come" is what happens today.
        """
        clause = _CLAUSE_END.split(_folded(text, self.lang), maxsplit=1)[0].strip().rstrip(".!")
        if "?" in text or clause.startswith(_OPENING_QUOTE):
            return None
        return _said(self.wishes.search(clause))

    def company_subject(self, text: str) -> str | None:
        """The company's side where it is the subject that a text opens with, such as "agent" or "system".

        Not where the customer is in the sentence too: "The team welcomes me" is seen from the customer's side.
        """
        found = _said(self.company_subjects.match(_folded(text, self.lang)))
        return None if self.is_first_person(text) else found

    def is_judgement(self, word: str) -> bool:
        """Whether a word judges the service ("slow") instead of naming a feeling ("impatient")."""
        return _folded(word, self.lang) in self.judgements


def words(lang: str) -> Words | None:
    """The lists for a BCP 47 tag, by its language; None where there are none."""
    primary = lang.split("-")[0].lower()
    return _load(primary) if primary in LANGUAGES else None


@lru_cache
def _load(lang: str) -> Words:
    text = Path(__file__).with_name("data").joinpath("words", f"{lang}.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)

    def folded(entries: Sequence[str]) -> list[str]:
        return [_cased(entry, lang) for entry in entries]

    person = data["first_person"]
    return Words(
        lang,
        FirstPerson(
            frozenset(folded(person["words"])),
            _any_of(folded(person.get("verb_endings", ())), r"\w+(?:{})"),
            _any_of(folded(person.get("own_endings", ())), r"\w+(?:{})"),
            frozenset(folded(person.get("others", ()))),
            tuple(sorted(folded(person.get("nouns", ())), key=len, reverse=True)),
        ),
        _any_of(folded(data["company_words"]), r"(?<!\w)(?:{})(?!\w)"),
        _any_of(folded(data["wishes"]), r"(?:{})"),
        _any_of(folded(data["company_subjects"]), r"{}"),
        frozenset(folded(data["judgements"])),
    )


def _any_of(patterns: Sequence[str], frame: str) -> re.Pattern[str]:
    return re.compile(frame.format("|".join(patterns))) if patterns else _NEVER


def _said(found: re.Match[str] | None) -> str | None:
    """What a pattern has in its group, else all that it matched."""
    return next((group for group in found.groups() if group), found[0]) if found else None


def _folded(text: str, lang: str) -> str:
    return _cased(text[:_LONGEST], lang)


def _cased(text: str, lang: str) -> str:
    return fold(text.replace("I", "ı") if lang == "tr" else text)
