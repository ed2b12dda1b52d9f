"""Feeling words of six languages: the table, the lookup and what is suggested for a misspelled word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.vocabulary.feelings import (
    LANGUAGES,
    _near,
    _ordinary_words,
    feelings,
    find_feeling,
    fold,
    is_ambiguous,
    is_word_of,
    nearest,
    valence,
)

WORDS = [(feeling, lang, word) for feeling in feelings() for lang in LANGUAGES for word in feeling.all_words(lang)]
EMOTION_WORDS = [
    (word, 1 if line[0] == "+" else -1)
    for line in Path(__file__).with_name("emotion_words.txt").read_text(encoding="utf-8").splitlines()
    if line[0] in "+-"
    for word in line[2:].split()
]


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


def test_every_row_is_complete() -> None:
    assert len({feeling.word for feeling in feelings()}) == len(feelings())
    for feeling in feelings():
        assert -2 <= feeling.valence <= 2 and (feeling.valence * 2).is_integer()
        assert -2 <= feeling.arousal <= 2
        assert feeling.family and feeling.emoji
        assert feeling.word == feeling.word.strip().lower()
        assert all(feeling.words[lang] for lang in LANGUAGES), feeling.word
    assert {feeling.valence for feeling in feelings()} >= {-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2}
    assert list(feelings()) == sorted(feelings(), key=lambda one: (-one.valence, one.word))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_written_plainly(lang: str) -> None:
    words = [word for _, language, word in WORDS if language == lang]
    assert all(word == word.strip() and word and unicodedata.is_normalized("NFC", word) for word in words)
    assert not [word for word in words if set(word) & set("/,;=?|+")]


def test_every_word_is_found_with_the_valence_of_its_row() -> None:
    for feeling, lang, word in WORDS:
        found = find_feeling(word)
        assert found is not None, word
        assert found.valence == feeling.valence, (word, lang)
        assert is_word_of(lang, word)


def test_every_english_word_is_its_own_feeling() -> None:
    for feeling in feelings():
        assert find_feeling(feeling.word) == feeling


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Frustrated", "frustrated"), ("  in   control ", "in control"), ("elated", "delighted"), ("freudig", "joyful"),
        ("ΧΑΡΟΎΜΕΝΗ", "joyful"), ("χαρούμενος", "joyful"), ("Örömteli", "joyful"), ("o\u0308ro\u0308mteli", "joyful"),
        ("radostna", "joyful"), ("NEŞELİ", "joyful"), ("neşeli", "joyful"), ("fed-up", "fed up"),
        ("KIZGIN", "angry"), ("SIKILMIŞ", "bored"), ("ΘΥΜΩΜΕΝΟΣ", "angry"), ("ΘΥΜΩΜΈΝΟΣ", "angry"),
        ("θυμωμενη", "angry"), ("ΠΕΡΊΕΡΓΟΣ", "curious"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(word: str, english: str) -> None:
    found = find_feeling(word)
    assert found is not None and found.word == english


@pytest.mark.parametrize(
    ("english", "nouns"),
    [
        ("scared", ["fear", "Angst", "félelem", "strah", "korku", "φόβος"]),
        ("joyful", ["joy", "Freude", "öröm", "radost", "neşe", "χαρά"]),
        ("angry", ["anger", "Wut", "düh", "jeza", "öfke", "θυμός"]),
        ("trusting", ["trust", "Vertrauen", "bizalom", "zaupanje", "güven", "εμπιστοσύνη"]),
    ],
)
def test_nouns_are_understood_as_their_adjectives(english: str, nouns: list[str]) -> None:
    for lang, noun in zip(LANGUAGES, nouns, strict=True):
        found = find_feeling(noun)
        assert found is not None and found.word == english, noun
        assert lang in found.languages(noun)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("mahcup", -1), ("utanmış", -1.5), ("ντροπιασμένος", -1.5), ("genervt", -1), ("verärgert", -1.5),
        ("sinirli", -1.5), ("tired", -0.5), ("bored", -0.5), ("impatient", -0.5), ("rushed", -1), ("annoyed", -1),
        ("kırgın", -1), ("tepesi atmış", -1.5), ("aufgebracht", -1.5), ("distress", -1.5), ("στενοχωρημένος", -1),
        ("ταλαιπωρημένη", -1), ("panik", -2), ("worried", -1),
        ("angry", -1.5), ("helpless", -1.5), ("desperate", -2), ("şaşkın", 0),
    ],
)  # fmt: skip
def test_valences(word: str, value: float) -> None:
    assert valence(word, {}) == value


def test_latin_accents_are_never_dropped() -> None:
    accented = [word for _, lang, word in WORDS if lang != "el" and not word.replace("ı", "i").isascii()]
    assert accented
    for word in accented:
        bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
        if bare != word.replace("ı", "i") and find_feeling(bare) is not None:
            assert any(fold(other).replace("ı", "i") == fold(bare).replace("ı", "i") for _, _, other in WORDS), word


@given(st.text(max_size=20))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) or "İ" in unicodedata.normalize("NFC", text)
    assert fold(f"  {text} ") == fold(text)


def test_own_words_come_first() -> None:
    assert valence("angry", {"Angry": 1.5}) == 1.5
    assert valence("ΘΥΜΩΜΕΝΟΣ", {"θυμωμένος": -0.5}) == -0.5
    assert valence("meh", {"meh": -0.5}) == -0.5
    assert valence("angry", {"meh": -0.5}) == valence("angry", {}) != None  # noqa: E711
    assert valence("xyzzy", {"meh": -0.5}) is None


@pytest.mark.parametrize(
    "word",
    ["surprised", "astonished", "overwhelmed", "sensitive", "außer sich",
     "heyecanlı", "HEYECANLI", "etkilenmiş", "izgatott", "περίεργος",
     "περίεργη", "ανυπόμονος"],
)  # fmt: skip
def test_ambiguous_words(word: str) -> None:
    assert is_ambiguous(word, {})
    assert not is_ambiguous(word, {word.capitalize(): 1})


@pytest.mark.parametrize("word", ["angry", "excited", "impressed", "beeindruckt", "curious", "überfordert", "xyzzy"])
def test_words_that_say_which_they_are(word: str) -> None:
    assert not is_ambiguous(word, {})


def test_the_languages_of_a_word() -> None:
    joyful = find_feeling("joyful")
    assert joyful is not None
    assert joyful.languages("Freudig") == ("de",)
    assert joyful.languages("joyful") == ("en",)
    assert joyful.languages("angry") == ()


class TestEmotionWords:
    """A corpus of emotion words with their signs; half of them and more are known, none is turned round."""

    def test_most_are_known(self) -> None:
        assert len(EMOTION_WORDS) > 540
        known = [word for word, _ in EMOTION_WORDS if find_feeling(word)]
        assert len(known) > 0.8 * len(EMOTION_WORDS)

    def test_known_words_have_the_sign_that_everybody_gives_them(self) -> None:
        for word, expected in EMOTION_WORDS:
            assert sign(valence(word, {}) or 0) in (expected, 0), word

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_no_suggestion_has_the_opposite_sign(self, lang: str) -> None:
        for word, expected in EMOTION_WORDS:
            if find_feeling(word) is None:
                signs = {sign(valence(near, {}) or 0) for near in nearest(word, lang=lang)}
                assert -expected not in signs, (word, nearest(word, lang=lang))

    def test_a_word_without_its_negation_is_never_suggested(self) -> None:
        for number, (word, lang, negated) in enumerate(_negated()):
            assert not [*_near(fold(negated), {fold(word): word}, lang)], negated
            if number % 50 == 0:  # each of these looks at all words
                assert word not in nearest(negated, lang=lang), negated


def _negated() -> Iterator[tuple[str, str, str]]:
    """Words of feelings, their language, and the words negated, where that is no word of a feeling."""
    for _, lang, word in WORDS:
        for prefix in {"en": ("un", "in", "dis", "non"), "de": ("un", "miss"), "sl": ("ne",)}.get(lang, ()):
            if find_feeling(prefix + word) is None and not fold(word).startswith(prefix):
                yield word, lang, prefix + word
        if lang == "tr" and word.endswith("lu") and not find_feeling(negated := word[:-2] + "suz"):
            yield word, "tr", negated


@pytest.mark.parametrize(
    ("word", "lang", "meant"),
    [
        ("frustated", "en", ["frustrated"]), ("angy", "en", ["angry"]), ("hapy", "en", ["happy"]),
        ("releived", "en", ["relieved"]), ("greatful", "en", ["grateful"]), ("dissapointed", "en", ["disappointed"]),
        ("insecur", "en", ["insecure"]), ("freudg", "de", ["freudig"]), ("frustirert", "en", ["frustriert"]),
        ("elegedett", "hu", ["elégedett"]), ("απογοητεμένος", "el", ["απογοητευμένος"]),
        ("razocaran", "sl", ["razočaran"]), ("mehh", "en", ["Meh"]),
    ],
)  # fmt: skip
def test_a_misspelled_word_is_found(word: str, lang: str, meant: list[str]) -> None:
    assert nearest(word, ["Meh"], lang) == meant


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("xyzzyx", "en"), ("fearfull of", "en"), ("unangry", "en"), ("unpleasured", "en"),
        ("endişesiz", "tr"), ("απανήσυχος", "el"), ("enaged", "en"),
    ],
)  # fmt: skip
def test_nothing_is_guessed_where_it_may_be_wrong(word: str, lang: str) -> None:
    assert nearest(word, lang=lang) == []


@pytest.mark.parametrize("word", ["avoid", "treat", "hard", "lack", "soothing", "retarded", "partying", "protested"])
def test_a_common_word_is_no_misspelling(word: str) -> None:
    assert nearest(word) == [] and not find_feeling(word)
    assert nearest("thraet") and nearest("avdi")


def test_common_words_are_no_feelings() -> None:
    found = [(word, find_feeling(word)) for word in _ordinary_words()]
    assert len(found) > 200 and not [word for word, feeling in found if feeling and "en" in feeling.languages(word)]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("pod nadzorom", "σε έλεγχο"), "in control"), (("απολαυστικός", "uživaški"), "enjoying it"),
        (("megindult",), "touched"), (("vurulmuş", "tutulmuş"), "infatuated"),
        (("szükséges", "potreben"), "productive"), (("begav",), "confused"),
        (("irányított", "yönlendirilmiş"), "manipulated"), (("kendinden geçmiş",), "hysterical"),
        (("imrenen", "gıpta"), "envious"), (("kabullenmiş",), "resigned"), (("içi acımış",), "bitter"),
    ],
)  # fmt: skip
def test_a_translation_that_says_something_else_is_no_feeling(words: tuple[str, ...], meant: str) -> None:
    assert valence(meant, {}) is not None
    assert [valence(word, {}) for word in words] == [None] * len(words)
