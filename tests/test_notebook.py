"""A notebook shows the curve, the tables and the picture."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES

TOUCHPOINTS = 14
CELLS = [
    "import journeykit\njourney = journeykit.load(PATH)\njourney",
    "journeykit.score(journey)",
    "journeykit.low_points(journey)",
    "journeykit.render(journey, chart='curve', format='png')",
    "journeykit.render([journey, journeykit.load(OTHER)])",
    "journeykit.compare(PATH, OTHER)",
    "journeykit.load('nowhere.yaml')",
    "journeykit.lint(PATH)",
    "journeykit.render(journey, chart='moon')",
    "journeykit.history('mine.journey.yaml')",
    "journeykit.peaks(journey)",
    "journeykit.opportunities(journey)",
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The output of each cell, by its kind."""
    nbclient = pytest.importorskip("nbclient")
    from nbformat import v4

    paths = EXAMPLES / "my-new-job.journey.yaml", EXAMPLES / "my-new-job-to-be.journey.yaml"
    new_cell: Any = v4.new_code_cell
    first = new_cell(f"PATH, OTHER = {str(paths[0])!r}, {str(paths[1])!r}")
    notebook: Any = v4.new_notebook(cells=[first, *map(new_cell, CELLS)])  # type: ignore[no-untyped-call]
    folder = tmp_path_factory.mktemp("notebook")
    shutil.copy(paths[0], folder / "mine.journey.yaml")
    subprocess.run(["git", "init", "-q", folder], check=True)
    nbclient.NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def shown(outputs: list[Any]) -> dict[str, str]:
    (output,) = outputs
    assert output.output_type == "execute_result", output
    return dict(output.data)


def test_a_journey_shows_its_curve(outputs: list[Any]) -> None:
    svg = shown(outputs[0])["image/svg+xml"]
    assert svg.startswith("<svg") and "My new job" in svg


def test_scores_are_a_table_of_touchpoints(outputs: list[Any]) -> None:
    html = shown(outputs[1])["text/html"]
    assert html.count("<tr>") == 1 + TOUCHPOINTS
    assert "<th>Score</th>" in html and "My new job" in html


def test_low_points_are_a_table(outputs: list[Any]) -> None:
    html = shown(outputs[2])["text/html"]
    assert "critical" in html and "<table>" in html


def test_peaks_and_opportunities_are_tables(outputs: list[Any]) -> None:
    peaks, ideas = (shown(outputs[number])["text/html"] for number in (10, 11))
    assert "<caption>Peaks</caption>" in peaks and "Over expectation" in peaks
    assert "<caption>Opportunities</caption>" in ideas and "Send a short note every week" in ideas


def test_what_lint_compare_and_history_return_are_tables(outputs: list[Any]) -> None:
    comparison, linted, history = (shown(outputs[number])["text/html"] for number in (5, 7, 9))
    assert (
        "My new job" in comparison and "66.5 good → 80.6 excellent" in comparison and "<td>changed</td>" in comparison
    )
    assert linted.count("<tr>") > 1 and "<td>missing-renewal</td>" in linted
    assert "mine.journey.yaml" in history and history.count("<tr>") == 2 and "66.5" in history


def test_pictures_are_displayed(outputs: list[Any]) -> None:
    assert shown(outputs[3])["image/png"].startswith("iVBOR")
    assert "image/svg+xml" not in shown(outputs[3])
    assert "<svg" in shown(outputs[4])["image/svg+xml"]


def test_plain_texts_are_short(outputs: list[Any]) -> None:
    assert shown(outputs[1])["text/plain"] == "<Scores of 'My new job': 66.5 good>"
    assert shown(outputs[4])["text/plain"] == "<RenderedPicture overlay as svg>"


def test_errors_say_what_to_do(outputs: list[Any]) -> None:
    (error,) = outputs[8]
    assert error.ename == "UsageError"
    assert error.evalue == "there is no chart 'moon'\n  charts: map, curve, flow, blueprint"
    (error,) = outputs[6]
    assert (error.ename, error.evalue) == ("MissingFileError", f"{Path('nowhere.yaml')}: no such file or folder")
