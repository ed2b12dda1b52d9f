"""Exported diagrams, opened by the parsers of Mermaid and bpmn.io; skipped where `make test-readers` has not been."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journeykit.interchange import named_format
from journeykit.interchange.exported import export
from journeykit.model import Journey
from journeykit.reading import load
from tests.conftest import EXAMPLES, ROOT
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
