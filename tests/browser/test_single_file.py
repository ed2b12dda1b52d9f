"""The site as one file in a browser, opened with a double click: its pages, its state, and what hostile texts do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_site import WRAPPED, axe_finds, load
from tests.conftest import EXAMPLES, slow
from tests.web.test_markup import PAYLOADS
from tests.websites.test_pages import hostile_files
from tests.websites.test_single_file import build_file, packed_pages

Visit = Callable[[str], Any]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("single") / "site.html"
    return build_file([EXAMPLES], target, include=("personal", "drafts", "quotes"))


@pytest.fixture
def visit(browser: Any, file: Path) -> Iterator[Visit]:
    """Open a page of the file; at the end the console was silent, and only the file was asked for."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: None if one.url.partition("?")[0] == f"file://{file}" else said.append(one.url))

    def open_page(name: str) -> Any:
        page.goto("about:blank")
        page.goto(f"file://{file}{name}")
        page.locator("html:not(.opening)").wait_for()
        return page

    yield open_page
    context.close()
    assert said == []


@pytest.mark.parametrize("step", [7, slow(1)])
def test_every_page_opens_and_says_where_one_is(visit: Visit, file: Path, step: int) -> None:
    pages = packed_pages(file)
    for name, (title, _) in list(pages.items())[::step]:
        page = visit(f"?{name}")
        assert page.title() == title, name
        assert page.locator("main h1").count() == 1 and page.locator("[aria-current=page]").count() >= 1
    assert len(pages) > 40


def test_links_go_to_pages_and_places_and_back(visit: Visit) -> None:
    page = visit("")
    page.locator("#hurts tbody a").first.click()
    page.locator(".journey .panel h3").wait_for()
    assert page.url.partition("?")[2].startswith("journey/") and "#t-" in page.url
    page.locator("#map-picture").wait_for()
    page.get_by_role("link", name="What hurts").first.click()
    page.get_by_role("heading", name="What hurts", level=1).wait_for()
    assert page.locator(".top [aria-current=page]").inner_text() == "What hurts"
    page.go_back()
    page.locator(".journey .panel h3").wait_for()


def test_filters_and_the_search_keep_their_state_in_the_address(visit: Visit) -> None:
    page = visit("")
    page.locator("[data-facet=owner]").select_option("Service desk lead")
    assert page.locator("#all-journeys tbody tr:visible").count() == 2
    address = page.url
    page = visit(address.partition("site.html")[2])
    assert page.locator("#all-journeys tbody tr:visible").count() == 2
    page = visit("?search/")
    page.keyboard.type("lapt")
    page.locator("#results a").first.click()
    page.locator(".journey .panel h3").wait_for()


def test_axe_finds_nothing(visit: Visit, axe: str) -> None:
    for name in ("", "?journey/my-new-job/", "?weakest/", "?search/"):
        page = visit(name)
        load(page, axe)
        assert axe_finds(page) == [], name


def test_without_a_script_each_journey_can_be_read(browser: Any, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{file}")
    assert page.locator("main").is_visible()
    assert page.get_by_role("heading", name="My new job", exact=True).is_visible()
    context.close()


@pytest.mark.parametrize("step", [41, slow(11)])
def test_no_text_runs_anything(silent: Any, tmp_path: Path, step: int) -> None:
    texts = [wrap.format(payload) if "{}" in wrap else payload for payload in PAYLOADS for wrap in WRAPPED][::step]
    folder = hostile_files(tmp_path / "hostile", [text.replace("\x00", "") for text in texts])
    file = build_file([folder], tmp_path / "site.html", include=("personal", "quotes"), title=texts[0])
    for name in packed_pages(file):
        silent.goto("about:blank")
        silent.goto(f"file://{file}?{name}")
        silent.locator("html:not(.opening)").wait_for()
        assert silent.locator("img, iframe, object, math, main script, [onerror], [onload]").count() == 0, name
