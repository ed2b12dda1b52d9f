"""Findings in every format: as they are printed, and as the programs that read them take them."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Failure, JUnitXml

from journeykit._version import __version__
from journeykit.finding import Finding, Severity
from journeykit.finding import fingerprints as fingerprints_of
from journeykit.fix import Fix, Replacement
from journeykit.linting import known_rules
from journeykit.output.findings import sarif
from journeykit.output.paint import Paint
from journeykit.output.report import Report, findings_format, formats
from journeykit.reading.faults import PAGES
from journeykit.source import Position
from tests.conftest import ROOT, CommandLine

FORMATS = formats()
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
        finding("mendable", Severity.WARNING, (5, 8, 5, 9), "title: x", fix=Fix("Write y", (), safe=True),
                edits=(Replacement(Position(5, 8), Position(5, 9), "y"),)),
        finding("riskily-mendable", Severity.WARNING, (6, 1, 6, 5), "goal: x", fix=Fix("Remove it", (), safe=False),
                edits=(Replacement(Position(6, 1), Position(7, 1), ""),)),
    ),
    files=4,
    names=("maps/one.journey.yaml", "maps/clean.journey.yaml", "a,b:c\n.yaml", "empty.yaml"),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_findings_are_printed_as_they_were(snapshot: Callable[[str, str], None], form: str) -> None:
    snapshot(f"findings-{form}.txt", findings_format(form)(REPORT, Paint()))


def test_color_is_as_it_was(snapshot: Callable[[str, str], None]) -> None:
    for form in ("full", "concise"):
        painted = findings_format(form)(REPORT, Paint(True))
        snapshot(f"findings-{form}-color.txt", painted.replace("\x1b", "␛"))
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == findings_format(form)(REPORT, Paint())


@pytest.mark.parametrize("form", FORMATS)
def test_a_clean_run_prints_no_lines_but_whole_documents(cli: CommandLine, form: str) -> None:
    cli.write("good.journey.yaml", GOOD)
    done = cli("validate", "--output-format", form)
    assert done.status == 0
    if form in ("json", "sarif"):
        assert json.loads(done.out)
    elif form == "gitlab":
        assert json.loads(done.out) == []
    elif form == "junit":
        assert "good.journey.yaml" in done.out
    elif form in ("full", "concise", "github", "json-lines"):
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
        assert set(one) == {"rule", "severity", "message", "help", "suggestion", "file", "start", "end", "path", "fix"}
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
    lines = [json.loads(line) for line in mixed("lint", "--output-format", "json-lines").out.splitlines()]
    assert [(o["file"], o["start"]["line"], o["start"]["column"], o["rule"]) for o in lines] == wanted
    issues = json.loads(mixed("lint", "--output-format", "gitlab").out)
    in_gitlab = [(one["location"]["path"], one["location"]["lines"]["begin"], one["check_name"]) for one in issues]
    assert in_gitlab == [(file, line, rule) for file, line, _, rule in wanted]
    failures = ET.fromstring(mixed("lint", "--output-format", "junit").out).iter("failure")
    found = [re.match(r"\w+\[([\w-]+)\]: .*\n +--> (.*):(\d+):(\d+)\n", one.text or "") for one in failures]
    in_junit = [(one[2], int(one[3]), int(one[4]), one[1]) for one in found if one]
    assert in_junit == sorted(wanted)  # suite by suite
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


def test_github_gets_paths_from_the_root_of_the_repository(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", cli.folder], check=True)
    file = cli.write("docs/maps/good.journey.yaml", GOOD)
    wanted = cli("lint", "--output-format", "github").out
    assert wanted.startswith("::warning file=docs/maps/good.journey.yaml,")
    assert cli("lint", "--output-format", "github", file).out == wanted
    monkeypatch.chdir(file.parent)
    assert cli("lint", "--output-format", "github").out == wanted


# SARIF. The structure that OASIS' SARIF 2.1.0 asks of what we use of it, closed against everything else.

MESSAGE: dict[str, Any] = {"type": "object", "required": ["text"], "additionalProperties": False,
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
            "name version semanticVersion rules",
            name={"const": "journeykit"},
            rules={"type": "array", "uniqueItems": True, "items": closed(
                "id shortDescription fullDescription help defaultConfiguration properties",
                shortDescription=MESSAGE, fullDescription=MESSAGE,
                help={**MESSAGE, "required": ["text", "markdown"],
                      "properties": {**MESSAGE["properties"], "markdown": {"type": "string", "minLength": 1}}},
                defaultConfiguration=closed("level", level={"enum": ["note", "warning", "error"]}),
                properties=closed("tags", tags={"type": "array", "minItems": 1, "items": {"type": "string"}}))},
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
            fixes={"type": "array", "minItems": 1},
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


def test_sarif_describes_every_rule_as_its_page_does(mixed: CommandLine) -> None:
    mixed.write("odd.journey.yaml", MIXED)
    log = json.loads(mixed("lint", "--output-format", "sarif", "--show", "info").out)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        known = known_rules().get(rule["id"])
        page = known.page if known else PAGES[rule["id"]]
        described = rule["fullDescription"]["text"]
        assert len(described) <= 1024
        assert described.startswith(rule["shortDescription"]["text"]) and described[-1] in ".…"
        assert " ".join(page.split()).startswith(described.rstrip("…"))
        assert not re.search("(Why|Bad|Good):", described)
        assert rule["properties"]["tags"] == [known.family if known else "validate"]
        if known:
            assert rule["defaultConfiguration"] == {"level": sarif.LEVELS[known.severity]}
            assert "**Bad:**" in rule["help"]["markdown"] and "\nBad:" not in rule["help"]["markdown"]


def test_sarif_leads_to_the_repository_that_built_the_package(
    mixed: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = json.loads(mixed("lint", "--output-format", "sarif").out)["runs"][0]["tool"]["driver"]
    assert "informationUri" not in without and not [rule for rule in without["rules"] if "helpUri" in rule]
    monkeypatch.setattr(sarif, "repository", lambda: "https://git.example/a/b")
    monkeypatch.setattr("journeykit.output.repository.repository", lambda: "https://git.example/a/b")
    driver = json.loads(mixed("lint", "--output-format", "sarif").out)["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == "https://git.example/a/b"
    for rule in driver["rules"]:
        page, _, heading = rule["helpUri"].removeprefix(f"https://git.example/a/b/blob/v{__version__}/").partition("#")
        assert f"\n## {heading}\n" in (ROOT / page).read_text(encoding="utf-8")


FIXABLE = """title: T
persona: P
touchpoints:
  - {title: I call, channel: in-person, feeling: frustrated}
  - {title: It is mended, channel: phone, feeling: happy}
