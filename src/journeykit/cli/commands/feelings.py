"""List the feeling words, in six languages.

Each has a valence from -2 (unpleasant) to 2 (pleasant).

Examples:

  journeykit feelings --lang hu

  journeykit feelings frustrated
"""

from __future__ import annotations

from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.results import print_report
from journeykit.errors import UsageError
from journeykit.output.table_report import TableReport
from journeykit.output.tables import words
from journeykit.vocabulary.feelings import LANGUAGES, feelings, find_feeling, nearest

Word = Annotated[
    str | None,
    typer.Argument(
        metavar="WORD", help="One word, in any language.", show_default=False, autocompletion=completing.feelings
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        autocompletion=completing.languages,
        metavar="LANG",
        help=f"Only words of one language: {', '.join(LANGUAGES)}.",
    ),
]


def command(
    word: Word = None,
    lang: Lang = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
    color: options.UseColor = options.Color.auto,
) -> None:
    """The vocabulary of feelings."""
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f'no feeling words in "{lang}"', f"there are words in {', '.join(LANGUAGES)}")
    chosen = feelings()
    if word is not None:
        found = find_feeling(word)
        if found is None:
            near = " or ".join(f'"{one}"' for one in nearest(word))
            raise UsageError(f'"{word}" is not a known feeling', f"did you mean {near}?" if near else "")
        chosen = (found,)
    table = words.feelings(chosen, lang)
    print_report(TableReport([table]), output_format, output, color)
