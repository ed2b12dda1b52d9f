"""docs/ci.md is right: GitHub, GitLab and pre-commit accept its configurations, and its commands run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import hatch_build
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema import Draft7Validator
from junitparser import JUnitXml
from pre_commit.clientlib import load_config

from journeykit._version import __version__
from tests.conftest import EXAMPLES, ROOT
from tests.repositories import Folder

TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
SHELL = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
WEAK = (
    "persona: P\ntitle: T\ntouchpoints:\n- {feeling: angry, title: I call}\n- {feeling: angry, title: Nobody answers}\n"
)
"""A journey that no gate lets through, and not laid out as `fmt` does."""
BASH = shutil.which("bash")

needs_bash = pytest.mark.skipif(BASH is None, reason="there is no bash")


def loaded(name: str) -> Any:
    quoted = re.sub("^on:", '"on":', FILES[name], flags=re.MULTILINE)  # a text to GitHub, true to YAML 1.1
    return yaml.safe_load(quoted)


def column(heading: str) -> list[str]:
    """The code in the first column of the table below a heading."""
    _, _, below = TEXT.partition(f"# {heading}\n")
    return re.findall(r"^\| `([\w-]+)` \|", re.split("\n##+ ", below)[0], re.MULTILINE)


def test_every_configuration_is_tested() -> None:
    github = {f".github/workflows/{name}.yml" for name in ("journeys", "journeys-diff", "journeys-comment")}
    assert set(FILES) == {*github, ".pre-commit-config.yaml", ".gitlab-ci.yml"}
    assert TEXT.count("```yaml") == len(FILES)
    assert TEXT.count("```") == 2 * (len(FILES) + len(SHELL))


def test_the_workflow_is_one_and_gives_the_action_inputs_that_it_has() -> None:
    workflow = loaded(".github/workflows/journeys.yml")
    Draft7Validator(get_builtin_schema("vendor.github-workflows")).validate(workflow)
    (step,) = [one for one in workflow["jobs"]["journeys"]["steps"] if "journeykit" in one["uses"]]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])
    assert column("GitHub") == list(action["inputs"])
    for name, given in action["inputs"].items():
        if given["default"] not in ("", "."):
            assert re.search(rf"^\| `{name}` \|.*\| `{given['default']}` \|$", TEXT, re.MULTILINE), name


WORKFLOWS = ROOT / ".github" / "workflows"
RELEASE = WORKFLOWS / "release.yml"
ZIZMOR = shutil.which("zizmor", path=Path(sys.executable).parent) or shutil.which("zizmor")


def test_the_workflow_of_tests_runs_each_python_that_the_package_names() -> None:
    workflow = yaml.safe_load(re.sub("^on:", '"on":', (WORKFLOWS / "tests.yml").read_text(), flags=re.MULTILINE))
    Draft7Validator(get_builtin_schema("vendor.github-workflows")).validate(workflow)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == named
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    runs = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert all(f"\n{run.split()[1]}: " in makefile for run in runs)


def test_the_workflow_of_releases_is_one_and_builds_by_make() -> None:
    text = RELEASE.read_text(encoding="utf-8")
    workflow = yaml.safe_load(re.sub("^on:", '"on":', text, flags=re.MULTILINE))
    Draft7Validator(get_builtin_schema("vendor.github-workflows")).validate(workflow)
    steps = workflow["jobs"]["build"]["steps"]
    (tag,) = [step["run"] for step in steps if "tag" in step.get("name", "")]
    for given, status in ((f"v{__version__}", 0), ("v9.9.9", 1)):
        done = subprocess.run(
            ["sh", "-c", tag], cwd=ROOT, env={**os.environ, "GITHUB_REF_NAME": given}, check=False, timeout=60
        )
        assert done.returncode == status
    (build,) = [step for step in steps if step.get("run") == "make dist"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\ndist: " in makefile
    assert set(build["env"]) == {hatch_build.REPOSITORY, hatch_build.CONTACT}
    assert "password" not in text, "PyPI takes the identity of the workflow, and no token"


def test_the_version_in_the_page_is_this_one() -> None:
    ours = re.sub(r"@[0-9a-f]{40} # v.*", "", TEXT)
    assert set(re.findall(r"\bv(\d+\.\d+\.\d+)\b", ours)) == {__version__}


@pytest.mark.skipif(ZIZMOR is None, reason="zizmor is not there (pip install zizmor)")
def test_zizmor_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    workflows = [name for name in FILES if name.startswith(".github/")]
    for name in workflows:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    for own in WORKFLOWS.iterdir():
        shutil.copy(own, tmp_path / ".github" / "workflows")
    shutil.copy(ROOT / "action.yml", tmp_path)
    done = subprocess.run(
        [str(ZIZMOR), "--offline", "--no-progress", "."], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall("completed", done.stderr)) == len(workflows) + len([*WORKFLOWS.iterdir()]) + 1


def test_the_workflow_for_pull_requests_uses_the_outputs_that_there_are() -> None:
    workflow = loaded(".github/workflows/journeys-diff.yml")
    Draft7Validator(get_builtin_schema("vendor.github-workflows")).validate(workflow)
    (step,) = [one for one in workflow["jobs"]["diff"]["steps"] if "/journeykit@" in one.get("uses", "")]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])
    assert column("What a pull request changes") == list(action["outputs"])
    used = re.findall(rf"steps\.{step['id']}\.outputs\.([\w-]+)", FILES[".github/workflows/journeys-diff.yml"])
    assert set(used) == set(action["outputs"])


@needs_bash
@pytest.mark.parametrize(("artifact", "numbers", "posted"), [(True, "7", True), (False, "7", False), (True, "", False)])
def test_the_workflow_for_forks_posts_a_comment_if_there_is_one(
    tmp_path: Path, artifact: bool, numbers: str, posted: bool
) -> None:
    workflow = loaded(".github/workflows/journeys-comment.yml")
    Draft7Validator(get_builtin_schema("vendor.github-workflows")).validate(workflow)
    assert workflow["on"]["workflow_run"]["workflows"] == [loaded(".github/workflows/journeys-diff.yml")["name"]]
    (step,) = [one for one in workflow["jobs"]["comment"]["steps"] if "run" in one]
    if artifact:
        (tmp_path / "comment.md").touch()
    gh = f'gh() {{ if [ "$2" = list ]; then echo "{numbers}"; else echo "$@" > posted; fi; }}\n'
    done = run("HEAD=abc\n" + gh + step["run"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "posted").exists() == posted
    if posted:
        assert (tmp_path / "posted").read_text(encoding="utf-8").startswith("pr comment 7 ")


@needs_bash
@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_gitlab_job_for_merge_requests_writes_what_it_keeps(folder: Path) -> None:
    job = loaded(".gitlab-ci.yml")["journeys-diff"]
    made = Folder(folder)
    made.write("maps/call.journey.yaml", WEAK.replace("angry", "happy"))
    base = made.commit()
    made.write("maps/call.journey.yaml", WEAK)
    made.commit()
    done = run(f"CI_MERGE_REQUEST_DIFF_BASE_SHA={base}\n" + "\n".join(job["script"]), folder)
    assert done.returncode == 1, done.stderr
    kept = {path.suffix for path in (folder / job["artifacts"]["paths"][0]).iterdir()}
    assert kept == {".md", ".svg"}
    assert "comment.md" in job["after_script"][0]


def test_pre_commit_takes_the_configuration_and_the_hooks_are_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(FILES[path.name], encoding="utf-8")
    named = {hook["id"] for repo in load_config(str(path))["repos"] for hook in repo["hooks"]}
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert named <= {hook["id"] for hook in hooks}
    assert column("pre-commit") == [hook["id"] for hook in hooks]
    for hook in hooks:
        assert f"`{hook['entry'].removesuffix(' --allow-empty --force-exclude')}`" in TEXT


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A script as a CI system runs it, in a folder with `journeykit` on the path."""
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    (programs / "journeykit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m journeykit "$@"\n', encoding="utf-8")
    (programs / "journeykit").chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "CI_PROJECT_DIR": str(folder)}
    return subprocess.run(
        [str(BASH), "-eo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a journey that passes everything."""
    (tmp_path / "maps").mkdir()
    shutil.copy(EXAMPLES / "my-new-job-to-be.journey.yaml", tmp_path / "maps")
    return tmp_path


@needs_bash
def test_the_gitlab_job_is_one_and_writes_its_reports_whatever_is_found(folder: Path) -> None:
    config = loaded(".gitlab-ci.yml")
    Draft7Validator(get_builtin_schema("vendor.gitlab-ci")).validate(config)
    job = config["journeys"]
    assert all(line.startswith("pip install ") for line in job["before_script"])
    reports = {kind: folder / name for kind, name in job["artifacts"]["reports"].items()}
    done = run("\n".join(job["script"]), folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(reports["codequality"].read_text(encoding="utf-8")) == []
    assert JUnitXml.fromfile(str(reports["junit"])).failures == 0
    (folder / "maps" / "bad.journey.yaml").write_text("title: T\n", encoding="utf-8")
    done = run("\n".join(job["script"]), folder)
    assert done.returncode == 1
    (first, *_) = json.loads(reports["codequality"].read_text(encoding="utf-8"))
    assert first["location"]["path"] == "maps/bad.journey.yaml"
    assert JUnitXml.fromfile(str(reports["junit"])).failures > 0
    assert "maps/bad.journey.yaml:1:1" in done.stdout


@needs_bash
def test_the_commands_for_any_shell_run(folder: Path) -> None:
    (script,) = SHELL
    done = run(script, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "maps" / "bad.journey.yaml").write_text(WEAK, encoding="utf-8")
    for line in script.splitlines():
        assert run(line, folder).returncode == 1


@needs_bash
def test_the_commands_within_the_text_run(folder: Path) -> None:
    found = re.findall(r"`(journeykit \w[\w-]* --[^`]*)`", TEXT)
    commands = [command for command in found if not command.startswith("journeykit measure")]  # which needs data
    assert len(commands) == 2
    for command in commands:
        assert run(command, folder).returncode == 0
    assert {path.name for path in folder.iterdir()} >= {"journeykit.sarif", "journeykit-junit.xml"}
