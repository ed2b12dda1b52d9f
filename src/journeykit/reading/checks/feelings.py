"""Every feeling word is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.finding import Advice
from journeykit.model.guess import meant
from journeykit.model.meaning import Word
from journeykit.model.normal import TOUCHPOINT_KEYS
from journeykit.reading import faults
from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault
from journeykit.reading.invisible import name
from journeykit.source import Path
from journeykit.vocabulary.feelings import feelings, fold, nearest, valence

MAX_GUESSES = 200
"""Unknown words for which the likest known ones are looked up, which takes time."""
NO_SPACES = ("\u00a0", "\u202f", "\u3000")
"""Spaces that people type without seeing it; behind a colon they start no value."""
_BETWEEN_WORDS = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|und|és|in|ve|και)\s+")


def check(facts: Facts) -> Iterator[Fault]:
    """Yield unknown words in `feeling` and `expected`."""
    own = facts.root.data.get("feelings")
    own = own if isinstance(own, dict) else {}
    lang = str(facts.root.data.get("lang", "en")).partition("-")[0].lower()
    known = {word: 0.0 for word in own if isinstance(word, str)}
    yield from _twice(known)
    for touchpoint in facts.touchpoints:
        yield from _no_space(facts, touchpoint, known)
    guesses = MAX_GUESSES
    for path, word in _words(facts):
        if valence(word, known) is None and word.strip():
            guesses -= 1
            near = nearest(word, known, lang) if guesses > 0 and len(word) < 100 else []
            yield _misspelled_key(facts, path) or _unknown(facts, path, word, known, near)


def _twice(own: Mapping[str, float]) -> Iterator[Fault]:
    """Yield faults of words that are given twice, such as `Happy` and `HAPPY`, of which only the first would count."""
    first: dict[str, str] = {}
    for word in own:
        same = first.setdefault(fold(word), word)
        if same != word:
            message = f'"{faults.shown(word)}" and "{faults.shown(same)}" are the same word'
            yield Fault("duplicate-key", ("feelings", word), message, "keep one of them", "key")


def _words(facts: Facts) -> Iterator[tuple[Path, str]]:
    for leaf in facts.leaves(Word):
        if leaf.meaning.kind == "feeling" and isinstance(leaf.value, str):
            yield leaf.path, leaf.value


def _no_space(facts: Facts, touchpoint: Item, known: Mapping[str, float]) -> Iterator[Fault]:
    """Yield a fault for a missing space: `- I call:angry` is one text in YAML, not a title and a feeling."""
    title, whole = touchpoint.data.get("title"), facts.places.get((*touchpoint.path, "title"))
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


def _misspelled_key(facts: Facts, path: Path) -> Fault | None:
    """Yield a fault for a misspelled key: `- titel: My bill comes` reads as a title with a feeling."""
    key_path, _ = facts.places.get(path, ((), "key"))
    key = key_path[-1] if key_path else None
    near = meant(key, TOUCHPOINT_KEYS, 0.7) if isinstance(key, str) and len(key.split()) == 1 else None
    if near is None:
        return None
    help, suggestion = Advice.meant(near)
    return Fault("unknown-key", key_path, f'unknown key "{key}"', help, "key", suggestion)


def _unknown(facts: Facts, path: Path, word: str, own: Mapping[str, float], near: list[str]) -> Fault:
    """Return an unknown word, and what to write instead of it."""
    shorthand = facts.places.get(path) or facts.places.get(path[:-1])
    help, suggestion = _advice(word, shorthand and shorthand[0][-1], path[-1], own, near)
    message = f'"{faults.shown(word)}" is not a known feeling'
    return Fault("unknown-feeling", path, message, help, "value", suggestion)


def _advice(word: str, title: object, key: object, own: Mapping[str, float], near: list[str]) -> Advice:
    """Return what to write instead of an unknown word; `title` is the one of `title: word`, None where it has a key."""
    shown = faults.shown(word)
    parts = [part for part in _BETWEEN_WORDS.split(word) if part]
    if isinstance(title, str) and valence(title, own) is not None:
        return Advice(f"the feeling comes last: write {shown}: {faults.shown(title)}")
    if len(parts) > 1 and all(valence(part, own) is not None for part in parts):
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
