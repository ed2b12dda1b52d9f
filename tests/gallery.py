"""The gallery: every chart, theme and language, drawn by the commands that stand below the pictures.

`python -m tests.gallery` writes docs/gallery.md and the pictures in docs/gallery.
"""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.readme import ROOT, run

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "gallery"
JOB, TO_BE = "examples/my-new-job.journey.yaml", "examples/my-new-job-to-be.journey.yaml"
STORY = "docs/gallery/journeys/storyboard.journey.yaml"
TICKET = "examples/support-ticket.journey.yaml"
TICKETS = "examples/discovered/tickets.yaml"
REPAIR, MEASURES = "examples/measured/repair.journey.yaml", "docs/gallery/journeys/repair.measures.csv"


class Plate(NamedTuple):
    """A picture: its file's name, what is drawn of which journeys, and what stands above and in place of it."""

    name: str
    arguments: str
    heading: str
    words: str
    command: str = "render"


SECTIONS: dict[str, list[Plate]] = {
    "Charts": [
        Plate("map", JOB, "Map", "A new job: all that the file says."),
        Plate("curve", f"{JOB} --chart curve", "Curve", "The emotional curve alone, with low points in their order."),
        Plate("blueprint", f"{JOB} --chart blueprint", "Blueprint", "What the company does, in sight and behind it."),
        Plate("overlay", f"{JOB} {TO_BE} --overlay", "Overlay", "The job as it is and as it should be, by stage."),
        Plate(
            "difference",
            f"{JOB} {TO_BE}",
            "Difference",
            "What changes from the job as it is to as it should be.",
            "diff",
        ),
        Plate("flow", f"{TICKETS} --chart flow", "Flow", "Where customers go on, by shares of a log."),
        Plate("trend", f"{REPAIR} --chart trend --series {MEASURES}", "Trend", "What was measured, month by month."),
        Plate("lanes", f"{JOB} --lanes stages,curve,thoughts,opportunities", "Lanes of one's choice", "Four lanes."),
        Plate(
            "storyboard",
            f"{STORY} --lanes header,stages,images,touchpoints,curve,thoughts",
            "Storyboard",
            "A picture of each scene above the curve.",
        ),
        Plate("own-lanes", f"{STORY}", "Lanes of one's own", "What we promise, and what we have to do."),
    ],
    "By time": [
        Plate("map-time", f"{TICKET} --axis time", "Map", "A support ticket: hours that matter, nights that are cut."),
        Plate("curve-time", f"{JOB} --chart curve --axis time", "Curve", "Three silent weeks are as long as they are."),
        Plate("overlay-time", f"{JOB} {TO_BE} --overlay --axis time", "Overlay", "Two versions on one calendar."),
    ],
    "Themes": [
        Plate("light", f"{TICKET} --chart curve --theme light", "Light", "The default."),
        Plate("dark", f"{TICKET} --chart curve --theme dark", "Dark", "For dark pages and dim rooms."),
        Plate("print", f"{TICKET} --chart curve --theme print", "Print", "For printers without colors: hatching."),
        Plate(
            "house",
            f"{TICKET} --chart curve --theme docs/gallery/house.toml",
            "One's own",
            "Four colors of one's own, in [a small file](gallery/house.toml); the rest is the light theme's.",
        ),
    ],
    "Pages": [
        Plate("page-a1", f"{JOB} --page a1", "A poster", "A new job on one A1, with text of at least 6 points."),
        Plate(
            "page-slide",
            "docs/gallery/journeys/de.journey.yaml --chart curve --page 16:9",
            "A slide",
            "Registering a car, with text of at least 16 of 1920 pixels.",
        ),
    ],
    "Languages": [
        Plate("de", "docs/gallery/journeys/de.journey.yaml", "German", "Registering a car in a new town."),
        Plate("el", "docs/gallery/journeys/el.journey.yaml", "Greek", "A student's card for the bus."),
        Plate("hu", TICKET, "Hungarian", "A support ticket."),
        Plate("sl", "docs/gallery/journeys/sl.journey.yaml", "Slovenian", "A place in a kindergarten."),
        Plate("tr", "docs/gallery/journeys/tr.journey.yaml", "Turkish", "Shoes of the wrong size."),
        Plate(
            "ar",
            "tests/charts/journeys/arabic.journey.yaml",
            "Arabic",
            "Read from the right; labels are English where there are none in the journey's language.",
        ),
        Plate("ja", "tests/charts/journeys/japanese.journey.yaml", "Japanese", "Lines break between characters."),
    ],
}
PLATES = {plate.name: plate for plates in SECTIONS.values() for plate in plates}
WEB_PAGE = f"""
## Web page

The picture to zoom, with names that stay in view, and a panel for each touchpoint: [charts](charts.md#web-page).

![Web page: the map with a touchpoint chosen, and everything about it in a panel.](pictures/page.png)

```sh
journeykit render {JOB} {TO_BE} -o my-new-job.html
```
"""
"""The screenshot is made by `python -m tests.browser.picture`, since it takes a browser."""
HEAD = """\
# Gallery

Every chart, theme and language of labels. [Charts](charts.md) says how to read them. Below each picture stands the
command that draws it; `make docs` draws them all again, and a test holds every byte.
"""


def draw(name: str, folder: Path) -> bytes:
    """A picture as it is drawn now."""
    target = folder / f"{name}.svg"
    plate = PLATES[name]
    where = f"-o {shlex.quote(str(target))}"
    if plate.command == "diff":
        where = f"--chart {shlex.quote(str(target))} -o {shlex.quote(str(folder / 'table.txt'))}"
    said = run(f"journeykit {plate.command} {plate.arguments} -q {where}", ROOT)
    assert not said, said
    return target.read_bytes()


def page() -> str:
    """The text of docs/gallery.md."""
    sections = "".join(_section(heading, plates) for heading, plates in SECTIONS.items())
    return HEAD + sections + WEB_PAGE


def _section(heading: str, plates: list[Plate]) -> str:
    return f"\n## {heading}\n" + "".join(map(_plate, plates))


def _plate(plate: Plate) -> str:
    plain = plate.words.replace("[", "").replace("](gallery/house.toml)", "")
    picture = f"![{plate.heading}: {plain}](gallery/{plate.name}.svg)"
    option = "--chart" if plate.command == "diff" else "-o"
    command = f"journeykit {plate.command} {plate.arguments} {option} {plate.name}.svg"
    return f"\n### {plate.heading}\n\n{plate.words}\n\n{picture}\n\n```sh\n{command}\n```\n"


def refresh() -> None:
    """Bring the page and its pictures up to date; pictures that are on it no more go."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    for old in PICTURES.glob("*.svg"):
        if old.stem not in PLATES:
            old.unlink()
    with tempfile.TemporaryDirectory() as name:
        for plate in PLATES:
            (PICTURES / f"{plate}.svg").write_bytes(draw(plate, Path(name)))


if __name__ == "__main__":
    refresh()
