"""The pictures of the editor in the docs: `python -m tests.browser.edit_pictures` writes docs/pictures/edit-*.png."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.test_edit import TOKEN, edited
from tests.conftest import EXAMPLES, ROOT
from tests.repositories import Folder
from tests.websites.test_live import Live

PICTURES = ROOT / "docs" / "pictures"


def refresh() -> None:
    """Edit a copy of an example, and take a picture of each thing that the docs speak of."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name), sync_playwright() as driver:
        folder = Path("maps")  # the page names files as the command does
        folder.mkdir()
        shutil.copy(EXAMPLES / "my-new-job.journey.yaml", folder)
        shutil.copytree(EXAMPLES / "pictures", folder / "pictures")
        Folder(Path.cwd()).commit()  # what changed since is suggested as a message
        live = Live(folder)
        edited(live)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        page.goto(f"{live.server.address}edit/my-new-job/#token={TOKEN}")
        page.locator("#edit.ready").wait_for()
        _take(page)
        browser.close()
        live.end()


def _take(page: Any) -> None:
    def shot(name: str) -> None:
        page.mouse.move(0, 0)
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"edit-{name}.png")

    page.locator("#card-silence").click()
    shot("map")
    page.locator("#face-silence").focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("Enter")
    page.locator("#undo:not([aria-disabled=true])").wait_for()
    page.locator("#tab-changes").click()
    page.locator(".t-scroll").evaluate("one => { one.scrollLeft = 0; }")
    shot("changes")
    page.locator("#undo").click()
    page.locator("#redo:not([aria-disabled=true])").wait_for()
    page.locator("#workshop").click()
    page.locator("#step-2").click()
    shot("workshop")


if __name__ == "__main__":
    refresh()
