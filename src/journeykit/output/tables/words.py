"""The vocabulary as tables."""

from __future__ import annotations

from collections.abc import Iterable

from journeykit.output.table import Column, Table
from journeykit.vocabulary.channels import Channel
from journeykit.vocabulary.feelings import LANGUAGES, Feeling


def feelings(chosen: Iterable[Feeling], lang: str | None) -> Table:
    """A row for each feeling; with a language only its words, else the words of all."""
    languages = LANGUAGES if lang is None else (lang,)
    columns = [
        *(Column(code, code, ", ".join, wraps=True, spare=LANGUAGES.index(code)) for code in languages),
        Column("valence", "Valence", lambda value: f"{value:g}", right=True),
        Column("family", "Family", spare=7),
        Column("ambiguous", "Ambiguous", lambda ambiguous: "yes" if ambiguous else "", spare=8),
    ]
    rows = [
        [*(list(feeling.forms.get(code, ())) for code in languages), feeling.valence, feeling.family, feeling.ambiguous]
        for feeling in chosen
        if any(feeling.forms.get(code) for code in languages)
    ]
    return Table("", columns, rows)


def channels(chosen: Iterable[Channel], lang: str) -> Table:
    """A row for each channel, with its name in a language."""
    columns = [
        Column("id", "Id"), Column("name", "Name", spare=2), Column("pros", "Pros", wraps=True),
        Column("cons", "Cons", wraps=True), Column("ideal_for", "Ideal for", wraps=True),
        Column("aliases", "Also understood", ", ".join, wraps=True, spare=3),
    ]  # fmt: skip
    rows = [[one.id, one.names[lang], one.pros, one.cons, one.ideal_for, list(one.aliases)] for one in chosen]
    return Table("", columns, rows)
