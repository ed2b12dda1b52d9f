"""The served site in a browser: a page takes over what is saved, keeps its last good state, and stays where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from journeykit.site.live.serving import TOKEN_HEADER
from tests.websites.test_live import Live, folder, serve, write  # noqa: F401 - fixtures

Serve = Callable[..., Live]


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[Live, str], Any]]:
    """Open a page of a served site; at the end the console was silent, and nothing was asked for elsewhere."""
    said: list[str] = []
    contexts = []

    def open_page(live: Live, path: str) -> Any:
        context = browser.new_context(viewport={"width": 1000, "height": 400}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith(live.server.address) else said.append(one.url))
        page.goto(f"{live.server.address}{path}")
        page.wait_for_timeout(300)  # the stream of events is open
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def shows(page: Any, title: str) -> None:
    page.get_by_role("heading", name=title, level=1).wait_for()


def test_a_save_is_on_the_page_with_the_old_score_and_the_reader_stays(
    serve: Serve,  # noqa: F811
    folder: Path,  # noqa: F811
    visit: Callable[[Live, str], Any],
) -> None:
    page = visit(serve(folder), "journey/a/")
    shows(page, "First")
    page.locator(".strip a").nth(1).click()
    page.locator("#files").scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 100
    write(folder, "Second", 1)
    shows(page, "Second")
    assert page.title().startswith("Second")
    assert page.locator(".score-was").inner_text().count("→") == 1
    assert abs(page.evaluate("scrollY") - place) < 40
    assert page.locator(".strip [aria-selected=true]").get_attribute("data-id") == "i-wait"
    assert "I wait" in page.locator(".panel").inner_text()


def test_a_mistake_leaves_the_last_good_page_below_a_banner_until_it_is_mended(
    serve: Serve,  # noqa: F811
    folder: Path,  # noqa: F811
    visit: Callable[[Live, str], Any],
) -> None:
    page = visit(serve(folder), "journey/a/")
    text = (folder / "a.journey.yaml").read_text(encoding="utf-8")
    (folder / "a.journey.yaml").write_text(text.replace("I call,", "I call, chanel: web,"), encoding="utf-8")
    banner = page.locator(".toast")
    banner.wait_for()
    assert "a.journey.yaml: This file has mistakes." in banner.inner_text() and "4:" in banner.inner_text()
    assert "chanel" in banner.inner_text() and "channel" in banner.inner_text()
    shows(page, "First")
    assert page.locator("#map-picture").is_visible()
    write(folder, "Mended")
    shows(page, "Mended")
    banner.wait_for(state="detached")


def test_the_first_page_follows_too_and_print_is_asked_for_once(
    serve: Serve,  # noqa: F811
    folder: Path,  # noqa: F811
    visit: Callable[[Live, str], Any],
) -> None:
    page = visit(serve(folder), "")
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    write(folder, "Second", 1)
    page.locator("#all-journeys a", has_text="Second").wait_for()
    page.locator("#print").click()
    assert page.evaluate("window.printed") == 1


def test_unsaved_text_is_shown_and_taken_back(
    serve: Serve,  # noqa: F811
    folder: Path,  # noqa: F811
    visit: Callable[[Live, str], Any],
) -> None:
    live = serve(folder, token="secret")
    page = visit(live, "journey/a/")
    text = (folder / "a.journey.yaml").read_text(encoding="utf-8").replace("First", "Unsaved")
    key = {TOKEN_HEADER.replace("-", "_"): "secret"}
    assert live.ask("/_buffer/a", "POST", text.encode(), **key)[0] == 200
    shows(page, "Unsaved")
    assert live.ask("/_buffer/a", "POST", b"", **key)[0] == 200
    shows(page, "First")
