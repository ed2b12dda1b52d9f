"""Completion: scripts for the shells, and the words that they ask for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from journeykit.cli import command_names, completing, name_of
from journeykit.cli.commands import HIDDEN
from journeykit.output.report import formats
from journeykit.output.table_report import table_formats
from tests.conftest import CommandLine

COMMANDS = [name_of(name) for name in command_names() if name not in HIDDEN]


@pytest.mark.parametrize(
    ("shell", "marks"),
    [
        ("bash", ["complete -o default -F _journeykit_completion journeykit", "complete_bash"]),
        ("zsh", ["#compdef journeykit", "complete_zsh"]),
        ("fish", ["complete --command journeykit", "complete_fish"]),
    ],
)
def test_a_script_is_printed(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, shell: str, marks: list[str]) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda *_: (shell, f"/bin/{shell}"))
    done = cli("--show-completion")
    assert done.status == 0, done.err
    assert all(mark in done.out for mark in [*marks, "_JOURNEYKIT_COMPLETE"]), done.out


def test_completion_is_installed_where_the_shell_looks(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(cli.folder))
    monkeypatch.setattr("shellingham.detect_shell", lambda *_: ("bash", "/bin/bash"))
    done = cli("--install-completion")
    assert done.status == 0, done.err
    (script,) = [path for path in cli.folder.rglob("*journeykit*") if path.is_file()]
    assert "_journeykit_completion" in script.read_text(encoding="utf-8")
    assert str(script) in (cli.folder / ".bashrc").read_text(encoding="utf-8")


@pytest.fixture
def complete(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> object:
    def words(line: str) -> list[str]:
        monkeypatch.setenv("_JOURNEYKIT_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        done = cli()
        assert done.status == 0, done.err
        assert done.err == ""
        return done.out.split()

    return words


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("journeykit ", COMMANDS),
        ("journeykit lo", ["low-points"]),
        ("journeykit validate --output-format ", formats()),
        ("journeykit score --output-format ", table_formats()),
        ("journeykit lint --fail-on ", ["error", "warning", "info"]),
        ("journeykit low-points --fail-on ", ["critical", "pain", "dip"]),
        ("journeykit render --chart m", ["map"]),
        ("journeykit lint --sel", ["--select"]),
        ("journeykit explain bad-s", ["bad-start"]),
        ("journeykit explain yaml", ["yaml-syntax", "yaml-version"]),
        ("journeykit feelings frustrat", ["frustrated"]),
        ("journeykit init --from sm", ["smallest"]),
        ("journeykit lint --select feelings", ["feelings"]),
        ("journeykit lint --ignore bad-e", ["bad-ending"]),
        ("journeykit channels --lang h", ["hu"]),
        ("journeykit render --theme d", ["dark"]),
        ("journeykit score --profile p", ["peak-end"]),
        ("journeykit lint --select feelings,persona-without-w", ["feelings,persona-without-wants"]),
    ],
)
def test_words_are_completed(complete: object, line: str, wanted: list[str]) -> None:
    assert callable(complete)
    assert complete(line) == wanted


PORTFOLIO = """\
title: T
persona: P
touchpoints: [a, b]
opportunities:
  - {title: Call back, at: [a], owner: Ana Novak}
  - {title: Be quick, at: [b], owner: Ben, status: done}
"""


def test_owners_and_opportunities_of_the_journeys_here_are_completed(complete: object, cli: CommandLine) -> None:
    assert callable(complete)
    cli.write("a.journey.yaml", PORTFOLIO)
    cli.write("b.journey.yaml", "no: [journey")
    assert complete("journeykit opportunities --owner B") == ["Ben"]
    assert " ".join(complete("journeykit opportunities --owner ")) == "'Ana Novak' Ben"
    assert complete("journeykit opportunities --simulate ") == ["open", "call-back"]
    assert complete("journeykit opportunities --simulate open,c") == ["open,call-back"]
    assert complete("journeykit opportunities b.journey.yaml --owner ") == []
    assert complete("journeykit opportunities a.journey.yaml nowhere --simulate c") == ["call-back"]


def test_what_stands_around_opportunities_need_not_be_valid(complete: object, cli: CommandLine) -> None:
    assert callable(complete)
    cli.write("a.journey.yaml", PORTFOLIO.replace("persona: P", "persona: [1]") + "# the end\nscale: 9\n")
    cli.write("b.journey.yaml", PORTFOLIO.replace("title: T", "note: &who Cleo").replace("owner: Ben", "owner: *who"))
    cli.write("c.journey.yaml", '{"title": "T", "opportunities": [{"title": "X", "owner": "Dora"}, 5]}')
    cli.write("d.journey.yaml", "opportunities: none\n")
    assert " ".join(complete("journeykit opportunities --owner ")) == "'Ana Novak' Ben Cleo Dora"
    assert complete("journeykit opportunities --simulate ") == ["open", "call-back", "x"]


def test_many_journeys_are_read_until_time_is_up(
    complete: object, cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(complete)
    for number in range(120):
        cli.write(f"{number:03}.journey.yaml", PORTFOLIO.replace("Ana Novak", f"Owner{number}"))
    assert len(complete("journeykit opportunities --owner Owner")) == 120
    monkeypatch.setattr(completing, "SECONDS", -1)
    assert complete("journeykit opportunities --owner Owner") == []


@pytest.mark.parametrize(
    ("line", "imported"),
    [
        ("journeykit ", set()),
        ("journeykit sc", set()),
        ("journeykit score --", {"score"}),
        ("journeykit init -", {"init"}),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_completion_imports_what_the_help_does(tmp_path: Path, line: str, imported: set[str], shell: str) -> None:
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    asked = asked if shell == "bash" else {"_TYPER_COMPLETE_ARGS": line}
    environment = {**os.environ, **asked, "_JOURNEYKIT_COMPLETE": f"complete_{shell}"}
    code = "import sys, atexit\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    code += "from journeykit.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout
    prefix = "journeykit.cli.commands."
    modules = done.stderr.split()
    assert {name.removeprefix(prefix) for name in modules if name.startswith(prefix)} == imported
    assert bool(imported) == ("pydantic" in modules), "it takes as long as all else to complete a command"


ZSH = """
autoload -Uz compinit; compinit -u
fpath=(. $fpath)
_arguments() { print -r -- "$@" }
words=(journeykit lo); CURRENT=2
autoload -Uz _journeykit
_journeykit
"""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
def test_zsh_completes_at_the_first_tab(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda *_: ("zsh", "/bin/zsh"))
    cli.write("_journeykit", cli("--show-completion").out)
    program = cli.write("journeykit", f'#!/bin/sh\nexec "{sys.executable}" -m journeykit "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["zsh", "-f", "-c", ZSH], cwd=cli.folder, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PATH": f"{cli.folder}:{os.environ['PATH']}", "HOME": str(cli.folder)},
    )  # fmt: skip
    assert "low-points" in done.stdout, done.stdout + done.stderr
