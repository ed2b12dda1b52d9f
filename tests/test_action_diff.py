"""The GitHub Action's mode diff, on checkouts of pull requests as actions/checkout makes them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.action_job import BASH, HOSTILE, Job
from tests.repositories import IDENTITY, Folder

FINE = """\
id: {id}
title: {title}
persona: P
touchpoints:
  - I call: calm
  - They help: happy
  - It works: relieved
"""
CAME = "id: new\ntitle: It came\npersona: Q\ntouchpoints:\n  - Look around: curious\n  - Buy: happy\n"
PARCEL = FINE.format(id="parcel", title="My parcel")
WORSE = PARCEL.replace("happy", "furious")
BROKEN = PARCEL.replace("happy", "hapy")

pytestmark = pytest.mark.skipif(BASH is None or shutil.which("git") is None, reason="there is no bash, or no git")


@dataclass
class Forge:
    """A repository on a server, and a job on one of its pull requests, number 7 from `topic` into `main`."""

    server: Folder
    job: Job
    base: str = ""
    head: str = ""
    merge: str = ""

    def commit(self, branch: str, **files: str | None) -> str:
        """Change journeys on a branch, which starts at main; None removes one."""
        known = branch in self.server.git("branch", "--format=%(refname:short)").split()
        if self.server.commits:
            self.server.git("checkout", "-q", *([branch] if known else ["-b", branch, "main"]))
        for name, text in files.items():
            path = f"{name}.journey.yaml"
            if text is None:
                self.server.root.joinpath(path).unlink()
            else:
                self.server.write(path, text)
        return self.server.commit()

    def request(self) -> None:
        """What GitHub makes of the pull request: the merge of its branch, and an event that names both ends."""
        git = self.server.git
        self.base, self.head = git("rev-parse", "main"), git("rev-parse", "topic")
        git("checkout", "-q", "--detach", "main")
        git("merge", "-q", "--no-ff", "-m", "Merge", "topic")
        self.merge = git("rev-parse", "HEAD")
        git("update-ref", "refs/pull/7/merge", self.merge)
        self.event(pull_request={"base": {"sha": self.base}, "head": {"sha": self.head}})
        self.job.variables |= {"GITHUB_REF": "refs/pull/7/merge", "GITHUB_SHA": self.merge}

    def event(self, **event: object) -> None:
        """The event that the runner is given."""
        path = self.job.runner / "event.json"
        path.write_text(json.dumps(event), encoding="utf-8")
        self.job.variables["GITHUB_EVENT_PATH"] = str(path)

    def checkout(self, depth: int, ref: str = "pull/7/merge") -> None:
        """As actions/checkout does it with `fetch-depth` and `ref`; all branches too where the depth is 0."""
        here = Folder(self.job.workspace)
        here.git("remote", "add", "origin", self.server.root.as_uri())
        source = f"refs/{ref}" if ref.startswith("pull/") else f"refs/heads/{ref}"
        target = f"refs/remotes/{ref if ref.startswith('pull/') else f'origin/{ref}'}"
        wanted = [f"+{source}:{target}", *(["+refs/heads/*:refs/remotes/origin/*"] if not depth else [])]
        here.git("fetch", "-q", "--no-tags", *([f"--depth={depth}"] if depth else []), "origin", *wanted)
        here.git("checkout", "-q", "--force", target)

    def diff(self, **inputs: str) -> tuple[int, str, str]:
        """The status, the log and the summary."""
        return self.job.step("run", mode="diff", **inputs)

    @property
    def outputs(self) -> dict[str, str]:
        return self.job.outputs["run"]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """`main` has a journey, and there is no pull request yet."""
    job = Job.installed(tmp_path)
    job.variables = {**IDENTITY, "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": "0" * 40, "GITHUB_EVENT_PATH": ""}
    made = Forge(Folder(tmp_path / "server"), job)
    made.commit("main", parcel=PARCEL, other=FINE.format(id="other", title="Another"))
    return made


@pytest.mark.parametrize("in_shell", [False, True])
def test_a_pull_request_is_told_of_in_the_summary_and_in_files(forge: Forge, in_shell: bool) -> None:
    forge.job.in_shell = in_shell
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff()
    assert status == 0, log
    assert summary.startswith("### Customer journeys: 1 journey changed, 1 unchanged\n")
    assert f"From {forge.base[:6]}" in summary
    assert " to pull/7/merge.\n" in summary
    assert re.search(r"^\| My parcel \| \d\d\.\d → \d\d\.\d \| −", summary, re.MULTILINE)
    assert summary.count(" 100 ┤") == 2
    assert forge.outputs["changed"] == "true"
    assert Path(forge.outputs["markdown"]).read_text(encoding="utf-8").strip() == summary.strip()
    assert [path.name for path in Path(forge.outputs["charts"]).iterdir()] == ["parcel.svg"]
    assert not Path(forge.outputs["charts"]).is_relative_to(forge.job.workspace)
    assert "::error" not in log


@pytest.mark.parametrize(("ref", "needed"), [("pull/7/merge", 2), ("topic", 0)])
def test_a_checkout_that_is_too_shallow_says_what_to_write(forge: Forge, ref: str, needed: int) -> None:
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(1, ref)
    status, log, summary = forge.diff()
    assert (status, summary, forge.outputs) == (2, "", {})
    assert log.startswith("::error title=journeykit diff::the checkout has not the commits to compare with: ")
    assert f"write `fetch-depth: {needed}` below `with:` of actions/checkout" in log


def test_of_the_branch_itself_only_what_it_changed_is_told(forge: Forge) -> None:
    forge.commit("topic", parcel=WORSE)
    forge.commit("main", other=FINE.format(id="other", title="It went on"))
    forge.request()
    forge.checkout(0, "topic")
    status, log, summary = forge.diff()
    assert status == 0, log
    assert "1 journey changed, 1 unchanged" in summary
    assert "It went on" not in summary


def test_a_base_that_the_event_names_too_old_is_not_taken(forge: Forge) -> None:
    """GitHub keeps the base as it was when the pull request was opened; its merge is made of today's."""
    forge.commit("topic", parcel=WORSE)
    old = forge.server.git("rev-parse", "main")
    forge.commit("main", other=FINE.format(id="other", title="It went on"))
    forge.server.git("checkout", "-q", "topic")
    forge.server.git("merge", "-q", "-m", "Catch up", "main")
    forge.request()
    forge.event(pull_request={"base": {"sha": old}, "head": {"sha": forge.head}})
    forge.checkout(0)
    assert "1 journey changed, 1 unchanged" in forge.diff()[2]


