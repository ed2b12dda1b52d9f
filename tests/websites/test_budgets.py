"""How large a site is: what a journey and what a row of the first page take, and what all pages share.

Sizes are those of generated journeys of 14 touchpoints, as the budgets of docs/site.md say them. A difference of two
sites is what one more journey takes, without what every site has.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from benchmarks.generate import journey
from benchmarks.notation import as_yaml

from journeykit.site.build import INDENT
from journeykit.site.pages.editor import EDIT_ASSETS
from tests.websites.conftest import build

FEW, MORE = 2, 8
JOURNEY = 350_000
"""Bytes on disk that a journey may take, with map, curve, pages and downloads."""
PAGE, ROW, SEARCH = 220_000, 450, 700
SHARED = {"css": 20_000, "js": 30_000}
EDITOR = {"css": 22_000, "js": 60_000}
"""What the pages of the editor load besides."""
"""Of the style sheet and of all scripts, without comments and indentation; neither is minified."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    found = []
    for count in (FEW, MORE):
        folder = tmp_path_factory.mktemp("budget")
        for number in range(count):
            data = {**journey(1, number, 14), "status": "live"}
            (folder / f"journey-{number}.journey.yaml").write_text(as_yaml(data), encoding="utf-8")
        build([folder], folder / "site", title="Help desk")
        found.append(folder / "site")
    return found[0], found[1]


def size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(map(size, path.iterdir()))


def each(sites: tuple[Path, Path], name: str = ".") -> float:
    """Return what one more journey adds to a file or a folder of the site."""
    few, more = (size(site / name) for site in sites)
    return (more - few) / (MORE - FEW)


def test_a_journey_on_disk(sites: tuple[Path, Path]) -> None:
    assert 100_000 < each(sites) <= JOURNEY


def test_the_page_of_a_journey(sites: tuple[Path, Path]) -> None:
    pages = [size(page) for page in (sites[1] / "journey").glob("*/index.html")]
    assert len(pages) == MORE and max(pages) <= PAGE


def test_a_row_of_the_first_page_and_the_search(sites: tuple[Path, Path]) -> None:
    """The head of the page, with its choices of filters, is beside them."""
    few, more = (rows(site) for site in sites)
    assert len(few) == FEW and len(more) == MORE
    assert sum(len(row.encode()) for row in more) / MORE <= ROW
    assert each(sites, "assets/search-data.js") <= SEARCH


def rows(site: Path) -> list[str]:
    body = (site / "index.html").read_text(encoding="utf-8").partition("id=all-journeys")[2].partition("<tbody>")[2]
    return body.partition("</tbody>")[0].split("<tr ")[1:]


@pytest.mark.parametrize("kind", SHARED)
def test_what_all_pages_share(sites: tuple[Path, Path], kind: str) -> None:
    parts = [one for one in (sites[0] / "assets").glob(f"*.{kind}") if one.name != "search-data.js"]
    assert parts and sum(map(size, parts)) <= SHARED[kind]


@pytest.mark.parametrize("kind", EDITOR)
def test_what_the_editor_loads_besides(kind: str) -> None:
    folder = files("journeykit.site").joinpath("assets")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in EDIT_ASSETS if name.endswith(kind)]
    assert texts and sum(len(INDENT.sub("", text).encode()) for text in texts) <= EDITOR[kind]
