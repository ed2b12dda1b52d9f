"""`measure` on hostile labels, columns and addresses: counted, or refused with words; no terminal is reached."""

from __future__ import annotations

import csv
import io
import json
import os
import re

import pytest

from tests.conftest import CommandLine

SECRET = "a-value-of-the-data"
SIGNS = (
    "'; DROP TABLE jk_rows; --", '"quoted"', "back\\slash", "two\nlines", "::error::x\nnext", "\x1b[31mred",
    "\x1b]0;t\x07", "\u202eleft", "zero\u200bwidth", "\x7f", "\x9b31m", "\u2066x", "${HOME}", "$(id)", "`id`", "%s%n",
    "{0}", "<script>", "=cmd|' /C calc'!A0", "null", "~", "- x", "[1, 2]", "{a: b}", "# c", "*a", "!!python/object:x",
    "x\u2028y", "x\x85y", "../../etc/passwd", "file:///etc/passwd", "a,b;c\td|e", "1e999", "NaN", "İ", "ß", "ﬃ",
    "e\u0301", "A" * 10_240,
)  # fmt: skip
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u202a-\u202e\u2066-\u2069]")
SOURCE = '[data.it]\nkind = "answers"\nurl = "it.csv"\n'
MAP = "title: A\npersona: Anna\ndata: [it]\ntouchpoints:\n  - One\n  - Two\n"


def table(*rows: list[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def check_safe(text: str) -> None:
    assert UNSAFE.findall(text) == []
    assert SECRET not in text
    assert not any(line.startswith("::") for line in text.splitlines())


@pytest.fixture
def it(cli: CommandLine) -> CommandLine:
    cli.write("it.journey.yaml", MAP)
    return cli


def test_labels_are_counted_each_as_itself(it: CommandLine) -> None:
    rows = [[sign, 1 + row % 5, SECRET] for sign in SIGNS for row in range(6)]
    it.write("it.csv", table(["question", "score", "note"], *rows))
    it.write("journeykit.toml", f'{SOURCE}touchpoint = "question"\nscore = "score"\nmetric = {{ is = "csat" }}\n')
    found = json.loads(it("measure", "--output-format", "json").out)["journeys"][0]["unmatched"]
    assert {one["item"]: one["n"] for one in found} == dict.fromkeys((sign.strip() for sign in SIGNS), 6)
    for options in ((), ("--output-format", "csv"), ("--check",), ("--diff",)):
        done = it("measure", *options)
        assert done.status in (0, 1), done.err
        check_safe(done.out + done.err)


@pytest.mark.parametrize("names", [list(SIGNS[at : at + 10]) for at in range(0, len(SIGNS) - 1, 10)])
def test_names_of_columns_are_read_or_named_with_escapes(it: CommandLine, names: list[str]) -> None:
    it.write("it.csv", table([*names, "note"], *[[*[1 + row % 5] * len(names), SECRET] for row in range(40)]))
    columns = "".join(
        f"{json.dumps(name)} = {{ metric = 'csat', touchpoint = 't{at}' }}\n" for at, name in enumerate(names)
    )
    head = f'{SOURCE}delimiter = ","\n[data.it.columns]\n'
    it.write("journeykit.toml", head + columns.replace("\x7f", "\\u007f"))
    answers = json.loads(it("measure", "--output-format", "json").out)["journeys"][0]["unmatched"]
    assert {one["item"]: one["n"] for one in answers} == {f"t{at}": 40 for at in range(len(names))}
    shown = it("measure", "--show-sql")
    check_safe(shown.out)
    it.write("journeykit.toml", f'{head}gone = "nps"\n')
    refused = it("measure")
    assert (refused.status, len(refused.err.splitlines())) == (2, 2), refused.err
    assert 'there is no column "gone"' in refused.err
    check_safe(refused.err)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("gone-*.csv", "there is no file"), ("[a-z", "there is no file"), ("a" * 300 + ".csv", "there is no file"),
        ("../" * 60 + "etc/passwd", "no kind of file"), ("/dev/zero", "is no file of data"),
        ("pipe.csv", "is no file of data"),
        ("https://example.org/a.csv", "no engine for"), ("file:///etc/passwd", "no engine for"),
        ("\\u001b[31m.csv", "there is no file"), ("a\\u0000.csv", "NUL"), ("folder", "there is no file"),
        ("loop.csv", "there is no file"),
    ],
)  # fmt: skip
def test_addresses_that_are_no_files_of_data_are_refused(it: CommandLine, url: str, said: str) -> None:
    os.mkfifo(it.folder / "pipe.csv")
    (it.folder / "folder").mkdir()
    (it.folder / "loop.csv").symlink_to("loop.csv")
    it.write("journeykit.toml", f'[data.it]\nkind = "answers"\nurl = "{url}"\n[data.it.columns]\na = "nps"\n')
    done = it("measure")
    assert (done.status, done.out) == (2, ""), done.err
    assert said in done.err
    check_safe(done.err)
