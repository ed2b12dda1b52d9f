"""Mode measure: where maps and their data disagree, annotated, and the figures in the job summary."""

from __future__ import annotations

from collections.abc import Sequence

from running import annotate, journeykit, log, option, paths, summarise, value, wants_summary

from journeykit.output.markdown import escaped


def run(args: Sequence[str]) -> int:
    """Compare maps with their data and write the summary; return the status."""
    drop = ["--fail-on-drop"] if value("fail-on-drop") else []
    rules = [*option("config"), *option("fail-on"), *option("show"), *drop, *args]
    found = journeykit("measure", "--check", *rules, "--output-format", "github", "--", *paths())
    annotate(found.out)
    log(found.err)
    if wants_summary():
        figures = journeykit("measure", *option("config"), "--output-format", "markdown", "--", *paths())
        said = [escaped(found.err.splitlines()[-1])] if found.status <= 1 and found.err.strip() else []
        table = figures.out.strip() if figures.status == 0 else "The log of this step says what could not be measured."
        summarise(["## Measured journeys", *said, table])
    return found.status
