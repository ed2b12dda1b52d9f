"""Mode check: annotations, the gate on scores, and findings and low points in the job summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from running import Done, annotate, complain, journeykit, log, option, paths, summarise, value, wants_summary

from journeykit.output.markdown import escaped

ROWS = 200
"""Rows of a table in the summary: GitHub refuses summaries of more than a megabyte."""
GATE = " is asked for"
"""The end of the lines in which `score` reports a journey below the gate."""
SEVERITIES = ("error", "warning", "info")


def run(args: Sequence[str]) -> int:
    """Lint, score and write the summary; return the worse of the two statuses."""
    rules, files = [*option("config"), *option("fail-on"), *option("show"), *args], ["--", *paths()]
    found = journeykit("lint", *rules, "--output-format", "github", *files)
    annotate(found.out)
    log(found.err)
    # lint has reported already if no journey was found
    scoring = [*option("config"), "--allow-empty", "--output-format", "markdown", *files]
    scored = journeykit("score", *option("fail-under"), *scoring)
    missed = [line for line in scored.err.splitlines() if line.endswith(GATE)]
    for line in missed:
        complain("journeykit score", line)
    if scored.status > max(found.status, bool(missed)):
        log(scored.err)
    if wants_summary():
        counted = journeykit("lint", *rules, "--show", "info", "--output-format", "json", *files)
        low = journeykit("low-points", *scoring)
        summarise(_summary(found, counted, scored, len(missed), low))
    return max(found.status, scored.status)


def _summary(found: Done, counted: Done, scored: Done, missed: int, low: Done) -> Iterator[str]:
    """Yield the parts of the summary, in Markdown."""
    yield "## Customer journeys"
    if max(found.status, scored.status) > 1:
        yield "Not every file could be judged; the log of this step says why."
    if found.status <= 1 and found.err.strip():
        yield escaped(found.err.splitlines()[-1])
    if missed:
        journeys = "journey scores" if missed == 1 else "journeys score"
        yield f"{missed} {journeys} below {value('fail-under')}, which `fail-under` asks for."
    if rows := _findings(counted.out):
        yield _shortened(
            "\n".join(["### Findings", "", "| Rule | Severity | Findings |", "| --- | --- | ---: |", *rows])
        )
    for title, done in (("### Scores\n\n", scored), ("", low)):
        table = done.out.partition("\n### ")[0]  # drops and peaks follow the low points
        if len([line for line in table.splitlines() if line.startswith("|")]) > 2:
            yield _shortened(title + table)


def _findings(report: str) -> list[str]:
    """Return a row for each rule, the most severe and frequent first."""
    try:
        findings = json.loads(report)["findings"]
    except ValueError:  # nothing, or the output of an option in `args` such as --show-settings
        return []
    counts = Counter((one["severity"], one["rule"]) for one in findings)
    ordered = sorted(counts.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0][1]))
    return [f"| {rule} | {severity} | {count} |" for (severity, rule), count in ordered]


def _shortened(table: str) -> str:
    lines = table.strip().splitlines()
    most = ROWS + 4  # the heading, a blank line, the head of the table
    more = len(lines) - most
    return "\n".join(lines[:most]) + (f"\n\n… and {more} more" if more > 0 else "")
