"""What every import and export does: formats, reports, files that are written and those that are not."""

from __future__ import annotations

import json

import jsonschema
import pytest

from journeykit.interchange import Given, format_names, formats_that, named_format
from journeykit.interchange.exported import export
from journeykit.interchange.normal import field_values, normal_data
from journeykit.model.json_schema import make_normal_schema
from journeykit.reading import load, read_text
from tests.conftest import EXAMPLES, ROOT, CommandLine
from tests.interchange.random_journeys import random_journey
from tests.interchange.test_mermaid import ROUTER

EXPORTS = formats_that("write")
MAPS = [*sorted(EXAMPLES.glob("*.journey.yaml")), ROOT / "tests" / "data" / "all_fields.journey.yaml"]


@pytest.fixture
def diagram(cli: CommandLine) -> CommandLine:
    cli.write("router.mmd", ROUTER)
    return cli


def test_every_format_is_read_or_written_and_documented() -> None:
    page = (ROOT / "docs" / "interchange.md").read_text(encoding="utf-8")
    for name in format_names():
        form = named_format(name)
        assert form.read or form.write
        assert (form.read is None) == (form.recognises is None)
        assert (form.write is None) == (not form.carries)
        assert f"| `{name}` |" in page, f"docs/interchange.md: add a row for {name}"


@pytest.mark.parametrize("seed", range(12))
def test_normalised_data_is_the_same_journey_and_fits_its_schema(seed: int) -> None:
    journey = random_journey(seed)
    data = json.loads(json.dumps(normal_data(journey)))
    assert read_text(json.dumps(data), "random.journey.yaml").journey == journey
    jsonschema.Draft7Validator(make_normal_schema()).validate(data)


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", EXPORTS)
def test_every_value_of_a_journey_is_carried_or_named_as_lost(name: str, path: object) -> None:
    journey = load(str(path))
    done = export(journey, named_format(name))
    whole = len(field_values(journey))
    assert done.carry.carried + len({one.where for one in done.carry.lost}) >= whole
    assert done.carry.carried <= whole


def test_an_imported_journey_is_valid_and_laid_out_by_fmt(diagram: CommandLine) -> None:
    done = diagram("import", "router.mmd")
    assert done.status == 0
    assert done.err.endswith("Wrote router.journey.yaml, a draft: read it, then: journeykit lint router.journey.yaml\n")
    assert diagram("validate", "router.journey.yaml").status == 0
    assert diagram("fmt", "--check", "router.journey.yaml").status == 0


def test_a_file_that_is_there_stays_without_force(diagram: CommandLine) -> None:
    diagram.write("router.journey.yaml", "mine\n")
    done = diagram("import", "router.mmd")
    assert (done.status, done.out) == (2, "")
    assert "router.journey.yaml is there already" in done.err
    assert (diagram.folder / "router.journey.yaml").read_text(encoding="utf-8") == "mine\n"
    assert diagram("import", "router.mmd", "--force").status == 0
    diagram.write("router.mmd.copy", ROUTER)
    again = diagram("export", "router.journey.yaml", "--to", "mermaid")
    assert again.status == 2
    assert (diagram.folder / "router.mmd").read_text(encoding="utf-8") == ROUTER


def test_a_dry_run_and_an_explanation_write_nothing(diagram: CommandLine) -> None:
    for option in ("--dry-run", "--explain"):
        assert diagram("import", "router.mmd", option).status == 0
    assert [path.name for path in diagram.folder.iterdir()] == ["router.mmd"]
    assert "Sam" not in diagram("import", "router.mmd", "--explain").out


def test_the_report_and_strict(diagram: CommandLine) -> None:
    diagram.write("bad.mmd", ROUTER.replace(": 2:", ": high:"))
    done = diagram("import", "bad.mmd", "--strict", "--report", "r.json")
    assert done.status == 1
    report = json.loads((diagram.folder / "r.json").read_text(encoding="utf-8"))
    assert report["lost"] == [{"where": "line 5", "value": "high", "why": "the score is no number"}]
    assert {"where": "line 8", "field": "by", "from": "Technician", "to": "company"} in report["guessed"]
    assert diagram("import", "router.mmd", "--strict").status == 0


def test_standard_streams(diagram: CommandLine) -> None:
    done = diagram("import", "-", "-o", "-", stdin=ROUTER.encode())
    assert done.status == 0
    back = diagram("export", "-", "--to", "mermaid", stdin=done.out.encode())
    assert "section It breaks" in back.out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["import", "nowhere.xlsx"], "nowhere.xlsx: cannot be opened"),
        (["import", "."], "is a folder"),
        (["import", "router.mmd", "--from", "mermaidd"], 'did you mean "mermaid"'),
        (["import", "router.mmd", "--map", "Pain"], '--map "Pain Point=why"'),
        (["import", "noise.bin"], "its format is not known"),
        (["import", "empty.mmd"], "its format is not known"),
        (["import", "one.mmd"], "a single touchpoint was found in it"),
        (["export", "router.mmd", "--to", "json"], "error[yaml-syntax]"),
        (["export", "good.journey.yaml", "--to", "excel"], 'no format "excel"'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    diagram: CommandLine, args: list[str], message: str
) -> None:
    (diagram.folder / "noise.bin").write_bytes(bytes(range(256)) * 9)
    diagram.write("empty.mmd", "")
    diagram.write("one.mmd", "journey\n  I call: 3: Sam\n")
    diagram.write("good.journey.yaml", "title: T\npersona: P\ntouchpoints: [a, b]\n")
    before = sorted(path.name for path in diagram.folder.iterdir())
    done = diagram(*args)
    assert done.status in (1, 2)
    assert message in done.err
    assert "Traceback" not in done.err and "internal" not in done.err
    assert sorted(path.name for path in diagram.folder.iterdir()) == before


def test_columns_of_the_settings_are_checked(diagram: CommandLine) -> None:
    diagram.write("journeykit.toml", "[import.columns]\nPain = 3\n")
    assert 'write [import.columns], and below it Pain = "why"' in diagram("import", "router.mmd").err
    diagram.write("journeykit.toml", "[import.colums]\nPain = 'why'\n")
    assert "known: columns" in diagram("import", "router.mmd").err


def test_text_in_other_encodings() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert Given("a", "journey\nsection Žluť".encode(encoding)).text == "journey\nsection Žluť"
    assert Given("a", "Zürich – 5 €".encode("cp1252")).text == "Zürich – 5 €"
    assert Given("a", b"\x00\x01\x00\x00\x02\xff\xfe\xfd").text is None
