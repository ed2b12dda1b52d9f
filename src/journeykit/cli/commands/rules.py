"""List the rules by family.

With the severity and limits that the settings give them, and whether lint can fix what they find. A rule that lint
does not use is off.

Examples:

  journeykit rules

  journeykit rules feelings,persona --output-format markdown
"""

from __future__ import annotations

from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.request import project_for
from journeykit.cli.results import print_report
from journeykit.output.table_report import TableReport
from journeykit.output.tables import rules

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAMES", help="Only these rules or families. [default: all]", show_default=False,
        autocompletion=completing.selectable,
    ),
]  # fmt: skip


def command(
    names: Names = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
    color: options.UseColor = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    no_plugins: options.NoPlugins = False,
) -> None:
    """The rules of lint."""
    selection = project_for(config, isolated, no_plugins=no_plugins).selection()
    wanted = selection.narrowed(names or ())
    table, grouped = (rules.rules(wanted.rules, selection.includes, grouped) for grouped in (False, True))
    print_report(TableReport([grouped], rows=table), output_format, output, color)
