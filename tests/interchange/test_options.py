"""Options of `journeykit export` that single formats have, and the settings by which an export is scored."""

from __future__ import annotations

import json

from tests.conftest import EXAMPLES, CommandLine

MAP = EXAMPLES / "my-new-job.journey.yaml"
BOM = b"\xef\xbb\xbf"


def test_csv_without_a_byte_order_mark_is_the_same_else(cli: CommandLine) -> None:
    assert cli("export", MAP, "--to", "csv", "-o", "with.csv").status == 0
    assert cli("export", MAP, "--to", "csv", "--no-bom", "-o", "without.csv").status == 0
    plain = (cli.folder / "without.csv").read_bytes()
    assert not plain.startswith(BOM)
    assert (cli.folder / "with.csv").read_bytes() == BOM + plain


def test_the_scores_in_json_are_those_of_score(cli: CommandLine) -> None:
    assert cli("export", MAP, "--to", "json", "--scores", "-o", "map.json").status == 0
    data = json.loads((cli.folder / "map.json").read_text(encoding="utf-8"))
    found = [(point["id"], point["_scores"]) for stage in data["stages"] for point in stage["touchpoints"]]
    known = json.loads(cli("score", MAP, "--output-format", "json").out)["journeys"][0]["touchpoints"]
    keys = ("score", "half_width", "coefficient", "source", "suppressed", "stated")
    assert found == [(one["id"], {key: one[key] for key in keys}) for one in known]


def test_scores_in_json_are_passed_over_on_import(cli: CommandLine) -> None:
    for name, more in (("plain.json", ()), ("scored.json", ("--scores",))):
        assert cli("export", MAP, "--to", "json", *more, "-o", name).status == 0
        done = cli("import", name, "-o", f"{name}.journey.yaml", "--strict")
        assert done.status == 0, done.err
    plain, scored = ((cli.folder / f"{name}.json.journey.yaml").read_text("utf-8") for name in ("plain", "scored"))
    assert scored == plain


def test_a_format_without_the_option_refuses_it_and_names_one_that_has_it(cli: CommandLine) -> None:
    done = cli("export", MAP, "--to", "xlsx", "--no-bom")
    assert done.status == 2
    assert "--no-bom is not for xlsx" in done.err
    assert "it is for --to csv" in done.err
    assert "it is for --to json" in cli("export", MAP, "--to", "mermaid", "--scores").err


def test_an_export_is_scored_by_the_settings_of_the_project(cli: CommandLine) -> None:
    """A survey that is hidden in the project because few people answered is not written into a diagram."""
    cli.write(
        "a.journey.yaml",
        "title: T\npersona: P\nscale: 1..5\ntouchpoints:\n"
        "  - {title: I call, measured: {mean: 4.2, n: 12}}\n  - {title: I wait, satisfaction: 2}\n",
    )
    assert "I call: 4.2: P" in cli("export", "a.journey.yaml", "--to", "mermaid", "-o", "-").out
    cli.write("journeykit.toml", "[scoring]\nminimum-base = 30\n")
    done = cli("export", "a.journey.yaml", "--to", "mermaid", "-o", "-")
    assert "I call: 3: P" in done.out
    assert "a survey with few answers → 3" in done.err
