"""List the feeling words, in six languages.

Each has a valence from -2 (unpleasant) to 2 (pleasant). In the terminal the words of one language are listed: that of
`--lang`, else that of the terminal. A word that is named is shown in all languages.

Examples:

  journeykit feelings --lang hu

  journeykit feelings frustrated
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.results import print_report
from journeykit.errors import UsageError
from journeykit.output.table_report import TableReport
from journeykit.output.tables import vocabulary
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
        help=f"Words of one language: {', '.join(LANGUAGES)}.",
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
    found = None
    if word is not None and (found := find_feeling(word)) is None:
        near = " or ".join(f'"{one}"' for one in nearest(word, lang=lang or _likely_language()))
        raise UsageError(
            f'"{word}" is not a known feeling', f"did you mean {near}?" if near else "`journeykit feelings` lists them"
        )
    if output_format is not options.FULL_TABLES:
        table = vocabulary.feelings((found,) if found else feelings(), (lang,) if lang else tuple(LANGUAGES))
    elif found and word is not None:
        having, likely = found.languages(word), _likely_language()
        first = lang or (likely if likely in having else having[0])
        table = vocabulary.one_feeling(found, (lang,) if lang else tuple(dict.fromkeys((first, *LANGUAGES))))
    else:
        shown = lang or _likely_language()
        others = [code for code in LANGUAGES if code != shown]
        note = (
            f"{len(feelings())} feelings in {LANGUAGES[shown]}. --lang {', '.join(others[:-1])} or {others[-1]}: in "
            "another language. --output-format json or csv: in all of them."
        )
        table = vocabulary.feelings(feelings(), (shown,), note)
    print_report(TableReport([table]), output_format, output, color)


def _likely_language() -> str:
    """Return the language of the terminal if there are words in it, else English."""
    setting = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    lang = setting.split("_")[0].split(".")[0].lower()
    return lang if lang in LANGUAGES else "en"
