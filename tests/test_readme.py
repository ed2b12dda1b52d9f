"""The README tells the truth: its commands print what it says, its pictures are those drawn now."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from journeykit.reading.faults import PAGES
from tests.format_tables import PAGE, fresh
from tests.readme import DRAWN, PICTURES, README, ROOT, Block, blocks, draw, run, workplace

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workplace(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize("block", blocks(TEXT), ids=lambda block: block.command)
def test_a_command_prints_what_the_readme_says(block: Block, folder: Path) -> None:
    assert run(block.command, folder) == block.output, "run `make docs`"


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_fresh(name: str, folder: Path) -> None:
    assert draw(name, folder) == (PICTURES / name).read_bytes(), "run `make docs`"


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "laptop" in done.stdout
    assert (folder / "my-new-job.png").read_bytes().startswith(b"\x89PNG")


def test_the_sections_stand_in_their_order() -> None:
    wanted = ["A journey", "What lint says", "The picture", "Install", "Commands", "Exit codes", "Links"]
    assert re.findall(r"^## (.*)$", TEXT, re.MULTILINE) == wanted


def test_the_tables_of_the_format_are_fresh() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert fresh(text) == text, "run `make docs`"


def test_the_format_names_every_fault() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [id for id in PAGES if f"`{id}`" not in text] == []


def test_links_lead_somewhere() -> None:
    for page in (README, *ROOT.glob("docs/*.md"), ROOT / "CONTRIBUTING.md", ROOT / "benchmarks" / "README.md"):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
