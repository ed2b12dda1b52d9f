"""The Python API, as a notebook uses it."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.config import Config
from journeykit.project import api
from tests.conftest import EXAMPLES

PATH = EXAMPLES / "my-new-job.journey.yaml"
LATER = EXAMPLES / "my-new-job-to-be.journey.yaml"


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
    assert {finding.rule for finding in findings} >= {"cold-handoff"}
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


@pytest.mark.parametrize("chart", ["map", "curve", "blueprint"])
def test_a_journey_is_drawn(chart: Any, tmp_path: Path) -> None:
    picture = journeykit.render(PATH, chart=chart, theme="dark")
    assert picture.svg.startswith("<svg") and picture._repr_svg_() == picture.svg
    assert picture._repr_png_() is None
    for ending, start in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<svg")):
        written = picture.save(str(tmp_path / "new" / f"a.{ending}"))
        assert written.read_bytes().startswith(start)
    with pytest.raises(journeykit.UsageError, match="no format of pictures"):
        picture.save(tmp_path / "a.gif")


def test_a_picture_is_that_of_the_command_line(tmp_path: Path) -> None:
    cli = [sys.executable, "-m", "journeykit", "render", str(PATH), "--columns", "all", "-o", str(tmp_path / "a.svg")]
    subprocess.run(cli, check=True, capture_output=True)
    assert journeykit.render(PATH, columns="all").svg.encode() == (tmp_path / "a.svg").read_bytes()


def test_a_comparison_and_several_journeys_are_drawn() -> None:
    comparison = journeykit.compare(PATH, str(LATER))
    assert comparison.delta is not None and comparison.delta > 0
    assert "<svg" in journeykit.render(comparison).svg
    assert "<svg" in journeykit.render([journeykit.load(PATH), journeykit.load(LATER)]).svg
    assert journeykit.render(journeykit.score(PATH, profile="mean"), format="png")._repr_png_()


@pytest.mark.parametrize("wrong", [5, None, {"title": "T"}])
def test_what_cannot_be_used_says_so(wrong: Any) -> None:
    for function in (journeykit.score, journeykit.low_points, journeykit.render, journeykit.lint):
        with pytest.raises(TypeError, match=type(wrong).__name__):
            function(wrong)


def test_lint_takes_a_path_and_says_that_a_journey_has_no_text() -> None:
    linted = journeykit.lint(str(PATH), today=date(2026, 11, 21))
    assert linted == journeykit.lint(journeykit.read_file(PATH), today=date(2026, 11, 21))
    with pytest.raises(TypeError, match="not Journey; a journey alone has no text"):
        journeykit.lint(journeykit.load(PATH))  # type: ignore[arg-type]


def test_a_missing_file_and_a_folder_are_errors_of_ours() -> None:
    for function in (journeykit.load, journeykit.score, journeykit.lint, journeykit.read_file, journeykit.render):
        with pytest.raises(journeykit.MissingFileError, match="no such file") as caught:
            function("nowhere.yaml")
        assert isinstance(caught.value, FileNotFoundError) and isinstance(caught.value, journeykit.JourneykitError)
    with pytest.raises(journeykit.UsageError, match="is a folder"):
        journeykit.load(EXAMPLES)


def test_the_nearest_settings_hold_unless_they_are_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "journeykit.toml").write_text('profile = "mean"\n', encoding="utf-8")
    (tmp_path / "other.toml").write_text('profile = "peak-end"\n', encoding="utf-8")
    profiles = [
        journeykit.score(PATH, settings=settings).profile for settings in (api.NEAREST, None, "other.toml", Config())
    ]
    assert profiles == ["mean", "balanced", "peak-end", "balanced"]
    assert journeykit.score(journeykit.load(PATH), profile="peak-end").profile == "peak-end"


def test_rows_are_plain_and_one_a_touchpoint() -> None:
    journey = journeykit.load(PATH)
    rows = journeykit.score(journey).to_rows()
    assert [row["id"] for row in rows] == [point.id for point in journey.touchpoints]
    assert {"stage", "phase", "channel", "persona", "owner", "feeling", "time", "start", "score"} <= rows[0].keys()
    assert {type(value) for row in rows for value in row.values()} <= {str, int, float, type(None)}
    assert [{key: row[key] for key in plain} for row, plain in zip(rows, journey.to_rows(), strict=True)] == (
        journey.to_rows()
    )
    assert rows == json.loads(json.dumps(rows))
    assert sum(row["share"] or 0 for row in rows) == pytest.approx(1)


def test_lists_have_rows_in_their_order_with_what_their_table_shows() -> None:
    scores = journeykit.score(PATH)
    low, peaks, ideas = journeykit.low_points(scores), journeykit.peaks(scores), journeykit.opportunities(scores)
    assert [(row["id"], row["kind"], row["rank"]) for row in low.to_rows()] == [(x.id, x.kind, x.rank) for x in low]
    assert [(row["id"], row["score"], row["wow"]) for row in peaks.to_rows()] == [(x.id, x.score, x.wow) for x in peaks]
    ideas_found = [(x.opportunity.id, x.priority, x.gain) for x in ideas]
    assert [(row["id"], row["priority"], row["gain"]) for row in ideas.to_rows()] == ideas_found
    assert ideas.to_rows()[0]["at"] == ", ".join(ideas[0].opportunity.at)
    for found in (low, peaks, ideas):
        rows = found.to_rows()
        assert rows == json.loads(json.dumps(rows))
        assert "file" not in rows[0]
        assert found._repr_html_().count("<tr>") >= 1 + len(found)
        assert copy.copy(found).to_rows() == pickle.loads(pickle.dumps(found)).to_rows() == rows  # noqa: S301


def test_a_list_of_nothing_is_an_empty_table() -> None:
    document = journeykit.read_text("title: T\npersona: P\ntouchpoints: [{I call: calm}, {I wait: calm}]\n")
    assert document.journey is not None
    for found in (journeykit.low_points(document), journeykit.opportunities(document)):
        assert (len(found), found.to_rows(), found._repr_html_().count("<table>")) == (0, [], 1)


def test_what_is_done_has_a_table_of_its_own() -> None:
    text = "title: T\npersona: P\ntouchpoints: [{I call: calm}, {I wait: sad}]\n"
    text += "opportunities: [{title: A, at: [i-wait], status: done}]\n"
    found = journeykit.opportunities(journeykit.read_text(text, "t.yaml"))
    assert "Done and dropped" in found._repr_html_()
    assert [(row["rank"], row["status"]) for row in found.to_rows()] == [(None, "done")]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> journeykit.Project:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "maps"
    root.mkdir()
    for path in (PATH, LATER):
        shutil.copy(path, root)
    (root / "journeykit.toml").write_text('show = "info"\nprofile = "mean"\n', encoding="utf-8")
    return journeykit.Project.find(root)


def test_a_project_answers_for_its_folder(project: journeykit.Project) -> None:
    assert project.root.name == "maps"
    assert {one.id for one in project.journeys()} == {"my-new-job", "my-new-job-to-be"}
    assert [one.scores.profile for one in project.score()] == ["mean", "mean"]
    assert {finding.severity.word for finding in project.lint().findings} >= {"info"}
    paths = [project.root / path.name for path in (PATH, LATER)]
    assert project.compare(*paths).delta == pytest.approx(
        (project.score(paths[1])[0].scores.score or 0) - (project.score(paths[0])[0].scores.score or 0)
    )
    assert project.render(project.journeys()[0], chart="curve").svg.startswith("<svg")


def test_a_file_that_is_none_stops_a_project_unless_it_is_skipped(project: journeykit.Project) -> None:
    (project.root / "bad.journey.yaml").write_text("title: T\n", encoding="utf-8")
    with pytest.raises(journeykit.InvalidJourneyError, match=r"bad\.journey\.yaml:1:1"):
        project.journeys()
    assert len(project.journeys(skip_invalid=True)) == 2
    assert len(project.score(PATH, LATER)) == 2
    with pytest.raises(journeykit.MissingFileError):
        project.score("nowhere.yaml", PATH)


def test_a_project_lints_as_one_file_is_linted(project: journeykit.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    text = PATH.read_text(encoding="utf-8").replace("title: My new job", "title: My new job  # journeykit: ignore")
    (project.root / PATH.name).write_text(text, encoding="utf-8")
    whole = project.lint()
    one_by_one = [journeykit.lint(project.root / path.name) for path in (LATER, PATH)]
    assert sorted((one.rule, one.start) for one in whole.findings) == sorted(
        (one.rule, one.start) for linted in one_by_one for one in linted.findings
    )
    assert whole.suppressed == sum(one.suppressed for one in one_by_one)
    html = whole._repr_html_()
    assert html is not None and f"{PATH.name}:" in html and f"{LATER.name}:" in html


def test_a_project_needs_a_folder_or_file_that_is_there(project: journeykit.Project) -> None:
    assert journeykit.Project.find(str(project.root / PATH.name)).settings.profile == "mean"
    for path in ("nowhere", project.root / "nowhere.yaml", "x" * 300):
        with pytest.raises(journeykit.MissingFileError, match="no such file or folder") as caught:
            journeykit.Project.find(path)
        assert isinstance(caught.value, FileNotFoundError)
    assert journeykit.Project.around(project.root / "new.journey.yaml").settings.profile == "mean"


def test_a_history_needs_a_repository(project: journeykit.Project) -> None:
    with pytest.raises(journeykit.UsageError):
        project.history(project.root / PATH.name)


def test_two_threads_get_what_one_gets() -> None:
    expected = [journeykit.render(path, chart="curve").svg for path in (PATH, LATER)] * 3
    with ThreadPoolExecutor(4) as pool:
        drawn = pool.map(lambda path: journeykit.render(path, chart="curve").svg, [PATH, LATER] * 3)
        assert list(drawn) == expected


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
