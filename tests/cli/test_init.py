"""`journeykit init`: a journey to start from, which is sound, and never in place of another."""

from __future__ import annotations

import json

import pytest

from journeykit.templates import templates
from tests.conftest import EXAMPLES, CommandLine


def test_init_writes_a_journey_that_validates_and_the_schema_beside_it(cli: CommandLine) -> None:
    done = cli("init")
    assert (done.status, done.out) == (0, "")
    assert "journeykit lint my.journey.yaml" in done.err
    text = (cli.folder / "my.journey.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=journey.schema.json\n")
    assert json.loads((cli.folder / "journey.schema.json").read_text(encoding="utf-8"))["$schema"]
    assert cli("validate").status == 0
    assert cli("lint", "--fail-on", "error", "my.journey.yaml").status == 0
    assert cli("render").status == 0


def test_nothing_is_written_over(cli: CommandLine) -> None:
    cli.write("my.journey.yaml", "mine\n")
    cli.write("journey.schema.json", "mine too\n")
    done = cli("init")
    assert done.status == 2
    assert "is there already" in done.err
    assert cli("init", "other.journey.yaml").status == 0
    assert (cli.folder / "my.journey.yaml").read_text(encoding="utf-8") == "mine\n"
    assert (cli.folder / "journey.schema.json").read_text(encoding="utf-8") == "mine too\n"


def test_the_folder_is_made(cli: CommandLine) -> None:
    assert cli("init", "maps/new/mine.journey.yaml").status == 0
    assert (cli.folder / "maps/new/journey.schema.json").is_file()


def test_a_name_with_spaces_is_quoted_in_what_to_do_next(cli: CommandLine) -> None:
    assert "journeykit lint 'my map.journey.yaml'" in cli("init", "my map.journey.yaml").err


@pytest.mark.parametrize("name", sorted(templates()))
def test_every_template_is_a_journey(cli: CommandLine, name: str) -> None:
    assert name in cli("init", "--list").out.split()
    assert cli("init", f"{name}.journey.yaml", "--from", name).status == 0
    assert cli("validate", f"{name}.journey.yaml").status == 0
    assert cli("init", "-", "--from", name).out == (cli.folder / f"{name}.journey.yaml").read_text(encoding="utf-8")


def test_all_examples_are_templates() -> None:
    assert {path.name.removesuffix(".journey.yaml") for path in EXAMPLES.glob("*.yaml")} == templates().keys() - {
        "start"
    }


def test_explain_shows_the_page_of_every_rule_and_fault(cli: CommandLine) -> None:
    from journeykit.linting import page_ids

    everything = cli("explain", "--all").out
    assert len(set(page_ids())) == len(page_ids()) > 60
    for id in ("bad-ending", "yaml-syntax", "unknown-key"):
        done = cli("explain", id)
        assert done.status == 0
        assert done.out.startswith(f"{id}\n\n")
        assert done.out in everything
    assert "\nBad:\n\n    title:" in cli("explain", "bad-ending").out
    assert "```" not in everything


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_page_is_wrapped_to_the_terminal(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    prose = [line for line in cli("explain", "silent-wait").out.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= min(columns, 100)
    assert max(map(len, prose)) > min(columns, 100) - 20


def test_schema_prints_the_stored_schema(cli: CommandLine) -> None:
    done = cli("schema")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["$schema"] == "http://json-schema.org/draft-07/schema#"
    cli("schema", "-o", "a/b.json")
    assert (cli.folder / "a/b.json").read_text(encoding="utf-8") == done.out
