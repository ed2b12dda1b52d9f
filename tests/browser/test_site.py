"""The site in a browser: every kind of page by axe and at 320 pixels; what its scripts do, and what works without."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import slow
from tests.web.test_markup import PAYLOADS
from tests.websites.conftest import build, html_files, improved, site_of_examples
from tests.websites.test_pages import hostile_site

KINDS = (
    "index.html", "journey/my-new-job/index.html", "journey/my-new-job/blueprint/index.html",
    "journey/my-new-job/time/index.html", "journey/my-new-job/source/index.html",
    "journey/plumber-visit/measured/index.html", "weakest/index.html", "weakest/owner/index.html",
    "weakest/channel/index.html", "opportunities/index.html", "changes/index.html", "kpis/index.html",
    "findings/index.html", "personas/index.html", "personas/new-colleague/index.html", "channels/index.html",
    "channels/phone/index.html", "compare/my-new-job--my-new-job-to-be/index.html",
    "compare/my-new-job--plumber-visit--support-ticket/index.html", "words/index.html", "search/index.html",
    "about/index.html", "data/index.html", "404.html",
)  # fmt: skip
"""A page of every kind."""
FORCED = (
    "index.html",
    "journey/my-new-job/index.html",
    "journey/my-new-job/blueprint/index.html",
    "findings/index.html",
)
"""The pages whose forced colors, and what axe finds on a phone, are tried here; a slow test tries those of all."""
SERVED = (*FORCED, "opportunities/index.html", "kpis/index.html", "404.html")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ("color-contrast", "link-in-text-block")
"""The rules of these tags that look at colors."""
ABOUT_COLORS = {"type": "rule", "values": COLORS}
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of_examples(tmp_path_factory)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a journey with a history."""
    folder = tmp_path_factory.mktemp("past")
    build([improved(folder / "maps").root], folder / "site", history=True, since="2026-01-01")
    return folder / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site as a web server has it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser: Any, site: Path) -> Iterator[Visit]:
    """Open a page; at the end the console was silent, and nothing was asked for elsewhere."""
    contexts = []
    said: list[str] = []

    def open_page(name: str, width: int = 1280, height: int = 900, base: str = "", **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        start = base or f"file://{site}"
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{name}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{name}: {error}"))
        page.on("request", lambda request: None if request.url.startswith(start) else said.append(request.url))
        page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
        page.goto(f"{start}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def axe_finds(page: Any, rules: object = TAGS, without: Sequence[str] = ()) -> list[Any]:
    off = {rule: {"enabled": False} for rule in without}
    wanted = {"runOnly": rules, "rules": off, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate(f"axe.run({{ exclude: ['svg g'] }}, {json.dumps(wanted)})")
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


def load(page: Any, axe: str) -> None:
    """Load axe into a page, whose policy lets no script of others in."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": axe})


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(visit: Visit, axe: str, name: str) -> None:
    """In dark and in forced colors the page is the same but for its colors: only rules on colors are asked again."""
    page = visit(name)
    load(page, axe)
    assert axe_finds(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_finds(page, ABOUT_COLORS) == []
    if name in FORCED:
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert axe_finds(page, ABOUT_COLORS) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "colors",
    [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"width": 320, "height": 640}],
    ids=["dark", "forced", "phone"],
)
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_with_all_rules_in_other_colors_and_on_a_phone(
    visit: Visit, axe: str, name: str, colors: dict[str, Any]
) -> None:
    page = visit(name, **colors)
    load(page, axe)
    assert axe_finds(page) == []


@pytest.mark.parametrize("colors", [{}, slow({"color_scheme": "dark"}), slow({"width": 320, "height": 640})])
@pytest.mark.parametrize("name", ["index.html", "journey/leak/history/index.html", "changes/index.html"])
def test_axe_finds_nothing_on_pages_of_what_changed(
    visit: Visit, axe: str, past: Path, name: str, colors: dict[str, Any]
) -> None:
    page = visit(name, base=f"file://{past}", **colors)
    load(page, axe)
    assert axe_finds(page) == []
    assert (page.locator("text=We call back <now>").count() > 0) == (name != "index.html")


@pytest.mark.parametrize("name", KINDS)
def test_a_phone_scrolls_tables_and_pictures_only(visit: Visit, axe: str, name: str) -> None:
    page = visit(name, width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.locator("a:visible, button:visible, summary:visible, select:visible").evaluate_all(
        "all => all.filter(one => !one.closest('dl, p, ol, .touchpoint, .cards, .skip') && !one.matches('.skip'))"
        ".filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24; })"
        ".map(one => one.outerHTML.slice(0, 100))"
    )
    assert small == []
    if name in FORCED:
        load(page, axe)
        assert axe_finds(page, without=COLORS) == [], "colors are those of a wide page"


@pytest.mark.parametrize("name", [name if name in SERVED else slow(name) for name in KINDS])
def test_without_a_script_and_from_a_server_all_is_there(visit: Visit, address: str, name: str) -> None:
    plain = visit(name, java_script_enabled=False)
    assert plain.locator("main").is_visible() and plain.locator(".bar:visible, .filter:visible").count() == 0
    served = visit(name, base=address)
    assert served.locator("h1").inner_text() == plain.locator("h1").inner_text()


@pytest.mark.parametrize(
    "name", ["index.html", "journey/my-new-job/index.html", "weakest/index.html", "kpis/index.html"]
)
def test_nothing_moves_when_the_scripts_start(browser: Any, address: str, name: str) -> None:
    tops = []
    for blocked in (True, False):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        if blocked:
            page.route("**/*.js", lambda route: route.abort())
        page.goto(f"{address}/{name}")
        tops.append(
            page.evaluate("[...document.querySelectorAll('tbody, .beside')].map(e => e.getClientRects()[0].top)")
        )
        page.close()
    assert tops[0] == tops[1] and tops[0]


def shown(page: Any, table: str) -> list[str]:
    return [text.splitlines()[0] for text in page.locator(f"#{table} tbody tr:visible th").all_inner_texts()]


def test_filters_are_in_the_address_and_go_back(visit: Visit) -> None:
    page = visit("index.html")
    everything = shown(page, "all-journeys")
    assert len(everything) == 6
    page.locator("[data-facet=owner]").select_option("Service desk lead")
    assert len(shown(page, "all-journeys")) == 2 and "owner=Service+desk+lead" in page.url
    assert page.locator(".filter output").inner_text() == "2 of 6 shown"
    page.locator("[data-facet=state]").select_option("Today")
    assert shown(page, "all-journeys") == ["My new job"]
    page.go_back()
    assert len(shown(page, "all-journeys")) == 2
    url = page.url
    page.get_by_role("button", name="Show all").click()
    assert shown(page, "all-journeys") == everything
    page.goto("about:blank")
    page.goto(url)
    assert len(shown(page, "all-journeys")) == 2


def test_tables_sort_by_keys(visit: Visit) -> None:
    page = visit("index.html")
    heading = page.locator("#all-journeys th", has_text="Score").locator("button")
    heading.focus()
    page.keyboard.press("Enter")
    scores = [float(text.split()[0]) for text in page.locator("#all-journeys tbody td:nth-child(3)").all_inner_texts()]
    assert scores == sorted(scores) and "sort=score" in page.url, "the worst first"
    assert page.locator("#all-journeys th", has_text="Score").get_attribute("aria-sort") == "ascending"
    assert shown(page, "all-journeys")[0] == "I get my router fixed Draft"
    page.keyboard.press("Enter")
    assert page.locator("#all-journeys th", has_text="Score").get_attribute("aria-sort") == "descending"


def test_the_search_folds_accents_and_finds_beginnings(visit: Visit) -> None:
    page = visit("search/index.html")
    assert page.locator("script[src*=search-data]").count() == 0
    page.keyboard.type("huszonegy oran")
    page.locator("#found", has_text=re.compile("^1 result$")).wait_for()  # not that of the first letters
    assert page.locator("#results a").first.inner_text() == "Huszonegy órán át nem kapok semmi hírt"
    page.locator("#q").fill("lapt")
    page.wait_for_url("**#q=lapt")
    assert page.locator("#results li").count() > 2
    page.locator("#results a").first.click()
    assert "/journey/" in page.url
    again = visit("search/index.html#q=zzzz")
    again.locator("#found:not(:empty)").wait_for()
    assert again.locator("#found").inner_text() == "Nothing found."


def test_presenting_shows_a_stage_a_screen_by_keys(visit: Visit) -> None:
    page = visit("journey/my-new-job/index.html")
    page.get_by_role("button", name="Present").click()
    stage = page.get_by_role("dialog")
    assert "My new job" in stage.inner_text()
    page.keyboard.press("ArrowRight")
    assert "Before I start" in stage.inner_text() and "I sign my contract" in stage.inner_text()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('.stage').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert stage.count() == 0 and page.evaluate("document.activeElement.id") == "present"


def test_the_list_lights_the_picture(visit: Visit) -> None:
    page = visit("journey/my-new-job/index.html")
    assert page.locator(".lit").is_hidden()
    page.locator("#t-laptop").hover()
    assert page.locator(".lit").get_attribute("display") == "inline"


def test_the_theme_is_kept_for_other_pages(visit: Visit, address: str) -> None:
    page = visit("index.html", base=address)
    page.locator("#theme").select_option("dark")
    page.get_by_role("link", name="What hurts").first.click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#theme").input_value() == "dark"


WRAPPED = ("{}", "{}'", '"{}', "-->{}", "</script>{}", "</title>{}", "]]>{}", "\\{}", "&quot;{}", "{}<!--")
"""Ways out of where a text stands, before and after each payload: two hundred in all."""


@pytest.mark.parametrize("step", [21, slow(1)])
def test_no_text_runs_anything(silent: Any, tmp_path: Path, step: int) -> None:
    texts = [wrap.format(payload) if "{}" in wrap else payload for payload in PAYLOADS for wrap in WRAPPED]
    assert len(texts) == 200
    texts = texts[::step]
    folder = hostile_site(tmp_path / "hostile", [text.replace("\x00", "") for text in texts])
    others = [page for page in html_files(folder) if page.relative_to(folder).parts[0] != "journey"]
    journeys = [folder / f"journey/x{number}/index.html" for number in range(len(texts))]
    views = [*journeys[0].parent.glob("*/index.html")]
    assert {one.parent.name for one in views} >= {"history", "source"}
    assert {page.relative_to(folder).parts[0] for page in others} >= {"compare", "changes", "kpis", "about", "404.html"}
    for page in (*journeys, *views, *others, f"{folder}/search/index.html#q=a"):
        silent.goto(f"file://{page}")
        silent.wait_for_function("!document.querySelector('.bar').hidden")
        assert silent.locator("img, iframe, object, math, style, body script, [onerror], [onload]").count() == 0, page
