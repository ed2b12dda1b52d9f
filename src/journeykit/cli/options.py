"""Options that several commands have."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from journeykit.cli import completing
from journeykit.errors import UsageError
from journeykit.output.report import formats
from journeykit.output.table_report import table_formats


class Level(StrEnum):
    """Severities."""

    error = "error"
    warning = "warning"
    info = "info"


FindingsFormat = StrEnum("FindingsFormat", {name: name for name in formats()})  # type: ignore[misc]
"""Formats of findings: the modules of `output.findings`."""
FULL = FindingsFormat("full")


TableFormat = StrEnum("TableFormat", {name: name for name in table_formats()})  # type: ignore[misc]
"""Formats of tables: the modules of `output.table_formats`."""
FULL_TABLES = TableFormat("full")


ReportFormat = StrEnum("ReportFormat", {name: name for name in (*table_formats(), *formats())})  # type: ignore[misc]
"""Formats of a command that prints tables or findings."""
FULL_REPORT = ReportFormat("full")


class Color(StrEnum):
    """When to use color."""

    auto = "auto"
    always = "always"
    never = "never"


class ValueSource(StrEnum):
    """Which value of a touchpoint counts."""

    best = "best"
    stated = "stated"
    measured = "measured"


def choice(kind: type[StrEnum], *flags: str, help: str) -> Any:
    """Return an option that takes one of the words of an enumeration, with a message of our own."""
    words = [one.value for one in kind]

    def parse(text: str) -> str:
        if text not in words:
            raise typer.BadParameter(f"{text!r} is not one of {', '.join(map(repr, words))}.")
        return kind(text)

    return typer.Option(
        *flags, parser=parse, metavar=f"[{'|'.join(words)}]", autocompletion=completing.words(words), help=help
    )


Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATHS", help="Files and folders; - is standard input. [default: .]", show_default=False),
]
StdinFilename = Annotated[
    str, typer.Option("--stdin-filename", metavar="NAME", help="Name of the file on standard input.")
]
FindingsAs = Annotated[FindingsFormat, choice(FindingsFormat, "--output-format", help="How findings are printed.")]
TableAs = Annotated[TableFormat, choice(TableFormat, "--output-format", help="How tables are printed.")]
ReportAs = Annotated[
    ReportFormat, choice(ReportFormat, "--output-format", help="How tables, with --check findings, are printed.")
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file; - is standard output."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
StrictCarry = Annotated[bool, typer.Option("--strict", help="Exit with 1 if something is lost.")]
CarryReportTo = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Write what was carried, lost and guessed as JSON.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summaries on standard error.")]
UseColor = Annotated[Color, choice(Color, "--color", help="Color; auto honours NO_COLOR and FORCE_COLOR.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings file, instead of the nearest journeykit.toml upward."),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no settings file.")]
NoPlugins = Annotated[
    bool,
    typer.Option("--no-plugins", help="Load no own rules, of the settings or of packages."),
]
ShowFiles = Annotated[bool, typer.Option("--show-files", help="Print which files would be read, and exit.")]
ShowSettings = Annotated[bool, typer.Option("--show-settings", help="Print the settings in force, and exit.")]
UseCache = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Keep results in the cache folder, and take them from there.")
]
ForceExclude = Annotated[
    bool | None,
    typer.Option(
        "--force-exclude/--no-force-exclude",
        help="Leave out files that match `exclude` in the settings, even if they are named, or by --stdin-filename.",
        show_default=False,
    ),
]
AllowEmpty = Annotated[bool, typer.Option("--allow-empty", help="Succeed where no journey is found.")]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile", metavar="NAME|NUMBERS", autocompletion=completing.profiles,
        help="balanced, mean, peak-end, or five numbers: mean,peak,valley,end,first.",
    ),
]  # fmt: skip
Source = Annotated[
    ValueSource | None,
    choice(ValueSource, "--source", help="Which value of a touchpoint counts: measured before stated, or only one."),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="YYYY-MM-DD", help="The day that dates are compared with."),
]


def number(flag: str, *, help: str, metavar: str = "N", low: float = 0, high: float | None = None) -> Any:
    """Return an option that takes a number in a range, which its help names."""
    shown = "" if high is None else f" [{low:g} to {high:g}]"
    return typer.Option(flag, metavar=metavar, parser=number_parser(low, high), help=help + shown)


def number_parser(low: float, high: float | None = None, *, whole: bool = False) -> Callable[[str], float]:
    """Return a parser of numbers in a range, with messages of our own."""

    def parse(text: str) -> float:
        kind = "a whole number" if whole else "a number"
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            raise typer.BadParameter(f"it must be {kind}") from None
        if math.isnan(value):
            raise typer.BadParameter(f"it must be {kind}")
        if value < low:
            raise typer.BadParameter(f"it must be at least {low:g}")
        if high is not None and value > high:
            raise typer.BadParameter(f"it must be at most {high:g}")
        return value

    return parse


def day(text: str | None) -> date | None:
    """Return the day that `--today` names, if it is given; raise UsageError if it is no day."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--today takes a day, not "{text}"', "write YYYY-MM-DD") from None


SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
LEAST_MEMORY = 64 << 20
SECONDS = {"s": 1, "min": 60, "h": 3600}
Memory = Annotated[str, typer.Option("--memory", metavar="SIZE", help="How much memory an engine may use.")]
Timeout = Annotated[str, typer.Option("--timeout", metavar="TIME", help="How long one statement may take.")]


def given_day(text: str) -> date:
    """Return the day that an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no day; write YYYY-MM-DD') from None


def size(text: str) -> int:
    """Return the bytes of a size such as 500MB."""
    found = re.fullmatch(r"([\d.]+)\s*([KMGT]?)i?B?", text.strip(), re.IGNORECASE)
    try:
        bytes_ = int(float(found[1]) * SIZES[found[2].upper()]) if found else 0
    except ValueError:
        bytes_ = 0
    if bytes_ < LEAST_MEMORY:
        raise typer.BadParameter(f'"{text}" is no size of at least 64MB; write 500MB or 2GB')
    return bytes_


def seconds(text: str) -> float:
    """Return the seconds of a time such as 10min."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(s|min|h|)", text.strip())
    found_seconds = float(found[1]) * SECONDS[found[2] or "s"] if found else 0
    if not found_seconds:
        raise typer.BadParameter(f'"{text}" is no time; write 90s, 10min or 1h')
    return found_seconds
