"""Payloads in what programs read: formats of findings, notebooks, the log of GitHub's runner.

Each output is read by a real parser, and has as many records, elements and commands as without the payload.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

import journeykit
from journeykit.finding import Finding, Severity
from journeykit.fix import Fix, Replacement
from journeykit.output.paint import Paint, without_commands
from journeykit.output.report import Report, findings_format
from journeykit.source import Position
from tests.conftest import CommandLine, slow
from tests.fuzz.stages import assert_printable, check_svg

MARK = "FORGED"
PAYLOADS = [
    "x\n::error::FORGED", "x\r\n##[error]FORGED", "x%0A::set-output name=a::FORGED", "x%0D%0A::warning::FORGED",
    "::error file=a,line=1::FORGED", "::stop-commands::FORGED", "::add-mask::FORGED", "a,b:c%2C%3AFORGED",
    "x]]>FORGED", "]]]]><![CDATA[>FORGED", "</failure><testcase name='FORGED'/>", '"/><FORGED a="', "--><FORGED/>",
    "&#0;&#x1b;FORGED", "&lt;FORGED;", "<!--FORGED", "<?xml FORGED?>", "<!DOCTYPE FORGED>", "\x00FORGED",
    "\x01\x02\x0b\x0c\x0e\x1f\x7f\x80\x9fFORGED", "\udc80FORGED", "FORGED\udcff", "\ufffe\uffffFORGED",
    "\U0001fffeFORGED",
    "x\u2028FORGED\u2029", "x\x85FORGED", '{"a":"FORGED"}', '","rule":"FORGED"', "\\u0022FORGED", "FORGED" * 20_000,
    "e\u0301" * 5_000 + "FORGED", "../../../etc/FORGED", "/etc/FORGED", "C:\\x\\FORGED", "file:///FORGED", "x\tFORGED",
    "x\x1b[31mFORGED", "\u202eFORGED", "x?FORGED#FORGED", "javascript:FORGED",
]  # fmt: skip
PLACES = ("message", "help", "file", "line", "suggestion", "fix", "path", "page")


def report(payload: str, place: str, severity: Severity) -> Report:
    """Two findings with a payload in one place."""
    texts: dict[str, Any] = {"message": "m", "help": "h", "file": "a.journey.yaml"}
    lines = ("title: x",)
    if place in texts:
        texts[place] = payload
    elif place == "line":
        lines = (re.sub(r"[\r\n]", " ", payload),)  # which no line of a file has
    elif place == "suggestion":
        texts["suggestion"] = (payload,)
    elif place == "fix":
        edits = (Replacement(Position(1, 1), Position(1, 2), payload),)
        texts |= {"fix": Fix(payload, (), safe=True), "edits": edits}
    elif place == "path":
        texts["path"] = (payload, 0)
    found = Finding("some-rule", severity, start=Position(1, 1), end=Position(1, 3), lines=lines, **texts)
    pages = {"some-rule": payload} if place == "page" else {}
    return Report((found, found), 2, names=(found.file, "b.yaml"), own_pages=pages)


SARIF = {
    "type": "object", "required": ["version", "runs"],
    "properties": {"runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
        "type": "object", "required": ["tool", "results"], "properties": {
            "results": {"minItems": 2, "maxItems": 2, "items": {
                "required": ["ruleId", "message", "locations"], "properties": {"ruleId": {"const": "some-rule"}}}},
            "tool": {"properties": {"driver": {"properties": {"rules": {"minItems": 1, "maxItems": 1}}}}},
        }}}},
}  # fmt: skip
ELEMENTS = {"testsuites", "testsuite", "testcase", "failure", "system-out"}


def check(form: str, text: str) -> None:
    """Read a format, which must hold two findings."""
    text.encode("utf-8")
    assert_printable(text)
    lines = text.splitlines()
    if form == "github":
        assert len(lines) == 2 and all(re.match(r"::(error|warning|notice) file=", line) for line in lines)
    elif form == "gitlab":
        found = json.loads(text)
        assert len(found) == 2 and all(isinstance(one["location"]["path"], str) for one in found)
    elif form == "json":
        assert [one["rule"] for one in json.loads(text)["findings"]] == ["some-rule"] * 2
    elif form == "json-lines":
        assert [json.loads(line)["rule"] for line in lines] == ["some-rule"] * 2
    elif form == "sarif":
        jsonschema.validate(json.loads(text), SARIF)
    elif form == "junit":
        root = ElementTree.fromstring(text)
        assert {one.tag for one in root.iter()} <= ELEMENTS and len(root.findall(".//testcase")) == 3
    elif form == "concise":
        assert len(lines) == 2
    else:
        assert not [line for line in lines if line.strip().startswith((MARK, "::"))]
    assert form not in ("gitlab", "json", "json-lines", "sarif", "junit") or text.isascii()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "form", ["full", "concise", "github", "gitlab", "json", "json-lines", "sarif", "junit"]
)  # fmt: skip
@pytest.mark.parametrize("each", [False, slow(True)], ids=["severities in turn", "each severity"])
def test_a_format_of_findings_has_the_same_records(form: str, place: str, each: bool) -> None:
    severities = list(Severity)
    for number, payload in enumerate(PAYLOADS):
        for severity in severities if each else severities[number % len(severities) :][:1]:
            check(form, findings_format(form)(report(payload, place, severity), Paint()))


class Elements(HTMLParser):
    """The elements of an HTML text with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    handle_pi = unknown_decl = handle_comment


