"""The pages of one journey, and the files beside them.

They are written before all journeys are known. What they say of other journeys stands between two marks, and is filled
in afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from journeykit.charts.locales import Labels
from journeykit.charts.picture import Picture, draw_scene
from journeykit.drawing.themes import load
from journeykit.drawing.writers.svg import write as write_svg
from journeykit.output.table import as_csv
from journeykit.output.tables import ScoredJourney
from journeykit.output.tables.scores import data as score_data
from journeykit.output.tables.scores import touchpoints as touchpoint_table
from journeykit.site.addresses import way
from journeykit.site.frame import EDIT, Frame, crumbs, heading, page, section
from journeykit.site.pages.findings import message, severity_mark, with_code
from journeykit.site.pages.measured import measured_parts
from journeykit.site.parts import Column, Row, cell, delta_text, picture_region, table
from journeykit.web.field_text import scope_of
from journeykit.web.markup import Element, Node, Trusted, element
from journeykit.web.page import journey_article, page_scene, page_theme, without_header
from journeykit.web.touchpoints import story_of

if TYPE_CHECKING:
    from journeykit.drawing.scene import Scene
    from journeykit.site.collecting import Subject
    from journeykit.site.entries import Entry, Step
    from journeykit.site.options import SiteOptions

FOLDER = "journey/x/"
"""Stands for the folder of any journey: they are all equally deep."""
OPEN, CLOSE = "<!--others-->", "<!--/others-->"
VIEWS = (
    ("map", ""),
    ("blueprint", "blueprint/"),
    ("time", "time/"),
    ("measured", "measured/"),
    ("history", "history/"),
    ("source", "source/"),
)


def filled(data: bytes, text: str) -> bytes:
    """Return a page with a text between its marks, instead of what stands there."""
    before, mark, rest = data.partition(OPEN.encode())
    _, close, after = rest.partition(CLOSE.encode())
    return before + mark + text.encode() + close + after if close else data


def _inner(at: str) -> str:
    """Return the path of a page from the folder of its journey, whose name is not known yet."""
    return at.removeprefix(FOLDER)


def completed(subject: Subject, options: SiteOptions) -> Subject:
    """Return what the pages of a journey show, with the names of these pages and of the files beside them."""
    entry = subject.entry._replace(variants=_variants(subject, options.charts), files=_download_names(subject, options))
    return subject._replace(entry=entry)


def _variants(subject: Subject, charts: Collection[str]) -> tuple[str, ...]:
    """Return the further pages that a journey has something for, of charts those that are wanted."""
    points = subject.journey.touchpoints
    found = []
    if "blueprint" in charts and any(one.frontstage or one.backstage for one in points):
        found.append("blueprint")
    if "time" in charts and sum(one.at is not None for one in points) > 1:
        found.append("time")
    if subject.entry.said or subject.strips or subject.faults:
        found.append("measured")
    if len(subject.entry.steps) > 1:
        found.append("history")
    if subject.text:
        found.append("source")
    return tuple(found)


def journey_files(
    subject: Subject, frame: Frame, formats: Sequence[str], edit_url: str, name: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages and files of a journey by their paths from its folder.

    `name` is that of the folder, which only the link to the editor needs.
    """
    journey, scores, entry = subject.journey, subject.scores, subject.entry
    picture = Picture("svg", theme=frame.theme, images=subject.images)
    theme = page_theme(frame.theme)
    whole = picture.scene(journey, scores)
    scene = page_scene(journey, scores, picture) if load(frame.theme).logo else without_header(whole)
    scene = scene or page_scene(journey, scores, picture)
    story = story_of(scores, scope_of(journey, Labels(journey.lang), ""))
    article = journey_article(story, scene, theme, "map", 1)
    yield "index.html", page(
        frame, f"{FOLDER}index.html", journey.title, *_above(frame, entry, "map", edit_url, name), article,
        _findings(frame, entry), None if frame.single else _files(frame, entry), part="home", pictures=True, tools=True,
    )  # fmt: skip
    for view in entry.variants:
        at = f"{FOLDER}{view}/index.html"
        yield f"{view}/index.html", page(
            frame, at, f"{journey.title} – {frame.words(f'journey.{view}')}",
            *_above(frame, entry, view, edit_url, name), *_variant(view, subject, frame, at), part="home",
            pictures=bool(subject.strips) if view == "measured" else view != "source",
        )  # fmt: skip
    if not frame.single:
        yield from _downloads(subject, picture, whole, formats)


def _above(frame: Frame, entry: Entry, view: str, edit_url: str, folder: str) -> list[Node]:
    """Return the way to the page, other journeys, and the views of this one."""
    words = frame.words
    at = f"{FOLDER}index.html" if view == "map" else f"{FOLDER}{view}/index.html"
    links = [
        element(
            "li",
            element("a", words(f"journey.{name}"), href=way(_inner(at), path),
                    aria_current="page" if name == view else None),
        )
        for name, path in VIEWS
        if name == "map" or name in entry.variants
    ]  # fmt: skip
    if frame.edit:
        links.append(element("li", element("a", words(f"journey.{frame.edit}.map"), href=way(at, f"{EDIT}{folder}/"))))
    if edit_url.startswith(("http://", "https://")):
        to = edit_url.replace("{file}", "/".join(entry.file.split("\\")))
        links.append(element("li", element("a", words("journey.edit"), href=to, rel="noopener noreferrer")))
    if view == "map":
        links.append(element("li", element("button", words("journey.present"), type="button", id="present",
                     data_end=words("journey.present.end"), data_next=words("journey.present.next"),
                     data_previous=words("journey.present.previous")), hidden=True))  # fmt: skip
    return [
        crumbs(at, [(words("menu.home"), "")], words("crumbs")),
        Trusted(OPEN + CLOSE) if view == "map" else "",
        element("nav", element("ul", *links), class_="tabs", aria_label=words("journey.views")),
    ]


