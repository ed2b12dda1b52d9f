"""`serve --edit`: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from journeykit.site.live.serving import TOKEN_HEADER
from tests.cli.test_processes import PROGRAM, environment
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends a signal as a terminal does")


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Run the command; give the process, the address of the site and the token."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", str(folder), "--poll", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, env=environment(PYTHONUNBUFFERED="1"),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("Serving 1 journey at "), first
        found = re.fullmatch(
            r"Editor: (http://127\.0\.0\.1:\d+/)edit/(?:#token=([\w-]+))?\n", process.stdout.readline()
        )
        assert found
        yield process, found[1], found[2] or ""
    finally:
        process.kill()
        process.wait(30)
        assert process.stdout is not None
        process.stdout.close()


def post(address: str, token: str, data: Any) -> Any:
    headers = {TOKEN_HEADER: token, "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(address, json.dumps(data).encode(), headers)) as answer:
        return json.loads(answer.read())


def test_changes_that_are_not_saved_need_a_second_ctrl_c(tmp_path: Path) -> None:
    file = tmp_path / "a.journey.yaml"
    text = (EXAMPLES / "smallest.journey.yaml").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    with serving(tmp_path, "--edit") as (process, address, token):
        post(f"{address}_edit/a/mode", token, {"mode": "demand"})
        post(f"{address}_edit/a", token, {"acts": [{"do": "set", "path": ["title"], "value": "Other"}]})
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"journeykit: not saved: {file}; save in the browser")
        assert post(f"{address}_edit/a/save", token, {})["saved"]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert file.read_text(encoding="utf-8") == re.sub("(?m)^title: .*$", "title: Other", text)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--edit", "--host", "0.0.0.0"], "--edit is for this machine only"),
        (["--edit", "--frame", "https://example.org"], "not for pages within those of others"),
        (["--new", "--read-only"], "--read-only writes nothing"), (["--read-only"], "--read-only is for --edit"),
        (["nowhere", "--new"], "--new needs a folder"),
        (["--editor", "x"], "--editor is for --edit"), (["--edit", "--editor", "x"], '"x" names no file'),
    ],
)  # fmt: skip
def test_what_is_not_safe_or_has_no_meaning_is_refused(tmp_path: Path, options: list[str], words: str) -> None:
    done = subprocess.run(
        [*PROGRAM, "serve", *options], cwd=tmp_path, capture_output=True, text=True, env=environment(), timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert words in done.stderr


def test_without_a_token_there_is_nothing_to_write_with(tmp_path: Path) -> None:
    (tmp_path / "a.journey.yaml").write_bytes((EXAMPLES / "smallest.journey.yaml").read_bytes())
    with serving(tmp_path, "--edit", "--read-only") as (_, _, token):
        assert token == ""
