"""A page in one file: journeys with their pictures, one style sheet, one script, a policy that allows nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.locales import Labels
from journeykit.charts.picture import Picture
from journeykit.drawing.scene import Group, Scene
from journeykit.drawing.themes import NAMES, Theme, load
from journeykit.drawing.writers.svg import hatches, theme_properties
from journeykit.errors import UsageError
from journeykit.images import ImageFile
from journeykit.model import Journey
from journeykit.scoring import Scores
from journeykit.web import sections
from journeykit.web.field_text import scope_of
from journeykit.web.markup import Element, Node, Trusted, element, written
from journeykit.web.picture import picture as picture_section
from journeykit.web.touchpoints import Story, story_of, touchpoints

MOST = 6
"""The most journeys on one page; beyond, nobody finds the one that is looked for."""
HEADER = "header"
"""The lane that the page has as text."""
OWN = "own"
"""What the page calls a theme of the user, whose name may be any text."""
AUTOMATIC = "light"
"""With this theme the page is light or dark as the reader's system is."""


def write_page(
    pairs: Sequence[tuple[Journey, Scores]], picture: Picture, images: Sequence[Mapping[str, ImageFile]] = ()
) -> bytes:
    """Return the page of a journey, or of several with a switch between them.

    `images` has the pictures of each journey; without it those of `picture` are of all. Raises UsageError for more than
    six journeys, and if one cannot be drawn with these settings.
    """
    if len(pairs) > MOST:
        raise UsageError(
            f"a page holds up to {MOST} journeys, not {len(pairs)}", "name a folder with -o: a page for each"
        )
    if picture.page:
        raise UsageError("a web page fills a window, no paper", "leave out --page, or draw a pdf")
    theme = page_theme(picture.theme)
    labels = Labels(pairs[0][0].lang)
    own = [picture._replace(images=one) for one in images] or [picture] * len(pairs)
    scenes = [page_scene(journey, scores, look) for look, (journey, scores) in zip(own, pairs, strict=True)]
    stories = [
        story_of(scores, scope_of(journey, Labels(journey.lang), f"{number}-" if number > 1 else ""))
        for number, (journey, scores) in enumerate(pairs, 1)
    ]
    articles = [
        journey_article(story, scene, theme, picture.chart, number)
        for number, (story, scene) in enumerate(zip(stories, scenes, strict=True), 1)
    ]
    body = element(
        "body",
        element("a", labels("page.skip"), href="#touchpoints", class_="skip", lang=stories[0].scope.lang),
        _bar(labels, theme, stories),
        element("main", *articles),
        Trusted(hatches(page_themes(theme))),
    )
    return _document(pairs[0][0], _title(stories), body, theme, scenes)


def page_theme(name: str) -> Theme:
    """Return a theme by the name that pages know it by."""
    return load(name) if name in NAMES else load(name)._replace(name=OWN)


def page_scene(journey: Journey, scores: Scores, picture: Picture) -> Scene:
    """Return the picture of a journey in one row, without what the page says as text."""
    settings = picture._replace(
        lanes=picture.lanes or _lanes(picture.chart), columns=picture.columns or "all", described=False
    )
    return settings.scene(journey, scores)


def without_header(scene: Scene) -> Scene | None:
    """Return a picture without its first lane, which says what the page says as text; None if it has several rows.

    So a picture that is a file too need not be laid out a second time.
    """
    lanes = [mark for mark in scene.marks if isinstance(mark, Group) and mark.kind == "lane"]
    if len(lanes) < 2 or lanes[0].id != f"lane-{HEADER}-1" or any(not lane.id.endswith("-1") for lane in lanes):
        return None
    up = lanes[1].box().top - lanes[0].box().top
    marks = tuple(mark.moved(0, -up) for mark in scene.marks if mark is not lanes[0])
    return scene._replace(height=scene.height - up, marks=marks)


def _lanes(chart: str) -> tuple[str, ...]:
    return tuple(name for name in CHARTS[chart].lanes if name != HEADER) if chart in CHARTS else ()


def journey_article(story: Story, scene: Scene, theme: Theme, chart: str, number: int) -> Element:
    """Return all parts of a journey: its picture, and everything that the file says as text."""
    journey, labels = story.scope.journey, story.scope.labels
    parts: list[Node | None] = [
        sections.heading(story),
        picture_section(story, scene, theme, chart),
        sections.low_points(story),
        touchpoints(story),
        sections.opportunities(story),
        sections.figures(story),
        sections.persona(story),
        sections.rest(story),
    ]
    return element("article", *parts, class_="journey", id=f"journey-{number}", lang=journey.lang, dir=labels.direction)


