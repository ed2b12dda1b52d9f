"""Exports, opened by programs that `make test-readers` installs, and by LibreOffice.

The programs are the parsers of Mermaid and bpmn.io, a viewer of JSON Canvas, and the client of Miro.

What is not installed is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from journeykit.interchange import named_format
from journeykit.interchange.exported import export
from journeykit.model import Journey
from journeykit.reading import load
from tests.conftest import EXAMPLES, ROOT, run_here
from tests.interchange.random_journeys import random_journey

PACKAGES = Path(os.environ.get("JOURNEYKIT_READERS") or ROOT / "build" / "readers")
SCRIPT = Path(__file__).with_name("read.mjs")


def opened(folder: Path, name: str, package: str) -> Iterator[tuple[Journey, dict[str, Any]]]:
    """Journeys with what a parser says of them, all in one process."""
    node = shutil.which("node")
    if node is None or not (PACKAGES / "node_modules" / package).is_dir():
        pytest.skip(f"node or {package} is not installed: make test-readers")
    form = named_format(name)
    journeys = [*map(load, map(str, sorted(EXAMPLES.glob("*.journey.yaml")))), *map(random_journey, range(15))]
    files = [folder / f"{number}{form.suffix}" for number in range(len(journeys))]
    for path, journey in zip(files, journeys, strict=True):
        path.write_bytes(export(journey, form).data)
    done = subprocess.run(
        [node, SCRIPT, PACKAGES, *files], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    yield from zip(journeys, map(json.loads, done.stdout.splitlines()), strict=True)


def plain(text: str) -> str:
    """A text of Mermaid as its drawing shows it: its parser keeps references to characters in signs of its own."""
    return re.sub(r"ﬂ°°(\d+)¶ß", lambda match: chr(int(match[1])), text)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_bpmn_io_reads_every_diagram_without_a_warning(tmp_path: Path) -> None:
    for journey, found in opened(tmp_path, "bpmn", "bpmn-moddle"):
        assert (found.get("error"), found["warnings"], found["diagrams"]) == (None, [], 1)
        assert [one_line(name) for name in found["tasks"]] == [one_line(point.title) for point in journey.touchpoints]


def test_mermaid_reads_every_task_with_its_score_and_stage(tmp_path: Path) -> None:
    for journey, found in opened(tmp_path, "mermaid", "mermaid"):
        assert found.get("error") is None
        assert plain(found["title"]) == one_line(journey.title)
        titles = [one_line(point.title) for point in journey.touchpoints]
        assert [plain(task["title"]).strip("“”") for task in found["tasks"]] == titles
        stages = [one_line(place.stage.name) for place in journey.places]
        assert [plain(task["stage"]) for task in found["tasks"]] == stages
        assert all(1 <= task["score"] <= 5 and task["people"] for task in found["tasks"])


def test_a_viewer_of_json_canvas_shows_every_card_stage_and_answer(tmp_path: Path) -> None:
    for journey, found in opened(tmp_path, "json-canvas", "json-canvas-viewer"):
        assert found.get("error") is None
        points = {point.id: point for point in journey.touchpoints}
        assert [card["id"] for card in found["cards"]] == list(points)
        for card, point in zip(found["cards"], points.values(), strict=True):
            assert card["title"] == one_line(point.title)
            shown = one_line(card["text"])
            assert [text for text in (*point.thinks, *point.pains) if one_line(text) not in shown] == []
        stages = {stage.name for stage in journey.stages if stage.name and stage.touchpoints}
        answers = {
            option.answer
            for point in points.values()
            for option in (point.decision.options if point.decision else ())
            if option.to in points and option.to != point.id  # the viewer draws no arrow from a card to itself
        }
        assert set(found["words"]) == stages | answers


def test_the_client_of_miro_sends_every_note_whole(tmp_path: Path) -> None:
    client = PACKAGES / "node_modules" / "@mirohq" / "miro-api" / "dist"
    for _, found in opened(tmp_path, "miro", "@mirohq/miro-api"):
        assert found.get("error") is None
        assert found["sent"] == found["bodies"]
        limit = re.search(r"up to (\d+) items per request", (client / "model" / "itemCreate.d.ts").read_text("utf-8"))
        assert limit and all(0 < len(body) <= int(limit[1]) for body in found["bodies"])
        notes = [note for body in found["bodies"] for note in body]
        assert {note["type"] for note in notes} <= set(found["types"])
        assert {note["data"]["shape"] for note in notes} <= set(found["shapes"])
        assert {note["style"]["fillColor"] for note in notes} <= set(found["colors"])


@pytest.mark.slow
def test_calc_keeps_the_drop_downs_and_what_it_saves_comes_back(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    maps = sorted(EXAMPLES.glob("*.journey.yaml"))
    for path in maps:
        shutil.copy(path, tmp_path)
        (tmp_path / f"{path.name}.xlsx").write_bytes(export(load(path), named_format("xlsx")).data)
    books = sorted(tmp_path.glob("*.xlsx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for form, some in (("xlsx", books), ("ods", books[:2])):
        convert = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "saved")]
        subprocess.run([*convert, *map(str, some)], check=True, capture_output=True, timeout=600)
    for path, book in zip(maps, books, strict=True):
        ours, saved = openpyxl.load_workbook(book), openpyxl.load_workbook(tmp_path / "saved" / book.name)
        assert lists(saved) == lists(ours)
        assert saved["Words"].sheet_state == "hidden"
        if book in books[:2]:
            with zipfile.ZipFile(tmp_path / "saved" / f"{path.name}.ods") as parts:
                content = parts.read("content.xml").decode()
            places = re.findall(r'of:cell-content-is-in-list\(\[([^\]"]+)\]\)', content)
            assert {place.replace(".", "") for place in places} == {
                "$" + words.replace("!", "") for _, _, _, words in lists(ours)
            }
        done = run_here("import", tmp_path / "saved" / book.name, "--into", tmp_path / path.name, "--diff")
        assert (done.status, done.out) == (0, ""), path.name


def lists(book: openpyxl.Workbook) -> list[tuple[str, str, str, str]]:
    """The drop-downs of a workbook: their sheets, cells, and where their words stand."""
    return sorted(
        (sheet.title, str(one.sqref), one.type, one.formula1)
        for sheet in book
        for one in sheet.data_validations.dataValidation
    )
