"""Mode diff: what a pull request changes, as Markdown for the job summary and a comment, and as charts.

The summary holds the comment itself, which `journeykit diff` keeps below what a comment, and so a summary, may hold.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from running import complain, journeykit, log, option, paths, summarise, value, wants_summary

from journeykit.errors import UsageError
from journeykit.git import Repository

TITLE = "journeykit diff"
MERGE = re.compile(r"refs/(pull/[0-9]+/merge)")
"""The ref that GitHub creates for a pull request: its branch merged into the target."""
SHORT = 10
"""Characters of a commit id in messages."""
GATE = re.compile(r" has no score any more; it was |falls by .* is allowed$| has [0-9]+ new (critical )?low points?: ")
"""The lines in which `diff` reports a journey that misses a gate."""


def run(args: Sequence[str]) -> int:
    """Compare, write the Markdown, the charts and the summary; return the status of `journeykit diff`."""
    try:
        versions = _versions(Repository.around(Path(paths()[0])))
    except UsageError as error:
        complain(TITLE, ": ".join(filter(None, (error.message, error.help))))
        return 2
    folder = Path(tempfile.mkdtemp(prefix="journeykit-diff-", dir=os.environ.get("RUNNER_TEMP")))
    comment, data, charts = folder / "comment.md", folder / "diff.json", folder / "charts"
    given, files = [*option("config"), *args], ["--", versions, *paths()]
    gates = [*option("fail-on-drop"), *option("fail-on")]
    done = journeykit(
        "diff", *given, *gates, f"--chart={charts}", "--output-format=markdown", f"--output={comment}", *files
    )
    log(done.out + done.err)
    missed = list(filter(GATE.search, done.err.splitlines()))
    for line in missed:
        complain(TITLE, line)
    if done.status and not missed:
        complain(TITLE, "not everything could be compared; the log of this step says why")
    if comment.is_file():
        # options in `args` for charts and outputs are overridden here too
        journeykit("diff", *given, f"--chart={charts}", "--output-format=json", f"--output={data}", *files)
        _put_out(comment, charts, data)
        if wants_summary():
            summarise([comment.read_text(encoding="utf-8").rstrip()])
    return done.status


def _put_out(comment: Path, charts: Path, data: Path) -> None:
    found = json.loads(data.read_text(encoding="utf-8"))
    results = {
        "changed": "true" if found["journeys"] or found["not_journeys"] else "false",
        "markdown": comment,
        "charts": charts if charts.is_dir() else "",
    }
    if outputs := os.environ.get("GITHUB_OUTPUT"):
        with Path(outputs).open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={text}\n" for name, text in results.items())


def _versions(repository: Repository) -> str:
    """Return the versions as `journeykit diff` takes them; raise UsageError if the checkout lacks one."""
    base, head = value("base"), value("head")
    if base:
        return _since(repository, base, head or "HEAD")
    if head:
        raise UsageError("there is an input head but no base", "name the older version in base")
    merge = MERGE.fullmatch(os.environ.get("GITHUB_REF", ""))
    commit = repository.commit("HEAD")
    if merge and commit == os.environ.get("GITHUB_SHA"):
        return f"{_known(repository, 'HEAD^1', 2)[:SHORT]}..{_called(repository, merge[1], commit)}"
    base, head = _of_event()
    return _since(repository, base, head, SHORT)


def _since(repository: Repository, base: str, head: str, length: int | None = None) -> str:
    """Return the range from the merge base of two commits to `head`."""
    commits = [_known(repository, revision, 0) for revision in (base, head)]
    try:
        repository.merge_base(*commits)
    except UsageError as error:
        raise _lacking(repository, error, 0) from None
    return f"{base[:length]}...{head[:length]}"


def _known(repository: Repository, revision: str, depth: int) -> str:
    try:
        return repository.commit(revision)
    except UsageError as error:
        raise _lacking(repository, error, depth) from None


def _lacking(repository: Repository, error: UsageError, depth: int) -> UsageError:
    """Return the error, with what to write into the workflow if the checkout only has too few commits."""
    if not repository.shallow:
        return error
    return UsageError(
        "the checkout has not the commits to compare with",
        f"write `fetch-depth: {depth}` below `with:` of actions/checkout",
    )


def _called(repository: Repository, name: str, commit: str) -> str:
    """Return a commit by its name, if the checkout has it."""
    try:
        return name if repository.commit(name) == commit else commit[:SHORT]
    except UsageError:
        return commit[:SHORT]


def _of_event() -> tuple[str, str]:
    """Return the commits that GitHub names for a pull request or a merge queue."""
    try:
        event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())
        if group := event.get("merge_group"):
            return str(group["base_sha"]), str(group["head_sha"])
        return str(event["pull_request"]["base"]["sha"]), str(event["pull_request"]["head"]["sha"])
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        raise UsageError(
            "this is no pull request",
            "let the step run only `if: github.event_name == 'pull_request'`, or name the older version in base",
        ) from None