def test_a_merge_queue_and_versions_that_are_named(forge: Forge) -> None:
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(0)
    forge.job.variables["GITHUB_REF"] = "refs/heads/gh-readonly-queue/main/pr-7"
    forge.event(merge_group={"base_sha": forge.base, "head_sha": forge.merge})
    for inputs in ({}, {"base": "origin/main"}, {"base": "origin/main", "head": "origin/topic"}):
        status, log, summary = forge.diff(**inputs)
        assert status == 0, log
        assert "| My parcel | " in summary
    assert " to origin/topic." in summary
    status, log, _ = forge.diff(base="nowhere")
    assert status == 2
    assert 'git knows no revision "nowhere" here' in log
    assert "fetch-depth" not in log
    assert "no base" in forge.diff(head="origin/topic")[1]


def test_elsewhere_than_on_a_pull_request_it_says_what_to_do(forge: Forge) -> None:
    forge.checkout(0, "main")
    for event in ({"ref": "refs/heads/main"}, {"pull_request": None}):
        forge.event(**event)
        status, log, _ = forge.diff()
        assert (status, "this is no pull request" in log, "Traceback" in log) == (2, True, False)
    forge.job.variables["GITHUB_EVENT_PATH"] = "nowhere"
    assert "this is no pull request" in forge.diff()[1]


