"""The GitHub Action in tests: its steps run as GitHub runs them, in bash, with their inputs and outputs.

A step of four or five processes takes seconds. A test that is not about shells and processes runs the script of the
action, and the commands that it calls, in its own process.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import yaml

from tests.conftest import ROOT, run_here

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("id", step["name"]): step for step in ACTION["runs"]["steps"]}
BASH = shutil.which("bash")
HOSTILE = "'\"; touch hacked; `touch hacked` $(touch hacked) #"


@dataclass
class Job:
    """A job on a runner: its folders, and what the steps so far put out."""

    runner: Path
    workspace: Path
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    in_shell: bool = False

    def step(self, id: str, **inputs: str) -> tuple[int, str, str]:
        """Run one step of the action: its status, its log, and the job summary."""
        step = STEPS[id]
        given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        files = {name: self.runner / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        script = self.runner / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            **{name: str(file) for name, file in files.items()},
            "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.runner / "a temp"), **self.variables,
            **{name: self._value(value, given) for name, value in step["env"].items()},
        }  # fmt: skip
        status, log = self._in_shell(script, environment) if self.in_shell else run_action(self.workspace, environment)
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        self.outputs[id] = dict(line.split("=", 1) for line in lines)
        return status, log, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")

    def _in_shell(self, script: Path, environment: dict[str, str]) -> tuple[int, str]:
        done = subprocess.run(
            [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", script], cwd=self.workspace, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip
        return done.returncode, done.stdout

    def _value(self, text: str, inputs: dict[str, str]) -> str:
        """What GitHub puts in place of an expression."""
        source, name, *rest = re.fullmatch(r"\$\{\{ ([\w.-]+) \}\}", text)[1].split(".")  # type: ignore[index]
        return inputs[name] if source == "inputs" else self.outputs[name][rest[1]]

    def write(self, **files: str) -> None:
        """Write journeys into the workspace."""
        for name, text in files.items():
            self.workspace.joinpath(f"{name}.journey.yaml").write_text(text, encoding="utf-8")

    @classmethod
    def installed(cls, folder: Path) -> Job:
        """A job in which journeykit is installed: that of the environment of the tests."""
        (folder / "workspace").mkdir()
        (folder / "a temp").mkdir()
        return cls(folder, folder / "workspace", {"install": {"python": sys.executable}})


def run_action(workspace: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run what the step "run" starts, in this process."""
    log = io.StringIO()
    with (
        patch.dict(os.environ, environment | {"COLUMNS": "80"}, clear=True),
        contextlib.chdir(workspace),
        patch.object(sys, "path", [str(ROOT / "action"), *sys.path]),
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
    ):
        import running

        with patch.object(running, "subprocess", SimpleNamespace(run=_command, DEVNULL=subprocess.DEVNULL)):
            try:
                runpy.run_path(str(ROOT / "action"), run_name="__main__")
            except SystemExit as end:
                assert isinstance(end.code, int)
                return end.code, log.getvalue()
    raise AssertionError("the action ends with its status")


def _command(command: list[str], **settings: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of journeykit as `subprocess.run` does, in this process."""
    assert command[:6] == [sys.executable, "-I", "-X", "utf8", "-m", "journeykit"]
    assert settings["capture_output"] and settings["stdin"] == subprocess.DEVNULL and not settings["check"]
    done = run_here(*command[6:])
    return subprocess.CompletedProcess(command, done.status, done.out, done.err)
