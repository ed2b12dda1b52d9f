"""What all pages have: head with the policy, navigation, footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeykit.drawing.writers.svg import hatches
from journeykit.site.addresses import root_from, way
from journeykit.site.words import Words
from journeykit.web.markup import Element, Local, Node, Trusted, element, written
from journeykit.web.page import page_theme, page_themes, theme_and_paper

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
STYLE, SCRIPT, PICTURE_SCRIPT, LIVE_SCRIPT = "assets/site.css", "assets/site.js", "assets/page.js", "assets/live.js"
SEARCH_DATA = "assets/search-data.js"
MENU = (
    ("home", ""), ("weakest", "weakest/"), ("opportunities", "opportunities/"), ("changes", "changes/"),
    ("kpis", "kpis/"), ("personas", "personas/"), ("channels", "channels/"), ("findings", "findings/"),
    ("search", "search/"),
)  # fmt: skip
"""The pages of the navigation, by the names of their titles."""
EDIT = "edit/"
"""Where the editor is."""
FOOT = (("words", "words/"), ("data", "data/"), ("about", "about/"))


class Frame(NamedTuple):
    """What all pages of a site have in common.

    `single` says that they are one file. `edit` names what the editor is for, where it is served with them: to `edit`
    the maps, or to `watch` how they change.
    """

    title: str
    words: Words
    theme: str
    live: bool = False
    single: bool = False
    edit: str = ""


def page(
    frame: Frame,
    at: str,
    title: str,
    *content: Node | None,
    part: str = "",
    pictures: bool = False,
    tools: bool = False,
    refresh: str = "",
    own: Sequence[str] = (),
) -> bytes:
    """Return a page at a path from the root of the site.

    `part` is the entry of the menu that it belongs to. `pictures` says that it has a chart, `tools` that it has a
    journey with the tools to look at its chart. `refresh` is the page, from the root, that its reader is sent to. `own`
    are style sheets and scripts that it alone has; such a page follows the files by itself.
    """
    words = frame.words
    styles = [STYLE, *(f"assets/{name}" for name in own if name.endswith(".css"))]
    scripts = [PICTURE_SCRIPT] * tools + [SCRIPT] + [LIVE_SCRIPT] * (frame.live and not own)
    scripts += [f"assets/{name}" for name in own if name.endswith(".js")]
    shown = f"{title} · {frame.title}" if title != frame.title else title
    policy = POLICY + ("; connect-src 'self'" if frame.live else "")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="refresh", content=f"0; url={way(at, refresh)}") if refresh else None,
        element("title", shown),
        element("link", rel="icon", href=Local("data:,")),  # else browsers ask servers for one
        *(element("link", rel="stylesheet", href=way(at, name)) for name in styles),
        element("link", rel="alternate", type="application/atom+xml", href=way(at, "changes/feed.xml"), title=title)
        if part == "changes" and not frame.single
        else None,
        *(element("script", src=way(at, name), defer=True) for name in scripts),
    )
    theme = page_theme(frame.theme)
    body = element(
        "body",
        element("a", words("skip"), href="#main", class_="skip"),
        _header(frame, at, part),
        element("main", *content, id="main", tabindex="-1"),
        _footer(frame, at, part),
        Trusted(hatches(page_themes(theme))) if pictures else None,
        data_root=root_from(at) or "./",
        data_broken=words("live.broken") if frame.live else None,
        data_lost=words("live.lost") if frame.live else None,
    )
    return f"<!doctype html>\n{written(element('html', head, body, lang=words.lang))}\n".encode()


def _header(frame: Frame, at: str, part: str) -> Element:
    words = frame.words
    menu = (*MENU, (frame.edit, EDIT)) if frame.edit else MENU
    items = [element("li", _entry(frame, at, name, path, part)) for name, path in menu]
    return element(
        "header",
        element("a", frame.title, href=way(at, "")),
        element("nav", element("ul", *items), aria_label=words("menu")),
        class_="top",
    )


def _entry(frame: Frame, at: str, name: str, path: str, part: str) -> Element:
    here = "page" if name == part else None
    return element("a", frame.words(f"menu.{name}"), href=way(at, path), aria_current=here)


def _footer(frame: Frame, at: str, part: str) -> Element:
    words = frame.words
    items = [
        element("li", _entry(frame, at, name, path, part)) for name, path in FOOT if name != "data" or not frame.single
    ]
    theme, paper = theme_and_paper(words.labels, page_theme(frame.theme))
    tools = element("div", theme, paper, class_="bar", hidden=True, role="group", aria_label=words("page"))
    return element("footer", element("nav", element("ul", *items), aria_label=words("menu.more")), tools, class_="foot")


def heading(title: str, *about: Node | None) -> Element:
    """Return the title of a page, and what it is about."""
    return element("header", element("h1", title), *about, class_="title")


def section(id: str, title: str, *content: Node | None, lead: str = "") -> Element:
    """Return a section with a heading."""
    return element(
        "section", element("h2", title, id=f"{id}-title"), element("p", lead, class_="lead") if lead else None,
        *content, id=id, aria_labelledby=f"{id}-title",
    )  # fmt: skip


def nothing(text: str) -> Element:
    """Return a remark where there is nothing to show."""
    return element("p", text, class_="none")


def crumbs(at: str, links: Sequence[tuple[str, str]], label: str) -> Element:
    """Return the way to a page: the names and paths of those above it."""
    items = [element("li", element("a", name, href=way(at, path))) for name, path in links]
    return element("nav", element("ol", *items), class_="crumbs", aria_label=label)
