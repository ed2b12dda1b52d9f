"""Typing errors are fixed by `lint --fix --unsafe-fixes`, each if the file is better for it."""

from __future__ import annotations

import json

import pytest

from journeykit.changing.suggestions import with_suggestions, write_suggestions
from journeykit.linting import Linted, lint
from journeykit.reading import Document, read_text
from tests.conftest import CommandLine

WRONG = """\
title: I get my router fixed
persnoa: Home customer   # who it is
sources: [{id: talks, kind: interviw}]
touchpoints:
  - id: call
    title: I call
    feeling: frustratd
    chanel: phone
    satisfaction: "1"
    at: day 3 9:00am
    evidence: [talk]
    reach: 80
    tags: complaint
  - title: They come
    channel: phnoe
    feeling: relieved
"""
RIGHT = """\
title: I get my router fixed
persona: Home customer   # who it is
sources: [{id: talks, kind: interview}]
touchpoints:
  - id: call
    title: I call
    feeling: frustrated
    channel: phone
    satisfaction: 1
    at: day 3 09:00
    evidence: [talks]
    reach: 80%
    tags: [complaint]
  - title: They come
    channel: phone
    feeling: relieved
"""


def relint(document: Document) -> Linted:
    return lint(document)


def mended(text: str) -> str:
    document = read_text(text, "x.yaml")
    return write_suggestions(document, relint(document), relint).document.source.text


def test_all_typing_errors_of_a_file_and_what_they_uncover() -> None:
    document = read_text(WRONG, "x.yaml")
    found = write_suggestions(document, relint(document), relint)
    assert found.document.source.text == RIGHT
    assert found.document.journey is not None
    assert found.applied.total() == 10 and found.applied["unknown-channel"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "lasts: 5m",  # minutes or months: two texts may be meant
        "feeling: xyzzy",
        "at: day 1",  # right as it is
        "lasts: 4 hourss",
    ],
)
def test_what_is_not_clear_stays(line: str) -> None:
    text = f"title: T\npersona: P\ntouchpoints:\n  - title: I call\n    {line}\n  - They come\n"
    assert mended(text) == text


def test_one_that_does_not_help_does_not_keep_back_the_others() -> None:
    text = (
        "title: T\npersona: P\ntouchpoints:\n  - title: I call\n    chanel: phone\n    channel: mail\n"
        "  - title: They come\n    feling: calm\n"
    )
    assert mended(text) == text.replace("feling", "feeling")  # a second `channel` would be refused


def test_without_unsafe_fixes_they_are_only_counted(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", WRONG)
    done = cli("lint", "--fix")
    assert done.status == 1 and "9 more fixable with --unsafe-fixes." in done.err
    assert (cli.folder / "a.journey.yaml").read_text(encoding="utf-8") == WRONG


def test_the_command_line_fixes_and_says_what(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", WRONG)
    done = cli("lint", "--fix", "--unsafe-fixes", "--select", "unknown-channel")
    assert (cli.folder / "a.journey.yaml").read_text(encoding="utf-8") == RIGHT, done.err
    assert done.status == 0 and "Fixed 10 of 10 findings" in done.err


def test_programs_get_the_edit(cli: CommandLine) -> None:
    cli.write("a.journey.yaml", WRONG)
    found = json.loads(cli("lint", "--output-format", "json").out)["findings"]
    (key,) = [one for one in found if one["message"] == 'unknown key "persnoa"']
    assert key["suggestion"] == ["persona"]
    assert key["fix"] == {
        "title": "Write persona", "safe": False,
        "edits": [{"start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 8}, "text": "persona"}],
    }  # fmt: skip


def test_a_mark_has_no_edit_until_it_is_tried() -> None:
    document = read_text(WRONG, "x.yaml")
    linted = relint(document)
    marked = with_suggestions(document, linted, relint, tried=False)
    assert all(finding.fix and not finding.fix.safe and finding.edits == () for finding in marked)
