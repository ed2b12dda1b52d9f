"""The README and the pages in `PAGES` are true: commands print what they say, pictures are those drawn now."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from journeykit.reading.faults import PAGES as FAULTS
from tests.decision_index import DECISIONS, INDEX, index
from tests.format_tables import PAGE, fresh
from tests.readme import (
    DRAWN,
    IN_ORDER,
    PAGES,
    PICTURES,
    README,
    ROOT,
    Block,
    blocks,
    draw,
    run,
    run_in_order,
    workplace,
)

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workplace(tmp_path_factory.mktemp("readme"))


BLOCKS = [block for page in PAGES for block in blocks(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.command)
def test_a_command_prints_what_its_page_says(block: Block, folder: Path) -> None:
    assert run(block.command, folder) == block.output, "run `make docs`"


@pytest.mark.parametrize("page", IN_ORDER, ids=lambda page: page.stem)
def test_commands_that_build_on_each_other_print_what_their_page_says(page: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="the engine for files is an extra")
    assert run_in_order(page, tmp_path / "folder") == blocks(page.read_text(encoding="utf-8")), "run `make docs`"


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
    wanted = ["A journey", "What lint says", "The picture", "Install", "First steps", "Commands", "Links"]
    assert re.findall(r"^## (.*)$", TEXT, re.MULTILINE) == wanted


def test_the_readme_is_short_and_links_to_every_page() -> None:
    assert len(TEXT.splitlines()) <= 160
    pages = {page.relative_to(ROOT).as_posix() for page in ROOT.glob("docs/*.md")}
    assert sorted(page for page in pages if f"({page})" not in TEXT) == []


def test_the_glossary_is_in_order() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    tables = [re.findall(r"^\| (?!term|---)(.*?) \|", part, re.MULTILINE) for part in text.split("\n## ")[1:]]
    assert all(len(terms) > 30 and terms == sorted(terms, key=str.casefold) for terms in tables), "sort the rows"


def test_the_tables_of_the_format_are_fresh() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert fresh(text) == text, "run `make docs`"


def test_the_format_names_every_fault() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [id for id in FAULTS if f"`{id}`" not in text] == []


def test_decisions_have_their_parts_and_are_listed() -> None:
    assert index() == INDEX.read_text(encoding="utf-8"), "run `make docs`"
    records = [path for path in DECISIONS.glob("*.md") if path != INDEX]
    assert len({path.name[:4] for path in records}) == len(records)
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(record.name[:4])}. "), record.name
        parts = re.findall(r"^(?:## |\*\*)(Context|Decision|Consequence)", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequence"], record.name


def test_links_lead_somewhere() -> None:
    for page in (
        README,
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("docs/decisions/*.md"),
        ROOT / "CONTRIBUTING.md",
        ROOT / "benchmarks" / "README.md",
    ):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