"""


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [("unknown-channel", "in-person", "face to face"), ("unknown-feeling", "frustrated", "frustratd")],
)
def test_a_sarif_fix_removes_what_it_is_for(cli: CommandLine, rule: str, right: str, wrong: str) -> None:
    path = cli.write("a.journey.yaml", text := FIXABLE.replace(right, wrong))
    results = json.loads(cli("lint", "--output-format", "sarif").out)["runs"][0]["results"]
    (found,) = [result for result in results if result["ruleId"] == rule]
    (change,) = found["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": path.name}
    lines = text.splitlines(keepends=True)
    (edit,) = change["replacements"]
    region = edit["deletedRegion"]
    assert region["startLine"] == region["endLine"] == 4
    line = lines[3]
    lines[3] = line[: region["startColumn"] - 1] + edit["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    assert "".join(lines) == FIXABLE


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


def test_sarif_of_a_file_in_a_repository_is_named_from_its_root(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", cli.folder], check=True)
    file = cli.write("docs/my maps/good.journey.yaml", GOOD)
    wanted = cli("lint", "--output-format", "sarif").out
    assert '"uri": "docs/my%20maps/good.journey.yaml"' in wanted
    assert cli("lint", "--output-format", "sarif", file).out == wanted
    monkeypatch.chdir(file.parent)
    assert cli("lint", "--output-format", "sarif").out == wanted


def test_sarif_of_an_absolute_path_outside_a_repository_is_a_file_uri(mixed: CommandLine) -> None:
    log = json.loads(mixed("validate", mixed.folder / "syntax.journey.yaml", "--output-format", "sarif").out)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (mixed.folder / "syntax.journey.yaml").as_uri()


# JSON lines


def test_json_lines_are_the_findings_of_the_json_each_with_the_version(mixed: CommandLine) -> None:
    whole = json.loads(mixed("lint", "--output-format", "json", "--show", "info").out)
    lines = mixed("lint", "--output-format", "json-lines", "--show", "info").out.splitlines()
    assert [json.loads(line) for line in lines] == [{"version": 1, **one} for one in whole["findings"]]


# GitLab. What its documentation asks of a Code Quality report, closed against everything else.

GITLAB = {"type": "array", "items": closed(
    "description check_name fingerprint severity location",
    description={"type": "string", "pattern": "^[^\\x00-\\x1f]+$"},
    check_name={"type": "string", "pattern": "^[a-z0-9-]+$"},
    fingerprint={"type": "string", "pattern": "^[0-9a-f]{32}$"},
    severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
    location=closed(
        "path lines",
        path={"type": "string", "pattern": r"^(?!/|\./)[^\\]+$"},
        lines=closed("begin end", begin=POSITIVE, end=POSITIVE)),
)}  # fmt: skip


def gitlab(cli: CommandLine, *args: str | Path) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(cli("lint", "--output-format", "gitlab", *args).out)
    return issues


def test_gitlab_gets_a_report_as_it_documents_it(mixed: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    mixed.write("odd name é:[1].journey.yaml", MIXED)
    issues = gitlab(mixed, "--show", "info")
    jsonschema.Draft7Validator(GITLAB).validate(issues)
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    assert {one["severity"] for one in issues} == {"major", "minor", "info"}
    assert {one["location"]["path"] for one in issues} == {
        "broken.journey.yaml", "good.journey.yaml", "odd name é:[1].journey.yaml", "syntax.journey.yaml",
    }  # fmt: skip


def test_gitlab_gets_paths_from_the_root_of_the_repository(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    subprocess.run(["git", "init", "-q", cli.folder], check=True)
    file = cli.write("docs/maps/good.journey.yaml", GOOD)
    wanted = gitlab(cli)
    assert {one["location"]["path"] for one in wanted} == {"docs/maps/good.journey.yaml"}
    assert gitlab(cli, "./docs//maps") == gitlab(cli, file) == wanted
    monkeypatch.chdir(file.parent)
    assert gitlab(cli) == gitlab(cli, "../maps") == wanted
    monkeypatch.setenv("CI_PROJECT_DIR", str(cli.folder / "docs"))
    assert {one["location"]["path"] for one in gitlab(cli)} == {"maps/good.journey.yaml"}
    monkeypatch.setenv("CI_PROJECT_DIR", "/somewhere/else")
    assert {one["location"]["path"] for one in gitlab(cli)} == {"good.journey.yaml"}


def test_gitlab_gets_paths_from_a_root_that_is_a_link(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cli.folder / "real"
    cli.write("real/maps/good.journey.yaml", GOOD)
    subprocess.run(["git", "init", "-q", folder], check=True)
    (cli.folder / "link").symlink_to(folder)
    for root, here in (("link", "real"), ("real", "link"), ("link", "link")):
        monkeypatch.setenv("CI_PROJECT_DIR", str(cli.folder / root))
        monkeypatch.chdir(cli.folder / here / "maps")
        assert {one["location"]["path"] for one in gitlab(cli)} == {"maps/good.journey.yaml"}


def test_gitlab_fingerprints_stay_when_lines_move_and_change_with_the_text(mixed: CommandLine) -> None:
    before = {one["fingerprint"]: one["check_name"] for one in gitlab(mixed)}
    path = mixed.folder / "broken.journey.yaml"
    path.write_text("# a remark\n\n" + MIXED, encoding="utf-8")
    assert {one["fingerprint"]: one["check_name"] for one in gitlab(mixed)} == before
    path.write_text(MIXED.replace("frustratd", "frstrated"), encoding="utf-8")
    assert len(before.keys() - {one["fingerprint"] for one in gitlab(mixed)}) == 1


def test_fingerprints_of_equal_texts_are_numbered_by_place_not_by_the_order_of_the_list() -> None:
    twice = [finding("same", Severity.ERROR, (line, 1, line, 2), "x") for line in (4, 9, 2)]
    marks = fingerprints_of(twice)
    assert len(set(marks)) == 3
    assert fingerprints_of(twice[::-1]) == marks[::-1]


# JUnit. What the XML Schemas in use (that of Jenkins' xUnit plugin is the widest known) have in common.

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "system-out": set(),
}
BELOW = {
    "testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "system-out"}, "failure": set(),
    "system-out": set(),
}  # fmt: skip


def junit(cli: CommandLine, *args: str | Path) -> JUnitXml:
    text = cli("lint", "--output-format", "junit", *args).out
    for element in ET.fromstring(text).iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= BELOW[element.tag]
    return JUnitXml.fromstring(text.encode())


def test_junit_is_read_back_with_its_counts(mixed: CommandLine) -> None:
    wanted = places(mixed, "lint")
    read = junit(mixed)
    assert (read.tests, read.failures, read.errors) == (len(wanted), len(wanted), 0)
    assert {suite.name for suite in read} == {"broken.journey.yaml", "good.journey.yaml", "syntax.journey.yaml"}
    for suite in read:
        told = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()  # type: ignore[no-untyped-call]
        assert told == (suite.tests, suite.failures, suite.errors, suite.skipped)
        names = [case.name for case in suite]
        assert len(set(names)) == len(names)
        assert {case.classname for case in suite} == {suite.name}


def test_junit_has_a_passing_test_for_a_file_without_findings(cli: CommandLine) -> None:
    cli.write("good.journey.yaml", GOOD)
    cli.write("bad.journey.yaml", "title: T\n")
    text = cli("validate", "--output-format", "junit").out
    bad, good = JUnitXml.fromstring(text.encode())
    assert [(case.name, case.is_passed) for case in good] == [("no findings", True)]
    assert [case.is_passed for case in bad] == [False, False]


def test_junit_fails_only_what_makes_the_command_fail(cli: CommandLine) -> None:
    cli.write("good.journey.yaml", GOOD)
    (strict,) = junit(cli)
    assert strict.failures == strict.tests > 0
    (mild,) = junit(cli, "--fail-on", "error")
    assert (mild.failures, mild.tests) == (0, strict.tests)
    assert [case.name for case in mild] == [case.name for case in strict]
    assert all("warning[" in case.system_out and case.name.split(":")[0] in case.system_out for case in mild)


def test_junit_names_stay_when_lines_move(mixed: CommandLine) -> None:
    def names() -> list[tuple[str, str]]:
        return [(case.classname, case.name) for suite in junit(mixed) for case in suite]

    before = names()
    (mixed.folder / "broken.journey.yaml").write_text("# a remark\n\n" + MIXED, encoding="utf-8")
    assert names() == before


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1b", "\r", "\ufffe", "\uffff", "\ud800", "\u0085", "😀", "]]>"]
)
def test_junit_takes_every_character(character: str) -> None:
    odd = finding("odd", Severity.ERROR, (1, 1, 1, 3), f"<{character}>", message=f"&{character}", file=f"{character}.y")
    text = findings_format("junit")(Report((odd,), 1), Paint())
    assert text.isascii()
    (suite,) = JUnitXml.fromstring(text.encode())
    (case,) = suite
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.message.startswith("&")


def test_a_name_for_standard_input_that_no_file_can_have_breaks_no_format(cli: CommandLine) -> None:
    for form in FORMATS:
        done = cli("validate", "-", "--stdin-filename", f"{'x' * 300}/a\nb", "--output-format", form, stdin=b"a: 1\n")
        assert done.status == 1, done.err


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
    assert json.loads(cli("validate", "--output-format", "gitlab").out)[0]["location"]["path"] == (
        r"caf\udce9.journey.yaml"
    )
    assert r"caf\udce9.journey.yaml:1:1" in cli("validate").out
    assert cli("validate", "--show-files").out == "caf\\udce9.journey.yaml\n"