HTML = [
    "<script>FORGED</script>", "<img src=x onerror=FORGED>", "</td></tr></table><script>FORGED", "<!--FORGED",
    "FORGED-->",
    "&lt;script&gt;FORGED", "&#60;script>FORGED", "<svg/onload=FORGED>", '" onmouseover="FORGED', "' style='FORGED",
    "<a href=javascript:FORGED>x</a>", "]]><script>FORGED</script>", "</title></svg><script>FORGED", "<style>*{FORGED",
    "</desc><image href='https://FORGED.example/'/>", "<![CDATA[FORGED", "<?xml-stylesheet href='FORGED'?>",
    "\x00FORGED",
    "<use href='#FORGED'/>", "url(https://FORGED.example)", "@import 'FORGED'", "{{FORGED}}", "$FORGED$",
    "\u202eFORGED",
    "\x1b]0;FORGED\a", "<\u200bscript>FORGED", "＜script＞FORGED", "<plaintext>FORGED", "<iframe srcdoc='FORGED'>",
]  # fmt: skip
TAGS = {"p", "br", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def journey(payload: str, feeling: str) -> str:
    text, word = json.dumps(payload), json.dumps(f"w {payload}")
    return f"""\
title: {text}
persona: {{name: {text}, pains: [{text}]}}
feelings: {{{word}: -2}}
channels: {{kiosk: {{name: {text}}}}}
stages:
- name: {text}
  touchpoints:
  - {{id: one, title: {text}, feeling: {word}, channel: kiosk, quote: {text}}}
  - {{id: two, title: {text}, feeling: {feeling}, expected: 1}}
opportunities:
- {{title: {text}, at: [one], owner: {text}, impact: 3, effort: 2, target: {{one: 2}}}}
"""


@pytest.mark.parametrize("payload", HTML, ids=ascii)
def test_a_notebook_makes_no_element_of_a_text(tmp_path: Path, payload: str) -> None:
    old, new = tmp_path / "old.journey.yaml", tmp_path / "new.journey.yaml"
    old.write_text(journey(payload, "sad"), encoding="utf-8")
    new.write_text(journey(payload, "delighted"), encoding="utf-8")
    made = journeykit.load(old)
    scores = journeykit.score(made)
    shown: list[Any] = [
        scores, journeykit.low_points(made), journeykit.peaks(journeykit.load(new)), journeykit.opportunities(made),
        journeykit.compare(old, new), journeykit.lint(old),
    ]  # fmt: skip
    words = ""
    for one in shown:
        html = one._repr_html_()
        assert_printable(html)
        read = Elements(html)
        words += read.words
        assert {tag for tag, _ in read.found} <= TAGS, html
        assert {attributes for _, attributes in read.found} <= {(), (("style", "text-align: right"),)}, html
    assert MARK in words
    pictures = [made._repr_svg_(), *(journeykit.render(made, chart=kind).svg for kind in ("map", "curve", "blueprint"))]
    pictures += [
        journeykit.render(journeykit.compare(old, new)).svg,
        journeykit.render([made, journeykit.load(new)]).svg,
    ]
    for svg in pictures:
        assert svg is not None and MARK in svg
        check_svg(svg.encode())
        root = ElementTree.fromstring(svg)
        names = {one.tag.rpartition("}")[2] for one in root.iter()}
        assert names <= {
            "svg",
            "pattern",
            "title",
            "desc",
            "g",
            "path",
            "rect",
            "text",
            "tspan",
            "line",
            "circle",
            "defs",
            "style",
            "use",
        }, names
        assert all(one.get("href", "").startswith("#") for one in root.iter() if one.tag.endswith("}use"))
        styles = "".join(one.text or "" for one in root.iter() if one.tag.endswith("style"))
        attributes = " ".join(value for one in root.iter() for value in one.attrib.values())
        assert MARK not in styles and "url(http" not in styles + attributes


def test_a_log_of_githubs_runner_holds_no_command(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step may run `journeykit score` by itself; the runner reads each line of what it prints."""
    title = json.dumps("::set-output name=x::FORGED ##[add-mask]e")
    text = f"title: {title}\npersona: P\nnote: |\n  ::error::FORGED\ntouchpoints:\n- I call:   sad\n- {title}: hapy\n"
    cli.write("::error::a.journey.yaml", text.replace("hapy", "happy"))
    cli.write("::b.journey.yaml", text)
    commands = [
        "validate", "lint", "lint --output-format concise", "lint --show-files", "score", "fmt --diff", "fmt --check",
        "show ./::error::a.journey.yaml", "lint --diff --unsafe-fixes", "low-points", "opportunities", "render --alt",
        "lint nowhere", "lint ::nowhere", "render", "explain ##[error]x", "--##[x]", "score --##[x]",
    ]  # fmt: skip
    obeyed = 0
    for command in commands:
        plain = cli(*command.split())
        obeyed += any(line.lstrip().startswith("::") for line in (plain.out + plain.err).splitlines())
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        done = cli(*command.split())
        monkeypatch.delenv("GITHUB_ACTIONS")
        for printed in (done.out, done.err):
            assert not [line for line in printed.splitlines() if line.lstrip().startswith("::")], (command, printed)
            assert "##[" not in printed, (command, printed)
        assert done.status == plain.status and len(done.out.splitlines()) == len(plain.out.splitlines())
    assert obeyed > 4, "the test must know what to look for"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert cli("lint", "--output-format", "github").out.startswith("::error ")
    assert json.loads(cli("score", "--output-format", "json").out)


def test_only_commands_are_changed_in_a_log() -> None:
    assert without_commands("a::b\n  x: ::\n#[x]\n") == "a::b\n  x: ::\n#[x]\n"
    assert without_commands("  ::error::x\n##[error]x") == "  \\x3a:error::x\n#\\x23[error]x"


@pytest.mark.parametrize(
    ("command", "load"),
    [
        ("score --output-format json", json.loads), ("lint --output-format json", json.loads),
        ("lint --output-format sarif", json.loads), ("lint --output-format gitlab", json.loads),
        ("lint --output-format junit", ElementTree.fromstring),
    ],
)  # fmt: skip
def test_data_in_a_log_hold_no_command_and_say_the_same(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, command: str, load: Callable[[str], Any]
) -> None:
    cli.write("a.journey.yaml", "title: '##[add-mask]a'\npersona: P\ntouchpoints:\n- '##[group]I': sad\n- We: calm\n")
    plain = cli(*command.split()).out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    printed = cli(*command.split()).out
    assert "##[" in plain or "sarif" in command or "gitlab" in command
    assert "##[" not in printed
    whole = [load(text) for text in (plain, printed)]
    assert whole[0] == whole[1] or [*whole[0].itertext()] == [*whole[1].itertext()]


def test_a_patch_that_is_written_to_a_file_stays_as_it_is(tmp_path: Path) -> None:
    """Only what a runner may read is escaped: `journeykit lint --diff > x.patch` must apply."""
    text = """\
title: A
persona: P
touchpoints:
  - title: a
    why: |
      x
      ::y
    channel: telephone
    feeling: calm
  - {title: b, channel: phone, feeling: calm}
"""
    (tmp_path / "a.journey.yaml").write_text(text, encoding="utf-8")
    patch = tmp_path / "x.patch"
    command = [sys.executable, "-m", "journeykit", "lint", "--diff", "--isolated", "--no-cache", "a.journey.yaml"]
    with patch.open("wb") as out:
        subprocess.run(
            command, cwd=tmp_path, stdout=out, stderr=subprocess.DEVNULL, check=False,
            env={**os.environ, "GITHUB_ACTIONS": "true"},
        )  # fmt: skip
    subprocess.run(["git", "apply", "--check", "x.patch"], cwd=tmp_path, check=True)
