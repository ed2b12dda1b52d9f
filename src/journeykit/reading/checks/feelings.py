"""Check that every feeling word is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.finding import Advice
from journeykit.model.guess import meant
from journeykit.model.meaning import Word
from journeykit.model.normalisation import TOUCHPOINT_KEYS
from journeykit.reading import faults
from journeykit.reading.checks import Item, JourneyData
from journeykit.reading.faults import Fault
from journeykit.reading.invisible import name
from journeykit.source import KeyPath
from journeykit.vocabulary.feelings import feelings, fold, nearest, valence

MAX_GUESSES = 200
"""The most unknown words for which similar known ones are searched, which takes time."""
NO_SPACES = ("\u00a0", "\u202f", "\u3000")
"""Spaces that look like a plain space; after a colon they do not start a value."""
_BETWEEN_WORDS = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|und|és|in|ve|και)\s+")


def check(journey: JourneyData) -> Iterator[Fault]:
    """Report unknown words in `feeling` and `expected`, and own words that are defined twice."""
    own = journey.root.data.get("feelings")
    own = own if isinstance(own, dict) else {}
    lang = str(journey.root.data.get("lang", "en")).partition("-")[0].lower()
    known = {word: 0.0 for word in own if isinstance(word, str)}
    yield from _twice(known)
    for touchpoint in journey.touchpoints:
        yield from _no_space(journey, touchpoint, known)
    guesses = MAX_GUESSES
    for path, word in _words(journey):
        if valence(word, known) is None and word.strip():
            guesses -= 1
            near = nearest(word, known, lang) if guesses > 0 and len(word) < 100 else []
            yield _misspelled_key(journey, path) or _unknown(journey, path, word, known, near)


def _twice(own: Mapping[str, float]) -> Iterator[Fault]:
    """Report own words that are equal when folded, such as `Happy` and `HAPPY`: only the first would count."""
    first: dict[str, str] = {}
    for word in own:
        same = first.setdefault(fold(word), word)
        if same != word:
            message = f'"{faults.shown(word)}" and "{faults.shown(same)}" are the same word'
            yield Fault("duplicate-key", ("feelings", word), message, "keep one of them", "key")


def _words(journey: JourneyData) -> Iterator[tuple[KeyPath, str]]:
    for leaf in journey.leaves(Word):
        if leaf.meaning.kind == "feeling" and isinstance(leaf.value, str):
            yield leaf.path, leaf.value


def _no_space(journey: JourneyData, touchpoint: Item, known: Mapping[str, float]) -> Iterator[Fault]:
    """Report `- I call:angry`, which YAML reads as one text, where a title and a feeling or a key and a value are
    meant.
    """
    title, whole = touchpoint.data.get("title"), journey.aliases.get((*touchpoint.path, "title"))
    if whole != (touchpoint.path, "value") or not isinstance(title, str):
        return
    before, colon, after = title.partition(":") if title.partition(":")[0] in TOUCHPOINT_KEYS else title.rpartition(":")
    if colon and after[:1] in NO_SPACES and valence(after.strip(), known) is not None:
        help = f"write {faults.shown(before)}: {faults.shown(after.strip())}, with a plain space"
        message = f"this is no space for YAML, but the character {name(after[0])}"
        yield Fault("yaml-syntax", touchpoint.path, message, help)
    elif colon and after.strip() == after != "" and (before in TOUCHPOINT_KEYS or valence(after, known) is not None):
        help = f"write {faults.shown(before)}: {faults.shown(after)}"
        yield Fault("yaml-syntax", touchpoint.path, "a colon needs a space after it", help)


def _misspelled_key(journey: JourneyData, path: KeyPath) -> Fault | None:
    """Return the fault of `- titel: My bill comes`: read as a title with a feeling, meant as a key."""
    key_path, _ = journey.aliases.get(path, ((), "key"))
    key = key_path[-1] if key_path else None
    near = meant(key, TOUCHPOINT_KEYS, 0.7) if isinstance(key, str) and len(key.split()) == 1 else None
    if near is None:
        return None
    help, suggestion = Advice.meant(near)
    return Fault("unknown-key", key_path, f'unknown key "{key}"', help, "key", suggestion)


def _unknown(journey: JourneyData, path: KeyPath, word: str, own: Mapping[str, float], near: list[str]) -> Fault:
    """Return the fault of an unknown word, with what to write instead."""
    shorthand = journey.aliases.get(path) or journey.aliases.get(path[:-1])
    help, suggestion = _advice(word, shorthand and shorthand[0][-1], path[-1], own, near)
    message = f'"{faults.shown(word)}" is not a known feeling'
    return Fault("unknown-feeling", path, message, help, "value", suggestion)


def _advice(word: str, title: object, key: object, own: Mapping[str, float], near: list[str]) -> Advice:
    """Return what to write instead of an unknown word; `title` is that of `title: word`, None for the long form."""
    shown = faults.shown(word)
    parts = [part for part in _BETWEEN_WORDS.split(word) if part]
    if isinstance(title, str) and valence(title, own) is not None:
        return Advice(f"the feeling comes last: write {shown}: {faults.shown(title)}")
    if len(parts) > 1 and all(valence(part, own) is not None for part in parts):
        if key == "expected":
            return Advice(f"write one word: {' or '.join(parts)}", tuple(parts))
        if isinstance(key, int):
            return Advice(f"make each word an item of its own: {', '.join(parts)}")
        words = f"[{', '.join(parts)}]"
        return Advice(f"several words are a list: {words}", (words,))
    if emoji := next((feeling.word for feeling in feelings() if feeling.emoji and feeling.emoji in word), None):
        return Advice(f"a feeling is written as a word, such as {emoji}", (emoji,))
    if isinstance(title, str) and len(word.split()) > 2:
        return Advice(f'is this part of the title? put the line into quotes: "{faults.shown(title)}: {shown}"')
    if near:
        return Advice.meant(*near)
    if key == "expected":
        return Advice("write a number on the scale, or a feeling word (`journeykit feelings` lists them)")
    if not any(char.isalpha() for char in word):
        return Advice("write a word, such as angry; `journeykit feelings` lists the known ones")
    return Advice(f"`journeykit feelings` lists the known ones; or define it: feelings: {{{shown}: …}}, from -2 to 2")
