"""What people write of feelings and scores into cells: several words, emoji, stars, `4/5`, `Anxious+`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from journeykit.interchange.sheets.cells import number_in
from journeykit.model.values import ScaleName, scale_bounds
from journeykit.vocabulary.feelings import find_feeling, fold, nearest

EMOJI: Mapping[str, int] = {
    **dict.fromkeys("😀😃😄😁😆🤩😍🥰🥳😎😂🎉💚", 2),
    **dict.fromkeys("🙂😊☺😌👍😉🤗😇", 1), **dict.fromkeys("😐😑😶🤔", 0),
    **dict.fromkeys("🙁☹😕😟😞😒👎😔😓😥😰😬🙄😣", -1), **dict.fromkeys("😡😠🤬😤😢😭😫😩😖💢😱💔", -2),
}  # fmt: skip
"""How pleasant a face is, -2..2."""
EMOTICONS: Mapping[str, int] = {":-)": 1, ":)": 1, ":-D": 2, ":D": 2, ":-|": 0, ":|": 0, ":-(": -1, ":(": -1}
POLARITY: Mapping[str, int] = {
    "very positive": 2, "positive": 1, "neutral": 0, "negative": -1, "very negative": -2, "positiv": 1, "negativ": -1,
    "sehr positiv": 2, "sehr negativ": -2, "pozitiv": 1, "semleges": 0, "nevtralno": 0, "pozitivno": 1,
    "negativno": -1, "olumlu": 1, "olumsuz": -1, "nötr": 0, "θετικό": 1, "αρνητικό": -1, "ουδέτερο": 0, "good": 1,
    "bad": -1, "very good": 2, "very bad": -2, "ポジティブ": 1, "ネガティブ": -1, "普通": 0, "中立": 0,
    "high": 1, "mixed": 0,
    "hoch": 1, "niedrig": -1, "gemischt": 0, "magas": 1, "alacsony": -1, "vegyes": 0, "visoko": 1, "nizko": -1,
    "mešano": 0, "yüksek": 1, "düşük": -1, "υψηλό": 1, "χαμηλό": -1, "ανάμεικτο": 0, "positif": 1, "négatif": -1,
    "neutre": 0, "positivo": 1, "negativo": -1, "neutro": 0, "positief": 1, "negatief": -1, "neutraal": 0,
}  # fmt: skip
"""Words for the sign of an experience, which name no feeling."""
_ASIDE = re.compile(r"([(（]?[\"“”„«»][^\"“”„«»\n]{2,}[\"“”„«»][)）]?|[(（][^()（）\n]*\d[^()（）\n]*[)）])")
"""What somebody says, and what stands in brackets with figures; it is one text."""
_APART = re.compile(r"[;→\n•·]|->")
_SPLIT = re.compile(
    r"(,? (?:and|or|but|then|und|oder|aber|dann|és|vagy|in|ali|ampak|ve|veya|ama|και|ή|αλλά|et|ou|mais|puis|y|e|en) "
    r"|[,/+&|]|、|・|:(?=\s|$)|\s[—–]\s|(?<=[^\W\d])\s+-\s+(?=[^\W\d]))"
)
_EDGE = re.compile(r"^[\s\"'“”„«»().:*_\-–—!?]+|[\s\"'“”„«».:*_+\-–—!?]+$")
_SIGNED = re.compile(r"([^\W\d_]{3,})[ ]?(?:[+]{1,3}|-{1,3})(?=\s*(?:[,;/\n]|$))")
_HEDGE = re.compile(
    r"^(?:very|really|so|quite|extremely|highly|super|pretty|a (?:bit|little)|slightly|somewhat|rather|too|more|less"
    r"|potentially|mostly|maybe|perhaps|still|at first|initially|mild|mildly|growing|i feel|feeling|feels|feel|i am|i'm"
    r"|sehr|etwas|ziemlich|ein bisschen|nagyon|kicsit|zelo|malo|çok|biraz|πολύ|λίγο|très|un peu|légèrement|muy|un poco"
    r"|muito|um pouco|molto|un po|heel|erg|een beetje|cautiously|légère) ",
    re.IGNORECASE,
)
_VARIATION = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
_STARS = re.compile(r"[★⭐]+[☆✩]*")
_OUT_OF = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(?:/|out of|von|of)\s*(\d+)")
SCALES: tuple[ScaleName, ...] = ("1..5", "1..7", "1..10", "0..10", "0..100")


class FoundFeelings(NamedTuple):
    """What a cell says of feelings: words of the vocabulary, how pleasant its faces are, what is left over.

    `changed` are the words that were written in another way.
    """

    words: tuple[str, ...] = ()
    valence: float | None = None
    rest: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


def feelings_in(text: str, lang: str) -> FoundFeelings:
    """Return the feelings that a cell names."""
    text = _VARIATION.sub("", text)
    faces = [EMOJI[one] for one in text if one in EMOJI]
    text = "".join(" , " if one in EMOJI else one for one in text)
    for face, value in EMOTICONS.items():
        if face in text:
            faces.append(value)
            text = text.replace(face, " , ")
    changed = [(match[0], match[1].lower()) for match in _SIGNED.finditer(text)]
    text = _SIGNED.sub(r"\1", text)
    words: list[str] = []
    rest: list[str] = []
    for part in _parts(text, lang):
        if isinstance(part, int):
            faces.append(part)
        elif isinstance(part, str):
            rest.append(part)
        else:
            old, word = part
            words.append(word)
            if word != old and fold(word) != fold(old):
                changed.append((old, word))
    valence = sum(faces) / len(faces) if faces else None
    return FoundFeelings(tuple(dict.fromkeys(words)), valence, tuple(rest), tuple(changed))


def _parts(text: str, lang: str) -> Iterator[int | str | tuple[str, str]]:
    """Yield what a cell says: how pleasant something is, a feeling as it stands there and as a word, or another text.

    What stands side by side and names no feeling is one text, as its commas are those of a sentence.
    """
    for number, piece in enumerate(_ASIDE.split(text)):
        if number % 2:
            yield piece
            continue
        for apart in _APART.split(piece):
            unknown = ""
            parts = _SPLIT.split(apart)
            for part, before in zip(parts[::2], ["", *parts[1::2]], strict=True):
                bare = _EDGE.sub("", part)
                sign = POLARITY.get(fold(bare))
                word = _word(bare, lang) if bare and sign is None else None
                if sign is None and word is None:
                    unknown += (before if unknown or before == " in " else "") + part
                    continue
                yield from _unknown(unknown)
                unknown = ""
                if sign is not None:
                    yield sign
                elif word is not None:
                    yield part.strip(), word
            yield from _unknown(unknown)


def _unknown(text: str) -> Iterator[str]:
    """Yield a text without the signs around it, if anything is left."""
    if _EDGE.sub("", bare := text.strip(" ,/+&|、・:—–-")):
        yield bare


def _word(text: str, lang: str) -> str | None:
    """Return the feeling word that a text is, perhaps misspelled, in another language or with `very` before it."""
    while True:
        if find_feeling(text) is not None:
            return text.lower() if text.isascii() else fold(text) if text[:1].isupper() else text
        if found := _elsewhere().get(fold(text)):
            return found
        if len(text) > 40 or (" " in text.strip() and not _HEDGE.match(text)):
            return None
        near = nearest(text, (), lang, 1) if len(text) >= 5 else []
        if near:
            return near[0]
        shorter = _HEDGE.sub("", text)
        if shorter == text:
            return None
        text = shorter


@cache
def _elsewhere() -> Mapping[str, str]:
    """Return the English words for feelings in languages that the vocabulary lacks."""
    found: dict[str, str] = {}
    for line in Path(__file__).with_name("feelings_elsewhere.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, *others = (cell.strip() for cell in line.split("|"))
            found.update((fold(form), english) for cell in others for form in cell.split("/"))
    return found


class Rating(NamedTuple):
    """A number that rates an experience, and the scale that the cell itself says."""

    value: float
    scale: ScaleName | None = None


def rating_in(cell: object) -> Rating | None:
    """Return the rating in a cell: a number, `4/5`, stars, a percentage; None if it holds none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return Rating(float(cell))
    text = _VARIATION.sub("", str(cell)).strip()
    if _STARS.fullmatch(text):
        return Rating(sum(text.count(one) for one in "★⭐"), "1..5" if len(text) == 5 or "⭐" in text else None)
    if match := _OUT_OF.fullmatch(text):
        value, most = number_in(match[1]), int(match[2])
        scales: Mapping[int, ScaleName] = {5: "1..5", 7: "1..7", 10: "0..10", 100: "0..100"}
        return Rating(value, scales.get(most)) if value is not None else None
    if text.endswith("%") and (number := number_in(text[:-1])) is not None:
        return Rating(number, "0..100")
    number = number_in(text)
    return None if number is None else Rating(number)


