"""The picture of a journey on its page: the chart with the tools to look at it, and a panel for one touchpoint.

Without a script the picture lies in a region that scrolls; the tools are hidden until the script of the page runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drawing.scene import Group, Mark, Scene, Text
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.svg import write_inline
from journeykit.web.markup import Element, Node, Trusted, element
from journeykit.web.touchpoints import Story

KINDS = frozenset({"lane", "lane-label", "guides", "touchpoint", "touchpoint-title", "point"})
"""Kinds of marks that the script of the page looks for."""


def picture(story: Story, scene: Scene, theme: Theme, chart: str) -> Element:
    """Return the section with the picture of a journey."""
    scope, labels = story.scope, story.scope.labels
    prefix = f"{scope.prefix}map-"
    drawn = write_inline(scene, theme, prefix, described_by=f"{scope.prefix}touchpoints", classes=KINDS)
    title = labels.spelled("page", chart)
    region = element(
        "div", element("div", Trusted(drawn), class_="canvas"),
        class_="scroll", tabindex="0", role="region", dir="ltr", aria_label=labels("page.region", chart=title),
    )  # fmt: skip
    hint = element("p", labels("page.hint"), class_="hint", lang=scope.lang)
    panel = element("div", hint, class_="panel", id=f"{scope.prefix}panel", hidden=True)
    return element(
        "section",
        element("h2", title, id=f"{prefix}title", lang=scope.lang),
        _tools(story, scene),
        _strip(story),
        element("div", region, panel, class_="beside"),
        class_="picture" + " tall" * (scene.height > scene.width), aria_labelledby=f"{prefix}title", data_prefix=prefix,
    )  # fmt: skip


def _tools(story: Story, scene: Scene) -> Element:
    labels, scope = story.scope.labels, story.scope
    acts = (
        ("out", "−", labels("page.zoom_out")),
        ("in", "+", labels("page.zoom_in")),
        ("fit", "↔", labels("page.fit")),
        ("1", "100%", f"100% – {labels('page.actual')}"),
    )
    buttons = [
        element("button", sign, type="button", data_zoom=act, title=name, aria_label=name) for act, sign, name in acts
    ]
    if any(one.score is not None for one in story.scores.touchpoints):
        text = labels("page.numbers")
        buttons.append(element("button", text, type="button", data_numbers=True, aria_pressed="false"))
    boxes = [
        element("label", element("input", type="checkbox", checked=True, value=name), f" {label}")
        for name, label in lane_names(scene).items()
    ]
    name = labels("page.lanes")
    menu = element("div", *boxes, class_="lanes", role="group", aria_label=name)
    named = {"role": "group", "aria_label": labels("page.tools"), "lang": scope.lang}
    return element(
        "div", *buttons, element("details", element("summary", name), menu), class_="tools", hidden=True, **named
    )


def _strip(story: Story) -> Element:
    """Return links to all touchpoints by their numbers, which the script makes the tabs of the panel."""
    scope = story.scope
    links: list[Node] = []
    for rated in story.scores.touchpoints:
        low = story.low_points.get(rated.id)
        name = f"{rated.number} {rated.touchpoint.title}"
        if low:
            name += f" – {scope.labels('curve.low_point', n=low.rank)}"
        anchor = scope.anchor("touchpoint", rated.id)
        links.append(
            element("a", str(rated.number), href=f"#{anchor}", title=name, aria_label=name, id=f"{anchor}-tab",
                    class_="bad" if low else None, data_id=rated.id,
                    data_score=None if rated.score is None else scope.labels.number(rated.score))
        )  # fmt: skip
        links.append(" ")
    return element("nav", element("div", *links), class_="strip", aria_label=scope.labels("lanes.touchpoints"))


def lane_names(scene: Scene) -> dict[str, str]:
    """Return the labels of the lanes of a picture by their names, in order."""
    found: dict[str, str] = {}
    for mark in scene.marks:
        if isinstance(mark, Group) and mark.kind == "lane":
            name = mark.id.removeprefix("lane-").rpartition("-")[0]
            own = [inner for inner in mark.marks if isinstance(inner, Group) and inner.kind == "own-lane"]
            label = ", ".join(" ".join(_labels(one)) for one in own or [mark])
            if label:
                found.setdefault(name, label)
    return found


def _labels(mark: Mark) -> list[str]:
    return [text.text for text in _texts(mark) if text.kind == "lane-label"]


def _texts(mark: Mark) -> Iterator[Text]:
    if isinstance(mark, Text):
        yield mark
    elif isinstance(mark, Group):
        for inner in mark.marks:
            yield from _texts(inner)
