"""List the channels known out of the box.

With their advantages, disadvantages and best use.

Examples:

  journeykit channels

  journeykit channels --lang sl --output-format markdown
"""

from __future__ import annotations

from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.results import print_report
from journeykit.errors import UsageError
from journeykit.output.table_report import TableReport
from journeykit.output.tables import vocabulary
from journeykit.vocabulary.channels import channels
from journeykit.vocabulary.feelings import LANGUAGES

Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        autocompletion=completing.languages,
        metavar="LANG",
        help=f"Language of the names: {', '.join(LANGUAGES)}.",
    ),
]


def command(
    lang: Lang = "en",
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
    color: options.UseColor = options.Color.auto,
) -> None:
    """The channel table."""
    if lang not in LANGUAGES:
        raise UsageError(f'no channel names in "{lang}"', f"there are names in {', '.join(LANGUAGES)}")
    table = vocabulary.channels(channels().values(), lang)
    print_report(TableReport([table]), output_format, output, color)
