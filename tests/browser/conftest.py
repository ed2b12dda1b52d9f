"""Chromium of the system, driven by playwright (the extra `browser`); without them these tests are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES, ROOT

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = Path(os.environ.get("JOURNEYKIT_AXE") or ROOT / "build" / "site" / "node_modules" / "axe-core" / "axe.min.js")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for a module: while playwright is open, the thread has an event loop, and no other can run in it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make test-site")
    program = os.environ.get("JOURNEYKIT_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("there is no chromium: install it, or name it in JOURNEYKIT_CHROMIUM")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=[*FLAGS])
        yield opened
        opened.close()


@pytest.fixture
def silent(browser: Any) -> Iterator[Any]:
    """A page of its own, which at the end has opened no dialog, written no message and met no error."""
    alarms: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    yield page
    context.close()
    assert alarms == []


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test-site")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `one.html`, a journey, `two.html`, two of them, and `ar.html`, one from right to left."""
    from journeykit.charts.picture import Picture
    from journeykit.project import Project
    from journeykit.web.page import write_page

    folder = tmp_path_factory.mktemp("pages")
    arabic = ROOT / "tests" / "charts" / "journeys" / "arabic.journey.yaml"
    job, future = EXAMPLES / "my-new-job.journey.yaml", EXAMPLES / "my-new-job-to-be.journey.yaml"
    for name, paths in {"one": [job], "two": [job, future], "ar": [arabic]}.items():
        scored = Project.find(isolated=True).score(*paths)
        data = write_page([(one.journey, one.scores) for one in scored], Picture("html"))
        (folder / f"{name}.html").write_bytes(data)
    return folder


@pytest.fixture
def visit(browser: Any, pages: Path) -> Iterator[Callable[..., Any]]:
    """Open a page; at the end the console was silent, no policy was violated and nothing was requested."""
    contexts = []
    said: list[str] = []

    def open_page(name: str, width: int = 1280, height: int = 900, at: str = "", **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith("file:") else said.append(request.url))
        page.goto(f"file://{pages / name}{at}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