def _findings(frame: Frame, entry: Entry) -> Element | None:
    if not entry.findings:
        return None
    words = frame.words
    at = f"{FOLDER}index.html"
    items = []
    for one in entry.findings:
        line: Node = words("findings.line", line=one.start.line)
        if "source" in entry.variants:
            line = element("a", line, href=way(_inner(at), "source/", f"L{one.start.line}"))
        items.append(
            element("li", severity_mark(frame, one.severity.word), " ", *message(one),
                    element("small", line, ", ", element("code", one.rule)))
        )  # fmt: skip
    head = element("summary", f"{words('journey.findings')} ({len(entry.findings)})")
    return element("details", head, element("ul", *items), id="findings")


def _files(frame: Frame, entry: Entry) -> Element:
    at = f"{FOLDER}index.html"
    links = [element("li", element("a", name, href=way(_inner(at), name), download=True)) for name in entry.files]
    return section("files", frame.words("journey.files"), element("ul", *links, class_="files"))


def _variant(name: str, subject: Subject, frame: Frame, at: str) -> Iterator[Node]:
    journey, words = subject.journey, frame.words
    yield heading(journey.title, element("p", words(f"journey.{name}"), class_="lead"))
    if name == "source":
        yield _source(subject, frame)
        return
    if name == "measured":
        yield from measured_parts(subject, frame)
        return
    theme = page_theme(frame.theme)
    if name == "history":
        from journeykit.charts.history.chart import history_of

        assert subject.history is not None
        yield picture_region(
            frame, history_of(subject.history, theme=load(frame.theme)), theme, words("journey.history")
        )
        yield _steps(frame, subject.entry.steps)
        return
    chart = "blueprint" if name == "blueprint" else "curve"
    picture = Picture("svg", chart, "time" if name == "time" else "order", frame.theme, images=subject.images)
    scene = page_scene(journey, subject.scores, picture)
    yield picture_region(frame, scene, theme, words(f"journey.{name}"))
    yield element("p", element("a", words("journey.map"), href=way(_inner(at), "", "touchpoints")))


def _steps(frame: Frame, steps: Sequence[Step]) -> Element:
    words = frame.words
    columns = [
        Column(words("column.day"), "d"), Column(words("column.score"), "n"), Column(words("column.difference"), "n"),
        Column(words("column.low_points"), "n"), Column(words("column.what")), Column(words("column.commit")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(element("time", one.day) if one.day else "–"),
                cell(element("b", words.score(one.score)), by=one.score or 0.0),
                cell(delta_text(frame, one.delta, one.sure), by=one.delta or 0.0),
                cell(str(one.low_points)),
                cell(one.subject or "–"),
                cell(element("code", one.commit) if one.commit else "–"),
            ]
        )
        for one in reversed(steps)
    ]
    title = words("journey.history")
    return section("versions", title, table(frame, title, columns, rows), lead=words("history.lead"))


def _source(subject: Subject, frame: Frame) -> Element:
    by_line: dict[int, list[Node]] = {}
    for one in subject.entry.findings:
        shown = element("span", severity_mark(frame, one.severity.word), " ", *with_code(one.message), class_="remark")
        by_line.setdefault(one.start.line, []).append(shown)
    lines: list[Node] = []
    for number, text in enumerate(subject.text.splitlines(), 1):
        lines.append(element("span", f"{text}\n", id=f"L{number}"))
        lines += by_line.get(number, ())
    code = element("pre", element("code", *lines), class_="source")
    return element("div", code, class_="wide", role="region", tabindex="0", aria_label=frame.words("journey.source"))


def _download_names(subject: Subject, options: SiteOptions) -> tuple[str, ...]:
    """Return the names of the files beside a journey."""
    id = subject.entry.id
    curve = [f"{id}-curve.svg"] if "curve" in options.charts else []
    formats = [f"{id}.{format}" for format in options.formats]
    names = [f"{id}.svg", *curve, f"{id}.csv", f"{id}.json", *formats]
    return (*names, f"{id}.yaml") if subject.text else tuple(names)


def _downloads(subject: Subject, picture: Picture, whole: Scene, formats: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    journey, scores, id = subject.journey, subject.scores, subject.entry.id
    theme = load(picture.theme)
    yield f"{id}.svg", write_svg(whole, theme).encode()
    if f"{id}-curve.svg" in subject.entry.files:
        curve = picture._replace(chart="curve", described=False).scene(journey, scores)
        yield f"{id}-curve.svg", write_svg(curve._replace(description=whole.description), theme).encode()
    scored = ScoredJourney(subject.entry.file, journey, scores)
    yield f"{id}.csv", as_csv(touchpoint_table(scored)).encode("utf-8", "backslashreplace")
    data = {"version": 1, "journeys": [score_data(scored)]}
    yield (
        f"{id}.json",
        (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "backslashreplace"),
    )
    for format in formats:
        yield f"{id}.{format}", draw_scene(whole, picture._replace(format=format))[0]
    if subject.text:
        yield f"{id}.yaml", subject.text.encode("utf-8", "surrogateescape")
