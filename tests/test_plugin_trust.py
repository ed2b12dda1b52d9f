"""Code of a repository runs only where somebody asked for its rules."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from journeykit.config import load_config
from journeykit.errors import ConfigError, UsageError
from journeykit.linting import Selection, lint
from journeykit.linting import plugins as plugin_loader
from journeykit.reading import read_text
from tests.conftest import CommandLine

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


@pytest.fixture
def team(cli: CommandLine) -> CommandLine:
    """A repository whose rules leave a file behind when they are imported, and whose settings name them everywhere."""
    cli.write("a.journey.yaml", JOURNEY)
    cli.write("tools/our_rules.py", RULES)
    cli.write("journeykit.toml", SETTINGS)
    plugin_loader._rules_of.cache_clear()
    return cli


def ran(team: CommandLine) -> bool:
    """Whether the repository's code was run since it was asked last."""
    mark = team.folder / "tools" / "ran"
    found = mark.exists()
    mark.unlink(missing_ok=True)
    plugin_loader._rules_of.cache_clear()
    return found


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
