"""The GitHub Action as a whole and its mode check, with inputs and files that are not harmless."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema import Draft7Validator

from tests.action_job import ACTION, BASH, HOSTILE, STEPS, Job
from tests.conftest import EXAMPLES, ROOT

GOOD = (EXAMPLES / "my-new-job-to-be.journey.yaml").read_text(encoding="utf-8")
LOW = "title: T\npersona: P\ntouchpoints:\n  - I call: frustrated\n  - It is | <b>cut</b>: furious\n"
BROKEN = "title: T\npersona: P\ntouchpoints:\n  - I call: hapy\n  - It works: relieved\n"

pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job.installed(tmp_path)


@pytest.fixture
def shell(job: Job) -> Job:
    """The job, whose steps run in bash."""
    job.in_shell = True
    return job


def test_the_action_has_the_structure_that_github_asks_for() -> None:
    Draft7Validator(get_builtin_schema("vendor.github-actions")).validate(ACTION)


def test_no_expression_stands_in_a_script() -> None:
    """What is put into a script before a shell reads it can run there."""
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    assert len(scripts) == 2
    assert not [script for script in scripts if "${{" in script]


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="there is no shellcheck")
def test_shellcheck_has_nothing_to_say() -> None:
    for step in STEPS.values():
        command = ["shellcheck", "-s", "bash", "-e", "SC2153", "-"]  # PYTHON is a variable of the step
        done = subprocess.run(command, input=step.get("run", ""), capture_output=True, text=True, check=False)
        assert done.stdout == ""


def test_actions_of_others_are_pinned_to_a_commit() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one) for one in used)


def test_every_input_reaches_a_step() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(ACTION["inputs"])


@pytest.mark.slow
def test_the_install_step_installs_the_action_s_own_checkout(shell: Job) -> None:
    """Without a package index: what journeykit needs is borrowed afterwards."""
    action = shell.runner / "my action"
    action.mkdir()
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "constraints.txt"):
        shutil.copy(ROOT / name, action / name)
    for name in ("src", "examples", "action"):
        shutil.copytree(ROOT / name, action / name, ignore=shutil.ignore_patterns("__pycache__"))
    (shell.workspace / "pip.py").write_text("raise SystemExit('the file of the workspace ran')\n", encoding="utf-8")
    (shell.workspace / "journeykit.py").write_text("raise SystemExit('the workspace ran')\n", encoding="utf-8")
    purelib = sysconfig.get_path("purelib")
    shell.variables = {
        "GITHUB_ACTION_PATH": str(action), "PYTHONPATH": purelib, "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
    }  # fmt: skip
    shell.outputs = {"python": {"python-path": sys.executable}}
    status, log, _ = shell.step("install")
    assert status == 0, log
    python = shell.outputs["install"]["python"]
    assert Path(python).is_relative_to(shell.runner / "a temp")
    (packages,) = (shell.runner / "a temp").rglob("site-packages")
    (packages / "borrowed.pth").write_text(purelib + "\n", encoding="utf-8")
    shell.write(good=GOOD)
    status, log, summary = shell.step("run")
    assert status == 0, log
    assert "| My new job, as it should be | 80.6 |" in summary
    where = [python, "-I", "-c", "import journeykit; print(journeykit.__file__)"]
    assert subprocess.run(where, capture_output=True, text=True, check=True).stdout.startswith(str(packages))


def test_good_journeys_pass_and_the_summary_tells_of_them(shell: Job) -> None:
    shell.write(good=GOOD)
    status, log, summary = shell.step("run")
    assert status == 0
    assert "::error" not in log
    assert summary.startswith("## Customer journeys\n\n1 journey, nothing to report")
    assert re.findall("^### (.*)", summary, re.MULTILINE) == ["Findings", "Scores", "Low points"]


def test_findings_are_annotated_and_counted(job: Job) -> None:
    job.write(good=GOOD, low=LOW, broken=BROKEN)
    status, log, summary = job.step("run")
    assert status == 1
    assert log.startswith("::error file=broken.journey.yaml,line=4,")
    assert "::warning file=low.journey.yaml," in log
    assert "| --- | --- | ---: |\n| unknown-feeling | error | 1 |\n" in summary
    assert "| bad-ending | warning | 1 |\n" in summary
    assert "| low | T |" in summary
    assert r"It is \| \<b\>cut\</b\>" in summary


def test_mild_findings_pass_where_only_errors_fail(job: Job) -> None:
    job.write(low=LOW)
    assert job.step("run", summary="false")[0] == 1
    assert job.step("run", summary="false", fail_on="error")[0] == 0
    status, log, _ = job.step("run", summary="false", show="error", fail_on="error")
    assert (status, "::warning" in log) == (0, False)
    assert "::notice" in job.step("run", summary="false", show="info")[1]


def test_a_journey_below_the_gate_fails_the_job_and_is_told_of(job: Job) -> None:
    job.write(good=GOOD, low=LOW)
    assert job.step("run", summary="false", fail_on="error", fail_under="5")[0] == 0
    status, log, summary = job.step("run", fail_on="error", fail_under="50")
    assert status == 1
    (told,) = [line for line in log.splitlines() if line.startswith("::error title=journeykit score::")]
    assert "low.journey.yaml scores " in told
    assert "1 journey scores below 50, which `fail-under` asks for." in summary


def test_odd_names_of_files_are_only_names(shell: Job) -> None:
    names = ["a b", "hónap 你好", "-rf", HOSTILE]
    shell.write(**dict.fromkeys(names, GOOD))
    status, log, summary = shell.step("run", paths="".join(f"{name}.journey.yaml\n" for name in names))
    assert status == 0, log
    assert "4 journeys, nothing to report" in summary
    assert summary.count("| My new job, as it should be | 80.6 |") == 4
    assert "| hónap 你好 |" in summary
    assert not (shell.workspace / "hacked").exists()


@pytest.mark.parametrize("name", [name.replace("-", "_") for name in ACTION["inputs"] if name != "python-version"])
def test_an_input_that_looks_like_a_command_does_not_run(job: Job, name: str) -> None:
    job.in_shell = name in ("paths", "args", "config", "mode")
    job.write(good=GOOD)
    status, log, _ = job.step("run", **{name: HOSTILE})
    assert [path.name for path in job.workspace.iterdir()] == ["good.journey.yaml"]
    assert status == (0 if name == "summary" else 2), log
    assert "Traceback" not in log


def test_the_log_gives_no_commands_to_the_runner(shell: Job) -> None:
    name = "::add-mask::x"
    status, log, _ = shell.step("run", paths=f"{name}\nnowhere")
    assert status == 2
    silent = False
    for line in log.splitlines():
        if match := re.fullmatch(r"::stop-commands::(\w+)", line):
            silent, word = True, match[1]
        elif silent and line == f"::{word}::":
            silent = False
        else:
            assert silent, line


FORGED = """\
title: T
persona: P
touchpoints:
  - {title: I phone, feeling: frustrated, channel: phone}
  - title: I wait
    why: |
      it is late
      ::set-output name=x::1
      ##[add-mask]y
      ::error file=a,line=1::z
    channel: telephone
    feeling: calm
