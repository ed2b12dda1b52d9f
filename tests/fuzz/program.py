"""The command line as users run it, in this process: with payloads in every field, and with faults of the system."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from journeykit.__main__ import main
from journeykit.reading import read_bytes, read_text
from journeykit.reading.yaml_text import parse_yaml
from tests.conftest import EXAMPLES
from tests.fuzz.stages import assert_printable, check_svg

MARK = "FORGED"
LONG_MARK = "FORGEDLONG"
"""Behind payloads that a table may break before the mark; at the very beginning of a line it never stands."""
LONG = 30
"""Characters of a payload that a table breaks."""
PAYLOADS = [
    "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x1b]0;t\a", "\x1b[2J", "\x9b2J",
    "\b" * 9, "\x00", "\u202e", "\u2066", "\u061c", "\u200b", "\u200d", "\ufeff", "\U000e0041", "\ud83d",
    "::set-output name=a::", "##[error]", "\n::error::", "%0A::error::", "=cmd|' /C calc'!A0", ";=1+1;", "\t@SUM(1)",
    "；＝1", "|-1+", ",+1", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]>", "&lt;&#x3c;",
    "javascript:alert(1)", "[x](javascript:alert(1))", "| a | b |\n| - |", "@everyone", "#1", "```", "$(touch x)",
    "`touch x`", "{{7*7}}", "%s%n", "../../etc/passwd", "\\", "'", '"', "e\u0301" * 50, "ﷺ" * 30, "𝕏" * 30, "א" * 30,
    "word " * 20 + "\n", "w" * 200 + "\r\n", "word " * 20 + "\x1b[2J\r", "w" * 90 + "\u2028",
    "word " * 20 + "\n::error::",
    "<b>" * 20 + "<script>alert(1)</script>", "| " * 30 + "\n| a |\n| - |\n", "=1+" * 20, "w" * 99 + ";=1+1;",
    "\x85" * 40,
]  # fmt: skip
TEXT = [
    "validate", "lint --show info", "lint --output-format concise", "score", "low-points", "opportunities",
    "show a.journey.yaml", "fmt --check", "lint --diff --unsafe-fixes", "git-textconv a.journey.yaml", "render --alt",
    "validate --output-format github", "lint --show info --output-format github",
]  # fmt: skip
DATA = {
    "json": ["score", "low-points", "opportunities", "lint --show info"],
    "csv": ["score", "low-points", "opportunities"],
    "markdown": ["score", "low-points", "opportunities"],
}
SIGNS = tuple("=+-@＝＋－＠")


class Done:
    """The status and output of a command."""

    def __init__(self, status: int, out: bytes, err: bytes) -> None:
        self.status, self.out, self.err = status, out.decode("utf-8"), err.decode("utf-8")


def run(*args: str, terminal: bool = False) -> Done:
    """Run a command in the working folder."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in (out, err)]
    if terminal:
        for stream in streams:
            stream.isatty = lambda: True  # type: ignore[method-assign]
    status = 0
    given = io.TextIOWrapper(io.BytesIO(), "utf-8")
    argv = ["journeykit", *args]
    with (
        patch.object(sys, "argv", argv), patch.object(sys, "stdin", given), patch.object(sys, "stdout", streams[0]),
        patch.object(sys, "stderr", streams[1]),
    ):  # fmt: skip
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    assert status != 3 and b"internal error" not in err.getvalue(), (args, err.getvalue())
    return Done(status, out.getvalue(), err.getvalue())


