"""A site as one file for e-mail: the first page as it is, all others packed, styles and scripts inline.

A page is opened by the query of the address: `site.html?weakest/`. Its content is inflated by the browser itself.
Fragments stay what they are on pages of a folder. Without a script the first page is shown, and each journey as text.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from gzip import compress
from html import escape, unescape
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote, unquote

from journeykit.errors import UsageError
from journeykit.files import replace_file
from journeykit.output.paint import shown_name
from journeykit.project.reading import Targets
from journeykit.project.workspace import Workspace
from journeykit.site.build import Built, build_site
from journeykit.site.entries import Entry
from journeykit.site.frame import PICTURE_SCRIPT, SCRIPT, SEARCH_DATA, STYLE, Frame
from journeykit.site.options import SiteOptions
from journeykit.site.pages.search import as_script
from journeykit.site.parts import kind_mark, score_word, status_mark
from journeykit.site.portfolio import Portfolio
from journeykit.site.words import Words
from journeykit.web.markup import Element, Local, Node, Trusted, element, written
from journeykit.web.page import content_policy

INDEX = "index.html"
LINK = re.compile(r"<a [^>]*>")
"""The start of a link; in texts and attributes of our pages, < and > are escaped."""
ADDRESS = re.compile(r' href=("[^"]*"|[^\s>"]+)')
ELSEWHERE = re.compile(r"#|[a-z]+:", re.IGNORECASE)
ROOT = re.compile(r" data-root=\S+?(?=[\s>])")
SMALLEST = 9
"""The level of compression that takes longest."""


class _Page(NamedTuple):
    """A page that was written, taken apart."""

    title: str
    before: str
    """The start of its body, with what stands before the main part."""
    main: str
    foot: str
    patterns: str
    """What pictures are hatched with; empty on a page without one."""


def build_single(workspace: Workspace, targets: Targets, options: SiteOptions, output: Path) -> Built:
    """Write the site of journeys as one file.

    Raises UsageError if the file cannot be written.
    """
    options = options._replace(single=True)
    if output.is_dir():
        raise UsageError(f"{shown_name(str(output))}: is a folder", "name a file with -o")
    with TemporaryDirectory(prefix="journeykit-") as name:
        folder = Path(name) / "site"
        built = build_site(replace(workspace, cache=False), targets, options, folder)
        data = packed(folder, built.portfolio, Frame(options.title, Words(options.lang), options.theme, single=True))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        replace_file(output, data)
    except OSError as error:
        raise UsageError(f"{shown_name(str(output))}: cannot be written: {error.strerror}") from None
    return built


def packed(folder: Path, portfolio: Portfolio, frame: Frame) -> bytes:
    """Return the pages of a folder, which was built with `single`, as one page."""
    words = frame.words
    found = sorted(folder.rglob(INDEX))
    pages = {file.relative_to(folder).as_posix().removesuffix(INDEX): _taken_apart(file) for file in found}
    first = pages.pop("")
    others = {at: (one.title, _deflated(linked(one.main, at))) for at, one in pages.items()}
    style = (folder / STYLE).read_text(encoding="utf-8")
    opening = Path(__file__).with_name("assets").joinpath("single.js").read_text(encoding="utf-8")
    scripts = [
        opening,
        *((folder / name).read_text(encoding="utf-8") for name in (SEARCH_DATA, PICTURE_SCRIPT, SCRIPT)),
    ]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=content_policy(style, *scripts)),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", first.title),
        element("link", rel="icon", href=Local("data:,")),
        element("style", Trusted(style)),
    )
    patterns = max((one.patterns for one in pages.values()), key=len, default="")
    data = Trusted(as_script(others))
    end = [
        element("noscript", *_as_text(portfolio, frame)),
        element("script", data, type="application/json", id="pages", data_old=words("single.old")),
        *(element("script", Trusted(text)) for text in scripts),
    ]
    body = linked(ROOT.sub(" data-root=?", first.before) + first.main + first.foot, "")
    whole = f"{written(head)}{body}{patterns}{written(*end)}</body>"
    return f"<!doctype html>\n<html lang={words.lang}>{whole}</html>\n".encode()


def _taken_apart(file: Path) -> _Page:
    text = file.read_text(encoding="utf-8")
    title = unescape(text.partition("<title>")[2].partition("</title>")[0])
    before, start, rest = text[text.index("<body") :].partition("<main")
    main, stop, after = rest.partition("</main>")
    foot, end, patterns = after.partition("</footer>")
    return _Page(title, before, start + main + stop, foot + end, patterns.partition("</body>")[0])


def _deflated(text: str) -> str:
    return b64encode(compress(text.encode(), SMALLEST, mtime=0)).decode()


def linked(markup: str, at: str) -> str:
    """Return the markup of a page, whose folder is `at`, with its links as they are in the one file."""

    def address(found: re.Match[str]) -> str:
        to = unescape(found[1].strip('"'))
        if ELSEWHERE.match(to):
            return found[0]
        path, _, anchor = to.partition("#")
        page = unquote(normpath(f"{at}{path}")).removesuffix(INDEX)
        return f' href="{escape(f"?{quote(page)}" + (f"#{anchor}" if anchor else ""))}"'

    return LINK.sub(lambda tag: ADDRESS.sub(address, tag[0]), markup)


def _as_text(portfolio: Portfolio, frame: Frame) -> list[Node]:
    """Return each journey with its touchpoints and opportunities as plain text."""
    return [
        element("p", frame.words("single.text")),
        *(_journey(portfolio, frame, entry) for entry in portfolio.entries),
    ]


def _journey(portfolio: Portfolio, frame: Frame, entry: Entry) -> Element:
    words = frame.words
    points = [
        element(
            "li", one.title, f" – {words.score(one.score)} ",
            *((score_word(frame, one.score), " ", kind_mark(frame, one.kind) or "") if one.score is not None else ()),
        )
        for one in entry.points
    ]  # fmt: skip
    todos = [element("li", one.title, " ", status_mark(frame, one)) for one in entry.todos]
    about = (entry.persona.name, entry.owner, f"{words('column.score')} {words.score(entry.score)}")
    lang = None if entry.lang == portfolio.options.lang else entry.lang
    return element(
        "section",
        element("h2", entry.title, lang=lang),
        element("p", " · ".join(filter(None, about))),
        element("ol", *points),
        *((element("h3", words("todos.title")), element("ul", *todos)) if todos else ()),
    )