"""
"""The channel has a fix, whose patch shows the lines above."""


@pytest.mark.parametrize("args", ["--diff", "--diff --unsafe-fixes", "--show-files", "--show-settings"])
def test_what_args_make_lint_print_gives_no_commands_either(job: Job, args: str) -> None:
    (job.workspace / "a.journey.yaml").write_text(FORGED, encoding="utf-8")
    (job.workspace / "::warning file=b,line=2::w.journey.yaml").write_text(GOOD, encoding="utf-8")
    _, log, _ = job.step("run", args=args, fail_on="error")
    assert "Traceback" not in log
    assert "--diff" not in args or "       \\x3a:set-output name=x::1\n" in log
    stopped = ""
    for line in log.splitlines():
        if match := re.fullmatch(r"::stop-commands::(\w+)", line):
            stopped = match[1]
        elif line == f"::{stopped}::":
            stopped = ""
        elif not stopped:
            assert not line.lstrip().startswith("::") or "title=journeykit " in line, log
            assert "##[" not in line or line.startswith("::"), log


def test_paths_are_one_a_line_and_args_are_as_in_a_shell(job: Job) -> None:
    job.write(**{"a b": LOW, "other": BROKEN})
    status, log, summary = job.step(
        "run",
        paths="a b.journey.yaml\n\n",
        args="--select structure,feelings --ignore 'structure, bad-start, bad-ending'",
    )
    assert "other" not in log + summary
    assert "bad-" not in log + summary
    assert status == 0


@pytest.mark.parametrize("args", ["-q", "--diff", "--show-settings", "--show-files", "--help"])
def test_args_that_make_lint_print_less_or_something_else_break_nothing(job: Job, args: str) -> None:
    job.write(good=GOOD)
    status, log, summary = job.step("run", args=args)
    assert (status, "Traceback" in log) == (0, False), log
    assert "| My new job, as it should be | 80.6 |" in summary


def test_a_settings_file_holds_for_scores_too(job: Job) -> None:
    job.write(good=GOOD)
    (job.workspace / "my.toml").write_text('profile = "mean"\n', encoding="utf-8")
    assert job.step("run", config="my.toml")[2] != job.step("run")[2]
    status, log, summary = job.step("run", config="nowhere.toml")
    assert status == 2
    assert "nowhere.toml: cannot be read" in log
    assert "Not every file could be judged" in summary


def test_no_journey_is_an_error_unless_it_is_allowed(job: Job) -> None:
    status, log, _ = job.step("run")
    assert status == 2
    assert "no journey found" in log
    assert job.step("run", summary="false", args="--allow-empty")[0] == 0


def test_the_summary_can_be_left_out_and_does_not_outgrow_what_github_takes(job: Job) -> None:
    job.write(**{f"j{n:03}": LOW for n in range(230)})
    assert job.step("run", summary="false")[2] == ""
    summary = job.step("run")[2]
    assert summary.count("| T |") == 200
    assert "… and 30 more" in summary


def test_mode_measure_annotates_where_map_and_data_disagree(job: Job) -> None:
    pytest.importorskip("duckdb", reason="the engine for files is an extra")
    shutil.copytree(EXAMPLES / "measured", job.workspace, dirs_exist_ok=True)
    status, log, summary = job.step("run", mode="measure")
    assert status == 1
    assert log.count("::warning file=repair.journey.yaml,line=") == 7
    assert summary.startswith("## Measured journeys") and "I wait for my phone" in summary
    assert job.step("run", mode="measure", fail_on="error")[0] == 0
