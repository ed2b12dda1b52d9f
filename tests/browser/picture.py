"""The screenshot of a web page in the docs: `python -m tests.browser.picture` writes docs/pictures/page.png."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.gallery import JOB, TO_BE
from tests.readme import ROOT, run

PICTURE = ROOT / "docs" / "pictures" / "page.png"


def refresh() -> None:
    """Draw the page of the gallery and take its picture."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        target = Path(name) / "page.html"
        run(f"journeykit render {JOB} {TO_BE} -q -o {target}", ROOT)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.goto(f"file://{target}")
        page.locator("#t-laptop-tab").click()
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    refresh()
