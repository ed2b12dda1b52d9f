"""Every feeling word is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeykit.model.guess import meant
from journeykit.model.normal import TOUCHPOINT_KEYS
from journeykit.reading import faults
from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault
from journeykit.source import Path
from journeykit.vocabulary.feelings import nearest, valence

MAX_GUESSES = 200
"""Unknown words for which the likest known ones are looked up, which takes time."""


def check(facts: Facts) -> Iterator[Fault]:
    """Unknown words in `feeling` and `expected`."""
    own = facts.root.data.get("feelings")
    own = own if isinstance(own, dict) else {}
    lang = str(facts.root.data.get("lang", "en")).partition("-")[0].lower()
    known = {word: 0.0 for word in own if isinstance(word, str)}
    guesses = MAX_GUESSES
    for touchpoint in facts.touchpoints:
        yield from _no_space(facts, touchpoint, known)
        for path, word in _words(touchpoint):
            if valence(word, known) is None and word.strip():
                guesses -= 1
                near = nearest(word, known, lang) if guesses > 0 and len(word) < 100 else []
                yield _misspelled_key(facts, touchpoint, path) or _unknown(path, word, known, near)


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
    if colon and after.strip() == after != "" and (before in TOUCHPOINT_KEYS or valence(after, known) is not None):
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


def _unknown(path: Path, word: str, own: Mapping[str, float], near: list[str]) -> Fault:
    shown = faults.shown(word)
    parts = [part.strip() for part in word.split(",")]
    if len(parts) > 1 and all(part and valence(part, own) is not None for part in parts):
        help = f"several words are a list: [{', '.join(parts)}]"
    elif near:
        help = "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
    else:
        help = f"`journeykit feelings` lists the known ones; or define it: feelings: {{{shown}: 1}}, from -2 to 2"
    return Fault("unknown-feeling", path, f'"{shown}" is not a known feeling', help)
