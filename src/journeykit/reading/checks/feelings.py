"""Every feeling word is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.model.guess import meant
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
    """Unknown words in `feeling` and `expected`."""
    own = facts.root.data.get("feelings")
    own = own if isinstance(own, dict) else {}
    lang = str(facts.root.data.get("lang", "en")).partition("-")[0].lower()
    known = {word: 0.0 for word in own if isinstance(word, str)}
    guesses = MAX_GUESSES
    yield from _twice(known)
    for touchpoint in facts.touchpoints:
        yield from _no_space(facts, touchpoint, known)
        for path, word in _words(touchpoint):
            if valence(word, known) is None and word.strip():
                guesses -= 1
                near = nearest(word, known, lang) if guesses > 0 and len(word) < 100 else []
                title, short = touchpoint.data.get("title"), path[: len(touchpoint.path) + 1] in facts.places
                help = _unknown(word, short, title, path[-1], known, near)
                yield _misspelled_key(facts, touchpoint, path) or Fault(
                    "unknown-feeling", path, f'"{faults.shown(word)}" is not a known feeling', help
                )


def _twice(own: Mapping[str, float]) -> Iterator[Fault]:
    """`Happy` and `HAPPY` are one word, of which only the first would count."""
    first: dict[str, str] = {}
    for word in own:
        same = first.setdefault(fold(word), word)
        if same != word:
            message = f'"{faults.shown(word)}" and "{faults.shown(same)}" are the same word'
            yield Fault("duplicate-key", ("feelings", word), message, "keep one of them", "key")


def _words(touchpoint: Item) -> Iterator[tuple[Path, str]]:
    feeling = touchpoint.data.get("feeling")
    if isinstance(feeling, str):
        yield (*touchpoint.path, "feeling"), feeling
    elif isinstance(feeling, list):
        for number, word in enumerate(feeling):
            if isinstance(word, str):
                yield (*touchpoint.path, "feeling", number), word
    if isinstance(expected := touchpoint.data.get("expected"), str):
        yield (*touchpoint.path, "expected"), expected


def _no_space(facts: Facts, touchpoint: Item, known: Mapping[str, float]) -> Iterator[Fault]:
    """`- I call:angry` is, to YAML, one text; what was meant is a title and a feeling, or a key and its value."""
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


def _misspelled_key(facts: Facts, touchpoint: Item, path: Path) -> Fault | None:
    """`- titel: My bill comes` reads as a title with a feeling; what was meant is another key."""
    key = touchpoint.data.get("title")
    if path not in facts.places or not isinstance(key, str):
        return None
    near = meant(key, TOUCHPOINT_KEYS, 0.7) if len(key.split()) == 1 else None
    if near is None:
        return None
    return Fault("unknown-key", (*touchpoint.path, key), f'unknown key "{key}"', f'did you mean "{near}"?', "key")


def _unknown(word: str, short: bool, title: object, key: object, own: Mapping[str, float], near: list[str]) -> str:
    """What to write instead of an unknown word; `short` where it stands in `title: word`."""
    shown = faults.shown(word)
    parts = [part for part in _BETWEEN_WORDS.split(word) if part]
    if short and isinstance(title, str) and valence(title, own) is not None:
        return f"the feeling comes last: write {shown}: {faults.shown(title)}"
    if len(parts) > 1 and all(valence(part, own) is not None for part in parts):
        return f"several words are a list: [{', '.join(parts)}]"
    if emoji := next((feeling.word for feeling in feelings() if feeling.emoji and feeling.emoji in word), None):
        return f"a feeling is written as a word, such as {emoji}"
    if short and len(word.split()) > 2:
        return f'is this part of the title? put the line into quotes: "{faults.shown(title)}: {shown}"'
    if near:
        return "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
    if key == "expected":
        return "write a number on the scale, or a feeling word (`journeykit feelings` lists them)"
    if not any(char.isalpha() for char in word):
        return "write a word, such as angry; `journeykit feelings` lists the known ones"
    return f"`journeykit feelings` lists the known ones; or define it: feelings: {{{shown}: …}}, from -2 to 2"
