"""Draw journeys as SVG, PNG, PDF, HTML or PPTX.

The map shows everything that the file says, the curve the emotional curve alone, the flow where customers go on, the
blueprint what the company does in sight and behind the scenes; with --lanes you choose what a chart shows, and in which
order. With --overlay the curves of two to six journeys are laid over each other: personas, today and the future, two
versions.

A picture is as wide as the journey needs. With --page it fills paper or a slide instead, with text of at least 6 points
(16 pixels on a slide); what does not fit goes on further pages: wall-1.svg, wall-2.svg, ...; a PDF holds them all.

An HTML page has everything in one file that opens anywhere: the picture to zoom, with lanes to switch off and a panel
for each touchpoint, and the same as text. -o page.html takes up to six journeys, such as today and the future, with a
switch between them. Slides (-f pptx) have the curve as shapes that can be edited, a slide for each stage, and one for
low points and opportunities, with the whole text as notes.

A picture is written beside its journey, into a folder (-o pictures), or to a file (-o wall.png; - is standard output).
The same journey gives the same bytes on every run, so pictures can be kept in git.

Examples:

  journeykit render examples --chart blueprint --format png --format svg -o pictures

  journeykit render my-new-job.journey.yaml my-new-job-to-be.journey.yaml --overlay --axis time

  journeykit render my-new-job.journey.yaml --page a3 -o my-new-job.pdf

  journeykit render my-new-job.journey.yaml my-new-job-to-be.journey.yaml -o my-new-job.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import STDOUT, emit, emit_bytes, say
from journeykit.cli.pictures import print_pictures
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_faults, score_journeys
from journeykit.errors import UsageError
from journeykit.output.tables import ScoredJourney
from journeykit.project import ScoringOptions
from journeykit.project.scoring import ScoreRun

if TYPE_CHECKING:
    from journeykit.charts.picture import Picture
    from journeykit.project import Project


class PictureFormat(StrEnum):
    """Formats of pictures."""

    svg = "svg"
    png = "png"
    pdf = "pdf"
    html = "html"
    pptx = "pptx"


class ChartName(StrEnum):
    """Charts."""

    map = "map"
    curve = "curve"
    flow = "flow"
    blueprint = "blueprint"
    trend = "trend"


class AxisName(StrEnum):
    """What the horizontal axis shows."""

    order = "order"
    time = "time"


Into = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="OUT", help="Folder, or file for one picture; - is standard output."),
]
Formats = Annotated[
    list[PictureFormat] | None,
    options.choice(
        PictureFormat, "--format", "-f", help="May be given more than once. [default: the ending of OUT, else svg]"
    ),
]
Chart = Annotated[ChartName, options.choice(ChartName, "--chart", help="What to draw.")]
Lanes = Annotated[
    str | None,
    typer.Option(
        "--lanes",
        autocompletion=completing.lanes,
        metavar="LANE,…",
        help="These lanes in this order, instead of all of the chart, such as stages,curve,decisions.",
    ),
]
Axis = Annotated[
    AxisName, options.choice(AxisName, "--axis", help="Touchpoints in equal steps, or at their true time.")
]
ThemeName = Annotated[
    str | None,
    typer.Option(
        "--theme",
        autocompletion=completing.themes,
        metavar="NAME|FILE",
        help="light, dark, print, or a .toml file. [default: light]",
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", metavar="N|all", help="The most touchpoints in a row. [default: so many that the picture is wide]"
    ),
]
Width = Annotated[
    float | None,
    options.number("--width", metavar="PT", low=200, high=14400, help="Width of the picture in points (72 an inch)."),
]
Page = Annotated[
    str | None,
    typer.Option(
        "--page",
        autocompletion=completing.papers,
        metavar="PAPER",
        help="Fill a4, a3, a2, a1, a0, letter, tabloid or 16:9, also with -portrait or -landscape. [default: none]",
    ),
]
Dpi = Annotated[
    float | None,
    options.number("--dpi", low=20, high=1200, help="Pixels per inch of a PNG. [default: 144]"),
]
Series = Annotated[
    Path | None,
    typer.Option("--series", metavar="FILE", help="The table of `measure --series`, for --chart trend."),
]
Overlay = Annotated[bool, typer.Option("--overlay", help="Two to six journeys as one picture: their curves compared.")]
Alt = Annotated[bool, typer.Option("--alt", help="Print the picture's alt text; draw nothing.")]
Optimize = Annotated[bool, typer.Option("--optimize", help="Smaller PNG files; takes longer.")]


@reads_journeys("profile", "source", "theme", "page")
def command(
    request: Request,
    output: Into = None,
    formats: Formats = None,
    chart: Chart = ChartName.map,
    lanes: Lanes = None,
    series: Series = None,
    overlay: Overlay = False,
    alt: Alt = False,
    axis: Axis = AxisName.order,
    theme: ThemeName = None,
    columns: Columns = None,
    width: Width = None,
    page: Page = None,
    dpi: Dpi = None,
    optimize: Optimize = False,
    profile: options.Profile = None,
    source: options.Source = None,
) -> None:
    """Draw journeys."""
    del theme  # it overrides the setting
    _check_page(page, width, columns)
    if page not in (None, "none") and not _are_pictures(_formats(formats, None if alt else output)):
        raise UsageError("--page is the paper of a picture: svg, png or pdf", "leave it out, or name another --format")
    from journeykit.charts.picture import Picture, check_installed
    from journeykit.drawing import themes

    check_installed(_formats(formats, None if alt else output))
    name = request.project.settings.theme
    themes.load(name)  # raises for an unknown one, before any journey is read
    chosen = _lanes(lanes)
    paper = "" if width or columns == "all" else _page(request.project.settings.page)
    pictures = [
        Picture(form, chart.value, axis.value, name, _columns(columns), width, dpi, optimize, chosen, paper)
        for form in _formats(formats, None if alt else output)
    ]
    scoring = ScoringOptions(profile, source)
    if (series is None) == (chart is ChartName.trend):
        raise UsageError("a trend is drawn of a series", "--chart trend --series FILE; measure --series writes one")
    if series is not None:
        raise typer.Exit(_trend(request, series, pictures, output, alt))
    document = not overlay and not alt and _is_document(pictures, output)
    if not document and not overlay and not alt and output != STDOUT:
        raise typer.Exit(_draw_files(request, scoring, pictures, output))
    run = score_journeys(request, scoring)
    if not run.scored and run.status:  # the reason was printed
        raise typer.Exit(run.status)
    if document:
        well = _document(request, run, pictures[0], output)
    elif overlay:
        well = _overlay(run, pictures, output, request.quiet, alt)
    elif alt:
        well = _print_alt(run.scored, output)
    else:
        well = _draw_to_stdout(request.project, run.scored, pictures)
    raise typer.Exit(run.status or int(not well))


def _formats(formats: list[PictureFormat] | None, output: Path | None) -> list[str]:
    if formats:
        return list(dict.fromkeys(form.value for form in formats))
    ending = output.suffix.lstrip(".").lower() if output else ""
    if ending in PictureFormat.__members__:
        return [ending]
    if ending and output and not output.is_dir():
        raise UsageError(f"no pictures are made in the format of {output}", f"{', '.join(PictureFormat)} are known")
    return ["svg"]


def _lanes(text: str | None) -> tuple[str, ...]:
    """Return the named lanes; raise UsageError if one does not exist."""
    from journeykit.charts import lanes

    chosen = tuple(filter(None, map(str.strip, text.split(",")))) if text is not None else ()
    if text is not None and not chosen:
        raise UsageError("--lanes names no lane", f"lanes: {', '.join(lanes.names())}")
    for name in chosen:
        lanes.find(name)
    return chosen


def _are_pictures(formats: Iterable[str]) -> bool:
    """Return whether all formats are pictures, not documents with a picture in them."""
    from journeykit.charts.picture import FORMATS

    return all(form in FORMATS for form in formats)


def _check_page(page: str | None, width: float | None, columns: str | None) -> None:
    """Raise UsageError for two options that both say how wide the picture is; those of the settings give way."""
    if page in (None, "none"):
        return
    if width is not None:
        raise UsageError("--page and --width both say how wide the picture is", "leave out one of them")
    if columns == "all":
        raise UsageError("--columns all makes one row, and --page breaks rows", "leave out one of them")


def _page(name: str) -> str:
    """Return the paper of the options or settings, an empty text for none; raise UsageError for an unknown one."""
    from journeykit.drawing.paper import papers

    if name == "none":
        return ""
    papers(name)
    return name


def _columns(text: str | None) -> int | Literal["all"] | None:
    if text is None or text == "all":
        return text  # type: ignore[return-value]
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise UsageError(f'--columns takes a number from 1, or all, not "{text}"')
    return int(text)


def _draw_files(request: Request, scoring: ScoringOptions, pictures: list[Picture], output: Path | None) -> int:
    read = request.project.draw_each(request.targets, pictures, output, scoring)
    print_faults(read.findings, len(read.results), request.color)
    well = print_pictures(chain.from_iterable(read.results), request.quiet)
    return max(int(not well), 2 if read.failed else int(bool(read.findings)))


def _is_document(pictures: list[Picture], output: Path | None) -> bool:
    """Return whether all journeys go into one file, which can hold several."""
    from journeykit.project.documents import DOCUMENTS

    if output is None or len(pictures) != 1 or pictures[0].format not in DOCUMENTS:
        return False
    return output == STDOUT or (output.suffix.lower() == f".{pictures[0].format}" and not output.is_dir())


def _document(request: Request, run: ScoreRun, picture: Picture, output: Path | None) -> bool:
    from journeykit.project.pictures import document_of, draw_document

    if run.status:  # the reason was printed
        say(f"journeykit: {output} is not written: one of its journeys cannot be read")
        return False
    if not run.scored:  # none was found, and --allow-empty was given
        return True
    if output is None or output == STDOUT:
        _print_picture(*document_of(request.project, run.scored, picture))
        return True
    return print_pictures([draw_document(request.project, run.scored, picture, output)], request.quiet)


def _overlay(run: ScoreRun, pictures: list[Picture], output: Path | None, quiet: bool, alt: bool) -> bool:
    if any(picture.chart != "map" or picture.lanes for picture in pictures):
        raise UsageError("an overlay is a chart of its own", "leave out --chart and --lanes")
    if not _are_pictures(picture.format for picture in pictures):
        raise UsageError("an overlay is a picture: svg, png or pdf", "a page of several journeys needs no --overlay")
    if run.status:  # the reason was printed
        say("journeykit: the overlay is not drawn: one of its journeys cannot be read")
        return False
    if not run.scored:  # none was found, and --allow-empty was given
        return True
    pairs = [(one.journey, one.scores) for one in run.scored]
    if alt:
        from journeykit.charts.overlay.alt_text import plain_text

        emit(plain_text(pairs), output)
        return True
    if output != STDOUT:
        from journeykit.project.pictures import draw_overlays

        return print_pictures(draw_overlays(run.scored, pictures, output), quiet)
    from journeykit.charts.picture import draw_overlay

    if len(pictures) > 1:
        raise UsageError("standard output can hold one picture only", "name a folder with -o, or one format")
    _print_only(draw_overlay(pairs, pictures[0]))
    return True


def _trend(request: Request, series: Path, pictures: list[Picture], output: Path | None, alt: bool) -> int:
    """Draw what was measured of one journey by period; return the exit status."""
    from journeykit.project.trends import draw_trend_file, trend_text

    run = score_journeys(request, ScoringOptions())
    if run.status:  # the reason was printed
        return run.status
    if len(run.scored) != 1 or len(pictures) != 1 or not _are_pictures(one.format for one in pictures):
        raise UsageError("a trend is one picture of one journey: svg, png or pdf", "name one journey and one format")
    one = run.scored[0]
    if alt:
        emit(trend_text(one, series) + "\n", output)
        return 0
    if output == STDOUT:
        from journeykit.project.trends import trend_bytes

        _print_picture(*trend_bytes(one, series, pictures[0]))
        return 0
    return int(not print_pictures([draw_trend_file(one, series, pictures[0], output)], request.quiet))


def _print_alt(scored: list[ScoredJourney], output: Path | None) -> bool:
    from journeykit.charts.alt_text import plain_text

    emit("\n".join(plain_text(one.journey, one.scores) for one in scored), output)
    return True


def _draw_to_stdout(project: Project, scored: list[ScoredJourney], pictures: list[Picture]) -> bool:
    from journeykit.charts.picture import draw_pages
    from journeykit.project.outside import images_of

    if len(scored) != 1 or len(pictures) != 1:
        raise UsageError("standard output takes one picture", "name one journey and one format")
    images, problems = images_of(scored[0].journey, Path(scored[0].file), project)
    pages = draw_pages(scored[0].journey, scored[0].scores, pictures[0]._replace(images=images))
    _print_only(pages, problems)
    return True


def _print_only(pages: Iterator[tuple[bytes, list[str]]], problems: Sequence[str] = ()) -> None:
    """Print a picture of one page; raise UsageError if there are more."""
    data, warnings = next(pages)
    if next(pages, None):
        raise UsageError(
            "standard output takes one picture, and this one needs several pages", "draw it as pdf, or use -o"
        )
    _print_picture(data, [*problems, *warnings])


def _print_picture(data: bytes, warnings: list[str]) -> None:
    for warning in warnings:
        say(f"journeykit: {warning}")
    emit_bytes(data)
