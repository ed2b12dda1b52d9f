"""What customers answered, beside the map: the surveys in a file, the series beside it, and files that are none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from journeykit.project import Project
from journeykit.project.reading import Targets
from journeykit.site.build import build_site
from journeykit.site.options import options_from
from tests.conftest import EXAMPLES, ROOT
from tests.websites.conftest import TODAY, build, parsed, text_of

MAP = """\
id: leak
title: I report a leak
status: live
persona: Dana
touchpoints:
  - id: call
    title: I wait on the phone
    satisfaction: -2
    measured: {mean: 3.8, sd: 1, n: 80, scale: 1..5, period: 2026-Q3}
  - {id: visit, title: The plumber comes, satisfaction: 1, measured: {mean: 4, sd: 1, n: 90, scale: 1..5}}
  - {id: dry, title: It is dry, satisfaction: 2, measured: {mean: 1, n: 3, scale: 1..5}}
"""


def rows(site: Path, page: str, id: str) -> list[list[str]]:
    table = parsed(site / page).find(f".//section[@id='{id}']//tbody")
    return [[text_of(cell) for cell in row] for row in table]


def test_the_map_and_its_customers_stand_beside_each_other(tmp_path: Path) -> None:
    (tmp_path / "leak.journey.yaml").write_text(MAP, encoding="utf-8")
    build([tmp_path], tmp_path / "site")
    found = rows(tmp_path / "site", "journey/leak/measured/index.html", "said")
    assert found[0] == ["I wait on the phone", "0 poor", "70 good", "+70.0", "80", "2026-Q3"]
    assert found[1] == ["The plumber comes", "75 good", "75 good", "0.0", "90", "–"]
    assert found[2] == ["It is dry", "100 excellent", "–", "–", "–", "–"]  # too few answers
    beside = rows(tmp_path / "site", "kpis/index.html", "measured")
    assert beside == [["I report a leak", "3 / 3", "2026-Q3", "I wait on the phone 0 → 70 (+70.0)"]]


def test_the_series_beside_a_map_is_drawn_and_the_newest_figures_are_text(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "measured" / "repair.journey.yaml", tmp_path)
    shutil.copy(ROOT / "docs" / "gallery" / "journeys" / "repair.measures.csv", tmp_path)
    build([tmp_path], tmp_path / "site", include=("drafts",))
    page = "journey/repair/measured/index.html"
    found = rows(tmp_path / "site", page, "series")
    assert found[0][:3] == ["I order the repair CSAT · mean · 1..5 · survey", "2026-07", "80.0 39.5–100.0"]
    assert len(found) == 5 and found[-1][0].startswith("NPS")
    assert parsed(tmp_path / "site" / page).find(".//*[@id='chart-picture']") is not None


def test_a_series_that_is_none_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "leak.journey.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "leak.measures.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert build([tmp_path], tmp_path / "site").status == 0
    text = text_of(parsed(tmp_path / "site/journey/leak/measured/index.html").find(".//main"))
    assert "leak.measures.csv: not a series that journeykit measure wrote" in text


def test_a_series_that_comes_later_is_seen_by_the_next_build(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "measured" / "repair.journey.yaml", tmp_path)
    project = replace(Project.find(isolated=True), today=TODAY)
    options = options_from(project.settings, TODAY, {"history": False, "include": ("drafts",)})
    page = tmp_path / "site/journey/repair/measured/index.html"
    build_site(project, Targets((tmp_path,)), options, tmp_path / "site")
    assert not page.exists()
    shutil.copy(ROOT / "docs" / "gallery" / "journeys" / "repair.measures.csv", tmp_path)
    build_site(project, Targets((tmp_path,)), options, tmp_path / "site")
    assert page.exists()
