"""Feeling words of six languages and their lookup."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.vocabulary.feelings import LANGUAGES, feelings, find_feeling, fold, is_ambiguous, nearest, valence

FORMS = [(feeling, lang, form) for feeling in feelings() for lang, forms in feeling.forms.items() for form in forms]


def test_the_table_is_whole() -> None:
    assert len(feelings()) == 114
    assert len({feeling.word for feeling in feelings()}) == 114
    for feeling in feelings():
        assert -2 <= feeling.valence <= 2 and (feeling.valence * 2).is_integer()
        assert -2 <= feeling.arousal <= 2
        assert feeling.family and feeling.emoji
        assert feeling.word == feeling.word.strip().lower()
    assert {feeling.valence for feeling in feelings()} >= {-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_words(lang: str) -> None:
    forms = [form for _, language, form in FORMS if language == lang]
    assert len(forms) > 90
    assert all(form == form.strip() and form and unicodedata.is_normalized("NFC", form) for form in forms)


def test_every_form_is_found_with_a_valence_of_the_same_sign() -> None:
    for feeling, _, form in FORMS:
        found = find_feeling(form)
        assert found is not None, form
        assert found.valence * feeling.valence >= 0 or feeling.ambiguous or found.ambiguous, form


def test_every_english_word_is_its_own_feeling() -> None:
    for feeling in feelings():
        assert find_feeling(feeling.word) == feeling


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Frustrated", "frustrated"), ("  in   control ", "in control"), ("elated", "delighted"), ("freudig", "joyful"),
        ("ΧΑΡΟΎΜΕΝΗ", "joyful"), ("χαρούμενος", "joyful"), ("Örömteli", "joyful"), ("o\u0308ro\u0308mteli", "joyful"),
        ("radostna", "joyful"), ("NEŞELİ", "joyful"), ("neşeli", "joyful"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(word: str, english: str) -> None:
    found = find_feeling(word)
    assert found is not None and found.word == english


def test_accents_are_never_dropped() -> None:
    accented = [form for _, _, form in FORMS if not form.isascii()]
    assert accented
    for form in accented:
        bare = "".join(char for char in unicodedata.normalize("NFD", form) if not unicodedata.combining(char))
        if bare != form and find_feeling(bare) is not None:
            assert any(fold(other) == fold(bare) for _, _, other in FORMS), form


@given(st.text(max_size=20))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) or "İ" in unicodedata.normalize("NFC", text)
    assert fold(f"  {text} ") == fold(text)


def test_own_words_come_first() -> None:
    assert valence("angry", {"Angry": 1.5}) == 1.5
    assert valence("meh", {"meh": -0.5}) == -0.5
    assert valence("angry", {"meh": -0.5}) == valence("angry", {}) != None  # noqa: E711
    assert valence("xyzzy", {"meh": -0.5}) is None


def test_ambiguous_words() -> None:
    assert is_ambiguous("surprised", {})
    assert not is_ambiguous("surprised", {"Surprised": 1})
    assert not is_ambiguous("angry", {})
    assert not is_ambiguous("xyzzy", {})


def test_the_languages_of_a_word() -> None:
    joyful = find_feeling("joyful")
    assert joyful is not None
    assert joyful.languages("Freudig") == ("de",)
    assert joyful.languages("joyful") == ("en",)
    assert joyful.languages("angry") == ()


@pytest.mark.parametrize(
    ("word", "lang", "first"),
    [("frustated", "en", "frustrated"), ("angy", "en", "angry"), ("hapy", "en", "happy"), ("freudg", "de", "freudig")],
)
def test_the_likest_word_is_named_first(word: str, lang: str, first: str) -> None:
    assert nearest(word, lang=lang)[0] == first


def test_likeness_has_its_limits() -> None:
    assert nearest("xyzzyx") == []
    assert nearest("frustated") == ["frustrated"]
    assert nearest("mehh", ["Meh"]) == ["Meh"]
    assert "örömteli" in nearest("örömtel", lang="en")
