"""The vocabulary as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeykit.output.table import Column, Table
from journeykit.vocabulary.channels import Channel
from journeykit.vocabulary.feelings import LANGUAGES, Feeling


def feelings(chosen: Iterable[Feeling], languages: Sequence[str], note: str = "") -> Table:
    """Return a row for each feeling, with its words in each language: adjectives, then nouns."""
    columns = [
        *(Column(code, LANGUAGES[code], ", ".join, wraps=True) for code in languages),
        Column("valence", "Valence", lambda value: f"{value:g}", right=True),
        Column("family", "Family"),
        Column("ambiguous", "Ambiguous", ", ".join, wraps=True, empty=""),
    ]
    rows = []
    for feeling in chosen:
        words = {code: list(feeling.all_words(code)) for code in languages}
        every = list(dict.fromkeys(word for code in languages for word in words[code]))
        ambiguous = [word for word in every if word in feeling.ambiguous]
        rows.append([*words.values(), feeling.valence, feeling.family, ambiguous])
    return Table("", columns, rows, note=note)


def one_feeling(feeling: Feeling, languages: Sequence[str]) -> Table:
    """Return a row for each language, with its words for a feeling."""
    columns = [
        Column("language", "Language"), Column("adjectives", "Adjectives", ", ".join, wraps=True),
        Column("nouns", "Nouns", ", ".join, wraps=True, empty=""),
    ]  # fmt: skip
    rows = [
        [LANGUAGES[code], [_marked(form, feeling) for form in feeling.forms(code)], list(feeling.nouns[code])]
        for code in languages
    ]
    note = "(?) may be pleasant or not" if feeling.ambiguous else ""
    return Table(f"{feeling.word}: valence {feeling.valence:g} (-2 to 2), {feeling.family}", columns, rows, note=note)


def _marked(form: str, feeling: Feeling) -> str:
    return f"{form} (?)" if form in feeling.ambiguous else form


def channels(chosen: Iterable[Channel], lang: str) -> Table:
    """Return a row for each channel, with its name in a language."""
    columns = [
        Column("id", "Id"), Column("name", "Name", drop_order=2), Column("pros", "Pros", wraps=True),
        Column("cons", "Cons", wraps=True), Column("ideal_for", "Ideal for", wraps=True),
        Column("aliases", "Also understood", ", ".join, wraps=True, drop_order=3),
    ]  # fmt: skip
    rows = [[one.id, one.names[lang], one.pros, one.cons, one.ideal_for, list(one.aliases)] for one in chosen]
    return Table("", columns, rows)
