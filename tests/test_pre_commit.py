"""The hooks as pre-commit runs them: with the real `pre-commit try-repo`, over files good, bad and not meant.

pre-commit builds an environment and installs the package into it. What the package needs is borrowed from the
environment of the tests, so that no package index is asked.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from pre_commit.clientlib import load_manifest

from journeykit.cli import command_names
from journeykit.reading import discover
from tests.conftest import EXAMPLES, ROOT

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}
CRAMPED = "persona: P\ntitle: T\ntouchpoints:\n- {feeling: sad,   title: I call}\n-   It works: relieved # at last\n"
SPREAD = """\
title: T
persona: P
touchpoints:
  - title: I call
    feeling: sad
  - It works: relieved # at last
"""
BROKEN = "title: T\npersona: P\ntouchpoints:\n  - I call: hapy\n  - It works: relieved\n"


def git(folder: Path, *args: str | Path) -> None:
    subprocess.run(["git", "-C", folder, *args], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with good journeys, some of them with odd names, and YAML that is no journey."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    good = (EXAMPLES / "my-new-job-to-be.journey.yaml").read_text(encoding="utf-8")
    for name in (
        "a b.journey.yaml",
        "-x.journey.yaml",
        "hónap.journey.yml",
        "maps/journeys/deep/one.yaml",
        "journeys/two.yml",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(good, encoding="utf-8")
    for name in ("compose.yaml", "myjourneys/three.yaml", "x.journey.yaml.bak"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("version: 3\n", encoding="utf-8")
    git(folder, "add", "-A")
    return folder


def test_pre_commit_takes_the_manifest() -> None:
    hooks = load_manifest(str(MANIFEST))
    assert {hook["id"] for hook in hooks} == {f"journeykit-{name}" for name in ("validate", "lint", "fmt", "measure")}
    for hook in hooks:
        program, command, *_ = shlex.split(hook["entry"])
        assert (program, hook["id"]) == ("journeykit", f"journeykit-{command}")
        assert command in command_names()
        assert hook["require_serial"]
        assert hook["args"][-1] == "--"  # the names of files follow


def test_a_hook_gets_the_files_that_the_command_finds_by_itself(repository: Path) -> None:
    found = {path.relative_to(repository).as_posix() for path in discover([repository]).files}
    tracked = subprocess.run(["git", "-C", repository, "ls-files", "-z"], check=True, capture_output=True, text=True)
    for hook in HOOKS.values():
        assert {name for name in tracked.stdout.split("\0") if re.search(hook["files"], name)} == found


@pytest.fixture(scope="module")
def borrowed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which pip finds all that is needed already there, but for journeykit itself."""
    lent = tmp_path_factory.mktemp("lent")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "journeykit" not in path.name and path.suffix != ".pth":
            (lent / path.name).symlink_to(path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "GIT_", "PRE_COMMIT"))}
    pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": str(lent)}
    return {**kept, **pip, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("cache")), "PRE_COMMIT_COLOR": "never"}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the package as it stands here: new files, which no commit has yet, belong to it."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in (MANIFEST.name, "pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("src", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "hooks")
    return folder


def try_repo(hooks: Path, repository: Path, environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", hooks, "--all-files", "--verbose"],
        cwd=repository, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_the_real_pre_commit_passes_good_journeys_and_stops_bad_ones(
    hooks: Path, repository: Path, borrowed: dict[str, str]
) -> None:
    status, printed = try_repo(hooks, repository, borrowed)
    assert status == 0, printed
    for id in HOOKS.keys() - {"journeykit-measure"}:  # which runs before a push
        assert re.search(rf"- hook id: {id}\n- duration: ", printed), printed
    for told in ("5 journeys, all valid", "5 journeys, nothing to report", "5 files left unchanged"):
        assert told in printed, printed
    (repository / "a b.journey.yaml").write_text(BROKEN, encoding="utf-8")
    (repository / "journeys" / "two.yml").write_text(CRAMPED, encoding="utf-8")
    status, printed = try_repo(hooks, repository, borrowed)
    assert status == 1, printed
    assert printed.count("--> a b.journey.yaml:4:13") == 2, printed  # validate and lint
    assert "a b.journey.yaml:4:13: not formatted" in printed, printed
    assert "- files were modified by this hook" in printed, printed
    assert (repository / "journeys" / "two.yml").read_text(encoding="utf-8") == SPREAD
