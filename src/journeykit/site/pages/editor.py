"""The pages with which a journey is edited in a browser: the list of journeys, and the editor of one.

They are made by their scripts from what the server says of a journey; here are their landmarks, and the texts of the
interface in the language of the site.
"""

from __future__ import annotations

import json

from journeykit.site.frame import Frame, crumbs, page
from journeykit.web.markup import element

START = "edit/index.html"
EDIT_ASSETS = (
    "edit.css", "edit.js", "edit-timeline.js", "edit-forms.js", "edit-board.js", "edit-panels.js", "edit-start.js",
)  # fmt: skip
"""The style sheet and the scripts of these pages, in the order in which they are loaded."""

SHARED = {
    "lost": "live.lost", "severity.error": "finding.error", "severity.warning": "finding.warning",
    "severity.info": "finding.info", "panel.findings": "findings.title", "findings.title": "findings.title",
    "findings.none": "findings.none", "board": "todos.board", "matrix": "todos.matrix", "score": "term.score",
    "low": "term.low_point", "chart.map": "journey.map", "chart.blueprint": "journey.blueprint",
    "chart.curve": "column.curve", "kind.journey": "column.journey", "kind.persona": "column.persona",
    "kind.touchpoint": "column.touchpoint", "kind.opportunity": "column.opportunity", "persona": "column.persona",
    "feedback.channel": "filter.channel",
}  # fmt: skip
"""Texts that other pages have too, by the names that the scripts know them by."""
STATUSES = ("idea", "planned", "doing", "done", "dropped")


def start(frame: Frame, *, by_token: bool) -> bytes:
    """Return the page that lists the journeys, and on which a new one is begun.

    `by_token` says that who knows the token may write: others are told where it is.
    """
    return _page(frame, START, _title(frame), by_token=by_token)


def editor(frame: Frame, name: str, title: str, *, by_token: bool) -> bytes:
    """Return the page of a journey, by the name of its folder."""
    return _page(frame, f"edit/{name}/index.html", title, name, by_token=by_token)


def _title(frame: Frame) -> str:
    return frame.words("watch.title" if frame.edit == "watch" else "edit.title")


def _page(frame: Frame, at: str, title: str, name: str = "", *, by_token: bool) -> bytes:
    words = frame.words
    texts = {
        **words.part("edit"),
        **{name: words(key) for name, key in SHARED.items()},
        **{f"opportunities.{one}": words.labels(f"opportunities.{one}") for one in STATUSES},
    }
    texts["title"] = _title(frame)
    if by_token:
        texts["readonly"] = texts["readonly.token"]
    app = element(
        "div", element("h1", title), element("p", words("edit.loading"), class_="lead"),
        element("noscript", words("edit.off")), id="edit", data_name=name, data_lang=words.lang,
        data_texts=json.dumps(texts, ensure_ascii=False),
    )  # fmt: skip
    way_back = crumbs(at, [(_title(frame), "edit/")], words("crumbs")) if name else None
    said = element("p", id="said", class_="away", role="status", aria_live="polite")
    return page(frame, at, title, way_back, app, said, part=frame.edit, own=EDIT_ASSETS)
