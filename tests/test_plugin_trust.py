"""Code of a repository runs only in commands that need its rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from journeykit.cli import command_names, name_of
from journeykit.config import load_config
from journeykit.errors import ConfigError, UsageError
from journeykit.linting import Selection, known_rules, lint
from journeykit.linting import plugins as plugin_loader
from journeykit.reading import read_text
from tests.cli.names import ENDLESS
from tests.conftest import CommandLine, slow
from tests.repositories import Folder

JOURNEY = """\
title: I get my router fixed  # journeykit: ignore[any-title] one of our own
persona: Home customer
touchpoints:
  - {title: I call the help desk, feeling: frustrated, channel: phone}
  - {title: The technician fixes it, feeling: relieved, channel: store}
"""
RULES = """\
from pathlib import Path
Path(__file__).with_name("ran").touch()
from journeykit.finding import Severity
from journeykit.rules import Hit, rule

@rule(Severity.WARNING)
def any_title(subject):
    yield Hit(("title",), "there is a title", "leave it")
"""
SETTINGS = """\
plugins = ["tools/our_rules.py"]
select = ["any-title", "our-rules", "missing-channel", "unused-suppression"]
[per-file-ignores]
"old" = ["any-title"]
[rules.any-title]
severity = "error"
"""
FILES = {"a.journey.yaml": JOURNEY, "tools/our_rules.py": RULES, "journeykit.toml": SETTINGS}


@pytest.fixture
def team(cli: CommandLine) -> CommandLine:
    """A repository whose rules leave a file behind when they are imported, and whose settings name them everywhere."""
    for name, text in FILES.items():
        cli.write(name, text)
    plugin_loader._rules_of.cache_clear()
    return cli


def ran(team: CommandLine) -> bool:
    """Return whether the repository's code was run since the last call."""
    mark = team.folder / "tools" / "ran"
    found = mark.exists()
    mark.unlink(missing_ok=True)
    plugin_loader._rules_of.cache_clear()
    return found


ASKING = ["lint", "lint --fix", "lint --diff", "rules", "explain any-title", "explain --all"]
ARGUMENTS = {
    "show": "a.journey.yaml", "git-textconv": "a.journey.yaml", "init": "new.journey.yaml", "fmt": "--check",
    "diff": "HEAD", "import": "a.mmd --dry-run", "export": "a.journey.yaml --to mermaid -o out.mmd",
    "discover": "log.csv",
}  # fmt: skip
"""What commands need to run here; a new one is tried without arguments."""
APART = {"lint", "rules", "explain", "lsp", "git-merge", *ENDLESS}
"""Commands that run own rules, or have tests of their own."""
COMMANDS = [name_of(name) for name in command_names()]
SILENT = [
    *(f"{name} {ARGUMENTS.get(name, '')}".strip() for name in COMMANDS if name not in APART),
    "lint --show-files", "lint --show-settings", "--help", "lint --help",
]  # fmt: skip