class FoundScale(NamedTuple):
    """The scale of the ratings of a table, and how its numbers become numbers of that scale: factor and shift."""

    scale: ScaleName
    factor: float = 1
    shift: float = 0
    note: str = ""


def scale_of(ratings: Sequence[Rating], asked: str | None) -> FoundScale:
    """Return the scale that ratings are on. A scale that the format lacks is moved onto one that it has, by `note`."""
    if asked is not None:
        return FoundScale(asked)  # type: ignore[arg-type]
    stated = [one.scale for one in ratings if one.scale]
    values = [one.value for one in ratings]
    low, high = min(values, default=1), max(values, default=5)
    if stated and all(scale_bounds(stated[0])[0] <= value <= scale_bounds(stated[0])[1] for value in values):
        return FoundScale(stated[0])
    if low < 0:
        if low >= -2 and high <= 2:
            return FoundScale("-2..2")
        if low >= -3 and high <= 3:
            return FoundScale("-3..3")
        if low >= -5 and high <= 5:
            return FoundScale("0..10", 1, 5, "-5..5 became 0..10: 5 added")
        return FoundScale("0..100")
    if high <= 1 and any(value % 1 for value in values):
        return FoundScale("0..100", 100, 0, "shares became percent: times 100")
    if low < 1 and high <= 5:
        return FoundScale("0..10", 2, 0, "0..5 became 0..10: doubled")
    for scale in SCALES:
        bounds = scale_bounds(scale)
        if bounds[0] <= low and high <= bounds[1]:
            return FoundScale(scale)
    return FoundScale("0..100")
