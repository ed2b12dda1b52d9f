"""Write the journeys as a web site.

The site is a folder of plain pages: all journeys with their worst low points, who owns them, what is done about them
and whether it helped; a page for each journey with its map; low points by channel, owner, team, stage and persona;
opportunities, changes, key figures, findings, a search, and the figures as files. It opens with a double click, from a
shared folder or from any web server, and loads nothing from other servers.

Quotes that nobody agreed to, entries on personal data, journeys that are marked as drafts, and the texts of the files
are left out unless --include names them. The folder is replaced as a whole; files in it that are not of the site stay.

Examples:

  journeykit site examples -o portfolio

  journeykit site examples -o portfolio --title "Help desk" --include drafts,quotes

  journeykit site examples --single-file -o portfolio.html
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_faults
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted
from journeykit.reading.faults import did_you_mean
from journeykit.site.options import CHARTS, LANGUAGES, PRIVATE

FORMATS = ("png", "pdf")
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FOLDER", help="The folder to write, or the file. [default: site]"),
]
Single = Annotated[
    bool, typer.Option("--single-file", help="Write all pages as one file, such as for e-mail. [default: site.html]")
]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The name of the site.")]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="LANGUAGE", autocompletion=completing.words(LANGUAGES),
        help=f"The language of the texts of the site itself: {', '.join(LANGUAGES)}. [default: en]",
    ),
]  # fmt: skip
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY|REV", help="Show the changes since then. [default: 30 days ago]"),
]
Include = Annotated[
    list[str] | None,
    typer.Option(
        "--include", metavar="WORDS", autocompletion=completing.words(PRIVATE),
        help=f"Show these too, which are private, with commas: {', '.join(PRIVATE)}.",
    ),
]  # fmt: skip
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format", "-f", metavar="FORMAT", autocompletion=completing.words(FORMATS),
        help="Also a picture of each map as png or pdf, beside the SVG.",
    ),
]  # fmt: skip
Charts = Annotated[
    list[str] | None,
    typer.Option(
        "--charts", metavar="WORDS", autocompletion=completing.words(CHARTS),
        help=f"The charts of each journey, with commas: {', '.join(CHARTS)}; the map is there always. [default: all]",
    ),
]  # fmt: skip
EditUrl = Annotated[
    str | None,
    typer.Option("--edit-url", metavar="URL", help="Where a file is edited, with {file} for its path."),
]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Where the site is published: for the feed, and for 404.html."),
]
HistoryOption = Annotated[bool, typer.Option("--history/--no-history", help="Read the history of the files in git.")]


@reads_journeys()
def command(
    request: Request,
    output: Output = None,
    single: Single = False,
    title: Title = None,
    lang: Lang = None,
    since: Since = None,
    include: Include = None,
    charts: Charts = None,
    format: Formats = None,
    edit_url: EditUrl = None,
    url: Url = None,
    history: HistoryOption = True,
    today: options.Today = None,
    cache: options.UseCache = True,
) -> None:
    """The journeys as a web site."""
    del cache  # it overrides the settings
    from dataclasses import replace

    from journeykit.site.build import build_site
    from journeykit.site.options import options_from
    from journeykit.site.single import build_single

    if single and format:
        raise UsageError("a site in one file has no pictures beside it", "leave out --format, or --single-file")
    project = replace(request.without_plugins().project, today=options.day(today) or date.today())
    given = {
        "title": title, "lang": lang, "since": since, "edit_url": edit_url, "url": url, "include": _words(include),
        "charts": _words(charts), "formats": _formats(format), "history": history,
    }  # fmt: skip
    site = options_from(project.settings, project.today, given)
    if single:
        page = output or Path("site.html")
        found = build_single(project, request.targets, site, page)
    else:
        target = output or Path("site")
        page = target / "index.html"
        found = build_site(project, request.targets, site, target)
    print_faults(found.findings, len(found.portfolio.entries) + len(found.findings), request.color)
    left = found.portfolio.left
    parts = [counted(len(left.drafts), "draft")] if left.drafts else []
    parts += [counted(left.quotes, "quote")] if left.quotes else []
    parts += [counted(left.personal, "entry on personal data", "entries on personal data")] if left.personal else []
    say(f"Wrote {counted(len(found.portfolio.entries), 'journey')} to {shown_name(str(page))}.", request.quiet)
    if parts:
        say(f"Left out: {', '.join(parts)}; --include shows them.", request.quiet)
    raise typer.Exit(found.status)


def _words(texts: list[str] | None) -> tuple[str, ...] | None:
    return None if texts is None else tuple(word.strip() for text in texts for word in text.split(",") if word.strip())


def _formats(texts: list[str] | None) -> tuple[str, ...]:
    for text in texts or ():
        if text not in FORMATS:
            raise UsageError(f'"{text}" is no format of pictures of a site', did_you_mean(text, FORMATS, "png or pdf"))
    return tuple(dict.fromkeys(texts or ()))