@pytest.mark.parametrize("command", ASKING)
def test_code_of_a_repository_runs_where_its_rules_are_asked_for(
    team: CommandLine, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    known_rules.cache_clear()
    assert team(*command.split()).status in (0, 1)
    assert ran(team)
    known_rules.cache_clear()
    done = team(*command.split(), "--no-plugins")
    assert done.status == (2 if command == "explain any-title" else 0), done.err
    assert not ran(team)
    monkeypatch.setenv("JOURNEYKIT_NO_PLUGINS", "1")
    team(*command.split())
    assert not ran(team)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of git with the files of `team` in its only commit, and a diagram and a log beside them."""
    repository = Folder(tmp_path_factory.mktemp("committed"))
    for name, text in FILES.items():
        repository.write(name, text)
    repository.commit()
    rows = [f"{case},{step},2026-03-0{case}" for case in range(1, 7) for step in ("I call", "I wait")]
    repository.write("log.csv", "\n".join(["case,activity,timestamp", *rows, ""]))
    repository.write("a.mmd", "journey\n  title T\n  section S\n    I call: 3: Me\n    I wait: 2: Me\n")
    return repository.root


@pytest.mark.parametrize("command", SILENT)
def test_no_other_command_runs_it(team: CommandLine, committed: Path, command: str) -> None:
    known_rules.cache_clear()
    shutil.copytree(committed, team.folder, dirs_exist_ok=True)
    assert team(*command.split()).status in (0, 1)
    assert not ran(team)


def test_a_merge_runs_none_of_it(team: CommandLine) -> None:
    known_rules.cache_clear()
    for name in ("base", "ours", "theirs"):
        team.write(name, JOURNEY)
    assert team("git-merge", "--", "base", "ours", "theirs", "7", "a.journey.yaml").status == 0
    assert not ran(team)


@pytest.mark.parametrize("line", ["lint --select ", "lint --ignore any", "explain ", "rules ", "lint ", "score --pro"])
def test_no_completion_runs_it(team: CommandLine, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    known_rules.cache_clear()
    monkeypatch.setenv("_JOURNEYKIT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"journeykit {line}")
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" "))))
    done = team()
    assert done.out, done.err
    assert "any-title" not in done.out.split()
    assert not ran(team)


@pytest.mark.parametrize(
    ("args", "options", "runs"),
    [
        ((), {}, False),
        ((), {"allowPlugins": True}, True),
        ((), {"allowPlugins": "true"}, False),
        (("--allow-plugins",), {}, True),
    ],
)
def test_an_editor_runs_it_only_where_the_user_allows_it(
    team: CommandLine, args: tuple[str, ...], options: dict[str, object], runs: bool
) -> None:
    pytest.importorskip("pygls")
    from tests.server.client import Editor

    editor = Editor(team.folder, None, False, "", *args, **options)
    editor.open("docker-compose.yml", "services: {}\n")
    uri = editor.uri("docker-compose.yml")
    assert editor.wait(lambda message: message.get("params", {}).get("uri") == uri)["params"]["diagnostics"] == []
    assert not ran(team)
    editor.open("a.journey.yaml", JOURNEY.replace("  # journeykit: ignore[any-title] one of our own", ""))
    found = [one["code"] for one in editor.findings("a.journey.yaml")]
    assert ran(team) == runs
    assert ("any-title" in found) == runs
    said = [message["params"] for message in editor.kept if message.get("method") == "window/showMessage"]
    if not runs:
        (message,) = said
        assert message["type"] == 3 and "are not run" in message["message"]
    editor.close()


@pytest.mark.parametrize("allowed", ["installed", "none"])
def test_settings_that_name_absent_rules_hold_for_the_others(team: CommandLine, allowed: str) -> None:
    config = load_config().with_own_rules(allowed)  # type: ignore[arg-type]
    selection = Selection.configured(config)
    assert [rule.id for rule in selection.rules] == ["missing-channel", "unused-suppression"]
    assert lint(read_text(JOURNEY, "a.journey.yaml"), selection).findings == ()
    assert not ran(team)


@pytest.mark.usefixtures("team")
def test_a_name_of_the_command_line_must_be_known_also_without_plugins() -> None:
    config = load_config().with_own_rules("none")
    with pytest.raises(UsageError, match="typo"):
        Selection.configured(config.overridden(select=("typo",)))
    with pytest.raises(UsageError, match="any-title"):
        Selection.configured(config).narrowed(["any-title"])


def test_without_plugins_in_the_settings_every_name_must_be_known(team: CommandLine) -> None:
    team.write("journeykit.toml", 'select = ["typo"]\n')
    with pytest.raises(ConfigError, match="typo"):
        Selection.configured(load_config().with_own_rules("installed"))


def test_the_environment_turns_them_off(team: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEYKIT_NO_PLUGINS", "1")
    config = load_config().with_own_rules("all")
    assert config.active_plugins is None
    assert "any-title" not in Selection.configured(config).known
    assert not ran(team)


def test_settings_cannot_allow_what_the_user_did_not(team: CommandLine) -> None:
    team.write("journeykit.toml", 'own-rules = "all"\n')
    with pytest.raises(ConfigError, match="unknown key"):
        load_config()


def test_the_working_folder_is_no_place_for_installed_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "evil-1.0.dist-info"
    package.mkdir()
    (package / "entry_points.txt").write_text("[journeykit.rules]\nevil = evil\n")
    monkeypatch.chdir(tmp_path)
    usual = sys.path[1:]
    for first in ("", os.curdir, str(tmp_path)):
        monkeypatch.setattr(sys, "path", [first, "/nowhere", ""])
        plugin_loader.entry_points.cache_clear()
        assert plugin_loader.entry_points() == ()
    monkeypatch.setattr(sys, "path", ["/nowhere", str(tmp_path), *usual])  # as PYTHONPATH puts it there
    plugin_loader.entry_points.cache_clear()
    assert "evil" in [one.target for one in plugin_loader.entry_points()]
    plugin_loader.entry_points.cache_clear()


@pytest.fixture
def package(team: CommandLine, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with a rule, beside the repository's own; both leave a file behind when they are loaded."""
    site = tmp_path_factory.mktemp("site")
    (site / "theirs-1.0.dist-info").mkdir()
    (site / "theirs-1.0.dist-info" / "entry_points.txt").write_text("[journeykit.rules]\ntheirs = their_rules\n")
    (site / "their_rules.py").write_text(RULES.replace("any_title", "their_title"))
    monkeypatch.setenv("PYTHONPATH", str(site))
    del team
    return site


def loaded(team: CommandLine, package: Path, *args: str, **environment: str) -> tuple[bool, bool]:
    """Run a process; return whether it loaded the repository's rules, and the package's."""
    subprocess.run(
        [sys.executable, "-m", "journeykit", *args], cwd=team.folder, env=os.environ | environment, check=False,
        capture_output=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    marks = team.folder / "tools" / "ran", package / "ran"
    found = tuple(mark.exists() for mark in marks)
    for mark in marks:
        mark.unlink(missing_ok=True)
    return found[0], found[1]


@pytest.mark.parametrize("command", ["lint", slow("rules"), slow("explain")])
def test_both_kinds_are_off_by_the_option_and_by_the_variable(team: CommandLine, package: Path, command: str) -> None:
    assert loaded(team, package, command) == (True, True)
    assert loaded(team, package, command, "--no-plugins") == (False, False)
    assert loaded(team, package, command, JOURNEYKIT_NO_PLUGINS="1") == (False, False)


def test_completion_loads_packages_at_most_and_nothing_where_they_are_off(team: CommandLine, package: Path) -> None:
    at_tab = {"_JOURNEYKIT_COMPLETE": "complete_bash", "COMP_WORDS": "journeykit lint --select ", "COMP_CWORD": "3"}
    assert loaded(team, package, **at_tab) == (False, True)
    assert loaded(team, package, **at_tab, JOURNEYKIT_NO_PLUGINS="1") == (False, False)


@pytest.mark.parametrize("allowed", [False, True])
def test_the_language_server_loads_neither_where_they_are_off(
    team: CommandLine, package: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    pytest.importorskip("pygls")
    from tests.server.client import Editor

    monkeypatch.setenv("JOURNEYKIT_NO_PLUGINS", "1")
    editor = Editor(team.folder, None, False, "", *(["--allow-plugins"] if allowed else []), allowPlugins=allowed)
    editor.open("b.journey.yaml", JOURNEY.replace("  # journeykit: ignore[any-title] one of our own", ""))
    assert not {"any-title", "their-title"} & {one["code"] for one in editor.findings("b.journey.yaml")}
    editor.close()
    assert not (team.folder / "tools" / "ran").exists() and not (package / "ran").exists()
