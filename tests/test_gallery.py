"""The gallery is what the commands on it draw now, on any machine, and it leaves no chart, theme or language out."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeykit.charts.chart_types import CHARTS
from journeykit.charts.locales import LANGUAGES
from journeykit.drawing import themes
from journeykit.reading.yaml_text import parse_yaml
from tests.gallery import PAGE, PICTURES, PLATES, draw, page
from tests.readme import ROOT


@pytest.mark.parametrize("name", PLATES)
def test_a_picture_is_fresh(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))  # a machine without fonts of its own
    monkeypatch.setenv("HOME", str(tmp_path))
    new, drawn = PICTURES / f"{name}.new.svg", draw(name, tmp_path)
    if drawn == (PICTURES / f"{name}.svg").read_bytes():
        new.unlink(missing_ok=True)
        return
    new.write_bytes(drawn)
    pytest.fail(f"{name}.svg is drawn differently now: compare it with {new.relative_to(ROOT)}, then run `make docs`")


def test_the_page_is_fresh() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), "run `make docs`"
    assert {path.stem for path in PICTURES.glob("*.svg") if not path.name.endswith(".new.svg")} == set(PLATES)


def test_nothing_is_left_out() -> None:
    shown = [plate.arguments for plate in PLATES.values()]
    for chart in set(CHARTS) - {"map"}:
        assert any(f"--chart {chart}" in arguments for arguments in shown), chart
    assert any("--overlay --axis time" in arguments for arguments in shown)
    for theme in themes.NAMES:
        assert any(f"--theme {theme}" in arguments for arguments in shown), theme
    drawn = {word for arguments in shown for word in arguments.split() if word.endswith(".journey.yaml")}
    spoken = {parse_yaml((ROOT / path).read_text(encoding="utf-8")).data.get("lang", "en") for path in drawn}
    assert set(LANGUAGES) <= spoken


def test_the_gallery_is_light() -> None:
    assert sum(path.stat().st_size for path in PICTURES.glob("*.svg") if ".new" not in path.name) < 3_000_000