@contextmanager
def folder() -> Iterator[Path]:
    """A working folder of its own, in a wide terminal, with an empty cache."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        environment = {
            "COLUMNS": "5000",
            "XDG_CACHE_HOME": name,
            "TERM": "dumb",
            "JOURNEYKIT_CACHE_DIR": f"{name}/cache",
        }
        Path(name, "work").mkdir()
        with patch.dict(os.environ, environment):
            os.chdir(f"{name}/work")
            try:
                yield Path(name, "work")
            finally:
                os.chdir(before)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths of all texts and keys; a path that ends in None means the key before it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key, None)
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))
    elif isinstance(value, str):
        yield path


def replaced(value: Any, path: tuple[Any, ...], text: str) -> Any:
    """Return a value with another text at a path."""
    if not path:
        return text
    step, *rest = path
    if rest == [None]:
        return {text if key == step else key: inner for key, inner in value.items()}
    if isinstance(value, dict):
        return {key: replaced(inner, tuple(rest), text) if key == step else inner for key, inner in value.items()}
    return [replaced(inner, tuple(rest), text) if at == step else inner for at, inner in enumerate(value)]


def payload_journey(random: Random) -> Any:
    """Return an example with one to three payloads in its texts and keys, and whether it is written in ASCII."""
    data: Any = parse_yaml(random.choice(sorted(EXAMPLES.glob("*.yaml"))).read_text(encoding="utf-8")).data
    for _ in range(random.randint(1, 3)):
        path = random.choice(list(leaves(data)))
        payload = random.choice(PAYLOADS)
        mark = MARK if len(payload) < LONG else LONG_MARK
        data = replaced(data, path, f"x{payload}{mark}")
    return {"ascii": random.random() < 0.5, "journey": data}


def check_payload(case: Any) -> str:
    """Check everything that is printed and drawn of a journey with payloads."""
    data = json.dumps(case["journey"], ensure_ascii=case["ascii"], indent=1).encode("utf-8", "surrogatepass")
    with folder() as here:
        (here / "a.journey.yaml").write_bytes(data)
        for command in TEXT:
            done = run(*command.split(), terminal="git" not in command)
            for text in (done.out, done.err):
                assert_printable(text)
                forged = [line for line in text.splitlines() if is_forged(line)]
                raw = command.startswith("git-textconv") and read_bytes(data, "a.journey.yaml").journey is None
                assert raw or not forged, (command, forged)
            if "github" in command:
                assert all(line.startswith(("::error ", "::warning ", "::notice")) for line in done.out.splitlines())
        for form, commands in DATA.items():
            for command in commands:
                check_data(form, run(*command.split(), "--output-format", form).out, command)
        if run("render").status == 0:
            check_svg((here / "a.svg").read_bytes())
    return "printed"


def is_forged(line: str) -> bool:
    """Return whether a text made a line of the output, or of a cell of a table."""
    cell = line.strip(" │|")
    return line.startswith(MARK) or (cell.startswith(MARK) and not cell.startswith(LONG_MARK))


def check_data(form: str, text: str, command: str) -> None:
    """Check a table in a format for programs."""
    assert_printable(text)
    if form == "json":
        assert text.isascii()
        json.loads(text)
    elif form == "markdown":
        assert "<script" not in text.replace("\\<", "") and "<img" not in text.replace("\\<", ""), (command, text)
        assert not [line for line in text.splitlines() if is_forged(line)], (command, text)
    else:
        for cut in ",;\t|":
            for line in text.splitlines()[1:]:
                cells = next(csv.reader([line], delimiter=cut), [])
                bad = [
                    one for one in cells if one.strip(" \"'").startswith(SIGNS) and not one.strip(' "').startswith("'")
                ]
                assert all(_is_number(one) for one in bad), (command, cut, bad)


def _is_number(cell: str) -> bool:
    try:
        float(cell.split(",")[0].strip('"'))
    except ValueError:
        return False
    return True


FAILING = (
    "write",
    "open",
    "replace",
    "fstat",
    "stat",
    "fchmod",
    "fchown",
    "scandir",
    "mkdir",
    "read",
    "ftruncate",
    "lseek",
)
CODES = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.ENOENT, errno.ELOOP, errno.EROFS, errno.EDQUOT, errno.EINTR)
WRITING = (
    "fmt",
    "lint --fix --unsafe-fixes",
    "render",
    "lint --write-baseline",
    "init new.journey.yaml",
    "lint",
    "score -o s.json",
)


@contextmanager
def failing(name: str, number: int, code: int) -> Iterator[None]:
    """Let one call of a function of the system fail, and those that follow where the disk is full."""
    real: Callable[..., Any] = getattr(os, name)
    count = 0

    def fail(*args: Any, **kwargs: Any) -> Any:
        nonlocal count
        count += 1
        if count == number or (count > number and code in (errno.ENOSPC, errno.EROFS)):
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    with patch.object(os, name, fail):
        yield


def fault(random: Random) -> Any:
    """Return a command, a journey, what else is in the folder, and the call of the system that fails."""
    sample = random.choice(sorted(EXAMPLES.glob("*.yaml"))).read_text(encoding="utf-8").replace(": ", ":  ")
    return {
        "command": random.choice(WRITING),
        "call": random.choice(FAILING),
        "number": random.randint(1, 12),
        "error": errno.errorcode[random.choice(CODES)],
        "linked": random.random() < 0.3,
        "beside": [random.choice(BESIDE), random.choice(("link", "pipe", "folder", "", "", ""))],
        "target": random.choice(("/dev/zero", "/dev/null", "missing", ".", "a.svg", "a.journey.yaml")),
        "journey": sample,
    }


def check_fault(case: Any) -> str:
    """Check that a journey is whole, old or new, whatever the system refuses, and that nothing is left behind."""
    command, sample = case["command"], case["journey"]
    with folder() as here:
        file = here / "a.journey.yaml"
        file.write_text(sample, encoding="utf-8")
        if case["linked"]:
            os.link(file, here / "b")
        name, kind = case["beside"]
        put_beside(here / name, kind, case["target"])
        with failing(case["call"], case["number"], getattr(errno, case["error"])):
            run(*command.split())
        text = file.read_text(encoding="utf-8")
        assert text == sample or read_text(text, file.name).journey is not None, command
        left = [path.name for path in here.rglob(".journeykit.*")]
        assert not left, (command, left)
    return f"{case['call']} fails"


BESIDE = ("a.svg", "journeykit-baseline.json", "journey.schema.json", ".gitignore", "c.journey.yaml", "s.json")


def put_beside(path: Path, kind: str, target: str) -> None:
    """Put a link, a pipe or a folder in the way."""
    if kind == "link":
        path.symlink_to(target)
    elif kind == "pipe" and path.name != "s.json":  # which is named: a pipe without a reader waits
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