def _bar(labels: Labels, theme: Theme, stories: Sequence[Story]) -> Element:
    """Return the controls of the whole page: which journey, which theme, print."""
    return element(
        "div",
        _switch(labels, stories),
        *theme_and_paper(labels, theme),
        class_="bar",
        hidden=True,
        role="region",
        aria_label=labels("page.controls"),
        lang=stories[0].scope.lang,
    )


def theme_and_paper(labels: Labels, theme: Theme) -> tuple[Element, Element]:
    """Return the choice of the theme, and the button that prints."""
    names = [theme.name, *(name for name in NAMES if name != theme.name)]
    choices = [("", labels("page.auto"))] if theme.name == AUTOMATIC else []
    choices += [(name, labels.spelled("page", name)) for name in names]
    options = [element("option", text, value=name) for name, text in choices]
    chosen = element("label", f"{labels('page.theme')} ", element("select", *options, id="theme"))
    return chosen, element("button", labels("page.paper"), type="button", id="print")


def _switch(labels: Labels, stories: Sequence[Story]) -> Element | None:
    if len(stories) == 1:
        return None
    radios: list[Node] = []
    for number, name in enumerate(version_names(stories), 1):
        control = element("input", type="radio", name="journey", value=f"journey-{number}", checked=number == 1)
        radios.append(element("label", control, f" {name}"))
    return element("fieldset", element("legend", labels("page.journeys")), *radios)


def version_names(stories: Sequence[Story]) -> list[str]:
    """Return what tells the journeys of a page apart: their titles, else their states, else a number too."""
    titles = [story.scope.journey.title for story in stories]
    if len(set(titles)) == len(titles):
        return titles
    states = [story.scope.labels(f"state.{story.scope.journey.state}") for story in stories]
    if len(set(states)) == len(states):
        return states
    return [f"{title} ({number})" for number, title in enumerate(titles, 1)]


def _title(stories: Sequence[Story]) -> str:
    return " · ".join(dict.fromkeys(story.scope.journey.title for story in stories))


def _document(journey: Journey, title: str, body: Element, theme: Theme, scenes: Sequence[Scene]) -> bytes:
    style, script = style_sheet(theme, scenes), page_asset("page.js")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=content_policy(style, script)),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Trusted(style)),
    )
    labels = Labels(journey.lang)
    end = element("script", Trusted(script))
    page = element("html", head, body._replace(content=(*body.content, end)), lang=journey.lang, dir=labels.direction)
    return f"<!doctype html>\n{written(page)}\n".encode()


def content_policy(style: str, *scripts: str) -> str:
    """Return the policy of a page in one file: its own style sheet and scripts, and nothing else."""
    return "; ".join([
        "default-src 'none'", f"script-src {' '.join(map(_hash, scripts))}", f"style-src {_hash(style)}",
        "img-src data:", "font-src data:", "base-uri 'none'", "form-action 'none'",
    ])  # fmt: skip


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def page_asset(name: str) -> str:
    """Return the text of a file of `assets`."""
    return Path(__file__).with_name("assets").joinpath(name).read_text(encoding="utf-8")


def page_themes(theme: Theme) -> list[Theme]:
    """Return the themes that a page has, its own first."""
    return [theme, *(load(name) for name in NAMES if name != theme.name)]


def style_sheet(theme: Theme, scenes: Sequence[Scene]) -> str:
    """Return the style sheet: the fonts of the theme, the colors of all themes, and the rules of the page."""
    rules = [*_fonts(theme, scenes)]
    if theme.name == "dark":
        rules.append(f":root {{ {_properties(load('light'))} }}")  # on paper
    for one in page_themes(theme):
        named = f':root[data-theme="{one.name}"]'
        rule = f"{f':root, {named}' if one.name == theme.name else named} {{ {_properties(one)} }}"
        rules.append(f"@media screen {{ {rule} }}" if one.name == "dark" else rule)
    if theme.name == AUTOMATIC:
        dark = _properties(load("dark"))
        rules.append(f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}")
    return "\n".join([*rules, page_asset("page.css")])


def _properties(theme: Theme) -> str:
    scheme = "dark" if theme.name == "dark" else "light"
    return " ".join([*(f"{name}: {value};" for name, value in theme_properties(theme)), f"color-scheme: {scheme};"])


def _fonts(theme: Theme, scenes: Sequence[Scene]) -> Iterator[str]:
    if theme.font:
        from journeykit.drawing.writers.embedding import font_faces

        for scene in scenes:
            yield from font_faces(scene, theme.font)
