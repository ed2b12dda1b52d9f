"""Findings in every format: as they are printed, and as the programs that read them take them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from journeykit.finding import Finding, Severity
from journeykit.output.paint import Paint
from journeykit.output.report import Report, findings_format
from journeykit.source import Position
from tests.conftest import CommandLine

FORMATS = ("full", "concise", "json", "github", "sarif")
MIXED = """\
title: I get my router fixed
persona: Home customer
lang: en
touchpoints:
  - id: call
    title: I call the help desk
    feeling: frustratd
    chanel: phone
  - id: call
    title: "[red]I wait[/red] <b> | 50% \\e[31m\\u202e"
    importance: 9
opportunities:
  - title: Be quick
    at: [nowhere]
"""
GOOD = "title: I get it fixed\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - It works: relieved\n"


@pytest.fixture
def mixed(cli: CommandLine) -> CommandLine:
    cli.write("broken.journey.yaml", MIXED)
    cli.write("good.journey.yaml", GOOD)
    cli.write("syntax.journey.yaml", "title: T\npersona: [P\ntouchpoints:\n  - a: happy\n")
    return cli


def finding(rule: str, severity: Severity, at: tuple[int, int, int, int], *lines: str, **given: Any) -> Finding:
    """A finding made up, so that the texts of rules may change."""
    line, column, end_line, end_column = at
    texts = {
        "message": f"what {rule} says",
        "help": f"what to do about {rule}",
        "file": "maps/one.journey.yaml",
        **given,
    }
    return Finding(
        rule, severity, start=Position(line, column), end=Position(end_line, end_column), lines=lines, **texts
    )


REPORT = Report(
    (
        finding("of-no-weight", Severity.INFO, (2, 1, 2, 8), "persona: P", help="", path=("persona",)),
        finding("long-rule-id", Severity.WARNING, (120, 3, 122, 4), "  - name: Späť", "    goal: x", "    id: y"),
        finding("first-rule", Severity.ERROR, (9, 12, 9, 16), "    title: éhes 你好", path=("touchpoints", 0, "title")),
        finding("hostile", Severity.ERROR, (1, 8, 1, 18), "title: [red]\x1b[1m\u202e",
                message='"[/x]\x1b[31m\u202e" 50%\nx', file="a,b:c\n.yaml"),
        finding("nowhere", Severity.ERROR, (1, 1, 1, 1), file="empty.yaml", help=""),
        finding("tab", Severity.WARNING, (3, 1, 3, 2), "\ttitle: x"),
    ),
    files=4,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_findings_are_printed_as_they_were(snapshot: Callable[[str, str], None], form: str) -> None:
    snapshot(f"findings-{form}.txt", findings_format(form)(REPORT, Paint()))


def test_colour_is_as_it_was(snapshot: Callable[[str, str], None]) -> None:
    for form in ("full", "concise"):
        painted = findings_format(form)(REPORT, Paint(True))
        snapshot(f"findings-{form}-colour.txt", painted.replace("\x1b", "␛"))
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == findings_format(form)(REPORT, Paint())


@pytest.mark.parametrize("form", FORMATS)
def test_a_clean_run_prints_nothing_for_people_and_whole_documents_for_programs(cli: CommandLine, form: str) -> None:
    cli.write("good.journey.yaml", GOOD)
    done = cli("validate", "--output-format", form)
    assert done.status == 0
    if form in ("json", "sarif"):
        assert json.loads(done.out)
    else:
        assert done.out == ""
    assert done.err == "1 journey, valid.\n"


def places(cli: CommandLine, command: str) -> list[tuple[str, int, int, str]]:
    """File, line, column and rule of all findings, from the JSON."""
    found = json.loads(cli(command, "--output-format", "json", "--quiet").out)["findings"]
    return [(one["file"], one["start"]["line"], one["start"]["column"], one["rule"]) for one in found]


def test_json_is_the_contract(mixed: CommandLine) -> None:
    data = json.loads(mixed("lint", "--output-format", "json", "--show", "info").out)
    assert list(data) == ["version", "findings", "summary"]
    assert data["version"] == 1
    assert set(data["summary"]) == {"files", "errors", "warnings", "info"}
    assert data["summary"]["files"] == 3
    counted = {"error": "errors", "warning": "warnings", "info": "info"}
    for severity, key in counted.items():
        assert data["summary"][key] == sum(one["severity"] == severity for one in data["findings"])
    for one in data["findings"]:
        assert set(one) == {"rule", "severity", "message", "help", "file", "start", "end", "path"}
        for place in (one["start"], one["end"]):
            assert set(place) == {"line", "column"}
            assert place["line"] >= 1
            assert place["column"] >= 1
        assert (one["start"]["line"], one["start"]["column"]) <= (one["end"]["line"], one["end"]["column"])


def test_places_are_code_points_and_the_end_is_exclusive(cli: CommandLine) -> None:
    cli.write(
        "a.journey.yaml", 'title: T\npersona: P\ntouchpoints:\n  - {title: "👩‍👩‍👧é", feeling: hapy}\n  - b: sad\n'
    )
    (one,) = json.loads(cli("validate", "--output-format", "json").out)["findings"]
    line = '  - {title: "👩‍👩‍👧é", feeling: hapy}'
    assert line[one["start"]["column"] - 1 : one["end"]["column"] - 1] == "hapy"
    assert one["path"] == ["touchpoints", 0, "feeling"]


def test_errors_come_first_then_file_and_place(mixed: CommandLine) -> None:
    data = json.loads(mixed("lint", "--output-format", "json").out)["findings"]
    order = [(one["severity"] != "error", one["file"], one["start"]["line"], one["start"]["column"]) for one in data]
    assert order == sorted(order)
    assert {one["severity"] for one in data} == {"error", "warning"}


def test_all_formats_tell_the_same_findings_in_the_same_order(mixed: CommandLine) -> None:
    wanted = places(mixed, "lint")
    concise = mixed("lint", "--output-format", "concise").out
    found = re.findall(r"^(.*?):(\d+):(\d+): \w+\[([\w-]+)\]", concise, re.MULTILINE)
    assert [(file, int(line), int(column), rule) for file, line, column, rule in found] == wanted
    full = re.findall(r"\w+\[([\w-]+)\]: .*\n +--> (.*):(\d+):(\d+)\n", mixed("lint").out)
    assert [(file, int(line), int(column), rule) for rule, file, line, column in full] == wanted
    sarif = json.loads(mixed("lint", "--output-format", "sarif").out)["runs"][0]["results"]
    regions = [(one["ruleId"], one["locations"][0]["physicalLocation"]) for one in sarif]
    assert [
        (at["artifactLocation"]["uri"], at["region"]["startLine"], at["region"]["startColumn"], rule)
        for rule, at in regions
    ] == wanted
    github = re.findall(r"^::\w+ file=(.*?),line=(\d+).*?title=journeykit ([\w-]+)::", mixed(
        "lint", "--output-format", "github").out, re.MULTILINE)  # fmt: skip
    assert [(file, int(line), rule) for file, line, rule in github] == [(f, li, r) for f, li, _, r in wanted]


def test_full_underlines_the_text_that_is_meant(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", "title: T\npersona: P\ntouchpoints:\n  - 你好世界: hapy\n  - b: sad\n")
    lines = cli("validate").out.splitlines()
    at = next(n for n, line in enumerate(lines) if "hapy" in line and "|" in line)
    assert lines[at] == "4 |   - 你好世界: hapy"
    assert lines[at + 1] == "  | " + " " * len("  - 12345678: ") + "^^^^"  # each of the four is two columns wide


def test_a_long_line_is_cut_around_the_place(cli: CommandLine) -> None:
    long = f"{{title: {'x' * 300}, feeling: hapy, why: {'y' * 300}}}"
    cli.write("a.journey.yaml", f"title: T\npersona: P\ntouchpoints:\n  - {long}\n  - b: sad\n")
    out = cli("validate").out
    line, under = out.splitlines()[3:5]
    assert len(line) < 120
    assert line[under.index("^") : under.rindex("^") + 1] == "hapy"
    assert "…xxx" in line
    assert line.endswith("yy…")


# The GitHub format


def test_github_gets_commands_that_it_understands(mixed: CommandLine) -> None:
    lines = mixed("lint", "--output-format", "github").out.splitlines()
    command = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:\r\n]*,?)+)::(.*)")
    for line in lines:
        match = command.fullmatch(line)
        assert match, line
        given = dict(pair.split("=", 1) for pair in match[2].split(","))
        assert {"file", "line", "endLine", "title"} <= set(given)
        assert ("col" in given) == ("endColumn" in given) == (given["line"] == given["endLine"])


def test_github_text_is_escaped(cli: CommandLine) -> None:
    cli.write(
        "a,b:c%d.journey.yaml", 'title: T\npersona: P\ntouchpoints:\n  - {title: a, feeling: "50%\\n::error::x"}\n'
    )
    out = cli("validate", "--output-format", "github").out
    assert "file=a%2Cb%3Ac%25d.journey.yaml," in out
    assert all(line.startswith("::error file=") for line in out.splitlines())


@pytest.mark.parametrize(("number", "more"), [(10, None), (11, "1 more"), (25, "15 more")])
def test_github_is_told_of_the_findings_that_it_will_not_display(
    cli: CommandLine, number: int, more: str | None
) -> None:
    points = "".join(f"  - t{n}: hapy\n" for n in range(number))
    cli.write("a.journey.yaml", f"title: T\npersona: P\ntouchpoints:\n{points}")
    *errors, last = cli("validate", "--output-format", "github").out.splitlines()
    if more is None:
        assert last.startswith("::error ")
        assert len(errors) == number - 1
    else:
        assert len(errors) == number
        assert last.startswith("::notice::")
        assert more in last


# SARIF. The structure that OASIS' SARIF 2.1.0 asks of what we use of it, closed against everything else.

MESSAGE = {"type": "object", "required": ["text"], "additionalProperties": False,
           "properties": {"text": {"type": "string", "minLength": 1}}}  # fmt: skip
POSITIVE = {"type": "integer", "minimum": 1}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    names = {**{name: {} for name in required.split()}, **properties}
    return {"type": "object", "required": required.split(), "additionalProperties": False, "properties": names}


SARIF = closed(
    "$schema version runs",
    version={"const": "2.1.0"},
    runs={"type": "array", "minItems": 1, "items": closed(
        "tool columnKind results",
        columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        tool=closed("driver", driver=closed(
            "name version rules",
            name={"const": "journeykit"},
            rules={"type": "array", "uniqueItems": True, "items": closed(
                "id shortDescription help", shortDescription=MESSAGE, help=MESSAGE)},
        )),
        results={"type": "array", "items": closed(
            "ruleId ruleIndex level message locations partialFingerprints",
            ruleIndex={"type": "integer", "minimum": 0},
            level={"enum": ["none", "note", "warning", "error"]},
            message=MESSAGE,
            locations={"type": "array", "minItems": 1, "maxItems": 1, "items": closed(
                "physicalLocation", physicalLocation=closed(
                    "artifactLocation region",
                    artifactLocation=closed("uri", uri={
                        "type": "string", "pattern": "^([A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$"}),
                    region=closed("startLine startColumn endLine endColumn", startLine=POSITIVE,
                                  startColumn=POSITIVE, endLine=POSITIVE, endColumn=POSITIVE)))},
            partialFingerprints={"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
        )},
    )},
)  # fmt: skip


def test_sarif_has_the_structure_of_its_standard(mixed: CommandLine) -> None:
    mixed.write("odd name é:[1].journey.yaml", MIXED)
    log = json.loads(mixed("lint", "--output-format", "sarif", "--show", "info").out)
    jsonschema.Draft7Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in rules}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}


def fingerprints(cli: CommandLine) -> dict[str, str]:
    results = json.loads(cli("lint", "--output-format", "sarif").out)["runs"][0]["results"]
    marks = [result["partialFingerprints"]["journeykit/v1"] for result in results]
    assert len(set(marks)) == len(marks)
    return {mark: result["ruleId"] for mark, result in zip(marks, results, strict=True)}


def test_sarif_fingerprints_stay_when_lines_move_and_change_with_the_text(mixed: CommandLine) -> None:
    before = fingerprints(mixed)
    path = mixed.folder / "broken.journey.yaml"
    path.write_text("# a remark\n\n" + MIXED, encoding="utf-8")
    assert fingerprints(mixed) == before
    path.write_text(MIXED.replace("frustratd", "frstrated"), encoding="utf-8")
    assert len(before.keys() - fingerprints(mixed).keys()) == 1


def test_sarif_of_an_absolute_path_is_a_file_uri(mixed: CommandLine) -> None:
    log = json.loads(mixed("validate", mixed.folder / "syntax.journey.yaml", "--output-format", "sarif").out)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (mixed.folder / "syntax.journey.yaml").as_uri()


def test_a_file_name_that_is_not_utf_8_breaks_no_format(cli: CommandLine) -> None:
    name = b"caf\xe9.journey.yaml"
    try:
        Path(name.decode("utf-8", "surrogateescape")).write_text("title: T\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for form in FORMATS:
        done = cli("validate", "--output-format", form)
        assert done.status == 1, done.err
        assert "caf" in done.out
    assert '"uri": "caf%E9.journey.yaml"' in cli("validate", "--output-format", "sarif").out
    assert r"caf\udce9.journey.yaml:1:1" in cli("validate").out
    assert cli("validate", "--show-files").out == "caf\\udce9.journey.yaml\n"
