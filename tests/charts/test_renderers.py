"""Whole maps look alike in a browser, in a second SVG renderer and as PNG, in every script; the same on every run."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.frame import scene_of
from journeykit.drawing import fonts, runs, themes
from journeykit.drawing.scene import Scene, Text, walk
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers import figure, svg
from journeykit.model import Journey
from journeykit.reading.yaml_text import parse_yaml
from tests.drawing import pixels

from .maps import EXAMPLES, example

JOURNEYS = sorted((Path(__file__).parent / "journeys").glob("*.journey.yaml"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEAR = 0.4
"""Of a block of 4 points: a browser hints and smooths letters in its own way. A line of text elsewhere is far above."""


def told(path: Path) -> Journey:
    return Journey.model_validate({"id": "told", **parse_yaml(path.read_text(encoding="utf-8")).data})


@pytest.fixture
def held() -> Theme:
    """The light theme with DejaVu Sans as a font of one's own: each SVG holds it, whatever the machine has."""
    face = {style: fonts.shipped(bold=style[0], italic=style[1]).path for style in styles()}
    family = fonts.Family("Held", face[False, False], face[True, False], face[False, True], face[True, True])
    return themes.load("light")._replace(font=family)


def styles() -> list[tuple[bool, bool]]:
    return [(bold, italic) for bold in (False, True) for italic in (False, True)]


def browser(scene: Scene, theme: Theme, folder: Path) -> pixels.Grey:
    """The SVG as Chromium shows it, two pixels a point."""
    picture, shot = folder / "map.svg", folder / "shot.png"
    picture.write_text(svg.write(scene, theme), encoding="utf-8")
    size = f"{int(scene.width * 96 / 72) + 1},{int(scene.height * 96 / 72) + 1}"
    subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--force-device-scale-factor=1.5", f"--user-data-dir={folder / 'profile'}", f"--screenshot={shot}",
            f"--window-size={size}", picture.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    image = Image.open(io.BytesIO(shot.read_bytes())).convert("L")
    return np.asarray(image, dtype=np.float64)[: int(scene.height * 2), : int(scene.width * 2)] / 255


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("name", ["greek", "arabic"])
def test_a_browser_shows_what_the_png_shows(name: str, held: Theme, tmp_path: Path) -> None:
    (path,) = [path for path in JOURNEYS if path.name.startswith(name)]
    scene = scene_of(told(path), theme=held, columns=5)
    shown = browser(scene, held, tmp_path)
    assert pixels.apart(shown, pixels.of_png(scene, held)) < NEAR
    first = next(mark for mark, _ in walk(scene) if isinstance(mark, Text) and mark.kind == "title")
    moved = scene._replace(marks=(*scene.marks, first._replace(y=first.y + 5)))
    assert pixels.apart(shown, pixels.of_png(moved, held)) > NEAR


@pytest.mark.parametrize("chart", CHARTS)
def test_a_second_renderer_draws_what_the_png_shows(chart: str) -> None:
    light = themes.load("light")
    scene = scene_of(example("my-new-job"), chart=chart)
    assert pixels.apart(pixels.of_svg(scene, light), pixels.of_png(scene, light)) < NEAR


def test_a_text_elsewhere_would_be_seen() -> None:
    light = themes.load("light")
    scene = scene_of(example("smallest"))
    moved = scene._replace(marks=tuple(mark.moved(0, 4) for mark in scene.marks))
    assert pixels.apart(pixels.of_svg(scene, light), pixels.of_png(moved, light)) > NEAR


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.name.split(".")[0])
def test_every_script_is_drawn_in_every_format(path: Path) -> None:
    """On a machine with fonts for it and on one without: there a warning names what is missing."""
    journey, light = told(path), themes.load("light")
    scene = scene_of(journey)
    root = ElementTree.fromstring(svg.write(scene, light))
    shown = "".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    for touchpoint in journey.touchpoints:
        assert touchpoint.title.replace(" ", "") in shown.replace(" ", "")
    assert len(figure.write_png(scene, light, 36)) > 10_000
    assert figure.write_pdf(scene, light).startswith(b"%PDF")
    for gap in runs.missing((mark.text for mark, _ in walk(scene) if isinstance(mark, Text)), None):
        assert "Install" in gap.message and gap.characters


CODE = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.charts.test_renderers import drawn
print(drawn())
"""


def drawn() -> str:
    """A digest of every example as SVG, and of one as PNG and PDF."""
    digest = hashlib.sha256()
    light = themes.load("light")
    for path in EXAMPLES:
        digest.update(svg.write(scene_of(told(path)), light).encode())
    scene = scene_of(told(JOURNEYS[1]), chart="curve")
    digest.update(figure.write_png(scene, light, 72) + figure.write_pdf(scene, light))
    return digest.hexdigest()


def test_every_run_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another process, working folder, locale, hash seed and time zone, and a matplotlibrc that would spoil it."""
    (tmp_path / "matplotlibrc").write_text("savefig.dpi: 30\npath.sketch: 1, 100, 2\nbackend: garbage\n")
    outside = {
        **os.environ, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "99", "TZ": "Asia/Tokyo",
        "MPLBACKEND": "garbage", "MATPLOTLIBRC": str(tmp_path),
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", CODE, str(Path(__file__).parents[2])],
        capture_output=True, text=True, check=False, cwd=tmp_path, env=outside,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip() == drawn()