def test_outside_of_a_repository_it_says_so(forge: Forge) -> None:
    forge.job.write(parcel=PARCEL)
    status, log, _ = forge.diff(base="HEAD")
    assert status == 2
    assert "is not in a git repository" in log


def test_a_checkout_in_a_folder_of_its_own(forge: Forge) -> None:
    forge.commit("topic", parcel=WORSE, other=None)
    forge.request()
    forge.checkout(2)
    forge.job.workspace.rename(forge.job.runner / "moved")
    forge.job.workspace.mkdir()
    (forge.job.runner / "moved").rename(forge.job.workspace / "maps of ours")
    for paths in ("maps of ours", "maps of ours/other.journey.yaml\nmaps of ours/parcel.journey.yaml"):
        status, log, summary = forge.diff(paths=paths)
        assert status == 0, log
        assert "1 journey changed, 1 removed" in summary


def test_nothing_changed(forge: Forge) -> None:
    forge.server.git("checkout", "-q", "-b", "topic")
    forge.server.write("README.md", "words\n")
    forge.server.commit()
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff(fail_on_drop="0", fail_on="new-low-point")
    assert status == 0, log
    assert "2 journeys unchanged" in summary
    assert (forge.outputs["changed"], forge.outputs["charts"]) == ("false", "")


@pytest.mark.parametrize(
    ("gate", "value", "told"),
    [
        ("fail_on_drop", "5", "parcel.journey.yaml falls by "),
        ("fail_on", "new-low-point", "parcel.journey.yaml has 1 new "),
    ],
)
def test_gates(forge: Forge, gate: str, value: str, told: str) -> None:
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff(**{gate: value})
    assert status == 1
    (line,) = [line for line in log.splitlines() if line.startswith("::error")]
    assert line.startswith(f"::error title=journeykit diff::{told}")
    assert f"**Gates that are missed:**\n\n- {told}" in summary
    assert forge.outputs["changed"] == "true"
    assert "falls by " in Path(forge.outputs["markdown"]).read_text(encoding="utf-8") or gate == "fail_on"
    if gate == "fail_on_drop":
        assert forge.diff(fail_on_drop="90")[0] == 0


def test_a_journey_that_is_broken_by_the_pull_request_fails_it(forge: Forge) -> None:
    forge.commit("topic", parcel=BROKEN)
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff()
    assert status == 1
    assert "no valid journeys:**\n\n- pull/7/merge:parcel.journey.yaml" in summary
    assert "unknown-feeling" in log
    assert "::error title=journeykit diff::not everything could be compared" in log
    assert forge.outputs["changed"] == "true"


def test_a_journey_that_was_broken_before_does_not(forge: Forge) -> None:
    forge.commit("main", parcel=BROKEN)
    forge.commit("topic", parcel=PARCEL)
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff()
    assert status == 0, log
    assert f"- {forge.base[:6]}" in summary
    assert ("::error" in log, forge.outputs["changed"]) == (False, "true")


def test_several_journeys_with_odd_names(forge: Forge) -> None:
    odd = ["a b", "hónap 你好", "-rf", HOSTILE.replace("/", "")]
    forge.commit(
        "main", **{name: FINE.format(id=f"odd-{n}", title=f"Odd {n}") for n, name in enumerate(odd)}, gone=PARCEL
    )
    changes = {
        name: FINE.format(id=f"odd-{n}", title=f"Odd {n}").replace("calm", "angry") for n, name in enumerate(odd)
    }
    forge.commit("topic", **changes, gone=None, new=CAME)
    forge.request()
    forge.checkout(2)
    paths = "".join(f"{name}.journey.yaml\n" for name in [*odd, "new", "gone"])
    for asked in ("", paths):
        status, log, summary = forge.diff(paths=asked)
        assert status == 0, log
        assert "4 journeys changed, 1 added, 1 removed" in summary
        assert all(f"| Odd {n} | " in summary for n in range(len(odd)))
        assert "| It came | – → " in summary
        charts = sorted(path.name for path in Path(forge.outputs["charts"]).iterdir())
        assert charts == [f"odd-{n}.svg" for n in range(len(odd))]
    assert not (forge.job.workspace / "hacked").exists()


