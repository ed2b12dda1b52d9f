"""Options that commands share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from journeykit.cli import completing
from journeykit.errors import UsageError
from journeykit.output.report import formats


class Level(StrEnum):
    """Severities as one writes them."""

    error = "error"
    warning = "warning"
    info = "info"


FindingsFormat = StrEnum("FindingsFormat", {name: name for name in formats()})  # type: ignore[misc]
"""How findings are printed: the modules of `output.findings`."""
FULL = FindingsFormat("full")


class TableFormat(StrEnum):
    """How tables are printed."""

    full = "full"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class Color(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


class ValueSource(StrEnum):
    """Which value of a touchpoint counts."""

    best = "best"
    stated = "stated"
    measured = "measured"


Paths = Annotated[
    Optional[list[Path]],  # noqa: UP045 - typer reads it at run time
    typer.Argument(metavar="PATHS", help="Files and folders; - is standard input. [default: .]", show_default=False),
]
StdinFilename = Annotated[
    str, typer.Option("--stdin-filename", metavar="NAME", help="Name of the file on standard input.")
]
FindingsAs = Annotated[FindingsFormat, typer.Option("--output-format", help="How findings are printed.")]
TableAs = Annotated[TableFormat, typer.Option("--output-format", help="How tables are printed.")]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file; - is standard output."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summaries on standard error.")]
Colour = Annotated[Color, typer.Option("--color", help="Colour; auto honours NO_COLOR and FORCE_COLOR.")]
ConfigFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--config", metavar="FILE", help="Settings file, instead of the nearest journeykit.toml upward."),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no settings file.")]
ShowFiles = Annotated[bool, typer.Option("--show-files", help="Print which files would be read, and exit.")]
ShowSettings = Annotated[bool, typer.Option("--show-settings", help="Print the settings in force, and exit.")]
AllowEmpty = Annotated[bool, typer.Option("--allow-empty", help="No journey found is no error.")]
Profile = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--profile", metavar="NAME|NUMBERS", autocompletion=completing.profiles,
        help="balanced, mean, peak-end, or five numbers: mean,peak,valley,end,first.",
    ),
]  # fmt: skip
Source = Annotated[
    Optional[ValueSource],  # noqa: UP045
    typer.Option("--source", help="Which value of a touchpoint counts: measured before stated, or only one."),
]
Today = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--today", metavar="YYYY-MM-DD", help="The day that dates are held against."),
]


def day(text: str | None) -> date | None:
    """The day that `--today` names, if it names one."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--today takes a day, not "{text}"', "write YYYY-MM-DD") from None
