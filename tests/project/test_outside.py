"""What journeys name outside of their files: pictures, and other journeys."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from journeykit.charts.picture import Picture
from journeykit.finding import Finding
from journeykit.project import Project
from journeykit.project.outside import files_to_name
from journeykit.project.pictures import document_of
from journeykit.project.reading import Targets
from tests.images.test_images import raster, svg

HEAD = "title: T\npersona: P\ntouchpoints:\n  - I wait: calm\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two journeys and their pictures, in which the program runs."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "call.png").write_bytes(raster("PNG"))
    (tmp_path / "pictures" / "evil.svg").write_bytes(svg("<script/>"))
    (tmp_path / "returns.journey.yaml").write_text(HEAD + "  - I send it back: calm\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, *keys: str, name: str = "order.journey.yaml") -> None:
    (folder / name).write_text(
        HEAD + "  - title: I order\n    feeling: calm\n" + "".join(f"    {key}\n" for key in keys)
    )


def found(*paths: str) -> list[tuple[int, int, str, str]]:
    findings = Project.find().validate_each(Targets(tuple(map(Path, paths)))).findings
    return [_row(finding) for finding in findings]


def _row(finding: Finding) -> tuple[int, int, str, str]:
    return finding.start.line, finding.start.column, finding.rule, finding.message


@pytest.mark.parametrize(
    "key", ["image: pictures/call.png", "image: {file: pictures/call.png, alt: A phone}", "journey: returns",
            "journey: returns.journey.yaml"],
)  # fmt: skip
def test_what_is_there_is_no_finding(folder: Path, key: str) -> None:
    write(folder, key)
    assert found() == found("order.journey.yaml") == []


@pytest.mark.parametrize(
    ("key", "column", "rule", "message"),
    [
        ("image: pictures/cal.png", 12, "bad-image", 'the picture "pictures/cal.png": there is no such file'),
        ("image: {alt: x, file: pictures/evil.svg}", 27, "bad-image", "it has a <script> element"),
        ("image: ../../../etc/passwd", 12, "bad-image", "outside of the repository"),
        ("journey: retuns", 14, "unknown-journey", 'there is no journey with the id "retuns"'),
        ("journey: order", 14, "unknown-journey", "a journey is no part of itself"),
        ("journey: ./order.journey.yaml", 14, "unknown-journey", "a journey is no part of itself"),
        ("journey: gone.journey.yaml", 14, "unknown-journey", 'there is no journey "gone.journey.yaml"'),
        ("journey: ../x.yaml", 14, "unknown-journey", "outside of the repository"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_an_error_at_its_place(
    folder: Path, key: str, column: int, rule: str, message: str
) -> None:
    write(folder, key)
    for paths in ((), ("order.journey.yaml",)):
        ((line, at, found_rule, text),) = found(*paths)
        assert (line, at, found_rule) == (7, column, rule)
        assert message in text


@pytest.mark.parametrize("there", ["returns", "returns.journey.yaml"])
@pytest.mark.parametrize("back", ["order", "./order.journey.yaml"])
def test_a_circle_of_journeys_is_one_error_that_names_them(folder: Path, there: str, back: str) -> None:
    write(folder, f"journey: {there}")
    write(folder, f"journey: {back}", name="returns.journey.yaml")
    ((line, at, rule, message),) = found()
    assert (line, at, rule) == (7, 14, "circular-journey")
    assert message == "a circle of journeys: order.journey.yaml → returns.journey.yaml → order.journey.yaml"


def test_a_journey_that_is_part_of_two_is_no_circle_and_one_of_three_is_found(folder: Path) -> None:
    write(folder, "journey: returns")
    write(folder, "journey: returns", name="all.journey.yaml")
    assert found() == []
    write(folder, "journey: refund", name="returns.journey.yaml")
    write(folder, "journey: order", name="refund.journey.yaml")
    ((_, _, rule, message),) = found()
    assert rule == "circular-journey" and message.count("→") == 3


def test_an_id_of_two_journeys_is_ambiguous(folder: Path) -> None:
    write(folder, "journey: returns")
    (folder / "more").mkdir()
    (folder / "more" / "again.journey.yaml").write_text("id: returns\n" + HEAD + "  - I send it: calm\n")
    ((_, _, rule, message),) = found()
    assert rule == "unknown-journey" and "the id of 2 journeys" in message


def test_a_misspelled_id_is_told_what_was_meant(folder: Path) -> None:
    write(folder, "journey: retuns")
    (finding,) = Project.find().validate_each(Targets()).findings
    assert finding.suggestion == ("returns",)


def test_an_invalid_journey_has_these_errors_too(folder: Path) -> None:
    write(folder, "image: none.png", "satisfaction: high")
    assert {rule for _, _, rule, _ in found()} == {"bad-image", "wrong-type"}


def test_lint_sees_a_picture_that_is_gone_though_it_cached_the_result(folder: Path) -> None:
    write(folder, "image: pictures/call.png")
    assert "bad-image" not in {finding.rule for finding in Project.find().lint().findings}
    (folder / "pictures" / "call.png").unlink()
    assert "bad-image" in {finding.rule for finding in Project.find().lint().findings}


def test_files_that_an_editor_offers(folder: Path) -> None:
    write(folder, "image: x.png")
    project, file = Project.find(), Path("order.journey.yaml")
    assert files_to_name("image", file, project) == ["pictures/call.png", "pictures/evil.svg"]
    assert files_to_name("journey", file, project) == ["returns.journey.yaml"]


SOURCES = '[data.helpdesk]\nkind = "events"\nurl = "a.csv"\ncase = "c"\nactivity = "a"\nat = "t"\n'


def test_a_source_that_the_settings_do_not_have(folder: Path) -> None:
    write(folder, "data: {helpdesc: Call}")
    assert found() == [], "settings without any source know nothing"
    (folder / "journeykit.toml").write_text(SOURCES)
    (finding,) = Project.find().validate_each(Targets()).findings
    assert _row(finding) == (7, 12, "unknown-source", 'the settings have no source of data "helpdesc"')
    assert finding.suggestion == ("helpdesk",)
    assert [one.rule for one in Project.find().lint().findings if one.rule == "unknown-source"] == ["unknown-source"]
    write(folder, "data: {helpdesk: Call}")
    assert found() == []
    write(folder, "data: {helpdesc: Call}", "satisfaction: high")
    assert {rule for _, _, rule, _ in found()} == {"unknown-source", "wrong-type"}


@pytest.mark.parametrize(
    ("names", "column"), [("helpdesc", 7), ("[helpdesk, helpdesc]", 18), ("{helpdesc: {A: b}}", 8)]
)
def test_the_sources_of_the_journey(folder: Path, names: str, column: int) -> None:
    (folder / "journeykit.toml").write_text(SOURCES)
    (folder / "order.journey.yaml").write_text(
        HEAD.replace("touchpoints:", f"data: {names}\ntouchpoints:") + "  - I order\n  - I wait\n"
    )
    ((line, at, rule, _),) = found()
    assert (at, rule) == (column, "unknown-source") and line < 5


@pytest.mark.parametrize("format", ["html", "pptx"])
def test_journeys_of_several_folders_have_each_their_own_pictures_in_one_document(folder: Path, format: str) -> None:
    if format == "pptx":
        pytest.importorskip("pptx", reason="python-pptx is not installed: the extra pptx")
    colors = {"one": "PNG", "two": "JPEG"}
    for name, kind in colors.items():
        (folder / name).mkdir()
        (folder / name / "scene.png").write_bytes(raster(kind))
        write(folder / name, "image: scene.png")
    project = Project.find()
    picture = Picture(format, lanes=("touchpoints", "images"))
    scored = project.score_each(Targets((Path("one"), Path("two")))).scored
    data, problems = document_of(project, scored, picture)
    assert problems == []
    if format == "html":
        assert data.count(b"data:image/png;base64,") >= 1 and data.count(b"data:image/jpeg;base64,") >= 1
    else:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        assert {name.rpartition(".")[2] for name in names if "/media/" in name} >= {"png", "jpg"}
