"""Live preview: from the save of a file to the new pixels in a browser, of a journey of 45 touchpoints."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.setting import Setting
from benchmarks.table import Row, Target

SECTION = "live preview"
TOUCHPOINTS = 45
SAVES, FEW = 40, 10
PIXELS = Target(300, unit="ms")
"""95 of 100 saves are on the screen within it."""
PAUSE, MOST = 0.3, 30
"""Seconds between two saves, so that each is a build of its own, and how long one is waited for."""
DRAWN = """
window.drawn = [];
const look = new MutationObserver(() => {
  const title = document.querySelector("h1").textContent;
  if (window.drawn.some(([one]) => one === title)) return;
  requestAnimationFrame(() => setTimeout(() => window.drawn.push([title, performance.timeOrigin + performance.now()])));
});
look.observe(document.body, { childList: true, subtree: true });
"""
"""A title is noted after the frame that shows it was painted."""


def measure(setting: Setting) -> Iterator[Row]:
    """Yield the row of this section."""
    browser = shutil.which("chromium")
    name = f"save to pixels, {TOUCHPOINTS} touchpoints, 95 of 100"
    if browser is None or find_spec("playwright") is None:
        yield Row(SECTION, name, "", None, PIXELS, note="needs Chromium and playwright: pip install -e '.[browser]'")
        return
    file = setting.journeys(1, TOUCHPOINTS)[0]
    times = latencies(setting.program, file, browser, FEW if setting.quick else SAVES)
    yield Row(SECTION, name, "", quantiles(times, n=20)[-1] * 1000, PIXELS)


def latencies(program: str, file: Path, browser: str, saves: int) -> list[float]:
    """Return the seconds from each save of a file to the picture that shows it."""
    from playwright.sync_api import sync_playwright

    text = re.sub(r"^title: .*$", "title: Save 0", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    served = subprocess.Popen(
        [program, "serve", str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert served.stdout is not None
        found = re.search(r"http://\S+/", served.stdout.readline())
        assert found, "journeykit serve said no address"
        with sync_playwright() as driver:
            opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
            page = opened.new_page()
            page.goto(found[0])
            page.locator("#all-journeys tbody a").first.click()
            page.locator(".journey .panel").wait_for()
            page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": DRAWN})
            found_times = [_latency(page, file, text, number) for number in range(1, saves + 1)]
            opened.close()
    finally:
        served.terminate()
        served.wait(10)
    return found_times


def _latency(page: Any, file: Path, text: str, number: int) -> float:
    """Save a file with a title that it did not have, and return the seconds until the page shows it."""
    title = f"Save {number}"
    time.sleep(PAUSE)
    saved = time.time()
    file.write_text(text.replace("title: Save 0", f"title: {title}", 1), encoding="utf-8")
    while (drawn := page.evaluate("name => window.drawn.find(([one]) => one === name)", title)) is None:
        if time.time() > saved + MOST:
            raise TimeoutError(f"a save was not on the page within {MOST} s")
        time.sleep(0.01)
    return float(drawn[1]) / 1000 - saved
