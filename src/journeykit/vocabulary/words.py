"""Word lists for rules that read text: whose point of view a title takes, and whose words it uses.

There is one data file per language; for a language without one, `words` returns None and these rules report nothing.
The lists rather miss a word, which loses a finding, than have one too many, which causes a false positive.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.vocabulary.feelings import LANGUAGES, fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[,;:–—(]| - ")
_OPENING_QUOTE = tuple("\"'“”„«»‘‚")
_NEVER = re.compile(r"(?!)")
_WHOLE = r"(?<!\w)(?:{})(?!\w)"
_QUOTED = re.compile(r"[“„«\"»‘‚]([^“”„«»\"]{3,})[”“»\"«’‘]")
_IT = re.compile(r"(?<!\w)IT(?!\w)")
_LONGEST = 500
"""The characters of a text that are searched: more than any title has, and few enough for every pattern."""


class FirstPerson(NamedTuple):
    """How a language marks "I", "we", "my" and "our".

    In languages with personal endings of verbs or possessed nouns (Hungarian, Slovenian, Turkish, Greek), `verb` and
    `own` match the endings. `others` are words that only look like such a form; `nouns` are stems that do, whose
    endings must match `own`.
    """

    words: frozenset[str]
    verb: re.Pattern[str]
    own: re.Pattern[str]
    others: frozenset[str]
    nouns: tuple[str, ...]

    def matches(self, word: str) -> bool:
        """Return whether a folded word is in the first person."""
        if word in self.words:
            return True
        if word in self.others:
            return False
        stem = next((noun for noun in self.nouns if word.startswith(noun)), None)
        if stem is not None:
            return bool(self.own.fullmatch("x" + word[len(stem) :]))
        return bool(self.verb.fullmatch(word) or self.own.fullmatch(word))


class Words:
    """The word lists of one language, each loaded on first use.

    The methods take text as the file writes it.
    """

    def __init__(self, lang: str, lists: Mapping[str, Any]) -> None:
        self.lang = lang
        self._lists = lists
        self._patterns: dict[str, re.Pattern[str]] = {}

    def is_first_person(self, text: str) -> bool:
        """Return whether a text is in the first person: "I get my router fixed"."""
        return any(self._first_person.matches(word) for word in _WORD.findall(_folded(text, self.lang)))

    def company_word(self, text: str) -> str | None:
        """Return the first word that companies use and customers do not, such as "onboarding"."""
        return self._find("company_words", text, _WHOLE)

    def wish(self, text: str) -> str | None:
        """Return the word that makes a text describe what will or should be, such as "will".

        Only in the main clause and not in a question: "I ask when they will come" is what happens today.
        """
        clause = _CLAUSE_END.split(_folded(text, self.lang), maxsplit=1)[0].strip().rstrip(".!")
        if "?" in text or clause.startswith(_OPENING_QUOTE):
            return None
        return _matched_text(self._pattern("wishes", "(?:{})").search(clause))

    def company_subject(self, text: str) -> str | None:
        """Return the subject at the start of a text if it is the company's side, such as "agent" or "system".

        It is None if the customer is in the sentence too: "The team welcomes me" is the customer's point of view.
        """
        found = _matched_text(self._pattern("company_subjects", "{}").match(_folded(text, self.lang)))
        return None if found is None or self.is_first_person(text) else found

    def is_judgement(self, word: str) -> bool:
        """Return whether a word judges the service ("slow") instead of naming a feeling ("impatient")."""
        return self._is("judgements", word)

    def is_about_bill(self, text: str) -> bool:
        """Return whether a text speaks of a bill that the customer gets."""
        return self._find("bills", text, _WHOLE) is not None

    def jargon(self, text: str) -> str | None:
        """Return the first technical term that customers do not use, such as "SLA"; acronyms match in capitals only."""
        letters = "|".join(self._lists["jargon_letters"])
        capitals = self._pattern("capitals", rf"(?<![\w-])(?:{letters})(?=s?(?!\w))", ("",)).search(text[:_LONGEST])
        return capitals[0] if capitals else self._find("jargon", text, _WHOLE)

    def names_expert(self, text: str) -> bool:
        """Return whether a text names somebody who uses such terms every day, such as a developer."""
        return bool(_IT.search(text)) or self._find("trade", text, _WHOLE) is not None

    def policy_phrase(self, text: str) -> str | None:
        """Return a phrase of staff who may not decide, such as "against our policy".

        The customer may say "I have to ask my boss" too; such a phrase counts in quotation marks only.
        """
        quoted = (self._find("policy_quotes", part, _WHOLE) for part in _QUOTED.findall(text[:_LONGEST]))
        return self._find("policy_phrases", text, _WHOLE) or next(filter(None, quoted), None)

    def sensitive_kind(self, text: str, *, is_key: bool) -> str | None:
        """Return the special category of personal data that a fact's key, or a text, is about, such as "health"."""
        part, frame = ("facts", "^(?:{})$") if is_key else ("says", _WHOLE)
        text = _folded(text.replace("_", " "), self.lang)
        kinds = self._lists["sensitive"].items()
        return next(
            (kind for kind, lists in kinds if self._pattern(kind + part, frame, lists[part]).search(text)), None
        )

    def is_about_work(self, key: str) -> bool:
        """Return whether a fact's key is about work or school."""
        return self._is("work_facts", key)

    def is_abbreviation(self, word: str) -> bool:
        """Return whether a word, given without its dot, is commonly shortened with one, such as "etc"."""
        return _folded(word, self.lang) in self._lists["abbreviations"]

    def _find(self, name: str, text: str, frame: str) -> str | None:
        return _matched_text(self._pattern(name, frame).search(_folded(text, self.lang)))

    def _is(self, name: str, text: str) -> bool:
        return bool(self._pattern(name, "(?:{})").fullmatch(_folded(text, self.lang)))

    def _pattern(self, name: str, frame: str, entries: Sequence[str] | None = None) -> re.Pattern[str]:
        if name not in self._patterns:
            entries = self._lists[name] if entries is None else entries
            self._patterns[name] = _any_of([_cased(entry, self.lang) for entry in entries], frame)
        return self._patterns[name]

    @cached_property
    def _first_person(self) -> FirstPerson:
        def folded(name: str) -> list[str]:
            return [_cased(entry, self.lang) for entry in person.get(name, ())]

        person = self._lists["first_person"]
        return FirstPerson(
            frozenset(folded("words")),
            _any_of(folded("verb_endings"), r"\w+(?:{})"),
            _any_of(folded("own_endings"), r"\w+(?:{})"),
            frozenset(folded("others")),
            tuple(sorted(folded("nouns"), key=len, reverse=True)),
        )


def words(lang: str) -> Words | None:
    """Return the lists for the language of a BCP 47 tag; None if there are none."""
    primary = lang.split("-")[0].lower()
    return _load(primary) if primary in LANGUAGES else None


@lru_cache
def _load(lang: str) -> Words:
    text = Path(__file__).with_name("data").joinpath("words", f"{lang}.toml").read_text(encoding="utf-8")
    return Words(lang, tomllib.loads(text))


def _any_of(patterns: Sequence[str], frame: str) -> re.Pattern[str]:
    return re.compile(frame.format("|".join(patterns))) if patterns else _NEVER


def _matched_text(found: re.Match[str] | None) -> str | None:
    """Return the group of a match, else the whole match; None without a match."""
    return next((group for group in found.groups() if group), found[0]) if found else None


def _folded(text: str, lang: str) -> str:
    return _cased(text[:_LONGEST], lang)


def _cased(text: str, lang: str) -> str:
    return fold(text.replace("I", "ı") if lang == "tr" else text)
