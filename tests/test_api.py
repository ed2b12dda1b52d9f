"""The Python API, as a notebook uses it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import journeykit
from tests.conftest import EXAMPLES

PATH = EXAMPLES / "my-new-job.journey.yaml"


@pytest.mark.parametrize("path", [PATH, str(PATH)], ids=["path", "text"])
def test_a_journey_is_loaded_scored_and_searched_for_low_points(path: Path | str) -> None:
    journey = journeykit.load(path)
    assert journey.title == "My new job"
    assert [point.id for point in journey.touchpoints][:2] == ["contract", "silence"]
    scores = journeykit.score(journey)
    assert scores.score is not None
    assert 0 < scores.score < 100
    worst = journeykit.low_points(journey)[0]
    assert (worst.id, worst.kind, worst.rank) == ("laptop", "critical", 1)
    assert journeykit.peaks(journey)
    assert journeykit.opportunities(journey)[0].opportunity.id


def test_a_document_is_linted() -> None:
    document = journeykit.read_file(PATH)
    assert document.journey is not None
    findings = journeykit.lint(document).findings
    assert {finding.rule for finding in findings} >= {"silent-wait"}
    assert all(isinstance(finding, journeykit.Finding) for finding in findings)
    assert all(finding.severity in journeykit.Severity for finding in findings)


def test_text_is_read_without_a_file() -> None:
    document = journeykit.read_text("title: T\npersona: P\ntouchpoints: [{a: hapy}, {b: sad}]\n", "mine.yaml")
    assert document.journey is None
    (finding,) = document.findings
    assert (finding.rule, finding.file, finding.start.line) == ("unknown-feeling", "mine.yaml", 3)


def test_what_is_no_journey_raises_with_all_findings_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: T\npersona: P\ntouchpoints: [{a: hapy}, {b: saad}]\n", encoding="utf-8")
    with pytest.raises(journeykit.InvalidJourneyError) as caught:
        journeykit.load(path)
    assert len(caught.value.findings) == 2
    assert f"{path}:3:" in str(caught.value)
    assert isinstance(caught.value, journeykit.JourneykitError)
    with pytest.raises(FileNotFoundError):
        journeykit.load(tmp_path / "nowhere.yaml")


def test_an_improvement_is_simulated() -> None:
    journey = journeykit.load(PATH)
    (chosen,) = [idea for idea in journey.opportunities if idea.id == "laptop-at-signing"]
    intended = journeykit.simulate(journey, [chosen])
    before, after = journeykit.score(journey).score, journeykit.score(intended).score
    assert before is not None
    assert after is not None
    assert after > before
    assert len(intended.touchpoints) == len(journey.touchpoints) - 1


@pytest.mark.parametrize("chart", ["map", "curve"])
def test_a_journey_is_drawn_as_a_figure(chart: str, tmp_path: Path) -> None:
    from matplotlib.figure import Figure

    figure = journeykit.render(journeykit.load(PATH), chart=chart, theme="dark")
    assert isinstance(figure, Figure)
    figure.savefig(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_every_name_is_there_documented_and_listed() -> None:
    assert set(journeykit.__all__) <= set(dir(journeykit))
    for name in journeykit.__all__:
        value = getattr(journeykit, name)
        if name != "__version__":
            assert inspect.getdoc(value), name
    assert journeykit.__doc__


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        journeykit.nonsense  # noqa: B018
