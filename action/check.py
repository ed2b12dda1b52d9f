"""What the GitHub Action does once journeykit is installed: annotations, the gate on scores, the job summary.

Its inputs come as variables of the environment, so that no shell reads them. The exit status is journeykit's.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROWS = 200
"""Of a table in the summary: GitHub refuses a summary of more than a megabyte."""
GATE = " is asked for"
"""How the lines end in which `score` says that a journey misses the gate."""
SEVERITIES = ("error", "warning", "info")


class Done(NamedTuple):
    """What came of a command of journeykit."""

    status: int
    out: str
    err: str


def main() -> int:
    """Do what the inputs ask for."""
    try:
        args = shlex.split(_input("args"))
    except ValueError as error:
        print(f"::error title=journeykit::the input args cannot be read: {error}")
        return 2
    files = ["--", *([path for path in _input("paths").split("\n") if path.strip()] or ["."])]
    return _check([*_option("config"), *_option("fail-on"), *_option("show"), *args], files)


def _check(rules: list[str], files: list[str]) -> int:
    """Lint, score, write the summary; the worse of the two statuses."""
    found = _journeykit("lint", *rules, "--output-format", "github", *files)
    print(found.out, end="")
    _log(found.err)
    # that no journey is found has been said, if it is wrong
    scoring = [*_option("config"), "--allow-empty", "--output-format", "markdown", *files]
    scored = _journeykit("score", *_option("fail-under"), *scoring)
    missed = [line for line in scored.err.splitlines() if line.endswith(GATE)]
    for line in missed:
        print(f"::error title=journeykit score::{line.replace('%', '%25')}")
    if scored.status > max(found.status, bool(missed)):
        _log(scored.err)
    if _input("summary").lower() != "false" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        counted = _journeykit("lint", *rules, "--show", "info", "--output-format", "json", *files)
        low = _journeykit("low-points", *scoring)
        with Path(summary).open("a", encoding="utf-8") as file:
            file.writelines(f"{part}\n\n" for part in _summary(found, counted, scored, len(missed), low))
    return max(found.status, scored.status)


def _input(name: str) -> str:
    return os.environ.get("INPUT_" + name.upper().replace("-", "_"), "")


def _option(name: str) -> list[str]:
    """An option of journeykit's that is called as the input is; nothing where the input is empty."""
    return [f"--{name}={_input(name)}"] if _input(name) else []


def _journeykit(*args: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-m", "journeykit", *args],
        capture_output=True, text=True, encoding="utf-8", errors="backslashreplace", stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def _log(text: str) -> None:
    """Print what holds names of files: a line of it that looks like a command of GitHub's must not be one."""
    if text:
        word = secrets.token_hex(16)
        print(f"::stop-commands::{word}\n{text.rstrip()}\n::{word}::", flush=True)


def _summary(found: Done, counted: Done, scored: Done, missed: int, low: Done) -> Iterator[str]:
    """The parts of the summary, in Markdown."""
    yield "## Customer journeys"
    if max(found.status, scored.status) > 1:
        yield "Not every file could be judged; the log of this step says why."
    if found.status <= 1 and found.err.strip():
        yield found.err.splitlines()[-1]
    if missed:
        journeys = "journey scores" if missed == 1 else "journeys score"
        yield f"{missed} {journeys} below {_input('fail-under')}, which `fail-under` asks for."
    if rows := _findings(counted.out):
        yield _shortened(
            "\n".join(["### Findings", "", "| Rule | Severity | Findings |", "| --- | --- | ---: |", *rows])
        )
    for title, done in (("### Scores\n\n", scored), ("", low)):
        table = done.out.partition("\n### ")[0]  # drops and peaks follow the low points
        if len([line for line in table.splitlines() if line.startswith("|")]) > 2:
            yield _shortened(title + table)


def _findings(report: str) -> list[str]:
    """A row for each rule, the worse and the more frequent ones first."""
    try:
        findings = json.loads(report)["findings"]
    except ValueError:  # nothing, or what `args` asked for instead, such as --show-settings
        return []
    counts = Counter((one["severity"], one["rule"]) for one in findings)
    ordered = sorted(counts.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0][1]))
    return [f"| {rule} | {severity} | {count} |" for (severity, rule), count in ordered]


def _shortened(table: str) -> str:
    lines = table.strip().splitlines()
    most = ROWS + 4  # the heading, a blank line, the head of the table
    more = len(lines) - most
    return "\n".join(lines[:most]) + (f"\n\n… and {more} more" if more > 0 else "")


if __name__ == "__main__":
    sys.exit(main())
