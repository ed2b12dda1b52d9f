"""Every feeling word is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from journeykit.model.normal import TOUCHPOINT_KEYS
from journeykit.reading.checks import Facts, Item
from journeykit.reading.faults import Fault
from journeykit.source import Path
from journeykit.vocabulary.feelings import nearest, valence


def check(facts: Facts) -> Iterator[Fault]:
    """Unknown words in `feeling` and `expected`; own words outside -2..2."""
    own = facts.root.data.get("feelings")
    own = own if isinstance(own, dict) else {}
    for word, value in own.items():
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not -2 <= value <= 2:
            yield Fault("out-of-range", ("feelings", word), f'the valence of "{word}" must be from -2 to 2', "")
    lang = str(facts.root.data.get("lang", "en")).partition("-")[0].lower()
    known = {word: 0.0 for word in own if isinstance(word, str)}
    for touchpoint in facts.touchpoints:
        for path, word in _words(touchpoint):
            if valence(word, known) is None and word.strip():
                yield _misspelled_key(facts, touchpoint, path) or _unknown(path, word, known, lang)


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


def _misspelled_key(facts: Facts, touchpoint: Item, path: Path) -> Fault | None:
    """`- titel: My bill comes` reads as a title with a feeling; what was meant is another key."""
    key = touchpoint.data.get("title")
    if path not in facts.places or not isinstance(key, str):
        return None
    near = get_close_matches(key, TOUCHPOINT_KEYS, n=1, cutoff=0.7)
    if not near:
        return None
    return Fault("unknown-key", (*touchpoint.path, key), f'unknown key "{key}"', f'did you mean "{near[0]}"?', "key")


def _unknown(path: Path, word: str, own: Mapping[str, float], lang: str) -> Fault:
    near = nearest(word, own, lang)
    help = "did you mean " + " or ".join(f'"{name}"' for name in near[:3]) + "?" if near else (
        f'`journeykit feelings` lists the known ones; define it with feelings: {{{word}: -2..2}}'
    )  # fmt: skip
    return Fault("unknown-feeling", path, f'"{word}" is not a known feeling', help)
