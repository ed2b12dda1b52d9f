"""Completion: scripts for the shells, and the words that they ask for."""

from __future__ import annotations

import pytest

from journeykit.cli import command_names, name_of
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
        ("journeykit lint --select feel", ["feelings"]),
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