@pytest.mark.parametrize("value", [HOSTILE, "--output=hacked", "-x", "..", "a...b", "HEAD..HEAD", "\x01", "*"])
def test_a_revision_that_looks_like_something_else_is_none(forge: Forge, value: str) -> None:
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(0)
    for inputs in ({"base": value}, {"base": "HEAD", "head": value}):
        status, log, _ = forge.diff(**inputs)
        assert status == 2, log
        assert "Traceback" not in log
    assert sorted(path.name for path in forge.job.workspace.glob("[!.]*")) == [
        "other.journey.yaml", "parcel.journey.yaml",
    ]  # fmt: skip


def test_nothing_of_the_repository_runs(forge: Forge) -> None:
    forge.job.in_shell = True
    bad = "import pathlib\npathlib.Path('hacked').touch()\nraise SystemExit('the workspace ran')\n"
    modules = ("running", "check", "diff", "journeykit", "json", "rules_of_ours")
    forge.server.git("checkout", "-q", "-b", "topic")
    for name in modules:
        forge.server.write(f"{name}.py", bad)
    forge.server.write("journeykit.toml", 'plugins = ["rules_of_ours.py"]\n')
    forge.server.write(".gitattributes", "*.yaml diff=evil filter=evil\n")
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(2)
    here = Folder(forge.job.workspace)
    for key in ("diff.evil.textconv", "filter.evil.smudge", "core.fsmonitor", "diff.external", "core.pager"):
        here.git("config", key, "touch hacked; cat")
    status, log, _ = forge.diff()
    assert status == 0, log
    assert not (forge.job.workspace / "hacked").exists()


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"mode": "both"}, "the input mode is 'both': it is check, diff or measure"),
        ({"mode": "check", "base": "main"}, "mode check has no input base; mode diff has"),
        ({"mode": "check", "fail_on_drop": "5"}, "mode check has no input fail-on-drop; mode diff or measure has"),
        ({"mode": "diff", "fail_under": "5"}, "mode diff has no input fail-under; mode check has"),
        ({"mode": "diff", "args": "'"}, "the input args cannot be read"),
    ],
)
def test_inputs_that_the_mode_does_not_have_are_told_of(forge: Forge, inputs: dict[str, str], told: str) -> None:
    status, log, summary = forge.job.step("run", **inputs)
    assert (status, summary) == (2, "")
    assert log.startswith("::error title=journeykit::" + told)


@pytest.mark.parametrize("args", ["--profile mean --quiet", "--output-format csv --output x.csv --chart x.pdf"])
def test_further_options(forge: Forge, args: str) -> None:
    forge.commit("topic", parcel=WORSE)
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff(args=args)
    assert status == 0, log
    assert "| My parcel | " in summary
    assert not list(forge.job.workspace.glob("x.*"))
    assert forge.diff(args="--help")[0] == 0
    assert forge.outputs == {}
    status, log, _ = forge.diff(fail_on="warning")
    assert (status, "Traceback" in log, "new-low-point" in log) == (2, False, True)


def test_the_summary_can_be_left_out_and_very_much_fits(forge: Forge) -> None:
    many = {f"j{n:03}": FINE.format(id=f"j{n:03}", title=f"Journey {n} {'你好' * 60}") for n in range(150)}
    forge.commit("main", **many)
    forge.commit("topic", **{name: text.replace("calm", "angry") for name, text in many.items()})
    forge.request()
    forge.checkout(2)
    status, log, summary = forge.diff()
    assert status == 0, log
    assert "150 journeys changed" in summary
    assert len(summary) < 65_536
    assert len(summary.encode()) < 1024 * 1024
    assert forge.diff(summary="false", paths="j000.journey.yaml")[2] == ""
    assert "1 journey changed" in Path(forge.outputs["markdown"]).read_text(encoding="utf-8")
